"""Who an entry of the list means: the names, addresses and numbers that stand for them on all sheets."""

import functools
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from rapidfuzz.distance import OSA

from esfbot.language.words import fold, split
from esfbot.sheets.persons import agree, is_office, is_office_address, is_person, without_titles
from esfbot.sheets.withheld.forms import Name, initial_forms, name_forms, names_pattern, turned_forms
from esfbot.values.contacts import dialled, find_emails, find_phones

EXPECTED = "a first and a family name, an e-mail address or a telephone number"
_AT = re.compile(r"\s*(?:@|[(\[{]\s*(?:at|@|snabel-?a)\s*[)\]}])\s*", re.I)
_BETWEEN = re.compile(r"\s*(?:[;/,&]|\boch\b|\band\b|\bsamt\b)\s*")
_BETWEEN_PHONES = re.compile(r"\s*(?:[;,]|\beller\b|\boch\b|\bor\b|\band\b)\s*|\s+/\s+|/(?=\s*0)")
_FEWEST_DIGITS = 5
_LONG = 8  # letters of a name from which two may be wrong in a slip
_COMMON = 2  # letters of a word up to which sharing it says nothing: de, af, an initial


class Stated(NamedTuple):
    """A contact as a sheet states it, empty where it does not. ``others`` are addresses and numbers on the sheet that
    may be this contact's, since it does not say whose they are."""

    name: str = ""
    email: str = ""
    phone: str = ""
    others: tuple[str, ...] = ()


class Wanted(Protocol):
    """An entry of the list, as far as it tells who is meant."""

    @property
    def who(self) -> str: ...  # noqa: D102 - see `esfbot.sheets.withheld.entries.Entry`

    @property
    def also(self) -> tuple[str, ...]: ...  # noqa: D102 - the same


@dataclass(frozen=True, slots=True)
class Person:
    """What stands for one withheld person: names as published, addresses in lower case, and numbers in E.164 form (the
    digits alone of one that is no valid number)."""

    names: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()

    def __or__(self, other: "Person") -> "Person":
        return Person(self.names | other.names, self.emails | other.emails, self.phones | other.phones)


@dataclass(frozen=True, slots=True)
class Identifiers:
    """The people who are withheld."""

    people: tuple[Person, ...] = ()

    @property
    def digest(self) -> str:
        """What tells these people from others without naming them: another one means that sheets are to be read
        anew."""
        said = [[sorted(x) for x in (person.names, person.emails, person.phones)] for person in self.people]
        return hashlib.blake2b(repr(sorted(said)).encode(), digest_size=16).hexdigest() if said else ""


def identify(entries: Iterable[Wanted], contacts: Iterable[Stated | tuple[str, str, str]]) -> Identifiers:
    """Find what stands for the people of ``entries`` among the ``contacts`` of all sheets: name, address, number, and
    perhaps others, as `Stated` has them.

    All values of a contact that is one of them stand for them, and so on until nothing new is found. A shared address
    makes somebody of an entirely different name no such person, and a shared number nobody.
    """
    known = [_Contact.of(Stated(*contact)) for contact in contacts]
    return Identifiers(tuple(_person(entry, known) for entry in entries))


def key_of(text: str) -> str:
    """What a name, an address or a number is compared by; empty for a text that is none or could be anybody's."""
    if "@" in _AT.sub("@", text):
        return next((email for email in emails_in(text) if re.fullmatch(r"[^@]+@[^@]+", email)), "")
    if any(map(str.isdigit, text)):
        return next((number for number in numbers_in(text) if number.startswith("+")), "")
    words = [word.folded for word in split(text)]
    name = Name.of(text)
    return " ".join(sorted(words)) if name.is_whole and len(name.given[0].strip(".")) > 1 and len(words) > 1 else ""


def emails_in(text: str) -> list[str]:
    """The addresses of a text in lower case; of one with a sign of an address the whole, where it is malformed."""
    plain = _AT.sub("@", text)
    found = [email.casefold() for email, _, _ in find_emails(plain)]
    return found or (["".join(plain.split()).casefold()] if "@" in plain else [])


def numbers_in(text: str) -> list[str]:
    """The telephone numbers of a text in E.164 form, or the digits of what can't be dialled."""
    found = [number for number, _, _ in find_phones(text)]
    for part in _BETWEEN_PHONES.split(text):
        digits = re.sub(r"[^\d]", "", part)
        number = dialled(part) or (digits if len(digits) >= _FEWEST_DIGITS else "")
        if number and number not in found:
            found.append(number)
    return found


def names_in(text: str) -> list[str]:
    """The names of people in what a sheet has for a contact's name, without titles."""
    for email, _, _ in find_emails(text):
        text = text.replace(email, " ")
    text = re.sub(r"\([^)]*\)", " ", text)
    before, _, after = text.partition(",")
    if len(before.split()) < 3 and len(after.split()) == 1 and _is_name(f"{after} {before}"):
        return [" ".join(f"{after} {before}".split())]
    parts = [without_titles(part) for part in _BETWEEN.split(text)]
    people = [part for part in parts if _is_name(part)]
    alone = text.strip()
    return people or ([alone] if alone.isalpha() and not is_office(alone) else [])


def _is_name(text: str) -> bool:
    return is_person(text) or is_person(text.title())


@dataclass(frozen=True, slots=True)
class _Contact:
    """A contact with what its values hold: ``whole`` is the name as stated."""

    whole: str
    names: tuple[str, ...]
    emails: frozenset[str]
    phones: frozenset[str]
    others: Person = field(default=Person())

    @classmethod
    def of(cls, stated: Stated) -> "_Contact":
        in_name = [number for number, _, _ in find_phones(stated.name)]
        addresses = [email for text in (stated.email, stated.name) for email in emails_in(text)]
        others = _read(stated.others)
        phones = frozenset((*numbers_in(stated.phone), *in_name))
        return cls(stated.name, tuple(names_in(stated.name)), frozenset(addresses), phones, others)

    def as_person(self, names: Sequence[str]) -> Person:
        """All that is known of the contact, or of the one of several in it who has one of these ``names``."""
        emails = self.emails
        if len(self.names) > 1:
            emails = frozenset(email for email in emails if any(agree(name, email) for name in names))
        return Person(frozenset(names), emails, self.phones) | self.others


def _read(texts: Iterable[str]) -> Person:
    """Names, addresses and numbers, each taken for what it is."""
    found = Person()
    for text in texts:
        if emails := emails_in(text):
            found |= Person(emails=frozenset(emails))
        elif any(map(str.isdigit, text)):
            found |= Person(phones=frozenset(numbers_in(text)))
        else:
            found |= Person(names=frozenset(names_in(text) or [" ".join(text.split())]))
    return found


def _person(entry: Wanted, contacts: Sequence[_Contact]) -> Person:
    asked = _read([entry.who])
    person = asked | _read(entry.also)
    while True:
        found = person
        for contact in contacts:
            names = _hers(contact, asked, person)
            if names is not None:
                found |= contact.as_person(names)
        if found == person:
            return person
        person = found


def _hers(contact: _Contact, asked: Person, person: Person) -> Sequence[str] | None:
    """The names by which a contact is the person, which may be none; None for anybody else."""
    if asked.emails & contact.emails or asked.phones & contact.phones:
        return contact.names
    if named := [name for name in contact.names if _is_named(name, contact, person)]:
        return named
    if person.phones & contact.phones:
        slips = [name for name in contact.names if any(_is_slip(fold(name), fold(own)) for own in person.names)]
        if slips:
            return slips
    whole = _pattern(person.names)
    if len(contact.names) < 2 and whole and whole.search(contact.whole):
        return contact.names
    shared = person.emails & contact.emails
    if not shared:
        return None
    if not contact.whole:
        own = any(not is_office_address(email) and agree(name, email) for email in shared for name in person.names)
        return () if own else None
    return [name for name in contact.names if _resemble(name, person.names)] or None


@functools.cache
def _pattern(names: frozenset[str], *, initials: bool = False) -> re.Pattern[str] | None:
    forms = initial_forms(names) if initials else [*name_forms(names), *turned_forms(names)]
    return re.compile(names_pattern(names, forms)) if forms else None


def _is_named(name: str, contact: _Contact, person: Person) -> bool:
    """Whether a contact's name is the person's; with an initial alone only where the address does not deny it."""
    whole, short = _pattern(person.names), _pattern(person.names, initials=True)
    if whole and whole.search(name):
        return True
    told_apart = contact.emails and not any(agree(own, e) for own in person.names for e in contact.emails)
    return bool(short and short.search(name)) and not told_apart


def is_misspelt(name: str, email: str) -> bool:
    """Whether an address is a slip of the hand from being made of a name."""
    return _is_slip(_joined(name), _joined(email.partition("@")[0]))


def _resemble(name: str, others: Iterable[str]) -> bool:
    """Whether two names share a word, or are a slip of the hand apart."""
    words = _telling(name)
    return any(not words.isdisjoint(_telling(other)) or _is_slip(fold(name), fold(other)) for other in others)


def _is_slip(one: str, other: str) -> bool:
    slips = 2 if len(one) >= _LONG else 1
    distance: int = OSA.distance(one, other, score_cutoff=slips)
    return distance <= slips


def _joined(text: str) -> str:
    return "".join(word.folded for word in split(text))


def _telling(name: str) -> set[str]:
    return {word.folded for word in split(name) if len(word.folded) > _COMMON}
