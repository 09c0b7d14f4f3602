"""What is drawn for an invented project: places, period, money, programme, lists, and facts of one layout only."""

import calendar
import datetime
import functools
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from esfbot.sweden.places import PlaceKind, gazetteer
from tests.invented import words
from tests.invented.cases import Case
from tests.invented.cast import Cast
from tests.invented.truth import Place

# The years in which projects of a layout begin, and the last in which they end.
_YEARS = {"A": (2008, 2013, 2014), "B": (2014, 2018, 2020), "C": (2015, 2022, 2023), "D": (2023, 2026, 2027)}
_CUT = 30  # letters after which layout A cuts the items of its lists
_ALPHABET = str.maketrans("åäö", "{|}")


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme area as sheets state it, with its objective where it has one of its own, and whom it is for."""

    name: str
    objective: str
    employed: bool


PROGRAMMES: Mapping[str, Sequence[Programme]] = {
    "A": (
        Programme("Programområde 1 Kompetensförsörjning", "", employed=True),
        Programme("Programområde 2 Ökat arbetskraftsutbud", "", employed=False),
    ),
    "B": (
        Programme("1.1 Stimulera kompetensutveckling", "", employed=True),
        Programme("1.2 Stärka kopplingen mellan utbildning och arbetsliv", "", employed=True),
        Programme("2.1 Stärka anknytningen till arbetslivet", "", employed=False),
        Programme("2.2 Öka övergångarna till arbete bland unga", "", employed=False),
        Programme("2.3 Öka övergångarna till arbete", "", employed=False),
    ),
    "C": (
        Programme("1", "1.1", employed=True),
        Programme("1", "1.2", employed=True),
        Programme("2", "2.1", employed=False),
        Programme("2", "2.3", employed=False),
        Programme("7", "7.1", employed=False),
    ),
    "D": (
        Programme("A", "A1A", employed=True),
        Programme("A", "A1B", employed=True),
        Programme("A", "A1C", employed=True),
        Programme("B", "B1", employed=False),
        Programme("C", "C1", employed=False),
        Programme("D", "D1", employed=True),
    ),
}


@functools.cache
def municipalities() -> Sequence[Place]:
    """All of them, in the order of the alphabet."""
    found = [place for place in gazetteer().by_code.values() if place.kind is PlaceKind.MUNICIPALITY]
    return tuple(Place(place.name, place.code) for place in sorted(found, key=lambda place: in_order(place.name)))


def in_order(text: str) -> str:
    """``text`` as it is compared in Swedish, where å, ä and ö come last."""
    return text.casefold().translate(_ALPHABET)


@functools.cache
def region_of(place: Place) -> tuple[str, str]:
    """The code and the name of the region that a municipality lies in."""
    region = gazetteer().above(gazetteer().by_code[place.code])[-1]
    return region.code, region.name


def home_of(chance: random.Random, case: Case) -> Place:
    """The municipality that a project belongs to."""
    if not case.home:
        return chance.choice(municipalities())
    return next(place for place in municipalities() if place.name == case.home)


def elsewhere_than(chance: random.Random, home: Place) -> Place:
    """A municipality of another county."""
    return chance.choice([place for place in municipalities() if place.code[:2] != home.code[:2]])


def listed(chance: random.Random, case: Case, home: Place) -> tuple[Place, ...]:
    """The municipalities that a sheet of layout A or B lists: ``home`` with others of its region, or none."""
    if case.layout not in "AB":
        return ()
    county = [place for place in municipalities() if place.code[:2] == home.code[:2]]
    region = [place for place in municipalities() if region_of(place) == region_of(home) and place != home]
    how_many = chance.choices((0, 1, 2, 3, 4, 7, 12, -1), (6, 45, 12, 10, 8, 6, 4, 9))[0]
    how_many = how_many if case.listed is None else case.listed
    if how_many == -1:
        return tuple(county)
    others = chance.sample(region, min(how_many - 1, len(region))) if how_many > 1 else []
    return tuple(sorted([home, *others], key=lambda place: in_order(place.name))) if how_many else ()


def period(chance: random.Random, layout: str) -> tuple[datetime.date, datetime.date]:
    """The first and the last day: from one month to four years, one in five from New Year or until its eve."""
    first, last, end_of_all = _YEARS[layout]
    lengths = ((1, 1), (2, 6), (7, 12), (13, 24), (25, 36), (37, 48))
    months = chance.randint(*chance.choices(lengths, (3, 17, 15, 30, 25, 10))[0])
    start = datetime.date(chance.randint(first, last), chance.randint(1, 12), chance.choice((1, 1, 1, 7, 15, 28)))
    if chance.random() < 0.2:
        start = start.replace(month=1, day=1)
    end = _after(start, months)
    if chance.random() < 0.2 and months > 2:
        end = end.replace(month=12, day=31)
    return start, min(end, datetime.date(end_of_all, 12, 31))


def _after(start: datetime.date, months: int) -> datetime.date:
    """The last day of ``months`` months from ``start``."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    day = min(start.day, calendar.monthrange(year, month + 1)[1])
    return datetime.date(year, month + 1, day) - datetime.timedelta(days=1)


def money(chance: random.Random, case: Case, programme: Programme) -> tuple[int | None, int | None, int]:
    """The ESF support and the total budget, None where they are not stated, and the rate of support in percent."""
    rate = chance.choice((40, 50, 60, 67, 75))
    budget = int(10 ** chance.uniform(5.2, 7.6))
    kinds = ("none", "support", "equal", "part")
    weights = (4, 4, 50, 42) if programme.employed else (4, 4, 12, 80)
    kind = case.money or chance.choices(kinds, weights)[0]
    if kind == "none" or case.layout == "D":
        return None, None, rate
    support = budget if kind == "equal" else budget * rate // 100
    return support, None if kind == "support" else budget, rate


def lists(
    chance: random.Random, case: Case, cast: Cast, home: Place, owner: str, partner: str
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """The co-funders, partners and participants of a sheet of layout A or B, each empty on some."""
    if case.layout not in "AB":
        return (), (), ()

    def some(most: int, *more: str) -> list[str]:
        found = {cast.near(chance, home, owner) for _ in range(chance.randint(0, most))}
        found |= {chance.choice(words.AUTHORITIES).format(home.name) for _ in range(chance.randint(0, 2))}
        return [*more, *sorted(found)]

    co_funders = some(3, *case.with_whom) if case.with_whom or chance.random() < 0.5 else []
    partners = some(4, partner, *case.with_whom) if case.with_whom or chance.random() < 0.7 else []
    participants: list[str] = []
    if chance.random() < 0.4:
        participants = chance.sample(words.WORKPLACES, chance.randint(2, 15))
    return _as_listed(co_funders, case), _as_listed(partners, case), _as_listed(participants, case)


def _as_listed(names: Sequence[str], case: Case) -> tuple[str, ...]:
    """Names as a list of the sheet has them: in order, and in layout A cut off."""
    cut = {name[:_CUT].rstrip() if case.layout == "A" else name for name in names}
    return tuple(sorted(cut, key=in_order))


def further(
    chance: random.Random, case: Case, programme: Programme, rate: int, home: Place, year: int, *, seated: bool
) -> dict[str, str | int]:
    """What only sheets of one layout state; ``seated`` tells whether the owner's name is of no other place."""
    if case.layout == "B":
        return {"call": f"{year}/{chance.randint(1, 620):05}"}
    if case.layout == "C":
        return {
            "postal_code": str(chance.randint(10_000, 98_999)),
            "objective": programme.objective,
            "cofunding_rate": rate,
            "intervention": chance.choice(("102", "106", "109", "117")),
        }
    if case.layout == "D":
        return _further_of_d(chance, programme, rate, home, seated=seated and chance.random() < 0.7)
    return {}


def _further_of_d(
    chance: random.Random, programme: Programme, rate: int, home: Place, *, seated: bool
) -> dict[str, str | int]:
    town = {"postal_code": str(chance.randint(10_000, 98_999)), "postal_town": home.name.upper()}
    return {
        "country": "Sverige",
        "fund": "ESF+",
        "cci": "2021SE05SFPR",
        "owner_number": f"{chance.choice(('2120009', '2220009', '5599999'))}{chance.randint(0, 999):03}",
        "cofunding_rate": rate,
        "objective": programme.objective,
        "child_poverty": chance.choice(("Nej", "Nej", "Ja")),
        "nuts2": region_of(home)[0],
        **(town if seated else {}),
        "intervention": chance.choice(("109", "141", "145", "175")),
        "strategic": chance.choice(("Nej", "Nej", "Nej", "Ja")),
    }
