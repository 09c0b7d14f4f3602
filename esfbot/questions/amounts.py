"""Conditions on amounts: "över 5 miljoner", "between 1 and 7 million", "högst 700 tkr"."""

import re
from dataclasses import dataclass

from esfbot.model.query import Operand, Test
from esfbot.values.amounts import UNITS, kronor

_NUMBER = r"\d{1,3}(?:[  .,]\d{3})+(?!\d)|\d+(?:[.,]\d+)?"
_WORDS = {
    "en halv": "0.5", "ett halvt": "0.5", "halv": "0.5", "half a": "0.5", "en": "1", "ett": "1", "one": "1", "a": "1",
    "två": "2", "two": "2", "tre": "3", "three": "3", "fyra": "4", "four": "4", "fem": "5", "five": "5", "sex": "6",
    "six": "6", "sju": "7", "seven": "7", "åtta": "8", "eight": "8", "nio": "9", "nine": "9", "tio": "10", "ten": "10",
    "tjugo": "20", "twenty": "20",
}  # fmt: skip
_IN_WORDS = "|".join(sorted(_WORDS, key=len, reverse=True))
_UNIT = "|".join(sorted((re.escape(unit) for unit in UNITS), key=len, reverse=True))
_ONE = rf"(?:{_NUMBER}|\b(?:{_IN_WORDS})\b)"
_COMPARED = {
    Test.OVER: (
        "över|mer än|fler än|större än|högre än|överstigande|"
        "more than|over|above|exceeding|greater than|larger than|higher than"
    ),
    Test.AT_LEAST: "minst|åtminstone|från|at least|minimum",
    Test.UNDER: "under|mindre än|lägre än|understigande|less than|below|lower than|smaller than",
    Test.AT_MOST: "högst|max|maximalt|som mest|upp till|at most|up to|maximum",
    Test.BETWEEN: "mellan|between|från|from",
}
_BEFORE = {test: re.compile(rf"\b(?:{words})\s*(?:sek\s*)?$", re.I) for test, words in _COMPARED.items()}
_BEHIND = {
    Test.AT_LEAST: re.compile(r"\s*(?:eller mer|eller över|or more|or above)\b", re.I),
    Test.AT_MOST: re.compile(r"\s*(?:eller mindre|eller under|or less|or below)\b", re.I),
}
_AMOUNT = re.compile(
    rf"(?:(?P<low>{_ONE})\s*(?P<low_unit>{_UNIT})?\s*(?:och|and|till|to|-|–)\s*)?"
    rf"(?P<number>{_ONE})\s*(?P<unit>{_UNIT})(?![^\W_])(?:\s*(?:kronor|kr|sek))?"
    rf"|(?P<bare>\d{{1,3}}(?:[  .,]\d{{3}})+(?!\d)|\d{{5,12}})(?!\d)",
    re.I,
)


_LONGEST = 60  # characters of an amount; a longer run of digits is none


@dataclass(frozen=True, slots=True)
class AmountCondition:
    """How an amount is to compare with kronor, at characters ``start`` to ``end`` of the question."""

    test: Test
    operands: tuple[Operand, ...]
    start: int
    end: int


def read_amount_conditions(text: str) -> list[AmountCondition]:
    """Return every amount in ``text`` that something is compared with."""
    found = []
    for match in _AMOUNT.finditer(text):
        if len(match[0]) > _LONGEST:
            continue
        before = text[: match.start()]
        high = _value(match["number"] or match["bare"], match["unit"])
        if match["low"] and (word := _BEFORE[Test.BETWEEN].search(before)):
            low = _value(match["low"], match["low_unit"] or match["unit"])
            found.append(AmountCondition(Test.BETWEEN, tuple(sorted((low, high))), word.start(), match.end()))
            continue
        behind = next((test for test, words in _BEHIND.items() if words.match(text, match.end())), None)
        if behind:
            found.append(AmountCondition(behind, (high,), match.start(), match.end()))
            continue
        for test in (Test.OVER, Test.AT_LEAST, Test.UNDER, Test.AT_MOST):
            if word := _BEFORE[test].search(before):
                found.append(AmountCondition(test, (high,), word.start(), match.end()))
                break
    return found


def _value(number: str, unit: str | None) -> int:
    return kronor(_WORDS.get(number.lower(), number), unit)
