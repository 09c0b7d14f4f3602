"""Models of sentence-transformers on torch, by hub name or folder."""

import contextlib
import io
import logging
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from esfbot.encoders.folder import E5_PROMPTS
from esfbot.errors import EncoderError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


def sentence_transformer(name: str) -> "SentenceTransformer":
    """Load the model called ``name`` on the hub, or in the folder ``name``; its rows need not be normalised.

    Raises EncoderError without the package, or for a model that can't be loaded.
    """
    require_sentence_transformers(name)
    from sentence_transformers import SentenceTransformer

    folder = Path(name).expanduser()
    try:
        with quiet():
            model = SentenceTransformer(str(folder) if folder.is_dir() else name)
    except Exception as error:  # its libraries raise what they like: a damaged file, one of Rust
        raise EncoderError(
            f"the model {name} can't be loaded ({reason(error)})",
            "a hub name that can be reached, or a model's folder",
            "Correct ESFBOT_MODEL.",
        ) from error
    if "e5" in folder.name.lower() and not any(model.prompts.values()):
        model.prompts = dict(E5_PROMPTS)
    return model


def require_sentence_transformers(name: str) -> None:
    """Raise EncoderError, for the model ``name``, where the package is not installed."""
    try:
        import sentence_transformers  # noqa: F401
    except ImportError as error:
        raise EncoderError(
            f"the model {name} needs the package sentence-transformers, which is not installed ({error})",
            "the extra esfbot[sentence-transformers]",
            "Run: pip install 'esfbot[sentence-transformers]'",
        ) from error


def reason(error: Exception) -> str:
    """Why a library failed, in one line."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Keep what libraries tell of their work from the terminal: progress, warnings, advice to their developers.

    What other threads write meanwhile is kept from it as well.
    """
    # A library's log goes where standard error was when it was imported, and that had better not be nowhere.
    with contextlib.suppress(ImportError):
        import transformers  # noqa: F401
    nowhere = io.StringIO()
    before = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        with warnings.catch_warnings(), contextlib.redirect_stdout(nowhere), contextlib.redirect_stderr(nowhere):
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(before)
