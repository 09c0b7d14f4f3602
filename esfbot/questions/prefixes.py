"""Names found by how their words begin, also misspelt: thousands of them in a millisecond.

The words of all names are kept in order, so that those with one beginning stand together, and for each of them the
names that hold it. Which words of a name are meant is told by bits: 1 for the first, 2 for the second, 4 for the third.
So all names are compared at once.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

_MOST_WORDS = 63  # of a name that count: an integer of numpy has as many bits
_BEHIND = "\U0010ffff"  # stands behind all letters
# Letters of a word in which one may be wrong, and of one in which two may be.
_ONE_WRONG, _TWO_WRONG = 4, 8
# What it costs that a typed word is a word of the name, begins one, is one misspelt, or begins one misspelt: however
# many are unfinished, one that is misspelt is worse.
_COSTS = (0, 1, 100, 101)
_MISSPELT = 100


@dataclass(frozen=True, slots=True)
class PrefixedName:
    """A name by its folded ``words``.

    One of the first ``telling`` must be typed. A name that is ``indirect`` comes after all that are not. One that is
    ``slipped``, written with a slip itself, is found only where slips are allowed.
    """

    words: tuple[str, ...]
    telling: int = _MOST_WORDS
    indirect: bool = False
    slipped: bool = False


class PrefixIndex:
    """Finds names by the beginnings of their words. Safe to use from several threads."""

    def __init__(self, names: Sequence[PrefixedName]) -> None:
        """Take up ``names``; their order is that of names that fit equally well."""
        import numpy as np
        from rapidfuzz.distance import OSA  # loaded with the index, so that no search waits for it

        self._distance = OSA.distance
        held: dict[str, list[tuple[int, int]]] = {}
        for i, name in enumerate(names):
            for position, word in enumerate(name.words[:_MOST_WORDS]):
                held.setdefault(word, []).append((i, 1 << position))
        self._vocabulary = sorted(held)
        self._letters = np.array([_letters(word) for word in self._vocabulary], dtype=np.int64)
        # Word by word, the names that hold it and which of their words it is; and where those of each word begin.
        self._names = np.array([i for word in self._vocabulary for i, _ in held[word]], dtype=np.int64)
        self._bits = np.array([bit for word in self._vocabulary for _, bit in held[word]], dtype=np.int64)
        self._starts = [0]
        for word in self._vocabulary:
            self._starts.append(self._starts[-1] + len(held[word]))
        self._lengths = np.array([len(name.words) for name in names], dtype=np.int64)
        self._telling = np.array([(1 << name.telling) - 1 for name in names], dtype=np.int64)
        self._indirect = np.array([name.indirect for name in names], dtype=np.bool_)
        self._slipped = np.array([name.slipped for name in names], dtype=np.bool_)

    def find(self, typed: Sequence[str], slips: int = 0) -> list[int]:
        """The indices of the names in which each of the folded words ``typed`` begins a word, another one each, best
        first.

        Words of four letters may have one letter wrong, longer ones two, but none more than ``slips``. A whole name is
        best, then whole words, then what begins earlier; what is misspelt comes last.
        """
        import numpy as np

        if len(typed) > self._lengths.max(initial=0):
            return []
        readings: dict[str, Ints] = {}
        left = np.ones(len(self._lengths), dtype=np.bool_) if slips else ~self._slipped
        # Words that may not be misspelt come first: they are quick to look up, and may make the others needless.
        for word in sorted(typed, key=_may_be_misspelt):
            if word not in readings:
                readings[word] = self._readings(word, slips)
                left &= readings[word].any(axis=0)
            if not left.any():
                return []
        among = np.flatnonzero(left)
        taken, cost = np.zeros_like(among), np.zeros_like(among)
        stand = [taken] * len(typed)
        # The longest first: where one word begins another, what that may not have is left to it.
        for i in sorted(range(len(typed)), key=lambda i: -len(typed[i])):
            stand[i], price = _first(readings[typed[i]][:, among] & ~taken)
            taken, cost = taken | stand[i], cost + price
        in_part = (self._lengths[among] != len(typed)) | (cost % _MISSPELT != 0)
        order = np.lexsort((*reversed(stand), cost, in_part, self._indirect[among]))
        fits = np.all(stand, axis=0) & ((taken & self._telling[among]) != 0)
        found: list[int] = among[order][fits[order]].tolist()
        return found

    def _readings(self, word: str, slips: int) -> "Ints":
        """Of every name (column) which of its words ``word`` may be, as bits, in each of the ways of `_COSTS` (row)."""
        import numpy as np

        first, last = self._range(word)
        whole = first + (first < last and self._vocabulary[first] == word)
        begun = [range(first, whole), range(first, last)]
        near = list(self._near(word, slips)) if slips else []
        misspelt = [[i for i, whole in near if whole], [i for i, _ in near]] if near else []
        return np.array([self._held(words) for words in (*begun, *misspelt)])

    def _range(self, start: str) -> tuple[int, int]:
        """The words of the vocabulary that begin with ``start``."""
        return bisect_left(self._vocabulary, start), bisect_left(self._vocabulary, start + _BEHIND)

    def _held(self, words: Sequence[int]) -> "Ints":
        """Of every name which of its words are among these of the vocabulary, as bits."""
        import numpy as np

        rows: slice | list[int]
        if isinstance(words, range):
            rows = slice(self._starts[words.start], self._starts[words.stop])
        else:
            rows = [row for i in words for row in range(self._starts[i], self._starts[i + 1])]
        held = np.zeros(len(self._lengths), dtype=np.int64)
        np.bitwise_or.at(held, self._names[rows], self._bits[rows])
        return held

    def _near(self, word: str, slips: int) -> Iterator[tuple[int, bool]]:
        """The words of the vocabulary that begin with ``word`` misspelt, and whether that is the whole of them.

        A slip is a letter missing, added, wrong or swapped with the next. The first letter is right, or swapped with
        the second.
        """
        import numpy as np

        if not _may_be_misspelt(word):
            return
        most = min(slips, 1 if len(word) < _TWO_WRONG else 2)
        for start in dict.fromkeys((word[0], word[1] + word[0])):
            first, last = self._range(start)
            # A slip brings one letter at most that the right word lacks.
            lacking = np.bitwise_count(_letters(word) & ~self._letters[first:last])
            for i in (np.flatnonzero(lacking <= most) + first).tolist():
                known = self._vocabulary[i]
                ends = range(len(word) - most, min(len(word) + most, len(known)) + 1)
                if known.isalpha() and any(self._is_near(word, known[:end], most) for end in ends):
                    yield i, self._is_near(word, known, most)

    def _is_near(self, word: str, known: str, most: int) -> bool:
        return self._distance(word, known, score_cutoff=most) <= most


def _first(free: "Ints") -> "tuple[Ints, Ints]":
    """Of every name (column) the first word in the cheapest way (row) that has one, as a bit, and what it costs."""
    import numpy as np

    bits, price = np.zeros(free.shape[1], dtype=np.int64), np.zeros(free.shape[1], dtype=np.int64)
    for cost, words in reversed(list(zip(_COSTS, free, strict=False))):
        bits, price = np.where(words, words & -words, bits), np.where(words, cost, price)
    return bits, price


def _may_be_misspelt(word: str) -> bool:
    """Whether a word is long enough, and has no digits: the number that is most like another is another project's."""
    return len(word) >= _ONE_WRONG and word.isalpha()


def _letters(word: str) -> int:
    """The letters of a word as a set of bits; some share one, so that words may seem more alike than they are."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 31)
    return bits
