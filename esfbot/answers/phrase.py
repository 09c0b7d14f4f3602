"""A `Query` as the question that asks it: `esfbot ask --explain` shows it, and the question reader reads it back."""

from collections.abc import Mapping, Sequence

from esfbot.answers.describe import describe
from esfbot.answers.totals import order_name
from esfbot.fields import field_named
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
        name = "ask_compare_facts" if query.fields else "ask_compare"
        return _said(name, query, named=named, field=_called(query.fields, query.language))
    if query.group:
        return _group(query, how)
    if query.operation is Operation.RANK:
        return _rank(query, how)
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
    """An order, with the words that fit what it is by: largest, latest, longest or most."""
    field = _called([query.order], query.language)
    if query.order == "title" or not query.limit:
        name = "ask_sorted_by_number" if "count" in order_name(query) else "ask_sorted"
        return _said(name, query, how=how, field=field, order=say(order_name(query), query.language))
    name = "ask_one" if query.limit == 1 else "ask_some"
    return _said(name, query, how=how, field=field, most=_most(query), count=query.limit)


def _most(query: Query) -> str:
    return say(order_name(query).replace("order_", "most_"), query.language)


def _group(query: Query, how: str) -> str:
    field = field_named(query.group)
    one, many = field.within(query.language, single=True), field.within(query.language)
    if query.group == "start":
        one = say("year", query.language)
    of = _called([query.order], query.language) if query.order else ""
    if query.least:
        return _said("ask_shared", query, groups=many, how=how)
    if query.operation is Operation.RANK:
        return _said("ask_first_per", query, group=one, how=how, field=of, most=_most(query))
    if query.limit and not query.order:
        most, fewest = ("ask_most_one", "ask_fewest_one") if query.limit == 1 else ("ask_most", "ask_fewest")
        name = most if query.descending else fewest
        return _said(name, query, group=one, groups=many, how=how, count=query.limit)
    if query.limit:
        name = "ask_group_one_average" if query.operation is Operation.AVERAGE else "ask_group_one"
        return _said(name, query, group=one, how=how, field=of, most=_most(query))
    name = {Operation.SUM: "ask_sum_per", Operation.AVERAGE: "ask_average_per"}.get(query.operation, "ask_count_per")
    return _said(f"{name}_of" if how else name, query, group=one, how=how, field=of)


def _called(fields: Sequence[str], language: str) -> str:
    return _listed([field_named(name).within(language) for name in fields], language)


def _listed(names: Sequence[str], language: str) -> str:
    if len(names) < 2:
        return "".join(names)
    return ", ".join(names[:-1]) + {"sv": " och ", "en": " and "}[language] + names[-1]
