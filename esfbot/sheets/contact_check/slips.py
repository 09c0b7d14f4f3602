"""Texts that differ by a slip of the hand, or by letters that look alike, found without comparing all with all."""

import itertools
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from esfbot.language.words import fold

# Letters of other alphabets, folded, by the Latin ones that they or their capitals look like; see Unicode's
# confusables.txt.
_CYRILLIC = str.maketrans("авԁеһнікјӏморԛѕстѵԝху", "abdehhikjlmopqsctvwxy")
_GREEK = str.maketrans("αγειηκνορτυχω", "ayeinkvoptuxw")
_ONE_LOOK = str.maketrans("1i|0", "lllo")  # a capital i is an l
_SHORTEST = 4  # letters below which nearly every two texts are near
_LONGEST = 254  # characters of the longest address; a longer text has as many forms as letters, and is none
_SURE = 6  # letters of a word from which two that differ by a swap are one: lena and elna are two


def latin(text: str) -> str:
    """``text`` folded, with Latin letters for those of other alphabets that look like them."""
    return fold(text).translate(_CYRILLIC).translate(_GREEK)


def look(text: str) -> str:
    """A form that texts share that look alike: ``kariskoga`` and ``karlskoga``, ``berg0`` and ``bergo``."""
    return latin(text).translate(_ONE_LOOK).replace("rn", "m").replace("vv", "w")


def one_slip(one: str, other: str) -> bool:
    """Whether one letter is wrong, missing or added, or two neighbours are swapped (optimal string alignment)."""
    return OSA.distance(one, other, score_cutoff=1) == 1


def near_pairs(texts: Iterable[str]) -> list[tuple[str, str]]:
    """Every two of ``texts`` that are one slip apart, each pair and all of them in order.

    Two such texts share a form in which one character is left out of one of them or both; only texts that share one
    are compared. Digits are never left out: skola1 and skola2 are counted, not mistyped.
    """
    sharing: dict[str, list[str]] = {}
    for text in sorted({text for text in texts if _SHORTEST <= len(text) <= _LONGEST}):
        for form in {text, *(text[:n] + text[n + 1 :] for n, char in enumerate(text) if not char.isdigit())}:
            sharing.setdefault(form, []).append(text)
    candidates = {pair for found in sharing.values() for pair in itertools.combinations(found, 2)}
    return [pair for pair in sorted(candidates) if one_slip(*pair)]


def alike_pairs(texts: Iterable[str]) -> list[tuple[str, str]]:
    """Every two of ``texts`` that are one slip apart or look alike, each pair and all of them in order."""
    texts = sorted(set(texts))
    looks: dict[str, list[str]] = {}
    for text in texts:
        looks.setdefault(look(text), []).append(text)
    same_look = (pair for found in looks.values() for pair in itertools.combinations(found, 2))
    return sorted({*near_pairs(texts), *same_look})


@dataclass(frozen=True, slots=True)
class Difference:
    """What stands in one text and in its place in the other, and how many letters the longer word has that holds it."""

    one: str
    other: str
    word: int

    @property
    def is_swap(self) -> bool:
        """Whether two neighbouring letters are swapped."""
        return len(self.one) == 2 and self.one.isalpha() and self.one == self.other[::-1]

    @property
    def looks_alike(self) -> bool:
        """Whether the two look alike; in short words a digit or another alphabet counts, and not i for l."""
        both = self.one + self.other
        plain = both.isascii() and both.isalpha()
        return look(self.one) == look(self.other) and self.word >= (_SHORTEST if plain else 2)

    @property
    def is_sure(self) -> bool:
        """Whether two names that differ so are hardly ever two people's: they look alike, or letters are swapped."""
        return self.looks_alike or (self.is_swap and self.word >= _SURE)

    def __str__(self) -> str:
        if self.one and self.other:
            return f"{_shown(self.one)} for {_shown(self.other)}"
        return f"{_shown(self.one)} more" if self.one else f"{_shown(self.other)} missing"


def difference(one: str, other: str) -> Difference:
    """How two texts differ: what remains without the beginning and the end that they share."""
    shorter = min(len(one), len(other))
    start = next((n for n in range(shorter) if one[n] != other[n]), shorter)
    end = next((n for n in range(shorter - start) if one[-1 - n] != other[-1 - n]), shorter - start)
    before, after = one[:start], one[len(one) - end :]
    around = len(_last_word(before)) + len(_last_word(after[::-1]))
    own, others = one[start : len(one) - end], other[start : len(other) - end]
    return Difference(own, others, around + max(len(own), len(others)))


def _last_word(text: str) -> str:
    return "".join(itertools.takewhile(str.isalnum, reversed(text)))


def _shown(text: str) -> str:
    """``text`` in quotation marks, with the alphabet of letters that only look Latin."""
    names = (unicodedata.name(char, "").split() for char in text if not char.isascii())
    alphabets = {words[0].title() for words in names if words} - {"Latin"}
    return f"{text!r}" + (f" ({', '.join(sorted(alphabets))})" if alphabets else "")
