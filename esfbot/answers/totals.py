"""Counts, sums, averages and rankings, worked out from what the sheets state and complete."""

from collections.abc import Sequence

from esfbot.answers.chosen import chosen
from esfbot.answers.describe import describe
from esfbot.answers.refusals import none_there
from esfbot.answers.rows import rows_of
from esfbot.answers.withheld import CONTACT, FIELD, counted_note
from esfbot.fields import FIELDS, Kind, field_named
from esfbot.language.words import alphabetical
from esfbot.model.answer import Answer, Block, Card, ProjectRef, Say
from esfbot.model.answer import Kind as AnswerKind
from esfbot.model.query import Operation, Query
from esfbot.store.sqlite import SqliteStore
from esfbot.values.amounts import write_percent
from esfbot.values.write import write_measure
from esfbot.wording.load import projects_counted, say

_NAMED = 10  # projects that a count or a total also names
_LACKING_NAMED = 3
_LENGTHS = ("duration",)


def count(query: Query, store: SqliteStore) -> Answer:
    """How many projects fulfil the conditions, and which, where they are few."""
    ids = chosen(query, store)
    if not ids and query.conditions:
        return none_there(query, store)
    name = "counted_one" if len(ids) == 1 else "counted"
    lead = Say(say(name, query.language, count=len(ids), how=describe(query)))
    if query.wants == "share" and (total := store.count()):
        share = write_percent(100 * len(ids) / total, query.language)
        lead = Say(f"{lead.text} {say('of_all', query.language, share=share, total=total)}")
    if note := counted_note(query, ids, store):
        lead = Say(f"{lead.text} {note}")
    return _answer(query, [lead], ids if len(ids) <= _NAMED else [], (), store)


def total(query: Query, store: SqliteStore) -> Answer:
    """The sum or the average of a fact over the projects that fulfil the conditions, how many state it, and which do
    not."""
    ids = chosen(query, store)
    if not ids:
        return none_there(query, store)
    field = query.order
    numbers = store.measures(field, ids)
    if not numbers:
        return none_state(query)
    lead = total_text(query, field, list(numbers.values()))
    shown = [id_ for id_ in ids if id_ in numbers]
    answer = _answer(query, [Say(lead)], shown if len(shown) <= _NAMED else [], (field,), store)
    return _with_lacking(answer, ids, numbers, query, store)


def total_text(query: Query, field: str, numbers: Sequence[float]) -> str:
    """The sentence that states a sum or an average."""
    average = query.operation is Operation.AVERAGE
    value = sum(numbers) / len(numbers) if average else sum(numbers)
    return say(
        "average" if average else "total",
        query.language,
        field=field_named(field).called(query.language),
        how=describe(query),
        value=write_measure(field, value, query.language),
        projects=projects_counted(len(numbers), query.language),
    )


def rank(query: Query, store: SqliteStore) -> Answer:
    """The projects in the order of a fact, all of them or the first few."""
    ids = chosen(query, store)
    if not ids:
        return none_there(query, store)
    keys = keys_of(query, ids, store)
    ordered = sorted((id_ for id_ in ids if id_ in keys), key=lambda id_: keys[id_], reverse=query.descending)
    shown = ordered[query.skip :]
    if query.limit:
        # Equals share a place: none of them is left out in silence.
        last = shown[: query.limit][-1:]
        shown = [id_ for n, id_ in enumerate(shown) if n < query.limit or keys[id_] == keys[last[0]]]
    if not ordered:
        return none_state(query)
    if not shown:
        return _answer(query, [Say(say("no_more", query.language))], [], (), store)
    field = field_named(query.order).called(query.language)
    lead = say("ranked", query.language, field=field, how=describe(query), order=say(order_name(query), query.language))
    fields = (*(() if query.order == "title" else (query.order,)), *query.fields)
    return _with_lacking(_answer(query, [Say(lead)], shown, fields, store), ids, keys, query, store)


def none_state(query: Query) -> Answer:
    """No project that is meant states the fact that is to be added up or put in order."""
    field = field_named(query.order).within(query.language)
    text = say("none_state", query.language, field=field, how=describe(query))
    return Answer(query.text, query.language, AnswerKind.NOT_STATED, (Say(text),), abstained=True)


def keys_of(query: Query, ids: Sequence[str], store: SqliteStore) -> dict[str, float] | dict[str, str]:
    """What the projects are put in order by."""
    if query.order == "title":
        return {id_: alphabetical(title) for id_, title in store.titles(ids).items()}
    return store.measures(query.order, ids)


def order_name(query: Query) -> str:
    """The name of the words that say which comes first."""
    kind = FIELDS[query.order].kind
    of = "date" if kind is Kind.DATE else "length" if query.order in _LENGTHS else "amount"
    if FIELDS[query.order].many or query.order == "contact":
        of = "count"
    return f"order_{'title' if query.order == 'title' else of}_{'down' if query.descending else 'up'}"


def _with_lacking(
    answer: Answer, ids: Sequence[str], stated: dict[str, float] | dict[str, str], query: Query, store: SqliteStore
) -> Answer:
    """The answer with a sentence that names the projects which do not state the fact."""
    lacking = [id_ for id_ in ids if id_ not in stated]
    if not lacking:
        return answer
    names = list(store.titles(lacking[:_LACKING_NAMED]).values())
    more = f" (+{len(lacking) - _LACKING_NAMED})" if len(lacking) > _LACKING_NAMED else ""
    said = Say(say("lacking", query.language, projects=", ".join(names) + more))
    return Answer(answer.question, answer.language, answer.kind, (*answer.blocks, said), answer.projects)


def _answer(
    query: Query, lead: Sequence[Block], ids: Sequence[str], fields: Sequence[str], store: SqliteStore
) -> Answer:
    """The lead and a card of each project, with ``fields``."""
    cards: list[Block] = []
    refs = []
    for project in store.projects(ids, (*fields, *CONTACT, FIELD, "owner") if fields else ("title",)):
        rows, missing = rows_of(project, fields, query.language)
        refs.append(ProjectRef(project.id, project.title))
        cards.append(Card(refs[-1], tuple(rows)))
        if missing and query.operation is Operation.RANK:
            names = ", ".join(field_named(name).within(query.language) for name in missing)
            cards.append(Say(say("not_stated", query.language, project=project.title, fields=names)))
    return Answer(query.text, query.language, AnswerKind.TOTAL, (*lead, *cards), tuple(refs))
