"""What buttons carry: within 64 bytes, and read back as it was meant."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from esfbot.answers.card import PARTS
from esfbot.model.answer import Row
from esfbot.model.project import Fact, Source
from esfbot.render.presses import (
    LIMIT,
    Ask,
    Choose,
    Discard,
    Forget,
    GoBack,
    Idle,
    Open,
    Part,
    Press,
    Publish,
    Rate,
    SendCard,
    SendFile,
    Speak,
    Turn,
    TurnUnanswered,
    contact_key,
    decode,
    encode,
    generation_key,
    project_key,
)
from esfbot.state.verdicts import REASONS

KEYS = st.text(alphabet="abcXYZ019-_", min_size=1, max_size=8)
LANGUAGES = st.sampled_from(["sv", "en"])
PAGES = st.integers(0, 9999)
BACK = st.one_of(st.just(""), st.just("new"), st.builds("{}.{}.{}".format, KEYS, KEYS, PAGES))
PRESSES: st.SearchStrategy[Press] = st.one_of(
    st.builds(Turn, KEYS, KEYS, PAGES),
    st.builds(Open, KEYS, LANGUAGES, BACK),
    st.builds(Part, KEYS, st.sampled_from(PARTS), LANGUAGES, PAGES, BACK),
    st.builds(Choose, KEYS, KEYS),
    st.builds(Ask, KEYS),
    st.builds(SendCard, KEYS, KEYS, LANGUAGES),
    st.builds(SendFile, KEYS, st.sampled_from(["vcf", "csv"])),
    st.builds(Rate, st.sampled_from(["right", "wrong"]), st.sampled_from(["", *REASONS])),
    st.builds(Speak, LANGUAGES),
    st.just(Forget()),
    st.builds(Publish, st.from_regex("[0-9a-f]{8}", fullmatch=True), st.sampled_from(["", "forced"])),
    st.builds(Discard, st.from_regex("[0-9a-f]{8}", fullmatch=True)),
    st.just(GoBack("20261122-053000-123456-1a2b")),
    st.builds(TurnUnanswered, PAGES),
    st.just(Idle()),
)


@given(PRESSES)
@settings(deadline=None)
def test_a_press_is_read_back(press: Press) -> None:
    """A button's data says what the press is, within what Telegram gives back."""
    data = encode(press)
    assert (decode(data), len(data.encode()) <= LIMIT) == (press, True)


@given(
    st.one_of(
        st.text(),
        st.text(alphabet="topcakxrldiuwbn:019.-"),
        st.lists(st.one_of(st.sampled_from("topcakxrldiuwbn"), st.text(max_size=5)), max_size=7).map(":".join),
    )
)
@settings(max_examples=300, deadline=None)
def test_any_data_can_be_read(data: str) -> None:
    """Data of another version, or of no button at all, is a press or none; nothing is raised."""
    assert decode(data) is None or data[:1] in "topcakxrldiuwbn"


@pytest.mark.parametrize("data", ["", "z", "t", "t:view:generation:x", "t:a:b:c:d:e", "o:key", "p:key:source:sv:1:b:x"])
def test_no_press(data: str) -> None:
    """Data that lacks something, has too much or has a word for a number is no press."""
    assert decode(data) is None


@pytest.mark.parametrize(
    ("press", "reason"),
    [
        (Ask("x" * 63), "Ask takes 65 bytes, and a button has 64"),
        (Ask("a:b"), "Ask holds a ':', which parts it"),
    ],
)
def test_a_press_that_can_not_be_carried(press: Press, reason: str) -> None:
    """What is too long, or could not be read back, is refused when the button is made."""
    with pytest.raises(ValueError, match=re.escape(reason)):
        encode(press)


@given(st.text(max_size=80), st.text(max_size=80))
@settings(deadline=None)
def test_keys_fit_links_and_buttons(one: str, other: str) -> None:
    """A project's key is eight characters that a link to the bot may carry (core.telegram.org/bots/features), the same
    each time and another one for another project."""
    assert re.fullmatch("[A-Za-z0-9_-]{8}", project_key(one))
    assert (project_key(one) == project_key(other)) is (one == other)
    assert re.fullmatch("[0-9a-f]{6}", generation_key(one))


def test_a_contact_is_told_by_what_is_shown_first() -> None:
    """The key of a row is that of its fact, and another line or another value is another contact."""
    fact = Fact("contact", "Eva Ek", "Eva Ek", Source("a.txt", 7))
    shown = Row("contact", "Kontaktperson", "Eva Ek", "Eva Ek", Source("a.txt", 7))
    others = [
        Row("contact", "Kontaktperson", "Eva Ek", "Eva Ek", Source("a.txt", 8)),
        Row("contact", "Kontaktperson", "Eva Eka", "Eva Eka", Source("a.txt", 7)),
    ]
    assert (contact_key(shown), contact_key(fact) in map(contact_key, others)) == (contact_key(fact), False)
