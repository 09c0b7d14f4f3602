"""Projects found by conditions: each kind of test held against a plain loop over the projects."""

import datetime
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from esfbot.model.project import Project
from esfbot.model.query import Condition, Test
from esfbot.store.sqlite import SqliteStore
from tests.store.collection import FOREST, fact, project, stored

AMOUNTS = st.integers(min_value=0, max_value=9)
DAYS = st.dates(datetime.date(2010, 1, 1), datetime.date(2010, 1, 12))


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        (Condition("municipality", Test.IN, ("2085",)), ["bjork"]),
        (Condition("municipality", Test.IN, ("0180",)), ["gran"]),
        (Condition("municipality", Test.IN, ("0180", "20")), ["bjork", "gran"]),
        (Condition("municipality", Test.IN, ("1280",)), []),
        (Condition("owner", Test.NAMES, ("ludvika",)), ["bjork"]),
        (Condition("owner", Test.NAMES, ("Bergslagen AB",)), ["gran"]),
        (Condition("owner", Test.NAMES, ("AB Bergslagen",)), []),
        (Condition("owner", Test.NAMES, ("Bergs",)), []),
        (Condition("owner", Test.NAMES, ("%",)), []),
        (Condition("owner", Test.NAMES, ("KOMMUN", "RÖRLIGHET")), ["bjork", "gran"]),
        (Condition("title", Test.NAMES, ("granen",)), ["gran", "tall"]),
        (Condition("programme", Test.IS, ("2",)), ["bjork", "gran"]),
        (Condition("programme", Test.IS, ("2.3",)), ["bjork"]),
        (Condition("programme", Test.IS, ("23",)), ["tall"]),
        (Condition("programme", Test.IS, ("2_",)), []),
        (Condition("email", Test.STATED), ["bjork"]),
        (Condition("purpose", Test.STATED), ["tall"]),
        (Condition("email", Test.LACKING), ["gran", "tall"]),
        (Condition("purpose", Test.LACKING), ["bjork", "gran"]),
        (Condition("esf_support", Test.OVER, (0,)), ["bjork"]),
        (Condition("esf_support", Test.UNDER, (10,)), []),
    ],
)
def test_condition(forest: SqliteStore, condition: Condition, found: list[str]) -> None:
    """A condition holds for exactly these projects; places that are only mentioned and facts in dispute don't count."""
    assert forest.find([condition]) == found


def test_no_condition(forest: SqliteStore) -> None:
    """Without conditions all projects are found, in the sheets' order."""
    assert forest.find() == ["bjork", "gran", "tall"]


def test_several_conditions(forest: SqliteStore) -> None:
    """All conditions must hold."""
    both = [Condition("title", Test.NAMES, ("granen",)), Condition("programme", Test.IS, ("23",))]
    assert forest.find(both) == ["tall"]


def test_among(forest: SqliteStore) -> None:
    """Only the projects given are looked at, and those that aren't there don't matter."""
    assert forest.find([Condition("email", Test.LACKING)], ["tall", "bjork", "nowhere"]) == ["tall"]


COMPARED: dict[Test, Callable[[int, Sequence[int]], bool]] = {
    Test.OVER: lambda x, o: x > o[0],
    Test.UNDER: lambda x, o: x < o[0],
    Test.AT_LEAST: lambda x, o: x >= o[0],
    Test.AT_MOST: lambda x, o: x <= o[0],
    Test.BETWEEN: lambda x, o: o[0] <= x <= o[1],
    Test.AFTER: lambda x, o: x > o[0],
    Test.BEFORE: lambda x, o: x < o[0],
    Test.WITHIN: lambda x, o: o[0] <= x <= o[1],
}


def found_in(projects: Sequence[Project], condition: Condition) -> list[str]:
    """The ids found in a store of these projects."""
    with tempfile.TemporaryDirectory() as folder:
        store = stored(Path(folder), projects)
        try:
            return store.find([condition])
        finally:
            store.close()


quick = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@quick
@given(st.lists(st.none() | AMOUNTS, max_size=6), st.sampled_from(sorted(COMPARED)[:]), AMOUNTS, AMOUNTS)
def test_amounts(amounts: list[int | None], test: Test, low: int, high: int) -> None:
    """Amounts compare as numbers do; a project that states none fulfils no comparison."""
    projects = [project(f"p{i}", *([] if a is None else [fact("esf_support", a)])) for i, a in enumerate(amounts)]
    expected = [f"p{i}" for i, a in enumerate(amounts) if a is not None and COMPARED[test](a, (low, high))]
    assert found_in(projects, Condition("esf_support", test, (low, high))) == expected


@quick
@given(st.lists(DAYS, max_size=6), st.sampled_from(sorted(COMPARED)), DAYS, DAYS)
def test_dates(days: list[datetime.date], test: Test, low: datetime.date, high: datetime.date) -> None:
    """Dates compare as days do, the bounds of a span included."""
    projects = [project(f"p{i}", fact("start", day)) for i, day in enumerate(days)]
    expected = [
        f"p{i}" for i, d in enumerate(days) if COMPARED[test](d.toordinal(), (low.toordinal(), high.toordinal()))
    ]
    assert found_in(projects, Condition("start", test, (low, high))) == expected


PERIODS: dict[Test, Callable[[datetime.date, datetime.date, datetime.date, datetime.date], bool]] = {
    Test.WITHIN: lambda start, end, low, high: any(low <= day <= high for day in days_of(start, end)),
    Test.BEFORE: lambda _, end, low, __: end < low,
    Test.AFTER: lambda start, _, __, high: start > high,
}


def days_of(start: datetime.date, end: datetime.date) -> list[datetime.date]:
    return [start + datetime.timedelta(days=n) for n in range((end - start).days + 1)]


@quick
@given(st.lists(st.tuples(DAYS, DAYS), max_size=6), st.sampled_from(sorted(PERIODS)), DAYS, DAYS)
def test_periods(
    periods: list[tuple[datetime.date, datetime.date]], test: Test, one: datetime.date, other: datetime.date
) -> None:
    """A period lies within days of which it shares one, before days that it ends before, after days it begins after."""
    low, high = sorted((one, other))
    ordered = [sorted(period) for period in periods]
    projects = [project(f"p{i}", fact("start", s), fact("end", e)) for i, (s, e) in enumerate(ordered)]
    expected = [f"p{i}" for i, (start, end) in enumerate(ordered) if PERIODS[test](start, end, low, high)]
    assert found_in(projects, Condition("period", test, (low, high))) == expected


def test_projects_come_back_as_they_were(forest: SqliteStore) -> None:
    """Facts, places and facts in dispute are read back as they were written, in the order asked for."""
    wanted = forest.projects(["tall", "bjork", "nowhere"])
    assert [(p.id, p.title, p.sheets, p.facts, p.disputed) for p in wanted] == [
        (p.id, p.title, p.sheets, p.facts, p.disputed) for p in (FOREST[2], FOREST[0])
    ]
    assert set(wanted[1].places) == set(FOREST[0].places)
    assert forest.projects([]) == []


def test_sections_come_back_as_they_were(forest: SqliteStore) -> None:
    """Sections are read back as they were written."""
    assert tuple(forest.sections("tall")) == FOREST[2].sections
    assert forest.sections("nowhere") == []


def test_titles(forest: SqliteStore) -> None:
    """Titles come in the order asked for, without those that aren't there."""
    assert list(forest.titles(["gran", "nowhere", "bjork"]).items()) == [
        ("gran", "Granen"),
        ("bjork", "Björkens väg 2"),
    ]


def test_mentioning(forest: SqliteStore) -> None:
    """Projects that only mention a place are told apart from those that lie there."""
    assert forest.mentioning(["0180"]) == ["bjork", "tall"]


def test_by_key(forest: SqliteStore) -> None:
    """A project is found by a whole address, and by no pattern."""
    assert forest.with_key("email", "asa_oberg@exempel.se") == ["bjork"]
    assert forest.with_key("email", "asa%") == []


def test_thousands_of_projects(tmp_path: Path) -> None:
    """More projects than a statement takes parameters can be found, loaded and searched."""
    many = [project(f"p{n}") for n in range(3)]
    store = stored(tmp_path / "many", many, [("p2", "Båtar av trä.")])
    ids = [f"p{n}" for n in range(40_000)]
    assert store.find((), ids) == ["p0", "p1", "p2"]
    assert len(store.projects(ids)) == len(store.titles(ids)) == 3
    assert [row for row, _ in store.passages_by_words(["bat"], ids)] == [0]
    assert store.passages_by_meaning(store.vector(0), ids) == [(0, 1.0)]
    store.close()
