"""Contacts of projects to keep: vCards (RFC 2426) for address books and Telegram, CSV for spreadsheets.

The vCards are written here: vobject, the one kept library for them, tells a line's length by its characters where the
standard counts octets, lets control characters through, and takes 25 ms to load.
"""

import datetime
import io
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable
from csv import writer
from dataclasses import dataclass, replace

from esfbot.answers.ended import end_of
from esfbot.fields import field_named
from esfbot.model.project import Contact, Fact, Project, Source
from esfbot.render.sources import lines
from esfbot.sheets.persons import is_person
from esfbot.wording.load import say

LIMIT = 2048  # bytes of a vCard that Telegram takes (core.telegram.org/bots/api#sendcontact)
_FOLD = 75  # octets of a line without its end (RFC 2426, section 2.6)
_BREAK = re.compile(r"\r\n|[\r\n\v\f\x85\u2028\u2029]")
_UNWRITABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")  # control characters but TAB, half characters
_ESCAPED = str.maketrans({"\\": r"\\", ",": r"\,", ";": r"\;", "\n": r"\n"})
# What a spreadsheet takes for the beginning of a formula (owasp.org/www-community/attacks/CSV_Injection), in some
# languages also in full width, and a number whose first digit it drops.
_COUNTED = re.compile(r"\s*(?:[=+\-@＝＋－＠]|0[\d\s]+$)|[^\S\t\n]*[\t\n]")
_PHONE = re.compile(r"[\d\s+()/.\u2010-\u2015-]+")


@dataclass(frozen=True, slots=True)
class ContactCard:
    """What a card says of a contact; what the sheet does not state is empty, or None.

    ``phone`` is in E.164 form (``+46240564451``), empty where that can't be told; ``phone_published`` is what the
    sheet says. ``ended`` is the project's last day once it has passed. ``sheet`` and ``line`` tell where the first fact
    of the contact stands.
    """

    name: str
    email: str
    phone: str
    phone_published: str
    organisation: str
    project: str
    number: str
    ended: datetime.date | None
    sheet: str
    line: int

    @property
    def shown(self) -> str:
        """What the card is filed under: the name; without one the organisation, the address or the number."""
        return self.name or self.organisation or self.email or self.phone or self.phone_published


def contact_cards(project: Project, today: datetime.date) -> tuple[ContactCard, ...]:
    """A card for each contact of the project, in the sheet's order."""
    ended = end_of(project, today)
    return tuple(_card(contact, project, ended) for contact in project.contacts)


def name_parts(name: str) -> tuple[str, str]:
    """A person's given and family names; anything else stays whole, and its family name is empty.

    The last word is the family name, with words in lower case before it: Katarina, de Verdier.
    """
    words = name.split()
    if "," in name or len(words) < 2 or not is_person(name):
        return name, ""
    first = len(words) - 1
    while first and words[first - 1].islower():
        first -= 1
    return (" ".join(words[:first]), " ".join(words[first:])) if first else (name, "")


def vcard(card: ContactCard, language: str) -> str:
    """One vCard 3.0, of at most `LIMIT` bytes in UTF-8.

    Where it would be longer, the project's title in the note is shortened, then the whole note, then the organisation;
    only a name, a number and an address that are too long by themselves make it longer.
    """

    def fits(organisation: str, note: str) -> bool:
        return len(_vcard(replace(card, organisation=organisation), note).encode()) <= LIMIT

    title = _shortened(card.project, lambda text: fits(card.organisation, _note(card, text, language)))
    note = _shortened(_note(card, title, language), lambda text: fits(card.organisation, text))
    organisation = _shortened(card.organisation, lambda text: fits(text, note))
    return _vcard(replace(card, organisation=organisation), note)


def vcf(cards: Iterable[ContactCard], language: str) -> bytes:
    """The cards as a file for an address book, in UTF-8."""
    return "".join(vcard(card, language) for card in cards).encode()


def csv(cards: Iterable[ContactCard], language: str) -> bytes:
    """The cards as Excel opens them in Swedish: UTF-8 with its mark, semicolons, one row a card after the header.

    The number stands twice: as published, and as a link (``tel:+46240564451``, RFC 3966), which no spreadsheet takes
    for a formula or a number; ``+46240564451`` would lose its plus. Any other cell that would be counted, such as
    ``=1+1``, ``+46 (0)240-56 44 51`` or ``0705514063``, begins with an apostrophe.
    """
    file = io.StringIO(newline="")
    rows = writer(file, delimiter=";")
    rows.writerow(_header(language))
    rows.writerows([_cell(text) for text in _row(card)] for card in cards)
    return file.getvalue().encode("utf-8-sig")


def _card(contact: Contact, project: Project, ended: datetime.date | None) -> ContactCard:
    return ContactCard(
        name=_value(contact.name),
        email=_value(contact.email),
        phone=contact.phone.key if contact.phone else "",
        phone_published=contact.phone.published if contact.phone else "",
        organisation=_value(project.first("owner")),
        project=project.title,
        number=_value(project.first("number")),
        ended=ended,
        sheet=contact.facts[0].source.sheet,
        line=contact.facts[0].source.line,
    )


def _value(fact: Fact | None) -> str:
    return str(fact.value) if fact else ""


def _note(card: ContactCard, title: str, language: str) -> str:
    """The project, its end if it has ended, what the sheet says besides the number, and the source, a line each."""
    project = f"{title} ({card.number})" if title and card.number else title or card.number
    source = lines([Source(card.sheet, card.line)], language)
    said = [
        say("card_project", language, project=project) if project else "",
        say("card_ended", language, date=card.ended.isoformat()) if card.ended else "",
        "" if _says_no_more(card) else say("card_phone", language, phone=card.phone_published),
        say("sources", language, places=source) if source else "",
    ]
    return "\n".join(line for line in said if line)


def _says_no_more(card: ContactCard) -> bool:
    """Whether the published number is the one that is dialled, without words, an extension or a second number."""
    digits = re.sub(r"\(0\)|\D", "", card.phone_published).lstrip("0")
    return not card.phone_published or bool(
        digits and _PHONE.fullmatch(card.phone_published) and card.phone.endswith(digits)
    )


def _vcard(card: ContactCard, note: str) -> str:
    given, family = name_parts(card.name)
    properties = [
        ("BEGIN", "VCARD"),
        ("VERSION", "3.0"),
        ("FN", _escaped(card.shown)),
        ("N", f"{_escaped(family)};{_escaped(given)};;;"),
        ("ORG", _escaped(card.organisation)),
        ("TEL;TYPE=WORK", _escaped(card.phone)),
        ("EMAIL", _escaped(card.email)),
        ("NOTE", _escaped(note)),
        ("END", "VCARD"),
    ]
    return "".join(_folded(f"{name}:{value}") + "\r\n" for name, value in properties if value)


def _shortened(text: str, fits: Callable[[str], bool]) -> str:
    """The text, or as much of its beginning as ``fits``, which may be nothing."""

    def cut(length: int) -> str:
        return text[:length].rstrip() + "…" if length else ""

    if fits(text):
        return text
    too_long = bisect_left(range(len(text)), True, key=lambda length: not fits(cut(length)))
    return cut(max(too_long - 1, 0))


def _clean(text: str) -> str:
    """The text without what no file can hold, and with one kind of line breaks."""
    return _UNWRITABLE.sub("", _BREAK.sub("\n", text))


def _escaped(text: str) -> str:
    return _clean(text).translate(_ESCAPED)


def _folded(line: str) -> str:
    """The line in pieces of 75 octets, each on a line of its own that begins with a space; no character is split."""
    folded: list[str] = []
    octets = 0
    for character in line:
        size = len(character.encode())
        if octets + size > _FOLD:
            folded.append("\r\n ")
            octets = 1
        folded.append(character)
        octets += size
    return "".join(folded)


def _header(language: str) -> list[str]:
    name, phone, email, owner, number = (
        field_named(field).called(language) for field in ("contact", "phone", "email", "owner", "number")
    )
    link, project, ended, sheet, line = (
        say(column, language)
        for column in (
            "card_column_link",
            "card_column_project",
            "card_column_ended",
            "card_column_sheet",
            "card_column_line",
        )
    )
    return [name, phone, link, email, owner, project, number, ended, sheet, line]


def _row(card: ContactCard) -> list[str]:
    """The cells in the order of the header, with the date in ISO form."""
    return [
        card.name,
        card.phone_published,
        f"tel:{card.phone}" if card.phone else "",
        card.email,
        card.organisation,
        card.project,
        card.number,
        card.ended.isoformat() if card.ended else "",
        card.sheet,
        str(card.line),
    ]


def _cell(text: str) -> str:
    cleaned = _clean(text)
    return f"'{cleaned}" if _COUNTED.match(cleaned) else cleaned
