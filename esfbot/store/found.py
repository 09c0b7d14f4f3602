"""What look-ups in a store give, besides projects and sections."""

from dataclasses import dataclass

from esfbot.model.project import Identity, Problem, Source


@dataclass(frozen=True, slots=True)
class StoredSheet:
    """A sheet as it is kept: the ``digest`` of its file, its text without withheld people, what is wrong with it, and
    whether anybody was taken out."""

    identity: Identity
    digest: str
    text: str
    problems: tuple[Problem, ...] = ()
    redacted: bool = False


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
class Posting:
    """In how many ``names`` of a field a term occurs, and the ids of the ``best`` of them, the shortest first."""

    field: str
    names: int
    best: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class StoredName:
    """A name of one or more projects, in the sheets' order.

    ``words`` are folded, in order, and ``weights`` tell how much each of them says of which name is meant: more the
    rarer it is among names, in bits. ``field`` says what it is a name of.
    """

    field: str
    text: str
    words: tuple[str, ...]
    weights: tuple[float, ...]
    projects: tuple[str, ...]
