"""Who is withheld in a collection of sheets, read from those sheets that name them."""

from collections.abc import Callable, Iterable

from esfbot.errors import SheetRefused
from esfbot.model.project import Sheet
from esfbot.sheets.parse import parse
from esfbot.sheets.persons import agree, is_office_address
from esfbot.sheets.withheld.person import Identifiers, Stated, Wanted, identify, is_misspelt
from esfbot.sheets.withheld.redact import Redactor


def gather(entries: Iterable[Wanted], texts: Callable[[], Iterable[tuple[str, str]]]) -> Identifiers:
    """Find what stands for the people of ``entries`` on sheets: of those that name one of them the contacts are read,
    which may tell a further name, address or number, and so on until nothing new is found.

    ``texts`` gives the names of the sheets with their texts, before anything was taken out of them; it is called two
    or three times.
    """
    entries = tuple(entries)
    found, contacts = identify(entries, ()), dict[str, list[Stated]]()
    while found.people:
        redactor, known = Redactor(found), len(contacts)
        for name, text in texts():
            if name not in contacts and redactor.touches(text):
                contacts[name] = _contacts(name, text)
        if len(contacts) == known:
            return found
        found = identify(entries, (contact for of_sheet in contacts.values() for contact in of_sheet))
    return found


def _contacts(name: str, text: str) -> list[Stated]:
    try:
        return stated(parse(text, name))
    except SheetRefused:
        return []


def stated(sheet: Sheet) -> list[Stated]:
    """The contacts of a sheet from which nobody was taken out, as published.

    With each that has a name come the numbers that the sheet gives to nobody, and the addresses that are made of the
    name.
    """
    groups: dict[int, dict[str, str]] = {}
    for fact in sheet.facts:
        groups.setdefault(fact.group, {}).setdefault(fact.field, fact.published)
    published = ((said.get("contact", ""), said.get("email", ""), said.get("phone", "")) for said in groups.values())
    contacts = [Stated(*said) for said in published if any(said)]
    alone = [contact for contact in contacts if not contact.name]
    named = [contact._replace(others=_others(contact.name, alone)) for contact in contacts if contact.name]
    return named or alone


def _others(name: str, alone: Iterable[Stated]) -> tuple[str, ...]:
    emails = (contact.email for contact in alone if contact.email and not is_office_address(contact.email))
    own = (email for email in emails if agree(name, email) or is_misspelt(name, email))
    return (*own, *(contact.phone for contact in alone if contact.phone))
