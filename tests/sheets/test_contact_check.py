"""Which contacts of a collection to look after: those of ended projects, malformed and differing ones.

Those that look like others are in test_contact_lookalikes.py.
"""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esfbot.model.project import Fact, LinkKind, Project, Severity, Source
from esfbot.sheets.contact_check.check import check_contacts
from esfbot.sheets.contact_check.entries import Kind
from esfbot.sheets.contact_check.malformed import email_flaw, mended, phone_flaw
from esfbot.values.contacts import dialled
from tests.invented.parsed import parsed
from tests.invented.projects import invented
from tests.sheets.contacts import TODAY, found, said, stated
from tests.sheets.pages import SEEDS, read

ADDRESS = "an address such as name@place.se"
SEDEBORN = "elisabeth.sedeborn@karlskoga.se"
SEDEBRON = "elisabeth.sedebron@karlskoga.se"


def test_ended() -> None:
    """Contacts of projects that are over come with how long ago that was, the longest first."""
    projects = (
        stated("Sen", "Bo Ek", end="2020-06-30"),
        stated("Tidig", "Eva Ek", "eva.ek@eda.se", end="2010-05-31"),
        stated("Pågår", "Siv Ek", end="2020-07-01"),
        stated("Okänd", "Ola Ek", end=""),
    )
    first, second = found(*projects, kind=Kind.ENDED)
    assert first.problem.found == "Tidig ended 2010-05-31, 10 years 1 month ago"
    assert second.problem.found == "Sen ended 2020-06-30, 1 day ago"
    assert (first.problem.severity, first.problem.source) == (Severity.NOTE, Source("Tidig.txt", 2))
    assert [entry.name for entry in (*first.entries, *second.entries)] == ["Eva Ek", "Bo Ek"]


def test_ended_but_still_a_contact_elsewhere() -> None:
    """Of a contact whose other project runs that is told."""
    old = stated("Tidig", "Eva Ek", "eva.ek@eda.se", end="2010-05-31")
    assert said(old, stated("Ny", "Eva Ek", "eva.ek@eda.se"), kind=Kind.ENDED) == [
        "Tidig ended 2010-05-31, 10 years 1 month ago; also stated for Ny, which runs until 2025-12-31"
    ]


def test_ended_without_a_contact() -> None:
    """A project without a contact has none to look after."""
    assert check_contacts([stated("Tidig", end="2010-05-31")], TODAY) == ()


@pytest.mark.parametrize(
    ("email", "flaw", "meant"),
    [
        ("anna", "no @", ""),
        ("anna(at)hjo.se", "no @", "anna@hjo.se"),
        ("anna@@hjo.se", "more than one @", "anna@hjo.se"),
        ("a@hjo.se/b@hjo.se", "two addresses in one", ""),
        ("anna @hjo.se", "a space in it", "anna@hjo.se"),
        ("anna\u200b@hjo.se", "an invisible character", "anna@hjo.se"),
        ("åsa@hjo.se", "the letter 'å'", "asa@hjo.se"),
        ("\u0430nna@hjo.se", "the letter '\u0430' (Cyrillic)", "anna@hjo.se"),
        ("ann\u03b1@hjo.se", "the letter '\u03b1' (Greek)", "anna@hjo.se"),
        ("anna@hjo.se.", "'.' at its end", "anna@hjo.se"),
        ("@hjo.se", "nothing before the @", ""),
        ("anna@hjo", "no domain such as place.se", ""),
        ("anna@hjo,se", "no domain such as place.se", "anna@hjo.se"),
        ("anna..berg@hjo.se", "two dots in a row", "anna.berg@hjo.se"),
        ("anna.@hjo.se", "a dot or hyphen where its name begins or ends", "anna@hjo.se"),
        ("anna@-hjo.se", "a hyphen where a part of its domain ends", ""),
        ("mailto:anna@hjo.se", "characters that no address has", "anna@hjo.se"),
        (f"{'a' * 250}@hjo.se", "more than 254 characters", ""),
        ("anna.berg-ek+esf@utb.hjo.se", "", ""),
        ("ANNA@HJO.SE", "", ""),
    ],
)
def test_malformed_address(email: str, flaw: str, meant: str) -> None:
    """What is wrong with an address is said, and what is meant where that shows."""
    assert (email_flaw(email), mended(email)) == (flaw, meant)


@pytest.mark.parametrize(
    ("phone", "flaw"),
    [
        ("vxl", "no digit"),
        ("350 00", "no area code"),
        ("0503", "too few digits"),
        ("0503-35000 070-1234567", "more digits than a number has"),
    ],
)
def test_malformed_number(phone: str, flaw: str) -> None:
    """Why a number can't be dialled is said."""
    assert (dialled(phone), phone_flaw(phone)) == ("", flaw)


def test_malformed() -> None:
    """Each address and number that leads nowhere is an error on its own line."""
    findings = found(stated("Ny", "Anna Berg", "anna.berg@hjo.se.", "350 00"))
    assert [(x.kind, x.problem.severity, x.problem.source.line, x.problem.found) for x in findings] == [
        (Kind.MALFORMED, Severity.ERROR, 3, "e-mail anna.berg@hjo.se., with '.' at its end"),
        (Kind.MALFORMED, Severity.ERROR, 4, "telephone 350 00, with no area code"),
    ]
    assert findings[0].problem.expected == ADDRESS
    assert findings[0].problem.action == "Correct it, perhaps to anna.berg@hjo.se; it is shown as published."


@given(st.text(max_size=40), st.booleans())
def test_any_text(text: str, is_name: bool) -> None:
    """No text in place of a contact stops the check, and what is meant is always well-formed."""
    check_contacts([stated("a", text if is_name else "Anna", text, text), stated("b", text, text)], TODAY)
    assert email_flaw(mended(text)) == "" or not mended(text)


def test_differing_numbers() -> None:
    """A person with different numbers is told with where each stands and which sheet is newer."""
    (finding,) = found(
        stated("Förr", "Anna Berg", "anna.berg@hjo.se", "0503-350 00", end="2011-12-31"),
        stated("Nu", "Anna Berg", "anna.berg@hjo.se", "070-123 45 67"),
    )
    assert (finding.kind, finding.problem.severity) == (Kind.DIFFERING, Severity.WARNING)
    assert finding.problem.found == (
        "Anna Berg with 2 numbers: 070-123 45 67 (Nu, until 2025-12-31) and 0503-350 00 (Förr, until 2011-12-31)"
    )
    assert finding.problem.action == "Nu is the newest, until 2025-12-31; check whether what it states holds."
    assert [entry.project for entry in finding.entries] == ["Nu", "Förr"]


def test_differing_without_a_newer_one() -> None:
    """Where the projects end on one day, none is said to be newer."""
    (finding,) = found(
        stated("a", "Anna Berg", "anna.berg@hjo.se", "0503-350 00"),
        stated("b", "Anna Berg", "anna.berg@hjo.se", "070-123 45 67"),
    )
    assert finding.problem.action == "Ask which is right; the projects' days do not tell which is newer."


@pytest.mark.parametrize(
    ("one", "other", "severity"),
    [
        # one name at one domain
        (("Anna Berg", "anna.berg@hjo.se", ""), ("Anna Berg", "anna.b@hjo.se", ""), Severity.WARNING),
        (("Berg, Anna", "anna.berg@hjo.se", ""), ("ANNA BERG", "anna.b@hjo.se", ""), Severity.WARNING),
        (("Åsa Berg", "asa.berg@hjo.se", ""), ("Asa Berg", "asa.b@hjo.se", ""), Severity.WARNING),
        # one name with one number
        (
            ("Anna Berg", "anna.berg@hjo.se", "0503-350 00"),
            ("Anna Berg", "anna@x.se", "0503-35000"),
            Severity.WARNING,
        ),
        # one address, with a name or without
        (("Anna Berg", "anna.berg@hjo.se", "0503-350 00"), ("", "anna.berg@hjo.se", "0503-350 11"), Severity.WARNING),
        (
            ("Anna-Karin Berg", "anna.berg@hjo.se", "0503-350 00"),
            ("Anna Berg", "anna.berg@hjo.se", "0503-350 11"),
            Severity.WARNING,
        ),
        # one name in one place
        (("Anna Berg", "anna.berg@hjo.se", ""), ("Anna Berg", "anna@sensus.se", ""), Severity.NOTE),
        (("Anna Berg", "", "0503-350 00"), ("Anna Berg", "", "0503-350 11"), Severity.NOTE),
    ],
)
def test_one_person(one: tuple[str, str, str], other: tuple[str, str, str], severity: Severity) -> None:
    """A name together with what two sheets share makes one person; a name in one place may be one."""
    findings = found(stated("a", *one, hjo=LinkKind.LISTED), stated("b", *other, hjo=LinkKind.LISTED))
    assert [(x.kind, x.problem.severity) for x in findings] == [(Kind.DIFFERING, severity)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # the same, written otherwise
        (("Anna Berg", "anna.berg@hjo.se", "0503-350 00"), ("Anna Berg", "Anna.Berg@hjo.se", "+46 503 35000")),
        # one of two numbers is the same
        (
            ("Anna Berg", "anna.berg@hjo.se", "0503-350 00, 070-123 45 67"),
            ("Anna Berg", "anna.berg@hjo.se", "070-1234567"),
        ),
        # a sheet that does not state it
        (("Anna Berg", "anna.berg@hjo.se", "0503-350 00"), ("Anna Berg", "anna.berg@hjo.se", "")),
        (("Anna Berg", "anna.berg@hjo.se", ""), ("Anna Berg", "", "0503-350 00")),
        # one name in two places
        (("Anna Berg", "anna.berg@hjo.se", ""), ("Anna Berg", "anna.berg@boden.se", "")),
        # an office, which has many numbers
        (("", "info@hjo.se", "0503-350 00"), ("", "info@hjo.se", "0503-350 11")),
        (("Kommunens kansli", "", "0503-350 00"), ("Kommunens kansli", "", "0503-350 11")),
    ],
)
def test_nothing_differs(one: tuple[str, str, str], other: tuple[str, str, str]) -> None:
    """What is the same in another writing, not stated, or another person's is no difference."""
    assert found(stated("a", *one), stated("b", *other)) == []


def test_common_names() -> None:
    """A name that many have in one place tells nothing."""
    many = [
        stated(f"p{n}", "Anna Berg", f"anna.berg@{domain}.se", hjo=LinkKind.LISTED) for n, domain in enumerate("abcd")
    ]
    assert (found(*many), len(found(*many[:3]))) == ([], 1)


def test_mistyped_address_is_told_once() -> None:
    """Addresses that look alike are not told again as one person's different addresses, at one domain or at two."""
    projects = (
        stated("a", "Elisabeth Sedebron", SEDEBRON, hjo=LinkKind.LISTED),
        stated("b", "Elisabeth Sedebron", SEDEBORN, hjo=LinkKind.LISTED),
        stated("c", "Elisabeth Sedebron", "elisabeth.sedebron@kariskoga.se", hjo=LinkKind.OWNER),
    )
    assert [x.kind for x in found(*projects)] == [Kind.LOOKALIKE, Kind.LOOKALIKE]


@pytest.mark.parametrize(
    ("owners", "how", "severities"),
    [
        (("Hjo kommun", "HJO KOMMUN"), None, [Severity.WARNING]),
        (("Hjo kommun", "Sensus"), LinkKind.OWNER, [Severity.NOTE]),
        (("Hjo kommun", "Sensus"), LinkKind.MENTIONED, []),
        (("", ""), None, []),
    ],
)
def test_one_employer(owners: tuple[str, str], how: LinkKind | None, severities: list[Severity]) -> None:
    """A name makes one person with an owner, may with a place that both projects belong to, and else does not."""
    projects = [
        stated(f"p{n}", "Anna Berg", phone=f"0503-350 0{n}", owner=owner, hjo=how) for n, owner in enumerate(owners)
    ]
    assert [x.problem.severity for x in found(*projects)] == severities


def test_two_sheets_of_one_project() -> None:
    """What a further sheet of a project states against its contact is the same person's, and counts once."""
    project = stated("a", "Anna Berg", "anna.berg@hjo.se", "0503-350 00", end="2019-12-31")
    other = Fact("phone", "0503-350 11", "0503-350 11", Source("b.txt", 9), "+4650335011", 3)
    merged = Project(project.id, project.title, ("a.txt", "b.txt"), project.facts, disputed=(other,))
    (finding,) = found(merged)
    assert finding.problem.found.startswith("Anna Berg with 2 numbers: 0503-350 00 (a, until 2019-12-31) and ")
    assert [entry.source for entry in finding.entries] == [Source("a.txt", 2), Source("b.txt", 9)]
    assert [len(x.entries) for x in found(merged, kind=Kind.ENDED)] == [1]


@pytest.mark.parametrize(
    ("other", "email", "expected"),
    [
        ("Bo Ek", "anna.berg@hjo.se", ["e-mail anna.berg@hjo.se of 2 names: Anna Berg and Bo Ek"]),
        ("Anna Karin Berg", "anna.berg@hjo.se", []),
        ("Anna", "anna.berg@hjo.se", []),
        ("", "anna.berg@hjo.se", []),
        ("Anna Berb", "anna.berg@hjo.se", ["e-mail anna.berg@hjo.se of 2 names: Anna Berb and Anna Berg"]),
    ],
)
def test_shared_address(other: str, email: str, expected: list[str]) -> None:
    """An address of several people is a note; a name in short is no other person."""
    projects = stated("a", "Anna Berg", email), stated("b", other, email)
    assert said(*projects, kind=Kind.SHARED) == expected
    assert all(x.problem.severity is Severity.NOTE for x in found(*projects, kind=Kind.SHARED))


def test_shared_number() -> None:
    """A switchboard is one note, however many have it; two spellings of a name are told as such."""
    names = ("Anna Berg", "Bo Ek", "Eva Alm")
    (note,) = found(*(stated(f"p{n}", name, phone="0503-350 00") for n, name in enumerate(names)))
    assert note.problem.found == "telephone 0503-350 00 of 3 names: Anna Berg, Bo Ek and Eva Alm"
    spelt = ("Elisabeth Sedebron", "Elisabeth Sedeborn")
    (note,) = found(*(stated(f"p{n}", name, phone="0586 61180") for n, name in enumerate(spelt)))
    assert note.problem.expected == "one spelling of a person's name"


def test_shipped_sheets() -> None:
    """Of the shipped sheets one has an address that nearly fits its contact, and all are of ended projects."""
    sheets = [read(path) for path in SEEDS]
    projects = [Project(x.name, x.name, (x.name,), x.facts) for x in sheets]
    assert [x.problem.source.sheet for x in found(*projects, kind=Kind.ENDED)] == [
        "ga-vidare-ii.txt",
        "arena-for-nyorientering.txt",
        "bergslagsesursen-nu.txt",
        "gora-skillnad.txt",
        "vinnande-arena.txt",
    ]
    assert said(*projects) == [
        "contact Elisabeth Sedebron with e-mail elisabeth.sedeborn@karlskoga.se, nearly the same name"
    ]


def test_invented_collection() -> None:
    """Among hundreds of people who differ there are no false alarms, and those of ended projects are complete."""
    projects = [parsed(project) for project in invented(400)]
    over = [x for x in projects if x.contacts and (end := x.first("end")) and str(end.value) < str(TODAY)]
    assert len(found(*projects, kind=Kind.ENDED)) == len(over)
    assert [x.problem for x in found(*projects) if x.problem.severity is not Severity.NOTE] == []


@given(st.randoms(use_true_random=False))
def test_order_of_projects(chance: random.Random) -> None:
    """The order in which projects come makes no difference."""
    projects = [
        stated("a", "Elisabeth Sedebron", "elisabeth.sedeborn@karlskoga.se", "0586 61180", end="2014-06-30"),
        stated("b", "Elisabeth Sedebron", "elisabeth.sedebron@karlskoga.se", "0586 61181"),
        stated("c", "Elisabeth Sedeborn", "elisabeth.sedebron@kariskoga.se", "0586 61180"),
        stated("d", "", "elisabeth.sedebron@karlskoga.se", "0586"),
        stated("e", "Bo Ek", "info@karlskoga.se", "0586 61180", hjo=LinkKind.LISTED),
        stated("f", "Bo Ek", "bo.ek@hjo.se.", "0503-350 00", hjo=LinkKind.LISTED),
        stated("g", "Bo Ek", "bo.ek@hjo.se", "0503-350 00", end="2014-06-30", hjo=LinkKind.LISTED),
        stated("h", "Eva Ek", "bo.ek@hjo.se", "0503-350 00", end=""),
    ]
    shuffled = chance.sample(projects, len(projects))
    assert check_contacts(shuffled, TODAY) == check_contacts(projects, TODAY)
