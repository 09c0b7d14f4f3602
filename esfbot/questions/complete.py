"""Search as one types: projects, contacts and places by the beginnings of their names."""

import functools
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from esfbot.language.words import fold, normalise, split
from esfbot.model.project import Contact, Project
from esfbot.questions.prefixes import PrefixedName, PrefixIndex
from esfbot.store.sqlite import SqliteStore
from esfbot.sweden.places import PlaceKind, gazetteer
from esfbot.values.contacts import is_email

_FIELDS = ("number", "owner", "contact", "email", "phone")
_FEWEST_DIGITS = 5  # of a telephone number, that it is found by
_SWEDEN = 46
_BEHIND = "\U0010ffff"  # stands behind all letters
# What people say behind the name of a place, folded: Dalarnas län.
_CALLED = {PlaceKind.MUNICIPALITY: ("kommun", "municipality"), PlaceKind.COUNTY: ("lan", "county")}
_NO_GENITIVE = ("s", "x", "z")


class Offered(StrEnum):
    """What an offer is."""

    PROJECT = "project"
    CONTACT = "contact"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that may be meant by what was typed.

    ``name`` is a project's title, a contact's name, or a place's as in the gazetteer, with its ``code``, which others
    lack. ``projects`` are the ids of those it stands for, in the sheets' order: a project itself, all whose contact is
    exactly this person, or all that belong to the place.
    """

    kind: Offered
    name: str
    code: str
    projects: tuple[str, ...]


def complete(typed: str, store: SqliteStore) -> tuple[Offer, ...]:
    """Everything that may be meant by what is ``typed`` so far, best first; all projects where it holds no word yet.

    Each word typed begins a word of the name, another one each, in any order. Projects are also found by number and
    owner, behind all that has such a name, and contacts by address and telephone number, behind these. Only where
    nothing is found that way may words be misspelt. The first call in a generation reads all its names.
    """
    index = _index(store)
    typed = normalise(typed)
    words = [word.folded for word in split(typed)]
    if not words:
        return index.offers[: index.projects]
    found = [*index.named(words), *index.reached(typed)] or index.named(words, 1) or index.named(words, 2)
    return tuple(index.offers[i] for i in dict.fromkeys(found))


class _Index:
    """The offers of a generation, the projects first, and what they are found by."""

    def __init__(self, store: SqliteStore) -> None:
        import phonenumbers  # loaded with the index, so that no search waits for it

        self._phonenumbers = phonenumbers
        ids = store.find()
        projects = store.projects(ids, _FIELDS)
        people, places = _people(projects), _places(store, ids)
        self.projects = len(projects)
        self.offers = (
            *(Offer(Offered.PROJECT, project.title, "", (project.id,)) for project in projects),
            *(Offer(Offered.CONTACT, person.name, "", tuple(person.projects)) for person in people),
            *places,
        )
        first_place = len(projects) + len(people)
        # Names that fit equally well keep this order: places, projects, contacts.
        of_places = _names_of_places()
        names = [(name, first_place + i) for i, place in enumerate(places) for name in of_places[place.code]]
        names += [(name, i) for i, offer in enumerate(self.offers[:first_place]) for name in _written(offer.name)]
        names += [
            (name, i)
            for of in ("number", "owner")
            for i, project in enumerate(projects)
            for fact in project.all(of)
            for name in _written(str(fact.value), indirect=True)
        ]
        self._names = PrefixIndex([name for name, _ in names])
        self._named = [offer for _, offer in names]
        keys = [(key, len(projects) + i) for i, person in enumerate(people) for key in person.keys]
        # What stands with no name on the sheet finds the project.
        keys += [
            (key, i)
            for i, project in enumerate(projects)
            for contact in project.contacts
            if contact.name is None
            for key in _keys(contact)
        ]
        self._keys = sorted(set(keys))
        self._dialled("08-600 84 63")  # what is known of Swedish numbers is read with the first

    def named(self, words: Sequence[str], slips: int = 0) -> list[int]:
        """The offers that are found by ``words``, with up to ``slips`` letters wrong in each; some more than once."""
        return [self._named[i] for i in self._names.find(words, slips)]

    def reached(self, typed: str) -> list[int]:
        """The offers whose e-mail address or telephone number begins as ``typed``."""
        start = self._dialled(typed)
        if "@" in typed or (len(typed.split()) == 1 and any(char.isalpha() for char in typed)):
            start = fold("".join(typed.split()))  # a phone's keyboard puts spaces behind full stops
        return list(self._with_key(start)) if start else []

    def _with_key(self, start: str) -> Iterator[int]:
        for i in range(bisect_left(self._keys, (start,)), bisect_left(self._keys, (start + _BEHIND,))):
            yield self._keys[i][1]

    def _dialled(self, typed: str) -> str:
        """A telephone number in E.164 form, as far as it is typed; empty where it is none."""
        if sum(char.isdecimal() for char in typed) < _FEWEST_DIGITS or any(char.isalpha() for char in typed):
            return ""
        try:
            number = self._phonenumbers.parse(typed, "SE")
        except self._phonenumbers.NumberParseException:
            return ""
        if number.country_code == _SWEDEN:
            return f"+{_SWEDEN}{number.national_number}"  # of a number cut short the trunk zero would be kept
        return self._phonenumbers.format_number(number, self._phonenumbers.PhoneNumberFormat.E164)


# Each index is of a generation, which never changes; only one of them is live.
_index = functools.lru_cache(maxsize=1)(_Index)


@dataclass(slots=True)
class _Person:
    """A contact as first named, with the addresses and numbers, folded, and the projects' ids."""

    name: str
    keys: dict[str, None] = field(default_factory=dict)
    projects: dict[str, None] = field(default_factory=dict)


def _people(projects: Sequence[Project]) -> list[_Person]:
    """The contacts of all projects in the sheets' order, each person once.

    Two of one name are one person where they share an address or a number and differ in neither. Of whom only the name
    is known, or who may be either of two such, is taken for somebody that no other project has.
    """
    stated = [(project.id, contact, _known(contact)) for project in projects for contact in project.contacts]
    full = {known for _, _, known in stated if all(known)}
    sharing: dict[tuple[str, str], list[_Known]] = {}
    for name, email, phone in full:
        for key in (email, phone):
            sharing.setdefault((name, key), []).append((name, email, phone))
    people: dict[tuple[str, ...], _Person] = {}
    for project, contact, known in stated:
        if contact.name is None:
            continue
        name, email, phone = known
        others = [known] if known in full else sharing.get((name, email or phone), [])
        alone = len(others) > 1 or not (email or phone)
        identity = (*known, project) if alone else (others or [known])[0]
        person = people.setdefault(identity, _Person(str(contact.name.value)))
        person.keys.update(dict.fromkeys(_keys(contact)))
        person.projects[project] = None
    return list(people.values())


_Known = tuple[str, str, str]


def _known(contact: Contact) -> _Known:
    """What a contact is told from others by: the name, the address and the number; empty where they are not known."""
    email, phone = contact.email, contact.phone
    return (
        " ".join(_words(str(contact.name.value))) if contact.name else "",
        email.key if email and is_email(email.key) else "",
        phone.key if phone else "",
    )


def _keys(contact: Contact) -> list[str]:
    """The address and the number of a contact as they are looked up."""
    return [fold(fact.key) for fact in (contact.email, contact.phone) if fact and fact.key]


def _places(store: SqliteStore, ids: Sequence[str]) -> list[Offer]:
    """The places that projects belong to, as a list of a place has them, in the gazetteer's order."""
    positions = {id_: i for i, id_ in enumerate(ids)}
    linked: dict[str, set[int]] = {}
    for project, code in store.places_of(ids):
        linked.setdefault(code, set()).add(positions[project])
    by_code = gazetteer().by_code
    return [
        Offer(Offered.PLACE, place.name, code, tuple(ids[i] for i in sorted(linked[code])))
        for code, place in by_code.items()
        if code in linked
    ]


@functools.cache
def _names_of_places() -> dict[str, list[PrefixedName]]:
    """The ways to write each place, by code: its names, also with what it is: Ludvika kommun, Dalarnas län.

    By a name that is not shown, as Greater Stockholm, it is found indirectly.
    """
    found: dict[str, list[PrefixedName]] = {}
    for name in (name for names in gazetteer().by_name.values() for name in names):
        *first, last = name.words
        written = [name.words]
        for called in _CALLED.get(name.place.kind, ()):
            forms = (last,) if last.endswith(_NO_GENITIVE) else (last, f"{last}s")
            written += [(*first, form, called) for form in forms]
        other, own = name.words != _words(name.place.name), len(name.words)
        names = [PrefixedName(words, telling=own, indirect=other) for words in written]
        found.setdefault(name.place.code, []).extend(names)
    return found


def _written(text: str, *, indirect: bool = False) -> Iterator[PrefixedName]:
    """The ways to write a name: as it is, and with a slip, without a hyphen or the like: O'Dalmark as Odalmark."""
    pieces = [_words(piece) for piece in text.split()]
    yield PrefixedName(tuple(word for words in pieces for word in words), indirect=indirect)
    parted = [i for i, words in enumerate(pieces) if len(words) > 1]
    for joined in [[i] for i in parted] + ([parted] if len(parted) > 1 else []):
        written = [["".join(words)] if i in joined else words for i, words in enumerate(pieces)]
        yield PrefixedName(tuple(word for words in written for word in words), indirect=indirect, slipped=True)


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.folded for word in split(normalise(text)))
