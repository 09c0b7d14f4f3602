"""Who an entry of the list means, as far as the contacts of all sheets tell."""

import pytest

from esfbot.sheets.parse import parse
from esfbot.sheets.withheld.gather import gather, stated
from esfbot.sheets.withheld.person import Identifiers, Person, Stated, identify, key_of
from tests.sheets.pages import FACTS, layout_a
from tests.sheets.withheld.writing import entry, found, person

JENNY = ("Jenny Lyxell", "jenny.lyxell@rorlighet.se", "0240-564451")
ALL = person("Jenny Lyxell", "jenny.lyxell@rorlighet.se", "+46240564451")
BO = ("Bo Ek", "bo.ek@hjo.se", "0503-350 00")


@pytest.mark.parametrize(
    "who",
    ["Jenny Lyxell", "jenny  LYXELL", "Lyxell, Jenny", "Lyxell Jenny", "JENNY.lyxell@rorlighet.se", "+46 240 56 44 51",
     "0240/56 44 51"],
)  # fmt: skip
def test_all_values_of_the_person(who: str) -> None:
    """By name in any form, by address or number: all that the contact has stands for the person."""
    assert (found(who, [JENNY, BO]).emails, found(who, [JENNY, BO]).phones) == (ALL.emails, ALL.phones)
    assert "Jenny Lyxell" in found(who, [JENNY, BO]).names


@pytest.mark.parametrize(
    ("contact", "more"),
    [
        # a shared address
        (("Jeny Lyxell", JENNY[1], "070-174 06 05"), person("Jeny Lyxell", "", "+46701740605")),
        (("Jenny Karlsson", JENNY[1], ""), person("Jenny Karlsson")),
        (("Jenny", JENNY[1], ""), person("Jenny")),
        (("Bo Ek", JENNY[1], "070-174 06 05"), Person()),
        (("Kansliet", JENNY[1], "070-174 06 05"), Person()),
        (("", JENNY[1], "070-174 06 05"), person("", "", "+46701740605")),
        # a shared number
        (("Bo Ek", "bo.ek@hjo.se", JENNY[2]), Person()),
        (("Jenny Karlsson", "jenny.karlsson@hjo.se", JENNY[2]), Person()),
        (("Jenny Lyxel", "j.l@hjo.se", JENNY[2]), person("Jenny Lyxel", "j.l@hjo.se")),
        (("", "info@hjo.se", JENNY[2]), Person()),
        # the name in other forms
        (("LYXELL, JENNY", "j@hjo.se", ""), person("JENNY LYXELL", "j@hjo.se")),
        (("Projektledare Jenny Lyxell", "", "070-174 06 05"), person("", "", "+46701740605")),
        (("Jenny Lyxell, projektledare", "", "070-174 06 05"), person("", "", "+46701740605")),
        (("Jenny Lyxell (vik.)", "", "070-174 06 05"), person("", "", "+46701740605")),
        (("J. Lyxell", "", "070-174 06 05"), person("J. Lyxell", "", "+46701740605")),
        (("J. Lyxell", "johan.lyxell@hjo.se", "070-174 06 05"), Person()),
        (("Jenny Lyxell och Bo Ek", "bo.ek@hjo.se", ""), Person()),
        (("Maria Lyxell", "maria.lyxell@hjo.se", ""), Person()),
        # several values on a line
        (("Jenny Lyxell", "j@hjo.se; jl@hjo.se", "070-174 06 05, 031-390 06 05"),
         Person(frozenset(), frozenset(("j@hjo.se", "jl@hjo.se")), frozenset(("+46701740605", "+46313900605")))),
        (("Jenny Lyxell", "jenny(at)hjo.se", "12 34 56"),
         Person(frozenset(), frozenset(("jenny@hjo.se",)), frozenset(("123456",)))),
        (("Jenny Lyxell", "saknas", "via växeln"), Person()),
    ],
)  # fmt: skip
def test_who_else_is_the_person(contact: tuple[str, str, str], more: Person) -> None:
    """A misspelt or married name with the same address is; whoever only shares an address or a number is not."""
    assert found("Jenny Lyxell", [JENNY, contact, BO]) == ALL | more


def test_until_nothing_new_is_found() -> None:
    """A name leads to an address, the address to another name, and that to another number, in whatever order."""
    chain = [("Jenny Ekman", "je@hjo.se", "070-174 06 05"), ("Jenny Ekman", JENNY[1], ""), JENNY]
    expected = ALL | person("Jenny Ekman", "je@hjo.se", "+46701740605")
    assert found("Jenny Lyxell", chain) == found("Jenny Lyxell", chain[::-1]) == expected


def test_an_address_or_a_number_that_several_people_have() -> None:
    """Entered by itself it means all who have it."""
    shared = [("Eva Al", "info@hjo.se", "0503-350 00"), ("Bo Ek", "info@hjo.se", "")]
    assert found("info@hjo.se", shared).names == {"Eva Al", "Bo Ek"}
    assert found("0503-350 00", [*shared, ("Cy Dal", "", "0503-35000")]).names == {"Eva Al", "Cy Dal"}


def test_what_the_entry_adds() -> None:
    """Further names and addresses of the entry are the person's; a further number is nobody else's."""
    contacts = [JENNY, ("Jenny Ekman", "je@hjo.se", ""), ("Bo Ek", "", "031-390 06 05")]
    person_ = found("Jenny Lyxell", contacts, "Jenny Ekman", "031-390 06 05", "privat@exempel.se")
    expected = person("Jenny Ekman", "je@hjo.se") | person("", "privat@exempel.se", "+46313900605")
    assert person_ == ALL | expected


def test_somebody_whom_no_sheet_has() -> None:
    """The entry's own text stands for the person all the same."""
    assert found("Eva Al", [JENNY]) == person("Eva Al")


@pytest.mark.parametrize("text", ["", " ", "Jenny", "12", "08", "@", "Jenny,", "?", "J L", "J. Lyxell", "Jenny L"])
def test_what_names_nobody(text: str) -> None:
    """A first name alone may be anybody's."""
    assert key_of(text) == ""


def test_a_digest_tells_lists_apart() -> None:
    """The same people have the same, in whatever order, and nobody has none."""
    one, two = person("Eva Al"), person("Bo Ek")
    assert Identifiers((one, two)).digest == Identifiers((two, one)).digest != Identifiers((one,)).digest
    assert Identifiers().digest == ""


def sheet(*lines: str) -> str:
    """A sheet with these lines for its contacts: ``K`` a name, ``E`` an address, ``T`` a number."""
    labels = {"K": "Kontaktperson", "E": "E-post", "T": "Telefonnummer"}
    contact = "KontaktpersonAnna Berg\nE-postanna.berg@hjo.se\nTelefonnummer0503-350 00"
    return layout_a(facts=FACTS.replace(contact, "\n".join(labels[line[0]] + line[1:] for line in lines)))


def test_values_that_a_sheet_gives_to_nobody() -> None:
    """A second number below one name may be hers, so may a number below two; an office's address is not."""
    one = sheet(
        "KJenny Lyxell", "Einfo@hjo.se", "Ejeny.lyxell@hjo.se", "Ebo.ek@hjo.se", "T0503-350 01", "T070-174 06 05"
    )
    assert stated(parse(one, "x.txt")) == [
        Stated("Jenny Lyxell", "info@hjo.se", "0503-350 01", ("jeny.lyxell@hjo.se", "070-174 06 05"))
    ]
    two = sheet("KJenny Lyxell", "KBo Ek", "T0503-350 01")
    assert stated(parse(two, "x.txt")) == [
        Stated("Jenny Lyxell", "", "", ("0503-350 01",)),
        Stated("Bo Ek", "", "", ("0503-350 01",)),
    ]
    assert identify([entry("0503-350 01")], stated(parse(two, "x.txt"))).people[0].names == set()


def test_sheets_are_read_until_nothing_new_is_found() -> None:
    """A sheet that has only the other name is found through one that has both."""
    sheets = {
        "a.txt": sheet("KJenny Ekman", "Eje@hjo.se", "T070-174 06 05"),
        "b.txt": sheet("KJenny Ekman", f"E{JENNY[1]}"),
        "c.txt": sheet("KJenny Lyxell", f"E{JENNY[1]}", f"T{JENNY[2]}"),
        "d.txt": sheet("KBo Ek", "Ebo.ek@hjo.se"),
        "e.txt": "Jenny Lyxell, som inte är något projektblad",
    }
    read: list[str] = []

    def texts() -> list[tuple[str, str]]:
        read.append("once")
        return list(sheets.items())

    (jenny,) = gather([entry("Jenny Lyxell")], texts).people
    assert jenny == ALL | person("Jenny Ekman", "je@hjo.se", "+46701740605")
    assert gather([], texts) == Identifiers()
    assert len(read) == 3
