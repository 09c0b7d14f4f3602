"""What must hold for the projects asked about, besides names and places: amounts, times, programme, phase, partners."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from esfbot.fields import FIELDS, Kind
from esfbot.language.words import Word, fold, stem
from esfbot.model.query import Condition, Test
from esfbot.questions.amounts import read_amount_conditions
from esfbot.questions.known import Names
from esfbot.questions.marks import Marks
from esfbot.questions.times import TimeCondition, read_time_conditions

_PROGRAMME = re.compile(
    r"\b(?:programområdet?|programme area|program area|priority axis|po)\s*(\d(?:\.\d)?|[a-d]\d?[a-z]?)\b", re.I
)
_WITHIN = frozenset("inom programomradet programomrade within under area".split())
_DATES = ("start", "end", "period")
_PHASE_LETTERS = 6  # of a phase's name that a word must begin with: genomförandeprojekt


@dataclass(frozen=True, slots=True)
class Conditions:
    """Conditions, the ``words`` (indices) that state them, and the ``fields`` they are about."""

    items: tuple[Condition, ...] = ()
    words: frozenset[int] = frozenset()

    @property
    def fields(self) -> frozenset[str]:
        """The fields that the conditions are about."""
        return frozenset(item.field for item in self.items)


def read_conditions(text: str, marks: Marks, fields: Sequence[str], names: Names) -> Conditions:
    """Read the conditions that a question states. ``fields`` are the facts it names, which tell what an amount or a
    time is of: "projects with a budget over", "that started after"."""
    items: list[Condition] = []
    used: set[int] = set()
    field = next((name for name in fields if FIELDS[name].kind is Kind.AMOUNT), "total_budget")
    for amount in read_amount_conditions(text):
        written = text[amount.start : amount.end]
        items.append(Condition(field, amount.test, amount.operands, written))
        used |= _inside(marks.words, amount.start, amount.end)
    for time in read_time_conditions(text):
        if not used & _inside(marks.words, time.start, time.end):
            items.append(_time_condition(time, fields, text))
            used |= _inside(marks.words, time.start, time.end)
    for match in _PROGRAMME.finditer(text):
        items.append(Condition("programme", Test.IS, (match[1].upper(),), match[0]))
        used |= _inside(marks.words, match.start(), match.end())
    for more, words in (_phase(marks, fields, names), _programme_name(marks, names), _organisations(marks, fields)):
        items += more
        used |= words
    return Conditions(tuple(items), frozenset(used))


def _inside(words: Sequence[Word], start: int, end: int) -> set[int]:
    return {i for i, word in enumerate(words) if start <= word.start < end}


def _time_condition(time: TimeCondition, fields: Sequence[str], text: str) -> Condition:
    field = next((name for name in fields if name in _DATES), "period")
    first, last = time.first, time.last
    operands = {Test.BEFORE: (first,), Test.AFTER: (last,), Test.AT_LEAST: (first,), Test.AT_MOST: (last,)}
    return Condition(field, time.test, operands.get(time.test, (first, last)), text[time.start : time.end])


def _phase(marks: Marks, fields: Sequence[str], names: Names) -> tuple[list[Condition], set[int]]:
    """A phase by its name, also in a compound: förprojekteringar, genomförandeprojekt."""
    phases = [phase for phase in names.values("phase") if len(phase) >= _PHASE_LETTERS]
    for i, word in enumerate(marks.words):
        for phase in phases:
            if word.folded.startswith(stem(phase)) and (i in marks.left or "phase" in fields):
                return [Condition("phase", Test.NAMES, (phase,), word.text)], {i}
    return [], set()


def _programme_name(marks: Marks, names: Names) -> tuple[list[Condition], set[int]]:
    """A programme area by its name: "inom Ökat arbetskraftsutbud"."""
    words = [word.folded for word in marks.words]
    for programme in names.values("programme"):
        name = [word for word in programme.split() if not word.startswith("programom") and len(word) > 1]
        for i in range(len(words) - len(name) + 1):
            named = bool(name) and words[i : i + len(name)] == name
            if named and (len(name) > 1 or (i and words[i - 1] in _WITHIN)):
                used = set(range(i, i + len(name)))
                return [Condition("programme", Test.NAMES, (" ".join(name),), marks.text(sorted(used)))], used
    return [], set()


def _organisations(marks: Marks, fields: Sequence[str]) -> tuple[list[Condition], set[int]]:
    """A co-funder, partner or owner that only ordinary words name: "har Arbetsförmedlingen som medfinansiär"."""
    items = []
    used: set[int] = set()
    for match in marks.weak:
        if match.named.field in fields and not used & set(match.words):
            text = " ".join(fold(marks.words[i].text) for i in match.words)
            items.append(Condition(match.named.field, Test.NAMES, (text,), match.named.text))
            used |= set(match.words)
    return items, used
