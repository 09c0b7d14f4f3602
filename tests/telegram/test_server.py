"""The Bot API server of the tests is as strict as Telegram, or a bug of the bot would pass unseen."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from tests.telegram.markup import MarkupError, read_html
from tests.telegram.server import TOKEN, BotApi


class Caller:
    """Calls methods of the server, as a bot's library does."""

    def __init__(self, server: BotApi, session: aiohttp.ClientSession) -> None:
        self._server = server
        self._session = session

    async def __call__(self, method: str, token: str = TOKEN, **parameters: object) -> Any:
        """Return the result, or ``(code, description)`` of a refusal."""
        async with self._session.post(f"{self._server.url}/bot{token}/{method}", json=parameters) as response:
            body = await response.json()
        return body["result"] if body["ok"] else (body["error_code"], body["description"])


@pytest_asyncio.fixture
async def call(server: BotApi) -> AsyncIterator[Caller]:
    """A caller of the server's methods."""
    async with aiohttp.ClientSession() as session:
        yield Caller(server, session)


async def test_unknown_token_and_method(call: Caller) -> None:
    """A wrong token is refused with 401, a method that there is not with 404."""
    assert await call("getMe", token="1:other") == (401, "Unauthorized")
    assert await call("getMee") == (404, "Not Found: method not found")


@pytest.mark.parametrize(
    ("asked", "description"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": " \n\u200b\u2800"}, "message text is empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, "message text is empty"),
        ({"text": "å" * 4097}, "message is too long"),
        ({"text": "🎲" * 2049}, "message is too long"),
        (
            {"text": "<b>x", "parse_mode": "HTML"},
            "can't parse entities: can't find end tag corresponding to start tag \"b\"",
        ),
        ({"text": "x", "chat_id": 2}, "chat not found"),
        ({"text": "x", "parse_mode": "XML"}, "unsupported parse_mode"),
    ],
)
async def test_refused_messages(server: BotApi, call: Caller, asked: dict[str, Any], description: str) -> None:
    """Messages that Telegram refuses are refused, in its words."""
    await server.person(1).says("hello")
    assert await call("sendMessage", **{"chat_id": 1, **asked}) == (400, f"Bad Request: {description}")


async def test_longest_message(server: BotApi, call: Caller) -> None:
    """A message of 4096 UTF-16 code units besides its markup is taken."""
    person = server.person(1)
    await person.says("hello")
    await call("sendMessage", chat_id=1, text=f"<b>{'🎲' * 2048}</b>", parse_mode="HTML")
    assert (await person.hears()).seen == "🎲" * 2048


async def test_updates_wait_until_confirmed(server: BotApi, call: Caller) -> None:
    """Updates are given again until a higher offset confirms them, no more than the limit at a time."""
    person = server.person(1)
    for text in ("one", "two", "three"):
        await person.says(text)
    first, second = await call("getUpdates", limit=2)
    assert [update["message"]["text"] for update in (first, second)] == ["one", "two"]
    assert [update["message"]["text"] for update in await call("getUpdates", offset=second["update_id"])] == [
        "two",
        "three",
    ]
    assert server.unconfirmed == 2


async def test_long_polling_waits_for_news(server: BotApi, call: Caller) -> None:
    """A request with a timeout is answered when somebody writes."""
    waiting = asyncio.create_task(call("getUpdates", timeout=5))
    await server.polls()
    await server.person(1).says("hello")
    assert [update["message"]["text"] for update in await waiting] == ["hello"]


async def test_second_request_ends_the_first(server: BotApi, call: Caller) -> None:
    """Of two requests for updates at the same time the first is refused with a conflict, the second is answered."""
    first = asyncio.create_task(call("getUpdates", timeout=5))
    await server.polls()
    second = asyncio.create_task(call("getUpdates", timeout=5))
    assert (await first)[0] == 409
    await server.person(1).says("hello")
    assert len(await second) == 1


async def test_buttons_and_edits(server: BotApi, call: Caller) -> None:
    """A press can be answered once, and a message be changed into another text only."""
    person = server.person(1)
    await person.says("hello")
    await person.presses("more")
    update = (await call("getUpdates"))[-1]
    answers = [await call("answerCallbackQuery", callback_query_id=update["callback_query"]["id"]) for _ in range(2)]
    assert [answers[0], answers[1][0]] == [True, 400]
    message_id = (await call("sendMessage", chat_id=1, text="old"))["message_id"]
    edits = [await call("editMessageText", chat_id=1, message_id=message_id, text="new") for _ in range(2)]
    assert (edits[0]["text"], edits[1]) == ("new", (400, "Bad Request: message is not modified"))
    assert await call("editMessageText", chat_id=1, message_id=0, text="new") == (
        400,
        "Bad Request: message to edit not found",
    )


async def test_commands_and_actions(server: BotApi, call: Caller) -> None:
    """The command menu is kept, and only known actions are shown."""
    await server.person(1).says("hello")
    await call("setMyCommands", commands=[{"command": "start", "description": "begin"}])
    assert server.commands == [{"command": "start", "description": "begin"}]
    assert [await call("sendChatAction", chat_id=1, action=action) for action in ("typing", "dance")] == [
        True,
        (400, "Bad Request: wrong parameter action in request"),
    ]


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("<p>x</p>", "unsupported start tag"),
        ("<b><i>x</b></i>", "unmatched end tag"),
        ("x</b>", "unmatched end tag"),
        ("<b>x", "can't find end tag"),
        ("<b class='x'>x</b>", "unsupported attributes"),
        ("<a>x</a>", "unsupported attributes"),
        ("<blockquote><blockquote>x</blockquote></blockquote>", "can't be nested"),
        ("<code><b>x</b></code>", "can't be nested"),
        ("1 < 2", "unescaped"),
        ("2 > 1", "unescaped"),
        ("A & B", "unescaped"),
        ("&nbsp;", "unescaped"),
        ("&copy;", "unescaped"),
    ],
)
def test_refused_markup(text: str, refusal: str) -> None:
    """Tags that Telegram does not know, tags out of order, and characters not escaped are refused."""
    with pytest.raises(MarkupError, match=refusal):
        read_html(text)


def test_accepted_markup() -> None:
    """Known tags and entities are taken out of what a person sees."""
    text = (
        '<b>1 &lt; <i>2</i></b> &amp; <a href="https://esf.se">&quot;x&quot;</a><blockquote expandable>y</blockquote>'
    )
    assert read_html(text) == '1 < 2 & "x"y'
