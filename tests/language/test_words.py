"""Words that can be compared."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esfbot.language.tell import tell
from esfbot.language.words import fold, normalise, split, stem


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Säffle", "saffle"),
        ("SAFFLE", "saffle"),
        ("Årjäng", "arjang"),
        ("Møller", "moller"),
        ("Łódź", "lodz"),
        ("straße", "strasse"),
        ("é", "e"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    """Words are compared without letter case and diacritics."""
    assert fold(text) == folded


@given(st.text())
def test_folding_twice(text: str) -> None:
    """A folded word is its own fold, however its letters were put together."""
    assert fold(fold(text)) == fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


def test_split() -> None:
    """Words are runs of letters and digits, with their place in the text."""
    text = "E-post: Åsa@hjo.se"
    words = split(text)
    assert [(word.text, word.folded) for word in words] == [
        ("E", "e"),
        ("post", "post"),
        ("Åsa", "asa"),
        ("hjo", "hjo"),
        ("se", "se"),
    ]
    assert all(text[word.start : word.end] == word.text for word in words)


def test_normalise() -> None:
    """A letter and its mark become one character."""
    assert normalise("a\u030a") == "å"


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [("deltagarna", "deltagare", "sv"), ("kvinnor", "kvinna", "sv"), ("participants", "participant", "en")],
)
def test_stem(one: str, other: str, language: str) -> None:
    """Forms of one word share a stem."""
    assert stem(one, language) == stem(other, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Vem är kontaktperson?", "sv"),
        ("Who is the contact?", "en"),
        ("Hur mycket fick projektet?", "sv"),
        ("phone number please", "en"),
    ],
)
def test_tell(text: str, language: str) -> None:
    """Frequent words tell the language of a question."""
    assert tell(split(text)) == language


def test_tell_when_nothing_tells() -> None:
    """A name alone speaks for neither language."""
    assert (tell(split("SAMLA")), tell(split("SAMLA"), "en")) == ("sv", "en")
