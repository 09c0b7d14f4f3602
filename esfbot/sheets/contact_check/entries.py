"""Contacts as projects state them, and what is found of them."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from esfbot.language.words import fold, split
from esfbot.model.project import Contact, Fact, LinkKind, Problem, Project, Source
from esfbot.sheets.persons import is_person
from esfbot.values.contacts import find_phones


class Kind(StrEnum):
    """What a finding is about, in the order of a report."""

    ENDED = "ended"  # the project is over
    MALFORMED = "malformed"  # an address or a number that leads nowhere
    LOOKALIKE = "lookalike"  # an address, domain or name that is another but for a slip
    DIFFERING = "differing"  # one person with several numbers or addresses
    SHARED = "shared"  # one number or address of several people


@dataclass(frozen=True, slots=True)
class Entry:
    """A contact as one project states it, with the project's id, title, owner (folded), first and last day.

    ``places`` are the codes of the places that the project belongs to; those only mentioned are left out.
    ``disputed`` marks what a further sheet of the project states against the one that counts.
    """

    project: str
    title: str
    owner: str
    start: datetime.date | None
    end: datetime.date | None
    places: frozenset[str]
    contact: Contact
    disputed: bool = False

    @property
    def name(self) -> str:
        """The person's name as published, empty where none is stated."""
        return self.contact.name.published if self.contact.name else ""

    @property
    def words(self) -> tuple[str, ...]:
        """The folded words of the name, the given name first; what stands behind a name and a comma is left out."""
        before, _, after = self.name.partition(",")
        name = before if is_person(before.title()) else f"{after} {before}"
        return tuple(word.folded for word in split(name))

    @property
    def person(self) -> tuple[str, ...]:
        """As ``words``, empty where the name is no person's or has but one word."""
        return self.words if is_person(" ".join(self.words).title()) else ()

    @property
    def email(self) -> str:
        """The address as compared, empty where none is stated."""
        return self.contact.email.key if self.contact.email else ""

    @property
    def domain(self) -> str:
        """What stands behind the @ of the address."""
        return self.email.rpartition("@")[2]

    @property
    def phone(self) -> str:
        """The number in E.164 form, empty where none is stated or it can't be dialled."""
        return self.contact.phone.key if self.contact.phone else ""

    @property
    def phones(self) -> frozenset[str]:
        """Every number of the contact, for some lines hold several."""
        fact = self.contact.phone
        if fact is None or not fact.key:
            return frozenset()
        return frozenset({fact.key, *(number for number, _, _ in find_phones(fact.published))})

    @property
    def source(self) -> Source:
        """Where the contact stands: the last of its facts, for a disputed one has its name from another sheet."""
        return self.contact.facts[-1 if self.disputed else 0].source

    @property
    def recency(self) -> tuple[datetime.date, datetime.date]:
        """What tells the newer of two entries: the project's last day, then its first."""
        least = datetime.date.min
        return self.end or self.start or least, self.start or least


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about contacts that a maintainer should look at, and the contacts that it is about.

    The problem's source is where to look first.
    """

    kind: Kind
    problem: Problem
    entries: tuple[Entry, ...]


def entries_of(projects: Iterable[Project]) -> list[Entry]:
    """Every contact of ``projects``, in the order of their sheets and lines."""
    found = [entry for project in projects for entry in _entries(project)]
    return sorted(found, key=lambda entry: (in_order(entry), entry.project, entry.disputed))


def in_order(entry: Entry) -> tuple[str, int]:
    """What entries are sorted by: the sheet, then the line."""
    return entry.source.sheet, entry.source.line


def newest_first(entries: Iterable[Entry]) -> list[Entry]:
    """``entries`` from the project that ends last to the one that ends first, else in the order of their sheets."""
    by_sheet = sorted(entries, key=in_order)
    return sorted(by_sheet, key=lambda entry: entry.recency, reverse=True)


def _entries(project: Project) -> Iterator[Entry]:
    owner = project.first("owner")
    start, end = _day(project.first("start")), _day(project.first("end"))
    places = frozenset(link.code for link in project.places if link.kind is not LinkKind.MENTIONED)
    about = (project.id, project.title, fold(str(owner.value)) if owner else "", start, end, places)
    contacts = project.contacts
    for contact in contacts:
        yield Entry(*about, contact)
    for contact in _disputed(project.disputed, contacts[0].name if len(contacts) == 1 else None):
        yield Entry(*about, contact, disputed=True)


def _disputed(facts: Iterable[Fact], only: Fact | None) -> Iterator[Contact]:
    """What further sheets state of contacts; ``only`` is the project's contact where there is but one, and theirs."""
    groups: dict[tuple[str, int], dict[str, Fact]] = {}
    for fact in facts:
        if fact.field in ("contact", "email", "phone"):
            groups.setdefault((fact.source.sheet, fact.group), {}).setdefault(fact.field, fact)
    for stated in groups.values():
        yield Contact(stated.get("contact", only), stated.get("email"), stated.get("phone"))


def _day(fact: Fact | None) -> datetime.date | None:
    return fact.value if fact and isinstance(fact.value, datetime.date) else None
