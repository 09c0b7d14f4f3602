"""The real application, talked to through a Bot API server on the loopback address."""

import asyncio
import logging
import re

import pytest

from esfbot.errors import EsfbotError, SettingsError
from esfbot.model.answer import Answer, Kind, Say
from esfbot.settings import Settings
from esfbot.telegram.app import build_application
from esfbot.telegram.polling import Inbox, serve
from tests.telegram.conftest import Running
from tests.telegram.echo import Echo, Fixed
from tests.telegram.server import PATIENCE, TOKEN, BotApi


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
async def test_start_greets(server: BotApi, running: Running, language: str | None, greeting: str) -> None:
    """/start greets in Swedish where Telegram is in Swedish, and in English elsewhere."""
    person = server.person(1, language)
    async with running(Echo()):
        await person.says("/start")
        assert (await person.hears()).seen == greeting


async def test_question_is_answered(server: BotApi, running: Running) -> None:
    """A question is answered with the service's answer, in escaped HTML."""
    person = server.person(1)
    async with running(Echo()):
        await person.says("Who owns <A & B>?")
        heard = await person.hears()
    assert heard.text == ("<b>Who owns &lt;A &amp; B&gt;?</b>\nBefore: nothing\n<i>Source: echo.txt, line 1</i>")


async def test_unknown_command_is_a_question(server: BotApi, running: Running) -> None:
    """A command other than /start is answered by the service like any other text."""
    person = server.person(1)
    async with running(Echo()):
        await person.says("/help me")
        assert "/help me" in (await person.hears()).seen


async def test_follow_up_continues_the_conversation(server: BotApi, running: Running) -> None:
    """A question is asked in the conversation that the answer before it returned."""
    person = server.person(1)
    async with running(Echo()):
        for question, before in (("one", "nothing"), ("two", "one"), ("three", "one, two")):
            await person.says(question)
            assert f"Before: {before}\n" in (await person.hears()).seen


async def test_start_begins_a_new_conversation(server: BotApi, running: Running) -> None:
    """After /start nothing is remembered of what was asked before."""
    person = server.person(1)
    async with running(Echo()):
        for text in ("one", "/start", "two"):
            await person.says(text)
            heard = await person.hears()
    assert "Before: nothing" in heard.seen


async def test_conversations_do_not_mix(server: BotApi, running: Running) -> None:
    """Each person's questions continue their own conversation."""
    anna, bo = server.person(1), server.person(2)
    async with running(Echo()):
        for number in (1, 2):
            await anna.says(f"anna {number}")
            await bo.says(f"bo {number}")
        assert ["Before: anna 1" in (await anna.hears()).seen for _ in range(2)] == [False, True]
        assert ["Before: bo 1" in (await bo.hears()).seen for _ in range(2)] == [False, True]


async def test_replies_keep_their_order(server: BotApi, running: Running) -> None:
    """A question that is slow to answer is answered before the same person's next one."""
    person, echo = server.person(1), Echo()
    async with running(echo):
        await person.says("wait for it")
        await person.says("quick")
        await asyncio.to_thread(echo.begun.wait, PATIENCE)
        echo.go.set()
        assert ["wait for it" in (await person.hears()).text, "quick" in (await person.hears()).text] == [True, True]


async def test_nobody_waits_for_somebody_else(server: BotApi, running: Running) -> None:
    """While one person's answer is being worked out, another one is answered."""
    anna, bo, echo = server.person(1), server.person(2), Echo()
    async with running(echo):
        await anna.says("wait for it")
        await asyncio.to_thread(echo.begun.wait, PATIENCE)
        await bo.says("quick")
        assert "quick" in (await bo.hears()).text
        echo.go.set()
        assert "wait for it" in (await anna.hears()).text


async def test_long_answer_arrives_in_order(server: BotApi, running: Running) -> None:
    """An answer longer than a message arrives as several, in its order, with no word lost."""
    words = [f"ord{number}" for number in range(2000)]
    person = server.person(1)
    async with running(Fixed(Answer("", "sv", Kind.SECTION, (Say(" ".join(words)),)))):
        await person.says("allt")
        heard = [await person.hears() for _ in range(4)]
    assert (" ".join(sent.seen for sent in heard).split(), len(server.sent)) == (words, 4)


async def test_groups_and_other_content_are_left_alone(server: BotApi, running: Running) -> None:
    """Nothing is answered in a group, and nothing but text in private."""
    person = server.person(1)
    async with running(Echo()):
        await person.says("hello all", group=-5)
        await person.says("/start", group=-5)
        await person.posts(dice={"emoji": "🎲", "value": 3})
        await person.says("hello you")
        await person.hears()
    assert [sent.chat_id for sent in server.sent] == [1]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("sv", "Något gick fel .* nummer (\\d+) .*"), ("en", "Something went wrong .* number (\\d+) .*")],
)
async def test_failure_is_told_in_one_sentence(
    server: BotApi, running: Running, caplog: pytest.LogCaptureFixture, language: str, sentence: str
) -> None:
    """A failing service gives the person one sentence with a number that the log has too, and the log keeps secrets."""
    caplog.set_level(logging.INFO)
    person = server.person(1, language)
    async with running(Fixed(RuntimeError(f"no answer to 'vem är Eva' with {TOKEN}"))):
        await person.says("vem är Eva")
        said = re.fullmatch(sentence, (await person.hears()).text)
    assert said
    assert f"failure {said[1]}: RuntimeError at echo.py:" in caplog.text
    assert [
        secret for secret in ("Eva", TOKEN, "loopback-secret", "Traceback", "HTTP Request") if secret in caplog.text
    ] == []


async def test_answer_without_content_is_a_failure(server: BotApi, running: Running) -> None:
    """A person is never left without a reply: an answer with nothing to show is told as a failure."""
    person = server.person(1)
    async with running(Fixed(Answer("", "sv", Kind.TALK, ()))):
        await person.says("hello")
        assert "Something went wrong" in (await person.hears()).text


async def test_blocked_bot_goes_on(server: BotApi, running: Running, caplog: pytest.LogCaptureFixture) -> None:
    """A person who blocked the bot costs a line in the log, and others are still answered."""
    anna, bo = server.person(1), server.person(2)
    anna.blocked = True
    async with running(Echo()):
        await anna.says("hello")
        await bo.says("hello")
        await bo.hears()
    assert "could not be told (Forbidden)" in caplog.text


async def test_stopping_finishes_replies(server: BotApi, running: Running) -> None:
    """A reply under way when the bot is stopped is still sent, and not given again after a restart."""
    person, echo = server.person(1), Echo()
    async with running(echo) as stop:
        await person.says("wait for it")
        await asyncio.to_thread(echo.begun.wait, PATIENCE)
        stop.set()
        echo.go.set()
    assert ("wait for it" in (await person.hears()).text, server.unconfirmed) == (True, 0)


async def test_confirmed_messages_are_forgotten(server: BotApi) -> None:
    """What was fetched is given again until it is confirmed, and then no more."""
    await server.person(1).says("hello")
    async with build_application(Settings(telegram_token=TOKEN, telegram_api=server.url), Echo()).bot as bot:
        inbox = Inbox(bot)
        assert (len(await inbox.fetch()), server.unconfirmed) == (1, 1)
        await inbox.confirm()
    assert server.unconfirmed == 0


async def test_trouble_with_the_network_passes(server: BotApi, running: Running) -> None:
    """A bot that can't reach Telegram for a while answers what was written meanwhile."""
    person = server.person(1)
    async with running(Echo()):
        await server.polls()
        server.fails("getUpdates", 502, "Bad Gateway")
        server.fails("getUpdates", 502, "Bad Gateway")
        for text in ("before", "after"):
            await person.says(text)
            assert text in (await person.hears()).text


async def test_second_program_takes_over(server: BotApi) -> None:
    """Of two programs with one token, one stops with an error in one line, and the other answers."""
    person = server.person(1)
    settings = Settings(telegram_token=TOKEN, telegram_api=server.url)
    stop = asyncio.Event()
    first = asyncio.create_task(serve(build_application(settings, Echo()), stop, pause=0.01))
    await server.polls()
    second = asyncio.create_task(serve(build_application(settings, Echo()), stop, pause=0.01))
    done, going = await asyncio.wait({first, second}, timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
    with pytest.raises(
        EsfbotError, match=r"^another program that answers with the same token; .*Stop the other program"
    ):
        done.pop().result()
    await person.says("hello")
    assert "hello" in (await person.hears()).text
    stop.set()
    await asyncio.wait_for(going.pop(), PATIENCE)


async def test_one_conflict_is_put_up_with(server: BotApi, running: Running) -> None:
    """A single conflict, such as a program before this one leaves behind, does not stop the bot."""
    person = server.person(1)
    async with running(Echo()):
        await server.polls()
        server.fails("getUpdates", 409, "Conflict: terminated by other getUpdates request")
        for text in ("one", "two"):
            await person.says(text)
            assert text in (await person.hears()).text


async def test_wrong_token(server: BotApi) -> None:
    """A token that Telegram rejects is an error of the settings, told in a line without the token."""
    application = build_application(Settings(telegram_token="1:mistyped", telegram_api=server.url), Echo())
    with pytest.raises(
        SettingsError, match=r"^a token that Telegram rejects; .*@BotFather.*ESFBOT_TELEGRAM_TOKEN"
    ) as e:
        await serve(application, asyncio.Event())
    assert ("mistyped" in str(e.value), "\n" in str(e.value)) == (False, False)


async def test_no_telegram_at_the_address(unused_tcp_port: int) -> None:
    """Where nothing answers at the address when the bot starts, it says so in a line."""
    address = f"http://127.0.0.1:{unused_tcp_port}"
    application = build_application(Settings(telegram_token=TOKEN, telegram_api=address), Echo())
    with pytest.raises(EsfbotError, match=r"^no answer from Telegram .*; .*Check the network, and ESFBOT_TELEGRAM_API"):
        await serve(application, asyncio.Event())


@pytest.mark.parametrize("token", ["", " "])
def test_missing_token(token: str) -> None:
    """Without a token there is no bot, and the error says where to get one."""
    with pytest.raises(SettingsError, match=r"^no ESFBOT_TELEGRAM_TOKEN; .*Get one from @BotFather"):
        build_application(Settings(telegram_token=token), Echo())
