"""The sheets of a project as they were published."""

from esfbot.model.answer import Answer, Kind, ProjectRef, Say, SheetLines
from esfbot.model.project import Line
from esfbot.model.query import Query
from esfbot.store.sqlite import SqliteStore
from esfbot.wording.load import say


def source(query: Query, store: SqliteStore) -> Answer:
    """Every line of the first project's sheets that says something, with its number."""
    (project,) = store.projects(query.projects[:1], ("title",))
    blocks = [SheetLines(name, tuple(_lines(store.sheet(name)))) for name in project.sheets]
    ref = ProjectRef(project.id, project.title)
    lead = Say(say("published", query.language, project=project.title))
    return Answer(query.text, query.language, Kind.SECTION, (lead, *blocks), (ref,))


def _lines(text: str) -> list[Line]:
    return [Line(number, line.strip()) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
