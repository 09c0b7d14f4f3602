"""Sheets made into projects: two sheets of one project are one, and each knows its places."""

import re
from collections.abc import Iterable, Sequence

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


def _grouped(sheets: Sequence[Sheet]) -> list[list[Sheet]]:
    """The sheets, those of one project together; looked for among sheets of one number or title only."""
    groups: list[list[Sheet]] = []
    known: dict[str, list[list[Sheet]]] = {}
    for sheet in sheets:
        marks = _marks(sheet)
        found = (group for mark in marks for group in known.get(mark, ()) if all(_one_project(sheet, x) for x in group))
        group = next(found, None)
        if group is None:
            group = []
            groups.append(group)
        group.append(sheet)
        for mark in marks:
            known.setdefault(mark, []).append(group)
    return groups


def _marks(sheet: Sheet) -> list[str]:
    number, title = sheet.first("number"), sheet.first("title")
    marks = [f"number {number.key}"] if number else []
    return [*marks, f"title {fold(str(title.value))}"] if title else marks


def _one_project(one: Sheet, other: Sheet) -> bool:
    """Whether two sheets of one number or title are of one project: the number decides, or else owner and start."""
    numbers = one.first("number"), other.first("number")
    if numbers[0] and numbers[1]:
        return numbers[0].key == numbers[1].key
    start, owner = _same(one, other, "start"), _same(one, other, "owner")
    return (start is not False and owner is not False) and (start is True or owner is True)


def _same(one: Sheet, other: Sheet, field: str) -> bool | None:
    """Whether two sheets state a field alike; None where one does not state it."""
    a, b = one.first(field), other.first(field)
    if a is None or b is None:
        return None
    first, second = sorted((fold(str(a.value)), fold(str(b.value))), key=len)
    return first == second or (len(first) >= _CUT_OFF and second.startswith(first))


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
    """What another sheet adds to the facts that count, and what it says against them, each beside the one that counts."""
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
