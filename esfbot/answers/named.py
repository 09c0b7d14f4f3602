"""Which of a project's organisations a question named, where it did not name the project itself."""

from esfbot.fields import field_named
from esfbot.model.project import Project
from esfbot.model.query import Named, Query
from esfbot.wording.load import say

_ORGANISATIONS = ("owner", "co_funder", "partner", "participant")


def named_note(project: Project, query: Query) -> str:
    """Which of the project's organisations the question named, where it did not name the project itself."""
    if any(named.field in ("title", "number") for named in query.names):
        return ""
    for named in query.names:
        if named.field in _ORGANISATIONS and project.id in named.projects:
            return _part_note(project, named, query.language)
    return ""


def _part_note(project: Project, named: Named, language: str) -> str:
    fact = next((fact for fact in project.all(named.field) if str(fact.value) == named.name), None)
    if fact is None:
        return ""
    field = field_named(named.field).called(language)
    return say("part_in", language, name=named.name, project=project.title, field=field.lower(), line=fact.source.line)
