"""Contacts: ways to reach people as buttons, cards and files."""

import asyncio
import csv
import io

import pytest
import vobject

from esfbot.model.query import Condition, Test
from esfbot.service import Service
from tests.telegram.api.server import BotApi
from tests.telegram.conftest import Running
from tests.telegram.looking import copied, labels, turned

NYBRO = Condition("municipality", Test.IN, ("0881",))


def contacts_of(service: Service, *conditions: Condition) -> list[tuple[str, str, str]]:
    """Name, address and number of each contact of the projects that fulfil the conditions, in the sheets' order."""
    projects = service.store.projects(service.store.find(conditions))
    return [
        (
            contact.name.published if contact.name else "",
            contact.email.published if contact.email else "",
            contact.phone.key if contact.phone else "",
        )
        for project in projects
        for contact in project.contacts
    ]


@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("Vem är kontaktperson för Vinnande Arena?", ["✉️ Kopiera e-post", "📞 Kopiera nummer", "👤 Kontaktkort"]),
        ("Who is the contact of Vinnande Arena?", ["✉️ Copy e-mail", "📞 Copy number", "👤 Contact card"]),
    ],
)
async def test_a_contact_can_be_copied(
    server: BotApi, talking: Running, service: Service, question: str, row: list[str]
) -> None:
    """Under a contact are buttons that copy its address, and its number in international form."""
    person = server.person(1, "sv")
    async with talking(service):
        await person.says(question)
        heard = await person.hears()
    assert labels(heard)[0] == row
    assert copied(heard) == ["katarina.liljerod@vargarda.se", "+46322600521"]


async def test_a_contact_card(server: BotApi, talking: Running, service: Service) -> None:
    """The card has name, organisation, address, number in international form, and the project with its end as note."""
    person = server.person(1, "sv")
    async with talking(service):
        await person.says("kontakt Vinnande Arena")
        heard = await person.hears()
        answer = await person.presses(heard.button("Kontaktkort"), heard)
        contact = (await person.hears()).contact
    assert answer.text == ""
    assert contact is not None
    assert [contact[name] for name in ("phone_number", "first_name", "last_name")] == [
        "+46322600521",
        "Katarina",
        "Liljeröd",
    ]
    card = vobject.readOne(contact["vcard"])
    assert (card.fn.value, card.org.value, card.email.value, card.tel.value) == (
        "Katarina Liljeröd",
        ["Kommunstyrelseförvaltningen"],
        "katarina.liljerod@vargarda.se",
        "+46322600521",
    )
    assert card.note.value.split("\n")[:2] == ["Projekt: Vinnande Arena", "Projektet avslutades 2014-08-31"]


async def test_a_contact_without_a_number_is_a_file(server: BotApi, talking: Running, sixty: Service) -> None:
    """A contact of whom only the address is known comes as a file, since Telegram wants a number of a contact."""
    person = server.person(1, "sv")
    async with talking(sixty):
        await person.says("kontakt Redo")
        heard = await person.hears()
        assert labels(heard)[0] == ["✉️ Kopiera e-post", "👤 Kontaktkort"]
        await person.presses(heard.button("Kontaktkort"), heard)
        document = (await person.hears()).document
    assert document is not None
    card = vobject.readOne(document.bytes.decode())
    assert (document.filename, card.fn.value) == ("Lisbet Kvarnängel.vcf", "Lisbet Kvarnängel")
    assert card.email.value == "lkvarnangel@arboga.example.se"


@pytest.mark.parametrize(("question", "whose"), [("kontakt Ringlinjen", "Bo By"), ("kontakt Tyst svar", "Kontaktkort")])
async def test_a_number_that_is_none(
    server: BotApi, talking: Running, awkward: Service, question: str, whose: str
) -> None:
    """Where the sheet says of the number only whom to ask, the card comes as a file, with those words."""
    person = server.person(1, "sv")
    async with talking(awkward):
        await person.says(question)
        heard = await person.hears()
        await person.presses(heard.button(whose), heard)
        document = (await person.hears(1)).document
    assert document
    assert "växeln" in vobject.readOne(document.bytes.decode()).note.value


async def test_several_contacts_of_a_project(server: BotApi, talking: Running, awkward: Service) -> None:
    """Each contact of a project has its own buttons, and the card that is sent is that of whose name is pressed."""
    person = server.person(1, "sv")
    async with talking(awkward):
        await person.says("kontakt Ringlinjen")
        heard = await person.hears()
        assert labels(heard)[:2] == [
            ["✉️ Kopiera e-post", "📞 Kopiera nummer", "👤 Eva Ek"],
            ["✉️ Kopiera e-post", "📞 Kopiera nummer", "👤 Bo By"],
        ]
        await person.presses(heard.button("Eva Ek"), heard)
        contact = (await person.hears()).contact
    assert contact
    assert (contact["phone_number"], contact["first_name"]) == ("+46980319221", "Eva")


async def test_words_are_no_number_to_copy(server: BotApi, talking: Running, awkward: Service) -> None:
    """Words in the place of a number are shown as published, and no button copies them as a number."""
    person = server.person(1, "sv")
    async with talking(awkward):
        await person.says("kontakt Tyst svar")
        heard = await person.hears()
    assert ("Telefon: fråga i växeln" in heard.seen, labels(heard)[0]) == (True, ["👤 Kontaktkort"])


async def test_a_place_with_several_projects(server: BotApi, talking: Running, sixty: Service) -> None:
    """A place with several projects has a line for each contact, with its buttons, and the projects' names."""
    person, truth = server.person(1, "sv"), contacts_of(sixty, NYBRO)
    async with talking(sixty):
        await person.says("Vem är kontaktperson i Nybro?")
        heard = await person.hears()
    lines = [line for line in heard.seen.split("\n") if "@" in line]
    assert len(lines) == len(truth) == 4
    for line, (name, email, phone) in zip(lines, truth, strict=True):
        assert (name in line, email in line, phone in line) == (True, True, True)
    assert copied(heard) == [way for _, *ways in truth for way in ways if way]
    assert [row[0] for row in labels(heard)[:5]] == ["1", "2", "3", "4", "5"]
    assert labels(heard)[5] == ["Alla (.vcf)", "Alla (.csv)", "Dela"]


async def test_all_contacts_as_files(server: BotApi, talking: Running, sixty: Service) -> None:
    """The files hold every contact of the whole list, not of its page alone, with its project and when that ended."""
    person, truth = server.person(1, "sv"), contacts_of(sixty)
    async with talking(sixty):
        await person.says("kontakter till alla projekt")
        heard = await person.hears()
        files = {}
        for form in ("vcf", "csv"):
            await person.presses(heard.button(f".{form}"), heard)
            files[form] = (await person.hears()).document
    assert {form: file.filename for form, file in files.items() if file} == {
        "vcf": "kontakter.vcf",
        "csv": "kontakter.csv",
    }
    assert files["vcf"]
    assert files["csv"]
    cards = list(vobject.readComponents(files["vcf"].bytes.decode()))
    assert [card.fn.value for card in cards] == [name for name, _, _ in truth]
    rows = list(csv.DictReader(io.StringIO(files["csv"].bytes.decode("utf-8-sig")), delimiter=";"))
    assert [(row["Kontaktperson"], row["E-post"], row["Telefon (länk)"].removeprefix("tel:")) for row in rows] == truth
    assert all(row["Projekt"] for row in rows)
    assert sum(bool(row["Avslutat"]) for row in rows) == len(rows)


async def test_files_hold_those_that_are_shown(server: BotApi, talking: Running, sixty: Service) -> None:
    """Where one person was asked for, the files hold that person, and not who else the projects have."""
    person = server.person(1, "sv")
    async with talking(sixty):
        await person.says("Maria Lindvret")
        heard = await person.hears()
        await person.presses(heard.button(".vcf"), heard)
        document = (await person.hears()).document
    assert document
    names = [card.fn.value for card in vobject.readComponents(document.bytes.decode())]
    assert names == ["Maria Lindvret"] * 3


async def test_an_ended_project_says_so_beside_its_contact(server: BotApi, talking: Running, awkward: Service) -> None:
    """That a project has ended stands beside its contact wherever that is shown, and beside no other's."""
    asked = {
        "kontakt Tyst svar": True,
        "Berätta om Tyst svar": True,
        "alla fakta om Tyst svar": True,
        "kontakt Ringlinjen": False,
        "Berätta om Ringlinjen": False,
    }
    people = [server.person(number, "sv") for number in range(1, 8)]
    async with talking(awkward):
        for person, (question, ended) in zip(people, asked.items(), strict=False):
            await person.says(question)
            said = "Projektet avslutades 31 december 2010." in (await person.hears()).seen
            assert (question, said) == (question, ended)
        await people[5].says("kontakt i Nacka")
        listed = (await people[5].hears()).seen
        assert [entry.count("avslutades") for entry in listed.split("\n\n")[1:]] == [0, 1]
        offered = await people[6].asks_inline("Ida Is")
        assert "Projektet avslutades 31 december 2010." in offered.results[0]["input_message_content"]["message_text"]


async def test_the_part_that_shows_the_contact(server: BotApi, talking: Running, service: Service) -> None:
    """A project's card has a button for its contact, with the same ways to reach it and that the project has ended."""
    person = server.person(1, "sv")
    async with talking(service):
        await person.says("/projekt Vinnande Arena")
        card = await person.hears()
        shown = await turned(server, person, "Kontakt", card)
    assert "Projektet avslutades 31 augusti 2014." in shown.seen
    assert copied(shown) == ["katarina.liljerod@vargarda.se", "+46322600521"]


async def test_presses_at_once_are_all_answered(server: BotApi, talking: Running, service: Service) -> None:
    """Pressing again and again sends the card as often, and each press is answered."""
    person = server.person(1, "sv")
    async with talking(service):
        await person.says("kontakt Vinnande Arena")
        heard = await person.hears()
        answers = await asyncio.gather(*(person.presses(heard.button("Kontaktkort"), heard) for _ in range(3)))
        cards = [(await person.hears()).contact for _ in range(3)]
    assert ([answer.text for answer in answers], all(cards)) == (["", "", ""], True)
