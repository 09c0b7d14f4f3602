"""A text without the people who are withheld, and otherwise as it was."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from esfbot.language.words import fold
from esfbot.sheets.withheld.marker import ADDRESS, MARKER, NAME, NUMBER
from esfbot.sheets.withheld.person import identify
from esfbot.values.contacts import dialled
from tests.sheets.withheld.writing import (
    FAMILY,
    GIVEN,
    NUMBERS,
    email_of,
    entry,
    person,
    redactor,
    written_address,
    written_name,
    written_number,
)

JENNY = person("Jenny Lyxell", "jenny.lyxell@rorlighet.se", "+46240564451")
WITHOUT = redactor(JENNY)
BEFORE = (
    "",
    "Ring ",
    "(",
    "Kontaktperson",
    "KONTAKTPERSON",
    "Kontaktperson: ",
    "projektledare ",
    "och\n",
    "ProjektledarE",
)
AFTER = ("", ".", ",", ")", " svarar", "\nE-post", "/", "? Ja")


def around(before: str, text: str, after: str) -> str:
    return f"Första raden.\n{before}{text}{after}\nSista raden."


@settings(max_examples=600, deadline=None)
@given(st.data(), st.sampled_from(GIVEN), st.sampled_from(FAMILY), st.sampled_from(BEFORE), st.sampled_from(AFTER))
def test_a_name_is_found_however_it_is_written(
    data: st.DataObject, given_: str, family: str, before: str, after: str
) -> None:
    """In any letters, order and blanks, in the genitive, fused to a label: nothing of it is left, and no line more."""
    name = f"{given_} {family}"
    without = redactor(person(name))
    text = around(before, data.draw(written_name(given_, family)), after)
    redacted = without.redact(text)
    assert redacted.count == 1
    assert re.sub(r"\s", "", redacted.text.replace(NAME, "")) == re.sub(r"\s", "", around(before, "", after))
    assert redacted.text.count("\n") == text.count("\n")
    assert without.touches(text)


@settings(max_examples=300, deadline=None)
@given(
    st.data(),
    st.sampled_from(GIVEN),
    st.sampled_from(FAMILY),
    st.sampled_from(("", "E-post", "E‑POST", "Mejl: ", "e-post ")),
)
def test_an_address_is_found_however_it_is_written(data: st.DataObject, given_: str, family: str, before: str) -> None:
    """With (at), blanks, in capitals, in a link, fused to a label."""
    address = email_of(f"{given_} {family}")
    without = redactor(person("", address))
    text = around(before, data.draw(written_address(address)), ". Mer.")
    redacted = without.redact(text)
    assert redacted.count == 1
    assert set(MARKER.findall(redacted.text)) == {ADDRESS}
    left = fold(MARKER.sub("", redacted.text))
    assert not [word for word in re.split(r"\W", address) if len(word) > 2 and word in left]
    assert redacted.text.count("\n") == text.count("\n")


@settings(max_examples=300, deadline=None)
@given(st.data(), st.sampled_from(NUMBERS), st.sampled_from(("", "Telefonnummer", "Tel. ", "tfn:", "(", "Mobil\u00a0")))
def test_a_number_is_found_however_it_is_written(data: st.DataObject, number: str, before: str) -> None:
    """In any grouping, with a country code, an extension, fused to a label."""
    without = redactor(person("", "", dialled(number)))
    text = around(before, data.draw(written_number(number)), " Mer.")
    redacted = without.redact(text)
    assert (redacted.count, set(MARKER.findall(redacted.text))) == (1, {NUMBER})
    assert not re.search(r"\d", redacted.text)
    assert redacted.text.count("\n") == text.count("\n")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("KontaktpersonJenny Lyxell", f"Kontaktperson{NAME}"),
        ("J. Lyxell och J Lyxell, J.Lyxell", f"{NAME} och {NAME}, {NAME}"),
        ("Verksamhetschef J. Lyxell, Kontakta Lyxell, Jenny", f"Verksamhetschef {NAME}, Kontakta {NAME}"),
        ("Jenny M. Lyxell, Jenny MK Lyxell", f"{NAME}, {NAME}"),
        ("Jenny Lyxell-Berg", NAME),
        ("https://x.se/jenny-lyxell och Jenny%20Lyxell", f"https://x.se/{NAME} och {NAME}"),
        ("jenny.lyxell@annat.se", ADDRESS),
        ("E-postjenny.lyxell@rorlighet.se", f"E-post{ADDRESS}"),
        ("mailto:jenny.lyxell%40rorlighet.se?subject=x", f"mailto:{ADDRESS}?subject=x"),
        ("Telefonnummer0240-56 44 51 ankn 12", f"Telefonnummer{NUMBER}"),
        ("tel:+46240564451", f"tel:{NUMBER}"),
        ("Jenny\nLyxell är", f"{NAME}\n är"),
        ("KontaktpersonJenny\nLyxell\nE-post", f"Kontaktperson{NAME}\n{NAME}\nE-post"),
        ("JennyLyxell", NAME),
        ("Jenny Lyxell, 0240-564451, jenny.lyxell@rorlighet.se", f"{NAME}, {NUMBER}, {ADDRESS}"),
        ("Jenny Lyxell Jenny Lyxell", f"{NAME} {NAME}"),
        ("Jenny LyxellE-postjenny.lyxell@rorlighet.se", f"{NAME}E-post{ADDRESS}"),
    ],
)  # fmt: skip
def test_what_stands_in_its_place(text: str, expected: str) -> None:
    """A short marker tells whether it was a name, an address or a number, and the rest stays."""
    assert WITHOUT.redact(text).text == expected


@pytest.mark.parametrize(
    "text",
    [
        "Maria Lyxell",
        "Jenny Karlsson",
        "Bo J. Lyxell",
        "Maria Lyxell, Jenny Karlsson och Bo Ek",
        "Maria Lyxell\nJenny Karlsson",
        "anna.lyxell@rorlighet.se",
        "jenny@rorlighet.se",
        "ojenny.lyxell.x@annat.se",
        "0240-564452",
        "10240564451",
        "0240-5644512",
        "08-240 56 44 5",
        "1 240 564 451 kr",
        "Lyxells Konsult AB",
        "Ge Nny Lyx Ell",
        "jennylyxellsson",
    ],
)
def test_others_stay(text: str) -> None:
    """Whoever shares a name, a domain or some digits is left as published."""
    assert WITHOUT.redact(text).text == text
    assert not WITHOUT.touches(text)


OTHERS = ["Maria Lyxell", "Jenny Karlsson", "Bo Ek", "maria.lyxell@rorlighet.se", "0240-564452", "08-600 84 63",
          "Ludvika", "2009-06-22", "1 644 968 kr", "[…]", "[undanhållen]", "projekt", "J.", ",", "och", "E-post",
          "Telefonnummer"]  # fmt: skip
HERS = ["Jenny Lyxell", "LYXELL, JENNY", "J. Lyxell", "jenny.lyxell@rorlighet.se", "0240-56 44 51", "Lyxell", "Jenny"]
GLUE = st.sampled_from([" ", "\n", ", ", "", ". ", "\u00a0", "-"])


@settings(max_examples=500, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(OTHERS), st.sampled_from([" och ", "; ", ".\n", " (", "\n\n"])), max_size=30))
def test_a_text_without_the_person_is_not_changed(parts: list[tuple[str, str]]) -> None:
    """It comes back byte for byte."""
    text = "".join(word + glue for word, glue in parts)
    assert WITHOUT.redact(text).text is text


@settings(max_examples=800, deadline=None)
@given(st.lists(st.tuples(st.sampled_from([*OTHERS, *HERS]), GLUE), max_size=40))
@example([("0240-56 44 51", ""), ("0240-56 44 51", "")])
def test_redacting_twice_changes_nothing_and_no_line_comes_or_goes(parts: list[tuple[str, str]]) -> None:
    """Whatever is fused to what, the second time there is nothing left to find."""
    text = "".join(word + glue for word, glue in parts)
    redacted = WITHOUT.redact(text)
    assert WITHOUT.redact(redacted.text) == type(redacted)(redacted.text, 0)
    assert redacted.text.count("\n") == text.count("\n")
    assert (redacted.count > 0) == WITHOUT.touches(text) == (redacted.text != text)


@given(st.text())
def test_any_text(text: str) -> None:
    """Nobody stands in a text of random letters."""
    assert WITHOUT.redact(text).text == text


def test_nobody_withheld() -> None:
    """An empty list changes nothing."""
    assert redactor().redact("Jenny Lyxell").text == "Jenny Lyxell"
    assert not redactor().names("Jenny Lyxell")


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("Hur når jag Jenny Lyxell?", True),
        ("vad har lyxell för nummer", True),
        ("Lyxells telefon", True),
        ("Kontakt 0240-564451", True),
        ("Vem är kontakt i Ludvika?", False),
        ("Hur når jag Maria Karlsson?", False),
    ],
)
def test_a_question_about_the_person_is_known(question: str, *, named: bool) -> None:
    """By a part of the name, too, in small letters and in the genitive."""
    assert WITHOUT.names(question) is named


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=12), st.text(max_size=8), st.text(max_size=12))
@example("(Åsa", "Öberg)", "a@[b]\\")
@example("'Eva", "-", "@")
@example("´", "´", "´")
def test_any_name_and_address(given_: str, family: str, email: str) -> None:
    """Whatever stands on sheets for a name or an address can be looked for, and is found as it is."""
    who = person(f"{given_} {family}", email.casefold())
    without = redactor(who)
    assert without.redact("Ett projekt i Hjo om 2 000 kr").text.startswith("Ett projekt")
    for entered in identify([entry(f"{given_} {family}")], [(f"{given_} {family}", email, "")]).people:
        assert redactor(entered).redact("Ett projekt").text == "Ett projekt"
