"""A `Query` as the question that asks it: `esfbot ask --explain` shows it, and the question reader reads it back."""

from collections.abc import Mapping, Sequence

from esfbot.answers.describe import describe
from esfbot.fields import Kind, field_named
from esfbot.model.query import Operation, Query
from esfbot.wording.load import say

_PLAIN = {
    Operation.LIST: "ask_list",
    Operation.COUNT: "ask_count",
    Operation.SUM: "ask_sum",
    Operation.AVERAGE: "ask_average",
}


def phrase(query: Query, titles: Mapping[str, str]) -> str:
    """The question in ``query.language``; ``titles`` has those of the projects it names, by id.

    Empty for what no question of these forms can ask: the narrative, small talk, a name that is unknown or undecided.
    """
    if query.unknown or query.choices or query.operation in (Operation.PASSAGES, Operation.TALK, Operation.NOTHING):
        return ""
    named = _listed([titles[id_] for id_ in query.projects if id_ in titles], query.language)
    how = describe(query)
    if query.operation is Operation.COMPARE:
        return _said("ask_compare", query, named=named)
    if query.operation is Operation.RANK:
        return _rank(query, how)
    if query.group:
        return _group(query, how)
    if query.operation is Operation.SHOW:
        return _show(query, named, how)
    field = _called([query.order], query.language) if query.order else ""
    name = _PLAIN[query.operation]
    return _said(name if how or query.operation is not Operation.LIST else "ask_all", query, how=how, field=field)


def _said(name: str, query: Query, **values: object) -> str:
    return say(name, query.language, **values)


def _show(query: Query, named: str, how: str) -> str:
    if not query.fields:
        return _said("ask_everything" if query.everything else "ask_about", query, project=named)
    fields = _called(query.fields, query.language)
    if named:
        return _said("ask_facts", query, field=fields, project=named)
    return _said("ask_facts_of_all" if query.every else "ask_facts_of", query, field=fields, how=how)


def _rank(query: Query, how: str) -> str:
    """An order, with the words that fit what it is by: largest, latest or longest."""
    kind = field_named(query.order).kind
    of = "date" if kind is Kind.DATE else "length" if query.order == "duration" else "amount"
    way = "down" if query.descending else "up"
    field = _called([query.order], query.language)
    if query.order == "title" or not query.limit:
        order = say(f"order_{'title' if query.order == 'title' else of}_{way}", query.language)
        return _said("ask_sorted", query, how=how, field=field, order=order)
    most = say(f"most_{of}_{way}", query.language)
    return _said(
        "ask_one" if query.limit == 1 else "ask_some", query, how=how, field=field, most=most, count=query.limit
    )


def _group(query: Query, how: str) -> str:
    group = field_named(query.group).within(query.language, single=True)
    if query.group == "start":
        group = say("year", query.language)
    name = {Operation.SUM: "ask_sum_per", Operation.AVERAGE: "ask_average_per"}.get(query.operation, "ask_count_per")
    field = _called([query.order], query.language) if query.order else ""
    return _said(name, query, group=group, how=how, field=field)


def _called(fields: Sequence[str], language: str) -> str:
    return _listed([field_named(name).within(language) for name in fields], language)


def _listed(names: Sequence[str], language: str) -> str:
    if len(names) < 2:
        return "".join(names)
    return ", ".join(names[:-1]) + {"sv": " och ", "en": " and "}[language] + names[-1]
