"""Dates, periods and lengths: read as published, written as each language does."""

import datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from esfbot.values.dates import (
    find_dates,
    read_date,
    read_open_period,
    read_period,
    whole_months,
    write_date,
    write_length,
)

DAYS = st.dates(datetime.date(1990, 1, 1), datetime.date(2049, 12, 31))
LANGUAGES = st.sampled_from(["sv", "en"])
Day = datetime.date


@pytest.mark.parametrize(
    "text",
    ["2009-08-03", "20090803", "2009/08/03", "2009.8.3", "3 augusti 2009", "3 aug 2009", "3 aug. 2009",
     "August 3, 2009", "3rd August 2009", " 2009-08-03 ", "2009-08-03 00:00:00", "2009-08-03T10:30",
     "2009-08-03 kl. 10.30", "2009–08–03"],
)  # fmt: skip
def test_read_date(text: str) -> None:
    """One day is read in every way that sheets write it, with or without a time."""
    assert read_date(text) == Day(2009, 8, 3)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2009",
        "augusti 2009",
        "2009-08",
        "2009-02-30",
        "2009-13-01",
        "200908031",
        "hösten 2009",
        "2009-08-03 till",
        "3 4 2009",
    ],
)
def test_no_date(text: str) -> None:
    """What is not one whole day of the calendar is no date."""
    assert read_date(text) is None


@given(DAYS, LANGUAGES)
def test_dates_there_and_back(day: datetime.date, language: str) -> None:
    """A date that is written is read as the same, also within a sentence."""
    assert read_date(write_date(day, language)) == read_date(day.isoformat()) == day
    assert [found for found, _, _ in find_dates(f"Det började {write_date(day, language)}, sägs det.")] == [day]


@given(DAYS, DAYS, st.sampled_from([" till ", " to ", "-", " - ", "–", " – ", " t.o.m. ", " "]))
def test_periods_there_and_back(start: datetime.date, end: datetime.date, between: str) -> None:
    """A period is two dates with any of the joints that sheets use, also where it ends before it starts."""
    assert read_period(f"{start}{between}{end}") == (start, end)


@pytest.mark.parametrize(
    "text", ["", "2009-08-03", "2009-08-03 och 2010-02-02", "2009-08-03 till 2010-02-30", "2009–2010"]
)
def test_no_period(text: str) -> None:
    """What has not two whole days, or not from one to the other, is no period."""
    assert read_period(text) is None


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2009-08-03 till", (Day(2009, 8, 3), None)),
        ("2009-08-03 -", (Day(2009, 8, 3), None)),
        ("från 2009-08-03 till", (Day(2009, 8, 3), None)),
        ("till 2010-02-02", (None, Day(2010, 2, 2))),
        ("- 2010-02-02", (None, Day(2010, 2, 2))),
        ("2009-08-03", (None, None)),
        ("2009-08-03 till 2010-02-02", (None, None)),
        ("2009-08-03 till 2010-02-30", (None, None)),
    ],
)
def test_open_periods(text: str, days: tuple[datetime.date | None, datetime.date | None]) -> None:
    """Of a period without end or start the day that it has is read, and never a second one guessed."""
    assert read_open_period(text) == days


@pytest.mark.parametrize(
    ("start", "end", "months", "days", "sv", "en"),
    [
        (Day(2009, 8, 3), Day(2010, 2, 2), 6, 0, "6 månader", "6 months"),
        (Day(2009, 6, 22), Day(2010, 6, 22), 12, 1, "1 år", "1 year"),
        (Day(2012, 1, 16), Day(2014, 6, 30), 29, 15, "2 år 6 månader", "2 years 6 months"),
        (Day(2009, 2, 24), Day(2009, 4, 15), 1, 23, "2 månader", "2 months"),
        (Day(2010, 1, 1), Day(2010, 1, 21), 0, 21, "3 veckor", "3 weeks"),
        (Day(2010, 1, 1), Day(2010, 1, 2), 0, 2, "2 dagar", "2 days"),
        (Day(2010, 1, 1), Day(2010, 1, 1), 0, 1, "1 dag", "1 day"),
        (Day(2010, 1, 31), Day(2010, 2, 28), 1, 1, "1 månad", "1 month"),
    ],
)
def test_lengths(start: datetime.date, end: datetime.date, months: int, days: int, sv: str, en: str) -> None:
    """A period's length counts both its first and its last day."""
    assert (whole_months(start, end), write_length(start, end, "sv"), write_length(start, end, "en")) == (
        (months, days),
        sv,
        en,
    )


@given(DAYS, DAYS)
def test_lengths_add_up(start: datetime.date, end: datetime.date) -> None:
    """A length is never negative, and its days are fewer than a month's."""
    assume(start <= end)
    months, days = whole_months(start, end)
    assert months >= 0
    assert 0 <= days <= 31
