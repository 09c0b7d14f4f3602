"""Answers for chats that others read too: no way to reach anybody is in them, and nothing else is missing."""

import datetime
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from esfbot.model.answer import Answer, Card, Kind, ProjectRef, Quote, Row, Say, SheetLines, Table, Tally
from esfbot.model.project import Line, Source
from esfbot.render.private import masked, without_contacts
from esfbot.render.telegram import render
from esfbot.values.amounts import write_amount
from esfbot.values.dates import write_date, write_span
from tests.render.answers import ANSWERS, contact

# Ways in which sheets write one number.
FORMS = (
    "0240-564451",
    "0240-56 44 51",
    "0240/56 44 51",
    "0240 – 56 44 51",
    "(0240) 56 44 51",
    "0240 564 451",
    "+46240564451",
    "+46 240-56 44 51",
    "+46 (0)240-56 44 51",
    "+46(0)240 564451",
    "0046 240 56 44 51",
    "0240\u00a056\u00a044\u00a051",
)
ADDRESSES = (
    "eva.ek@ludvika.se",
    "Eva-Ek@social.ludvika.se",
    "eva @ ludvika.se",
    "eva@ ludvika.se",
    "eva(at)ludvika.se",
)
NUMBER = "240564451"
BEFORE = ("", "Ring ", "Telefonnummer", "Telefon:", "tel.", "rum 12 ", "(", "tfn/", "1 ")
AFTER = ("", ".", ", vardagar", ")", " eller mejla", " 2009", "\n2009-06-22")


def reached(text: str) -> bool:
    """Whether the number or an address is in ``text``, however it is written."""
    return NUMBER in re.sub(r"\D", "", text) or "ludvika" in text.lower()


@given(
    st.sampled_from(BEFORE),
    st.sampled_from(FORMS + ADDRESSES),
    st.sampled_from(AFTER),
    st.sampled_from(["sv", "en"]),
)
@settings(max_examples=400, deadline=None)
def test_no_number_and_no_address_stays(before: str, way: str, after: str, language: str) -> None:
    """However a number or an address is written, and whatever it is glued to, it is left out."""
    assert not reached(masked(f"{before}{way}{after}", language))


@pytest.mark.parametrize("way", [*FORMS, *ADDRESSES])
def test_it_stays_nowhere(way: str) -> None:
    """Titles, notes, rows, quotes, headings, lines of sheets, tables and offers are all without them."""
    project = ProjectRef("1", f"Ring {way}")
    said = f"Mer hos {way}!"
    quote = Quote(project, said, said, Source("a.txt", 1))
    extra = Row("extra", said, said, said, Source("a.txt", 2))
    blocks = (
        Say(said),
        Card(project, (*contact("Eva Ek", "x@ludvika.se", way), extra), said),
        Card(project, summary=quote),
        quote,
        SheetLines("a.txt", (Line(9, f"Telefonnummer{way}"),)),
        Table((Tally(said, said, 1.0, (project,)),), titles=True),
    )
    answer = without_contacts(Answer("?", "sv", Kind.FACTS, blocks, (project,), suggestions=(said,)))
    assert not reached(f"{render(answer)} {[ref.title for ref in answer.projects]}")
    assert "Kontaktperson: Eva Ek" in render(answer)[0]
    assert sum(text.count("[visas privat]") for text in render(answer)) >= 12


def test_what_a_sheet_publishes_as_a_number() -> None:
    """A number that looks like none is left out of the sheet's lines where it is known."""
    lines = SheetLines("a.txt", (Line(9, "Telefonnummer56 44 51 vxl"), Line(10, "Total projektbudget56 44 500 kr")))
    (block,) = without_contacts(Answer("?", "sv", Kind.SECTION, (lines,)), {"56 44 51 vxl"}).blocks
    assert block == SheetLines("a.txt", (Line(9, "Telefonnummer[visas privat]"), lines.lines[1]))


AMOUNTS = st.integers(0, 99_999_999_999)
DATES = st.dates(datetime.date(1990, 1, 1), datetime.date(2060, 12, 31))


@given(AMOUNTS, AMOUNTS, DATES, DATES)
@settings(max_examples=300, deadline=None)
def test_amounts_and_dates_stay(one: int, other: int, first: datetime.date, last: datetime.date) -> None:
    """No amount and no date is taken for a telephone number."""
    for language in ("sv", "en"):
        amounts = f"{write_amount(one, language)} och {write_amount(other, language)}; {first} till {last}"
        text = f"{amounts} {write_date(first, language)} {write_span(min(first, last), max(first, last), language)}"
        assert masked(text, language) == text


@pytest.mark.parametrize(
    "text",
    [
        "2014/00180",
        "24-003-S01",
        "2016-00084-jobb.txt, rad 6, 14",
        "kl 08.30-16.00",
        "(090306)",
        "0–1 000 000 kr",
        "0,5 %",
    ],
)
def test_other_numbers_stay(text: str) -> None:
    """Numbers of projects, sheets, hours and shares are none of telephones."""
    assert masked(text, "sv") == text


@given(ANSWERS)
@settings(max_examples=100, deadline=None)
def test_it_is_left_out_once(anything: Answer) -> None:
    """What was left out is not left out again, and texts without an at sign or a digit stay as they are."""
    hidden = without_contacts(anything)
    assert without_contacts(hidden) == hidden
    plain = replace(anything, blocks=tuple(block for block in anything.blocks if isinstance(block, Say | Quote)))
    if not re.search(r"[@\d]", repr(plain.blocks) + repr(plain.suggestions)):
        assert without_contacts(plain) == plain
