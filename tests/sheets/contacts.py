"""Invented projects with contacts, and what the check of contacts finds in them."""

import datetime

from esfbot.model.project import Fact, LinkKind, PlaceLink, Project, Source
from esfbot.sheets.contact_check.check import check_contacts
from esfbot.sheets.contact_check.entries import Finding, Kind
from esfbot.values.contacts import dialled

TODAY = datetime.date(2020, 7, 1)


def stated(
    title: str,
    name: str = "",
    email: str = "",
    phone: str = "",
    *,
    end: str = "2025-12-31",
    owner: str = "",
    hjo: LinkKind | None = None,
) -> Project:
    """A project with one contact; what is empty is not stated. ``hjo`` is how it belongs to the municipality Hjo."""
    sheet = f"{title}.txt"
    facts = [Fact("title", title, title, Source(sheet, 1))]
    for line, (field, value) in enumerate((("contact", name), ("email", email), ("phone", phone)), 2):
        if value:
            key = {"email": value.casefold(), "phone": dialled(value)}.get(field, "")
            facts.append(Fact(field, value, value, Source(sheet, line), key))
    if end:
        facts.append(Fact("end", datetime.date.fromisoformat(end), end, Source(sheet, 5)))
    if owner:
        facts.append(Fact("owner", owner, owner, Source(sheet, 6)))
    places = (PlaceLink("1497", hjo, Source(sheet, 7)),) if hjo else ()
    return Project(title, title, (sheet,), tuple(facts), places=places)


def found(*projects: Project, kind: Kind | None = None) -> list[Finding]:
    """What is found, of one kind or of all but ended projects."""
    findings = check_contacts(projects, TODAY)
    return [x for x in findings if (x.kind is kind if kind else x.kind is not Kind.ENDED)]


def said(*projects: Project, kind: Kind | None = None) -> list[str]:
    return [x.problem.found for x in found(*projects, kind=kind)]


def addresses(*emails: str) -> list[Project]:
    """Projects with these addresses and no name beside them."""
    return [stated(f"p{n}", email=email) for n, email in enumerate(emails)]
