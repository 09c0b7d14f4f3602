"""Golden questions by reply: /ratt and /fel on one of the bot's answers."""

import json
from typing import Any

import pytest

from esfbot.embed.run import embed
from esfbot.evaluate.run import run
from esfbot.upkeep.golden import questions
from tests.telegram.api.server import BotApi, Group, Person, Sent
from tests.telegram.conftest import Running
from tests.telegram.looking import button
from tests.telegram.maintaining import MAINTAINER, OTHER, Collection, three, three_live
from tests.telegram.mixed import ask
from tests.telegram.test_maintaining import CHANGED
from tests.telegram.test_maintaining_commands import two_generations

__all__ = ["three", "three_live"]

CONTACT = "Vem är kontaktperson för Björken?"
ITS_VALUES = ["Anna Ek", "anna.ek@exempel.se", "tel:08-123456"]


def records(three: Collection) -> list[dict[str, Any]]:
    """The golden questions as they stand in the file."""
    path = three.sheets / "questions.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def wrong(three: Collection) -> list[str]:
    """The golden questions that the live generation answers wrong."""
    results = run(three.service, questions(three.service._settings))
    return [result.question.text for result in results.wrong]


async def judged(person: Person, sent: Sent | int | None, command: str, group: Group | None = None) -> str:
    """What the bot says to a command in reply to one of its answers."""
    await person.says(command, reply_to=sent, group=group or 0)
    return (await (group or person).hears()).seen


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (CONTACT, {"must": ITS_VALUES, "projects": ["Björken"]}),
        ("Hur mycket fick Granen i ESF-stöd?", {"must": ["100 000 kr"], "projects": ["Granen"]}),
        ("När slutade Tallen?", {"must": ["31 december 2009"], "projects": ["Tallen"]}),
        ("Vad är syftet med Björken?", {"must": ["Att pröva."], "projects": ["Björken"]}),
        ("Vilka projekt finns i Ludvika?", {"must": ["Björken", "Tallen", "Granen"]}),
        (
            "How much ESF support in total?",
            {"must": ["SEK 100,000", "SEK 300,000"], "projects": ["Björken", "Tallen", "Granen"]},
        ),
        ("Finns det projekt i Kiruna?", {"abstain": True}),
        ("Är Anna Ek kontaktperson för Björken?", {"must": [*ITS_VALUES, "Ja."], "projects": ["Björken"]}),
        (
            "Hur många projekt per kommun?",
            {"must": ["Ludvika", "3 projekt", "1 olika"], "projects": ["Björken", "Tallen", "Granen"]},
        ),
    ],
)
async def test_right(
    server: BotApi, talking: Running, three: Collection, question: str, expected: dict[str, Any]
) -> None:
    """/ratt in reply to an answer adds the question with the values that the answer shows and the projects that it is
    about; it is judged right at once."""
    person = server.person(MAINTAINER, "sv")
    async with talking(three.service, **three.settings):
        said = await judged(person, await ask(person, question), "/ratt")
    assert said.splitlines()[0] == f"Ny kontrollfråga: {question}"
    (found,) = records(three)
    assert {name: value for name, value in found.items() if name in {"q", "abstain", "projects", *expected}} == (
        {"q": question} | expected
    ), found
    assert wrong(three) == []


async def test_what_is_added_is_told(server: BotApi, talking: Running, three: Collection) -> None:
    """The reply names what the question asks for from now on, in the maintainer's language; a second time it says that
    it is there already."""
    person = server.person(MAINTAINER, "en")
    async with talking(three.service, **three.settings):
        answer = await ask(person, CONTACT)
        first = await judged(person, answer, "/right")
        second = await judged(person, answer, "/ratt@esf_test_bot")
        abstained = await judged(person, await ask(person, "Finns det projekt i Kiruna?"), "/rätt")
    assert first.splitlines() == [
        f"New golden question: {CONTACT}",
        "has to say: Anna Ek",
        "has to say: anna.ek@exempel.se",
        "has to say: tel:08-123456",
        "has to be about: Björken",
    ]
    assert second == "That question is a golden question already, on line 1 of questions.jsonl."
    assert abstained.splitlines()[1:] == ["has to say that the sheets do not answer"]
    assert len(records(three)) == 2


async def test_a_follow_up(server: BotApi, talking: Running, three: Collection) -> None:
    """A question that goes on from others is added with them, as one conversation, and no others."""
    person = server.person(MAINTAINER, "sv")
    async with talking(three.service, **three.settings):
        await ask(person, "När slutade Tallen?")
        await ask(person, "Hur mycket fick Granen i ESF-stöd?")
        await ask(person, "och vem är kontaktperson?")
        answer = await ask(person, "och hur mycket är budgeten?")
        said = await judged(person, answer, "/ratt")
        again = await judged(person, answer, "/ratt")
        other = await judged(person, await ask(person, "Hur mycket fick Tallen i ESF-stöd?"), "/ratt")
    *before, last, alone = records(three)
    assert [each["q"] for each in before][-1] == "och vem är kontaktperson?"
    assert said.splitlines()[0] == f"Ny kontrollfråga: {' → '.join(each['q'] for each in (*before, last))}"
    assert {each["chat"] for each in (*before, last)} == {"reply-1"}
    assert all(each["abstain"] is None and "must" not in each for each in before)
    assert (last["must"], last["projects"], "chat" in alone) == (["200 000 kr"], ["Granen"], False)
    assert (again, other.splitlines()[0].startswith("Ny")) == (
        f"Den frågan är redan en kontrollfråga, på rad {len(before) + 1} i questions.jsonl.",
        True,
    )
    assert wrong(three) == []


async def test_wrong(server: BotApi, talking: Running, three: Collection) -> None:
    """/fel adds the question with what the answer showed as what must not be said; what stands behind the command is
    what it has to say; of one that did not answer, that it has to."""
    person = server.person(MAINTAINER, "sv")
    async with talking(three.service, **three.settings):
        plain = await judged(person, await ask(person, CONTACT), "/fel")
        await judged(person, await ask(person, "Kontaktperson för Björken?"), "/fel  Bo\nAlm ")
        await judged(person, await ask(person, "Telefon till Björken?"), "/wrong 08-65 43 21")
        await judged(person, await ask(person, "Vad fick Björken i ESF-stöd?"), "/fel 120 000 kr")
        none = await judged(person, await ask(person, "Finns det projekt i Kiruna?"), "/fel")
    assert plain.splitlines()[1:] == [f"ska inte säga: {value}" for value in ITS_VALUES]
    assert none.splitlines()[1:] == ["ska få ett svar"]
    assert [{name: value for name, value in each.items() if name not in ("kind", "q")} for each in records(three)] == [
        {"must_not": ITS_VALUES, "abstain": None},
        {"must": ["Bo Alm"]},
        {"must": ["tel:08-65 43 21"]},
        {"must": ["120 000 kr"]},
        {},
    ]
    assert len(wrong(three)) == 5
    (three.sheets / "ett.txt").write_text(CHANGED.replace("08-123456", "08-654321"), encoding="utf-8")
    embed(three.sheets, three.embeddings, "e5-small")
    assert wrong(three) == ["Finns det projekt i Kiruna?"]


async def test_questions_by_command_and_by_button(server: BotApi, talking: Running, three: Collection) -> None:
    """The answer to a command or to a button is added as a question in words that gets the same answer."""
    person = server.person(MAINTAINER, "sv")
    async with talking(three.service, **three.settings):
        listed = await ask(person, "/lista")
        await judged(person, listed, "/ratt")
        await ask(person, "/start")
        asked = await ask(person, "/kontakt")
        await person.presses(button(asked, "Granen"), asked)
        await judged(person, await person.hears(), "/ratt")
    found = records(three)
    assert [each["q"].startswith("/") for each in found] == [False, False]
    assert [each.get("projects") for each in found] == [None, ["Granen"]]
    assert wrong(three) == []


async def test_what_can_not_be_judged(server: BotApi, talking: Running, three: Collection) -> None:
    """A command that is no reply, or a reply to something else than an answer, says what it needs; nothing is added."""
    person = server.person(MAINTAINER, "sv")
    async with talking(three.service, **three.settings):
        alone = await judged(person, None, "/ratt")
        mine = await person.says(CONTACT)
        heard = await person.hears()
        to_mine = await judged(person, mine, "/ratt")
        greeting = await judged(person, await ask(person, "/start"), "/fel")
        talk = await judged(person, await ask(person, "Tack!"), "/ratt")
        wrong_talk = await judged(person, await ask(person, "Tack!"), "/fel")
        await person.presses("d", heard)
        forgotten = await judged(person, heard, "/ratt")
    assert alone == to_mine == "Svara med kommandot på ett av mina svar."
    assert greeting == forgotten
    assert greeting.startswith("Det svaret är för gammalt, eller inget svar på en fråga.")
    assert talk == "Svaret visar ingen uppgift att hålla fast vid."
    assert wrong_talk.startswith("Svaret visar ingen uppgift som kan vara fel. Skriv efter /fel")
    assert records(three) == []


async def test_a_message_that_shows_something_else(server: BotApi, talking: Running, three: Collection) -> None:
    """Where the message no longer shows what is answered now, since another project was opened in it or the sheets have
    changed, nothing is added but what somebody writes."""
    person = server.person(MAINTAINER, "sv")
    async with talking(three.service, **three.settings):
        listed = await ask(person, "Vilka projekt finns i Ludvika?")
        await person.presses(button(listed, "1"), listed)
        opened = await server.edited(listed)
        answer = await ask(person, CONTACT)
        two_generations(three)
        said = [await judged(person, sent, command) for sent in (opened, answer) for command in ("/ratt", "/fel")]
        added = await judged(person, answer, "/fel Bo Alm")
    assert {text.partition(".")[0] for text in said} == {"Meddelandet visar inte det svar som jag ger nu"}
    assert added.splitlines()[1:] == ["ska säga: Bo Alm"]


async def test_in_a_group(server: BotApi, talking: Running, three: Collection) -> None:
    """In a group a maintainer judges the answers that others got; where contacts are hidden, what is hidden is no part
    of it. Others' commands are not for the bot."""
    person, maintainer = server.person(OTHER, "sv"), server.person(MAINTAINER, "sv")
    group = server.group(-5)
    async with talking(three.service, **three.settings, group_contacts="private"):
        await person.says(f"@esf_test_bot {CONTACT}", group=group)
        answer = await group.hears()
        await person.says("/ratt", group=group, reply_to=answer)
        said = await judged(maintainer, answer, "/ratt", group)
        await server.confirmed()
    assert said.splitlines()[1:] == ["ska säga: Anna Ek", "ska handla om: Björken"]
    assert len(records(three)) == 1
    assert wrong(three) == []


async def test_a_file_that_is_damaged(server: BotApi, talking: Running, three: Collection) -> None:
    """Where the golden questions can't be read nothing is added, and the reason is told."""
    person = server.person(MAINTAINER, "sv")
    path = three.sheets / "questions.jsonl"
    path.write_text("<nothing>\n", encoding="utf-8")
    async with talking(three.service, **three.settings):
        said = await judged(person, await ask(person, CONTACT), "/ratt")
    assert said.startswith("Kontrollfrågan kunde inte sparas: ")
    assert "line 1 is no JSON" in said
    assert path.read_text(encoding="utf-8") == "<nothing>\n"


async def test_edited_commands(server: BotApi, talking: Running, three: Collection) -> None:
    """A command that is edited afterwards adds nothing more."""
    person, other = server.person(MAINTAINER, "sv"), server.person(OTHER, "sv")
    async with talking(three.service, **three.settings):
        answer = await ask(person, CONTACT)
        written = await person.says("/fel Bo", reply_to=answer)
        await person.hears()
        await person.edits(written, "/fel Bo Alm")
        await ask(other, CONTACT)
        await server.confirmed()
    assert [each["must"] for each in records(three)] == [["Bo"]]
