"""Numbers that a question compares something with: "över 5 miljoner", "längre än två år", "at least 40 per cent"."""

import math
import re
from dataclasses import dataclass
from enum import StrEnum

from esfbot.model.query import Test
from esfbot.values.amounts import UNITS, kronor
from esfbot.wording.load import cue

_NUMBER = r"\d{1,3}(?:[\u0020\u00a0\u202f.,]\d{3})+(?!\d)|\d+(?:[.,]\d+)?"
_WORDS = {
    "en halv": "0.5", "ett halvt": "0.5", "halv": "0.5", "halva": "0.5", "hälften": "0.5", "half a": "0.5",
    "half": "0.5", "en kvarts": "0.25", "a quarter": "0.25", "en": "1", "ett": "1", "one": "1", "a": "1", "an": "1",
    "två": "2", "tva": "2", "two": "2", "tre": "3", "three": "3", "fyra": "4", "four": "4", "fem": "5", "five": "5",
    "sex": "6", "six": "6", "sju": "7", "seven": "7", "åtta": "8", "eight": "8", "nio": "9", "nine": "9", "tio": "10",
    "ten": "10", "elva": "11", "eleven": "11", "tolv": "12", "twelve": "12", "arton": "18", "eighteen": "18",
    "tjugo": "20", "twenty": "20", "trettio": "30", "thirty": "30", "fyrtio": "40", "forty": "40", "femtio": "50",
    "fifty": "50", "hundra": "100", "a hundred": "100", "hundred": "100", "tusen": "1000",
}  # fmt: skip
_WORDS |= {
    f"{word} och {half}": f"{number}.5"
    for word, number in _WORDS.items()
    if "." not in number
    for half in ("ett halvt", "en halv")
}
_WORDS |= {f"{word} and a half": f"{number}.5" for word, number in _WORDS.items() if number.isdecimal()}
_IN_WORDS = "|".join(sorted(_WORDS, key=len, reverse=True))
_ONE = rf"(?:{_NUMBER}|\b(?:{_IN_WORDS})\b)"


class Dimension(StrEnum):
    """What a number counts."""

    MONEY = "money"  # kronor
    SHARE = "share"  # per cent
    LENGTH = "length"  # days
    COUNT = "count"


# A month and a year as days, and by how much real ones differ from that: 2009-07-01 to 2009-12-31 is six months.
_DAYS = {"day": (1.0, 0.0), "week": (7.0, 0.0), "month": (30.4375, 2.0), "half": (182.625, 2.0), "year": (365.25, 1.0)}
_LENGTHS = {
    "dag": "day", "dagar": "day", "day": "day", "days": "day", "vecka": "week", "veckor": "week", "week": "week",
    "weeks": "week", "månad": "month", "månader": "month", "manad": "month", "manader": "month", "month": "month",
    "months": "month", "mån": "month", "man": "month", "halvår": "half", "år": "year", "ar": "year", "year": "year",
    "years": "year",
}  # fmt: skip
_SHARES = (
    "%", "procent", "percent", "per cent", "av budgeten", "av sin budget", "av hela budgeten", "av den totala budgeten",
    "of the budget", "of its budget", "of the total budget",
)  # fmt: skip
_UNIT = "|".join(sorted((re.escape(unit) for unit in (*UNITS, *_LENGTHS, *_SHARES)), key=len, reverse=True))
_BETWEEN = r"\b(?:mellan|between|från|from)(?:\s+(?:sek|totalt))?\s*"


def _low(name: str) -> str:
    """The pattern of the lower of two bounds, as the group ``name``."""
    return rf"(?:sek\s*)?(?P<{name}>{_ONE})\s*(?P<{name}_unit>{_UNIT})?\s*"


_QUANTITY = re.compile(
    rf"(?:{_BETWEEN}{_low('low')}(?:och|and|till|to|-|–)\s*|{_low('from')}(?:till|to|-|–)\s*)?"
    rf"(?P<sek>\bsek\s*)?(?P<number>{_ONE})(?:\s*(?P<unit>{_UNIT})(?![^\W_])(?:\s*(?:kronor|kr|sek)\b)?)?",
    re.I,
)
_COMPARED = {
    Test.OVER: (
        ">|över|mer än|fler än|flera än|större än|högre än|längre än|överstigande|överstiger|översteg|"
        "more than|over|above|exceeding|exceeds|greater than|larger than|higher than|longer than"
    ),
    Test.AT_LEAST: ">=|≥|minst|åtminstone|från|at least|minimum",
    Test.UNDER: (
        "<|under|mindre än|färre än|lägre än|kortare än|understigande|understiger|"
        "less than|fewer than|below|lower than|smaller than|shorter than"
    ),
    Test.AT_MOST: "<=|≤|högst|max|maximalt|som mest|upp till|at most|up to|maximum|no more than",
    Test.EQUAL: "exakt|precis|exactly|bara|endast|only",
}
_ABOUT = "cirka|ca|circa|omkring|runt|ungefär|around|about|approximately|roughly"
_OF = "på|om|of|är|var|was|is|lika med|="
_IGNORED = r"(?:\s+(?:totalt|i|sek|en|ett|om|på|a))?"
_BEFORE = {test: re.compile(rf"(?<![^\W_])(?:{words}){_IGNORED}\s*$", re.I) for test, words in _COMPARED.items()}
_CLOSE = re.compile(rf"\b(?:{_ABOUT})\s*$", re.I)
_STATED = re.compile(rf"(?:\b(?:{_OF})|[:=])\s*$", re.I)
_BEHIND = {
    Test.AT_LEAST: re.compile(r"\s*(?:eller (?:mer|fler|över|längre)|or (?:more|above|longer))\b", re.I),
    Test.AT_MOST: re.compile(r"\s*(?:eller (?:mindre|färre|under|kortare)|or (?:less|fewer|below|shorter))\b", re.I),
}
_LONGEST = 60  # characters of a number; a longer run of digits is none
_BARE_AMOUNT = 10_000  # kronor from which a number without a unit is money
_CLOSENESS = 0.1


@dataclass(frozen=True, slots=True)
class Quantity:
    """How a number compares with ``operands``, at characters ``start`` to ``end`` of the question; the number itself
    begins at ``number``. A ``bare`` one has no word that compares it."""

    test: Test
    operands: tuple[int | float, ...]
    dimension: Dimension
    start: int
    number: int
    end: int
    bare: bool = False


def read_quantities(text: str) -> list[Quantity]:
    """Return every number in ``text`` that something is compared with."""
    matches = (match for match in _QUANTITY.finditer(text) if len(match[0]) <= _LONGEST)
    return [found for match in matches if (found := _read(text, match))]


def _read(text: str, match: re.Match[str]) -> Quantity | None:
    start, end = match.start("sek") if match["sek"] else match.start("number"), match.end()
    value, dimension = _value(match["number"], match["unit"])
    if dimension is Dimension.COUNT and (match["sek"] or value >= _BARE_AMOUNT):
        value, dimension = round(value), Dimension.MONEY
    number = _Number(value, dimension, match["number"], match["unit"], start, end)
    which = "low" if match["low"] else "from" if match["from"] and match["unit"] else ""
    if which:
        return _between(match, which, number)
    return _compared(text, number) or _stated(text[:start], number)


@dataclass(frozen=True, slots=True)
class _Number:
    """A number with its unit, as written and as kronor, days or per cent."""

    value: float
    dimension: Dimension
    written: str
    unit: str | None
    start: int
    end: int

    def quantity(self, test: Test, bounds: tuple[int | float, ...], start: int, end: int | None = None) -> Quantity:
        return Quantity(test, bounds, self.dimension, start, self.start, end or self.end)


def _between(match: re.Match[str], which: str, high: _Number) -> Quantity:
    """The span that ends with ``high``; its lower bound stands in the group ``which``."""
    unit = match[f"{which}_unit"] or high.unit
    low, _ = _value(match[which], unit)
    if low > high.value:
        low, _ = _value(match[which], match[f"{which}_unit"])  # "mellan 300 000 och 2 miljoner"
    bounds = _bound(Test.AT_LEAST, low, unit), _bound(Test.AT_MOST, high.value, high.unit)
    return Quantity(Test.BETWEEN, tuple(sorted(bounds)), high.dimension, match.start(), match.start(which), match.end())


def _compared(text: str, number: _Number) -> Quantity | None:
    """The number with the words before or behind it that compare it."""
    for test, pattern in _BEHIND.items():
        if behind := pattern.match(text, number.end):
            return number.quantity(test, (_bound(test, number.value, number.unit),), number.start, behind.end())
    before = text[: number.start]
    words = [(word.start(), test) for test, pattern in _BEFORE.items() if (word := pattern.search(before))]
    if not words:
        return None
    first, test = min(words)  # "no more than" before "more than"
    if test is Test.EQUAL and number.dimension is Dimension.LENGTH:
        bounds = tuple(_bound(test, number.value, number.unit) for test in (Test.AT_LEAST, Test.AT_MOST))
        return number.quantity(Test.BETWEEN, bounds, first)
    return number.quantity(test, (_bound(test, number.value, number.unit),), first)


def _stated(before: str, number: _Number) -> Quantity | None:
    """The number that something is said to be, or to be about."""
    if number.dimension is Dimension.MONEY and (word := _CLOSE.search(before)):
        low, high = number.value * (1 - _CLOSENESS), number.value * (1 + _CLOSENESS)
        return _near(low, high, word.start(), number.start, number.end)
    if number.dimension is Dimension.MONEY and (word := _STATED.search(before)):
        half = _half_of_last_digit(number.written, number.unit)
        return _near(number.value - half, number.value + half, word.start(), number.start, number.end)
    if number.dimension is Dimension.LENGTH:
        return None
    return Quantity(Test.EQUAL, (number.value,), number.dimension, number.start, number.start, number.end, bare=True)


def _near(low: float, high: float, start: int, number: int, end: int) -> Quantity:
    """An amount within bounds; the very one where they are the same."""
    bounds = (math.ceil(low), math.floor(high))
    if bounds[0] == bounds[1]:
        return Quantity(Test.EQUAL, bounds[:1], Dimension.MONEY, start, number, end)
    return Quantity(Test.BETWEEN, bounds, Dimension.MONEY, start, number, end)


def _value(number: str, unit: str | None) -> tuple[float, Dimension]:
    """A number as written, in kronor, days, per cent or as it is."""
    digits = _WORDS.get(number.lower(), number)
    unit = (unit or "").lower()
    if unit in UNITS:
        return kronor(digits, unit), Dimension.MONEY
    value = _plain(digits)
    if unit in _LENGTHS:
        return value * _DAYS[_LENGTHS[unit]][0], Dimension.LENGTH
    if unit in _SHARES:
        return (100 * value if digits == "0.5" else value), Dimension.SHARE
    return value, Dimension.COUNT


def _plain(digits: str) -> float:
    if re.fullmatch(r"\d+[.,]\d{1,2}", digits):
        return float(digits.replace(",", "."))
    return float(re.sub(r"\D", "", digits))


def _bound(test: Test, value: float, unit: str | None) -> float:
    """The number to compare with: of a length in days the one that all periods so long reach, or none exceeds."""
    name = _LENGTHS.get((unit or "").lower())
    if name is None:
        return round(value) if value == round(value) else value
    slack = _DAYS[name][1]
    return math.ceil(value + slack) if test in (Test.OVER, Test.AT_MOST) else math.floor(value - slack)


def _half_of_last_digit(number: str, unit: str | None) -> float:
    """Half of what the last digit of an amount stands for: 2,7 miljoner may be 2 650 000 to 2 750 000 kronor."""
    scale = UNITS.get((unit or "").lower(), 1)
    if scale == 1:
        return 0
    decimals = re.search(r"[.,](\d{1,2})$", _WORDS.get(number.lower(), number))
    return scale * 10.0 ** -(len(decimals[1]) if decimals else 0) / 2


def in_years_or_months(test: Test, days: float) -> tuple[int, str]:
    """The whole number of years, months or weeks, and which of them, that a bound in days was read from; else days."""
    for unit in ("year", "month", "week"):
        number = round(days / _DAYS[unit][0])
        if number and _bound(test, number * _DAYS[unit][0], unit) == days:
            return number, unit
    return round(days), "day"


def counts(folded: str) -> bool:
    """Whether a folded word is a unit: what stands before it is a number of something."""
    return folded in UNITS or folded in _LENGTHS or folded in _SHARES or folded in cue("participants")
