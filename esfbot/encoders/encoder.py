"""The seam: what an encoder is, and the vectors of texts by way of any."""

import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

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


class Encoder(Protocol):
    """Makes texts into vectors: float32 rows, one a text."""

    def encode_query(self, sentences: list[str], /) -> Any:
        """Return the vectors of questions, of shape (texts, dimensions)."""
        ...

    def encode_document(self, sentences: list[str], /) -> Any:
        """Return the vectors of passages, of shape (texts, dimensions)."""
        ...


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
