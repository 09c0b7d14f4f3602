"""Projects as reading their sheets makes them, straight from the truth: to read thousands of sheets takes minutes.

Where a fact stands is made up: sections follow the facts, each fact on a line of its own.
"""

import re
from collections.abc import Iterator

from esfbot.model.project import Fact, LinkKind, PlaceLink, Project, Section, Source, Value
from esfbot.sweden.places import PlaceKind, gazetteer
from tests.invented.truth import Contact, Invented

_ONE = ("title", "number", "programme", "phase", "owner", "start", "end", "esf_support", "total_budget", "region",
        "planned_participants")  # fmt: skip
_LISTS = {"co_funder": "co_funders", "partner": "partners", "participant": "participants"}


def parsed(project: Invented) -> Project:
    """The project that the sheet of an invented one states. Its id is the name of its sheet."""
    found = [*_facts(project), *(fact for n, person in enumerate(project.contacts) for fact in _contact(person, n))]
    facts = tuple(
        Fact(field, value, str(value), Source(project.file, line), key, group)
        for line, (field, value, key, group) in enumerate(found, 1)
    )
    sections = tuple(
        Section(part.kind, part.heading, part.text, Source(project.file, len(facts) + 100 * n))
        for n, part in enumerate(project.sections, 1)
    )
    places = tuple(PlaceLink(code, kind, Source(project.file, 1)) for code, kind in sorted(links(project).items()))
    return Project(project.file.removesuffix(".txt"), project.title, (project.file,), facts, sections, places)


_Found = tuple[str, Value, str, int]


def _facts(project: Invented) -> Iterator[_Found]:
    for field in _ONE:
        value = getattr(project, field)
        if value is not None:
            yield field, value, _key(field, str(value)), 0
    for field, value in project.further.items():
        yield field, value, "", 0
    for place in project.municipalities:
        yield "municipality", place.name, place.code, 0
    for field, name in _LISTS.items():
        for entry in getattr(project, name):
            yield field, entry, "", 0


def _key(field: str, value: str) -> str:
    if field == "number":
        return re.sub(r"\W", "", value).casefold()
    if field == "programme":
        return value.removeprefix("Programområde ").split()[0]
    regions = (place for place in gazetteer().by_code.values() if place.kind is PlaceKind.REGION)
    return next((place.code for place in regions if field == "region" and place.name == value), "")


def _contact(person: Contact, group: int) -> Iterator[_Found]:
    yield "contact", person.name, "", group
    if person.email:
        yield "email", person.email, person.email.casefold(), group
    if person.phone and person.dialled:
        yield "phone", person.phone, person.dialled, group


def links(project: Invented) -> dict[str, LinkKind]:
    """The places of a project by code, each in the strongest way in which it belongs to it."""
    everywhere = gazetteer()
    found: dict[str, LinkKind] = {}
    for place in project.municipalities:
        here = everywhere.by_code[place.code]
        found |= {above.code: LinkKind.LISTED for above in (here, *everywhere.above(here))}
    if region := _key("region", project.region):
        found[region] = LinkKind.LISTED
    if project.owner_place:
        for code in (project.owner_place.code, project.owner_place.code[:2]):
            found.setdefault(code, LinkKind.OWNER)
    for place in project.mentioned:
        for alike in everywhere.named(place.name):  # Uppsala is a county, too
            found.setdefault(alike.code, LinkKind.MENTIONED)
    return found
