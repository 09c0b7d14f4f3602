"""What changed in projects, fact by fact."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from esfbot.fields import field_named
from esfbot.model.project import Fact, Project, Section
from esfbot.values.write import write_value


@dataclass(frozen=True, slots=True)
class FactChange:
    """A fact that is new, other or gone. ``before`` and ``after`` are as the reply writes it in Swedish; empty where
    there is none. ``label`` is the field's, in Swedish."""

    field: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ProjectChange:
    """A project that is ``new``, ``changed`` or ``removed``: its facts that changed, and the headings of the sections
    whose text did."""

    what: str
    id: str
    title: str
    sheets: tuple[str, ...]
    facts: tuple[FactChange, ...] = ()
    sections: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.what != "changed" or bool(self.facts or self.sections)


def compared(before: Project | None, after: Project | None) -> ProjectChange:
    """What became of a project, with its sections; None where it is not there."""
    known = after or before
    if known is None:
        raise ValueError("neither a project before nor one after")
    if before is None or after is None:
        return ProjectChange("new" if before is None else "removed", known.id, known.title, known.sheets)
    facts = tuple(_facts(before, after))
    return ProjectChange(
        "changed", after.id, after.title, after.sheets, facts, tuple(_sections(before.sections, after.sections))
    )


def _facts(before: Project, after: Project) -> Iterator[FactChange]:
    """Value by value: what is gone is told together with what came in its place."""
    marks = dict.fromkeys((fact.field, fact.label) for fact in (*before.facts, *after.facts))
    for field, label in marks:
        old, new = (_written(project.facts, field, label) for project in (before, after))
        gone, come = list((Counter(old) - Counter(new)).elements()), list((Counter(new) - Counter(old)).elements())
        called = label or field_named(field).sv.lower()
        for i in range(max(len(gone), len(come))):
            yield FactChange(field, called, *(found[i] if i < len(found) else "" for found in (gone, come)))


def _written(facts: Sequence[Fact], field: str, label: str) -> list[str]:
    return [write_value(fact, "sv") for fact in facts if (fact.field, fact.label) == (field, label)]


def _sections(before: Sequence[Section], after: Sequence[Section]) -> Iterator[str]:
    """Headings of sections that are new, gone, or say something else."""
    old, new = (Counter((x.kind, x.heading, " ".join(x.text.split())) for x in found) for found in (before, after))
    differing = ((old - new) + (new - old)).elements()
    yield from dict.fromkeys(heading or field_named(kind).sv for kind, heading, _ in differing)
