"""First and family names by themselves, on the sheets where a withheld person stands and nowhere else."""

import pytest

from esfbot.sheets.parse import parse
from esfbot.sheets.withheld.marker import NAME
from tests.sheets.pages import FACTS, layout_a
from tests.sheets.withheld.writing import person, redactor

FACTS_OF_JENNY = FACTS.replace("Anna Berg", "Jenny Lyxell")
JENNY = redactor(person("Jenny Lyxell", "anna.berg@hjo.se", "+4650335000"))
BERG = redactor(person("Vera Berg"))


def narrative(text: str, facts: str = FACTS_OF_JENNY) -> str:
    """The text of a sheet as it is with the person taken out."""
    redacted = JENNY.redact(layout_a(facts=facts, text=f"Sammanfattning\n\n{text}")).text
    return redacted.partition("Sammanfattning\n\n")[2].rstrip("\n")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kontakta Jenny på kansliet.", f"Kontakta {NAME} på kansliet."),
        ("Lyxell leder projektet.", f"{NAME} leder projektet."),
        ("Fråga Lyxell, eller projektledare Jenny.", f"Fråga {NAME}, eller projektledare {NAME}."),
        ("Jennys grupp och JENNY", f"{NAME} grupp och {NAME}"),
        ("Herr Lyxell och Projektledare Lyxell", f"Herr {NAME} och Projektledare {NAME}"),
        ("Maria Lyxell och Jenny Karlsson stannar.", "Maria Lyxell och Jenny Karlsson stannar."),
        ("Lyxell Konsult och Lyxell-Berg stannar.", "Lyxell Konsult och Lyxell-Berg stannar."),
        ("Anna-Jenny och Jennyson stannar.", "Anna-Jenny och Jennyson stannar."),
        ("Se www.Lyxell.se", "Se www.Lyxell.se"),
    ],
)
def test_a_name_alone(text: str, expected: str) -> None:
    """A capitalised first or family name goes where it is nobody else's."""
    assert narrative(text) == expected


def test_a_name_alone_stays_on_other_sheets() -> None:
    """Where the person does not stand, another may be meant."""
    text = layout_a(text="Sammanfattning\n\nKontakta Jenny eller Lyxell.")
    assert redactor(person("Jenny Lyxell")).redact(text).text == text


def test_words_of_the_owner_stay() -> None:
    """A family name that the owner has in its name stands for the owner."""
    facts = FACTS_OF_JENNY.replace("Hjo kommun", "Lyxells Bygg AB")
    assert narrative("Hos Lyxell arbetar tio.", facts) == "Hos Lyxell arbetar tio."


def test_words_of_places_stay() -> None:
    """A family name that is a place stands for the place."""
    text = layout_a(facts=FACTS.replace("Anna Berg", "Vera Berg"), text="Sammanfattning\n\nI Berg frågar vi Vera.")
    assert f"I Berg frågar vi {NAME}." in BERG.redact(text).text


def test_ordinary_words_stay() -> None:
    """A first name that the sheet also writes as a word is one at the beginning of a sentence, too."""
    hans = redactor(person("Stark Modig"))
    text = layout_a(
        facts=FACTS.replace("Anna Berg", "Stark Modig"), text="Sammanfattning\n\nStark vilja. En stark vilja."
    )
    assert "Stark vilja. En stark vilja." in hans.redact(text).text


def test_facts_stay_as_they_are() -> None:
    """The title, the owner and lists keep a name that is only part of them."""
    facts = FACTS_OF_JENNY.replace("Hjo kommun", "Stiftelsen Jenny")
    text = layout_a("Lyxell i arbete", facts, "Samarbetspartners\n\n • Jenny Design\n • Lyxell")
    before, after = parse(text, "x.txt"), parse(JENNY.redact(text).text, "x.txt")
    contact = ("contact", "email", "phone", "withheld")
    assert [f for f in after.facts if f.field not in contact] == [f for f in before.facts if f.field not in contact]


def test_a_contact_by_the_first_name_alone() -> None:
    """A contact who is known by an address, and stands with a first name, is withheld on the sheet by that, too."""
    text = layout_a(facts=FACTS.replace("Anna Berg", "Jenny").replace("anna.berg", "jenny.lyxell"))
    without = redactor(person("Jenny Lyxell", "jenny.lyxell@hjo.se") | person("Jenny"))
    assert f"Kontaktperson{NAME}\n" in without.redact(text).text
