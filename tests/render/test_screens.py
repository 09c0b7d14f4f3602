"""Answers as messages with buttons: what can be pressed under which, and that Telegram takes all of it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from esfbot.answers.card import PARTS, part
from esfbot.model.answer import Answer, Card, Kind, ProjectRef, Quote, Say, SheetLines, Table
from esfbot.model.project import Source
from esfbot.model.query import Conversation, Operation, Query
from esfbot.render.markup import LIMIT
from esfbot.render.presses import Ask, Choose, Open, Part, Press, SendCard, SendFile, Turn, decode, encode, project_key
from esfbot.render.screen import Button, Screen
from esfbot.render.screens import Showing, answer_screens, card_screen, list_screen, part_screen
from esfbot.service import Service
from esfbot.telegram import calls
from tests.render.answers import LINES, SOURCES, TALLIES, TEXTS, contact, letters, row, units
from tests.telegram.api.keyboards import read_markup
from tests.telegram.api.markup import read_html

SHOW, LIST = Query("", "sv", Operation.SHOW), Query("", "sv", Operation.LIST, every=True)


@dataclass
class Kept:
    """Keeps questions as the bot does: each under a token of eight characters."""

    queries: dict[str, Query]

    def keep(self, query: Query) -> str:
        """Keep a question, and return its token."""
        token = f"{len(self.queries):08x}"
        self.queries[token] = query
        return token

    def showing(self, *, hides: bool = False) -> Showing:
        """What screens need, in a chat where contacts are shown or not."""
        read = lambda text: Query(text, "sv", Operation.NOTHING)  # noqa: E731 - of no interest here
        return Showing(self.keep, read, "abcdef", "esf_test_bot", hides)


@pytest.fixture
def kept() -> Kept:
    """Nothing kept yet."""
    return Kept({})


def rows_under(screen: Screen) -> list[list[str]]:
    """The labels of a screen's buttons, row by row."""
    return [[button.label for button in row] for row in screen.keyboard]


def button(screen: Screen, label: str) -> Button:
    """The first button with ``label`` in it."""
    return next(button for row in screen.keyboard for button in row if label in button.label)


def pressed(screen: Screen, kind: type[Press]) -> list[Any]:
    """The presses of one kind that a screen offers."""
    return [button.press for row in screen.keyboard for button in row if isinstance(button.press, kind)]


def projects(count: int, *, rows: tuple[Any, ...] = (), kind: Kind = Kind.LIST) -> Answer:
    """A list of so many projects."""
    cards = tuple(Card(ProjectRef(f"id{n}", f"P{n}"), rows) for n in range(1, count + 1))
    return Answer("?", "sv", kind, (Say(f"{count} projekt:"), *cards), tuple(card.project for card in cards))


EVA = contact("Eva Ek", "eva.ek@ludvika.se", "0240-56 44 51", "+46240564451")
BO = contact("Bo By", "bo@ludvika.se", line=10)
ONE = Card(ProjectRef("id1", "P1"), EVA)


def test_under_a_card(kept: Kept) -> None:
    """A project's card offers the ways to its contact, each part of the project, and a link to share."""
    answer = Answer("?", "sv", Kind.FACTS, (ONE,), (ONE.project,))
    (screen,) = answer_screens(answer, SHOW, kept.showing())
    assert rows_under(screen) == [
        ["✉️ Kopiera e-post", "📞 Kopiera nummer", "👤 Kontaktkort"],
        ["Syfte", "Målsättning", "Bakgrund"],
        ["Partner", "Alla uppgifter", "Kontakt"],
        ["Liknande", "Källa", "Dela"],
    ]
    assert [button(screen, label).copies for label in ("e-post", "nummer")] == ["eva.ek@ludvika.se", "+46240564451"]
    key = project_key("id1")
    assert [press.part for press in pressed(screen, Part)] == list(PARTS)
    assert button(screen, "Dela").url == f"https://t.me/share/url?url=https://t.me/esf_test_bot?start=p_{key}"


def test_several_contacts_are_told_apart(kept: Kept) -> None:
    """Where a project has several contacts, each has a row, and the button for the card says whose it is."""
    two = replace(ONE, rows=EVA + BO)
    (screen,) = answer_screens(Answer("?", "sv", Kind.CONTACTS, (two,), (two.project,)), SHOW, kept.showing())
    assert rows_under(screen)[:2] == [
        ["✉️ Kopiera e-post", "📞 Kopiera nummer", "👤 Eva Ek"],
        ["✉️ Kopiera e-post", "👤 Bo By"],
    ]
    listed = Answer("?", "sv", Kind.CONTACTS, (two, Card(ProjectRef("id2", "P2"), BO)), (two.project,))
    (screen,) = answer_screens(listed, SHOW, kept.showing())
    assert rows_under(screen) == [
        ["1", "✉️", "📞", "👤 Eva Ek"],
        ["✉️", "👤 Bo By"],
        ["2", "✉️", "👤"],
        ["Alla (.vcf)", "Alla (.csv)", "Dela"],
    ]
    assert len({press.contact for press in pressed(screen, SendCard)}) == 2


def test_where_contacts_are_hidden(kept: Kept) -> None:
    """In such a chat no button copies or sends a contact; one opens the private chat, with the same answer."""
    card = Answer("?", "sv", Kind.CONTACTS, (ONE,), (ONE.project,))
    (screen,) = answer_screens(card, replace(SHOW, fields=("contact",)), kept.showing(hides=True))
    assert button(screen, "privat").url == f"https://t.me/esf_test_bot?start=c_{project_key('id1')}"
    (listed,) = answer_screens(projects(3, rows=EVA, kind=Kind.CONTACTS), LIST, kept.showing(hides=True))
    view = button(listed, "privat").url.rpartition("l_")[2]
    assert kept.queries[view] == LIST
    for shown in (screen, listed):
        assert (pressed(shown, SendCard), pressed(shown, SendFile)) == ([], [])
        assert all(not button.copies for row in shown.keyboard for button in row)
        assert "ludvika" not in shown.text


def test_under_a_list(kept: Kept) -> None:
    """A list offers its entries, the other pages, other orders and a link; the pages go around."""
    screen = list_screen(projects(25), LIST, kept.showing(), page=2)
    assert rows_under(screen) == [
        ["21", "22", "23", "24", "25"],
        ["‹", "3/3", "›"],
        ["Belopp", "Start", "Titel"],
        ["Dela"],
    ]
    assert [press.page for press in pressed(screen, Turn)[:2]] == [1, 0]
    assert pressed(screen, Open)[0].back == f"{pressed(screen, Turn)[0].view}.abcdef.2"


def test_an_order_is_turned_round(kept: Kept) -> None:
    """The order that a list is in has an arrow, and pressing it again turns it round."""
    ordered = replace(LIST, order="start", descending=True)
    screen = list_screen(projects(2), ordered, kept.showing())
    assert rows_under(screen)[1] == ["Belopp", "↓ Start", "Titel"]
    queries = [kept.queries[turn.view] for turn in pressed(screen, Turn)]
    assert [(query.order, query.descending) for query in queries] == [
        ("esf_support", True),
        ("start", False),
        ("title", False),
    ]


def test_a_choice_between_projects(kept: Kept) -> None:
    """Where the question fits several projects, a press says which was meant."""
    asked = projects(2, kind=Kind.ASK_BACK)
    (screen,) = answer_screens(asked, SHOW, kept.showing())
    assert rows_under(screen) == [["1", "2"]]
    assert [press.project for press in pressed(screen, Choose)] == [project_key("id1"), project_key("id2")]
    assert kept.queries[pressed(screen, Choose)[0].view] == SHOW


def test_offers_can_be_asked(kept: Kept) -> None:
    """What a polite no offers is asked by a press."""
    no = Answer("?", "sv", Kind.UNKNOWN, (Say("Nej."),), suggestions=("Menade du X?",), questions=("Berätta om X",))
    (screen,) = answer_screens(no, SHOW, kept.showing())
    assert rows_under(screen) == [["Berätta om X"]]
    assert kept.queries[pressed(screen, Ask)[0].view].text == "Berätta om X"


def test_back_from_a_card_and_from_a_part(kept: Kept) -> None:
    """A card that was opened from a list leads back to its page, and so does each part of it, by way of the card."""
    answer, back = Answer("?", "sv", Kind.FACTS, (ONE,), (ONE.project,)), "00000007.abcdef.4"
    card = card_screen(answer, "sv", kept.showing(), back)
    assert button(card, "‹ Listan").press == Turn("00000007", "abcdef", 4)
    press = button(card, "Alla uppgifter").press
    assert isinstance(press, Part)
    facts = part_screen(answer, part("facts", "id1", "sv"), press, kept.showing())
    assert rows_under(facts) == [["‹ Projektet"], ["‹ Listan"]]
    assert button(facts, "‹ Projektet").press == Open(project_key("id1"), "sv", back)


def test_a_long_part_is_paged(kept: Kept) -> None:
    """A part that takes several messages is turned over in its place; a page that there is not is the nearest."""
    quote = Quote(ONE.project, "Bakgrund", "ord " * 3000, Source("a.txt", 1))
    answer = Answer("?", "sv", Kind.SECTION, (quote,), (ONE.project,))
    press = Part(project_key("id1"), "background", "sv", 1)
    query = part("background", "id1", "sv")
    screen = part_screen(answer, query, press, kept.showing())
    assert rows_under(screen) == [["‹", "2/3", "›"], ["‹ Projektet"]]
    assert [turn.page for turn in pressed(screen, Part)] == [0, 2]
    for page, nearest in ((99, "3/3"), (-5, "1/3")):
        turned = part_screen(answer, query, replace(press, page=page), kept.showing())
        assert rows_under(turned)[0][1] == nearest


@pytest.mark.parametrize("count", [1, 4])
def test_similar_projects(kept: Kept, count: int) -> None:
    """Similar projects can be opened, also a single one, and their cards lead back to them, as they to the first."""
    query = part("similar", "id9", "sv")
    screen = part_screen(projects(count), query, Part(project_key("id9"), "similar", "sv", 0, "x.y.0"), kept.showing())
    opened = pressed(screen, Open)
    assert [press.project for press in opened] == [
        *(project_key(f"id{n}") for n in range(1, count + 1)),
        project_key("id9"),
    ]
    view, _, rest = opened[0].back.partition(".")
    assert (kept.queries[view], rest, opened[-1].back) == (query, "abcdef.0", "x.y.0")


def test_more_contacts_than_buttons(kept: Kept) -> None:
    """Where buttons for all contacts would be more than Telegram takes, the entries can be opened all the same."""
    many = tuple(
        shown for n in range(9) for shown in contact(f"N{n}", f"n{n}@a.se", "08-465 004 10", "+46846500410", n)
    )
    screen = list_screen(projects(10, rows=many, kind=Kind.CONTACTS), LIST, kept.showing())
    assert rows_under(screen)[:2] == [["1", "2", "3", "4", "5"], ["6", "7", "8", "9", "10"]]
    one = projects(1, rows=many * 5, kind=Kind.FACTS)
    (card,) = answer_screens(replace(one, blocks=one.cards), SHOW, kept.showing())
    assert 80 < sum(map(len, card.keyboard)) < 90


def test_nothing_to_show(kept: Kept) -> None:
    """An answer with nothing to see is refused, since Telegram would refuse it."""
    with pytest.raises(ValueError, match="an answer with nothing to show"):
        answer_screens(Answer("?", "sv", Kind.FACTS, (Say(" "),)), SHOW, kept.showing())


@pytest.mark.parametrize(
    "question", ["Vem är kontaktperson i Ludvika?", "Vilka projekt finns?", "Jämför Vinnande Arena och Göra Skillnad"]
)
def test_a_shipped_answer_is_the_same_in_words(service: Service, kept: Kept, question: str) -> None:
    """Buttons take nothing from what an answer says."""
    query = service.understand(question, Conversation())
    found, _ = service.reply(query, Conversation())
    (screen,) = answer_screens(found, query, kept.showing())
    assert all(letters(row.text) in letters(read_html(screen.text)) for card in found.cards for row in card.rows)


# Whatever the sheets hold

TITLES = TEXTS.filter(letters)
REFS = st.builds(ProjectRef, st.sampled_from(["a", "b", "c"]), TITLES)
FIELDS = st.sampled_from(["contact", "email", "phone", "owner", "extra"])
ROWS = st.builds(row, TEXTS, st.integers(1, 9), field=FIELDS, label=TEXTS, key=st.sampled_from(["", "+46846500410"]))
QUOTES = st.builds(Quote, REFS, TEXTS, TEXTS, SOURCES, st.booleans())
CARDS = st.builds(Card, REFS, st.lists(ROWS, max_size=12).map(tuple), TEXTS, st.none() | QUOTES)
OTHERS = st.one_of(
    st.builds(Say, TEXTS),
    QUOTES,
    st.builds(SheetLines, TEXTS, LINES),
    st.builds(Table, st.lists(TALLIES, max_size=3).map(tuple), st.booleans()),
)


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    """An answer with cards and other blocks in any order, of any kind."""
    cards = draw(st.lists(CARDS, max_size=13))
    blocks = draw(st.permutations([*cards, *draw(st.lists(OTHERS, max_size=3))]))
    return Answer(
        question=draw(TEXTS),
        language=draw(st.sampled_from(["sv", "en"])),
        kind=draw(st.sampled_from(Kind)),
        blocks=tuple(blocks),
        projects=tuple(card.project for card in cards),
        suggestions=tuple(draw(st.lists(TEXTS, max_size=3))),
        questions=tuple(draw(st.lists(TEXTS, max_size=3))),
    )


QUERIES = st.builds(
    Query,
    st.just(""),
    st.sampled_from(["sv", "en"]),
    st.sampled_from([Operation.SHOW, Operation.LIST, Operation.RANK, Operation.SIMILAR, Operation.PASSAGES]),
    fields=st.sampled_from([(), ("contact",)]),
    order=st.sampled_from(["", "start", "esf_support"]),
    projects=st.just(("a",)),
)


def screens(answer: Answer, query: Query, showing: Showing, page: int) -> Iterator[Screen]:
    """Every screen that an answer can be shown on."""
    if any(map(letters, [*answer.suggestions, *(text for block in answer.blocks for text in texts_in(block))])):
        yield from answer_screens(answer, query, showing)
    if answer.cards:
        yield list_screen(answer, query, showing, page, "00000000.abcdef.1")
        only = replace(answer, blocks=answer.cards[:1], projects=answer.projects[:1])
        yield card_screen(only, answer.language, showing, "00000000.abcdef.99")
        press = Part(project_key("a"), "contact", answer.language, page, "00000000.abcdef.99")
        yield part_screen(answer, query, press, showing)


def texts_in(block: object) -> list[str]:
    """Texts that make a block a message."""
    match block:
        case Say(text):
            return [text]
        case Card() | Quote():
            return [block.project.title]
        case SheetLines(sheet, lines):
            return [sheet, *(str(line.number) for line in lines)]
        case Table(tallies):
            return [":" for _ in tallies]
        case _:
            return []


@given(answers(), QUERIES, st.integers(-1, 3), st.booleans())
@settings(max_examples=100, deadline=None)
def test_telegram_takes_every_screen(answer: Answer, query: Query, page: int, hides: bool) -> None:
    """Whatever the sheets hold, each text is a message and each keyboard one that Telegram takes, with the buttons
    that judge an answer, and each press reads back."""
    assume(answer.cards or answer.blocks)
    for screen in screens(answer, query, Kept({}).showing(hides=hides), page):
        seen = read_html(screen.text)
        assert (letters(seen) != "", units(screen.text) <= LIMIT) == (True, True)
        keyboard = calls.markup(screen.keyboard)
        assert sum(map(len, keyboard["inline_keyboard"])) <= 90
        read_markup({"reply_markup": keyboard})
        buttons = [button for row in screen.keyboard for button in row]
        assert all(decode(encode(button.press)) == button.press for button in buttons if button.press)
        if hides:
            assert not any(button.copies or isinstance(button.press, SendCard | SendFile) for button in buttons)
