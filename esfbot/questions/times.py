"""Conditions on time: "2010", "efter mars 2009", "between 2010 and 2012", "våren 2013", "före den 1 juli 2011"."""

import calendar
import datetime
import re
from dataclasses import dataclass

from esfbot.model.query import Test
from esfbot.values.dates import MONTH_NUMBERS, find_dates

_MONTH = (
    r"\b(?:january?i?|jan|february?i?|feb|mars|march|mar|april|apr|maj|may|june?|juni|jun|july?|juli|jul|august?i?|aug"
    r"|september|sept?|o[kc]tober|o[kc]t|november|nov|december|dec)\b\.?"
)
_SEASONS = {
    "våren": (1, 5), "vårterminen": (1, 6), "spring": (3, 5), "sommaren": (6, 8), "summer": (6, 8), "hösten": (8, 12),
    "höstterminen": (8, 12), "autumn": (9, 11), "vintern": (1, 2), "början av": (1, 4), "slutet av": (9, 12),
    "första halvåret": (1, 6), "first half of": (1, 6), "andra halvåret": (7, 12), "second half of": (7, 12),
}  # fmt: skip
_SEASON = "|".join(_SEASONS)
_YEAR = r"(?:19|20)\d\d"
_TIME = re.compile(
    rf"(?:(?P<season>\b(?:{_SEASON}))\s+|(?P<month>{_MONTH})\s+(?:månad\s+)?)?(?:år\s+)?(?P<year>{_YEAR})(?![\d/-]*\d)"
    rf"|(?P<first>{_YEAR})\s*[-–]\s*(?P<last>{_YEAR})(?![-\d])",
    re.I,
)
_JOIN = re.compile(r"\s*(?:och|and|till|to|-|–|t\.?o\.?m\.?)\s*", re.I)
_RELATIONS = {
    Test.BEFORE: "före|innan|before|tidigare än|earlier than",
    Test.AFTER: "efter|after|senare än|later than",
    Test.AT_LEAST: "från och med|fr\\.?o\\.?m\\.?|sedan|since|från|from|tidigast",
    Test.AT_MOST: "till och med|t\\.?o\\.?m\\.?|senast|by|until|fram till",
}
_BEFORE = {test: re.compile(rf"\b(?:{words})\s+(?:den\s+|the\s+|år\s+)?$", re.I) for test, words in _RELATIONS.items()}
_BEHIND = {
    Test.AT_LEAST: re.compile(r"\s*(?:eller senare|och senare|och framåt|or later|and later|onwards?)\b", re.I),
    Test.AT_MOST: re.compile(r"\s*(?:eller tidigare|och tidigare|or earlier|and earlier)\b", re.I),
}
_BETWEEN = re.compile(r"\b(?:mellan|between|från|from|under åren)\s+(?:år\s+|åren\s+)?$", re.I)


@dataclass(frozen=True, slots=True)
class TimeCondition:
    """A span of days, both inclusive, and how it is to compare, at characters ``start`` to ``end`` of the question."""

    test: Test
    first: datetime.date
    last: datetime.date
    start: int
    end: int


def read_time_conditions(text: str) -> list[TimeCondition]:
    """Return every time in ``text``: years, months, seasons, half-years and dates, alone or from one to another."""
    spans = _joined(text, _spans(text))
    return [_related(text, *span) for span in spans]


_Span = tuple[datetime.date, datetime.date, int, int]


def _spans(text: str) -> list[_Span]:
    dates = [(date, date, start, end) for date, start, end in find_dates(text)]
    taken = {i for _, _, start, end in dates for i in range(start, end)}
    times = [
        _span(match) for match in _TIME.finditer(text) if match.start() not in taken and match.end() - 1 not in taken
    ]
    return sorted([*dates, *times], key=lambda span: span[2])


def _span(match: re.Match[str]) -> _Span:
    if match["first"]:
        first, last = int(match["first"]), int(match["last"])
        return datetime.date(first, 1, 1), datetime.date(last, 12, 31), match.start(), match.end()
    year = int(match["year"])
    from_, to = 1, 12
    if match["season"]:
        from_, to = _SEASONS[match["season"].lower()]
    elif match["month"]:
        from_ = to = MONTH_NUMBERS.get(match["month"][:3].lower(), 1)
    last_day = calendar.monthrange(year, to)[1]
    return datetime.date(year, from_, 1), datetime.date(year, to, last_day), match.start(), match.end()


def _joined(text: str, spans: list[_Span]) -> list[_Span]:
    """The spans, two that "mellan … och …" or a dash joins made into one."""
    joined: list[_Span] = []
    for span in spans:
        if joined and _JOIN.fullmatch(text[joined[-1][3] : span[2]]) and _BETWEEN.search(text[: joined[-1][2]]):
            first, _, start, _ = joined[-1]
            joined[-1] = (first, span[1], start, span[3])
        else:
            joined.append(span)
    return joined


def _related(text: str, first: datetime.date, last: datetime.date, start: int, end: int) -> TimeCondition:
    before = text[:start]
    for test, behind in _BEHIND.items():
        if found := behind.match(text, end):
            return TimeCondition(test, first, last, start, found.end())
    for test, words in _BEFORE.items():
        if found := words.search(before):
            return TimeCondition(test, first, last, found.start(), end)
    return TimeCondition(Test.WITHIN, first, last, start, end)
