"""A `Query` made into an `Answer`: which kind of reply, from which part of the store."""

from collections.abc import Callable
from dataclasses import replace

from esfbot.answers.chosen import chosen
from esfbot.answers.compare import compare
from esfbot.answers.groups import groups
from esfbot.answers.lists import list_projects
from esfbot.answers.narrative import passages, section_or_passages
from esfbot.answers.refusals import choices, none_there, nothing, unknown
from esfbot.answers.show import show, show_chosen
from esfbot.answers.similar import similar
from esfbot.answers.source import source
from esfbot.answers.statistics import statistics
from esfbot.answers.talk import talk
from esfbot.answers.totals import count, rank, total
from esfbot.encoders import Encoder
from esfbot.fields import FIELDS, Kind
from esfbot.model.answer import Answer
from esfbot.model.query import Operation, Query
from esfbot.store.sqlite import SqliteStore

_SECTIONS_OF = 25  # projects whose sections are quoted in one reply

Encoders = Callable[[], Encoder]


def compose(query: Query, store: SqliteStore, encoder: Encoders) -> Answer:
    """Answer ``query`` from ``store``. ``encoder`` gives the encoder, and is only called for a question of meaning."""
    if query.operation is Operation.TALK:
        return talk(query, store)
    if query.unknown:
        return unknown(query)
    if query.choices:
        return choices(query, store)
    if query.operation in _OF_ONE:
        return _OF_ONE[query.operation](query, store) if query.projects else choices(query, store)
    if query.operation is Operation.SHOW:
        return _show(query, store, encoder)
    if query.operation is Operation.PASSAGES:
        return passages(query, store, encoder)
    if query.operation is Operation.COMPARE and _of_sections(query):
        return section_or_passages(query, store, encoder)
    if query.group:
        return groups(query, store)
    return _OF_SEVERAL.get(query.operation, nothing)(query, store)


_OF_ONE: dict[Operation, Callable[[Query, SqliteStore], Answer]] = {
    Operation.SIMILAR: similar,
    Operation.SOURCE: source,
}
_OF_SEVERAL: dict[Operation, Callable[[Query, SqliteStore], Answer]] = {
    Operation.LIST: list_projects,
    Operation.COUNT: count,
    Operation.SUM: total,
    Operation.AVERAGE: total,
    Operation.RANK: rank,
    Operation.COMPARE: compare,
    Operation.STATISTICS: statistics,
}


def _show(query: Query, store: SqliteStore, encoder: Encoders) -> Answer:
    """Facts or sections of named projects, facts of those that fulfil conditions; without either, ask which project."""
    if query.projects:
        ids = chosen(query, store)
        if not ids:
            return none_there(query, store)
        query = replace(query, projects=tuple(ids))
    if _of_sections(query) and (query.conditions or query.every) and not query.projects:
        query = replace(query, projects=tuple(chosen(query, store)[:_SECTIONS_OF]))
        if not query.projects:
            return none_there(query, store)
    if query.projects and _of_sections(query):
        return section_or_passages(query, store, encoder)
    if query.projects:
        return show(query, store, encoder)
    return show_chosen(query, store) if query.conditions or query.every else choices(query, store)


def _of_sections(query: Query) -> bool:
    """Whether only parts of the narrative are asked for."""
    return bool(query.fields) and all(FIELDS[field].kind is Kind.SECTION for field in query.fields)
