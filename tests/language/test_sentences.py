"""Text taken apart into sentences."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esfbot.language.sentences import sentence_spans


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ett. Två! Tre? Fyra", ["Ett.", "Två!", "Tre?", "Fyra"]),
        ("Ett bl.a. två. Tre", ["Ett bl.a. två.", "Tre"]),
        ("Det är ca. 5 st. Nu börjar det.", ["Det är ca. 5 st. Nu börjar det."]),
        ("Bl.a. Arvika deltar. Mer text.", ["Bl.a. Arvika deltar.", "Mer text."]),
        ("Rad ett\nRad två", ["Rad ett", "Rad två"]),
        ("Rad ett\nsom fortsätter", ["Rad ett\nsom fortsätter"]),
        ("Rad ett\n\nsom slutade", ["Rad ett", "som slutade"]),
        ("Han sade ”ja.” Sedan gick han.", ["Han sade ”ja.”", "Sedan gick han."]),
        ("1. Start 2. Slut", ["1. Start 2.", "Slut"]),
        ("www.esf.se är en sida. Den finns.", ["www.esf.se är en sida.", "Den finns."]),
        ("5.4 procent. Sedan", ["5.4 procent.", "Sedan"]),
        ("Vad? Jo!", ["Vad?", "Jo!"]),
        ("...och så... Vidare", ["...och så...", "Vidare"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    """A sentence ends at its stop or at a line's end, and not at an abbreviation or where the next line goes on."""
    assert sentences(text) == expected


@given(st.text(alphabet="ab .!?\n”ÅT0"))
def test_no_letter_is_lost(text: str) -> None:
    """Sentences lie in order, apart, without space about them, and hold every letter of the text."""
    spans = sentence_spans(text)
    assert all(start < end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(spans))
    assert all(text[start:end] == text[start:end].strip() for start, end in spans)
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())
