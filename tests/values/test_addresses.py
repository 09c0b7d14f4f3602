"""Telephone numbers and e-mail addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esfbot.values.contacts import dialled, find_emails, find_phones, is_email


@pytest.mark.parametrize(
    ("published", "number"),
    [
        ("054-600000", "+4654600000"),
        ("0586 60000", "+4658660000"),
        ("0455-30 00 33", "+46455300033"),
        ("0701740605", "+46701740605"),
        ("08/600 84 63", "+4686008463"),
        ("08\u2011600\u00a084\u00a063", "+4686008463"),
        ("(08) 600 84 63", "+4686008463"),
        ("+46 (0)8 600 84 63", "+4686008463"),
        ("0046 8 6008463", "+4686008463"),
        ("+47 22 12 34 56", "+4722123456"),
        ("08-600 84 63 ankn 12", "+4686008463"),
        ("vxl 08-600 84 63", "+4686008463"),
        ("08-600 84 63 (vxl)", "+4686008463"),
        ("tel.08-600 84 63", "+4686008463"),
        ("070 – 123 45 67", "+46701234567"),
        ("08-600 84 63, 070-123 45 67", "+4686008463"),
        ("08-600 84 63 / 070-123 45 67", "+4686008463"),
        ("600 84 63", ""),
        ("12345", ""),
        ("saknas", ""),
        ("", ""),
        ("08-600 84 63 070-123 45 67", ""),
    ],
)
def test_dialled(published: str, number: str) -> None:
    """A number has one form to dial, whatever stands about it; two that run together have none."""
    assert dialled(published) == number


@given(
    st.integers(min_value=1_000_000, max_value=9_999_999), st.sampled_from(["-", " ", "", "/", " - "]), st.booleans()
)
def test_one_form(rest: int, joint: str, home: bool) -> None:
    """A number written in any way is the same number."""
    text = f"{str(rest)[:3]} {str(rest)[3:5]} {str(rest)[5:]}"
    assert dialled(f"070{joint}{text}" if home else f"+4670{joint.strip('/')}{text}") == f"+4670{rest}"


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Ring 0240-560000.", ["+46240560000"]),
        ("08-600 84 63 eller 070-123 45 67", ["+4686008463", "+46701234567"]),
        ("054-60 00 00 / 070-123 45 67", ["+4654600000", "+46701234567"]),
        ("Perioden 2009-08-03 till 2010-02-02, 1 644 968 kr, dnr 2015/00358", []),
        ("ett@08-6008463.se", []),
    ],
)
def test_find_phones(text: str, numbers: list[str]) -> None:
    """Numbers are found in text, and no dates, amounts or addresses with them."""
    found = find_phones(text)
    assert [number for number, _, _ in found] == numbers
    assert all(dialled(text[start:end]) == number for number, start, end in found)


@pytest.mark.parametrize(
    "text", ["anna.berg@hjo.se", "ANNA@HJO.SE", "anna-lena.berg@a-b.hjo.se", "a_b+c@x.museum", "o'neil@x.se"]
)
def test_emails(text: str) -> None:
    """Well-formed addresses are, and are found in text."""
    assert is_email(text)
    assert find_emails(f"Skriv till {text}.") == [(text, 11, 11 + len(text))]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "anna",
        "anna@hjo",
        "anna berg@hjo.se",
        "anna@@hjo.se",
        "anna..berg@hjo.se",
        ".anna@hjo.se",
        "åsa@hjo.se",
        "anna(at)hjo.se",
        "anna@hjo.se.",
    ],
)
def test_malformed_emails(text: str) -> None:
    """What can't be an address is none."""
    assert not is_email(text)


def test_a_long_run_of_letters() -> None:
    """Each letter is looked at once: looking on from each to the end would take this text half an hour."""
    assert find_emails("a" * 1_000_000) == []
