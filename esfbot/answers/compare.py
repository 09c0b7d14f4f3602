"""Projects side by side, with the difference; or two amounts of one project."""

from collections.abc import Sequence

from esfbot.answers.narrative import sections_of
from esfbot.answers.rows import OVERVIEW, rows_of
from esfbot.answers.withheld import tells
from esfbot.fields import FIELDS, Kind, field_named
from esfbot.model.answer import Answer, Block, Card, ProjectRef, Say
from esfbot.model.answer import Kind as AnswerKind
from esfbot.model.project import Project
from esfbot.model.query import Query
from esfbot.store.sqlite import SqliteStore
from esfbot.values.write import write_measure
from esfbot.wording.load import say

_PAIR = 2
_SIZES = ("esf_support", "total_budget", "duration")  # of which a comparison of two tells the difference


def compare(query: Query, store: SqliteStore) -> Answer:
    """The facts asked for, or the main ones, of each project, and of two of them how far they are apart."""
    projects = store.projects(query.projects)
    fields = query.fields or OVERVIEW
    blocks: list[Block] = []
    if query.confirms and query.order and (verdict := _verdict(query, projects, store)):
        blocks.append(Say(verdict))
    stated = False
    for project in projects:
        rows, missing = rows_of(project, fields, query.language)
        sections = sections_of([name for name in missing if field_named(name).kind is Kind.SECTION], project, store)
        stated = stated or tells(rows, fields) or bool(sections)
        blocks.append(Card(ProjectRef(project.id, project.title), tuple(rows)))
        blocks.extend(sections)
        missing = [name for name in missing if not (sections and field_named(name).kind is Kind.SECTION)]
        if missing and query.fields:
            names = ", ".join(field_named(name).called(query.language).lower() for name in missing)
            blocks.append(Say(say("not_stated", query.language, project=project.title, fields=names)))
    blocks.extend(Say(text) for text in _differences(query, projects, store))
    refs = tuple(ProjectRef(project.id, project.title) for project in projects)
    kind = AnswerKind.FACTS if stated else AnswerKind.NOT_STATED
    return Answer(query.text, query.language, kind, tuple(blocks), refs, abstained=not stated)


def _verdict(query: Query, projects: Sequence[Project], store: SqliteStore) -> str:
    """Whether the first project named is larger (or smaller) than the others; nothing where one does not say."""
    numbers = store.measures(query.order, [project.id for project in projects])
    if len(numbers) < len(projects) or len(projects) < _PAIR:
        return ""
    first, *others = (numbers[project.id] for project in projects)
    holds = all(first > other if query.descending else first < other for other in others)
    return say("yes" if holds else "no", query.language)


def _differences(query: Query, projects: Sequence[Project], store: SqliteStore) -> list[str]:
    if len(projects) == 1:
        return _of_one(query, projects[0], store)
    if len(projects) != _PAIR:
        return []
    measured = [field for field in query.fields if FIELDS[field].kind not in (Kind.NAME, Kind.TEXT, Kind.SECTION)]
    fields = ["duration" if field == "period" else field for field in measured] or (
        [] if query.fields else list(_SIZES)
    )
    return [text for field in fields if (text := _between(field, projects, query, store))]


def _between(field: str, projects: Sequence[Project], query: Query, store: SqliteStore) -> str:
    numbers = store.measures(field, [project.id for project in projects])
    if len(numbers) < _PAIR:
        return ""
    called = field_named(field).called(query.language)
    most = max(projects, key=lambda project: numbers[project.id])
    least = min(projects, key=lambda project: numbers[project.id])
    difference = numbers[most.id] - numbers[least.id]
    if not difference:
        return say("difference_none", query.language, field=called)
    if FIELDS[field].kind is Kind.DATE:
        value = write_measure("duration", difference, query.language)
        return say("difference_when", query.language, field=called, value=value, project=least.title)
    value = write_measure(field, difference, query.language)
    return say("difference_of", query.language, field=called, value=value, project=most.title)


def _of_one(query: Query, project: Project, store: SqliteStore) -> list[str]:
    """The difference of two amounts of a project, the larger minus the smaller."""
    amounts = [field for field in query.fields if FIELDS[field].kind is Kind.AMOUNT]
    numbers = {field: store.measures(field, [project.id]).get(project.id) for field in amounts}
    stated = {field: number for field, number in numbers.items() if number is not None}
    if len(stated) != _PAIR:
        return []
    more, less = sorted(stated, key=lambda field: -stated[field])
    return [
        say(
            "difference_in",
            query.language,
            one=field_named(more).called(query.language),
            other=field_named(less).called(query.language),
            project=project.title,
            value=write_measure(more, stated[more] - stated[less], query.language),
        )
    ]
