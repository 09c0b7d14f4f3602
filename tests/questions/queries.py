"""Queries of all kinds that a question about the invented projects can ask, for tests that draw them with hypothesis.

Where a query names a project it has its title in place of its id: see `with_ids`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from esfbot.fields import FIELDS, Kind
from esfbot.model.query import Condition, Operation, Query, Test
from esfbot.questions.operations import addable, averageable, sortable
from tests.questions.conditions import AMOUNTS, LISTS, PLACE, PLACES, TITLES, name_of, several_conditions

LANGUAGES = ("sv", "en")
_GROUPS = [name for name, field in FIELDS.items() if field.groups]
_ASKED = [name for name, field in FIELDS.items() if field.asked and name not in ("title", "other")]
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
    comprised = {part for name in chosen for part in FIELDS[name].parts}
    comprised |= {"duration"} if "period" in chosen else set()
    return tuple(name for name in chosen if name not in comprised)


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
    "rank by a list": _ranks(LISTS),
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
    "group with the most": st.builds(
        lambda operation, order, group, descending: _query(
            operation, order=order, group=group, descending=descending, limit=1
        ),
        st.sampled_from((Operation.SUM, Operation.AVERAGE)),
        st.sampled_from(AMOUNTS),
        st.sampled_from([name for name in _GROUPS if name != "start"]),
        st.booleans(),
    ),
    "first per group": st.builds(
        lambda order, group, descending: _query(
            Operation.RANK, order=order, group=group, descending=descending, limit=1
        ),
        st.sampled_from(_SORTED),
        st.sampled_from(_GROUPS),
        st.booleans(),
    ).filter(lambda query: query.order != query.group),
    "several projects": st.sampled_from(_GROUPS).map(lambda group: _query(Operation.COUNT, group=group, least=2)),
    "in both places": st.lists(PLACE, min_size=2, max_size=3, unique_by=name_of).map(
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


ASKED: Mapping[str, Queries] = {**OF_ANY, **OF_NAMED, **FURTHER}


def with_ids(query: Query, ids: Mapping[str, str]) -> Query:
    """The query with the ids of its projects in place of their titles."""
    conditions = tuple(
        replace(
            condition,
            operands=tuple(ids[str(x)] for x in condition.operands)
            if condition.test is Test.ONE_OF
            else condition.operands,
            than=ids.get(condition.than, ""),
        )
        for condition in query.conditions
    )
    return replace(query, projects=tuple(ids[title] for title in query.projects), conditions=conditions)
