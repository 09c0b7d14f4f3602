"""The words of a question that name facts, where they stand: which one a number, a time or a "without" is of."""

from collections.abc import Sequence
from dataclasses import dataclass

from esfbot.fields import FIELDS, Kind
from esfbot.questions.lexicon import Match
from esfbot.questions.marks import Marks
from esfbot.wording.load import cue

_COUNTED = ("contact",)
_FILLING = 2  # words between a list's name and the number it is compared with: "antal deltagare är över 100"


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms found in a question, in its order."""

    matches: tuple[Match, ...]

    @property
    def fields(self) -> tuple[str, ...]:
        """The facts that are named, in order, each once."""
        return tuple(dict.fromkeys(name for _, name in self.named()))

    def named(self) -> list[tuple[Match, str]]:
        """Every mention of a fact."""
        return [(m, t.value) for m in self.matches for t in m.terms if t.kind == "field"]

    def said(self, kind: str) -> list[str]:
        """The values of the terms of ``kind``: operation, talk or general."""
        return [t.value for m in self.matches for t in m.terms if t.kind == kind]

    def without(self, words: frozenset[int]) -> "Terms":
        """The terms that do not stand in ``words``."""
        return Terms(tuple(m for m in self.matches if not words & set(range(m.first, m.last))))

    def of(self, field: str) -> frozenset[int]:
        """The words that name ``field``."""
        return frozenset(i for m, name in self.named() if name == field for i in range(m.first, m.last))

    def at(self, i: int) -> list[tuple[Match, str]]:
        """The facts whose name begins at word ``i``."""
        return [(match, name) for match, name in self.named() if match.first == i]

    def nearest(
        self, first: int, last: int, kinds: Sequence[Kind] = (), names: Sequence[str] = ()
    ) -> tuple[str, set[int]] | None:
        """The fact of ``kinds``, or one of ``names``, that is named nearest before words ``first`` to ``last``, or else
        nearest behind them, and the words that name it."""
        fitting = [(m, name) for m, name in self.named() if FIELDS[name].kind in kinds or name in names]
        before = [(m, name) for m, name in fitting if m.last <= first]
        behind = [(m, name) for m, name in fitting if m.first > last]
        for match, name in [*before[-1:], *behind[:1]]:
            return name, set(range(match.first, match.last))
        return None

    def joined_before(self, of: set[int], names: Sequence[str], marks: Marks) -> tuple[str, set[int]] | None:
        """The fact of ``names`` that an "and" joins to the one named by the words ``of``."""
        if not of or marks.words[min(of) - 1].folded not in cue("or"):
            return None
        found = [(m, name) for m, name in self.named() if name in names and m.last == min(of) - 1]
        return next(((name, set(range(m.first, m.last))) for m, name in found), None)

    def counted_at(self, i: int) -> tuple[str, set[int]] | None:
        """The list or count whose name begins at word ``i``: what a number before it counts."""
        return next(((name, set(range(m.first, m.last))) for m, name in self.at(i) if _is_counted(name)), None)

    def counted_before(self, first: int, number: int) -> tuple[str, set[int]] | None:
        """The list or count whose name ends right before the comparison that begins at word ``first``."""
        if first == number:
            return None
        for match, name in reversed(self.named()):
            if _is_counted(name) and 0 <= first - match.last <= _FILLING:
                return name, set(range(match.first, match.last))
        return None


def _is_counted(name: str) -> bool:
    return FIELDS[name].many or FIELDS[name].kind is Kind.COUNT or name in _COUNTED
