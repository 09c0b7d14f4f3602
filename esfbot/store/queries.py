"""Facts and projects looked up with SQLAlchemy Core: written once for every database."""

import datetime
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, false, literal, not_, or_, select

from esfbot.language.words import split
from esfbot.model.project import Fact, LinkKind, PlaceLink, Project, Section
from esfbot.model.query import Condition, Operand, Test
from esfbot.store import rows
from esfbot.store.schema import facts, places, projects, sections

_BELONGS = (LinkKind.LISTED.value, LinkKind.OWNER.value)


def select_ids(conditions: Sequence[Condition], among: Sequence[str] = ()) -> Select[Any]:
    """The ids of the projects that fulfil all ``conditions``, ``among`` these where given, in the sheets' order."""
    query = select(projects.c.id).order_by(projects.c.position)
    if among:
        query = query.where(projects.c.id.in_(among))
    for condition in conditions:
        query = query.where(_holds(condition))
    return query


def _holds(condition: Condition) -> ColumnElement[bool]:
    if condition.test is Test.IN:
        linked = and_(
            places.c.project == projects.c.id, places.c.code.in_(condition.operands), places.c.kind.in_(_BELONGS)
        )
        return exists().where(linked)
    if condition.test is Test.LACKING:
        return not_(_has(condition.field))
    if condition.test is Test.STATED:
        return _has(condition.field)
    if condition.field == "period":
        return _period_holds(condition)
    return _has(condition.field, _fact_holds(condition))


def _has(field: str, *more: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether a project has a fact, or a section, of the field for which ``more`` holds."""
    fact = exists().where(facts.c.project == projects.c.id, facts.c.field == field, not_(facts.c.disputed), *more)
    if more:
        return fact
    return or_(fact, exists().where(sections.c.project == projects.c.id, sections.c.kind == field))


def _number(operand: Operand) -> float:
    return float(operand.toordinal()) if isinstance(operand, datetime.date) else float(operand)


def _fact_holds(condition: Condition) -> ColumnElement[bool]:
    test, operands = condition.test, condition.operands
    if test is Test.IS:
        keys = [str(operand) for operand in operands]
        # A programme area comprises its parts: area 2 holds 2.3.
        return or_(facts.c.key.in_(keys), *(facts.c.key.startswith(f"{key}.", autoescape=True) for key in keys if key))
    if test is Test.NAMES:
        return or_(*(_names(str(operand)) for operand in operands))
    if test in (Test.BETWEEN, Test.WITHIN):
        low, high = map(_number, operands)
        return facts.c.number.between(low, high)
    bound = _number(operands[0])
    match test:
        case Test.OVER | Test.AFTER:
            return facts.c.number > bound
        case Test.UNDER | Test.BEFORE:
            return facts.c.number < bound
        case Test.AT_LEAST:
            return facts.c.number >= bound
        case Test.AT_MOST:
            return facts.c.number <= bound
    return false()


def _names(text: str) -> ColumnElement[bool]:
    padded = literal(" ").concat(facts.c.folded).concat(" ")
    return padded.like("% " + " ".join(word.folded for word in split(text)) + " %")


def _period_holds(condition: Condition) -> ColumnElement[bool]:
    """A period test: WITHIN overlaps the days given, BEFORE is over by then, AFTER begins later, AT_LEAST goes on from
    then, AT_MOST has begun by then."""
    first, last = (_number(condition.operands[0]), _number(condition.operands[-1]))
    match condition.test:
        case Test.BEFORE:
            return _has("end", facts.c.number < first)
        case Test.AFTER:
            return _has("start", facts.c.number > last)
        case Test.AT_LEAST:
            return _has("end", facts.c.number >= first)
        case Test.AT_MOST:
            return _has("start", facts.c.number <= last)
        case _:
            return and_(_has("start", facts.c.number <= last), _has("end", facts.c.number >= first))


def load_projects(connection: Connection, ids: Sequence[str]) -> list[Project]:
    """Load projects with their facts and places, without their sections, in the order of ``ids``."""
    if not ids:
        return []
    heads = {row.id: row for row in connection.execute(select(projects).where(projects.c.id.in_(ids)))}
    stated: dict[str, list[Fact]] = {id_: [] for id_ in ids}
    disputed: dict[str, list[Fact]] = {id_: [] for id_ in ids}
    query = select(*rows.OF_FACT, facts.c.disputed, facts.c.project).where(facts.c.project.in_(ids))
    for *row, in_dispute, project in connection.execute(query.order_by(facts.c.project, facts.c.position)):
        (disputed if in_dispute else stated)[project].append(rows.fact_from(*row))
    linked: dict[str, list[PlaceLink]] = {id_: [] for id_ in ids}
    query = select(*rows.OF_PLACE, places.c.project).where(places.c.project.in_(ids))
    for *row, project in connection.execute(query.order_by(places.c.project, places.c.code)):
        linked[project].append(rows.place_from(*row))
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
        .order_by(projects.c.position)
    )
    return list(dict.fromkeys(connection.execute(query).scalars()))


def projects_with_key(connection: Connection, field: str, key: str) -> list[str]:
    """The ids of projects with a fact of ``field`` whose comparable form is ``key``."""
    query = select(projects.c.id).join(facts, facts.c.project == projects.c.id)
    query = query.where(facts.c.field == field, facts.c.key == key, not_(facts.c.disputed)).order_by(
        projects.c.position
    )
    return list(dict.fromkeys(connection.execute(query).scalars()))


def measures(connection: Connection, field: str, ids: Sequence[str]) -> dict[str, float]:
    """The number that ``field`` has for each project: the first that is stated, or one worked out from two facts."""
    worked_out = _WORKED_OUT.get(field)
    if worked_out is None:
        return _numbers(connection, field, ids)
    (first, second), work_out = worked_out
    one, two = _numbers(connection, first, ids), _numbers(connection, second, ids)
    return {id_: work_out(one[id_], two[id_]) for id_ in one if id_ in two}


def _numbers(connection: Connection, field: str, ids: Sequence[str]) -> dict[str, float]:
    query = select(facts.c.project, facts.c.number).where(
        facts.c.field == field, facts.c.number.is_not(None), facts.c.project.in_(ids), not_(facts.c.disputed)
    )
    found: dict[str, float] = {}
    for project, number in connection.execute(query.order_by(facts.c.position)):
        found.setdefault(project, number)
    return found


_WORKED_OUT: dict[str, tuple[tuple[str, str], Callable[[float, float], float]]] = {
    "duration": (("start", "end"), lambda start, end: end - start + 1),
    "esf_share": (("esf_support", "total_budget"), lambda support, budget: 100 * support / budget if budget else 0.0),
}
