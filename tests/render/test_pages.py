"""Lists: ten a page, each entry numbered throughout, within a message whatever the sheets hold."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from esfbot.model.answer import Answer, Block, Card, Kind, ProjectRef, Row, Say
from esfbot.render.markup import ENTITIES, LIMIT
from esfbot.render.pages import SIZE, contacts_on, page_of
from tests.render.answers import contact, letters, row, units
from tests.telegram.api.markup import read_html


def listed(*blocks: Block, kind: Kind = Kind.LIST, language: str = "sv") -> Answer:
    """A list of these blocks."""
    return Answer("?", language, kind, blocks)


def numbered(count: int, *rows: Row) -> tuple[Card, ...]:
    """So many cards of projects P1, P2 and so on."""
    return tuple(Card(ProjectRef(str(n), f"P{n}"), rows) for n in range(1, count + 1))


@pytest.mark.parametrize(
    ("count", "number", "first", "last", "of"),
    [
        (1, 0, 1, 1, 1),
        (10, 0, 1, 10, 1),
        (11, 0, 1, 10, 2),
        (11, 1, 11, 11, 2),
        (60, 5, 51, 60, 6),
        (60, 99, 51, 60, 6),
        (60, -1, 1, 10, 6),
    ],
)
def test_ten_a_page(count: int, number: int, first: int, last: int, of: int) -> None:
    """A page has ten entries with their numbers in the whole list; for a page that there is not, the nearest."""
    page = page_of(listed(Say(f"{count} projekt:"), *numbered(count)), number)
    shown = [f"<b>{n}. P{n}</b>" for n in range(first, last + 1)]
    assert page.text.split("\n\n") == [f"{count} projekt:", *shown]
    assert (page.first, page.of, [card.project.title for card in page.cards]) == (
        first,
        of,
        [f"P{n}" for n in range(first, last + 1)],
    )


def test_entry_of_a_list() -> None:
    """An entry is the project's card: title, how it belongs here, facts, and where they stand."""
    card = Card(ProjectRef("1", "A & B"), (row("Ludvika kommun", 7),), "Ludvika står i kommunlistan (rad 9).")
    assert page_of(listed(card), 0).text == (
        "<b>1. A &amp; B</b>\n<i>Ludvika står i kommunlistan (rad 9).</i>\nÄgare: Ludvika kommun\n"
        "<i>Källa: a.txt, rad 7</i>"
    )


def test_contacts_have_a_line_each() -> None:
    """An entry of a list of contacts has a line for each contact, then the project, its note and the sources; one
    without a contact is the project."""
    rows = contact("Eva Ek", "eva@ek.se", "0240-56 44 51", "+46240564451") + contact("Bo By", "bo@by.se", line=10)
    text = page_of(
        listed(
            Say("Kontakt i Ludvika:"),
            Card(ProjectRef("1", "P1"), rows, "Projektet avslutades 1 maj 2010."),
            Card(ProjectRef("2", "P2"), (), "Ludvika står i kommunlistan."),
            kind=Kind.CONTACTS,
        ),
        0,
    ).text
    assert text == (
        "Kontakt i Ludvika:\n\n"
        "1. Eva Ek · eva@ek.se · 0240-56 44 51 · +46240564451\n"
        "Bo By · bo@by.se\n"
        "<b>P1</b>\n"
        "<i>Projektet avslutades 1 maj 2010.</i>\n"
        "<i>Källa: a.txt, rad 7–11</i>\n\n"
        "<b>2. P2</b>\n"
        "<i>Ludvika står i kommunlistan.</i>"
    )


def test_what_is_said_around_the_cards() -> None:
    """What stands before the cards is said on every page, what comes after them on the last."""
    answer = listed(Say("Före"), *numbered(11), Say("Efter"))
    texts = [page_of(answer, number).text for number in (0, 1)]
    assert [("Före" in text, "Efter" in text) for text in texts] == [(True, False), (True, True)]


def test_ten_long_entries_are_shown_with_less() -> None:
    """Where ten cards take more than a message, a page shows all ten by title and source, or by title alone."""
    long = page_of(listed(*numbered(10, row("x" * 600, 5))), 0).text
    assert long.startswith("<b>1. P1</b>\n<i>Källa: a.txt, rad 5</i>\n\n<b>2. P2</b>")
    titles = tuple(Card(ProjectRef(str(n), "t" * 900), (row("x", 5, sheet="s" * 400),)) for n in range(10))
    assert page_of(listed(*titles), 0).text.split("\n\n") == [f"<b>{n}. {'t' * 100}…</b>" for n in range(1, 11)]


def test_a_page_is_a_message_however_much_is_said_around_it() -> None:
    """Where a hundred projects lack what is asked, that is cut, and the ten entries are all there."""
    lacking = [Say(f"Bladet för projektet Kompetens i {n} anger inte kontaktperson.") for n in range(100)]
    text = page_of(listed(Say("Kontakt:"), *numbered(10), *lacking, kind=Kind.CONTACTS), 0).text
    assert (units(text) <= LIMIT, text.endswith("…"), re.findall(r"(\d+)\. P", text)) == (
        True,
        True,
        [str(n) for n in range(1, 11)],
    )


TEXTS = st.one_of(
    st.text(max_size=40),
    st.builds(lambda piece, times: piece * times, st.text(alphabet="aå<& 🎲", max_size=8), st.integers(0, 150)),
)
ROWS = st.builds(row, TEXTS, st.integers(1, 9), field=st.sampled_from(["contact", "email", "phone", "owner"]))
REFS = st.builds(ProjectRef, st.just("1"), TEXTS)
CARDS = st.builds(Card, REFS, st.lists(ROWS, max_size=5).map(tuple), TEXTS)
BLOCKS = st.lists(st.one_of(CARDS, CARDS, st.builds(Say, TEXTS)), min_size=1, max_size=24)
LISTS = st.builds(
    lambda blocks, kind, language: listed(*blocks, kind=kind, language=language),
    BLOCKS,
    st.sampled_from([Kind.LIST, Kind.CONTACTS, Kind.ASK_BACK]),
    st.sampled_from(["sv", "en"]),
)


@given(LISTS)
@settings(max_examples=200, deadline=None)
def test_telegram_takes_every_page_and_no_entry_is_lost(anything: Answer) -> None:
    """Whatever the sheets hold, each page is a message that Telegram takes, and each card has its place on one."""
    cards: list[Card] = []
    pages = [page_of(anything, number) for number in range(page_of(anything, 0).of)]
    for page in pages:
        seen = read_html(page.text)
        assert (units(page.text) <= LIMIT, page.text.count("</") <= ENTITIES) == (True, True)
        assert len(page.cards) <= SIZE
        at = 0
        for number, card in enumerate(page.cards, page.first):
            found = re.compile(rf"^{number}\.", re.M).search(seen, at)
            assert found, f"no entry {number} in {seen!r}"
            at = found.end()
            assert letters(card.project.title[:12]) in letters(seen[found.start() :])
        cards += page.cards
    assert tuple(cards) == anything.cards


@given(st.lists(ROWS, max_size=12))
@settings(max_examples=100, deadline=None)
def test_every_row_of_a_contact_is_somebodys(rows: list[Row]) -> None:
    """Contacts are told apart by name, and by a second address or number; no row is left out or in two of them."""
    found = contacts_on(Card(ProjectRef("1", "P"), tuple(rows)))
    assert [shown for one in found for shown in one] == [shown for shown in rows if shown.field != "owner"]
    assert all(len({shown.field for shown in one}) == len(one) for one in found)
    assert all(shown.field != "contact" for one in found for shown in one[1:])
