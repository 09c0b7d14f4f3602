"""All projects that fulfil the conditions, with the total."""

from collections.abc import Sequence

from esfbot.answers.chosen import chosen
from esfbot.answers.confirm import confirmed, fields_of
from esfbot.answers.describe import describe
from esfbot.answers.named import named_note
from esfbot.answers.places import place_fields, place_note, places_without
from esfbot.answers.refusals import none_there
from esfbot.answers.rows import ENTRY, rows_of
from esfbot.answers.totals import keys_of, order_name
from esfbot.answers.withheld import CONTACT, FIELD, counted_note
from esfbot.fields import Kind as FieldKind
from esfbot.fields import field_named
from esfbot.model.answer import Answer, Block, Card, Kind, ProjectRef, Say
from esfbot.model.query import Query
from esfbot.store.sqlite import SqliteStore
from esfbot.wording.load import say


def list_projects(query: Query, store: SqliteStore) -> Answer:
    """The projects that fulfil the query's conditions, all of them, in the sheets' order or that of a fact."""
    ids = chosen(query, store)
    if not ids:
        return confirmed(none_there(query, store), query)
    ids = in_order(ids, query, store)[query.skip :]
    if not ids:
        return Answer(query.text, query.language, Kind.LIST, (Say(say("no_more", query.language)),))
    told = ("municipality", "start", "end", "duration", "title", *ENTRY)
    about = [name for name in fields_of(query.conditions) if name not in told]
    fields = tuple(
        dict.fromkeys((*ENTRY, *(name for name in about if field_named(name).kind is not FieldKind.SECTION)))
    )
    more = (FIELD,) if set(CONTACT) & set(fields) else ()
    projects = store.projects(ids, (*fields, *more, *place_fields(query), *(named.field for named in query.names)))
    cards: list[Block] = []
    for project in projects:
        rows, _ = rows_of(project, fields, query.language)
        cards.append(
            Card(
                ProjectRef(project.id, project.title),
                tuple(rows),
                place_note(project, query) or named_note(project, query),
            )
        )
    refs = tuple(ProjectRef(project.id, project.title) for project in projects)
    if without := places_without(query, projects):
        cards.append(Say(without))
    if note := counted_note(query, ids, store):
        cards.append(Say(note))
    lead = _lead(query, len(ids))
    if query.confirms and query.every:
        holds = "all_do" if len(ids) == store.count() else "not_all"
        lead = say(holds, query.language, count=len(ids), total=store.count(), how=describe(query))
        return Answer(query.text, query.language, Kind.LIST, (Say(lead), *cards), refs)
    return confirmed(Answer(query.text, query.language, Kind.LIST, (Say(lead), *cards), refs), query)


def in_order(ids: Sequence[str], query: Query, store: SqliteStore) -> list[str]:
    """The projects in the query's order, those that do not state the fact last."""
    if not query.order:
        return list(ids)
    keys = keys_of(query, ids, store)
    stated = sorted((id_ for id_ in ids if id_ in keys), key=lambda id_: keys[id_], reverse=query.descending)
    return [*stated, *(id_ for id_ in ids if id_ not in keys)]


def _lead(query: Query, count: int) -> str:
    how = describe(query)
    if not query.order:
        return say("listed_one" if count == 1 else "listed", query.language, count=count, how=how)
    order = say(order_name(query), query.language)
    field = field_named(query.order).within(query.language)
    return say("listed_by", query.language, count=count, how=how, field=field, order=order)
