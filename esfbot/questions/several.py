"""Questions about the projects of a person or an organisation, about those that fulfil conditions, or about all."""

import itertools
from dataclasses import replace

from esfbot.fields import FIELDS, Kind
from esfbot.model.query import Operation, Query
from esfbot.questions.conditions import ORGANISATIONS
from esfbot.questions.follow import carried, continues, goes_on_about, narrows, of_set, scope
from esfbot.questions.operations import Group, addable, averageable, read_limit, read_order
from esfbot.questions.reading import Reading
from esfbot.questions.terms import Terms
from esfbot.wording.load import cue

_CONTACT = ("contact", "email", "phone")
_SHOWN_IN_FULL = 10  # projects of one organisation
_TOTALS = (Operation.SUM, Operation.AVERAGE)


def of_several(reading: Reading) -> Query:
    """A question about the projects of a person or an organisation, about those that fulfil conditions, or all."""
    parts, subject = reading.parts, reading.parts.subject
    query = replace(
        reading.plain, conditions=parts.conditions, projects=subject.projects, names=subject.names, apart=subject.apart
    )
    if (focus := reading.conversation.focus) and _asks_of_person(reading):  # "är det Elisabeth Wikström?"
        apart = tuple(named for named in subject.names if not set(named.projects) & set(focus))
        query = replace(query, projects=focus, conditions=(), apart=apart, inherited=True)
        return replace(query, operation=Operation.SHOW, fields=("contact",), topic="")
    if parts.confirms and _is_no_single_statement(reading):
        query = replace(query, confirms=False)
    query = _among_those_before(reading, query)
    if set(_CONTACT) & set(parts.fields) and query.conditions and not parts.names_something:
        query = replace(query, topic="")  # who asks, and why, is no matter of the narrative
    if parts.group:
        return _grouped(reading, query, parts.group)
    before = reading.conversation.query
    if before and before.group and query.inherited and parts.operation is Operation.RANK:
        return _grouped(reading, query, Group(before.group, before.limit, before.descending))  # "och flest pengar?"
    if reading.compares() and query.projects:
        return replace(query, operation=Operation.COMPARE, fields=parts.fields, topic="")
    if parts.confirms and parts.of_all and query.conditions and not query.topic:
        return replace(query, operation=Operation.LIST, fields=(), every=True)  # "är alla projekt i Värmland?"
    return _done(reading, query)


def _is_no_single_statement(reading: Reading) -> bool:
    """Whether a question names people or places that have no project in common, or compares two places: that there are
    projects makes it no yes."""
    parts = reading.parts
    sets = [set(named.projects) for named in parts.subject.names]
    apart = any(one.isdisjoint(other) for one, other in itertools.pairwise(sets))
    return apart or (len(parts.marks.places) > 1 and any(word.folded in cue("than") for word in parts.marks.words))


def _asks_of_person(reading: Reading) -> bool:
    """Whether a question asks if a person whom it names is the contact of what was talked about."""
    parts = reading.parts
    persons = {named.field for named in parts.subject.names} == {"contact"}
    return persons and parts.confirms and parts.refers_back and not parts.conditions


def _done(reading: Reading, query: Query) -> Query:
    """What is to be done with the projects: an operation, the narrative searched, or facts shown."""
    parts, subject = reading.parts, reading.parts.subject
    operation = parts.operation
    matter = query.topic or (any(FIELDS[field].kind is Kind.SECTION for field in parts.fields) and parts.about)
    if operation is not Operation.NOTHING and matter:
        # What the text tells of cannot be counted or put in order, and to leave it out would tell something else.
        return replace(query, operation=Operation.PASSAGES, fields=(), topic=matter, unread=True)
    of_projects = parts.speaks_of_projects or set(_CONTACT) & set(parts.fields) or subject.projects
    if query.topic and (not parts.fields or parts.sections_only or not of_projects):
        return replace(query, operation=Operation.PASSAGES, fields=parts.fields if parts.sections_only else ())
    if operation is Operation.RANK:
        return reading.ordered(query, read_limit(parts.operations, parts.words_outside_conditions))
    if operation is Operation.COUNT:
        return replace(query, operation=Operation.COUNT, fields=())
    if operation in _TOTALS:
        return reading.added_up(query)
    return _shown(reading, query)


def _among_those_before(reading: Reading, query: Query) -> Query:
    """The question narrowed down to what was listed before, about the same projects as the last one, or with the
    conditions of the last one that it does not replace."""
    parts, conversation = reading.parts, reading.conversation
    before = conversation.query
    if query.projects or before is None:
        return query
    if narrows(parts, conversation):
        query = replace(query, projects=conversation.listed, inherited=True)
        if parts.operation is Operation.NOTHING and not parts.fields:
            query = replace(query, fields=before.fields if before.operation is Operation.SHOW else ())
    elif goes_on_about(parts) and (same := scope(conversation)):
        query = replace(query, projects=same.projects, conditions=same.conditions, names=same.names, inherited=True)
    elif continues(parts, conversation) and parts.conditions and not parts.topic and of_set(before):
        among = before.projects if before.inherited else ()
        query = replace(query, conditions=carried(parts, conversation), projects=among, inherited=bool(among))
    return query


def _shown(reading: Reading, query: Query) -> Query:
    """The facts asked for, of every project that is meant, or the projects themselves."""
    parts = reading.parts
    lists = parts.confirms or "list" in parts.operations
    placed = () if parts.subject.projects else ("municipality", "region", "county", "title")
    asked = tuple(field for field in parts.fields if field not in placed)
    others = parts.operations - {"corrected", "list"}
    if not asked and continues(parts, reading.conversation) and not (others or parts.confirms):
        return _as_before(reading, query)
    if asked == ("participant",) and (parts.places or query.names) and lists:
        asked = ()  # "vilka projekt är Torsby med i"
    roles = {name.field for name in query.names} & set(ORGANISATIONS)
    if asked and set(asked) <= roles and parts.speaks_of_projects:
        asked, lists = (), True  # "projekt med Arbetsförmedlingen som medfinansiär"
    asked = asked or (query.fields if query.inherited else ())
    named = query.names and not query.inherited
    if parts.sections_only and lists and not named:
        return replace(query, operation=Operation.PASSAGES, topic=parts.about)
    if asked:
        return replace(query, operation=Operation.SHOW, fields=asked)
    if named and {name.field for name in query.names} <= set(_CONTACT):
        return replace(query, operation=Operation.SHOW, fields=("contact",))
    if named and not lists and len(query.projects) <= _SHOWN_IN_FULL:
        return replace(query, operation=Operation.SHOW)
    return replace(query, operation=Operation.LIST, fields=())


def _as_before(reading: Reading, query: Query) -> Query:
    """What was asked last, of the projects that are meant now."""
    before = reading.conversation.query
    if before is None or before.operation in (
        Operation.TALK,
        Operation.PASSAGES,
        Operation.COMPARE,
        Operation.NOTHING,
    ):
        return replace(query, operation=Operation.LIST, fields=())
    if before.operation is Operation.SHOW and not before.fields:
        return replace(query, operation=Operation.SHOW if query.names else Operation.LIST, fields=())
    return replace(
        query,
        operation=before.operation,
        fields=before.fields,
        order=before.order,
        descending=before.descending,
        limit=before.limit,
        group=before.group,
    )


def _grouped(reading: Reading, query: Query, group: Group) -> Query:
    """Projects counted, or an amount of theirs added up, by the values of a field."""
    parts = reading.parts
    others = [field for field in parts.terms.fields if field != group.field]
    amounts = averageable(others) if "average" in parts.operations else addable(others)
    operation = Operation.AVERAGE if "average" in parts.operations else Operation.SUM
    order, descending = read_order(parts.operations, parts.marks, Terms(parts.terms.matches).without(group.words))
    ordered = parts.operation is Operation.RANK
    if "list" in parts.operations and ordered and not group.limit:
        return replace(
            query,
            operation=Operation.RANK,
            fields=(),
            order=order,
            descending=descending,
            group=group.field,
            limit=1,
            topic="",
        )  # "vilket projekt har störst budget i varje region"
    if not amounts and ordered:
        amounts = [order]
    return replace(
        query,
        operation=operation if amounts else Operation.COUNT,
        fields=(),
        order=amounts[0] if amounts else "",
        group=group.field,
        limit=group.limit,
        descending=group.descending,
        least=group.least,
        topic="",
    )
