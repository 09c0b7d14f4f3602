"""Trouble on demand, limits and the log of calls; and that python-telegram-bot understands the server."""

import asyncio
import io
from collections.abc import AsyncIterator

import aiohttp
import pytest
import pytest_asyncio
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    Update,
)
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter, TimedOut

from tests.telegram.api.caller import Caller, calling
from tests.telegram.api.server import TOKEN, BotApi, Limits


@pytest_asyncio.fixture
async def call(server: BotApi) -> AsyncIterator[Caller]:
    """A caller of the server's methods."""
    async with calling(server) as caller:
        yield caller


@pytest_asyncio.fixture
async def bot(server: BotApi) -> AsyncIterator[Bot]:
    """A bot of python-telegram-bot that talks to the server."""
    async with Bot(TOKEN, base_url=f"{server.url}/bot", base_file_url=f"{server.url}/file/bot") as bot:
        yield bot


async def test_refusal_on_demand(server: BotApi, call: Caller) -> None:
    """Refusals asked for meet the next requests of their method, one each."""
    await server.person(1).says("hello")
    server.fails("sendMessage", 429, "Too Many Requests: retry after 2", retry_after=2)
    server.fails("sendMessage", 502, "Bad Gateway")
    assert (await call("getMe"))["is_bot"] is True
    assert await call.envelope("sendMessage", chat_id=1, text="x") == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 2",
        "parameters": {"retry_after": 2},
    }
    assert await call("sendMessage", chat_id=1, text="x") == (502, "Bad Gateway")
    assert (await call("sendMessage", chat_id=1, text="x"))["text"] == "x"


@pytest.mark.parametrize("after", [False, True])
async def test_lost_connection(server: BotApi, call: Caller, after: bool) -> None:
    """A connection is closed without an answer, before or after the request took effect."""
    await server.person(1).says("hello")
    server.drops("sendMessage", after)
    with pytest.raises(aiohttp.ClientError):
        await call("sendMessage", chat_id=1, text="x")
    assert ([sent.text for sent in server.sent], server.calls[-1].ok) == (["x"] * after, after)
    assert (await call("sendMessage", chat_id=1, text="y"))["text"] == "y"


@pytest.mark.parametrize("after", [False, True])
async def test_late_answer(server: BotApi, call: Caller, after: bool) -> None:
    """An answer comes late; meanwhile the request has taken effect or not, and others are answered."""
    person = server.person(1)
    await person.says("hello")
    server.hangs("sendMessage", 0.5, after)
    waiting = asyncio.create_task(call("sendMessage", chat_id=1, text="late"))
    await server.called("sendMessage")
    assert (await call("sendMessage", chat_id=1, text="quick"))["text"] == "quick"
    assert waiting.done() is False
    assert [sent.text for sent in server.sent] == (["late", "quick"] if after else ["quick"])
    assert (await waiting)["text"] == "late"


async def test_slow_method(server: BotApi, call: Caller) -> None:
    """A slow method is slow each time, others are not."""
    server.slow("getMe", 0.3)
    slow = [asyncio.create_task(call("getMe")) for _ in range(2)]
    assert await call("getMyCommands") == []
    assert [task.done() for task in slow] == [False, False]
    await asyncio.gather(*slow)


async def test_log_of_calls(server: BotApi, call: Caller) -> None:
    """Every request is noted with its parameters as they were read, and whether it took effect."""
    await call("setMyCommands", commands=[])
    await call("sendMessage", chat_id=1, text="x")
    await call("getMe", token="1:other")
    assert [(noted.method, noted.parameters, noted.ok) for noted in server.calls] == [
        ("setMyCommands", {"commands": []}, True),
        ("sendMessage", {"chat_id": 1, "text": "x"}, False),
    ]
    assert server.calls[0].time <= server.calls[1].time


class Clock:
    """Seconds, as a test sets them."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


async def test_limit_of_a_private_chat(server: BotApi, call: Caller) -> None:
    """A private chat takes three messages at once and one a second after that; edits count, other chats do not."""
    clock = Clock()
    server.limits = Limits(clock=clock)
    for number in (1, 2):
        await server.person(number).says("hello")
    sent = [await call("sendMessage", chat_id=1, text="x") for _ in range(4)]
    assert sent[3] == (429, "Too Many Requests: retry after 1")
    clock.now += 1
    number = sent[0]["message_id"]
    assert (await call("editMessageText", chat_id=1, message_id=number, text="y"))["text"] == "y"
    refused = await call.envelope("editMessageText", chat_id=1, message_id=number, text="z")
    assert (refused["parameters"], server.now(server.sent[0]).seen) == ({"retry_after": 1}, "y")
    assert (await call("sendMessage", chat_id=2, text="x"))["text"] == "x"
    assert await call("sendMessage", chat_id=3, text="x") == (400, "Bad Request: chat not found")
    server.limits.edits = False
    assert (await call("editMessageText", chat_id=1, message_id=number, text="z"))["text"] == "z"
    assert (server.refused_for_limits, len(server.sent)) == (2, 4)


async def test_limit_of_a_group(server: BotApi, call: Caller) -> None:
    """A group takes twenty messages a minute."""
    clock = Clock()
    server.limits = Limits(clock=clock)
    server.group(-5)
    for _ in range(20):
        assert (await call("sendMessage", chat_id=-5, text="x"))["text"] == "x"
        clock.now += 1
    assert await call("sendMessage", chat_id=-5, text="x") == (429, "Too Many Requests: retry after 40")
    clock.now += 40
    assert (await call("sendMessage", chat_id=-5, text="x"))["text"] == "x"


async def test_limit_of_all_chats(server: BotApi, call: Caller) -> None:
    """Thirty messages a second are taken over all chats; without limits, any number."""
    for number in range(1, 32):
        await server.person(number).says("hello")
    server.limits = Limits(clock=Clock())
    for number in range(1, 31):
        assert (await call("sendMessage", chat_id=number, text="x"))["text"] == "x"
    assert await call("sendMessage", chat_id=31, text="x") == (429, "Too Many Requests: retry after 1")
    server.limits = Limits(per_second=None, burst=None, group_per_minute=None, clock=Clock())
    assert (await call("sendMessage", chat_id=1, text="x"))["text"] == "x"
    assert (await call("sendMessage", chat_id=1, text="x"))["text"] == "x"
    server.limits = None
    assert (await call("sendMessage", chat_id=31, text="x"))["text"] == "x"


async def test_library_sends(server: BotApi, bot: Bot) -> None:
    """What python-telegram-bot sends is understood: keyboards, replies, contacts, files and menus."""
    person = server.person(1)
    number = await person.says("hello")
    more = InlineKeyboardButton("More", callback_data="more")
    copy = InlineKeyboardButton("x", copy_text=CopyTextButton("y"))
    sent = await bot.send_message(
        1, "<b>x</b>", "HTML", reply_markup=InlineKeyboardMarkup([[more, copy]]), reply_to_message_id=number
    )
    heard = await person.hears()
    assert ([button["text"] for button in heard.keyboard[0]], heard.reply_to) == (["More", "x"], number)
    assert (await bot.edit_message_text("y", 1, sent.message_id)).text == "y"  # type: ignore[union-attr]
    await bot.send_contact(1, "0240-564451", "Ann", vcard="BEGIN:VCARD\nFN:Ann\nEND:VCARD")
    assert (await person.hears()).contact == {
        "phone_number": "0240-564451",
        "first_name": "Ann",
        "vcard": "BEGIN:VCARD\nFN:Ann\nEND:VCARD",
    }
    file = await bot.send_document(1, io.BytesIO(b"a,b"), "[caption]", filename="sheet.csv")
    heard = await person.hears()
    assert heard.document
    assert (heard.document.filename, heard.document.bytes, heard.seen) == ("sheet.csv", b"a,b", "[caption]")
    assert file.document
    fetched = await (await bot.get_file(file.document.file_id)).download_as_bytearray()
    assert bytes(fetched) == b"a,b"
    await bot.set_my_commands([BotCommand("start", "begin")], BotCommandScopeChat(1), "sv")
    assert server.menus["chat", 1, "sv"][0]["command"] == "start"
    assert await bot.delete_message(1, sent.message_id)


async def test_library_receives(server: BotApi, bot: Bot) -> None:
    """What people do is read by python-telegram-bot: replies, topics, presses, queries, places."""
    person, group = server.person(1, "sv"), server.group(-5, topics=True)
    await person.says("/start", group=group, topic=7)
    await bot.send_message(-5, "x", message_thread_id=7)
    heard = await group.hears()
    await person.edits(await person.says("re", group=group, topic=7, reply_to=heard), "again")
    await person.presses("more", heard, wait=False)
    heard.old = True
    await person.presses("more", heard, wait=False)
    await person.sends_venue(60.1, 15.2, "Ludvika")
    asking = asyncio.create_task(person.asks_inline("Ludvika"))
    await asyncio.sleep(0)
    command, reply, edit, press, old, venue, query = await bot.get_updates(allowed_updates=Update.ALL_TYPES)
    assert command.message
    assert command.message.is_topic_message
    assert reply.message
    assert reply.message.reply_to_message
    assert (reply.message.reply_to_message.from_user, edit.edited_message is None) == (bot.bot, False)
    assert press.callback_query
    assert press.callback_query.message
    assert press.callback_query.message.is_accessible
    assert old.callback_query
    assert old.callback_query.message
    assert not old.callback_query.message.is_accessible
    assert venue.message
    assert venue.message.venue
    assert query.inline_query
    offered = InlineQueryResultArticle("1", "ESF", InputTextMessageContent("x"))
    await query.inline_query.answer([offered], cache_time=10, is_personal=True)
    answer = await asking
    assert (answer.results[0]["title"], answer.cache_time, answer.is_personal) == ("ESF", 10, True)


async def test_library_is_refused(server: BotApi, bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the server refuses, or fails to answer, is what python-telegram-bot takes it for."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # without it, RetryAfter warns of what is to change
    person = server.person(1)
    await person.says("hello")
    with pytest.raises(BadRequest, match=r"^Chat not found$"):
        await bot.send_message(2, "x")
    server.limits = Limits(burst=0, clock=Clock())
    with pytest.raises(RetryAfter, match="Retry in "):
        await bot.send_message(1, "x")
    person.blocked = True
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(1, "x")
    server.drops("getMe")
    with pytest.raises(NetworkError, match="disconnected"):
        await bot.get_me()
    server.hangs("getMe", 0.2)
    with pytest.raises(TimedOut, match="Timed out"):
        await bot.get_me(read_timeout=0.05)
    server.fails("getMe", 401, "Unauthorized")
    with pytest.raises(InvalidToken, match="Unauthorized"):
        await bot.get_me()
    await bot.set_webhook("http://127.0.0.1:1/", secret_token="x")
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()
