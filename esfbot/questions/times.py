"""Conditions on time: "2010", "efter mars 2009", "between 2010 and 2012", "våren 2013", "mars till juni 2011",
"just nu"."""

import calendar
import contextlib
import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from esfbot.model.query import TODAY, Test
from esfbot.values.dates import MONTH_NUMBERS, find_dates

_MONTH = (
    r"\b(?:january?i?|jan|february?i?|feb|mars|march|mar|april|apr|maj|may|june?|juni|jun|july?|juli|jul|august?i?|aug"
    r"|september|sept?|o[kc]tober|o[kc]t|november|nov|december|dec)\b\.?"
)
_SEASONS = {
    "våren": (3, 5), "vårterminen": (1, 6), "spring": (3, 5), "sommaren": (6, 8), "summer": (6, 8), "hösten": (9, 11),
    "höstterminen": (8, 12), "autumn": (9, 11), "vintern": (1, 2), "början av": (1, 4), "slutet av": (9, 12),
    "första halvåret": (1, 6), "first half of": (1, 6), "andra halvåret": (7, 12), "second half of": (7, 12),
    "first six months of": (1, 6), "early": (1, 4), "tidigt": (1, 4), "tidiga": (1, 4), "late": (9, 12),
    "sent": (9, 12),
    "beginning of": (1, 4), "start of": (1, 4), "end of": (9, 12), "mitten av": (5, 8), "middle of": (5, 8),
    "första kvartalet": (1, 3), "andra kvartalet": (4, 6), "tredje kvartalet": (7, 9), "fjärde kvartalet": (10, 12),
    "first quarter of": (1, 3), "second quarter of": (4, 6), "third quarter of": (7, 9), "fourth quarter of": (10, 12),
    "q1": (1, 3), "q2": (4, 6), "q3": (7, 9), "q4": (10, 12), "fall": (9, 11), "fall of": (9, 11),
    "spring of": (3, 5), "summer of": (6, 8), "autumn of": (9, 11), "winter": (1, 2), "winter of": (1, 2),
}  # fmt: skip
_SEASON = "|".join(sorted(_SEASONS, key=len, reverse=True))
_YEAR = r"(?:19|20)\d\d"
_TIME = re.compile(
    rf"(?:(?P<season>\b(?:{_SEASON}))\s+|(?P<month>{_MONTH})\s+(?:månad\s+)?(?:of\s+)?)?(?:år(?:et)?\s+|år\s*)?"
    rf"(?P<year>{_YEAR})(?![\d/-]*\d)(?:-(?P<decade>talet)|(?P<decade_en>s)\b)?"
    rf"|(?P<first>{_YEAR})\s*[-–]\s*(?P<last>{_YEAR})(?![-\d])"
    rf"|(?<![\d/-])(?P<iso>{_YEAR})-(?P<iso_month>0[1-9]|1[0-2])(?![-\d])"
    rf"|(?P<alone>{_MONTH})(?=\s*(?:och|and|till|to|-|–|t\.?o\.?m\.?)\s*{_MONTH}\s+(?P<of>{_YEAR}))",
    re.I,
)
_SLASHED = re.compile(rf"(?<![\d/])(\d{{1,2}})/(\d{{1,2}})[-/ ]\s?({_YEAR})(?!\d)")
_JOIN = re.compile(r"\s*(?:(?:och|and)|(?P<until>till(?: och med)?|to|until|-|–|t\.?o\.?m\.?))\s*", re.I)
# What speaks of the day on which the question is asked.
_TODAY = {
    (Test.WITHIN, "period"): (
        "(?:pågår|är|finns) (?:nu|idag|i dag|just nu|fortfarande|ännu)|"
        "fortfarande (?:pågår|igång|aktiv\\w*)|pågående|just nu"
        "|ongoing|currently|still (?:running|active|ongoing|going)|right now|running now|active (?:now|today)"
    ),
    (Test.BEFORE, "end"): (
        "(?:redan |nu )?avsluta(?:t|de)(?= projekt)|redan är avslutade"
        "|(?:är|har) (?:redan |nu )?(?:avslutade?|avslutats|avslutat|slutat|slut|klara)"
        "(?! (?:senast|först|sist|tidigast))"
        "|(?<=projekt )(?:redan |nu )?(?:avslutade|slut|klara)|(?<=projects )(?:already )?(?:finished|over|completed)"
        "|(?:already|now) (?:ended|finished|over)|(?:finished|completed|ended)(?= projects?)"
    ),
    (Test.AFTER, "start"): (
        "kommande(?= projekt)|(?:har )?(?:ännu )?inte (?:har )?(?:startat|börjat)(?: än)?"
        "|upcoming(?= projects?)|not (?:yet )?started(?: yet)?"
    ),
}
# Not where a year follows: "finished in 2012" speaks of that year.
_NO_YEAR = rf"(?!\s*(?:(?:i|in|during|under|by|before|after|since|före|efter|år)\s+)?(?:(?:{_MONTH})\s+)?{_YEAR})"
_TODAYS = {kind: re.compile(rf"\b(?:{words})\b{_NO_YEAR}", re.I) for kind, words in _TODAY.items()}
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

Day = datetime.date | str  # TODAY, on whatever day the answer is looked up


@dataclass(frozen=True, slots=True)
class TimeCondition:
    """A span of days, both inclusive, and how it is to compare, at characters ``start`` to ``end`` of the question.

    ``field`` is the date it is of where the words say so themselves, as "pågående" does.
    """

    test: Test
    first: Day
    last: Day
    start: int
    end: int
    field: str = ""


def read_time_conditions(text: str) -> list[TimeCondition]:
    """Return every time in ``text``: years, months, seasons, half-years and dates, alone or from one to another."""
    found = [_related(text, *span) for span in _joined(text, _spans(text))]
    for (test, field), words in _TODAYS.items():
        match = words.search(text)
        if match and all(match.end() <= time.start or time.end <= match.start() for time in found):
            found.append(TimeCondition(test, TODAY, TODAY, match.start(), match.end(), field))
            break
    return found


_Span = tuple[datetime.date, datetime.date, int, int]


def _spans(text: str) -> list[_Span]:
    dates = [(date, date, start, end) for date, start, end in [*find_dates(text), *_slashed(text)]]
    taken = {i for _, _, start, end in dates for i in range(start, end)}
    times = [
        _span(match) for match in _TIME.finditer(text) if match.start() not in taken and match.end() - 1 not in taken
    ]
    return sorted([*dates, *times], key=lambda span: span[2])


def _slashed(text: str) -> Iterator[tuple[datetime.date, int, int]]:
    """Dates as people write them in haste: 1/6 2009."""
    for match in _SLASHED.finditer(text):
        with contextlib.suppress(ValueError):  # 31/6
            yield datetime.date(int(match[3]), int(match[2]), int(match[1])), match.start(), match.end()


def _span(match: re.Match[str]) -> _Span:
    if match["first"]:
        first, last = int(match["first"]), int(match["last"])
        return datetime.date(first, 1, 1), datetime.date(last, 12, 31), match.start(), match.end()
    year = int(match["year"] or match["iso"] or match["of"])
    from_, to = 1, 12
    if match["season"]:
        from_, to = _SEASONS[match["season"].lower()]
    elif match["iso"]:
        from_ = to = int(match["iso_month"])
    elif month := match["month"] or match["alone"]:
        from_ = to = MONTH_NUMBERS.get(month[:3].lower(), 1)
    elif (match["decade"] or match["decade_en"]) and year % 10 == 0:
        return datetime.date(year, 1, 1), datetime.date(year + 9, 12, 31), match.start(), match.end()
    last_day = calendar.monthrange(year, to)[1]
    return datetime.date(year, from_, 1), datetime.date(year, to, last_day), match.start(), match.end()


def _joined(text: str, spans: list[_Span]) -> list[_Span]:
    """The spans, two that "mellan … och …", "till" or a dash joins made into one, the earlier day first."""
    joined: list[_Span] = []
    for span in spans:
        join = joined and _JOIN.fullmatch(text[joined[-1][3] : span[2]])
        if join and (join["until"] or _BETWEEN.search(text[: joined[-1][2]])):
            first, last, start, _ = joined[-1]
            joined[-1] = (min(first, span[0]), max(last, span[1]), start, span[3])
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
