"""The Bot API server of the tests is as strict as Telegram, or a bug of the bot would pass unseen: messages."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from tests.telegram.api.caller import Caller, bad, calling, keyboard
from tests.telegram.api.server import TOKEN, BotApi

NOT_MODIFIED = bad(
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
BUTTON = {"text": "More", "callback_data": "more"}


@pytest_asyncio.fixture
async def call(server: BotApi) -> AsyncIterator[Caller]:
    """A caller of the server's methods."""
    async with calling(server) as caller:
        yield caller


@pytest.mark.parametrize(
    ("token", "method", "refusal"),
    [
        ("1:other", "getMe", (401, "Unauthorized")),
        ("other", "getMe", (404, "Not Found")),
        (TOKEN, "getMee", (404, "Not Found: method not found")),
    ],
)
async def test_unknown_token_and_method(call: Caller, token: str, method: str, refusal: tuple[int, str]) -> None:
    """A wrong token is refused with 401, what is no token or no method with 404."""
    assert await call(method, token=token) == refusal


async def test_me(server: BotApi, call: Caller) -> None:
    """The bot learns what it can do; that it reads all of a group's messages where privacy mode is off."""
    me = await call("getMe")
    server.privacy = False
    assert (me["is_bot"], me["supports_inline_queries"], me["can_join_groups"]) == (True, True, True)
    assert (me["can_read_all_group_messages"], (await call("getMe"))["can_read_all_group_messages"]) == (False, True)


@pytest.mark.parametrize("way", ["json", "data", "params"])
async def test_parameters(server: BotApi, call: Caller, way: str) -> None:
    """Parameters are taken from JSON, a form or the address; only those that are lists or objects are read as JSON."""
    person = server.person(1)
    await person.says("hello")
    markup = keyboard(BUTTON)
    asked = {"chat_id": "1", "text": "[1]", "reply_markup": markup if way == "json" else json.dumps(markup)}
    async with call.session.post(f"{server.url}/bot{TOKEN}/sendMessage", **{way: asked}) as response:  # type: ignore[arg-type]
        assert (await response.json())["result"]["text"] == "[1]"
    assert (await person.hears()).button("More") == BUTTON


async def test_parameters_that_are_none(server: BotApi, call: Caller) -> None:
    """JSON that is no object, or no JSON, is refused."""
    for body, description in (("[1]", "can't parse request JSON object"), ("{", "can't parse request JSON object")):
        asked = call.session.post(
            f"{server.url}/bot{TOKEN}/getMe", data=body, headers={"Content-Type": "application/json"}
        )
        async with asked as response:
            assert (await response.json())["description"] == f"Bad Request: {description}"


@pytest.mark.parametrize(
    ("asked", "description"),
    [
        ({}, "message text is empty"),
        ({"text": ""}, "message text is empty"),
        ({"text": " \n\u200b\u2800"}, "message text is empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, "message text is empty"),
        ({"text": "å" * 4097}, "message is too long"),
        ({"text": "🎲" * 2049}, "message is too long"),
        (
            {"text": "<b>x", "parse_mode": "HTML"},
            "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        ({"text": 1}, 'field "text" must be of type String'),
        ({"text": "x", "chat_id": ""}, "chat_id is empty"),
        ({"text": "x", "chat_id": 2}, "chat not found"),
        ({"text": "x", "chat_id": "@nobody"}, "chat not found"),
        ({"text": "x", "parse_mode": "XML"}, "unsupported parse_mode"),
        (
            {"text": "x", "entities": [{"type": "bold"}]},
            "can't parse MessageEntity: expected an Array of MessageEntity",
        ),
        ({"text": "x", "message_thread_id": 5}, "message thread not found"),
        ({"text": "x", "reply_parameters": {"message_id": 999}}, "message to be replied not found"),
        ({"text": "x", "reply_parameters": [1]}, "object expected as reply parameters"),
        ({"text": "x", "reply_parameters": "{"}, "can't parse reply parameters JSON object"),
        ({"text": "x", "link_preview_options": [1]}, "object expected as link preview options"),
    ],
)
async def test_refused_messages(server: BotApi, call: Caller, asked: dict[str, Any], description: str) -> None:
    """Messages that Telegram refuses are refused, in its words."""
    await server.person(1).says("hello")
    assert await call("sendMessage", **{"chat_id": 1, **asked}) == bad(description)


async def test_people_that_the_bot_cannot_write_to(server: BotApi, call: Caller) -> None:
    """A bot writes to nobody who has not written to it, is blocked by some, and thrown out of groups."""
    met, blocking, group = server.person(1), server.person(2), server.group(-5)
    await met.says("/start", group=group)
    await blocking.says("hello")
    blocking.blocked = True
    group.kicked = True
    assert [await call("sendMessage", chat_id=chat, text="x") for chat in (1, 2, 3, -5)] == [
        (403, "Forbidden: bot can't initiate conversation with a user"),
        (403, "Forbidden: bot was blocked by the user"),
        bad("chat not found"),
        (403, "Forbidden: bot was kicked from the supergroup chat"),
    ]


async def test_longest_message(server: BotApi, call: Caller) -> None:
    """A message of 4096 UTF-16 code units besides its markup is taken."""
    person = server.person(1)
    await person.says("hello")
    await call("sendMessage", chat_id=1, text=f"<b>{'🎲' * 2048}</b>", parse_mode="HTML")
    assert (await person.hears()).seen == "🎲" * 2048


async def test_message_as_it_is_answered(server: BotApi, call: Caller) -> None:
    """A message comes back trimmed, with its options and its first 100 entities, of which one was trimmed away."""
    person = server.person(1, username="ann")
    asked = {"message_id": await person.says("hello"), "allow_sending_without_reply": True}
    text = "<i>\n</i>🎲<b>x</b> " + "<i>y</i>" * 100
    options = {"is_disabled": True}
    sent = await call(
        "sendMessage", chat_id=1, text=text, parse_mode="html", reply_parameters=asked, link_preview_options=options
    )
    heard = await person.hears()
    assert (sent["chat"]["username"], sent["from"]["is_bot"]) == ("ann", True)
    assert (sent["text"], sent["link_preview_options"]) == ("🎲x " + "y" * 100, options)
    assert (sent["entities"][0], len(sent["entities"])) == ({"type": "bold", "offset": 2, "length": 1}, 99)
    assert (sent["reply_to_message"]["text"], heard.reply_to) == ("hello", asked["message_id"])
    assert (heard.text, heard.seen, heard.entities, heard.topic) == (text, sent["text"], 102, 0)


async def test_reply_to_what_is_gone(server: BotApi, call: Caller) -> None:
    """A message that was deleted is replied to only where the bot says that it may be sent without."""
    person = server.person(1)
    gone = await person.says("hello")
    await person.deletes(gone)
    asked = {"message_id": gone, "allow_sending_without_reply": True}
    assert "reply_to_message" not in await call("sendMessage", chat_id=1, text="x", reply_parameters=asked)
    del asked["allow_sending_without_reply"]
    assert await call("sendMessage", chat_id=1, text="x", reply_parameters=asked) == bad(
        "message to be replied not found"
    )


async def test_edits(server: BotApi, call: Caller) -> None:
    """A message is changed into another one only, and without a keyboard in the request it loses its own."""
    person = server.person(1)
    own = await person.says("hello")
    number = (await call("sendMessage", chat_id=1, text="old", reply_markup=keyboard(BUTTON)))["message_id"]
    heard = await person.hears()
    same = {"chat_id": 1, "message_id": number, "text": "<b>old</b>", "parse_mode": "HTML"}
    assert (await call("editMessageText", **same, reply_markup=keyboard(BUTTON)))["edit_date"]
    assert await call("editMessageText", **same, reply_markup=keyboard(BUTTON)) == NOT_MODIFIED
    assert "reply_markup" not in await call("editMessageText", **same)
    assert [sent.text for sent in server.sent] == ["<b>old</b>"]
    assert (heard.text, heard.edits, (await server.edited(heard)).edits) == ("old", 0, 2)
    assert await call("editMessageText", chat_id=1, message_id=own, text="new") == bad("message can't be edited")
    assert await call("editMessageText", chat_id=1, message_id=0, text="new") == bad("message to edit not found")
    assert await call("editMessageText", text="new") == bad("message identifier is not specified")
    assert await call("editMessageText", inline_message_id="x", text="new") == bad("MESSAGE_ID_INVALID")
    assert await call("editMessageText", **same, reply_markup={"force_reply": True}) == bad("inline keyboard expected")
    assert await call("editMessageText", chat_id=1, message_id=number, text="") == bad("message text is empty")


async def test_edits_of_the_keyboard(server: BotApi, call: Caller) -> None:
    """A keyboard is changed or taken away by itself, and a message without text has none to edit."""
    person = server.person(1)
    await person.says("hello")
    contact = await call("sendContact", chat_id=1, phone_number="1234", first_name="Ann")
    assert (await person.hears()).text == ""
    asked = {"chat_id": 1, "message_id": contact["message_id"]}
    assert await call("editMessageText", **asked, text="x") == bad("there is no text in the message to edit")
    assert await call("editMessageReplyMarkup", **asked) == NOT_MODIFIED
    await call("editMessageReplyMarkup", **asked, reply_markup=keyboard(BUTTON))
    assert server.sent[0].keyboard == [[BUTTON]]
    assert await call("editMessageReplyMarkup", **asked, reply_markup=keyboard(BUTTON)) == NOT_MODIFIED
    await call("editMessageReplyMarkup", **asked)
    assert (server.sent[0].keyboard, server.sent[0].contact) == ([], contact["contact"])


async def test_deleting(server: BotApi, call: Caller) -> None:
    """Messages are deleted once; those of others in private only."""
    person, group = server.person(1), server.group(-5)
    private, public = await person.says("hello"), await person.says("hello", group=group)
    await call("sendMessage", chat_id=1, text="x")
    heard = await person.hears()
    assert server.exists(heard) is True
    assert await call("deleteMessage", chat_id=1, message_id=heard.message_id) is True
    assert await call("deleteMessage", chat_id=1, message_id=heard.message_id) == bad("message to delete not found")
    assert await call("deleteMessage", chat_id=1, message_id=private) is True
    assert await call("deleteMessage", chat_id=-5, message_id=public) == bad("message can't be deleted")
    assert server.exists(heard) is False
    with pytest.raises(AssertionError, match="was deleted"):
        server.now(heard)


async def test_actions(server: BotApi, call: Caller) -> None:
    """Only known actions are shown, and only where the bot can write."""
    await server.person(1).says("hello")
    asked = [("typing", 1), ("upload_document", 1), ("dance", 1), ("typing", 2)]
    assert [await call("sendChatAction", chat_id=chat, action=action) for action, chat in asked] == [
        True,
        True,
        bad("wrong parameter action in request"),
        bad("chat not found"),
    ]
