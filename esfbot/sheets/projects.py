"""Sheets made into projects: two sheets of one project are one, and each knows its places."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from esfbot.language.words import fold
from esfbot.model.project import Fact, Problem, Project, Sheet
from esfbot.sheets.links import place_links
from esfbot.sheets.problems import disagreement

_CONTACT = ("contact", "email", "phone")
_CUT_OFF = 20  # letters from which an owner that another begins with is that one, cut off


def make_projects(sheets: Iterable[Sheet]) -> tuple[list[Project], list[Problem]]:
    """Return the projects that ``sheets`` describe, in the order of their sheets' names, and where sheets disagree."""
    projects, problems = [], []
    taken: set[str] = set()
    for group in _grouped(sorted(sheets, key=lambda sheet: sheet.name)):
        # The fuller sheet counts first.
        group.sort(key=lambda sheet: (-len({fact.field for fact in sheet.facts}), sheet.name))
        project, disagreeing = _merge(group, taken)
        taken.add(project.id)
        projects.append(project)
        problems.extend(disagreeing)
    return projects, problems


@dataclass(frozen=True, slots=True)
class _Identity:
    """What tells a project from others, as compared; empty where its sheet does not state it."""

    number: str
    title: str
    owner: str
    start: str

    @classmethod
    def of(cls, sheet: Sheet) -> "_Identity":
        number, title, owner, start = (sheet.first(name) for name in ("number", "title", "owner", "start"))
        said = [fold(str(fact.value)) if fact else "" for fact in (title, owner, start)]
        return cls(number.key if number else "", *said)

    @property
    def marks(self) -> list[tuple[str, ...]]:
        """What two sheets of one project may share: the number, or the title with the owner or the start."""
        marks = [
            ("number", self.number),
            ("owner", self.title, self.owner[:_CUT_OFF]),
            ("start", self.title, self.start),
        ]
        return [mark for mark in marks if all(mark)]

    def is_one_with(self, other: "_Identity") -> bool:
        """Whether two sheets that share a mark are of one project: the number decides, or else owner and start."""
        if self.number and other.number:
            return self.number == other.number
        if self.start and other.start and self.start != other.start:
            return False
        shorter, longer = sorted((self.owner, other.owner), key=len)
        return not shorter or shorter == longer or (len(shorter) >= _CUT_OFF and longer.startswith(shorter))


def _grouped(sheets: Sequence[Sheet]) -> list[list[Sheet]]:
    """The sheets, those of one project together."""
    groups: list[list[tuple[_Identity, Sheet]]] = []
    known: dict[tuple[str, ...], list[list[tuple[_Identity, Sheet]]]] = {}
    for sheet in sheets:
        own = _Identity.of(sheet)
        marked = (group for mark in own.marks for group in known.get(mark, ()))
        group = next((x for x in marked if all(own.is_one_with(other) for other, _ in x)), None)
        if group is None:
            group = []
            groups.append(group)
        group.append((own, sheet))
        for mark in own.marks:
            if not any(group is x for x in known.setdefault(mark, [])):
                known[mark].append(group)
    return [[sheet for _, sheet in group] for group in groups]


def _merge(sheets: Sequence[Sheet], taken: set[str]) -> tuple[Project, list[Problem]]:
    facts = list(sheets[0].facts)
    sections = list(sheets[0].sections)
    disputed: list[Fact] = []
    problems: list[Problem] = []
    for sheet in sheets[1:]:
        headings = {(section.kind, section.heading) for section in sections}
        new, against = _compared(facts, sheet.facts)
        facts.extend(new)
        disputed.extend(fact for _, fact in against)
        problems.extend(disagreement(kept, fact) for kept, fact in against)
        sections.extend(x for x in sheet.sections if (x.kind, x.heading) not in headings)
    names = tuple(sheet.name for sheet in sheets)
    title = _title(sheets)
    id_ = _id(sheets, title, taken)
    places = tuple(place_links(facts, sections))
    return Project(id_, title, names, tuple(facts), tuple(sections), places, tuple(disputed)), problems


_Against = list[tuple[Fact, Fact]]


def _compared(kept: Sequence[Fact], others: Sequence[Fact]) -> tuple[list[Fact], _Against]:
    """What another sheet adds to the facts that count, and what it says against them, each beside what counts."""
    new: list[Fact] = []
    against: _Against = []
    for fact in others:
        if fact.field in _CONTACT:
            continue
        same = [x for x in kept if (x.field, x.label) == (fact.field, fact.label)]
        if not same:
            new.append(fact)
        elif all(_key(x) != _key(fact) for x in same):
            against.append((same[0], fact))
    for person in _people(others):
        added, opposed = _compared_person(kept, person)
        new.extend(added)
        against.extend(opposed)
    return new, against


def _compared_person(kept: Sequence[Fact], person: Sequence[Fact]) -> tuple[list[Fact], _Against]:
    """As `_compared`, for one contact: a number or an address is only ever added to the very person it stands with."""
    contacts = [fact for fact in kept if fact.field in _CONTACT]
    if not contacts:
        return list(person), []
    groups = {x.group for x in contacts for fact in person if x.field in ("contact", "email") and _key(x) == _key(fact)}
    if len(groups) != 1:
        stated = {(x.field, _key(x)) for x in contacts}
        return [], [(contacts[0], fact) for fact in person if (fact.field, _key(fact)) not in stated][:1]
    group = groups.pop()
    hers = {fact.field: fact for fact in reversed(contacts) if fact.group == group}
    added = [_in_group(fact, group) for fact in person if fact.field not in hers]
    opposed = [(hers[fact.field], fact) for fact in person if fact.field in hers]
    return added, [(x, fact) for x, fact in opposed if _key(x) != _key(fact)]


def _people(facts: Sequence[Fact]) -> list[list[Fact]]:
    groups: dict[int, list[Fact]] = {}
    for fact in facts:
        if fact.field in _CONTACT:
            groups.setdefault(fact.group, []).append(fact)
    return list(groups.values())


def _in_group(fact: Fact, group: int) -> Fact:
    return Fact(fact.field, fact.value, fact.published, fact.source, fact.key, group, fact.label)


def _key(fact: Fact) -> str:
    return fact.key or fold(str(fact.value))


def _title(sheets: Sequence[Sheet]) -> str:
    """The project's title; where no sheet has one, its number, or the file's name."""
    for field in ("title", "number"):
        for sheet in sheets:
            if fact := sheet.first(field):
                return str(fact.value)
    return sheets[0].name


def _id(sheets: Sequence[Sheet], title: str, taken: set[str]) -> str:
    """A short id that stays from reading to reading: the number, or the title, then told apart by the start."""
    number, start = sheets[0].first("number"), sheets[0].first("start")
    base = re.sub(r"[^a-z0-9]+", "-", fold(str(number.value) if number else title)).strip("-")[:48] or "project"
    candidates = [base, f"{base}-{start.value}" if start else base]
    free = next((name for name in candidates if name not in taken), None)
    return free or next(name for n in range(2, len(taken) + 3) if (name := f"{base}-{n}") not in taken)
