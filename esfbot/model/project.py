"""What a sheet says: sources, facts, sections, problems, and the project they make up."""

import datetime
from dataclasses import dataclass, field
from enum import StrEnum

Value = str | int | float | datetime.date
OWNER_CUT_OFF = 20  # letters from which an owner that another begins with is that one, cut off


@dataclass(frozen=True, slots=True)
class Source:
    """Where something stands: the sheet's file name (relative to the sheets folder) and its line, counted from 1."""

    sheet: str
    line: int


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of one project.

    ``field`` is a row of `esfbot.fields`; ``value`` is typed (amounts in whole kronor, dates as dates) and
    ``published`` is what the sheet says. ``key`` is the form that is compared: an e-mail address in lower case, a
    telephone number in E.164 form, a municipality's code, a programme's code. Facts of one field group that belong
    together, such as the name and the number of one contact, share a ``group``. ``label`` is the sheet's own label, for
    facts whose field the table does not foresee.
    """

    field: str
    value: Value
    published: str
    source: Source
    key: str = ""
    group: int = 0
    label: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A piece of narrative under one heading.

    ``kind`` is a row of `esfbot.fields`, or ``other`` for a heading the table does not foresee. ``text`` holds the
    lines as they stand on the sheet from ``source.line`` on, joined by newlines, so that a character's line is
    ``source.line`` plus the newlines before it.
    """

    kind: str
    heading: str
    text: str
    source: Source

    @property
    def last_line(self) -> int:
        """The sheet's line that the section ends on."""
        return self.source.line + self.text.count("\n")


class LinkKind(StrEnum):
    """In which way a place belongs to a project, strongest first."""

    LISTED = "listed"  # stands in the sheet's list of municipalities, or is its region
    OWNER = "owner"  # the owner is that municipality or county, or sits there
    MENTIONED = "mentioned"  # only occurs in the narrative


@dataclass(frozen=True, slots=True)
class PlaceLink:
    """A place (its code, see `esfbot.sweden`) that belongs to a project, how, and where that stands."""

    code: str
    kind: LinkKind
    source: Source


class Severity(StrEnum):
    """How bad a problem is: an error is a fact lost or wrong, a warning one to look at, a note one to know of."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something on a sheet that a maintainer should look at."""

    source: Source
    severity: Severity
    found: str
    expected: str
    action: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a sheet: its number, counted from 1, and its text."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was read from one file.

    ``labels`` holds the lines that say nothing but a label or a heading, ``furniture`` those that belong to the web
    page and not to the project; every other line is in a fact or a section. ``text`` is all of it, its lines joined by
    newlines. ``date`` is when the page says that it was last changed (then it is ``page_dated``), else its file's.
    """

    name: str
    facts: tuple[Fact, ...]
    sections: tuple[Section, ...]
    labels: tuple[Line, ...] = ()
    furniture: tuple[Line, ...] = ()
    problems: tuple[Problem, ...] = ()
    text: str = ""
    date: datetime.date | None = None
    page_dated: bool = False

    def first(self, name: str) -> Fact | None:
        """The first fact of the field ``name``, or None."""
        return next((f for f in self.facts if f.field == name), None)


@dataclass(frozen=True, slots=True)
class Identity:
    """What tells a sheet's project from others, and the sheet from others of its project; as compared, and empty where
    the sheet does not state it.

    ``number``, ``title``, ``owner`` and ``start`` are the project's. ``base`` is what its id is made of, ``fields``
    counts the different fields that the sheet states. ``date`` is that of the page (``page_dated``) or of its file.
    """

    sheet: str
    number: str
    title: str
    owner: str
    start: str
    base: str
    fields: int
    date: str = ""
    page_dated: bool = False

    @property
    def marks(self) -> list[tuple[str, ...]]:
        """What two sheets of one project may share: the number, or the title with the owner or the start."""
        marks = [
            ("number", self.number),
            ("owner", self.title, self.owner[:OWNER_CUT_OFF]),
            ("start", self.title, self.start),
        ]
        return [mark for mark in marks if all(mark)]

    def is_one_with(self, other: "Identity") -> bool:
        """Whether two sheets that share a mark are of one project: the number decides, or else owner and start."""
        if self.number and other.number:
            return self.number == other.number
        if self.start and other.start and self.start != other.start:
            return False
        shorter, longer = sorted((self.owner, other.owner), key=len)
        return not shorter or shorter == longer or (len(shorter) >= OWNER_CUT_OFF and longer.startswith(shorter))


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact person of a project, put together from the facts of one group."""

    name: Fact | None = None
    email: Fact | None = None
    phone: Fact | None = None

    @property
    def facts(self) -> tuple[Fact, ...]:
        """What is known of the contact, the name first."""
        return tuple(f for f in (self.name, self.email, self.phone) if f)


@dataclass(frozen=True, slots=True)
class Project:
    """One project, from one sheet or several.

    ``id`` is stable across readings; ``sheets`` begins with the one that counts first. ``disputed`` holds facts of
    further sheets that differ from those that count. ``sections`` may be empty where only facts were asked for.
    """

    id: str
    title: str
    sheets: tuple[str, ...]
    facts: tuple[Fact, ...]
    sections: tuple[Section, ...] = ()
    places: tuple[PlaceLink, ...] = ()
    disputed: tuple[Fact, ...] = field(default=())

    def all(self, name: str) -> tuple[Fact, ...]:
        """Every fact of the field ``name``, in the sheet's order."""
        return tuple(f for f in self.facts if f.field == name)

    def first(self, name: str) -> Fact | None:
        """The first fact of the field ``name``, or None."""
        return next((f for f in self.facts if f.field == name), None)

    @property
    def contacts(self) -> tuple[Contact, ...]:
        """The contacts, in the sheet's order."""
        groups: dict[int, dict[str, Fact]] = {}
        for fact in self.facts:
            if fact.field in ("contact", "email", "phone"):
                groups.setdefault(fact.group, {}).setdefault(fact.field, fact)
        return tuple(Contact(g.get("contact"), g.get("email"), g.get("phone")) for g in groups.values())
