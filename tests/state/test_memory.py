"""Conversations, exchanges, views and verdicts: kept as they were, as long as they are wanted, and no longer."""

import json
import sqlite3
import time
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from esfbot.model.query import Condition, Conversation, Named, Operation, Query, Test, Unknown
from esfbot.state.memory import Exchange, Seat
from esfbot.state.state import State
from esfbot.state.values import from_json, to_json
from esfbot.state.verdicts import Unanswered

DAY = 24 * 3600.0
ANNA, BO = Seat(1, 0, 1), Seat(2, 0, 2)
GROUP = -100


def asked(text: str, *projects: str) -> Query:
    """A question as read."""
    return Query(text, "sv", Operation.SHOW, ("budget",), projects=projects)


def exchange(message: int, text: str = "budget?", replies: tuple[int, ...] = ()) -> Exchange:
    """A question that is being answered."""
    return Exchange(message, replies, asked(text, "plus"), ("plus",), Conversation(focus=("samla",)))


def test_conversations_are_apart(state: State) -> None:
    """Each person has a conversation of their own in each chat and topic, and forgetting leaves the others'."""
    seats = [ANNA, BO, Seat(GROUP, 0, 1), Seat(GROUP, 3, 1), Seat(GROUP, 0, 2)]
    for number, seat in enumerate(seats):
        state.memory.remember(seat, Conversation(focus=("old",)), 1)
        state.memory.remember(seat, Conversation(focus=(str(number),)), number)
        state.memory.note(seat, exchange(100 + number))
        state.memory.answered(seat.chat, 100 + number, 200 + number)
    state.memory.forget(GROUP, 1)
    assert [state.memory.conversation(seat) for seat in seats] == [
        (Conversation(focus=("0",)), 0),
        (Conversation(focus=("1",)), 1),
        (Conversation(), 0),
        (Conversation(), 0),
        (Conversation(focus=("4",)), 4),
    ]
    found = [state.memory.exchange_of(seat.chat, 200 + number) for number, seat in enumerate(seats)]
    assert [each.message if each else None for each in found] == [100, 101, None, None, 104]


def test_an_exchange_and_its_replies(state: State) -> None:
    """A question is found by its message and by each message that answered it, told twice or not."""
    state.memory.note(ANNA, exchange(5))
    for reply in (6, 7, 6):
        state.memory.answered(1, 5, reply)
    expected = exchange(5, replies=(6, 7))
    found = [state.memory.exchange(1, 5), state.memory.exchange_of(1, 6), state.memory.exchange_of(1, 7)]
    assert found == [expected, expected, expected]
    assert (state.memory.exchange_of(2, 6), state.memory.exchange_of(1, 5)) == (None, None)
    state.memory.answered(1, 99, 100)  # of a question that is not kept
    assert state.memory.exchange_of(1, 100) is None


def test_an_edited_question(state: State) -> None:
    """An edited question takes the place of what it was, and may have lost a verdict and messages."""
    state.memory.note(ANNA, exchange(5))
    state.memory.answered(1, 5, 6)
    state.memory.judged(1, 5, 3)
    assert state.memory.exchange(1, 5) == replace(exchange(5, replies=(6,)), feedback=3)
    state.memory.note(ANNA, exchange(5, "period?", replies=(6,)))
    assert state.memory.exchange_of(1, 6) == exchange(5, "period?", replies=(6,))


def test_pruning_exchanges(state: State) -> None:
    """Old exchanges go with their replies; those of another chat stay, though their messages have the same numbers."""
    state.memory.note(ANNA, exchange(5))
    state.memory.answered(1, 5, 6)
    old = time.time()
    while time.time() <= old:  # the clock's next tick
        time.sleep(0.001)
    state.memory.note(BO, exchange(5, "period?"))
    state.memory.answered(2, 5, 6)
    state.memory.prune(exchanges_before=old, conversations_before=0, views_before=0)
    assert (state.memory.exchange(1, 5), state.memory.exchange_of(1, 6)) == (None, None)
    assert state.memory.exchange_of(2, 6) == exchange(5, "period?", replies=(6,))
    state.memory.note(ANNA, exchange(5))  # what was pruned doesn't come back with it
    assert (state.memory.exchange_of(1, 6), state.memory.exchange(1, 5)) == (None, exchange(5))


def test_pruning_by_age(state: State, path: Path) -> None:
    """Exchanges are kept for two days, conversations for thirty, views for half a year after they were last used."""
    state.memory.remember(ANNA, Conversation(focus=("plus",)), 1)
    state.memory.note(ANNA, exchange(5))
    token = state.memory.keep_view(asked("budget?"))

    def kept_after(days: float) -> list[bool]:
        shift(path, days)
        state.prune(90)
        conversation, _ = state.memory.conversation(ANNA)
        views = sqlite3.connect(path)
        found = views.execute("SELECT count(*) FROM views WHERE token = ?", (token,)).fetchone()[0]
        views.close()
        return [state.memory.exchange(1, 5) is not None, bool(conversation.focus), bool(found)]

    assert kept_after(1.9) == [True, True, True]
    assert kept_after(0.2) == [False, True, True]
    assert kept_after(28) == [False, False, True]
    assert state.memory.view(token) is not None  # used: half a year begins anew
    assert kept_after(179) == [False, False, True]
    assert kept_after(2) == [False, False, False]


def shift(path: Path, days: float) -> None:
    """Let days pass."""
    with sqlite3.connect(path) as file:
        for table, column in (("exchanges", "at"), ("conversations", "at"), ("views", "used"), ("inbox", "received")):
            file.execute(f'UPDATE {table} SET "{column}" = "{column}" - ?', (days * DAY,))  # noqa: S608 - our names
    file.close()


def test_a_view_has_one_token(state: State) -> None:
    """A question has the same token each time, whatever its words were, and another one has another."""
    token = state.memory.keep_view(asked("budget för PLUS?", "plus"))
    assert state.memory.keep_view(asked("vad kostade PLUS", "plus")) == token
    assert state.memory.keep_view(asked("budget för SAMLA?", "samla")) != token
    assert (len(token), state.memory.view(token)) == (8, asked("", "plus"))
    assert state.memory.view("nothing!") is None


def test_languages_and_verdicts(state: State) -> None:
    """A language is the person's, a verdict nobody's; it can be changed, and the newest comes first."""
    assert state.memory.language(1) == ""
    state.memory.choose_language(1, "en")
    state.memory.choose_language(1, "sv")
    assert (state.memory.language(1), state.memory.language(2)) == ("sv", "")
    first = state.verdicts.add(asked("ett"), ("plus",), "right")
    second = state.verdicts.add(asked("två"), (), "wrong")
    state.verdicts.change(first, "wrong", "fact")
    found = [(each.question, each.projects, each.verdict, each.reason) for each in state.verdicts.all()]
    assert (first != second, found) == (True, [("två", (), "wrong", ""), ("ett", ("plus",), "wrong", "fact")])


def test_unanswered_questions_are_kept_for_days(state: State, path: Path) -> None:
    """Questions without an answer are kept for as many days as are set; 0 keeps none."""
    for question in ("ett", "två"):
        state.verdicts.add_unanswered(question)
    today = state.verdicts.unanswered()[0].date
    with sqlite3.connect(path) as file:
        file.execute("UPDATE unanswered SET date = date(date, '-10 days') WHERE question = 'ett'")
    file.close()
    state.prune(11)
    assert [each.question for each in state.verdicts.unanswered()] == ["två", "ett"]
    state.prune(10)
    assert state.verdicts.unanswered() == [Unanswered(today, "två")]
    state.prune(0)
    assert state.verdicts.unanswered() == []


def change(path: Path, column: str, table: str, **keys: object) -> None:
    """Change what a column of JSON holds everywhere in a table."""
    with sqlite3.connect(path) as file:
        (text,) = file.execute(f'SELECT "{column}" FROM {table}').fetchone()  # noqa: S608 - our names
        file.execute(f'UPDATE {table} SET "{column}" = ?', (json.dumps(json.loads(text) | keys),))  # noqa: S608
    file.close()


def test_values_of_another_version(state: State, path: Path) -> None:
    """What another version wrote is read as far as it can be: unknown names are left out, a conversation that can't be
    read is begun anew, and a view or an exchange that can't be read is not there."""
    query = asked("budget?", "plus")
    state.memory.remember(ANNA, Conversation(focus=("plus",), query=query), 4)
    state.memory.note(ANNA, exchange(5))
    token = state.memory.keep_view(query)
    for column, table in (
        ("value", "conversations"),
        ("query", "views"),
        ("query", "exchanges"),
        ("before", "exchanges"),
    ):
        change(path, column, table, mood="good")
    assert state.memory.conversation(ANNA) == (Conversation(focus=("plus",), query=query), 4)
    assert (state.memory.view(token), state.memory.exchange(1, 5)) == (replace(query, text=""), exchange(5))
    change(path, "before", "exchanges", query={"text": "x", "language": "sv", "operation": "sing"})
    assert state.memory.exchange(1, 5) == replace(exchange(5), before=Conversation())
    for column, table in (("query", "views"), ("query", "exchanges")):
        change(path, column, table, operation="sing")
    change(path, "value", "conversations", query={"operation": "sing"})
    assert (state.memory.view(token), state.memory.exchange(1, 5)) == (None, None)
    assert state.memory.conversation(ANNA) == (Conversation(), 4)
    state.memory.note(ANNA, exchange(5, "period?"))
    assert state.memory.exchange(1, 5) == exchange(5, "period?")


texts = st.text(max_size=20)
operands = st.one_of(texts, st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.dates())
conditions = st.builds(
    Condition,
    texts,
    st.sampled_from(Test),
    st.lists(operands, max_size=3).map(tuple),
    texts,
    texts,
    texts,
    st.booleans(),
)
tuples = st.lists(texts, max_size=3).map(tuple)
names = st.lists(st.builds(Named, texts, texts, texts, tuples, st.booleans()), max_size=3).map(tuple)
several = st.lists(conditions, max_size=3).map(tuple)
queries = st.builds(
    Query,
    texts,
    st.sampled_from(["sv", "en"]),
    st.sampled_from(Operation),
    fields=tuples,
    everything=st.booleans(),
    order=texts,
    descending=st.booleans(),
    limit=st.integers(),
    skip=st.integers(0),
    projects=tuples,
    names=names,
    inherited=st.booleans(),
    conditions=several,
    aside=several,
    apart=names,
    unknown=st.lists(st.builds(Unknown, texts, texts, tuples), max_size=3).map(tuple),
    choices=names,
    topic=texts,
)
conversations = st.builds(Conversation, texts, tuples, tuples, st.none() | queries, st.booleans())
drawn = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@settings(max_examples=150, deadline=None)
@given(query=queries)
def test_questions_are_read_back(query: Query) -> None:
    """Any question as read comes back from JSON as it was, dates as dates and numbers of their kind."""
    again = from_json(to_json(query), Query)
    assert (again, repr(again)) == (query, repr(query))
    assert to_json(again) == to_json(query)


@drawn
@given(conversation=conversations, query=queries)
def test_conversations_are_read_back(state: State, conversation: Conversation, query: Query) -> None:
    """Any conversation, exchange and view comes back from the file as it was."""
    state.memory.remember(ANNA, conversation, 3)
    kept = Exchange(5, (), query, query.projects, conversation)
    state.memory.note(ANNA, kept)
    assert state.memory.conversation(ANNA) == (conversation, 3)
    assert state.memory.exchange(1, 5) == kept
    assert state.memory.view(state.memory.keep_view(query)) == replace(query, text="")
