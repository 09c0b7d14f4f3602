"""Answers as messages for Telegram: what they look like, that Telegram takes them, and that nothing is lost."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from esfbot.model.answer import Answer, Card, ProjectRef, Quote, Say, SheetLines
from esfbot.model.project import Line, Source
from esfbot.render.markup import ENTITIES, LIMIT
from esfbot.render.telegram import render
from tests.render.answers import ANSWERS, PROJECT, TEXTS, answer, letters, row, shown_texts, units
from tests.telegram.api.markup import read_html

CONTACT = Card(
    PROJECT,
    (
        row("Eva Ek", 7, field="contact", label="Kontaktperson"),
        row("eva.ek@example.se", 8, field="email", label="E-post", key="eva.ek@example.se"),
        row("0240-56 44 51", 9, field="phone", label="Telefon", key="+46240564451"),
    ),
    note="I <Ludvika> & Smedjebacken",
)


def test_card() -> None:
    """A card has a bold title, its note in italics, a row per fact, a number to tap, and its source once."""
    (message,) = render(answer(CONTACT))
    assert message == (
        "<b>Göra skillnad</b>\n"
        "<i>I &lt;Ludvika&gt; &amp; Smedjebacken</i>\n"
        "Kontaktperson: Eva Ek\n"
        "E-post: eva.ek@example.se\n"
        "Telefon: 0240-56 44 51 · +46240564451\n"
        "<i>Källa: a.txt, rad 7–9</i>"
    )


@pytest.mark.parametrize(
    ("published", "key", "shown"),
    [
        ("+46 240-56 44 51", "+46240564451", "+46 240-56 44 51"),
        ("+46 (0)240-56 44 51", "+46240564451", "+46 (0)240-56 44 51 · +46240564451"),
        ("fråga växeln", "", "fråga växeln"),
    ],
)
def test_phone_is_followed_by_what_can_be_dialled(published: str, key: str, shown: str) -> None:
    """The international form follows only where there is one and the number as published is not that already."""
    card = Card(PROJECT, (row(published, field="phone", label="Telefon", key=key),))
    assert f"\nTelefon: {shown}\n" in render(answer(card))[0]


@pytest.mark.parametrize(
    ("places", "language", "shown"),
    [
        ([("a.txt", 3)], "sv", "Källa: a.txt, rad 3"),
        ([("a.txt", 9), ("a.txt", 7), ("a.txt", 7), ("a.txt", 8), ("a.txt", 14)], "sv", "Källa: a.txt, rad 7–9, 14"),
        ([("a.txt", 1), ("b.txt", 2), ("a.txt", 2)], "en", "Source: a.txt, line 1–2; b.txt, line 2"),
    ],
)
def test_sources_are_said_once(places: list[tuple[str, int]], language: str, shown: str) -> None:
    """A card says each sheet once, with its lines in order and runs of them as a range."""
    card = Card(PROJECT, tuple(row("x", line, sheet=sheet) for sheet, line in places))
    assert render(answer(card, language=language))[0].endswith(f"\n<i>{shown}</i>")


def test_card_without_rows_has_no_source() -> None:
    """A project in a list is its title."""
    assert render(answer(Card(PROJECT))) == ("<b>Göra skillnad</b>",)


def test_quote() -> None:
    """A quote stands in a blockquote under project and heading, with a mark where it was cut, and its source."""
    quote = Quote(PROJECT, "Syfte", "Fler ska få <arbete>.", Source("a.txt", 30))
    (message,) = render(answer(quote))
    assert message == (
        "<b>Göra skillnad</b>\nSyfte\n<blockquote>Fler ska få &lt;arbete&gt;.</blockquote>\n<i>Källa: a.txt, rad 30</i>"
    )
    assert "&lt;arbete&gt;. […]</blockquote>" in render(answer(replace(quote, cut=True)))[0]


def test_summary_of_a_card() -> None:
    """What a project is about stands under its title, word for word, and its line is among the card's sources."""
    summary = Quote(PROJECT, "Sammanfattning", "Fler ska få arbete.", Source("a.txt", 19), cut=True)
    card = Card(PROJECT, (row("Ludvika kommun", 7),), summary=summary)
    (message,) = render(answer(card))
    assert message == (
        "<b>Göra skillnad</b>\n<blockquote>Fler ska få arbete. […]</blockquote>\nÄgare: Ludvika kommun\n"
        "<i>Källa: a.txt, rad 7, 19</i>"
    )


def test_lines_of_a_sheet() -> None:
    """A sheet is its name and its lines with their numbers."""
    sheet = SheetLines("a.txt", (Line(1, "Logotyp & utskrift"), Line(12, "KontaktpersonEva Ek")))
    assert render(answer(sheet)) == ("<b>a.txt</b>\n1  Logotyp &amp; utskrift\n12  KontaktpersonEva Ek",)


def test_a_long_sheet_begins_under_what_it_is() -> None:
    """What is said before a block that no message holds does not stand in a message alone."""
    lines = tuple(Line(n, "ord " * 20) for n in range(1, 200))
    first, *_ = render(answer(Say("Bladet, som det publicerades:"), SheetLines("a.txt", lines)))
    assert first.startswith("Bladet, som det publicerades:\n\n<b>a.txt</b>\n1  ord")


def test_suggestions_come_last_in_a_list() -> None:
    """What the answer offers stands below it."""
    shown = render(answer(Say("Det står inte."), suggestions=("Vem äger projektet?", "Vad kostar det?")))
    assert shown == ("Det står inte.\n\nProva:\n• Vem äger projektet?\n• Vad kostar det?",)


def test_letters_keep_their_marks() -> None:
    """Letters in two parts are put together, since Telegram drops a ring that follows its letter."""
    assert render(answer(Say("A\u030angermanland"))) == ("Ångermanland",)


@pytest.mark.parametrize("text", ["", " \n", "\u200b\u00a0", "\u2800", "\x00\x1f"])
def test_nothing_to_see_is_no_message(text: str) -> None:
    """Text without anything to see makes no message, and no line of one."""
    assert render(answer(Say(text), suggestions=(text,))) == ()
    assert render(answer(Say("x"), Card(ProjectRef("1", text)), suggestions=(text,))) == ("x",)


def test_messages_part_between_blocks() -> None:
    """Cards that don't fit one message are parted between cards, none in its middle."""
    cards = tuple(Card(ProjectRef(str(n), f"Projekt {n}"), (row("x" * 500),)) for n in range(20))
    shown = render(answer(*cards))
    assert len(shown) == 3
    assert all(text.startswith("<b>Projekt ") and text.endswith("rad 1</i>") for text in shown)


def test_messages_part_between_rows() -> None:
    """A card that no message holds is parted between its rows."""
    shown = render(answer(Card(PROJECT, tuple(row(f"{n} " + "x" * 90, n) for n in range(1, 90)))))
    lines = "\n".join(shown).split("\n")
    assert (len(shown), [text[:7] for text in lines[1:90]]) == (3, [f"Ägare: {n}"[:7] for n in range(1, 90)])
    assert lines[-1] == "<i>Källa: a.txt, rad 1–89</i>"


def test_long_quote_is_parted_between_words() -> None:
    """A quote of 20 000 characters goes on in a blockquote of the next message, parted between words."""
    words = [f"ord{n}" for n in range(2700)]
    shown = render(answer(Quote(PROJECT, "Syfte", " ".join(words), Source("a.txt", 1))))
    assert shown[0].startswith("<b>Göra skillnad</b>\nSyfte\n<blockquote>ord0 ")
    assert [text.count("<blockquote>") for text in shown] == [1] * len(shown)
    assert " ".join(read_html(text) for text in shown).split()[3:-4] == words
    assert all(units(text) > LIMIT - 20 for text in shown[:-1])


def test_long_word_is_not_cut_to_fill_a_message() -> None:
    """A word that fits the next message is not cut to fill what is left of this one."""
    shown = render(answer(Quote(ProjectRef("1", "t" * 1000), "", "w" * 3500, Source("", 0))))
    assert shown == (f"<b>{'t' * 1000}</b>", f"<blockquote>{'w' * 3500}</blockquote>")


def test_marks_of_a_message_are_counted() -> None:
    """A message holds no more marked places than Telegram shows."""
    shown = render(answer(*(Card(ProjectRef(str(n), f"P{n}")) for n in range(2 * ENTITIES))))
    assert [text.count("<b>") for text in shown] == [ENTITIES, ENTITIES]


@given(ANSWERS)
@settings(max_examples=150, deadline=None)
def test_telegram_takes_every_message(anything: Answer) -> None:
    """Whatever an answer holds, its messages are well-formed, within the limit, and none is empty."""
    for text in render(anything):
        assert (letters(read_html(text)) != "", units(text) <= LIMIT) == (True, True)


@given(ANSWERS)
@settings(max_examples=150, deadline=None)
def test_no_text_is_lost(anything: Answer) -> None:
    """Every text of an answer is found in its messages, in order and to the last letter."""
    seen = letters("".join(read_html(text) for text in render(anything)))
    at = 0
    for text in [text for block in anything.blocks for text in shown_texts(block)] + list(anything.suggestions):
        found = seen.find(letters(text), at)
        assert found >= 0
        at = found + len(letters(text))


@given(TEXTS, TEXTS)
@settings(max_examples=150, deadline=None)
def test_nothing_is_added(title: str, text: str) -> None:
    """A title and a quote make messages of exactly their letters."""
    quote = Quote(ProjectRef("1", title), "", text, Source("", 0))
    seen = "".join(read_html(message) for message in render(answer(quote)))
    assert letters(seen) == letters(title) + letters(text)
