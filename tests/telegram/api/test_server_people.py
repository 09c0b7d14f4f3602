"""What people do reaches the bot as Telegram tells it, and what the bot does reaches them."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from tests.telegram.api.caller import Caller, bad, calling
from tests.telegram.api.refusals import BAD_QUERY
from tests.telegram.api.server import BotApi, Person, Pressed, Sent

KEYBOARD = {"inline_keyboard": [[{"text": "More", "callback_data": "more"}, {"text": "ESF", "url": "esf.se"}]]}


@pytest_asyncio.fixture
async def call(server: BotApi) -> AsyncIterator[Caller]:
    """A caller of the server's methods."""
    async with calling(server) as caller:
        yield caller


async def sent_to(person: Person, call: Caller, **asked: Any) -> Sent:
    """Send a message to a person who has written, and return what they hear."""
    await call("sendMessage", **{"chat_id": person.id, "text": "x", "reply_markup": KEYBOARD, **asked})
    return await person.hears()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/start", [("bot_command", 0, 6)]),
        ("/start@esf_test_bot now", [("bot_command", 0, 19)]),
        ("🎲 /a_1 @ann", [("bot_command", 3, 4), ("mention", 8, 4)]),
        ("hej @esf_test_bot!", [("mention", 4, 13)]),
        ("/hjälp a/b //x /a/b a@ann.se", []),
        ("plain", []),
    ],
)
async def test_entities(server: BotApi, call: Caller, text: str, found: list[tuple[str, int, int]]) -> None:
    """Commands and names are marked as clients mark them, with offsets in UTF-16 code units."""
    await server.person(1).says(text)
    (message,) = await call.updates("message")
    entities = [(entity["type"], entity["offset"], entity["length"]) for entity in message.get("entities", [])]
    assert (message["text"], entities) == (text, found)


async def test_message_of_a_person(server: BotApi, call: Caller) -> None:
    """A message tells who wrote it and where, and a person is the same whenever the test names them."""
    number = await server.person(1, "sv", "ann").says("hello")
    assert server.person(1) is server.person(1, "sv")
    (message,) = await call.updates("message")
    assert message["from"] == {
        "id": 1,
        "is_bot": False,
        "first_name": "Person 1",
        "username": "ann",
        "language_code": "sv",
    }
    assert message["chat"] == {"id": 1, "type": "private", "first_name": "Person 1", "username": "ann"}
    assert message["message_id"] == number


async def test_other_content(server: BotApi, call: Caller) -> None:
    """Places and files are sent too; a file can be fetched."""
    person = server.person(1)
    await person.sends_location(60.1, 15.2)
    await person.sends_venue(60.1, 15.2, "Ludvika station")
    await person.sends_document("a.csv", b"a", "sheet")
    await person.posts(sticker={"emoji": "🎲"})
    location, venue, document, sticker = await call.updates("message")
    place = {"latitude": 60.1, "longitude": 15.2}
    assert (location["location"], venue["location"], venue["venue"]["title"]) == (place, place, "Ludvika station")
    assert ((await call("getFile", file_id=document["document"]["file_id"]))["file_size"], document["caption"]) == (
        1,
        "sheet",
    )
    assert (sticker["sticker"], "text" in sticker) == ({"emoji": "🎲"}, False)


async def test_edits_of_a_person(server: BotApi, call: Caller) -> None:
    """An edit tells the message that it was, with its new text; nobody edits another one's."""
    person = server.person(1)
    number = await person.says("/start")
    await person.edits(number, "stop")
    (message,) = await call.updates("edited_message")
    assert (message["message_id"], message["text"], "entities" in message) == (number, "stop", False)
    assert message["edit_date"] >= message["date"]
    with pytest.raises(AssertionError, match="is not theirs"):
        await server.person(2).edits(number, "mine")
    with pytest.raises(AssertionError, match="is not theirs"):
        await person.edits(number, "mine", group=-5)


async def test_replies(server: BotApi, call: Caller) -> None:
    """A reply carries the message replied to, without that one's own reply; one to a message that is gone does not."""
    person = server.person(1)
    await person.says("hello")
    heard = await sent_to(person, call)
    number = await person.says("why", reply_to=heard)
    await person.says("well", reply_to=number)
    await person.deletes(number)
    await person.says("well", reply_to=number)
    _, first, second, third = await call.updates("message")
    assert (first["reply_to_message"]["from"]["is_bot"], first["reply_to_message"]["text"]) == (True, "x")
    assert (second["reply_to_message"]["text"], "reply_to_message" in second["reply_to_message"]) == ("why", False)
    assert "reply_to_message" not in third


@pytest.mark.parametrize("privacy", [True, False])
async def test_privacy_mode(server: BotApi, call: Caller, privacy: bool) -> None:
    """Of a group's messages the bot is told those meant for it; without privacy mode, all."""
    person, other, group = server.person(1), server.person(2), server.group(-5)
    server.privacy = privacy
    await call("sendMessage", chat_id=-5, text="x")
    heard = await group.hears()
    number = await person.says("plain", group=group)
    meant = ["/start", "/start@ESF_test_bot", "hej @esf_test_bot"]
    others = ["/start@other_bot", "see /start", "hej @other_bot", "esf_test_bot"]
    for text in [*meant, *others]:
        await person.says(text, group=-5)
    await person.says("reply", group=-5, reply_to=heard)
    await other.says("reply", group=-5, reply_to=number)
    await person.edits(number, "edited")
    told = [message["text"] for message in await call.updates("message")]
    assert told == ([*meant, "reply"] if privacy else ["plain", *meant, *others, "reply", "reply"])
    assert len(await call.updates("edited_message")) == (not privacy)


async def test_groups_number_their_own_messages(server: BotApi, call: Caller) -> None:
    """Supergroups number messages from 1 each, so that a number alone does not tell a message from another."""
    person = server.person(1)
    for group in (-5, -6):
        server.group(group)
    numbers = [await person.says("/start", group=group) for group in (-5, -6, -7, 0, -7)]
    assert (numbers[:2], len(set(numbers[2:]))) == ([1, 1], 3)
    chats = [message["chat"] for message in await call.updates("message")]
    assert chats[:3:2] == [
        {"id": -5, "type": "supergroup", "title": "Vi"},
        {"id": -7, "type": "group", "title": "Vi"},
    ]


async def test_threads_are_no_topics(server: BotApi, call: Caller) -> None:
    """In a supergroup without topics a reply has a message_thread_id, where nothing can be sent."""
    person, group = server.person(1), server.group(-5)
    number = await person.says("/start", group=group)
    await person.says("/more", group=group, reply_to=number)
    reply = (await call.updates("message"))[1]
    assert (reply["message_thread_id"], "is_topic_message" in reply) == (number, False)
    refused = await call("sendMessage", chat_id=-5, text="x", message_thread_id=number)
    assert refused == bad("message thread not found")


async def test_topics(server: BotApi, call: Caller) -> None:
    """In a topic messages carry its number, count as replies to what began it, and the bot writes to topics known."""
    person, group = server.person(1), server.group(-5, topics=True)
    await person.says("/start", group=group, topic=7)
    await person.says("/start", group=group)
    await person.says("/more", group=group, reply_to=1)
    inside, outside, reply_outside = await call.updates("message")
    assert (inside["message_thread_id"], inside["is_topic_message"], inside["chat"]["is_forum"]) == (7, True, True)
    assert (inside["reply_to_message"]["message_id"], "forum_topic_created" in inside["reply_to_message"]) == (7, True)
    assert ("message_thread_id" in outside, "message_thread_id" in reply_outside) == (False, False)
    assert reply_outside["reply_to_message"]["message_id"] == 1
    for topic in (1, 8):
        refused = await call("sendMessage", chat_id=-5, text="x", message_thread_id=topic)
        assert refused == bad("message thread not found")
    await call("sendMessage", chat_id=-5, text="x", message_thread_id=7)
    reply = {"message_id": inside["message_id"]}
    await call("sendMessage", chat_id=-5, text="x", reply_parameters=reply)
    await call("sendMessage", chat_id=-5, text="x")
    heard = [await group.hears() for _ in range(3)]
    assert [sent.topic for sent in heard] == [7, 7, 0]
    assert [sent.reply_to for sent in heard] == [7, inside["message_id"], None]
    with pytest.raises(AssertionError, match="has no topics"):
        await person.says("x", group=-6, topic=7)


async def test_press(server: BotApi, call: Caller) -> None:
    """A press tells the message as it is now, and its answer reaches who pressed, once."""
    person = server.person(1)
    await person.says("hello")
    heard = await sent_to(person, call)
    await call("editMessageText", chat_id=1, message_id=heard.message_id, text="now", reply_markup=KEYBOARD)
    pressing = asyncio.create_task(person.presses(heard.button("More"), heard))
    await asyncio.sleep(0)
    (query,) = await call.updates("callback_query")
    assert (query["data"], query["from"]["id"], query["message"]["text"]) == ("more", 1, "now")
    assert (query["message"]["reply_markup"], query["message"]["chat"]["id"]) == (KEYBOARD, 1)
    assert (query["message"]["from"]["is_bot"], query["message"]["message_id"]) == (True, heard.message_id)
    asked = {"callback_query_id": query["id"], "text": "å" * 200, "show_alert": True}
    assert await call("answerCallbackQuery", **{**asked, "text": "å" * 201}) == bad("MESSAGE_TOO_LONG")
    assert await call("answerCallbackQuery", **{**asked, "url": "https://esf.se"}) == bad("URL_INVALID")
    assert await call("answerCallbackQuery", **asked) is True
    assert await pressing == Pressed("å" * 200, True, "")
    assert await call("answerCallbackQuery", **asked) == bad(BAD_QUERY)


async def test_press_without_the_message(server: BotApi, call: Caller) -> None:
    """Of a message that is old or gone a press tells no content, and without one, none; too late is too late."""
    person = server.person(1)
    await person.says("hello")
    heard = await sent_to(person, call)
    heard.old = True
    await person.presses("more", heard, wait=False)
    heard.old = False
    await call("deleteMessage", chat_id=1, message_id=heard.message_id)
    await person.presses("more", heard, wait=False)
    await person.presses("other", wait=False)
    old, gone, bare = await call.updates("callback_query")
    assert (old["message"]["date"], "text" in old["message"], old["message"]["chat"]["id"]) == (0, False, 1)
    assert (gone["message"], "message" in bare) == (old["message"], False)
    server.forget_queries()
    assert await call("answerCallbackQuery", callback_query_id=old["id"]) == bad(BAD_QUERY)
    with pytest.raises(AssertionError, match="the bot is not told"):
        await person.presses(heard.button("ESF"), heard, wait=False)


async def test_press_without_an_answer(server: BotApi, monkeypatch: pytest.MonkeyPatch) -> None:
    """A press that the bot does not answer is a failure of the test."""
    monkeypatch.setattr("tests.telegram.api.people.PATIENCE", 0.01)
    with pytest.raises(TimeoutError):
        await server.person(1).presses("more")


async def test_waiting_for_an_edit(server: BotApi, call: Caller) -> None:
    """An edit that is still to come is waited for."""
    person = server.person(1)
    await person.says("hello")
    heard = await sent_to(person, call)
    waiting = asyncio.create_task(server.edited(heard))
    await asyncio.sleep(0)
    assert waiting.done() is False
    await call("editMessageText", chat_id=1, message_id=heard.message_id, text="new")
    assert ((await waiting).seen, server.now(heard).seen, heard.seen) == ("new", "new", "x")
    with pytest.raises(TimeoutError):
        await server.edited(server.now(heard), 0.01)
