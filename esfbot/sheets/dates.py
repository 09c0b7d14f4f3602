"""The day that a page states of itself: when it was changed or published last."""

import datetime
import re

from esfbot.values.dates import find_dates, read_date

_CHANGED = (
    r"(?:sidan\s+|senast\s+|sidan\s+senast\s+|page\s+|last\s+|page\s+last\s+)?"
    r"(?:uppdaterad(?:es)?|uppdaterat|ändrad(?:es)?|ändrat|reviderad(?:es)?|granskad(?:es)?|granskat|redigerad(?:es)?"
    r"|updated|modified|changed|revised|reviewed|edited)(?:\s+senast)?"
    r"|senaste?\s+(?:uppdatering(?:en)?|ändring(?:en)?|granskning(?:en)?)|last\s+(?:update|change|review)"
    r"|(?:uppdaterings|ändrings)datum|date\s+modified"
)
_PUBLISHED = (
    r"(?:sidan\s+|först\s+|first\s+|page\s+)?(?:publicerad(?:es)?|publicerat|published)"
    r"|publicerings?datum|date\s+published|publication\s+date"
)
_SAID = re.compile(rf"[•·|,;.\s]*(?:(?:och|and)\s+)?(?:(?P<changed>{_CHANGED})|(?P<published>{_PUBLISHED}))\b", re.I)
_WEEKDAY = (
    r"(?:(?:mån|tis|ons|tors|fre|lör|sön)(?:dag(?:en)?)?"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)"
)
_AUTHOR = r"(?:\s+(?:av|by)\s+[^\d|:]{1,60}?(?=\s*:|\s+\d|\s+den\b))?"
_BEFORE_DATE = re.compile(rf"{_AUTHOR}\s*[:–-]?\s*(?:den\s+|on\s+)?(?:{_WEEKDAY},?\s+)?(?:den\s+)?", re.I)
_AFTER_DATE = re.compile(
    r"(?:[T\s,]*(?:(?:kl\.?|klockan|at)\s*)?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s*(?:CES?T|GMT|UTC|Z))?)?"
    r"(?:\s*[|,;–-]?\s*(?:av|by|sid(?:an)?s?ansvarig|webbansvarig|ansvarig|page\s+editor)\b[^|.\d]{1,60})?[.\s]*",
    re.I,
)
_LONGEST = 160  # letters: a longer line is text
_BELOW = 2  # lines, blank ones among them, within which a date stands below its label
_FIRST_YEAR = 1995  # earlier dates are what programs write for none


def page_date(text: str) -> datetime.date | None:
    """Return the day that a page's ``text`` states of its last change or, where it states none, of its publication.

    A line says so that holds nothing else: ``Senast uppdaterad: 4 maj 2020``, ``Publicerad 2020-05-04 av Anna Berg``,
    or the same words with the date on the next line. Dates within running text and of the project are not the page's.
    """
    lines = [line.strip() for line in text.split("\n")]
    said = [item for i in range(len(lines)) for item in _said_at(lines, i)]
    for kind in ("changed", "published"):
        days = [day for found, day in said if found == kind and day.year >= _FIRST_YEAR]
        if days:
            return max(days)
    return None


def is_date_line(text: str) -> bool:
    """Whether a stripped line states when the page was changed or published, and nothing else."""
    return bool(_statements(text))


def _said_at(lines: list[str], i: int) -> list[tuple[str, datetime.date]]:
    said = _statements(lines[i])
    label = _SAID.fullmatch(lines[i].removesuffix(":").rstrip()) if lines[i] else None
    if said or label is None:
        return said
    below = next((line for line in lines[i + 1 : i + 1 + _BELOW] if line), "")
    day = read_date(below[_before(below, 0) :])
    return [(_kind(label), day)] if day else []


def _statements(text: str) -> list[tuple[str, datetime.date]]:
    """What a line consists of where it consists of such statements; empty for any other line."""
    said: list[tuple[str, datetime.date]] = []
    end = 0
    while end < len(text) <= _LONGEST:
        found = _statement_at(text, end)
        if found is None:
            return []
        kind, day, end = found
        said.append((kind, day))
    return said


def _statement_at(text: str, start: int) -> tuple[str, datetime.date, int] | None:
    """The statement that begins at ``start``: its kind, its day, and where it ends."""
    label = _SAID.match(text, start)
    if label is None:
        return None
    begins = _before(text, label.end())
    dated = next(((day, end) for day, first, end in find_dates(text) if first == begins), None)
    if dated is None:
        return None
    after = _AFTER_DATE.match(text, dated[1])
    return _kind(label), dated[0], after.end() if after else dated[1]


def _before(text: str, start: int) -> int:
    """Where, after a colon, "den" and a weekday, the date begins."""
    found = _BEFORE_DATE.match(text, start)
    return found.end() if found else start


def _kind(label: re.Match[str]) -> str:
    return "changed" if label["changed"] else "published"
