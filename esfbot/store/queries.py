"""Facts and projects looked up with SQLAlchemy Core: written once for every database."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, false, func, literal, not_, or_, select

from esfbot.fields import Kind, field_named
from esfbot.language.words import split
from esfbot.model.project import Fact, LinkKind, PlaceLink, Project, Section
from esfbot.model.query import TODAY, Condition, Operand, Test
from esfbot.store import rows
from esfbot.store.schema import facts, measures, places, projects, sections

_PLACES = {"municipality", "region", "county"}
_BELONGS = (LinkKind.LISTED.value, LinkKind.OWNER.value)
_COUNTY_CODE = 2  # digits
_MANY = 500  # ids from which all rows are read and those of others dropped: a statement naming thousands is slower


def select_ids(conditions: Sequence[Condition], among: Sequence[str] = ()) -> Select[Any]:
    """The ids of the projects that fulfil all ``conditions``, ``among`` these where given, in the sheets' order."""
    query = select(projects.c.id).order_by(projects.c.place)
    if among:
        query = query.where(projects.c.id.in_(among))
    for condition in conditions:
        query = query.where(_stated_otherwise(condition) if condition.negated else _holds(condition))
    return query


def _stated_otherwise(condition: Condition) -> ColumnElement[bool]:
    """A condition turned round. A sheet that does not say where, when or how much a project is does not say that it is
    elsewhere; one that lists no such partner says that it has none."""
    if condition.test is Test.IN:
        placed = exists().where(places.c.project == projects.c.id, places.c.kind.in_(_BELONGS))
        return and_(placed, not_(_holds(condition)))
    listed = condition.test is Test.ONE_OF or field_named(condition.field).many
    stated = literal(value=True) if listed or condition.test in (Test.STATED, Test.LACKING) else _has(condition.field)
    return and_(stated, not_(func.coalesce(_holds(condition), false())))  # of a list that is empty no number holds


def _holds(condition: Condition) -> ColumnElement[bool]:
    test, operands = condition.test, condition.operands
    if test is Test.ONE_OF:
        return projects.c.id.in_(operands)
    if test is Test.IN:
        linked = places.c.project == projects.c.id, places.c.code.in_(operands), places.c.kind.in_(_BELONGS)
        return exists().where(*linked)
    if test in (Test.STATED, Test.LACKING):
        return _has(condition.field) if test is Test.STATED else not_(_has(condition.field))
    if test is Test.IS:
        keys = [str(operand) for operand in operands]
        # A programme area comprises its parts: area 2 holds 2.3.
        parts = (facts.c.key.startswith(f"{key}.", autoescape=True) for key in keys if key)
        return _has_fact(condition.field, or_(facts.c.key.in_(keys), *parts))
    if test is Test.NAMES:
        return _has_fact(condition.field, or_(*(_names(str(operand)) for operand in operands)))
    if condition.than and test is Test.SAME:
        return and_(projects.c.id != condition.than, _shares(condition.field, condition.than))
    if condition.than:
        other = [_number_of(condition.field, literal(condition.than))]
        return and_(projects.c.id != condition.than, _compare(test, _number_of(condition.field), other))
    if condition.other:
        return _compare(test, _number_of(condition.field), [_number_of(condition.other)])
    if condition.field == "period":
        return _period_holds(test, [_number(operand) for operand in operands])
    return _compare(test, _number_of(condition.field), [literal(_number(operand)) for operand in operands])


def _has_fact(field: str, *more: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(facts.c.project == projects.c.id, facts.c.field == field, not_(facts.c.disputed), *more)


def _has(field: str) -> ColumnElement[bool]:
    """Whether a project has a fact, a number or a section of the field."""
    row = field_named(field)
    if row.kind is Kind.PLACE and row.parts:
        of_kind = func.length(places.c.code) == _COUNTY_CODE
        return exists().where(places.c.project == projects.c.id, places.c.kind.in_(_BELONGS), of_kind)
    shown_by = (field, *row.parts) if row.kind is Kind.COMPOSITE else (field,)
    number = exists().where(measures.c.project == projects.c.id, measures.c.field.in_(shown_by))
    section = exists().where(sections.c.project == projects.c.id, sections.c.kind == field)
    return or_(_has_fact(field), number, section)


def _shares(field: str, project: str) -> ColumnElement[bool]:
    """Whether a project has a value of ``field`` that ``project`` has too."""
    others = facts.alias()
    values = select(others.c.folded).where(
        others.c.project == project, others.c.field == field, not_(others.c.disputed)
    )
    return _has_fact(field, facts.c.folded.in_(values))


def _number_of(field: str, project: ColumnElement[str] = projects.c.id) -> ColumnElement[float]:
    """The number that ``field`` has for the project, NULL where it has none: what is compared with it does not hold."""
    number = select(measures.c.number).where(measures.c.project == project, measures.c.field == field)
    return number.scalar_subquery()


def _number(operand: Operand) -> float:
    if operand == TODAY:
        operand = datetime.date.today()  # noqa: DTZ011 - a sheet's days are those of the reader's calendar
    return float(operand.toordinal()) if isinstance(operand, datetime.date) else float(operand)


def _compare(test: Test, number: ColumnElement[float], bounds: Sequence[ColumnElement[float]]) -> ColumnElement[bool]:
    match test:
        case Test.OVER | Test.AFTER:
            return number > bounds[0]
        case Test.UNDER | Test.BEFORE:
            return number < bounds[0]
        case Test.AT_LEAST:
            return number >= bounds[0]
        case Test.AT_MOST:
            return number <= bounds[0]
        case Test.EQUAL:
            return number == bounds[0]
        case Test.BETWEEN | Test.WITHIN:
            return and_(number >= bounds[0], number <= bounds[-1])
    return false()


def _names(text: str) -> ColumnElement[bool]:
    padded = literal(" ").concat(facts.c.folded).concat(" ")
    return padded.like("% " + " ".join(word.folded for word in split(text)) + " %")


def _period_holds(test: Test, days: Sequence[float]) -> ColumnElement[bool]:
    """A period test: WITHIN overlaps the days given, BEFORE is over by then, AFTER begins later, AT_LEAST begins then
    or later, AT_MOST is over then or before."""
    start, end = _number_of("start"), _number_of("end")
    match test:
        case Test.BEFORE:
            return end < days[0]
        case Test.AFTER:
            return start > days[-1]
        case Test.AT_LEAST:
            return start >= days[0]
        case Test.AT_MOST:
            return end <= days[-1]
        case _:
            return and_(start <= days[-1], end >= days[0])


def sheets_of_projects(connection: Connection) -> dict[str, tuple[str, ...]]:
    """Every project's id with its sheets' names, in the sheets' order."""
    found = connection.execute(select(projects.c.id, projects.c.sheets).order_by(projects.c.place))
    return {row.id: tuple(row.sheets) for row in found}


def load_projects(connection: Connection, ids: Sequence[str], fields: Sequence[str] = ()) -> list[Project]:
    """Load projects with their facts and their places, without their sections, in the order of ``ids``.

    Where ``fields`` are given, no other facts are loaded, and places only with a field of a place.
    """
    if not ids:
        return []
    heads = {row.id: row for row in _of(connection, select(*projects.c), projects.c.id, ids)}
    stated: dict[str, list[Fact]] = {id_: [] for id_ in ids}
    disputed: dict[str, list[Fact]] = {id_: [] for id_ in ids}
    query: Select[Any] = select(facts.c.project, *rows.OF_FACT, facts.c.disputed).order_by(
        facts.c.project, facts.c.position
    )
    if fields:
        query = query.where(
            facts.c.field.in_([*fields, *(part for name in fields for part in field_named(name).parts)])
        )
    for project, *row, in_dispute in _of(connection, query, facts.c.project, ids):
        (disputed if in_dispute else stated)[project].append(rows.fact_from(*row))
    linked: dict[str, list[PlaceLink]] = {id_: [] for id_ in ids}
    if fields and not _PLACES & set(fields):
        return _put_together(ids, heads, stated, disputed, linked)
    of_places: Select[Any] = select(places.c.project, *rows.OF_PLACE).order_by(places.c.project, places.c.code)
    for project, *row in _of(connection, of_places, places.c.project, ids):
        linked[project].append(rows.place_from(*row))
    return _put_together(ids, heads, stated, disputed, linked)


def _put_together(
    ids: Sequence[str],
    heads: Mapping[str, Any],
    stated: Mapping[str, Sequence[Fact]],
    disputed: Mapping[str, Sequence[Fact]],
    linked: Mapping[str, Sequence[PlaceLink]],
) -> list[Project]:
    return [
        Project(
            id=id_,
            title=heads[id_].title,
            sheets=tuple(heads[id_].sheets),
            facts=tuple(stated[id_]),
            places=tuple(linked[id_]),
            disputed=tuple(disputed[id_]),
        )
        for id_ in ids
        if id_ in heads
    ]


def load_sections(connection: Connection, project: str) -> list[Section]:
    """Load the sections of one project, in the sheet's order."""
    query = select(*rows.OF_SECTION).where(sections.c.project == project).order_by(sections.c.position)
    return [rows.section_from(*row) for row in connection.execute(query)]


def projects_mentioning(connection: Connection, codes: Sequence[str]) -> list[str]:
    """The ids of projects in whose narrative, and only there, a place occurs."""
    query = (
        select(projects.c.id)
        .join(places, places.c.project == projects.c.id)
        .where(places.c.code.in_(codes), places.c.kind == LinkKind.MENTIONED.value)
        .order_by(projects.c.place)
    )
    return list(dict.fromkeys(connection.execute(query).scalars()))


def projects_with_key(connection: Connection, field: str, key: str) -> list[str]:
    """The ids of projects with a fact of ``field`` whose comparable form is ``key``."""
    query = select(projects.c.id).join(facts, facts.c.project == projects.c.id)
    query = query.where(facts.c.field == field, facts.c.key == key, not_(facts.c.disputed)).order_by(projects.c.place)
    return list(dict.fromkeys(connection.execute(query).scalars()))


def numbers(connection: Connection, field: str, ids: Sequence[str]) -> dict[str, float]:
    """The number that ``field`` has for each of these projects; those that have none are left out."""
    query = select(measures.c.project, measures.c.number).where(measures.c.field == field)
    return dict(_of(connection, query, measures.c.project, ids))


def values_of(connection: Connection, field: str, ids: Sequence[str]) -> list[tuple[str, str, str]]:
    """The values of ``field`` that these projects have: the project, what tells the value from others, and the value as
    the sheet has it, in the order of ``ids``. Of a date it is the year; namesakes are told apart by what else is known
    of a contact."""
    columns = facts.c.project, facts.c.field, facts.c.key, facts.c.folded, facts.c.value, facts.c.group
    wanted = (field, "email", "phone") if field == "contact" else (field,)
    query: Select[Any] = select(*columns).where(facts.c.field.in_(wanted), not_(facts.c.disputed))
    rows_of_all = _of(connection, query.order_by(facts.c.position), facts.c.project, ids)
    reached = {(row.project, row.group): row.key for row in reversed(rows_of_all) if row.field != field}
    found = []
    for row in rows_of_all:
        if row.field != field:
            continue
        value, known = str(row.value), row.key if field in ("programme", "region") else ""
        if field_named(field).kind is Kind.DATE:
            known = value = value[:4]
        other = reached.get((row.project, row.group), "")
        found.append((row.project, f"{known or row.folded} {other}".strip(), value))
    order = {id_: number for number, id_ in enumerate(ids)}
    return sorted(found, key=lambda value: order[value[0]])


def places_of(connection: Connection, ids: Sequence[str]) -> list[tuple[str, str]]:
    """The codes of the places that these projects list or whose owner is there, with the project."""
    query = select(places.c.project, places.c.code).where(places.c.kind.in_(_BELONGS))
    return [(project, code) for project, code in _of(connection, query, places.c.project, ids)]


def _of(connection: Connection, query: Select[Any], column: ColumnElement[str], ids: Sequence[str]) -> list[Any]:
    """The rows of ``query`` whose ``column`` is one of ``ids``."""
    if len(ids) <= _MANY:
        return list(connection.execute(query.where(column.in_(ids))))
    wanted = set(ids)
    return [row for row in connection.execute(query) if row[0] in wanted]
