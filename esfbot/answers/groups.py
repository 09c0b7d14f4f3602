"""Projects counted, or a fact of theirs added up, by the values of a field."""

from collections.abc import Sequence

from esfbot.answers.chosen import chosen
from esfbot.answers.describe import describe
from esfbot.answers.refusals import none_there
from esfbot.answers.totals import none_state, order_name
from esfbot.fields import FIELDS, Kind, field_named
from esfbot.model.answer import Answer, Block, ProjectRef, Say, Table, Tally
from esfbot.model.answer import Kind as AnswerKind
from esfbot.model.query import Operation, Query
from esfbot.store.sqlite import SqliteStore
from esfbot.sweden.places import PlaceKind, gazetteer
from esfbot.values.write import write_measure
from esfbot.wording.load import projects_counted, say

_TITLES = 25  # projects up to which a table also shows their titles
_PLACES = {"municipality": PlaceKind.MUNICIPALITY, "county": PlaceKind.COUNTY, "region": PlaceKind.REGION}
_LEADS = {
    Operation.COUNT: "grouped_count",
    Operation.SUM: "grouped_sum",
    Operation.AVERAGE: "grouped_average",
    Operation.RANK: "grouped_rank",
}
_BY_PLACE = ("municipality", "county")

_Groups = dict[str, tuple[str, list[str]]]  # what tells a value from others → the value as shown, ids of its projects


def groups(query: Query, store: SqliteStore) -> Answer:
    """A line for each value of the query's group, with how many projects have it or what theirs add up to."""
    ids = chosen(query, store)
    if not ids:
        return none_there(query, store)
    found = {key: group for key, group in _grouped(query.group, ids, store).items() if len(group[1]) >= query.least}
    numbers = store.measures(query.order, ids) if query.order else {}
    titles = store.titles(ids)
    tallies = [tally for name, of in found.values() if (tally := _tally(name, of, numbers, titles, query))]
    ordered = _in_order(tallies, query)
    if not ordered:
        return none_state(query) if query.order else _none_shared(query)
    shown = {project for tally in ordered for project in tally.projects}
    ranked = query.operation is Operation.RANK
    blocks: list[Block] = [Say(_lead(query)), Table(ordered, titles=len(shown) <= _TITLES and not ranked)]
    said = say(
        "group_total", query.language, count=len(tallies), projects=len({p for t in tallies for p in t.projects})
    )
    if not query.limit:
        blocks.append(Say(said))
    if sum(len(tally.projects) for tally in ordered) > len(shown):
        blocks.append(Say(say("group_several", query.language, group=_called(query))))
    refs = (
        tuple(project for project in dict.fromkeys(p for t in ordered for p in t.projects))
        if len(shown) <= _TITLES
        else ()
    )
    return Answer(query.text, query.language, AnswerKind.TOTAL, tuple(blocks), refs)


def _grouped(field: str, ids: Sequence[str], store: SqliteStore) -> _Groups:
    """The values of a field with the projects that have them, each value by the way that it is first written."""
    found: _Groups = {}
    position = {id_: n for n, id_ in enumerate(ids)}
    values = [] if field in _BY_PLACE else store.values_of(field, ids)
    if kind := _PLACES.get(field):
        places = gazetteer().by_code
        stated = {project for project, _, _ in values}  # a sheet's own region counts before that of its municipalities
        values += [
            (project, code, places[code].name)
            for project, code in store.places_of(ids)
            if places[code].kind is kind and project not in stated
        ]
    for project, key, value in sorted(values, key=lambda value: position[value[0]]):
        group = found.setdefault(key, (value, []))
        if project not in group[1]:
            group[1].append(project)
    return found


def _tally(
    name: str, of: Sequence[str], numbers: dict[str, float], titles: dict[str, str], query: Query
) -> Tally | None:
    projects = tuple(ProjectRef(id_, titles[id_]) for id_ in of)
    if query.operation is Operation.RANK:
        return _first_of(name, of, numbers, titles, query)
    if not query.order:
        return Tally(name, projects_counted(len(of), query.language), len(of), projects)
    stated = [numbers[id_] for id_ in of if id_ in numbers]
    if not stated:
        return None
    number = sum(stated) / len(stated) if query.operation is Operation.AVERAGE else sum(stated)
    value = write_measure(query.order, number, query.language)
    text = say("group_sum", query.language, value=value, projects=projects_counted(len(stated), query.language))
    return Tally(name, text, number, projects)


def _first_of(
    name: str, of: Sequence[str], numbers: dict[str, float], titles: dict[str, str], query: Query
) -> Tally | None:
    """The project of a group that has the most or the least, with its equals."""
    stated = {id_: numbers[id_] for id_ in of if id_ in numbers}
    if not stated:
        return None
    number = max(stated.values()) if query.descending else min(stated.values())
    first = tuple(ProjectRef(id_, titles[id_]) for id_ in of if stated.get(id_) == number)
    value = write_measure(query.order, number, query.language)
    text = say("group_first", query.language, projects=", ".join(project.title for project in first), value=value)
    return Tally(name, text, number, first)


def _in_order(tallies: Sequence[Tally], query: Query) -> tuple[Tally, ...]:
    """The tallies, the largest first, of years in their order; with a limit, the first few and their equals."""
    if FIELDS[query.group].kind is Kind.DATE and not query.limit:
        return tuple(sorted(tallies, key=lambda tally: tally.value))
    sign = -1 if query.descending else 1
    ordered = sorted(tallies, key=lambda tally: (sign * tally.number, tally.value))
    if not query.limit or query.operation is Operation.RANK:
        return tuple(ordered)
    last = ordered[: query.limit][-1:]
    return tuple(tally for n, tally in enumerate(ordered) if n < query.limit or tally.number == last[0].number)


def _lead(query: Query) -> str:
    field = field_named(query.order).called(query.language) if query.order else ""
    order = say(order_name(query), query.language) if query.operation is Operation.RANK else ""
    return say(
        _LEADS[query.operation], query.language, field=field, group=_called(query), how=describe(query), order=order
    )


def _called(query: Query) -> str:
    if query.group == "start":
        return say("start_year", query.language)
    return field_named(query.group).within(query.language, single=True)


def _none_shared(query: Query) -> Answer:
    text = say("group_none", query.language, group=_called(query), how=describe(query))
    return Answer(query.text, query.language, AnswerKind.TOTAL, (Say(text),))
