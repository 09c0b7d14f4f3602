"""Questions of all kinds are answered as a plain loop over the invented projects answers them."""

import datetime
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from esfbot.answers.phrase import phrase
from esfbot.model.query import TODAY, Condition, Operation, Query, Test
from esfbot.service import Service
from esfbot.settings import Settings
from tests.invented import oracle
from tests.invented.parsed import parsed
from tests.invented.projects import Invented, invented
from tests.invented.publish import publish
from tests.questions.conditions import KINDS
from tests.questions.queries import ASKED, LANGUAGES, queries
from tests.questions.replies import World, assert_true

MANY = 5000

thorough = settings(max_examples=50, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(scope="module")
def small_world(truth: list[Invented], sixty: Service) -> World:
    """Sixty projects, read from their sheets."""
    return World(truth, sixty)


@pytest.mark.parametrize("kind", KINDS)
@thorough
@given(data=st.data())
def test_a_condition(kind: str, small_world: World, data: st.DataObject) -> None:
    """The projects listed are those that fulfil the condition."""
    condition, language = data.draw(st.tuples(KINDS[kind], st.sampled_from(LANGUAGES)))
    assert_true(Query("", language, Operation.LIST, conditions=(condition,)), small_world)


@pytest.mark.parametrize("kind", ASKED)
@thorough
@given(data=st.data())
def test_what_is_asked(kind: str, small_world: World, data: st.DataObject) -> None:
    """Counts, totals, orders, groups and facts are those of the truth."""
    query, language = data.draw(st.tuples(ASKED[kind], st.sampled_from(LANGUAGES)))
    assert_true(replace(query, language=language), small_world)


@settings(thorough, max_examples=200)
@given(query=queries())
def test_any_query(query: Query, small_world: World) -> None:
    """So they are of the projects that fulfil several conditions."""
    assert_true(query, small_world)


# Among thousands: one question of each kind. A title stands for the project that has it.
YEAR = datetime.date(2010, 1, 1), datetime.date(2010, 12, 31)
MAY = datetime.date(2011, 5, 1), datetime.date(2011, 5, 31)
DAY = datetime.date(2012, 3, 15)
PLACE = Condition("municipality", Test.IN, ("20",))
CONDITION_OF_EACH_KIND = (
    Condition("municipality", Test.IN, ("2085",)),
    Condition("municipality", Test.IN, ("0880", "08")),
    Condition("municipality", Test.IN, ("0880",)),
    Condition("municipality", Test.IN, ("0114",)),
    Condition("municipality", Test.IN, ("SE31", "0180")),
    Condition("municipality", Test.IN, ("12",), negated=True),
    Condition("period", Test.WITHIN, YEAR),
    Condition("period", Test.BEFORE, MAY[:1]),
    Condition("period", Test.AFTER, (DAY,)),
    Condition("start", Test.WITHIN, MAY),
    Condition("start", Test.AT_LEAST, (DAY,)),
    Condition("end", Test.AT_MOST, YEAR[1:]),
    Condition("end", Test.AT_MOST, (datetime.date(2024, 3, 1),)),
    Condition("end", Test.WITHIN, YEAR, negated=True),
    Condition("period", Test.WITHIN, (TODAY,)),
    Condition("esf_support", Test.OVER, (2_796_433,)),
    Condition("esf_support", Test.BETWEEN, (500_000, 750_000)),
    Condition("total_budget", Test.AT_MOST, (250_000,)),
    Condition("cofunding_rate", Test.EQUAL, (67,)),
    Condition("esf_share", Test.UNDER, (49.9,)),
    Condition("planned_participants", Test.AT_LEAST, (3000,)),
    Condition("duration", Test.OVER, (1462,)),
    Condition("duration", Test.BETWEEN, (1, 61)),
    Condition("municipality", Test.OVER, (11,)),
    Condition("contact", Test.EQUAL, (2,)),
    Condition("participant", Test.BETWEEN, (14, 15)),
    Condition("programme", Test.IS, ("2",)),
    Condition("programme", Test.IS, ("1.1", "C")),
    Condition("phase", Test.NAMES, ("forprojektering",)),
    Condition("email", Test.LACKING),
    Condition("transnational", Test.STATED),
    Condition("esf_support", Test.EQUAL, other="total_budget"),
    Condition("title", Test.ONE_OF, ("GRUNDMOTORN",), "GRUNDMOTORN", negated=True),
)
QUERY_OF_EACH_KIND = (
    Query("", "sv", Operation.LIST),
    Query("", "en", Operation.COUNT, conditions=(PLACE, Condition("start", Test.WITHIN, YEAR))),
    Query("", "sv", Operation.SUM, order="esf_support"),
    Query("", "en", Operation.SUM, order="planned_participants", conditions=(PLACE,)),
    Query("", "sv", Operation.AVERAGE, order="duration"),
    Query("", "en", Operation.AVERAGE, order="esf_share", conditions=(PLACE,)),
    Query("", "sv", Operation.RANK, order="total_budget", limit=3),
    Query("", "en", Operation.RANK, order="duration", descending=False, limit=1),
    Query("", "sv", Operation.RANK, order="start", conditions=(PLACE,)),
    Query("", "en", Operation.RANK, order="municipality", limit=2),
    Query("", "sv", Operation.COUNT, group="county"),
    Query("", "en", Operation.COUNT, group="programme", conditions=(PLACE,)),
    Query("", "sv", Operation.COUNT, group="owner", limit=3),
    Query("", "en", Operation.SUM, order="total_budget", group="region"),
    Query("", "sv", Operation.AVERAGE, order="esf_support", group="start"),
    Query("", "en", Operation.COUNT, group="co_funder", least=2, conditions=(PLACE,)),
    Query("", "sv", Operation.SHOW, projects=("GRUNDMOTORN",), fields=("contact", "total_budget", "goals")),
    Query("", "en", Operation.SHOW, projects=("Oväntade byar Nord",), everything=True),
    Query("", "sv", Operation.SHOW, projects=("Klara broar II",)),
    Query("", "en", Operation.SHOW, fields=("phone", "period"), conditions=(PLACE,)),
    Query("", "sv", Operation.COMPARE, projects=("Kraftsteget II", "Egna avtal")),
    Query("", "en", Operation.COMPARE, projects=("Skogskuren", "NÄTVERKSSTEGEN"), fields=("number", "period")),
)


@pytest.fixture(scope="module")
def large_world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Thousands of projects."""
    truth, folder = invented(MANY), tmp_path_factory.mktemp("many")
    publish([parsed(project) for project in truth], folder)
    service = Service(Settings(embeddings=folder))
    yield World(truth, service)
    service.close()


LISTS = [Query("", "sv", Operation.LIST, conditions=(condition,)) for condition in CONDITION_OF_EACH_KIND]


def question(query: Query) -> str:
    """The question that asks ``query``, in which titles stand for projects."""
    return phrase(query, {title: title for title in query.projects})


@pytest.mark.parametrize("query", LISTS, ids=question)
def test_a_condition_among_thousands(query: Query, large_world: World) -> None:
    """The projects listed are those that fulfil the condition, and some do and some don't."""
    assert 0 < len(oracle.chosen(large_world.truth, query)) < MANY
    assert_true(query, large_world)


@pytest.mark.parametrize("query", QUERY_OF_EACH_KIND, ids=question)
def test_what_is_asked_among_thousands(query: Query, large_world: World) -> None:
    """Counts, totals, orders, groups and facts are those of the truth."""
    assert_true(query, large_world)
