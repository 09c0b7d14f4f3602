"""The gazetteer: 290 municipalities, 21 counties and 8 ESF regions, by code and by name.

``places.csv`` beside this file holds them; ``scripts/make_places.py`` made it and says where it all comes from.
"""

import csv
import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from esfbot.language.words import Word, normalise, split
from esfbot.sweden.spelling import Spellings

# How people type the three letters on a keyboard that lacks them: Goeteborg, Umeaa.
_TYPED_OUT = str.maketrans({"å": "aa", "ä": "ae", "ö": "oe"})
_MUNICIPALITY_AFTER = frozenset({"kommun", "kommuns", "kommunen", "kn", "stad", "stads", "municipality"})
_MUNICIPALITY_BEFORE = frozenset({"kommun", "kommunen", "municipality", "city", "of"})


class PlaceKind(StrEnum):
    """What a place is. A region is one of the Swedish ESF Council's eight, which are the NUTS-2 areas."""

    MUNICIPALITY = "municipality"
    COUNTY = "county"
    REGION = "region"


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality, county or region.

    ``code`` has four digits for a municipality and two for a county (Statistics Sweden's), and is the NUTS-2 code,
    as SE31, for a region. ``name`` is the bare name: ``Dalarna``, not ``Dalarnas län``. ``parent`` is the code of
    the place it lies in, empty for a region.
    """

    code: str
    kind: PlaceKind
    name: str
    parent: str
    other_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Name:
    """One way to write a place's name: its folded ``words``, and ``spelt``, the words as spelt but in lower case."""

    place: Place
    words: tuple[str, ...]
    spelt: str


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """All places, by code and by name.

    ``by_name`` has for a key the folded words of a name without spaces (``ostragoinge``), so that joined and divided
    names are found too. ``starts`` holds the first three letters of every key: text that starts otherwise names
    no place.
    """

    by_code: Mapping[str, Place]
    by_name: Mapping[str, tuple[Name, ...]]
    starts: frozenset[str]

    def above(self, place: Place) -> tuple[Place, ...]:
        """Return the places that ``place`` lies in, the nearest first: county and region of a municipality."""
        if not place.parent:
            return ()
        parent = self.by_code[place.parent]
        return (parent, *self.above(parent))

    def within(self, place: Place) -> tuple[Place, ...]:
        """Return all municipalities of a county or region, by code; of a municipality, itself."""
        if place.kind is PlaceKind.MUNICIPALITY:
            return (place,)
        municipalities = (p for p in self.by_code.values() if p.kind is PlaceKind.MUNICIPALITY)
        return tuple(p for p in municipalities if place in self.above(p))

    def named(self, text: str) -> tuple[Place, ...]:
        """Return the places of any kind whose name, up to letter case and diacritics, is ``text``."""
        return tuple(dict.fromkeys(name.place for name in self.spelt(split(normalise(text)))))

    def spelt(self, words: Sequence[Word]) -> tuple[Name, ...]:
        """Return the names that ``words`` spell together, also in the genitive.

        Diacritics may be left out but not put in: våra is not Vara. Where two places differ in one only (Habo, Håbo),
        the one written just so is meant.
        """
        folded = "".join(word.folded for word in words)
        typed = "".join(word.text for word in words).casefold()
        found = self.by_name.get(folded, ())
        if not found and folded.endswith("s"):
            found, typed = self.by_name.get(folded[:-1], ()), typed[:-1]
        if not found:
            return ()
        just_so = tuple(name for name in found if name.spelt == typed)
        return just_so or tuple(name for name in found if _may_spell(typed, name.spelt))


@functools.cache
def gazetteer() -> Gazetteer:
    """Return the gazetteer, read from ``places.csv`` once."""
    # Opened by path since importlib.resources alone takes longer to import than the file to read and index (6 ms).
    with Path(__file__).with_name("places.csv").open(encoding="utf-8", newline="") as file:
        places = [
            Place(row["code"], PlaceKind(row["kind"]), row["name"], row["parent"], _listed(row["other"]))
            for row in csv.DictReader(file)
        ]
    by_name: dict[str, list[Name]] = {}
    for place in places:
        for name in _names_of(place):
            by_name.setdefault("".join(name.words), []).append(name)
    return Gazetteer(
        by_code={place.code: place for place in places},
        by_name={key: tuple(names) for key, names in by_name.items()},
        starts=frozenset(key[:length] for key in by_name for length in (1, 2, 3)),
    )


def municipality_named(text: str) -> Place | None:
    """Return the municipality that ``text`` names, as ``Arvika``, ``Arvika kn`` or ``Lunds kommun``, or None."""
    return _only_municipality(gazetteer().spelt(_bare(text)))


def nearest_municipality(text: str) -> Place | None:
    """Return the municipality whose name is spelt most like ``text``, or None when none or several are near.

    Near means at most one letter in three wrong. It is for suggestions, never for answers.
    """
    exact = municipality_named(text)
    if exact is not None:
        return exact
    typed = "".join(word.folded for word in _bare(text))
    keys = _municipality_spellings().near(typed, len(typed) // 3)
    return _only_municipality(name for key in keys for name in gazetteer().by_name[key])


def _only_municipality(names: Iterable[Name]) -> Place | None:
    found = {name.place for name in names if name.place.kind is PlaceKind.MUNICIPALITY}
    return found.pop() if len(found) == 1 else None


@functools.cache
def _municipality_spellings() -> Spellings:
    by_name = gazetteer().by_name
    return Spellings.of(key for key, names in by_name.items() if _only_municipality(names))


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


def _names_of(place: Place) -> list[Name]:
    names: dict[tuple[str, ...], Name] = {}
    for spelling in (place.name, *place.other_names):
        lower = spelling.casefold()
        for variant in (lower, lower.translate(_TYPED_OUT)):
            words = split(variant)
            folded = tuple(word.folded for word in words)
            names.setdefault(folded, Name(place, folded, "".join(word.text for word in words)))
    return list(names.values())


def _may_spell(typed: str, spelt: str) -> bool:
    if typed.isascii() or len(typed) != len(spelt):
        return True
    # The Norwegian ø stands for ö; any other letter beyond ASCII must be the name's own: Bodén is a family name.
    return all(a == b or a.isascii() or a == "ø" for a, b in zip(typed, spelt, strict=True))


def _bare(text: str) -> tuple[Word, ...]:
    words = split(normalise(text))
    while len(words) > 1 and words[-1].folded in _MUNICIPALITY_AFTER:
        words = words[:-1]
    while len(words) > 1 and words[0].folded in _MUNICIPALITY_BEFORE:
        words = words[1:]
    return words
