"""Conditions of all kinds that a question about the invented projects can state, for tests that draw them.

Where a condition names a project it has its title in place of its id: see `tests.questions.queries.with_ids`.
"""

import calendar
import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from hypothesis import strategies as st

from esfbot.fields import FIELDS
from esfbot.model.query import TODAY, Condition, Test
from esfbot.questions.quantities import read_quantities
from esfbot.sweden.places import PlaceKind, gazetteer
from tests.invented.projects import invented

_PROJECTS = invented(60)
_TITLES = Counter(project.title for project in _PROJECTS)
TITLES = sorted(title for title, projects in _TITLES.items() if projects == 1)
_PROGRAMMES = ("1", "2", "7", "1.1", "1.2", "2.1", "2.2", "2.3", "A", "B", "C", "D")
_PHASES = ("genomforande", "forprojektering")
AMOUNTS = ("esf_support", "total_budget")
_PERCENTS = ("cofunding_rate", "esf_share")
LISTS = ("municipality", "co_funder", "partner", "participant", "contact")
_STATED = [name for name, field in FIELDS.items() if field.asked and name not in ("title", "other")]
_COMPARED = (Test.OVER, Test.UNDER, Test.AT_LEAST, Test.AT_MOST, Test.EQUAL)
_BOUNDED = (Test.BEFORE, Test.AFTER, Test.AT_LEAST, Test.AT_MOST)

Conditions = st.SearchStrategy[Condition]
_Value = TypeVar("_Value", int, datetime.date)

_NEAR = sorted({place.code for project in _PROJECTS for place in project.municipalities})
_WIDER = sorted(place.code for place in gazetteer().by_code.values() if place.kind is not PlaceKind.MUNICIPALITY)
# The region Stockholm is the county, and has no name of its own.
_REGION_OF_ONE_COUNTY = "SE11"
_CODES = st.one_of(*(st.sampled_from(codes) for codes in (_NEAR, _WIDER, sorted(gazetteer().by_code)))).filter(
    lambda code: code != _REGION_OF_ONE_COUNTY
)
# A place alone, or all places of a name: Kalmar is a municipality and a county.
PLACE = _CODES.map(lambda code: (code,)) | _CODES.map(
    lambda code: tuple(place.code for place in gazetteer().named(gazetteer().by_code[code].name))
)


def name_of(codes: Sequence[str]) -> str:
    """The name of a place that one or more codes stand for."""
    return gazetteer().by_code[codes[0]].name


PLACES: Conditions = st.lists(PLACE, min_size=1, max_size=3).map(
    lambda places: Condition("municipality", Test.IN, tuple(dict.fromkeys(code for place in places for code in place)))
)


def _mostly(stated: Iterable[_Value], others: st.SearchStrategy[_Value]) -> st.SearchStrategy[_Value]:
    """Values that some project states, where "over" and "at least" part, and now and then others."""
    known = st.sampled_from(sorted(set(stated)))
    return known | known | others


_DAYS = _mostly(
    (day for project in _PROJECTS for day in (project.start, project.end)),
    st.dates(datetime.date(2008, 1, 1), datetime.date(2027, 12, 31)),
)


@st.composite
def spans(draw: st.DrawFn) -> tuple[datetime.date, datetime.date]:
    """A year, a month or a day, or from one to another of its kind."""
    kind = draw(st.sampled_from(("year", "month", "day")))
    ends = draw(st.lists(_DAYS, min_size=1, max_size=2))
    first, last = min(ends), max(ends)
    if kind == "year":
        return first.replace(month=1, day=1), last.replace(month=12, day=31)
    if kind == "month":
        return first.replace(day=1), last.replace(day=calendar.monthrange(last.year, last.month)[1])
    return first, last


@st.composite
def times(draw: st.DrawFn, field: str) -> Condition:
    """A period, a start or an end within some days, or on one side of them."""
    first, last = draw(spans())
    test = draw(st.sampled_from((Test.WITHIN, *_BOUNDED)))
    days = (first, last) if test is Test.WITHIN else (first,) if test in (Test.BEFORE, Test.AT_LEAST) else (last,)
    return Condition(field, test, days)


NOW: Conditions = st.sampled_from(
    [
        Condition("period", Test.WITHIN, (TODAY,)),
        Condition("end", Test.BEFORE, (TODAY,)),
        Condition("start", Test.AFTER, (TODAY,)),
    ]
)


def numbers(
    field: str, values: st.SearchStrategy[int] | st.SearchStrategy[int | float], tests: Sequence[Test] = _COMPARED
) -> Conditions:
    """A number of ``field`` compared with one of ``values`` or two."""
    one = st.builds(lambda test, value: Condition(field, test, (value,)), st.sampled_from(tests), values)
    two = st.lists(values, min_size=2, max_size=2, unique=True)
    return one | one | two.map(lambda pair: Condition(field, Test.BETWEEN, tuple(sorted(pair))))


_KRONOR = _mostly(
    (amount for project in _PROJECTS for amount in (project.esf_support, project.total_budget) if amount),
    st.integers(1, 60_000_000),
)
_PER_CENT = st.integers(1, 100) | st.integers(1, 999).map(lambda number: number / 10)
_PLANNED = _mostly(
    (project.planned_participants for project in _PROJECTS if project.planned_participants), st.integers(1, 5000)
)
_LENGTHS = _mostly(((project.end - project.start).days + 1 for project in _PROJECTS), st.integers(1, 2000))

# An exact length is from so many days to so many: months are of different length.
_EXACT = st.builds("exakt {} {}".format, st.integers(1, 48), st.sampled_from(("dagar", "veckor", "månader", "år"))).map(
    lambda length: Condition("duration", Test.BETWEEN, read_quantities(length)[0].operands)
)
LENGTHS: Conditions = numbers("duration", _LENGTHS, [test for test in _COMPARED if test is not Test.EQUAL]) | _EXACT

COMPARED: Conditions = st.builds(
    lambda pair, test: Condition(pair[0], test, (), other=pair[1]),
    st.sampled_from([AMOUNTS, AMOUNTS[::-1]]),
    st.sampled_from((Test.OVER, Test.UNDER, Test.EQUAL)),
)
LEFT_OUT: Conditions = st.sampled_from(TITLES).map(
    lambda title: Condition("title", Test.ONE_OF, (title,), title, negated=True)
)

CONDITIONS: Mapping[str, Conditions] = {
    "place": PLACES,
    "not in a place": PLACES.map(lambda condition: replace(condition, negated=True)),
    "period": times("period"),
    "start": times("start"),
    "end": times("end"),
    "now": NOW,
    "support": numbers("esf_support", _KRONOR),
    "budget": numbers("total_budget", _KRONOR),
    "per cent": st.sampled_from(_PERCENTS).flatmap(lambda field: numbers(field, _PER_CENT)),
    "planned participants": numbers("planned_participants", _PLANNED),
    "duration": LENGTHS,
    "list": st.sampled_from(LISTS).flatmap(lambda field: numbers(field, st.integers(1, 20))),
    "programme": st.lists(st.sampled_from(_PROGRAMMES), min_size=1, max_size=2, unique=True).map(
        lambda codes: Condition("programme", Test.IS, tuple(codes))
    ),
    "phase": st.sampled_from(_PHASES).map(lambda phase: Condition("phase", Test.NAMES, (phase,))),
    "stated": st.sampled_from(_STATED).map(lambda field: Condition(field, Test.STATED)),
    "lacking": st.sampled_from(_STATED).map(lambda field: Condition(field, Test.LACKING)),
    "two facts": COMPARED,
    "project left out": LEFT_OUT,
}


def negatable(condition: Condition) -> bool:
    """Whether a condition is turned round as it is: "not before" is "from" and needs no other."""
    if condition.test is Test.IN:
        return False
    return condition.field == "period" or condition.test in (Test.WITHIN, Test.EQUAL, Test.BETWEEN, Test.IS, Test.NAMES)


NEGATED: Conditions = (
    st.sampled_from(sorted(CONDITIONS))
    .flatmap(lambda kind: CONDITIONS[kind])
    .filter(negatable)
    .map(lambda condition: replace(condition, negated=True))
)
_THAN = ("esf_support", "total_budget", "planned_participants", "duration", "start", "end")
_SAME = ("owner", "programme", "phase", "region", "municipality", "co_funder", "partner", "participant")
# All kinds, also those that stand alone.
KINDS: Mapping[str, Conditions] = {
    **CONDITIONS,
    "negated": NEGATED,
    "more than another project": st.builds(
        lambda field, test, title: Condition(field, test, (), title, than=title),
        st.sampled_from(_THAN),
        st.sampled_from((Test.OVER, Test.UNDER)),
        st.sampled_from(TITLES),
    ),
    "the same as another project": st.builds(
        lambda field, title: Condition(field, Test.SAME, (), title, than=title),
        st.sampled_from(_SAME),
        st.sampled_from(TITLES),
    ),
}


@st.composite
def several_conditions(draw: st.DrawFn) -> tuple[Condition, ...]:
    """Up to three conditions of different kinds."""
    kinds = draw(st.lists(st.sampled_from(sorted(CONDITIONS)), max_size=3, unique=True))
    return tuple(draw(CONDITIONS[kind]) for kind in kinds)
