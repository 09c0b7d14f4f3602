"""Projects as rows, and rows as projects."""

import datetime
from collections.abc import Iterable
from typing import Any

from esfbot.fields.measures import measures_of, number_of
from esfbot.language.words import split
from esfbot.model.project import Fact, LinkKind, PlaceLink, Problem, Project, Section, Severity, Source, Value
from esfbot.sheets.withheld.marker import is_marked
from esfbot.store.schema import facts, places, sections

# Fields whose values people name projects by.
NAMED_BY = ("title", "number", "owner", "contact", "co_funder", "partner", "participant")

Row = dict[str, Any]


def project_row(project: Project, problems: Iterable[Problem]) -> Row:
    """A project as a row, with what its sheets disagree on."""
    return {
        "id": project.id,
        "place": _place(project),
        "title": project.title,
        "sheets": list(project.sheets),
        "problems": problem_rows(problems),
    }


def _place(project: Project) -> str:
    """What projects are put in order by, without knowing the others: that of their sheets' names."""
    return min(project.sheets, default="")


def fact_rows(project: Project) -> Iterable[Row]:
    """The facts of a project as rows, those in dispute last."""
    pairs = [(fact, False) for fact in project.facts] + [(fact, True) for fact in project.disputed]
    for position, (fact, disputed) in enumerate(pairs):
        yield {
            "project": project.id,
            "position": position,
            "field": fact.field,
            "value": fact.value.isoformat() if isinstance(fact.value, datetime.date) else fact.value,
            "number": number_of(fact.value),
            "folded": " ".join(word.folded for word in split(str(fact.value))),
            "key": fact.key,
            "published": fact.published,
            "sheet": fact.source.sheet,
            "line": fact.source.line,
            "group": fact.group,
            "label": fact.label,
            "disputed": disputed,
        }


def measure_rows(project: Project) -> Iterable[Row]:
    """The numbers of a project's fields as rows."""
    for field, number in measures_of(project).items():
        yield {"project": project.id, "field": field, "number": number}


def section_rows(project: Project) -> Iterable[Row]:
    """The sections of a project as rows."""
    for position, section in enumerate(project.sections):
        yield {
            "project": project.id,
            "position": position,
            "kind": section.kind,
            "heading": section.heading,
            "text": section.text,
            "sheet": section.source.sheet,
            "line": section.source.line,
        }


def place_rows(project: Project) -> Iterable[Row]:
    """The places of a project as rows."""
    for link in project.places:
        source = {"sheet": link.source.sheet, "line": link.source.line}
        yield {"project": project.id, "code": link.code, "kind": link.kind.value, **source}


def name_rows(project: Project) -> Iterable[Row]:
    """The names that a project can be found by, each once; last its title, where no fact states it."""
    named = [(fact.field, str(fact.value)) for fact in project.facts if _is_name(fact)]
    seen = set()
    for number, (field, value) in enumerate([*named, ("title", project.title)]):
        folded = " ".join(word.folded for word in split(value))
        if folded and (field, folded) not in seen and not is_marked(value):
            seen.add((field, folded))
            place = f"{_place(project)}\x1f{number:05}"
            yield {"project": project.id, "field": field, "folded": folded, "text": value, "place": place}


def _is_name(fact: Fact) -> bool:
    return fact.field in NAMED_BY or (fact.field == "region" and not fact.key)


def problem_rows(problems: Iterable[Problem]) -> list[Row]:
    """Problems as JSON."""
    return [
        {
            "sheet": problem.source.sheet,
            "line": problem.source.line,
            "severity": problem.severity.value,
            "found": problem.found,
            "expected": problem.expected,
            "action": problem.action,
        }
        for problem in problems
    ]


def problem_from(row: Row) -> Problem:
    """A problem from what `problem_rows` gave."""
    source = Source(row["sheet"], row["line"])
    return Problem(source, Severity(row["severity"]), row["found"], row["expected"], row["action"])


_f, _s, _p = facts.c, sections.c, places.c
# The columns that `fact_from`, `section_from` and `place_from` take, in that order.
OF_FACT = (_f.field, _f.value, _f.number, _f.published, _f.sheet, _f.line, _f.key, _f.group, _f.label)
OF_SECTION = (_s.kind, _s.heading, _s.text, _s.sheet, _s.line)
OF_PLACE = (_p.code, _p.kind, _p.sheet, _p.line)
_LINKS = {kind.value: kind for kind in LinkKind}


def fact_from(
    field: str,
    value: Value,
    number: float | None,
    published: str,
    sheet: str,
    line: int,
    key: str,
    group: int,
    label: str,
) -> Fact:
    """A fact from the columns `OF_FACT`."""
    if isinstance(value, str) and number is not None:
        value = datetime.date.fromisoformat(value)
    return Fact(field, value, published, Source(sheet, line), key, group, label)


def section_from(kind: str, heading: str, text: str, sheet: str, line: int) -> Section:
    """A section from the columns `OF_SECTION`."""
    return Section(kind, heading, text, Source(sheet, line))


def place_from(code: str, kind: str, sheet: str, line: int) -> PlaceLink:
    """A place link from the columns `OF_PLACE`."""
    return PlaceLink(code, _LINKS[kind], Source(sheet, line))
