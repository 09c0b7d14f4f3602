"""Counts, sums, averages and rankings, worked out from what the sheets state and complete."""

from collections.abc import Sequence

from esfbot.answers.chosen import chosen
from esfbot.answers.describe import describe
from esfbot.answers.refusals import none_there
from esfbot.answers.rows import rows_of
from esfbot.fields import FIELDS, Kind, field_named
from esfbot.model.answer import Answer, Block, Card, ProjectRef, Say
from esfbot.model.answer import Kind as AnswerKind
from esfbot.model.query import Operation, Query
from esfbot.store.sqlite import SqliteStore
from esfbot.values.amounts import write_amount, write_number, write_percent
from esfbot.wording.load import say

_NAMED = 10  # projects that a count or a total also names
_LACKING_NAMED = 3


def count(query: Query, store: SqliteStore) -> Answer:
    """How many projects fulfil the conditions, and which, where they are few."""
    ids = chosen(query, store)
    if not ids and query.conditions:
        return none_there(query, store)
    name = "counted_one" if len(ids) == 1 else "counted"
    lead = Say(say(name, query.language, count=len(ids), how=describe(query)))
    cards = _cards(ids, (), query, store) if len(ids) <= _NAMED else []
    return _answer(query, [lead, *cards], ids if len(ids) <= _NAMED else [], store)


def total(query: Query, store: SqliteStore) -> Answer:
    """The sum or the average of a fact over the projects that fulfil the conditions, and how many state it."""
    ids = chosen(query, store)
    if not ids:
        return none_there(query, store)
    field = query.order
    numbers = store.measures(field, ids)
    if not numbers:
        return none_there(query, store)
    blocks: list[Block] = [Say(total_text(query, field, list(numbers.values())))]
    if lacking := _lacking(ids, numbers, query, store):
        blocks.append(Say(lacking))
    shown = [id_ for id_ in ids if id_ in numbers]
    cards = _cards(shown, (field,), query, store) if len(shown) <= _NAMED else []
    return _answer(query, [*blocks, *cards], shown if len(shown) <= _NAMED else [], store)


def total_text(query: Query, field: str, numbers: Sequence[float]) -> str:
    """The sentence that states a sum or an average."""
    average = query.operation is Operation.AVERAGE
    value = sum(numbers) / len(numbers) if average else sum(numbers)
    return say(
        "average" if average else "total",
        query.language,
        field=field_named(field).called(query.language),
        how=describe(query),
        value=_write(field, value, query.language),
        count=len(numbers),
    )


def rank(query: Query, store: SqliteStore) -> Answer:
    """The projects in the order of a fact, all of them or the first few."""
    ids = chosen(query, store)
    if not ids:
        return none_there(query, store)
    numbers = store.measures(query.order, ids)
    ordered = sorted((id_ for id_ in ids if id_ in numbers), key=lambda id_: numbers[id_], reverse=query.descending)
    if query.limit:
        # Equals share a place: none of them is left out in silence.
        last = ordered[: query.limit][-1:]
        ordered = [id_ for n, id_ in enumerate(ordered) if n < query.limit or numbers[id_] == numbers[last[0]]]
    lead = say(
        "ranked_first" if query.descending else "ranked_last",
        query.language,
        field=field_named(query.order).called(query.language),
        how=describe(query),
    )
    blocks: list[Block] = [Say(lead), *_cards(ordered, (query.order,), query, store)]
    if lacking := _lacking(ids, numbers, query, store):
        blocks.append(Say(lacking))
    return _answer(query, blocks, ordered, store)


def _write(field: str, value: float, language: str) -> str:
    kind = FIELDS[field].kind
    if kind is Kind.AMOUNT:
        return write_amount(round(value), language)
    if field == "esf_share":
        return write_percent(value, language)
    if field == "duration":
        return f"{write_number(round(value), language)} {'days' if language == 'en' else 'dagar'}"
    return write_number(round(value), language)


def _lacking(ids: Sequence[str], numbers: dict[str, float], query: Query, store: SqliteStore) -> str:
    lacking = [id_ for id_ in ids if id_ not in numbers]
    if not lacking:
        return ""
    names = list(store.titles(lacking[:_LACKING_NAMED]).values())
    more = f" (+{len(lacking) - _LACKING_NAMED})" if len(lacking) > _LACKING_NAMED else ""
    return say("lacking", query.language, projects=", ".join(names) + more)


def _cards(ids: Sequence[str], fields: Sequence[str], query: Query, store: SqliteStore) -> list[Card]:
    cards = []
    for project in store.projects(ids):
        rows, _ = rows_of(project, fields, query.language)
        cards.append(Card(ProjectRef(project.id, project.title), tuple(rows)))
    return cards


def _answer(query: Query, blocks: Sequence[Block], ids: Sequence[str], store: SqliteStore) -> Answer:
    refs = tuple(ProjectRef(id_, title) for id_, title in store.titles(ids).items())
    return Answer(query.text, query.language, AnswerKind.TOTAL, tuple(blocks), refs)
