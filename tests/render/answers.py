"""Answers that nobody thinks of, for properties, and how to tell what is shown of them."""

import unicodedata
from dataclasses import replace

from hypothesis import strategies as st

from esfbot.model.answer import Answer, Block, Card, Kind, ProjectRef, Quote, Row, Say, SheetLines, Table, Tally
from esfbot.model.project import Line, Source

PROJECT = ProjectRef("2009-1", "Göra skillnad")


def answer(*blocks: Block, language: str = "sv", suggestions: tuple[str, ...] = ()) -> Answer:
    """An answer of these blocks."""
    return Answer("?", language, Kind.FACTS, blocks, suggestions=suggestions)


def row(
    text: str, line: int = 1, *, field: str = "owner", label: str = "Ägare", sheet: str = "a.txt", key: str = ""
) -> Row:
    """A row of a card."""
    return Row(field, label, text, text, Source(sheet, line), key)


def contact(name: str, email: str = "", phone: str = "", key: str = "", line: int = 7) -> tuple[Row, ...]:
    """The rows of a contact, of which each but the name may be missing."""
    rows = (
        row(name, line, field="contact", label="Kontaktperson"),
        row(email, line + 1, field="email", label="E-post", key=email),
        row(phone, line + 2, field="phone", label="Telefon", key=key),
    )
    return tuple(shown for shown in rows if shown.text)


def letters(text: str) -> str:
    """What of ``text`` a person sees: letters, digits, punctuation and symbols, without the blanks between them."""
    normal = unicodedata.normalize("NFC", text)
    return "".join(c for c in normal if unicodedata.category(c)[0] in "LNPS" and c not in "\u2800\ufffc")


def units(text: str) -> int:
    """Length in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def shown_texts(block: Block) -> list[str]:
    """The texts of a block that must be shown, in their order; sources are left out, since they are put together."""
    match block:
        case Say(text):
            return [text]
        case Card(project, rows, note, summary):
            about = [summary.text] if summary else []
            return [project.title, *about, note, *(text for row in rows for text in (row.label, row.text))]
        case Quote(project, heading, text, _, _):
            return [project.title, heading, text]
        case SheetLines(sheet, numbered):
            return [sheet, *(f"{line.number}{line.text}" for line in numbered)]
        case Table(tallies, titles):
            return [
                text
                for tally in tallies
                for text in (tally.value, tally.text, *(project.title for project in tally.projects if titles))
            ]


TEXTS = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="aå<>& \n🎲", max_size=60),
    # Long ones: a piece again and again, with and without blanks to part it at.
    st.builds(
        lambda piece, times: piece * times, st.text(alphabet="aå<>&\u200b \n🎲", max_size=12), st.integers(0, 1500)
    ),
)
SOURCES = st.builds(Source, st.sampled_from(["a.txt", "b & c.txt"]), st.integers(1, 20))
ROWS = st.builds(Row, st.sampled_from(["owner", "email"]), TEXTS, TEXTS, st.just(""), SOURCES)
PROJECTS = st.builds(ProjectRef, st.just("1"), TEXTS)
QUOTES = st.builds(Quote, PROJECTS, TEXTS, TEXTS, SOURCES, st.booleans())
CARDS = st.builds(Card, PROJECTS, st.lists(ROWS, max_size=4).map(tuple), TEXTS, st.none() | QUOTES)
TALLIES = st.builds(Tally, TEXTS, TEXTS, st.just(1.0), st.lists(PROJECTS, max_size=3).map(tuple))
LINES = st.lists(TEXTS, max_size=8).map(lambda texts: tuple(Line(n, text) for n, text in enumerate(texts, 1)))
BLOCKS = st.one_of(
    st.builds(Say, TEXTS),
    CARDS,
    QUOTES,
    st.builds(SheetLines, TEXTS, LINES),
    st.builds(Table, st.lists(TALLIES, max_size=4).map(tuple), st.booleans()),
)
ANSWERS = st.builds(
    answer, language=st.sampled_from(["sv", "en"]), suggestions=st.lists(TEXTS, max_size=3).map(tuple)
).flatmap(lambda empty: st.lists(BLOCKS, max_size=5).map(lambda blocks: replace(empty, blocks=tuple(blocks))))
