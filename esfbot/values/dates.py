"""Dates and periods."""

import calendar
import datetime
import re

_MONTHS = {
    "sv": ("januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november",
           "december"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December"),
}  # fmt: skip
MONTH_NUMBERS = {name[:3].casefold(): i for names in _MONTHS.values() for i, name in enumerate(names, 1)}
_NAMED = r"(?:jan|feb|mar|apr|ma[jy]|jun|jul|aug|sep|o[kc]t|nov|dec)[a-zåäö]*\.?"
_DATE = re.compile(
    rf"""(?P<year>\d{{4}})(?P<sep>[-/.\u2010-\u2015])(?P<month>\d{{1,2}})(?P=sep)(?P<day>\d{{1,2}})(?!\d)
       | (?<!\d)(?P<solid>(?:19|20)\d{{6}})(?!\d)
       | (?<!\d)(?P<named_day>\d{{1,2}})(?:st|nd|rd|th)?\.?\s+(?P<named_month>{_NAMED}),?\s+(?P<named_year>\d{{4}})
       | (?P<us_month>{_NAMED})\s+(?P<us_day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<us_year>\d{{4}})""",
    re.X | re.I,
)

_MONTH = 30.4375  # days, on average
_TIME = re.compile(r"(?:[T\s,]*(?:kl\.?\s*)?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?)?", re.I)
_FROM = ("", "från", "from", "fr.o.m.", "start")
_UNTIL = (
    "till",
    "till och med",
    "to",
    "tom",
    "t o m",
    "t.o.m",
    "t.o.m.",
    "until",
    "-",
    "--",
    "\u2010",
    "\u2011",
    "\u2012",
    "–",
    "—",
)


def find_dates(text: str) -> list[tuple[datetime.date, int, int]]:
    """Every full date in ``text`` with its start and end offset: ``2009-08-03``, ``20090803``, ``3 augusti 2009``."""
    found = []
    for match in _DATE.finditer(text):
        date = _date(match)
        if date:
            found.append((date, match.start(), match.end()))
    return found


def _date(match: re.Match[str]) -> datetime.date | None:
    solid = match["solid"]
    if solid:
        parts = solid[:4], solid[4:6], solid[6:]
    elif match["year"]:
        parts = match["year"], match["month"], match["day"]
    else:
        name = match["named_month"] or match["us_month"]
        number = str(MONTH_NUMBERS[name[:3].casefold()])
        parts = match["named_year"] or match["us_year"], number, match["named_day"] or match["us_day"]
    try:
        return datetime.date(*map(int, parts))
    except ValueError:  # 2009-02-30
        return None


def read_date(text: str) -> datetime.date | None:
    """Return the date that ``text`` consists of, with or without a time of day, or None."""
    text = text.strip()
    found = find_dates(text)
    if len(found) != 1 or found[0][1] != 0:
        return None
    return found[0][0] if _TIME.fullmatch(text[found[0][2] :]) else None


def read_open_period(text: str) -> tuple[datetime.date | None, datetime.date | None]:
    """Return the one day that the period ``text`` states, ``2009-08-03 till``, and None for the other."""
    found = find_dates(text)
    if len(found) == 1:
        date, start, end = found[0]
        before, after = text[:start].strip().casefold(), text[end:].strip().casefold()
        if before in _FROM and after in _UNTIL:
            return date, None
        if before in _UNTIL and not after:
            return None, date
    return None, None


def read_period(text: str) -> tuple[datetime.date, datetime.date] | None:
    """Return the first and the last day of the period that ``text`` consists of, or None.

    The end may lie before the start: that is for the reader of the sheet to report.
    """
    found = find_dates(text)
    if len(found) != 2:
        return None
    (start, _, after), (end, before, _) = found
    between = text[after:before].strip().casefold()
    return (start, end) if between in ("", *_UNTIL) else None


def write_date(date: datetime.date, language: str) -> str:
    """Write a date in words: ``22 juni 2009`` or ``22 June 2009``."""
    return f"{date.day} {_MONTHS[language][date.month - 1]} {date.year}"


def write_month(date: datetime.date, language: str) -> str:
    """Write the month of a date: ``juni 2009`` or ``June 2009``."""
    return f"{_MONTHS[language][date.month - 1]} {date.year}"


def whole_months(start: datetime.date, end: datetime.date) -> tuple[int, int]:
    """Return the length from ``start`` to ``end``, both days included, as whole months and days left over.

    2009-08-03 to 2010-02-02 is six months and no days.
    """
    after = end + datetime.timedelta(days=1)
    months = (after.year - start.year) * 12 + after.month - start.month
    if after.day < start.day:
        months -= 1
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    reached = datetime.date(year, month + 1, min(start.day, last))
    return months, (after - reached).days


def write_length(start: datetime.date, end: datetime.date, language: str) -> str:
    """Write how long a period is, to the nearest month: ``2 år 5 månader``, ``6 months``, ``3 veckor``."""
    months, days = whole_months(start, end)
    if months == 0:
        weeks, unit = round(days / 7), ("vecka", "veckor", "week", "weeks")
        return _plural(weeks, unit, language) if weeks else _plural(days, ("dag", "dagar", "day", "days"), language)
    months += days >= 15
    years, months = divmod(months, 12)
    parts = []
    if years:
        parts.append(_plural(years, ("år", "år", "year", "years"), language))
    if months:
        parts.append(_plural(months, ("månad", "månader", "month", "months"), language))
    return " ".join(parts)


def write_days(days: float, language: str) -> str:
    """Write a length that no two dates bound, to the nearest month: ``2 år 5 månader (882 dagar)``."""
    exact = _plural(round(days), ("dag", "dagar", "day", "days"), language)
    months = round(days / _MONTH)
    years, months = divmod(months, 12)
    parts = [_plural(years, ("år", "år", "year", "years"), language)] if years else []
    parts += [_plural(months, ("månad", "månader", "month", "months"), language)] if months else []
    return f"{' '.join(parts)} ({exact})" if parts else exact


def _plural(count: int, forms: tuple[str, str, str, str], language: str) -> str:
    number = f"{count:,}" if language == "en" else f"{count:,}".replace(",", " ")
    return f"{number} {forms[(2 if language == 'en' else 0) + (count != 1)]}"


def write_span(first: datetime.date, last: datetime.date, language: str) -> str:
    """Write a span of days as briefly as it can be: ``2010``, ``mars 2009``, ``2010–2012``, or two dates."""
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    whole_month = first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]
    if whole_month and (first.year, first.month) == (last.year, last.month):
        return write_month(first, language)
    if first == last:
        return write_date(first, language)
    return f"{write_date(first, language)} – {write_date(last, language)}"
