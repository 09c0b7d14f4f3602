"""Facts of named projects, and of the projects of a place."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from esfbot.answers.chosen import chosen
from esfbot.answers.confirm import fields_of, stated_as_asked, together, verdict
from esfbot.answers.describe import describe
from esfbot.answers.ended import ended_note
from esfbot.answers.named import named_note
from esfbot.answers.narrative import beginning, sections_of, tells_of_topic, told_elsewhere
from esfbot.answers.places import place_fields, place_note, places_of, places_text, places_without
from esfbot.answers.refusals import none_there
from esfbot.answers.rows import OVERVIEW, all_fields, rows_of
from esfbot.answers.totals import total_text
from esfbot.answers.withheld import CONTACT, FIELD, tells
from esfbot.encoders import Encoder
from esfbot.fields import Kind as FieldKind
from esfbot.fields import field_named
from esfbot.model.answer import Answer, Block, Card, Kind, ProjectRef, Quote, Say
from esfbot.model.project import Project
from esfbot.model.query import Query
from esfbot.store.sqlite import SqliteStore
from esfbot.wording.load import say

# Words besides the facts asked for up to which the facts are shown too: "which municipalities are concerned" asks for
# the list, "how many weeks is the group activity that starts it" asks for no start date.
_FEW_WORDS = 1


def show(query: Query, store: SqliteStore, encoder: Callable[[], Encoder]) -> Answer:
    """The facts asked for, of each project that is named; where a sheet lacks one, what its narrative says of it."""
    projects = store.projects(query.projects)
    quotes = tells_of_topic(query, store, encoder)
    lists = any(field_named(name).many and project.first(name) for name in query.fields for project in projects)
    if quotes and len(query.topic.split()) > _FEW_WORDS and not lists:
        return _told(query, quotes)
    blocks: list[Block] = [*together(query, projects, store), *quotes]
    stated = bool(quotes)
    for project in projects:
        shown = _shown(project, query, store, encoder)
        stated = stated or any(isinstance(block, Quote) or _tells(block, query) for block in shown)
        blocks.extend(shown)
    if not any(named.field in ("title", "number") for named in query.names):
        blocks.extend(_added_up(query, query.projects, store))
    offers = () if stated else tuple(_instead(project, query) for project in projects[:2])
    return Answer(
        question=query.text,
        language=query.language,
        kind=_kind(query) if stated else Kind.NOT_STATED,
        blocks=tuple(blocks),
        projects=tuple(ProjectRef(project.id, project.title) for project in projects),
        suggestions=offers,
        abstained=not stated,
        questions=offers,
    )


def _shown(project: Project, query: Query, store: SqliteStore, encoder: Callable[[], Encoder]) -> list[Block]:
    """What is shown of one project: the facts, the sections, what is missing, and what is told of that elsewhere."""
    said = verdict(query, project, store)
    if query.confirms and query.aside and not query.fields:
        query = replace(query, fields=fields_of(query.aside) or ("owner",))
    said = said or stated_as_asked(query, project)
    card, missing = _card(project, query, place_note(project, replace(query, conditions=query.aside)))
    if not query.fields:
        card = replace(card, summary=_summary(project, store))
    part = named_note(project, query)
    kinds = [name for name in missing if field_named(name).kind is FieldKind.SECTION]
    missing = [name for name in missing if name not in kinds]
    sections = sections_of(kinds, project, store)
    blocks: list[Block] = [*said, *([Say(part)] if part else [])]
    if card.rows or not (missing or sections):
        blocks.append(card)
    blocks.extend(sections)
    if missing:
        blocks.append(Say(_not_stated(project, missing, query.language)))
    if query.topic or not (card.rows or sections):
        blocks.extend(_told_of(missing, project, query, store, encoder))
    return blocks


def _tells(block: Block, query: Query) -> bool:
    """Whether a block shows facts, and not only that they are withheld."""
    return isinstance(block, Card) and tells(block.rows, query.fields or OVERVIEW)


def _told(query: Query, quotes: Sequence[Quote]) -> Answer:
    projects = tuple(dict.fromkeys(quote.project for quote in quotes))
    return Answer(query.text, query.language, Kind.PASSAGES, tuple(quotes), projects)


def _told_of(
    missing: Sequence[str], project: Project, query: Query, store: SqliteStore, encoder: Callable[[], Encoder]
) -> list[Quote]:
    """What the narrative says of facts that the sheet does not state as such."""
    if not any(field_named(name).told for name in missing):
        return []
    about = (query.about, *(field_named(name).sv for name in missing if field_named(name).many))
    return told_elsewhere(about, ProjectRef(project.id, project.title), query, store, encoder)


def show_chosen(query: Query, store: SqliteStore) -> Answer:
    """The facts asked for, of every project that fulfils the conditions; of one amount also the sum."""
    ids = chosen(query, store)
    if not ids:
        return none_there(query, store)
    projects = store.projects(ids, (*query.fields, *place_fields(query), *CONTACT, FIELD, "owner", "end"))
    blocks: list[Block] = [Say(_lead(query, len(ids)))]
    for project in projects:
        card, missing = _card(project, query, place_note(project, query))
        if missing and not card.rows:
            card = replace(card, note=f"{card.note} {_not_stated(project, missing, query.language)}".strip())
        blocks.append(card)
    cards = [block for block in blocks if isinstance(block, Card)]
    stated = any(_tells(card, query) for card in cards)
    blocks.extend(_added_up(query, ids, store))
    if without := places_without(query, projects):
        blocks.append(Say(without))
    return Answer(
        question=query.text,
        language=query.language,
        kind=_kind(query) if stated else Kind.NOT_STATED,
        blocks=tuple(blocks),
        projects=tuple(card.project for card in cards),
        abstained=not stated,
    )


def _added_up(query: Query, ids: Sequence[str], store: SqliteStore) -> list[Block]:
    """The sum of the one amount that is asked of several projects."""
    amounts = [field for field in query.fields if field_named(field).kind is FieldKind.AMOUNT]
    if len(ids) < 2 or len(amounts) != 1 or not (numbers := store.measures(amounts[0], ids)):
        return []
    return [Say(total_text(query, amounts[0], list(numbers.values())))]


def _lead(query: Query, count: int) -> str:
    if set(CONTACT) & set(query.fields) and places_of(query):
        return say("contacts_in", query.language, place=places_text(query))
    return say("listed_one" if count == 1 else "listed", query.language, count=count, how=describe(query))


def _kind(query: Query) -> Kind:
    return Kind.CONTACTS if set(CONTACT) & set(query.fields) else Kind.FACTS


def _card(project: Project, query: Query, note: str) -> tuple[Card, list[str]]:
    fields: Sequence[str] = query.fields or (all_fields() if query.everything else OVERVIEW)
    people = {named.name for named in query.names if named.field in CONTACT}
    rows, missing = rows_of(project, fields, query.language, people)
    if not query.fields:
        missing = []
    ended = ended_note(project, query.language) if any(row.field in CONTACT for row in rows) else ""
    return Card(ProjectRef(project.id, project.title), tuple(rows), f"{note} {ended}".strip()), missing


def _not_stated(project: Project, missing: Sequence[str], language: str) -> str:
    fields = ", ".join(field_named(name).called(language).lower() for name in missing)
    return say("not_stated", language, project=project.title, fields=fields)


def _instead(project: Project, query: Query) -> str:
    return say("ask_about", query.language, project=project.title)


def _summary(project: Project, store: SqliteStore) -> Quote | None:
    """The first sentence of what the sheet says the project is about."""
    for section in store.sections(project.id):
        if section.kind in ("summary", "description"):
            text, cut = beginning(section.text, 1)
            sentence = " ".join(text.split())
            return Quote(ProjectRef(project.id, project.title), section.heading, sentence, section.source, cut)
    return None
