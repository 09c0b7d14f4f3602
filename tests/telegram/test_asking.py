"""Asking in a private chat, of the real bot, through a Bot API server on the loopback address."""

import asyncio

import pytest

from esfbot.model.answer import Answer, Kind, Say
from esfbot.service import Service
from tests.telegram.api.server import PATIENCE, BotApi
from tests.telegram.conftest import Running
from tests.telegram.echo import Echo, Fixed


@pytest.mark.parametrize(
    ("language", "greeting"),
    [
        ("sv", "Hej och välkommen!"),
        ("sv-SE", "Hej och välkommen!"),
        ("en", "Hello and welcome!"),
        ("de", "Hello and welcome!"),
        (None, "Hello and welcome!"),
    ],
)
async def test_start_greets(
    server: BotApi, running: Running, service: Service, language: str | None, greeting: str
) -> None:
    """/start greets in Swedish where Telegram is in Swedish, and in English elsewhere."""
    person = server.person(1, language)
    async with running(Echo(service)):
        await person.says("/start")
        assert (await person.hears()).seen == greeting


async def test_question_is_answered(server: BotApi, running: Running, service: Service) -> None:
    """A question is answered with the service's answer, in escaped HTML."""
    person = server.person(1)
    async with running(Echo(service)):
        await person.says("Who owns <A & B>?")
        heard = await person.hears()
    assert heard.text == "<b>Who owns &lt;A &amp; B&gt;?</b>\nBefore: nothing\n<i>Source: echo.txt, line 1</i>"


async def test_follow_up_continues_the_conversation(server: BotApi, running: Running, service: Service) -> None:
    """A question is asked in the conversation that the answer before it returned."""
    person = server.person(1)
    async with running(Echo(service)):
        for question, before in (("one", "nothing"), ("two", "one"), ("three", "one, two")):
            await person.says(question)
            assert f"Before: {before}\n" in (await person.hears()).seen


async def test_start_begins_a_new_conversation(server: BotApi, running: Running, service: Service) -> None:
    """After /start nothing is remembered of what was asked before."""
    person = server.person(1)
    async with running(Echo(service)):
        for text in ("one", "/start", "two"):
            await person.says(text)
            heard = await person.hears()
    assert "Before: nothing" in heard.seen


async def test_conversations_do_not_mix(server: BotApi, running: Running, service: Service) -> None:
    """Each person's questions continue their own conversation."""
    anna, bo = server.person(1), server.person(2)
    async with running(Echo(service)):
        for number in (1, 2):
            await anna.says(f"anna {number}")
            await bo.says(f"bo {number}")
        assert ["Before: anna 1" in (await anna.hears()).seen for _ in range(2)] == [False, True]
        assert ["Before: bo 1" in (await bo.hears()).seen for _ in range(2)] == [False, True]


async def test_replies_keep_their_order(server: BotApi, running: Running, service: Service) -> None:
    """A question that is slow to answer is answered before the same person's next one."""
    person, echo = server.person(1), Echo(service)
    async with running(echo):
        await person.says("wait for it")
        await person.says("quick")
        await asyncio.to_thread(echo.begun.wait, PATIENCE)
        echo.go.set()
        assert ["wait for it" in (await person.hears()).text, "quick" in (await person.hears()).text] == [True, True]


async def test_nobody_waits_for_somebody_else(server: BotApi, running: Running, service: Service) -> None:
    """While one person's answer is being worked out, another one is answered."""
    anna, bo, echo = server.person(1), server.person(2), Echo(service)
    async with running(echo):
        await anna.says("wait for it")
        await asyncio.to_thread(echo.begun.wait, PATIENCE)
        await bo.says("quick")
        assert "quick" in (await bo.hears()).text
        echo.go.set()
        assert "wait for it" in (await anna.hears()).text


async def test_long_answer_arrives_in_order(server: BotApi, running: Running, service: Service) -> None:
    """An answer longer than a message arrives as several, in its order, with no word lost."""
    words = [f"ord{number}" for number in range(2000)]
    person = server.person(1)
    async with running(Fixed(service, answer=Answer("", "sv", Kind.SECTION, (Say(" ".join(words)),)))):
        await person.says("allt")
        heard = [await person.hears() for _ in range(4)]
    assert (" ".join(sent.seen for sent in heard).split(), len(server.sent)) == (words, 4)


async def test_conversation_survives_a_restart(server: BotApi, running: Running, service: Service) -> None:
    """A question asked after the bot was started anew continues the conversation before."""
    person = server.person(1)
    async with running(Echo(service)):
        await person.says("one")
        await person.hears()
    async with running(Echo(service)):
        await person.says("two")
        assert "Before: one\n" in (await person.hears()).seen


async def test_slow_answer_shows_typing(server: BotApi, running: Running, service: Service) -> None:
    """While an answer takes longer than a moment, Telegram shows that the bot is writing; a quick one is just sent."""
    person, echo = server.person(1), Echo(service)
    async with running(echo):
        await person.says("quick")
        await person.hears()
        assert [call for call in server.calls if call.method == "sendChatAction"] == []
        await person.says("wait for it")
        await server.called("sendChatAction")
        echo.go.set()
        assert "wait for it" in (await person.hears()).text


async def test_edited_question_has_its_answer_edited(server: BotApi, running: Running, service: Service) -> None:
    """The answer to an edited question takes the place of the old one, in the conversation that it was asked in."""
    person = server.person(1)
    async with running(Echo(service)):
        await person.says("one")
        await person.hears()
        asked = await person.says("tow")
        answer = await person.hears()
        await person.edits(asked, "two")
        edited = await server.edited(answer)
        assert (edited.message_id, "two" in edited.seen, "Before: one\n" in edited.seen) == (
            answer.message_id,
            True,
            True,
        )
        await person.says("three")
        assert "Before: one, two\n" in (await person.hears()).seen
    assert len(server.sent) == 3


async def test_editing_an_older_question_leaves_the_conversation(
    server: BotApi, running: Running, service: Service
) -> None:
    """Editing a question other than the last changes its answer, and nothing of what is talked about now."""
    person = server.person(1)
    async with running(Echo(service)):
        asked = await person.says("one")
        answer = await person.hears()
        await person.says("two")
        await person.hears()
        await person.edits(asked, "first")
        assert "first" in (await server.edited(answer)).seen
        await person.says("three")
        assert "Before: one, two\n" in (await person.hears()).seen


async def test_other_content_is_told_what_can_be_sent(server: BotApi, running: Running, service: Service) -> None:
    """A sticker or a picture in private gets a word on what the bot reads."""
    person = server.person(1, "sv")
    async with running(Echo(service)):
        await person.posts(dice={"emoji": "🎲", "value": 3})
        assert "Skriv en fråga" in (await person.hears()).seen


async def test_edited_command_has_its_answer_edited(server: BotApi, running: Running, service: Service) -> None:
    """A command with other words behind it is answered in the same message."""
    person = server.person(1, "sv")
    async with running(service):
        asked = await person.says("/kommun Ludvika")
        answer = await person.hears()
        await person.edits(asked, "/kommun Karlskoga")
        assert "Göra Skillnad" in (await server.edited(answer)).seen
