"""The invented collections are what tests of them count on."""

import datetime
from collections import Counter
from collections.abc import Callable, Iterable

import pytest

from esfbot.sweden.places import gazetteer
from esfbot.values.contacts import find_phones, is_email
from tests.invented.projects import Contact, Invented, invented

Projects = list[Invented]


@pytest.fixture(scope="module")
def many() -> Projects:
    """Enough of them for what is rare."""
    return invented(2000)


@pytest.fixture(scope="module")
def first(many: Projects) -> Projects:
    """The sixty that every collection begins with."""
    return many[:60]


def repeated(values: Iterable[object]) -> list[object]:
    return [value for value, count in Counter(values).items() if count > 1]


def contacts(projects: Iterable[Invented]) -> list[Contact]:
    return [person for project in projects for person in project.contacts]


def test_always_the_same(first: Projects) -> None:
    """A seed gives the same projects each time, fewer of them are the beginning of more, and another seed others."""
    assert invented(60) == first
    assert [project.title for project in invented(60, seed=1)] != [project.title for project in first]


def test_all_layouts(first: Projects) -> None:
    """Each layout is there often enough."""
    assert all(Counter(project.layout for project in first)[layout] >= 5 for layout in "ABCD")


def test_what_layouts_lack(many: Projects) -> None:
    """No layout has facts that its pages don't."""
    for project in many:
        a, b, d = (project.layout == layout for layout in "ABD")
        assert (project.number is None) == (project.phase is not None) == a
        assert a or all(person.phone is None for person in project.contacts)
        assert a or b or not (project.municipalities or project.co_funders or project.partners or project.participants)
        assert not d or (project.contacts, project.esf_support, project.total_budget) == ((), None, None)


def test_files_and_numbers(many: Projects) -> None:
    """No two sheets have one file name or one number, and few a title."""
    assert repeated(project.file for project in many) == []
    assert repeated(project.number for project in many if project.number) == []
    assert repeated(project.title for project in many) == ["Språkbron", "Nya vägar in", "Steget före", "Höstlov"]


def test_brands(many: Projects) -> None:
    """Among a few hundred no two projects have made the same thing."""
    assert repeated(project.story.brand for project in many[:500]) == []


def test_people(many: Projects) -> None:
    """An address and a number belong to one person, and the number is one that can be read."""
    people = set(contacts(project for project in many if project.layout == "A"))
    people = {person for person in people if person.email and person.phone}
    assert repeated(person.email for person in people) == []
    assert repeated(person.dialled for person in people) == []
    assert all(find_phones(str(x.phone)) == [(x.dialled, 0, len(str(x.phone)))] for x in people)
    assert all(is_email(str(person.email)) for person in people)


def test_region_of_municipalities(many: Projects) -> None:
    """The region is the one that the municipalities lie in."""
    places = gazetteer()
    for project in many:
        regions = {places.above(places.by_code[place.code])[-1].name for place in project.municipalities}
        assert regions <= {project.region}


def test_what_every_narrative_tells(many: Projects) -> None:
    """The narrative tells the story in the story's words."""
    for project in many:
        text = " ".join(" ".join(part.text for part in project.sections).split()).casefold()
        story = project.story
        said = (story.group, story.method, story.partner, story.brand, f"{story.share} procent")
        assert [words for words in said if words.casefold() not in text] == []
        assert f"{story.participants:,}".replace(",", " ") in text


def test_narratives_differ(first: Projects) -> None:
    """No two projects of the first sixty tell the same of themselves; standard sentences may recur, as they do."""
    kinds = ("summary", "background", "description")
    told = [part.text for project in first for part in project.sections if part.kind in kinds]
    assert repeated(told) == []


SPECIAL: dict[str, Callable[[Invented], bool]] = {
    "no amounts": lambda x: x.layout != "D" and x.esf_support is None and x.total_budget is None,
    "support without a budget": lambda x: x.esf_support is not None and x.total_budget is None,
    "support that is the budget": lambda x: x.esf_support is not None and x.esf_support == x.total_budget,
    "no contact": lambda x: x.layout != "D" and not x.contacts,
    "two contacts": lambda x: len(x.contacts) == 2,
    "no owner": lambda x: x.owner is None,
    "one municipality": lambda x: len(x.municipalities) == 1,
    "many municipalities": lambda x: len(x.municipalities) > 5,
    "no municipality": lambda x: x.layout in "AB" and not x.municipalities,
    "a month": lambda x: (x.end - x.start).days < 31,
    "four years": lambda x: (x.end - x.start).days >= 4 * 365,
    "a calendar year": lambda x: (x.start.month, x.start.day, x.end - x.start) == (1, 1, datetime.timedelta(365)),
    "an apostrophe": lambda x: "'" in x.title or any("'" in person.name for person in x.contacts),
    "transnational": lambda x: any(part.kind == "transnational" for part in x.sections),
}


@pytest.mark.parametrize("case", SPECIAL)
def test_special_sheets(case: str, first: Projects) -> None:
    """The first sixty hold every special sheet."""
    assert any(SPECIAL[case](project) for project in first)


def test_what_is_easily_confused(first: Projects) -> None:
    """The first sixty hold namesakes, people and owners of several projects, and titles that others begin with."""
    people = contacts(first)
    several = Counter((person.name, person.email) for person in people)
    assert [name for (name, _), count in several.items() if count == 3] == ["Åsa-Märta O'Dalmark"]
    namesakes = [person for person in people if person.name == "Maria Lindvret"]
    assert (len(namesakes), len({person.email for person in namesakes})) == (3, 3)
    assert len({person.dialled for person in namesakes if person.phone}) == 2
    assert "Samordningsförbundet Tångringen" in repeated(project.owner for project in first)
    titles = {project.title for project in first}
    assert {"Kraftsteget", "Kraftsteget II", "Kraftsteget Norr", "Arbete", "Vidare"} <= titles
    shared = repeated(name for project in first for name in {*project.co_funders, *project.partners})
    assert {"Arbetsförmedlingen Borås", "Stiftelsen Havrelyktan"} <= set(shared)
