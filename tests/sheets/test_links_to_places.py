"""Which places belong to a project, and in which of the three ways."""

import pytest

from esfbot.model.project import LinkKind
from esfbot.sheets.parse import parse
from esfbot.sheets.projects import make_projects
from tests.sheets.pages import FACTS, layout_a

LISTED, OWNER, MENTIONED = LinkKind.LISTED, LinkKind.OWNER, LinkKind.MENTIONED


def places(
    owner: str = "Kunskap AB", region: str = "", text: str = "Sammanfattning\n\nText."
) -> dict[str, tuple[LinkKind, int]]:
    facts = FACTS.replace("Hjo kommun", owner).replace("Västsverige", region)
    projects, _ = make_projects([parse(layout_a(facts=facts, text=text), "x.txt")])
    return {link.code: (link.kind, link.source.line) for link in projects[0].places}


def test_listed() -> None:
    """A municipality on the sheet's list brings its county and its region."""
    assert places(text="Kommun\n\n • Hjo\n • Kil") == {
        "1497": (LISTED, 19),
        "14": (LISTED, 19),
        "SE23": (LISTED, 19),
        "1715": (LISTED, 20),
        "17": (LISTED, 20),
        "SE31": (LISTED, 20),
    }


def test_region() -> None:
    """The region that a sheet states belongs to the project, with no county or municipality of it."""
    assert places(region="Småland och Öarna") == {"SE21": (LISTED, 14)}


def test_owner() -> None:
    """The owner's municipality belongs to the project, and its county."""
    assert places(owner="Hjo kommun") == {"1497": (OWNER, 7), "14": (OWNER, 7)}


@pytest.mark.parametrize(
    ("owner", "codes"),
    [
        ("IFO förvalt, Karlskoga kommun", {"1883", "18"}),
        ("Länsstyrelsen i Stockholms län", {"01"}),
        ("Region Blekinge", {"10"}),
        ("KOMMUNFÖRBUNDET VÄSTERNORRLAND", {"22"}),
        ("Kommunledningskontoret", set()),
        ("Vara bäst AB", set()),
    ],
)
def test_owners(owner: str, codes: set[str]) -> None:
    """An owner's name tells the place where it says one, and words that are also names of places tell none."""
    assert set(places(owner=owner)) >= codes
    assert {code for code in places(owner=owner) if code.isdigit()} == codes


def test_mentioned() -> None:
    """A place that only the text names is mentioned, on its own line."""
    text = "Sammanfattning\n\nEtt.\nVarsel i Olofström. Flera i Östra Göinge."
    assert places(text=text) == {"1060": (MENTIONED, 20), "1256": (MENTIONED, 20)}


def test_the_strongest_way_counts() -> None:
    """A municipality that is listed, owns the project and is mentioned counts as listed."""
    text = "Sammanfattning\n\nI Hjo finns sjön.\n\nKommun\n\n • Hjo"
    assert places(owner="Hjo kommun", text=text) == {"1497": (LISTED, 23), "14": (LISTED, 23), "SE23": (LISTED, 23)}


def test_unknown_municipality() -> None:
    """A municipality that is none belongs to no place, however near its name is."""
    assert places(text="Kommun\n\n • Skövdee") == {}
