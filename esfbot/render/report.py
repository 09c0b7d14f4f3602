"""What was read, made and found wrong as text for a terminal, in English: it is for those who look after the sheets."""

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from esfbot.fields import field_named
from esfbot.model.project import Fact, Problem, Project, Section, Severity
from esfbot.render.plain import Style
from esfbot.render.sources import lines as source_lines
from esfbot.values.write import write_value

if TYPE_CHECKING:  # they load what stores and embeds, and a report needs only what it is given
    from esfbot.sheets.contact_check.entries import Entry, Finding, Kind
    from esfbot.sheets.folder import Reading, Refused

_NAMED = 10  # sheets that a line names
_BEGINNING = 100  # characters shown of a section

# What contacts are looked at for, by the name of the finding's kind.
_KINDS = {
    "ended": "Contacts of ended projects",
    "malformed": "Malformed addresses and numbers",
    "lookalike": "Look-alikes",
    "differing": "One person, several numbers or addresses",
    "shared": "One number or address, several people",
}


def checked(reading: "Reading", *, facts: bool = False, colour: bool = False) -> str:
    """The problems by sheet, the files refused and how many of each; with ``facts`` what was read, too."""
    style = Style(colour)
    parts = [_page(project, project.sections, style) for project in reading.projects] if facts else []
    for sheet, problems in itertools.groupby(reading.problems, key=lambda problem: problem.source.sheet):
        parts.append("\n".join([style.bold(sheet), *(problem_line(problem, style) for problem in problems)]))
    parts += [f"{style.bold(refused.name)}\n  refused: {refusal(refused)}" for refused in reading.refused]
    counts = [f"{count(len(reading.sheets), 'sheet')} read", f"{len(reading.refused)} refused"]
    counts.append(count(len(reading.problems), "problem"))
    by_severity = [
        (sum(problem.severity is severity for problem in reading.problems), severity) for severity in Severity
    ]
    severities = ", ".join(count(number, severity.value) for number, severity in by_severity if number)
    parts.append(", ".join(counts) + (f" ({severities})" if severities else ""))
    return "\n\n".join(parts)


def contacts_checked(reading: "Reading", findings: Iterable["Finding"], *, colour: bool = False) -> str:
    """What to look after in the contacts, by kind, each with the contacts and their lines; then the files refused."""
    style = Style(colour)
    by_kind = {kind: list(found) for kind, found in itertools.groupby(findings, key=lambda finding: finding.kind)}
    parts = [_findings(kind, found, style) for kind, found in by_kind.items()]
    parts += [f"{style.bold(refused.name)}\n  refused: {refusal(refused)}" for refused in reading.refused]
    counts = [f"{count(len(reading.sheets), 'sheet')} read", f"{len(reading.refused)} refused"]
    counts.append(count(sum(map(len, by_kind.values())), "finding"))
    kinds = ", ".join(f"{len(found)} {kind.value}" for kind, found in by_kind.items())
    parts.append(", ".join(counts) + (f" ({kinds})" if kinds else ""))
    return "\n\n".join(parts)


def project_page(
    project: Project, sections: Sequence[Section], dates: Mapping[str, tuple[str, bool]], *, colour: bool = False
) -> str:
    """Everything that was read of a project: facts with their lines, then how each section begins. ``dates`` are those
    of its sheets, and whether they are the page's own."""
    return _page(project, sections, Style(colour), dates)


def _page(
    project: Project, sections: Sequence[Section], style: Style, dates: Mapping[str, tuple[str, bool]] | None = None
) -> str:
    sheets = [f"{name}{_dated(*(dates or {}).get(name, ('', False)))}" for name in project.sheets]
    head = [style.bold(project.title), f"  id {project.id}, from {', '.join(sheets)}"]
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


def _dated(date: str, by_page: bool) -> str:
    return f" ({'page' if by_page else 'file'} of {date})" if date else ""


def _extent(section: Section) -> str:
    first, last = section.source.line, section.last_line
    return f"[line {first}]" if first == last else f"[lines {first} to {last}]"


def _label(fact: Fact) -> str:
    return fact.label if fact.field == "extra" else field_named(fact.field).en


def _beginning(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _BEGINNING else flat[:_BEGINNING].rsplit(" ", 1)[0] + " …"


def problem_line(problem: Problem, style: Style) -> str:
    """A problem below its sheet's name."""
    said = f"{problem.found}; expected {problem.expected}. {problem.action}"
    return f"  {problem.severity.value}: {said} {style.grey(f'[line {problem.source.line}]')}"


def _findings(kind: "Kind", findings: Sequence["Finding"], style: Style) -> str:
    """The findings of a kind. What is to be done is told once where it is the same for all."""
    said = {f"Expected {x.problem.expected}. {x.problem.action}" for x in findings}
    once = len(said) == 1
    lines = [style.bold(_KINDS[kind.value]), *(f"  {text}" for text in said if once)]
    for finding in findings:
        problem = finding.problem
        more = "" if once else f"; expected {problem.expected}. {problem.action}"
        lines.append(f"  {problem.severity.value}: {problem.found}{more}")
        named = kind.value == "ended"  # its one project is named already
        lines += [f"    {_entry(entry, style, project=not named)}" for entry in finding.entries[:_NAMED]]
        if len(finding.entries) > _NAMED:
            lines.append(f"    and {len(finding.entries) - _NAMED} more")
    return "\n".join(lines)


def _entry(entry: "Entry", style: Style, *, project: bool) -> str:
    facts = entry.contact.facts
    text = ", ".join(fact.published for fact in facts)
    if project:
        until = f", until {entry.end}" if entry.end else ""
        text += f" – {entry.title}{until}"
    where = source_lines((fact.source for fact in facts), "en")
    return f"{text}  {style.grey(f'[{where}]')}"


def refusal(refused: "Refused") -> str:
    """Why a file was refused."""
    # The reason begins with the file's name, which may lack its folder.
    return str(refused.reason)


def count(number: int, thing: str) -> str:
    """So many things: ``1 sheet``, ``2 sheets``."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
