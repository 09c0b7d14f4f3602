"""Names that a misspelt word may stand for, by the fewest letters wrong."""

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self


@dataclass(frozen=True, slots=True)
class Spellings:
    """Folded names, by first letter, each with the set of its letters as bits (see `_letters`)."""

    by_first: Mapping[str, tuple[tuple[str, int], ...]]

    @classmethod
    def of(cls, names: Iterable[str]) -> Self:
        """Return the spellings of ``names``, which are folded and without spaces."""
        by_first: dict[str, list[tuple[str, int]]] = {}
        for name in names:
            by_first.setdefault(name[0], []).append((name, _letters(name)))
        return cls({first: tuple(entries) for first, entries in by_first.items()})

    def near(self, typed: str, limit: int) -> tuple[str, ...]:
        """Return the names fewest slips from ``typed``, at most ``limit``: several when equally near, () for none.

        A slip is a letter missing, added, wrong or swapped with the next (optimal string alignment). The first
        letter must be right, or swapped with the second: people seldom get it wrong, and it tells Mora from Nora.
        """
        if limit < 1 or len(typed) < 2:
            return ()
        candidates = self._candidates(typed, limit)
        if not candidates:
            return ()
        # Imported here since it takes as long as all the rest of reading a question (10 ms), and few words get here.
        from rapidfuzz.distance import OSA

        distances = [(OSA.distance(typed, name, score_cutoff=limit), name) for name in candidates]
        least = min(distance for distance, _ in distances)
        return tuple(name for distance, name in distances if distance == least) if least <= limit else ()

    def starting(self, letters: str) -> tuple[str, ...]:
        """Return the names that start with ``letters``."""
        return tuple(name for name, _ in self.by_first.get(letters[:1], ()) if name.startswith(letters))

    def _candidates(self, typed: str, limit: int) -> list[str]:
        swapped = typed[1] + typed[0]
        bits, shortest, longest = _letters(typed), len(typed) - limit, len(typed) + limit
        return [
            name
            for first in dict.fromkeys(swapped)
            for name, letters in self.by_first.get(first, ())
            if shortest <= len(name) <= longest
            and (first == typed[0] or name.startswith(swapped))
            # One slip changes two letters at most: the wrong one and the right one.
            and (bits ^ letters).bit_count() <= 2 * limit
            and _difference(typed, name) <= 2 * limit
        ]


@functools.cache
def lookalikes() -> frozenset[str]:
    """Return the folded words that are spelt like a place but are not one misspelt: ``bostad``, ``hallberg``."""
    text = Path(__file__).with_name("lookalikes.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


def _difference(one: str, other: str) -> int:
    """Return how many letters only one of two words has, wherever they stand."""
    return sum(abs(one.count(letter) - other.count(letter)) for letter in {*one, *other})


def _letters(word: str) -> int:
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 31)
    return bits
