"""Amounts, percentages and counts: read as published, written as each language does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esfbot.values.amounts import read_amount, read_count, read_percent, write_amount, write_number, write_percent

LANGUAGES = st.sampled_from(["sv", "en"])


@pytest.mark.parametrize(
    ("text", "kronor"),
    [
        ("1 644 968 kr", 1644968),
        ("1\u00a0644\u00a0968 kr", 1644968),
        ("1\u202f644\u2009968 kr", 1644968),
        ("1  644 968  kr", 1644968),
        ("63 654 915", 63654915),
        ("299614kr", 299614),
        ("1.234.567 kr", 1234567),
        ("1,234,567", 1234567),
        ("1'234'567 kr", 1234567),
        ("SEK 1,200,300", 1200300),
        ("1 200 300 SEK", 1200300),
        ("1 200 300 kronor", 1200300),
        ("1 200 300:-", 1200300),
        ("1 200 300,-", 1200300),
        ("0 kr", 0),
        ("1 234 567,50 kr", 1234568),
        ("1 234 567,49 kr", 1234567),
        ("2,50 kr", 3),
        ("500 tkr", 500000),
        ("2,5 mnkr", 2500000),
        ("2,5 miljoner kronor", 2500000),
        ("2.5 million", 2500000),
        ("1,2 miljarder kr", 1200000000),
    ],
)
def test_read_amount(text: str, kronor: int) -> None:
    """Amounts in kronor are read however they are grouped, with öre rounded and thousands and millions worked out."""
    assert read_amount(text) == kronor


@pytest.mark.parametrize(
    "text",
    [
        "",
        "kr",
        "saknas",
        "ca 2 mkr",
        "15 148 871 €",
        "120 000 EUR",
        "$5",
        "12 345 67 kr",
        "1 644 968 kr per år",
        "-5 kr",
        "1-2 mkr",
        "50 %",
    ],
)
def test_no_amount(text: str) -> None:
    """What is no amount in kronor, or none for sure, is none."""
    assert read_amount(text) is None


@given(st.integers(min_value=0, max_value=10**12), LANGUAGES)
def test_amounts_there_and_back(kronor: int, language: str) -> None:
    """An amount that is written is read as the same."""
    assert read_amount(write_amount(kronor, language)) == kronor


def test_write_amount() -> None:
    """Swedish groups digits by spaces that do not break a line's end where it matters, English by commas."""
    assert [write_amount(1644968, "sv").replace("\u00a0", " "), write_amount(1644968, "en")] == [
        "1 644 968 kr",
        "SEK 1,644,968",
    ]


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("50%", 50),
        ("60 %", 60),
        ("33,5 procent", 33.5),
        ("40.8%", 40.8),
        ("100", 100),
        ("half", None),
        ("5 0%", None),
        ("", None),
    ],
)
def test_read_percent(text: str, percent: float | None) -> None:
    """Percentages are read with comma or point; whole ones are whole numbers."""
    assert (read_percent(text), type(read_percent(text))) == (percent, type(percent))


@given(st.integers(min_value=0, max_value=1000).map(lambda tenths: tenths / 10), LANGUAGES)
def test_percentages_there_and_back(percent: float, language: str) -> None:
    """A percentage that is written is read as the same."""
    assert read_percent(write_percent(percent, language)) == percent


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("400", 400),
        ("1 150", 1150),
        ("2200 personer", 2200),
        ("ca 100 Deltagare", 100),
        ("100-120", None),
        ("många", None),
        ("", None),
    ],
)
def test_read_count(text: str, count: int | None) -> None:
    """Counts are read with what is counted behind them; a range is no count."""
    assert read_count(text) == count


@given(st.integers(min_value=0, max_value=10**9), LANGUAGES)
def test_counts_there_and_back(count: int, language: str) -> None:
    """A count that is written is read as the same."""
    assert read_count(write_number(count, language)) == count
