"""Queries of all kinds that a question about the invented projects can ask, for tests that draw them with hypothesis.

Where a query names a project it has its title in place of its id: see `with_ids`.
"""

import calendar
import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from esfbot.fields import FIELDS, Kind
from esfbot.model.query import TODAY, Condition, Operation, Query, Test
from esfbot.questions.operations import addable, averageable, sortable
from esfbot.sweden.places import gazetteer
from tests.invented.projects import invented

_PROJECTS = invented(60)
_TITLES = Counter(project.title for project in _PROJECTS)
TITLES = sorted(title for title, projects in _TITLES.items() if projects == 1)
_PROGRAMMES = ("1", "2", "7", "1.1", "1.2", "2.1", "2.2", "2.3", "A", "B", "C", "D")
_PHASES = ("genomforande", "forprojektering")
_AMOUNTS = ("esf_support", "total_budget")
_PERCENTS = ("cofunding_rate", "esf_share")
_LISTS = ("municipality", "co_funder", "partner", "participant", "contact")
_STATED = [name for name in FIELDS if name not in ("title", "other")]
_COMPARED = (Test.OVER, Test.UNDER, Test.AT_LEAST, Test.AT_MOST, Test.EQUAL)
_BOUNDED = (Test.BEFORE, Test.AFTER, Test.AT_LEAST, Test.AT_MOST)

Conditions = st.SearchStrategy[Condition]


# Conditions

_NEAR = sorted({place.code for project in _PROJECTS for place in project.municipalities})
_CODES = st.sampled_from(sorted(gazetteer().by_code)) | st.sampled_from(_NEAR)
# A place alone, or all places of a name: Kalmar is a municipality and a county.
_PLACE = _CODES.map(lambda code: (code,)) | _CODES.map(
    lambda code: tuple(place.code for place in gazetteer().named(gazetteer().by_code[code].name))
)


def _names_of(codes: Sequence[str]) -> str:
    return gazetteer().by_code[codes[0]].name


PLACES: Conditions = st.lists(_PLACE, min_size=1, max_size=3).map(
    lambda places: Condition("municipality", Test.IN, tuple(dict.fromkeys(code for place in places for code in place)))
)


# Also days and numbers that projects state, where "over" and "at least" part.
_DAYS = st.dates(datetime.date(2008, 1, 1), datetime.date(2027, 12, 31)) | st.sampled_from(
    sorted({day for project in _PROJECTS for day in (project.start, project.end)})
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


def numbers(field: str, values: st.SearchStrategy[int] | st.SearchStrategy[int | float]) -> Conditions:
    """A number of ``field`` compared with one of ``values`` or two."""
    one = st.builds(lambda test, value: Condition(field, test, (value,)), st.sampled_from(_COMPARED), values)
    two = st.lists(values, min_size=2, max_size=2, unique=True)
    return one | two.map(lambda pair: Condition(field, Test.BETWEEN, tuple(sorted(pair))))


_KRONOR = st.integers(1, 60_000_000) | st.sampled_from(
    sorted({amount for x in _PROJECTS for amount in (x.esf_support, x.total_budget) if amount})
)
_PER_CENT = st.integers(1, 100) | st.integers(1, 999).map(lambda number: number / 10)
_PLANNED = st.integers(1, 5000) | st.sampled_from(
    sorted({x.planned_participants for x in _PROJECTS if x.planned_participants})
)
_LENGTHS = st.integers(1, 2000) | st.sampled_from(sorted({(x.end - x.start).days + 1 for x in _PROJECTS}))

COMPARED: Conditions = st.builds(
    lambda pair, test: Condition(pair[0], test, (), other=pair[1]),
    st.sampled_from([_AMOUNTS, _AMOUNTS[::-1]]),
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
    "duration": numbers("duration", _LENGTHS),
    "list": st.sampled_from(_LISTS).flatmap(lambda field: numbers(field, st.integers(1, 20))),
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


@st.composite
def several_conditions(draw: st.DrawFn) -> tuple[Condition, ...]:
    """Up to three conditions of different kinds."""
    kinds = draw(st.lists(st.sampled_from(sorted(CONDITIONS)), max_size=3, unique=True))
    return tuple(draw(CONDITIONS[kind]) for kind in kinds)


# What is asked of the projects

LANGUAGES = ("sv", "en")
_GROUPS = [name for name, field in FIELDS.items() if field.groups]
_ASKED = [name for name in FIELDS if name not in ("title", "other")]
_SECTIONS = [name for name in _ASKED if FIELDS[name].kind is Kind.SECTION]
# Of several projects at once; which municipalities they are in asks for the projects.
_OF_SOME = [name for name in _ASKED if name not in ("municipality", "county", "region", *_SECTIONS)]
_SORTED = sortable([name for name in _ASKED if name != "period"])
_AVERAGED = averageable([name for name in _ASKED if name != "period"])

Queries = st.SearchStrategy[Query]


def _query(operation: Operation, **parts: Any) -> Query:
    return Query("", "sv", operation, **parts)


@st.composite
def _facts(draw: st.DrawFn, names: Sequence[str]) -> tuple[str, ...]:
    """One to three facts, none of which another comprises."""
    chosen = draw(st.lists(st.sampled_from(names), min_size=1, max_size=3, unique=True))
    parts = {part for name in chosen for part in FIELDS[name].parts}
    apart = [name for name in chosen if name not in parts and not ({"period", "duration"} <= {*chosen, name})]
    return tuple(apart or chosen[:1])


def _groups(operation: Operation, fields: Sequence[str]) -> Queries:
    """An amount by the values of another field, or how many projects have each."""
    order = st.sampled_from(fields) if fields else st.just("")
    pairs = st.tuples(order, st.sampled_from(_GROUPS)).filter(lambda pair: pair[0] != pair[1])
    return pairs.map(lambda pair: _query(operation, order=pair[0], group=pair[1]))


def _ranks(fields: Sequence[str]) -> Queries:
    """Projects in the order of one of ``fields``, all or the first few; in that of their titles all."""
    return st.builds(
        lambda field, descending, limit: _query(
            Operation.RANK, order=field, descending=descending, limit=0 if field == "title" else limit
        ),
        st.sampled_from(fields),
        st.booleans(),
        st.sampled_from((0, 1, 2, 3, 10, 17)),
    )


def _facts_of_some(fields: st.SearchStrategy[tuple[str, ...]]) -> Queries:
    """Facts of the projects of a place."""
    return st.builds(lambda names, place: _query(Operation.SHOW, fields=names, conditions=(place,)), fields, PLACES)


_ONE = st.sampled_from(TITLES)
_TWO = st.lists(_ONE, min_size=2, max_size=2, unique=True).map(tuple)

# Of all projects, or of those that fulfil conditions.
OF_ANY: Mapping[str, Queries] = {
    "list": st.just(_query(Operation.LIST)),
    "count": st.just(_query(Operation.COUNT)),
    "sum": st.sampled_from(addable(_ASKED)).map(lambda field: _query(Operation.SUM, order=field)),
    "average": st.sampled_from(_AVERAGED).map(lambda field: _query(Operation.AVERAGE, order=field)),
    "rank": _ranks(_SORTED),
    "rank by title": _ranks(["title"]),
    "rank by a list": _ranks(_LISTS),
    "count per": _groups(Operation.COUNT, ()),
    "sum per": _groups(Operation.SUM, addable(_ASKED)),
    "average per": _groups(Operation.AVERAGE, _AVERAGED),
    "facts of some": _facts_of_some(_facts(_OF_SOME)),
}
# Of projects by their titles.
OF_NAMED: Mapping[str, Queries] = {
    "facts of one": st.builds(
        lambda title, fields: _query(Operation.SHOW, projects=(title,), fields=fields), _ONE, _facts(_ASKED)
    ),
    "all facts of one": _ONE.map(lambda title: _query(Operation.SHOW, projects=(title,), everything=True)),
    "overview of one": _ONE.map(lambda title: _query(Operation.SHOW, projects=(title,))),
    "compare": _TWO.map(lambda two: _query(Operation.COMPARE, projects=two)),
    "compare facts": st.builds(
        lambda two, fields: _query(Operation.COMPARE, projects=two, fields=fields), _TWO, _facts(_ASKED)
    ),
}
# What the reader makes of some questions, besides.
FURTHER: Mapping[str, Queries] = {
    "most or fewest projects": st.builds(
        lambda group, limit, descending: _query(Operation.COUNT, group=group, limit=limit, descending=descending),
        st.sampled_from(_GROUPS),
        st.sampled_from((1, 2, 3, 10)),
        st.booleans(),
    ),
    "several projects": st.sampled_from(_GROUPS).map(lambda group: _query(Operation.COUNT, group=group, least=2)),
    "in both places": st.lists(_PLACE, min_size=2, max_size=3, unique_by=_names_of).map(
        lambda places: _query(
            Operation.LIST, conditions=tuple(Condition("municipality", Test.IN, codes) for codes in places)
        )
    ),
    "facts of all": _facts([name for name in _OF_SOME if name not in _GROUPS]).map(
        lambda fields: _query(Operation.SHOW, fields=fields, every=True)
    ),
    "sections of some": _facts_of_some(_facts(_SECTIONS)),
}


@st.composite
def queries(draw: st.DrawFn) -> Query:
    """A query of any kind, with up to three conditions where it is not of named projects."""
    kind = draw(st.sampled_from(sorted({*OF_ANY, *OF_NAMED})))
    query = draw(OF_ANY[kind] if kind in OF_ANY else OF_NAMED[kind])
    conditions = () if kind in OF_NAMED else draw(several_conditions())
    return replace(query, language=draw(st.sampled_from(LANGUAGES)), conditions=conditions or query.conditions)


def with_ids(query: Query, ids: Mapping[str, str]) -> Query:
    """The query with the ids of its projects in place of their titles."""
    conditions = tuple(
        replace(condition, operands=tuple(ids[str(title)] for title in condition.operands))
        if condition.test is Test.ONE_OF
        else condition
        for condition in query.conditions
    )
    return replace(query, projects=tuple(ids[title] for title in query.projects), conditions=conditions)
