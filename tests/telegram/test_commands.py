"""Commands in Swedish and English, with and without words after them, the menus of them, and links that open
things."""

import datetime
import re

import pytest

from esfbot.service import Service
from esfbot.telegram.menus import COMMANDS
from esfbot.values.dates import write_date
from tests.telegram.api.server import BotApi
from tests.telegram.conftest import Running
from tests.telegram.looking import button, labels, start_of

MAINTAINER = 99


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("which", ["service", "sixty"])
async def test_examples_work(
    server: BotApi, talking: Running, request: pytest.FixtureRequest, which: str, language: str
) -> None:
    """/start has three examples, and each of them, pressed or written, gets the same answer from the live sheets."""
    live = request.getfixturevalue(which)
    person, other = server.person(1, language), server.person(2, language)
    async with talking(live):
        await person.says("/start")
        greeting = await person.hears()
        examples = [row[0] for row in labels(greeting)]
        assert len(examples) == 3
        for example in examples:
            assert f"• {example}" in greeting.seen
            await person.presses(button(greeting, example), greeting)
            pressed = await person.hears()
            await other.says(example)
            written = await other.hears()
            assert (pressed.text, labels(pressed)) == (written.text, labels(written))
            assert not re.search("inget om|do not tell|inget projekt|no project", pressed.seen)
            assert labels(pressed)[-1][0][0] == "👍"


@pytest.mark.parametrize(
    ("sv", "en", "says"),
    [
        ("/projekt", "/project", ("5 projekt:", "5 projects:")),
        ("/projekt Vinnande Arena", "/project Vinnande Arena", ("Vinnande Arena\n", "Vinnande Arena\n")),
        (
            "/projekt@esf_test_bot gora skilnad",
            "/project@ESF_Test_bot gora skilnad",
            ("Göra Skillnad",) * 2,
        ),
        ("/kontakt", "/contact", ("Vems kontakt? Skriv namnet", "Whose contact? Write the name")),
        ("/kontakt Ludvika", "/contact Ludvika", ("Kontakt i Ludvika:", "Contact in Ludvika:")),
        ("/kontakt Vinnande Arena", "/contact Vinnande Arena", ("Kontaktperson: Katarina", "Contact person: Katarina")),
        ("/kontakt Jenny Lyxell", "/contact Jenny Lyxell", ("E-post: jenny.lyxell@", "E-mail: jenny.lyxell@")),
        ("/kommun", "/municipality", ("Projekt per kommun:", "Projects per municipality:")),
        ("/kommun Avesta", "/municipality Avesta", ("1 projekt i Avesta:", "1 project in Avesta:")),
        (
            "/kommun Kiruna",
            "/municipality Kiruna",
            ("Inget projekt på bladen anger Kiruna.", "No project on the"),
        ),
        ("/lista", "/list", ("5 projekt:", "5 projects:")),
        ("/lista i Värmland", "/list in Värmland", ("1 projekt i Värmland:", "1 project in Värmland:")),
        (
            "/lista över 5 miljoner",
            "/list over 5 million",
            ("2 projekt med total budget", "2 projects with total"),
        ),
        (
            "/statistik",
            "/statistics",
            ("ESF-stöd sammanlagt: 10 774 947 kr", "5 projects.\nESF support in"),
        ),
        ("/statistik i Dalarna", "/statistics in Dalarna", ("1 projekt i Dalarna.", "1 project in Dalarna.")),
        ("/om", "/about", ("Jag svarar ur 5 projektblad", "I answer from 5 project sheets")),
        ("/hjalp", "/help", ("Jag kan berätta vad som står på 5 projektblad", "I can tell what stands on 5")),
        ("/integritet", "/privacy", ("Det här sparas:", "What is kept:")),
        ("/sprak", "/language", ("Vilket språk ska menyer", "Which language should menus")),
        ("/START", "/start", ("Hej! Jag svarar på frågor", "Hello! I answer questions")),
    ],
)
async def test_a_command_and_its_twin(
    server: BotApi, talking: Running, service: Service, sv: str, en: str, says: tuple[str, str]
) -> None:
    """Each command works by both names, with words after it and without, in the language of the person's Telegram."""
    swede, other = server.person(1, "sv"), server.person(2, "de")
    async with talking(service):
        for command in dict.fromkeys((sv, en)):
            await swede.says(command)
            await other.says(command)
            assert says[0] in (await swede.hears()).seen
            assert says[1] in (await other.hears()).seen


async def test_whose_contact(server: BotApi, talking: Running, service: Service) -> None:
    """/contact without words asks whose, with examples to press, and takes what is written next as the answer; after a
    project it means that project's contact."""
    person = server.person(1, "sv")
    async with talking(service):
        await person.says("/kontakt")
        asked = await person.hears()
        assert labels(asked)[0] == ["Vem är kontaktperson för Arena för nyorientering?"]
        await person.presses(button(asked, labels(asked)[0][0]), asked)
        assert "Elisabeth Wikström" in (await person.hears()).seen
        await person.says("/start")
        await person.hears()
        await person.says("/kontakt")
        await person.hears()
        await person.says("Ludvika")
        assert "Jenny Lyxell" in (await person.hears()).seen
        await person.says("/projekt Vinnande Arena")
        await person.hears()
        await person.says("/kontakt")
        assert "Katarina Liljeröd" in (await person.hears()).seen


async def test_statistics(server: BotApi, talking: Running, service: Service) -> None:
    """The figures are those of the sheets: how many projects, sums, averages, by region and by year of start."""
    person = server.person(1, "sv")
    async with talking(service):
        await person.says("/statistik")
        seen = (await person.hears()).seen
    amounts = service.store.measures("total_budget", service.store.find())
    assert f"Total budget sammanlagt: {sum(amounts.values()):,.0f} kr".replace(",", " ") in seen.replace("\u00a0", " ")
    assert "Norra Mellansverige: 2 projekt" in seen
    assert "2009: 3 projekt" in seen


async def test_about_says_how_many_and_when(server: BotApi, talking: Running, service: Service) -> None:
    """/about tells how many sheets there are and the day on which they were read."""
    person = server.person(1, "sv")
    async with talking(service):
        await person.says("/om")
        seen = (await person.hears()).seen
    assert write_date(service.embedded().astimezone(datetime.UTC).date(), "sv") in seen


async def test_help_names_every_command(server: BotApi, talking: Running, service: Service) -> None:
    """/help has the examples as buttons, every command that people may use, and how else the bot can be asked."""
    person = server.person(1, "sv")
    async with talking(service):
        await person.says("/hjalp")
        heard = await person.hears()
    public = {command.sv for command in COMMANDS if not command.for_maintainers} - {"start", "hjalp"}
    assert set(re.findall(r"^/(\w+)", heard.seen, re.M)) == public
    assert len(labels(heard)) == 3
    assert all(f"• {row[0]}" in heard.seen for row in labels(heard))
    assert ("@esf_test_bot" in heard.seen, "position" in heard.seen, "Prova:" in heard.seen) == (True, True, False)


async def test_an_unknown_command(server: BotApi, talking: Running, service: Service) -> None:
    """A command that there is not is told to be none, and which there are; those of maintainers are none for others."""
    person = server.person(1, "sv")
    async with talking(service, maintainers=(MAINTAINER,)):
        for command in ("/radera", "/status", "/rollback", "/obesvarade", "/unanswered", "/ratt", "/fel det", "/right"):
            await person.says(command)
            assert (await person.hears()).seen == "Det kommandot finns inte. /hjalp visar vilka som finns."


async def test_menus(server: BotApi, talking: Running, service: Service) -> None:
    """The menus are in Swedish, and in English for all other languages: one for private chats, a shorter one for
    groups, and one with more for the maintainers."""
    server.person(MAINTAINER, "sv")
    server.known.add(MAINTAINER)
    server.chats[MAINTAINER] = server.person(MAINTAINER)
    async with talking(service, maintainers=(MAINTAINER,)):
        await server.called("setMyCommands", 8)
        await server.person(1).says("/om")
        await server.person(1).hears()
    menus = {place: [entry["command"] for entry in menu] for place, menu in server.menus.items()}
    swedish = "start projekt kontakt kommun lista statistik om sprak integritet hjalp".split()
    english = "start project contact municipality list statistics about language privacy help".split()
    in_groups = slice(1, 6)
    assert menus == {
        ("default", 0, ""): english,
        ("default", 0, "sv"): swedish,
        ("all_private_chats", 0, ""): english,
        ("all_private_chats", 0, "sv"): swedish,
        ("all_group_chats", 0, ""): [*english[in_groups], "help"],
        ("all_group_chats", 0, "sv"): [*swedish[in_groups], "hjalp"],
        ("chat", MAINTAINER, ""): [*english, "status", "rollback", "unanswered", "right", "wrong"],
        ("chat", MAINTAINER, "sv"): [*swedish, "status", "rollback", "obesvarade", "ratt", "fel"],
    }
    assert server.menus["default", 0, "sv"][1]["description"] == "Visa ett projekt, eller alla"


async def test_language(server: BotApi, talking: Running, service: Service) -> None:
    """Fixed texts are in the language of the person's Telegram until they choose another, which stays over a restart;
    replies are in the language of the question all the same."""
    person = server.person(1, "sv")
    async with talking(service):
        await person.says("/sprak")
        heard = await person.hears()
        assert labels(heard) == [["Svenska", "English"]]
        answer = await person.presses(button(heard, "English"), heard)
        assert answer.text == "Menus and fixed texts are now in English."
        await person.says("/om")
        assert (await person.hears()).seen.startswith("I answer from")
    async with talking(service):
        await person.says("/start")
        assert (await person.hears()).seen.startswith("Hello!")
        await person.says("Vem är kontaktperson i Ludvika?")
        assert "Kontaktperson: Jenny Lyxell" in (await person.hears()).seen
        await person.says("/language svenska")
        assert (await person.hears()).seen == "Menyer och fasta texter är nu på svenska."
        await person.says("Who is the contact in Ludvika?")
        assert "Contact person: Jenny Lyxell" in (await person.hears()).seen


async def test_links(server: BotApi, talking: Running, sixty: Service) -> None:
    """A link opens a project, its contact, a place or a list; of what is gone or never was it says so."""
    person = server.person(1, "sv")
    async with talking(sixty):
        await person.says("/lista i Nybro")
        listed = await person.hears()
        await person.says("/projekt Arbete")
        card = await person.hears()
        project, view = start_of(card, "Dela"), start_of(listed, "Dela")
        opened = {}
        for payload in (project, project.replace("p_", "c_"), "k_0881", view, "inline"):
            await person.says(f"/start {payload}")
            opened[payload[:2]] = (await person.hears()).seen
        for payload in ("p_AAAAAAAA", "k_99", "l_00000000", "q_", "nonsense"):
            await person.says(f"/start {payload}")
            said = (await person.hears()).seen
            assert said == "Länken leder inte längre till något. Skriv en fråga i stället, eller /hjalp."
    assert opened["p_"] == card.seen
    assert opened["c_"].startswith("Arbete\nProjektet avslutades 31 december 2011.\nKontaktperson: Svante")
    assert opened["k_"] == opened["l_"] == listed.seen
    assert opened["in"].startswith("Hej!")


@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("/projekt finnsinte", "Det finns inget projekt som heter finnsinte på bladen."),
        ("/projekt Vinnannde Arna", "Vinnande Arena"),
        ("/kontakt nån som inte finns", "Det finns inget projekt som heter nån som inte finns på bladen."),
        ("/kommun Hufvudstaden", "Det finns ingen kommun, inget län och ingen region som heter Hufvudstaden."),
        ("/kommun Ludvka", "Ludvika"),
        ("/projekt\nVinnande Arena", "Projektägare: Kommunstyrelseförvaltningen"),
    ],
)
async def test_names_behind_a_command(
    server: BotApi, talking: Running, service: Service, command: str, says: str
) -> None:
    """What stands behind a command is a name: one that the sheets lack is said to be unknown, one that is misspelt is
    found or offered."""
    person = server.person(1, "sv")
    async with talking(service):
        await person.says(command)
        assert says in (await person.hears()).seen


async def test_words_before_or_behind_the_noun(server: BotApi, talking: Running, service: Service) -> None:
    """/lista takes a condition in either form: avslutade projekt, projekt i Värmland."""
    anna, bo = server.person(1, "sv"), server.person(2, "sv")
    async with talking(service):
        await anna.says("/lista avslutade")
        await bo.says("/lista i Värmland")
        assert "5 projekt som redan är avslutade:" in (await anna.hears()).seen
        assert "1 projekt i Värmland:" in (await bo.hears()).seen


async def test_language_changes_the_menu(server: BotApi, talking: Running, service: Service) -> None:
    """Whoever chooses a language gets the menu in it, in their own chat."""
    person = server.person(1, "sv")
    async with talking(service):
        await person.says("/language en")
        assert "in English" in (await person.hears()).seen
        await server.called("setMyCommands", 7)
    assert "project" in [command["command"] for command in server.menus["chat", 1, ""]]


@pytest.mark.parametrize("command", ["/hjälp", "/HJALP", "/help"])
async def test_commands_with_swedish_letters(server: BotApi, talking: Running, service: Service, command: str) -> None:
    """A command is known with å, ä and ö as well, though Telegram does not mark it as one, and in any case."""
    person = server.person(1, "sv")
    async with talking(service):
        await person.says(command)
        assert "/kontakt – kontaktperson" in (await person.hears()).seen
