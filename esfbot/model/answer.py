"""A reply as data: what it says, of which projects, and where that stands. Renderers turn it into text and markup."""

from dataclasses import dataclass
from enum import StrEnum

from esfbot.model.project import Fact, Line, Source, Value


class Kind(StrEnum):
    """What sort of reply an answer is."""

    FACTS = "facts"
    CONTACTS = "contacts"
    LIST = "list"
    TOTAL = "total"
    SECTION = "section"
    PASSAGES = "passages"
    ASK_BACK = "ask-back"  # the question fits several things, or names none
    NONE_THERE = "none-there"  # no project fulfils the conditions
    NOT_STATED = "not-stated"  # the sheet of the project does not say
    UNKNOWN = "unknown"  # there is no project, place or person of that name
    OUTSIDE = "outside"  # nothing that the sheets tell
    TALK = "talk"


@dataclass(frozen=True, slots=True)
class ProjectRef:
    """A project that a reply is about."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Row:
    """One fact as shown: what it is called, its value in words, and what it was copied or computed from.

    ``field`` is a row of `esfbot.fields` (``email`` and ``phone`` can be tapped), ``value`` the typed value, ``key``
    its comparable form (a telephone number as it is dialled). ``source`` is where it stands first; a row made of
    several facts, as a period, a list or a share, has them in ``facts``.
    """

    field: str
    label: str
    text: str
    value: Value
    source: Source
    key: str = ""
    facts: tuple[Fact, ...] = ()

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every place that the row stands on or was computed from."""
        return tuple(fact.source for fact in self.facts) or (self.source,)


@dataclass(frozen=True, slots=True)
class Say:
    """A sentence or two of the bot's own."""

    text: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Sentences from a sheet, word for word; ``cut`` tells that the section goes on."""

    project: ProjectRef
    heading: str
    text: str
    source: Source
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """A project with the facts shown of it; ``note`` says why it is there or what else to know of it, ``summary`` what
    it is about."""

    project: ProjectRef
    rows: tuple[Row, ...] = ()
    note: str = ""
    summary: Quote | None = None


@dataclass(frozen=True, slots=True)
class SheetLines:
    """Lines of a sheet as published."""

    sheet: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """One value of a field with what was counted or added up over the projects that have it.

    ``number`` is that number, ``text`` the same in words.
    """

    value: str
    text: str
    number: float
    projects: tuple[ProjectRef, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Tallies below one another; ``titles`` tells whether their projects are shown too."""

    tallies: tuple[Tally, ...]
    titles: bool = False


Block = Say | Card | Quote | SheetLines | Table


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply. ``blocks`` are shown one after the other, ``suggestions`` last: they are offers, never part of the
    answer. ``questions`` are those that the offers come down to, to be asked at a press."""

    question: str
    language: str
    kind: Kind
    blocks: tuple[Block, ...]
    projects: tuple[ProjectRef, ...] = ()
    suggestions: tuple[str, ...] = ()
    abstained: bool = False
    questions: tuple[str, ...] = ()

    @property
    def cards(self) -> tuple[Card, ...]:
        """The cards among the blocks."""
        return tuple(block for block in self.blocks if isinstance(block, Card))

    @property
    def tallies(self) -> tuple[Tally, ...]:
        """The tallies of the tables among the blocks."""
        return tuple(tally for block in self.blocks if isinstance(block, Table) for tally in block.tallies)

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """The quotes among the blocks, those on cards among them."""
        found = (block.summary if isinstance(block, Card) else block for block in self.blocks)
        return tuple(block for block in found if isinstance(block, Quote))
