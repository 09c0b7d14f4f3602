"""What look-ups in a store give, besides projects and sections."""

from dataclasses import dataclass

from esfbot.model.project import Source


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage as found: its text, its project and section, where it stands, and ``row`` of its vector."""

    row: int
    project: str
    section: int
    heading: str
    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like all passages are to a question: the mean and the standard deviation of their cosines."""

    mean: float
    deviation: float


@dataclass(frozen=True, slots=True)
class StoredName:
    """A name of a project: ``words`` are folded, in order; ``field`` says what it is a name of."""

    project: str
    field: str
    text: str
    words: tuple[str, ...]
