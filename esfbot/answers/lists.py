"""All projects that fulfil the conditions, with the total."""

from esfbot.answers.chosen import chosen
from esfbot.answers.confirm import confirmed, fields_of
from esfbot.answers.describe import describe
from esfbot.answers.named import named_note
from esfbot.answers.places import place_fields, place_note, places_without
from esfbot.answers.refusals import none_there
from esfbot.answers.rows import rows_of
from esfbot.fields import Kind as FieldKind
from esfbot.fields import field_named
from esfbot.model.answer import Answer, Block, Card, Kind, ProjectRef, Say
from esfbot.model.query import Query
from esfbot.store.sqlite import SqliteStore
from esfbot.wording.load import say

# What an entry of a list shows, besides the facts that the conditions are about.
_ENTRY = ("owner", "period", "esf_support")


def list_projects(query: Query, store: SqliteStore) -> Answer:
    """The projects that fulfil the query's conditions, all of them."""
    ids = chosen(query, store)
    if not ids:
        return confirmed(none_there(query, store), query)
    ids = ids[query.skip :]
    if not ids:
        return Answer(query.text, query.language, Kind.LIST, (Say(say("no_more", query.language)),))
    told = ("municipality", "start", "end", "duration", "title", *_ENTRY)
    about = [name for name in fields_of(query.conditions) if name not in told]
    fields = tuple(
        dict.fromkeys((*_ENTRY, *(name for name in about if field_named(name).kind is not FieldKind.SECTION)))
    )
    projects = store.projects(ids, (*fields, *place_fields(query), *(named.field for named in query.names)))
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
    name = "listed_one" if len(ids) == 1 else "listed"
    lead = say(name, query.language, count=len(ids), how=describe(query))
    if query.confirms and query.every:
        holds = "all_do" if len(ids) == store.count() else "not_all"
        lead = say(holds, query.language, count=len(ids), total=store.count(), how=describe(query))
        return Answer(query.text, query.language, Kind.LIST, (Say(lead), *cards), refs)
    return confirmed(Answer(query.text, query.language, Kind.LIST, (Say(lead), *cards), refs), query)
