"""Whose address and whose number it is; a number that nobody is sure to own stays alone."""

import pytest

from esfbot.model.project import Project
from esfbot.sheets.parse import parse
from esfbot.sheets.persons import agree, is_person
from esfbot.sheets.projects import make_projects
from tests.sheets.pages import FACTS, layout_a

ANNA, BO, CY = "Anna Berg", "Bo Ek", "Cy Dal"
CONTACT = "KontaktpersonAnna Berg\nE-postanna.berg@hjo.se\nTelefonnummer0503-350 00\n"
A, B, C = "anna.berg@hjo.se", "bo.ek@hjo.se", "cy.dal@hjo.se"
ONE, TWO, THREE = "0503-350 01", "0503-350 02", "070-350 00 03"


def project(*lines: str) -> Project:
    """A project with these lines for its contacts: ``K`` a name, ``E`` an address, ``T`` a number."""
    labels = {"K": "Kontaktperson", "E": "E-post", "T": "Telefonnummer"}
    text = "".join(f"{labels[line[0]]}{line[1:]}\n" for line in lines)
    projects, _ = make_projects([parse(layout_a(facts=FACTS.replace(CONTACT, text)), "x.txt")])
    return projects[0]


def contacts(*lines: str) -> list[tuple[str, ...]]:
    return [tuple(str(fact.value) for fact in contact.facts) for contact in project(*lines).contacts]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # one contact
        ((f"K{ANNA}", f"E{A}", f"T{ONE}"), [(ANNA, A, ONE)]),
        ((f"E{A}", f"T{ONE}", f"K{ANNA}"), [(ANNA, A, ONE)]),
        ((f"K{ANNA}",), [(ANNA,)]),
        ((f"T{ONE}",), [(ONE,)]),
        ((f"K{ANNA}", f"T{ONE}", f"T{TWO}"), [(ANNA, ONE), (TWO,)]),
        ((f"K{ANNA}", f"T{ONE}, {TWO}"), [(ANNA, f"{ONE}, {TWO}")]),
        ((f"K{ANNA}", f"E{B}", f"E{A}"), [(ANNA, A), (B,)]),
        # row by row
        ((f"K{ANNA}", f"E{A}", f"T{ONE}", f"K{BO}", f"E{B}", f"T{TWO}"), [(ANNA, A, ONE), (BO, B, TWO)]),
        ((f"K{ANNA}", f"E{A}", f"K{BO}", f"E{B}", f"T{TWO}"), [(ANNA, A), (BO, B, TWO)]),
        ((f"K{ANNA}", f"E{A}", f"T{ONE}", f"K{BO}"), [(ANNA, A, ONE), (BO,)]),
        # column by column
        ((f"K{ANNA}", f"K{BO}", f"E{A}", f"E{B}", f"T{ONE}", f"T{TWO}"), [(ANNA, A, ONE), (BO, B, TWO)]),
        ((f"K{ANNA}", f"K{BO}", f"T{ONE}", f"T{TWO}"), [(ANNA, ONE), (BO, TWO)]),
        ((f"K{ANNA} och {BO}", f"E{A}, {B}", f"T{ONE}, {TWO}"), [(ANNA, A, ONE), (BO, B, TWO)]),
        ((f"K{ANNA} / {BO}", f"E{A}; {B}", f"T{ONE} / {TWO}"), [(ANNA, A, ONE), (BO, B, TWO)]),
        # not sure whose
        ((f"K{ANNA}", f"K{BO}", f"E{B}", f"E{A}", f"T{ONE}", f"T{TWO}"), [(ANNA, A), (BO, B), (ONE,), (TWO,)]),
        ((f"K{ANNA}", f"K{BO}", f"T{ONE}"), [(ANNA,), (BO,), (ONE,)]),
        ((f"K{ANNA}", f"K{BO}", f"T{ONE}", f"T{TWO}", f"T{THREE}"), [(ANNA,), (BO,), (ONE,), (TWO,), (THREE,)]),
        ((f"K{ANNA} och {BO}", f"E{B}", f"T{ONE}"), [(ANNA,), (BO, B), (ONE,)]),
        ((f"K{ANNA}, {BO}, {CY}", f"E{C}, {A}", f"T{ONE}, {TWO}"), [(ANNA, A), (BO,), (CY, C), (ONE,), (TWO,)]),
        ((f"K{ANNA}", "Esaknas", f"K{BO}", f"E{B}", f"T{TWO}"), [(ANNA,), (BO, B), (TWO,)]),
        (("Ksaknas", f"E{A}", f"T{ONE}"), [(A, ONE)]),
    ],
)
def test_whose(lines: tuple[str, ...], expected: list[tuple[str, ...]]) -> None:
    """Addresses and numbers go to the person the sheet puts them with, and to nobody where it does not."""
    assert contacts(*lines) == expected


@pytest.mark.parametrize(
    "line",
    [
        f"{ANNA}, {A}, {ONE}",
        f"{ANNA} ({A}) tel. {ONE}",
        f"{ANNA}, e-post: {A}, telefon: {ONE}",
        f"{ANNA} {A} {ONE}",
        f"{ANNA} tfn {ONE}, mejl {A}",
    ],
)
def test_all_on_one_line(line: str) -> None:
    """A name with its address and number on one line is taken apart."""
    assert contacts(f"K{line}") == [(ANNA, A, ONE)]


@pytest.mark.parametrize(
    "name", [f"{ANNA}, projektledare", f"{ANNA}, Region Blekinge", "Anna och Bo Ek", "Kansliet, Hjo kommun"]
)
def test_one_name_with_more(name: str) -> None:
    """A title, an office or a first name beside a name makes no second person."""
    assert contacts(f"K{name}", f"E{A}", f"T{ONE}") == [(name, A, ONE)]


@pytest.mark.parametrize(
    ("text", "person"),
    [
        (ANNA, True),
        ("Per PC Carlsson", True),
        ("Karin de Valmont", True),
        ("Eva-Lena Åström Öberg", True),
        ("Anna", False),
        ("Region Blekinge", False),
        ("Hjo kommun", False),
        ("Anna Berg, projektledare", False),
        ("Kommunledningskontoret Hjo", False),
        ("Avdelning 4", False),
    ],
)
def test_persons(text: str, person: bool) -> None:
    """A person's name is told from that of an office."""
    assert is_person(text) is person


@pytest.mark.parametrize(
    ("name", "email"),
    [
        ("Ellen Wikberg", "ellen.wikberg@x.se"),
        ("Kerstin Törö", "kerstin.toro@amf.x.se"),
        ("Karin de Valmont", "karin.devalmont@x.se"),
        ("Sten Eklund Åberg", "sten@x.se"),
        ("Per PC Carlsson", "per.carlsson@x.se"),
        ("Lisa Svensson", "lisve@x.se"),
        ("Lisa Svensson", "lsvensson@x.se"),
        ("Lisa Svensson", "svenssonl@x.se"),
        ("Lisa Svensson", "l.svensson2@x.se"),
        ("Lisa Svensson", "ls@x.se"),
        ("Anna Berg Ström", "anna.strom@x.se"),
        ("Anna Berg-Ström", "anna.berg-strom@x.se"),
        ("Anna Berg-Ström", "anna.bergstrom@x.se"),
        ("Åsa Öhman", "aasa.oehman@x.se"),
        ("Håkan Ängström", "hakan.aengstrom@x.se"),
        ("Lisa Svensson", "info@x.se"),
        ("Lisa Svensson", "arbetsmarknadsenheten@x.se"),
        ("Lisa Svensson", "kommunledningskontoret@x.se"),
        ("Lisa Svensson", "kulturkraft@kulturkraftsyd.se"),
    ],
)
def test_names_and_addresses_that_agree(name: str, email: str) -> None:
    """An address may be made of a name in many ways, or be an office's."""
    assert agree(name, email)


@pytest.mark.parametrize(
    ("name", "email"),
    [
        ("Elin Sederbron", "elin.sederborn@x.se"),
        ("Lisa Svensson", "lisa.svenson@x.se"),
        ("Lisa Svensson", "bo.ek@x.se"),
        ("Lisa Svensson", "lisa.ek@x.se"),
        ("Anna Ek", "hanna.ek@x.se"),
        ("Jan Ek", "jane.ek@x.se"),
        ("Farah Yilmazer", "farah.yilmaser@x.se"),
    ],
)
def test_names_and_addresses_that_disagree(name: str, email: str) -> None:
    """Letters that are swapped, missing or of somebody else's name show."""
    assert not agree(name, email)
