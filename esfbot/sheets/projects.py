"""Sheets made into projects: two sheets of one project are one, and each knows its places."""

import re
from collections.abc import Collection, Iterable, Sequence

from esfbot.language.words import fold
from esfbot.model.project import Fact, Identity, Problem, Project, Sheet
from esfbot.sheets.links import place_links
from esfbot.sheets.problems import disagreement
from esfbot.sheets.withheld.marker import FIELD as WITHHELD

_CONTACT = ("contact", "email", "phone")


def identity_of(sheet: Sheet) -> Identity:
    """What tells the project of a sheet from others."""
    number, title, owner, start = (sheet.first(name) for name in ("number", "title", "owner", "start"))
    named = number or title
    said = [fold(str(fact.value)) if fact else "" for fact in (title, owner, start)]
    return Identity(
        sheet.name,
        number.key if number else "",
        title=said[0],
        owner=said[1],
        start=said[2],
        base=_slug(str(named.value) if named else sheet.name),
        fields=len({fact.field for fact in sheet.facts}),
        date=sheet.date.isoformat() if sheet.date else "",
        page_dated=sheet.page_dated,
    )


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")[:48].strip("-") or "project"


def grouped(identities: Iterable[Identity]) -> dict[str, tuple[str, ...]]:
    """Return the projects that sheets describe: each one's id with the names of its sheets, the one that counts first
    before the others. Projects are in the order of their sheets' names.

    An id is short and stays from reading to reading: it is the number or the title, then told apart by the start.
    """
    found: dict[str, tuple[str, ...]] = {}
    for group in _groups(sorted(identities, key=lambda identity: identity.sheet)):
        ordered = _by_weight(group)
        found[_id(ordered[0], found)] = tuple(identity.sheet for identity in ordered)
    return found


def _by_weight(group: Sequence[Identity]) -> list[Identity]:
    """The sheets of a project: the newest first, of one day the fullest. A page's own date and that of a file do not
    compare."""
    by_name = sorted(group, key=lambda identity: (-identity.fields, identity.sheet))
    comparable = len({identity.page_dated for identity in group}) == 1
    return sorted(by_name, key=lambda identity: identity.date, reverse=True) if comparable else by_name


def _id(identity: Identity, taken: Collection[str]) -> str:
    base = identity.base
    candidates = [base, f"{base}-{identity.start}" if identity.start else base]
    free = next((name for name in candidates if name not in taken), None)
    return free or next(name for n in range(2, len(taken) + 3) if (name := f"{base}-{n}") not in taken)


def _groups(identities: Sequence[Identity]) -> list[list[Identity]]:
    """The sheets, those of one project together."""
    groups: list[list[Identity]] = []
    known: dict[tuple[str, ...], list[list[Identity]]] = {}
    for own in identities:
        marked = (group for mark in own.marks for group in known.get(mark, ()))
        group = next((x for x in marked if all(own.is_one_with(other) for other in x)), None)
        if group is None:
            group = []
            groups.append(group)
        group.append(own)
        for mark in own.marks:
            if not any(group is x for x in known.setdefault(mark, [])):
                known[mark].append(group)
    return groups


def make_projects(sheets: Iterable[Sheet]) -> tuple[list[Project], list[Problem]]:
    """Return the projects that ``sheets`` describe, in the order of their sheets' names, and where sheets disagree."""
    by_name = {sheet.name: sheet for sheet in sheets}
    projects, problems = [], []
    for id_, names in grouped(identity_of(sheet) for sheet in by_name.values()).items():
        project, disagreeing = merge(id_, [by_name[name] for name in names])
        projects.append(project)
        problems.extend(disagreeing)
    return projects, problems


def merge(id_: str, sheets: Sequence[Sheet]) -> tuple[Project, list[Problem]]:
    """Return the project called ``id_`` of these sheets, of which the first counts before the others, and where they
    disagree."""
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
    places = tuple(place_links(facts, sections))
    return Project(id_, _title(sheets), names, tuple(facts), tuple(sections), places, tuple(disputed)), problems


_Against = list[tuple[Fact, Fact]]


def _compared(kept: Sequence[Fact], others: Sequence[Fact]) -> tuple[list[Fact], _Against]:
    """What another sheet adds to the facts that count, and what it says against them, each beside what counts."""
    new: list[Fact] = []
    against: _Against = []
    for fact in others:
        if fact.field in (*_CONTACT, WITHHELD, "updated"):  # two pages may well be of two days
            continue
        same = [x for x in kept if (x.field, x.label) == (fact.field, fact.label)]
        if not same:
            new.append(fact)
        elif all(_key(x) != _key(fact) for x in same):
            against.append((same[0], fact))
    if not any(fact.field in (*_CONTACT, WITHHELD) for fact in kept):
        new.extend(fact for fact in others if fact.field == WITHHELD)
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
