"""What is asked in the words of `esfbot.answers.phrase` is read back as it was meant."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from esfbot.answers.phrase import phrase
from esfbot.model.query import Condition, Conversation, Operation, Query, Test
from esfbot.questions.understand import understand
from esfbot.service import Service
from tests.questions.conditions import KINDS
from tests.questions.queries import ASKED, LANGUAGES, queries, with_ids

_ANY_OF = (Test.IN, Test.IS, Test.ONE_OF)  # their operands are in no order

thorough = settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


def asked_by(query: Query) -> Query:
    """What a query asks, without how it was put and without what its operation does not look at."""
    conditions = sorted({_as_compared(condition) for condition in query.conditions}, key=repr)
    shows = query.operation in (Operation.SHOW, Operation.COMPARE)
    in_order = query.operation is Operation.RANK or (query.group and query.limit)
    return replace(
        query,
        text="",
        names=(),
        about="",
        wants="",
        fields=query.fields if shows else (),
        descending=query.descending if in_order else True,
        conditions=tuple(conditions),
    )


def _as_compared(condition: Condition) -> Condition:
    of_any = condition.test in _ANY_OF
    operands = tuple(sorted(condition.operands, key=str)) if of_any else condition.operands
    return replace(condition, text="", operands=operands)


def assert_read_back(query: Query, service: Service, ids: dict[str, str]) -> None:
    """The question that asks ``query`` is read as that query."""
    query = with_ids(query, ids)
    question = phrase(query, {id_: title for title, id_ in ids.items()})
    assert asked_by(understand(question, Conversation(), service.store)) == asked_by(query), question


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
@thorough
@given(data=st.data())
def test_a_condition(kind: str, language: str, sixty: Service, ids: dict[str, str], data: st.DataObject) -> None:
    """Every kind of condition is read back, with nothing beside it."""
    condition = data.draw(KINDS[kind])
    assert_read_back(Query("", language, Operation.LIST, conditions=(condition,)), sixty, ids)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ASKED)
@thorough
@given(data=st.data())
def test_what_is_asked(kind: str, language: str, sixty: Service, ids: dict[str, str], data: st.DataObject) -> None:
    """Every operation is read back with all that belongs to it."""
    query = replace(data.draw(ASKED[kind]), language=language)
    assert_read_back(query, sixty, ids)


@settings(thorough, max_examples=500)
@given(query=queries())
def test_any_query(query: Query, sixty: Service, ids: dict[str, str]) -> None:
    """What is asked and up to three conditions are read back together."""
    assert_read_back(query, sixty, ids)
