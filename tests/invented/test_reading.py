"""Invented sheets are read exactly as they were written."""

import datetime
import random

import pytest

from esfbot.model.project import LinkKind, Severity
from esfbot.sheets.folder import Reading, read_folder
from esfbot.sheets.parse import parse
from esfbot.sheets.projects import make_projects
from esfbot.sweden.places import PlaceKind, gazetteer
from tests.invented.projects import Invented, Part, invented
from tests.invented.write import write_sheets
from tests.sheets.pages import layout_a, with_lines

FIRST, MANY, SAMPLED = 60, 5000, 300

Fact = tuple[str, str | int | float | datetime.date]


@pytest.fixture(scope="module")
def asked() -> list[Invented]:
    """The first projects of a large collection, and a sample of the rest."""
    projects = invented(MANY)
    return [*projects[:FIRST], *random.Random(1).sample(projects[FIRST:], SAMPLED)]  # noqa: S311 - always the same


@pytest.fixture(scope="module")
def reading(asked: list[Invented], tmp_path_factory: pytest.TempPathFactory) -> Reading:
    """What is read of their sheets."""
    return read_folder(write_sheets(asked, tmp_path_factory.mktemp("invented")))


def stated(project: Invented) -> list[Fact]:
    """The facts that a project's sheet states, but for its contacts'."""
    one = {
        "title": project.title,
        "number": project.number,
        "owner": project.owner,
        "start": project.start,
        "end": project.end,
        "esf_support": project.esf_support,
        "total_budget": project.total_budget,
        "programme": project.programme,
        "phase": project.phase,
        "region": project.region,
        "planned_participants": project.planned_participants,
        **project.further,
    }
    many = {
        "municipality": [place.name for place in project.municipalities],
        "co_funder": project.co_funders,
        "partner": project.partners,
        "participant": project.participants,
    }
    listed = [(name, value) for name, values in many.items() for value in values]
    return [*((name, value) for name, value in one.items() if value is not None), *listed]


def test_every_sheet_is_a_project(asked: list[Invented], reading: Reading) -> None:
    """No sheet is refused, and no two are taken for one project's."""
    assert reading.refused == ()
    assert sorted(project.sheets for project in reading.projects) == sorted((project.file,) for project in asked)


def test_no_errors(reading: Reading) -> None:
    """No sheet has a problem that loses a fact, and none is told where nothing is wrong."""
    assert [problem.found for problem in reading.problems] == ["Projektägare: saknas"]
    assert [problem for problem in reading.problems if problem.severity is Severity.ERROR] == []


def test_facts(asked: list[Invented], reading: Reading) -> None:
    """Every fact is read, typed, and nothing else is."""
    sheets = {sheet.name: sheet for sheet in reading.sheets}
    for project in asked:
        facts = [(x.field, x.value) for x in sheets[project.file].facts if x.field not in ("contact", "email", "phone")]
        assert sorted(facts, key=str) == sorted(stated(project), key=str)


def test_contacts(asked: list[Invented], reading: Reading) -> None:
    """Every person has the address and the number that stand with the name."""
    projects = {project.sheets[0]: project for project in reading.projects}
    for project in asked:
        people = projects[project.file].contacts
        found = [[(x.field, x.value, x.key) for x in person.facts] for person in people]
        assert found == [
            [
                ("contact", person.name, ""),
                *([("email", person.email, person.email)] if person.email else []),
                *([("phone", person.phone, person.dialled)] if person.phone else []),
            ]
            for person in project.contacts
        ]


def test_sections(asked: list[Invented], reading: Reading) -> None:
    """Every section is read under its heading, line by line."""
    sheets = {sheet.name: sheet for sheet in reading.sheets}
    for project in asked:
        found = [Part(part.kind, part.heading, part.text) for part in sheets[project.file].sections]
        assert found == [*project.sections]


def test_places(asked: list[Invented], reading: Reading) -> None:
    """Places belong to a project as listed, as the owner's, or as mentioned, each in its strongest way."""
    projects = {project.sheets[0]: project for project in reading.projects}
    for project in asked:
        assert {link.code: link.kind for link in projects[project.file].places} == places(project)


def places(project: Invented) -> dict[str, LinkKind]:
    links: dict[str, LinkKind] = {}
    everywhere = gazetteer()
    for place in project.municipalities:
        here = everywhere.by_code[place.code]
        links |= {found.code: LinkKind.LISTED for found in (here, *everywhere.above(here))}
    regions = (place for place in everywhere.by_code.values() if place.kind is PlaceKind.REGION)
    links |= {place.code: LinkKind.LISTED for place in regions if place.name == project.region}
    if project.owner_place:
        for code in (project.owner_place.code, project.owner_place.code[:2]):
            links.setdefault(code, LinkKind.OWNER)
    for place in project.mentioned:
        for alike in everywhere.named(place.name):  # Uppsala is a county, too
            links.setdefault(alike.code, LinkKind.MENTIONED)
    return links


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("KontaktpersonErik Lindvret", "contact", "Erik Lindvret"),
        ("E-postadress.lindvret@hjo.se", "email", "adress.lindvret@hjo.se"),
    ],
)
def test_values_that_continue_their_label(line: str, field: str, value: str) -> None:
    """A value that begins as a longer label ends is whole."""
    before = {"contact": "KontaktpersonAnna Berg", "email": "E-postanna.berg@hjo.se"}[field]
    sheet = parse(with_lines(before, line), "x.txt")
    assert [fact.value for fact in sheet.facts if fact.field == field] == [value]


@pytest.mark.parametrize(("name", "code"), [("i\nMora", "2062"), ("i Upplands\nVäsby", "0114")])
def test_a_place_over_two_lines(name: str, code: str) -> None:
    """A place is found where its line is broken before or within its name."""
    sheet = parse(layout_a(text=f"Sammanfattning\n\nArbetsgivare {name} har visat intresse."), "x.txt")
    (project,), _ = make_projects([sheet])
    assert code in {link.code for link in project.places}
