"""The check of a collection's contacts: those of ended projects, malformed and mistyped ones, and one person's that
differ."""

import datetime
from collections.abc import Iterable, Sequence

from esfbot.model.project import Problem, Project, Severity
from esfbot.sheets.contact_check.entries import Entry, Finding, Kind, entries_of, in_order
from esfbot.sheets.contact_check.groups import Groups
from esfbot.sheets.contact_check.lookalikes import (
    Pair,
    address_findings,
    addresses,
    alike_addresses,
    alike_domains,
    domain_findings,
    name_findings,
)
from esfbot.sheets.contact_check.malformed import malformed
from esfbot.sheets.contact_check.persons import Person, differing, of_one_name, people, shared
from esfbot.values.dates import write_length


def check_contacts(projects: Iterable[Project], today: datetime.date) -> tuple[Finding, ...]:
    """Return what to look after in the contacts of ``projects``, by kind, each kind in the order of the sheets.

    Contacts of projects that ended before ``today`` come first, the longest ended before others. The order of
    ``projects`` does not matter, and each is read once.
    """
    entries = entries_of(projects)
    stated = addresses(entries)
    domains, pairs = alike_domains(stated), alike_addresses(stated)
    same = _taken_for(stated, domains, pairs)
    persons = people(entries, same)
    by_kind = (
        ended(persons, today),
        _ordered(malformed(entries)),
        _ordered([*domain_findings(domains, stated), *address_findings(pairs, stated), *name_findings(entries, pairs)]),
        _ordered([*differing(persons, same), *of_one_name(persons)]),
        _ordered(shared(entries)),
    )
    return tuple(finding for findings in by_kind for finding in findings)


def ended(persons: Iterable[Person], today: datetime.date) -> list[Finding]:
    """A note for each project that ended before ``today``, with its contacts, the longest ended first."""
    over: dict[str, list[Entry]] = {}
    running: dict[str, dict[str, Entry]] = {}
    for person in persons:
        goes_on = next((entry for entry in person if entry.end and entry.end >= today), None)
        for entry in person:
            if entry.end and entry.end < today and not entry.disputed:
                over.setdefault(entry.project, []).append(entry)
                if goes_on:
                    running.setdefault(entry.project, {}).setdefault(goes_on.project, goes_on)
    found = []
    for project, entries in over.items():
        entries.sort(key=in_order)
        also = sorted(running.get(project, {}).values(), key=lambda entry: entry.project)
        found.append(_over(entries, also, today))
    return sorted(found, key=lambda finding: (finding.entries[0].end, finding.problem.source.sheet))


def _over(entries: Sequence[Entry], running: Sequence[Entry], today: datetime.date) -> Finding:
    end = entries[0].end or today
    ago = write_length(end + datetime.timedelta(days=1), today, "en")
    also = "".join(f"; also stated for {entry.title}, which runs until {entry.end}" for entry in running)
    problem = Problem(
        entries[0].source,
        Severity.NOTE,
        f"{entries[0].title} ended {end}, {ago} ago{also}",
        "a contact who still answers for the project",
        "Ask whether it holds, and correct or remove it on the sheet.",
    )
    return Finding(Kind.ENDED, problem, tuple(entries))


def _taken_for(stated: Iterable[str], domains: Iterable[Pair], pairs: Iterable[Pair]) -> dict[str, str]:
    """For each address the one that it may be mistyped for, or itself."""
    groups: Groups[str] = Groups()
    for one, other in pairs:
        groups.join(one, other)
    usual = dict(domains)
    stated = list(stated)
    for address in stated:
        local, _, domain = address.rpartition("@")
        groups.join(address, f"{local}@{usual.get(domain, domain)}")
    return {address: groups.of(address) for address in stated}


def _ordered(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda x: (x.problem.source.sheet, x.problem.source.line, x.problem.found))
