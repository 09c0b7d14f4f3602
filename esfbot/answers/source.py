"""The sheets of a project as they were published."""

from collections.abc import Iterator, Sequence

from esfbot.fields import field_named
from esfbot.model.answer import Answer, Kind, ProjectRef, Say, SheetLines
from esfbot.model.project import Fact, Line, Project
from esfbot.model.query import Query
from esfbot.store.sqlite import SqliteStore
from esfbot.values.write import write_value
from esfbot.wording.load import say

_AS_PUBLISHED = ("email", "phone")
_VALUES = 3  # of a list that counts


def source(query: Query, store: SqliteStore) -> Answer:
    """Every line of the first project's sheets that says something, with its number. Where several sheets disagree, it
    is told first which value counts."""
    (project,) = store.projects(query.projects[:1])
    blocks = [SheetLines(name, tuple(_lines(store.sheet(name)))) for name in project.sheets]
    ref = ProjectRef(project.id, project.title)
    lead = Say(say("published", query.language, project=project.title))
    told = [Say("\n".join(_disputed(project, query.language)))] if project.disputed else []
    return Answer(query.text, query.language, Kind.SECTION, (*told, lead, *blocks), (ref,))


def _lines(text: str) -> list[Line]:
    return [Line(number, line.strip()) for number, line in enumerate(text.split("\n"), 1) if line.strip()]


def _disputed(project: Project, language: str) -> Iterator[str]:
    """For each fact on which sheets disagree the value that counts and the others, each with where it stands."""
    for field, label in dict.fromkeys((fact.field, fact.label) for fact in project.disputed):
        called = label or field_named(field).called(language)
        against, counting = (
            [fact for fact in facts if (fact.field, fact.label) == (field, label)]
            for facts in (project.disputed, project.facts)
        )
        others = ", ".join(
            say("disputed_other", language, value=_written([fact], language), source=_places([fact], language))
            for fact in against
        )
        if counting:
            value, places = _written(counting, language), _places(counting, language)
            yield say("disputed", language, field=called, value=value, source=places, others=others)
        else:  # of a person who does not count
            yield f"{called}: {others}"


def _written(facts: Sequence[Fact], language: str) -> str:
    """The values; of several people it is not known whose one was meant."""
    values = [fact.published if fact.field in _AS_PUBLISHED else write_value(fact, language) for fact in facts]
    return ", ".join(values[:_VALUES]) + (" …" if len(values) > _VALUES else "")


def _places(facts: Sequence[Fact], language: str) -> str:
    places = (say("source", language, sheet=fact.source.sheet, line=fact.source.line) for fact in facts[:_VALUES])
    return "; ".join(dict.fromkeys(places))
