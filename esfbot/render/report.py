"""What was read, made and found wrong as text for a terminal, in English: it is for those who look after the sheets."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from esfbot.fields import field_named
from esfbot.model.project import Fact, Problem, Project, Section, Severity
from esfbot.render.plain import Style
from esfbot.values.write import write_value

if TYPE_CHECKING:  # they load what stores and embeds, and a report needs only what it is given
    from esfbot.embed.run import Report
    from esfbot.sheets.folder import Reading, Refused
    from esfbot.store.generations import Manifest

_NAMED = 10  # sheets that a line names
_BEGINNING = 100  # characters shown of a section


@dataclass(frozen=True, slots=True)
class Changes:
    """Names of sheets that are new, other or gone since a generation was made."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


@dataclass(frozen=True, slots=True)
class State:
    """What is live: ``generation`` and ``manifest`` are None where nothing is or it can't be read.

    ``digests`` are those of the sheets as they are now, by name, None where their folder can't be read. ``usable``
    tells that questions can be answered, or that the embeddings need only be made.
    """

    sheets: Path
    embeddings: Path
    generation: str | None
    manifest: "Manifest | None"
    digests: Mapping[str, str] | None
    usable: bool

    @property
    def changes(self) -> Changes | None:
        """What differs between the sheets now and those embedded; None where that can't be told."""
        if self.manifest is None or self.digests is None:
            return None
        before, now = self.manifest.sheets, self.digests
        return Changes(
            added=tuple(sorted(now.keys() - before.keys())),
            changed=tuple(sorted(name for name in now.keys() & before.keys() if now[name] != before[name])),
            removed=tuple(sorted(before.keys() - now.keys())),
        )


def embedded(report: "Report") -> str:
    """What `embed` did, in a few lines."""
    names = {"added": report.added, "changed": report.changed, "removed": report.removed}
    lines = [f"{what}: {_names(sheets)}" for what, sheets in names.items() if sheets]
    lines += [f"refused: {_refusal(refused)}" for refused in report.refused]
    counts = ", ".join(f"{len(sheets)} {what}" for what, sheets in names.items())
    lines.append(f"{counts}, {len(report.unchanged)} unchanged, {len(report.refused)} refused")
    if report.problems:
        lines.append(f"{_count(len(report.problems), 'problem')}; esfbot check shows them")
    passages = f"{_count(report.embedded, 'passage')} embedded and {report.kept} kept"
    lines.append(f"{_count(report.projects, 'project')} live, {passages}, in {report.seconds:.1f} s")
    return "\n".join(lines)


def checked(reading: "Reading", *, facts: bool = False, colour: bool = False) -> str:
    """The problems by sheet, the files refused and how many of each; with ``facts`` what was read, too."""
    style = Style(colour)
    parts = [_page(project, project.sections, style) for project in reading.projects] if facts else []
    for sheet, problems in itertools.groupby(reading.problems, key=lambda problem: problem.source.sheet):
        parts.append("\n".join([style.bold(sheet), *(_problem(problem, style) for problem in problems)]))
    parts += [f"{style.bold(refused.name)}\n  refused: {_refusal(refused)}" for refused in reading.refused]
    counts = [f"{_count(len(reading.sheets), 'sheet')} read", f"{len(reading.refused)} refused"]
    counts.append(_count(len(reading.problems), "problem"))
    by_severity = [
        (sum(problem.severity is severity for problem in reading.problems), severity) for severity in Severity
    ]
    severities = ", ".join(_count(number, severity.value) for number, severity in by_severity if number)
    parts.append(", ".join(counts) + (f" ({severities})" if severities else ""))
    return "\n\n".join(parts)


def status(state: State) -> str:
    """What is live, a fact a line."""
    manifest = state.manifest
    rows = [("embeddings", str(state.embeddings)), ("generation", state.generation or "none yet; run: esfbot embed")]
    if manifest:
        rows += [
            ("created", manifest.created),
            ("model", manifest.model),
            ("projects", str(manifest.projects)),
            ("passages", str(manifest.passages)),
            ("sheets", f"{len(manifest.sheets)} from {state.sheets}"),
            ("problems", str(manifest.problems)),
            ("since then", _since(state)),
        ]
    else:
        rows.append(("sheets", f"{'unreadable' if state.digests is None else len(state.digests)} in {state.sheets}"))
    return "\n".join(f"{label:<10}  {text}" for label, text in rows)


def project_page(project: Project, sections: Sequence[Section], *, colour: bool = False) -> str:
    """Everything that was read of a project: facts with their lines, then how each section begins."""
    return _page(project, sections, Style(colour))


def _page(project: Project, sections: Sequence[Section], style: Style) -> str:
    head = [style.bold(project.title), f"  id {project.id}, from {', '.join(project.sheets)}"]
    facts = [("", "", ""), *_facts(project)]
    width = max(len(label) for label, _, _ in facts)
    lines = [f"  {label:<{width}}  {text}  {style.grey(source)}".rstrip() for label, text, source in facts]
    for section in sections:
        heading = section.heading or field_named(section.kind).en
        lines += ["", f"  {heading}  {style.grey(_extent(section))}", f"    {_beginning(section.text)}"]
    return "\n".join([*head, *lines])


def _facts(project: Project) -> Iterator[tuple[str, str, str]]:
    """Label, value and source of each fact; the label once where there are several values."""
    several = len(project.sheets) > 1
    facts = [(fact, "") for fact in project.facts if fact.field != "title"]
    facts += [(fact, " (disputed)") for fact in project.disputed]
    last = ""
    for fact, mark in facts:
        label = _label(fact) + mark
        sheet = f"{fact.source.sheet} " if several else ""
        yield label if label != last else "", write_value(fact, "en"), f"[{sheet}line {fact.source.line}]"
        last = label


def _extent(section: Section) -> str:
    first, last = section.source.line, section.last_line
    return f"[line {first}]" if first == last else f"[lines {first} to {last}]"


def _label(fact: Fact) -> str:
    return fact.label if fact.field == "extra" else field_named(fact.field).en


def _beginning(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _BEGINNING else flat[:_BEGINNING].rsplit(" ", 1)[0] + " …"


def _problem(problem: Problem, style: Style) -> str:
    said = f"{problem.found}; expected {problem.expected}. {problem.action}"
    return f"  {problem.severity.value}: {said} {style.grey(f'[line {problem.source.line}]')}"


def _refusal(refused: "Refused") -> str:
    # The reason begins with the file's name, which may lack its folder.
    return str(refused.reason)


def _since(state: State) -> str:
    changes = state.changes
    if changes is None:
        return f"can't be told: {state.sheets} can't be read"
    if not changes:
        return "no sheet has changed"
    named = {"added": changes.added, "changed": changes.changed, "removed": changes.removed}
    return "; ".join(f"{what} {_names(sheets)}" for what, sheets in named.items() if sheets) + ". Run: esfbot embed"


def _names(sheets: Sequence[str]) -> str:
    more = f" and {len(sheets) - _NAMED} more" if len(sheets) > _NAMED else ""
    return ", ".join(sheets[:_NAMED]) + more


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
