"""Contacts as vCards, read back with vobject, and as CSV, read back with the csv module."""

import csv as csv_module
import datetime
import io
import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from esfbot.model.project import Fact, Project, Source
from esfbot.render.contact_files import ContactCard, contact_cards, csv, name_parts, vcard, vcf

if TYPE_CHECKING:
    from esfbot.service import Service

LIMIT = 2048  # bytes
TODAY = datetime.date(2013, 1, 1)
CARD = ContactCard(
    name="Eva Ek",
    email="eva.ek@lund.se",
    phone="+46240564451",
    phone_published="0240-56 44 51",
    organisation="Lunds kommun",
    project="Ny start",
    number="2015/00245",
    ended=datetime.date(2012, 6, 30),
    sheet="ny.txt",
    line=7,
)
EMPTY = ContactCard("", "", "", "", "", "", "", None, "ny.txt", 7)

ODD = st.sampled_from(
    [*",;:\\\"'=+-@\t\n\r 0åÖ1", "\r\n", "\\n", "😀", "👩‍👩‍👧", "\x00", "\x07", "\x85", "\u2028", "e\u0301", "ab"]
)
TEXTS = st.lists(ODD | st.characters(exclude_categories=["Cs"]), max_size=40).map("".join)
NAMES = st.sampled_from(["", "Eva Ek", "Bo", "Katarina de Verdier", "Ek, Eva"]) | TEXTS.filter(
    lambda x: written(x).strip()
)
CARDS = st.builds(
    ContactCard,
    name=NAMES,
    email=TEXTS,
    phone=st.sampled_from(["", "+46240564451", "+4722123456"]),
    phone_published=TEXTS,
    organisation=TEXTS,
    project=TEXTS,
    number=TEXTS,
    ended=st.none() | st.dates(),
    sheet=st.just("ny.txt"),
    line=st.integers(1, 9999),
)


def written(text: str) -> str:
    """The text as files hold it: one kind of line breaks, and no control characters but tabs."""
    text = re.sub("\r\n|[\r\v\f\x85\u2028\u2029]", "\n", text)
    return "".join(c for c in text if c in "\t\n" or unicodedata.category(c) != "Cc")


def read(text: str) -> Any:
    """A vCard as vobject reads it."""
    return vobject.readOne(text)


def said(text: str) -> dict[str, Any]:
    """What a vCard says, by property; several values of one would be lost, and there are none."""
    return {
        name: value for name, [value] in ((n, [v.value for v in found]) for n, found in read(text).contents.items())
    }


def rows(data: bytes) -> list[list[str]]:
    """The rows of a CSV file, the header among them."""
    return list(csv_module.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def project(*facts: Fact) -> Project:
    return Project("ny-start", "Ny start", ("ny.txt",), facts)


def fact(field: str, value: str, line: int, group: int = 0, key: str = "") -> Fact:
    return Fact(field, value, value, Source("ny.txt", line), key, group)


def test_a_contact_of_a_shipped_sheet(service: "Service") -> None:
    """The card says what the sheet does, and that the project has ended."""
    (found,) = service.store.projects(["bergslagsesursen-nu"])
    assert contact_cards(found, TODAY) == (
        ContactCard(
            name="Jenny Lyxell",
            email="jenny.lyxell@rorlighet.se",
            phone="+46240564451",
            phone_published="0240-564451",
            organisation="Rörlighet i Bergslagen AB",
            project="BERGSLAGSESURSEN.NU",
            number="",
            ended=datetime.date(2010, 6, 22),
            sheet="bergslagsesursen-nu.txt",
            line=12,
        ),
    )


def test_a_vcard_of_a_shipped_sheet(service: "Service") -> None:
    """Lines end in CR and LF, those of more than 75 octets are folded, and commas are escaped."""
    (found,) = service.store.projects(["bergslagsesursen-nu"])
    (card,) = contact_cards(found, TODAY)
    assert vcard(card, "sv") == (
        "BEGIN:VCARD\r\n"
        "VERSION:3.0\r\n"
        "FN:Jenny Lyxell\r\n"
        "N:Lyxell;Jenny;;;\r\n"
        "ORG:Rörlighet i Bergslagen AB\r\n"
        "TEL;TYPE=WORK:+46240564451\r\n"
        "EMAIL:jenny.lyxell@rorlighet.se\r\n"
        "NOTE:Projekt: BERGSLAGSESURSEN.NU\\nProjektet avslutades 2010-06-22\\nKälla:\r\n"
        "  bergslagsesursen-nu.txt\\, rad 12\r\n"
        "END:VCARD\r\n"
    )


def test_the_shipped_sheets_as_csv(service: "Service") -> None:
    """A mark and a header, then a row a contact; a number of digits and blanks alone keeps its zero."""
    projects = service.store.projects(service.store.find())
    cards = sorted((card for found in projects for card in contact_cards(found, TODAY)), key=lambda card: card.sheet)
    assert csv(cards, "sv").decode() == (
        "\ufeffKontaktperson;Telefon;Telefon (länk);E-post;Projektägare;Projekt;Diarienummer;Avslutat;Blad;Rad\r\n"
        "Elisabeth Wikström;054-614310;tel:+4654614310;elisabeth.wikstrom@liv.se;Landstingets kansli;"
        "Arena för nyorientering;;2010-02-02;arena-for-nyorientering.txt;14\r\n"
        "Jenny Lyxell;0240-564451;tel:+46240564451;jenny.lyxell@rorlighet.se;Rörlighet i Bergslagen AB;"
        "BERGSLAGSESURSEN.NU;;2010-06-22;bergslagsesursen-nu.txt;12\r\n"
        "Faiz Jaber;013-206681;tel:+4613206681;faiz.jaber@linkoping.se;Kommunledningskontoret;"
        "Gå vidare II;;2009-07-10;ga-vidare-ii.txt;8\r\n"
        "Elisabeth Sedebron;'0586 61180;tel:+4658661180;elisabeth.sedeborn@karlskoga.se;"
        "IFO förvalt, Karlskoga kommun;Göra Skillnad;;;gora-skillnad.txt;8\r\n"
        "Katarina Liljeröd;0322-600521;tel:+46322600521;katarina.liljerod@vargarda.se;Kommunstyrelseförvaltningen;"
        "Vinnande Arena;;;vinnande-arena.txt;8\r\n"
    )


def test_the_shipped_sheets_as_one_file(service: "Service") -> None:
    """A file holds a vCard of each contact, in their order."""
    projects = service.store.projects(service.store.find())
    cards = [card for found in projects for card in contact_cards(found, TODAY)]
    read_back = list(vobject.readComponents(vcf(cards, "sv").decode()))
    assert [found.fn.value for found in read_back] == [card.name for card in cards]
    assert len(cards) == 5


@pytest.mark.parametrize(
    ("end", "ended"),
    [
        (datetime.date(2012, 12, 31), datetime.date(2012, 12, 31)),
        (datetime.date(2013, 1, 1), None),
        (datetime.date(2013, 1, 2), None),
    ],
)
def test_a_project_has_ended_the_day_after_its_last(end: datetime.date, ended: datetime.date | None) -> None:
    """On its last day a project still runs."""
    last = Fact("end", end, end.isoformat(), Source("ny.txt", 9))
    (card,) = contact_cards(project(fact("contact", "Eva Ek", 7), last), TODAY)
    assert card.ended == ended


def test_each_contact_has_a_card_with_what_is_hers() -> None:
    """Nobody gets the number or the address of another."""
    cards = contact_cards(
        project(
            fact("contact", "Eva Ek", 7),
            fact("email", "eva@lund.se", 8, key="eva@lund.se"),
            fact("contact", "Bo Alm", 9, 1),
            fact("phone", "046-35 50 00", 10, 1, "+4646355000"),
            fact("phone", "046", 11, 2),
            fact("owner", "Lunds kommun", 4),
            fact("number", "2015/00245", 3),
        ),
        TODAY,
    )
    common = replace(EMPTY, organisation="Lunds kommun", project="Ny start", number="2015/00245")
    assert cards == (
        replace(common, name="Eva Ek", email="eva@lund.se", line=7),
        replace(common, name="Bo Alm", phone="+4646355000", phone_published="046-35 50 00", line=9),
        replace(common, phone_published="046", line=11),
    )


def test_a_project_without_contacts_has_no_card() -> None:
    """Files of no cards hold a header, or nothing."""
    assert contact_cards(project(fact("owner", "Lunds kommun", 4)), TODAY) == ()
    assert vcf((), "sv") == b""
    assert rows(csv((), "en")) == [
        ["Contact person", "Telephone", "Telephone (link)", "E-mail", "Project owner", "Project", "Project number",
         "Ended", "Sheet", "Line"],
    ]  # fmt: skip


def test_a_note_in_english() -> None:
    """The note is in the language asked for."""
    assert said(vcard(CARD, "en"))["note"] == (
        "Project: Ny start (2015/00245)\nThe project ended 2012-06-30\nSource: ny.txt, line 7"
    )


@pytest.mark.parametrize(
    ("card", "shown"),
    [
        (replace(EMPTY, email="info@lund.se", organisation="Lunds kommun"), "Lunds kommun"),
        (replace(EMPTY, email="info@lund.se", phone="+4646355000"), "info@lund.se"),
        (replace(EMPTY, phone="+4646355000", phone_published="046-35 50 00"), "+4646355000"),
        (replace(EMPTY, phone_published="vxl 35 50 00"), "vxl 35 50 00"),
    ],
)
def test_a_card_without_a_name(card: ContactCard, shown: str) -> None:
    """The card is filed under what is known, and no part of that passes for a person's name."""
    found = read(vcard(card, "sv"))
    assert (found.fn.value, found.n.value.given, found.n.value.family) == (shown, "", "")


def test_a_card_says_nothing_of_what_is_not_stated() -> None:
    """A property without a value is left out."""
    assert vcard(replace(EMPTY, name="Eva Ek"), "sv") == (
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Eva Ek\r\nN:Ek;Eva;;;\r\nNOTE:Källa: ny.txt\\, rad 7\r\nEND:VCARD\r\n"
    )


@pytest.mark.parametrize(
    ("published", "phone", "repeated"),
    [
        ("0240-56 44 51", "+46240564451", False),
        ("+46 (0)240-56 44 51", "+46240564451", False),
        ("0046 240 564451", "+46240564451", False),
        ("vxl 0240-56 44 51", "+46240564451", True),
        ("0240-56 44 51 ankn 12", "+46240564451", True),
        ("0240-56 44 51, 070-123 45 67", "+46240564451", True),
        ("56 44 51", "", True),
        ("", "", False),
    ],
)
def test_a_published_number_that_says_more_stands_in_the_note(published: str, phone: str, repeated: bool) -> None:
    """What is lost in the number that is dialled can still be read, and what can't be told is no number to dial."""
    found = said(vcard(replace(CARD, phone=phone, phone_published=published), "sv"))
    assert found.get("tel", "") == phone
    assert (f"Telefon enligt bladet: {published}" in found["note"].split("\n")) is repeated


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Eva Ek", ("Eva", "Ek")),
        ("Peter PC Carlsson", ("Peter PC", "Carlsson")),
        ("Katarina de Verdier", ("Katarina", "de Verdier")),
        ("Lena von der Heide", ("Lena", "von der Heide")),
        ("Eva", ("Eva", "")),
        ("de Verdier", ("de Verdier", "")),
        ("Ek, Eva", ("Ek, Eva", "")),
        ("eva ek", ("eva ek", "")),
        ("Kommunledningskontoret Lund", ("Kommunledningskontoret Lund", "")),
        ("", ("", "")),
    ],
)
def test_parts_of_a_name(name: str, parts: tuple[str, str]) -> None:
    """A person's last word is the family name, with what belongs to it; what is no person stays whole."""
    assert name_parts(name) == parts


@settings(deadline=None)
@given(CARDS, st.sampled_from(["sv", "en"]))
def test_a_vcard_says_what_the_card_has(card: ContactCard, language: str) -> None:
    """Read back, nothing is lost, added or moved to another property."""
    found = said(vcard(card, language))
    name = found.pop("n")
    assert (name.given, name.family) == tuple(map(written, name_parts(card.name)))
    expected = {"fn": card.shown, "tel": card.phone, "email": card.email}
    expected = {key: written(value) for key, value in expected.items() if written(value)}
    organisation = [written(card.organisation)] if written(card.organisation) else None
    note = found.pop("note")
    assert (found.pop("org", None), found.pop("version")) == (organisation, "3.0")
    assert found == expected
    for value in (card.project, card.number, card.ended.isoformat() if card.ended else "", "ny.txt, "):
        assert written(value) in note


@settings(deadline=None)
@given(CARDS)
def test_lines_of_a_vcard_are_short_and_whole(card: ContactCard) -> None:
    """No line is longer than 75 octets or ends within a character, and none is empty."""
    for line in vcard(card, "sv").encode().removesuffix(b"\r\n").split(b"\r\n"):
        assert 0 < len(line) <= 75
        assert not re.search(r"[\x00-\x08\x0a-\x1f\x7f]", line.decode())


def test_a_line_is_folded_after_75_octets() -> None:
    """A line that goes on has a space before it, which counts; a character that does not fit moves there whole."""
    lines = vcard(replace(EMPTY, name="x" * 150), "sv").split("\r\n")
    assert lines[2:5] == ["FN:" + "x" * 72, " " + "x" * 74, " " + "x" * 4]
    lines = vcard(replace(EMPTY, name="ö" * 80), "sv").split("\r\n")
    assert lines[2:5] == ["FN:" + "ö" * 36, " " + "ö" * 37, " " + "ö" * 7]


LONG = st.integers(0, 3000).flatmap(
    lambda size: st.sampled_from(["ö", "😀", ";", "a b,", "\n", "x"]).map(lambda x: x * size)
)


@settings(deadline=None, max_examples=50)
@given(LONG, LONG, LONG, st.sampled_from(["", "Eva Ek"]))
def test_a_vcard_fits_in_a_message(title: str, number: str, organisation: str, name: str) -> None:
    """Whatever is long, a name, a number and an address are whole."""
    card = replace(CARD, name=name, project=title, number=number, organisation=organisation)
    text = vcard(card, "sv")
    found = said(text)
    assert len(text.encode()) <= LIMIT
    assert (found["tel"], found["email"]) == (card.phone, card.email)
    assert not name or found["fn"] == name
    kept = found.get("org", [""])[0]
    assert organisation.startswith(kept.removesuffix("…"))


def test_the_title_is_shortened_first() -> None:
    """A long title costs neither the organisation nor the rest of the note, and as little as possible of itself."""
    text = vcard(replace(CARD, project="ö" * 2000), "sv")
    found = said(text)
    assert found["org"] == ["Lunds kommun"]
    assert re.fullmatch(
        r"Projekt: ö+… \(2015/00245\)\nProjektet avslutades 2012-06-30\nKälla: ny.txt, rad 7", found["note"]
    )
    assert LIMIT - 5 <= len(text.encode()) <= LIMIT


def test_the_organisation_is_shortened_last() -> None:
    """Only what has no note left to give is taken from the organisation."""
    found = said(vcard(replace(CARD, organisation="ö" * 2000), "sv"))
    assert "note" not in found
    assert re.fullmatch("ö{800,}…", found["org"][0])


def test_a_long_name_is_never_cut() -> None:
    """A wrong name is worse than a card that is too long."""
    name = "Ö" * 1200
    found = said(vcard(replace(CARD, name=name), "sv"))
    assert (found["fn"], found["tel"], found["email"]) == (name, CARD.phone, CARD.email)
    assert {"org", "note"}.isdisjoint(found)


@settings(deadline=None)
@given(st.lists(CARDS, max_size=3), st.sampled_from(["sv", "en"]))
def test_csv_says_what_the_cards_have(cards: list[ContactCard], language: str) -> None:
    """Read back, each card is a row as wide as the header, and a cell is what the card has but for an apostrophe."""
    header, *found = rows(csv(cards, language))
    assert {len(row) for row in found} <= {len(header)}
    expected = [
        [
            card.name, card.phone_published, card.phone and f"tel:{card.phone}", card.email, card.organisation,
            card.project, card.number, card.ended.isoformat() if card.ended else "", card.sheet, str(card.line),
        ]
        for card in cards
    ]  # fmt: skip
    for cells, texts in zip(found, expected, strict=True):
        for cell, text in zip(cells, texts, strict=True):
            assert cell in (written(text), "'" + written(text))


@settings(deadline=None)
@given(st.lists(CARDS, max_size=3))
def test_no_cell_is_a_formula(cards: list[ContactCard]) -> None:
    """No cell begins as a formula does, whatever a sheet says."""
    cells = [cell for row in rows(csv(cards, "sv")) for cell in row]
    assert [cell for cell in cells if cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))] == []


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ('=HYPERLINK("http://x";"y")', '\'=HYPERLINK("http://x";"y")'),
        ("+46 (0)240-56 44 51", "'+46 (0)240-56 44 51"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1+1", "'\t=1+1"),
        ("\r=1+1", "'\n=1+1"),
        (" =1+1", "' =1+1"),
        (" \t", "' \t"),
        ("＝1+1", "'＝1+1"),
        ("0705514063", "'0705514063"),
        ("0586\u00a061180", "'0586\u00a061180"),
        ("0240-564451", "0240-564451"),
        ("08-600 84 63", "08-600 84 63"),
        ("1+1=2", "1+1=2"),
        ('"Nya; vägar"', '"Nya; vägar"'),
        ("", ""),
    ],
)
def test_what_a_spreadsheet_would_count_begins_with_an_apostrophe(text: str, cell: str) -> None:
    """A formula is no more than a text, and a number keeps its zero; all else is as published."""
    _, row = rows(csv([replace(CARD, phone_published=text)], "sv"))
    assert row[1] == cell


def test_a_number_in_international_form_survives_a_spreadsheet() -> None:
    """It is a link, which begins with a letter."""
    _, row = rows(csv([CARD], "sv"))
    assert row[2] == "tel:+46240564451"
