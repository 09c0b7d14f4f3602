"""What was read, made and found wrong as the JSON objects that scripts read."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from esfbot.errors import EsfbotError
from esfbot.model.project import Fact, Problem, Project, Section, Severity
from esfbot.render.json import source

if TYPE_CHECKING:  # they load what stores and embeds, and a record needs only what it is given
    from esfbot.sheets.contact_check.entries import Entry, Finding
    from esfbot.sheets.folder import Reading, Refused

Record = dict[str, Any]

# Facts that a record names at its top, those of the first contact among them. Where a sheet does not state one it is
# null.
_NAMED = (
    "number",
    "programme",
    "phase",
    "owner",
    "contact",
    "email",
    "phone",
    "esf_support",
    "total_budget",
    "start",
    "end",
    "region",
)
_LISTS = {
    "municipality": "municipalities",
    "co_funder": "co_funders",
    "partner": "partners",
    "participant": "participants",
}


def project_record(
    project: Project, sections: Sequence[Section], dates: Mapping[str, tuple[str, bool]] | None = None
) -> Record:
    """Everything that was read of a project.

    Amounts are whole kronor, dates in ISO form, the rest as published. ``facts`` holds what has no name of its own,
    under its field or, where the sheet's label is unknown, under that label: one value, or a list where the sheet
    states several. ``dates`` are those of its sheets. ``sources`` tells where each fact stands, in the order of the
    values.
    """
    first = project.contacts[0].facts if project.contacts else ()
    facts = {fact.field: fact for fact in reversed(project.facts)} | {"contact": None, "email": None, "phone": None}
    facts |= {fact.field: fact for fact in first}
    return {
        "id": project.id,
        "title": project.title,
        "file": project.sheets[0],
        "files": list(project.sheets),
        "dates": {name: {"date": date or None, "of_page": by_page} for name, (date, by_page) in (dates or {}).items()},
        **{name: _value(facts.get(name)) for name in _NAMED},
        "contacts": [_contact(contact.facts) for contact in project.contacts],
        "withheld": list(dict.fromkeys(_value(fact) for fact in project.all("withheld"))),
        **{plural: [_value(fact) for fact in project.all(name)] for name, plural in _LISTS.items()},
        "facts": _grouped(fact for fact in project.facts if fact.field not in {"title", "withheld", *_NAMED, *_LISTS}),
        "disputed": [
            {"field": _name(fact), "value": _value(fact), "source": source(fact.source)} for fact in project.disputed
        ],
        "sections": [_section(section) for section in sections],
        "sources": _sources(project.facts),
    }


def checked(reading: "Reading") -> Iterator[Record]:
    """Each file that was refused and each problem, in the order of the sheets."""
    found = [refused_record(refused) for refused in reading.refused] + [
        problem_record(problem) for problem in reading.problems
    ]
    yield from sorted(found, key=lambda record: (record["sheet"], record["line"] or 0))


def contacts_checked(reading: "Reading", findings: Iterable["Finding"]) -> Iterator[Record]:
    """Each file that was refused, then each finding about contacts with the contacts that it is about."""
    yield from ({"kind": "refused", **refused_record(refused)} for refused in reading.refused)
    for finding in findings:
        contacts = [_stated(entry) for entry in finding.entries]
        yield {"kind": finding.kind.value, **problem_record(finding.problem), "contacts": contacts}


def contacts_failed(reading: "Reading", findings: Iterable["Finding"]) -> bool:
    """Whether a file was refused or a finding about contacts is an error."""
    return bool(reading.refused) or any(finding.problem.severity is Severity.ERROR for finding in findings)


def failed(reading: "Reading") -> bool:
    """Whether a file was refused or a problem is an error."""
    return bool(reading.refused) or any(problem.severity is Severity.ERROR for problem in reading.problems)


def _name(fact: Fact) -> str:
    return fact.label if fact.field == "extra" else fact.field


def _value(fact: Fact | None) -> Any:
    if fact is None:
        return None
    if fact.field == "programme":  # its value may be a code; what the sheet says is what people know it by
        return fact.published
    return fact.value.isoformat() if isinstance(fact.value, datetime.date) else fact.value


def _grouped(facts: Iterable[Fact]) -> Record:
    found: dict[str, list[Any]] = {}
    for fact in facts:
        found.setdefault(_name(fact), []).append(_value(fact))
    return {name: values[0] if len(values) == 1 else values for name, values in found.items()}


def _sources(facts: Iterable[Fact]) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = {}
    for fact in facts:
        found.setdefault(_name(fact), []).append(source(fact.source))
    return found


def _contact(facts: Sequence[Fact]) -> Record:
    by_field = {fact.field: fact for fact in facts}
    phone = by_field.get("phone")
    return {
        "name": _value(by_field.get("contact")),
        "email": _value(by_field.get("email")),
        "phone": _value(phone),
        "phone_e164": (phone.key or None) if phone else None,
        "source": source(facts[0].source),
    }


def _stated(entry: "Entry") -> Record:
    """A contact with the project that states it."""
    return {
        "project": entry.project,
        "title": entry.title,
        "start": entry.start and entry.start.isoformat(),
        "end": entry.end and entry.end.isoformat(),
        **_contact(entry.contact.facts),
        "sources": _sources(entry.contact.facts),
    }


def _section(section: Section) -> Record:
    lines = {"sheet": section.source.sheet, "first_line": section.source.line, "last_line": section.last_line}
    return {"kind": section.kind, "heading": section.heading, **lines, "text": section.text}


def problem_record(problem: Problem) -> Record:
    """A problem of a sheet."""
    said = {"found": problem.found, "expected": problem.expected, "action": problem.action}
    return {"sheet": problem.source.sheet, "line": problem.source.line, "severity": problem.severity.value, **said}


def refused_record(refused: "Refused") -> Record:
    """A file that was refused."""
    reason: EsfbotError = refused.reason
    said = {"found": reason.found, "expected": reason.expected, "action": reason.action}
    return {"sheet": refused.name, "line": None, "severity": "refused", **said}
