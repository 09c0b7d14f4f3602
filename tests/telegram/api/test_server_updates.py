"""Updates reach the bot as Telegram delivers them, by polling or by webhook."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web

from tests.telegram.api.caller import Caller, bad, calling
from tests.telegram.api.server import PATIENCE, BotApi, bot_api

ACTIVE = (
    409,
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
)


@pytest_asyncio.fixture
async def call(server: BotApi) -> AsyncIterator[Caller]:
    """A caller of the server's methods."""
    async with calling(server) as caller:
        yield caller


async def texts(call: Caller, **asked: Any) -> list[str]:
    """The texts of the messages waiting."""
    return [message["text"] for message in await call.updates("message", **asked)]


async def test_updates_wait_until_confirmed(server: BotApi, call: Caller) -> None:
    """Updates are given again until a higher offset confirms them, no more than the limit at a time."""
    person = server.person(1)
    for text in ("one", "two", "three"):
        await person.says(text)
    first, second = await call("getUpdates", limit=2)
    assert [update["message"]["text"] for update in (first, second)] == ["one", "two"]
    assert first["update_id"] < second["update_id"]
    assert await texts(call, offset=second["update_id"]) == ["two", "three"]
    assert server.unconfirmed == 2
    assert await texts(call, offset=second["update_id"] + 1000) == ["two", "three"]
    assert await texts(call, offset=second["update_id"] + 1 + 10) == []
    assert server.unconfirmed == 0


async def test_negative_offset(server: BotApi, call: Caller) -> None:
    """A negative offset keeps as many of the last updates and forgets the others; the limit is from 1 to 100."""
    person = server.person(1)
    for number in range(150):
        await person.says(str(number))
    assert (len(await texts(call, limit=1000)), len(await texts(call, limit=0))) == (100, 1)
    assert await texts(call, offset=-2) == ["148", "149"]
    assert server.unconfirmed == 2


async def test_long_polling_waits_for_news(server: BotApi, call: Caller) -> None:
    """A request with a timeout is answered when somebody writes."""
    waiting = asyncio.create_task(texts(call, timeout=5))
    await server.polls()
    await server.person(1).says("hello")
    assert await waiting == ["hello"]
    assert await texts(call, timeout=50) == ["hello"]


async def test_second_request_ends_the_first(server: BotApi, call: Caller) -> None:
    """Of two requests for updates at the same time the first is refused with a conflict, the second is answered."""
    first = asyncio.create_task(call("getUpdates", timeout=5))
    await server.polls()
    second = asyncio.create_task(call("getUpdates", timeout=5))
    assert await first == (
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    )
    await server.person(1).says("hello")
    assert len(await second) == 1


async def test_allowed_updates(server: BotApi, call: Caller) -> None:
    """Kinds of updates that are not asked for are dropped as they come, until others are asked for."""
    person = server.person(1)
    number = await person.says("one")
    assert await texts(call, allowed_updates=["edited_message"]) == ["one"]
    await person.says("two")
    await call("getUpdates")
    await person.says("three")
    await person.edits(number, "four")
    assert (await texts(call), len(await call.updates("edited_message"))) == (["one"], 1)
    assert await texts(call, allowed_updates=[]) == ["one"]
    await person.says("five")
    assert await texts(call) == ["one", "five"]
    assert await call("getUpdates", allowed_updates={}) == bad("can't parse allowed updates JSON object")
    assert await call("getUpdates", allowed_updates="x") == bad("can't parse allowed updates JSON object")


class Bot:
    """A program that updates are brought to; it notes them, and answers with ``status`` when ``go`` is set."""

    def __init__(self) -> None:
        self.url = ""
        self.come: asyncio.Queue[str] = asyncio.Queue()
        self.secret = ""
        self.under_way = self.most_under_way = 0
        self.statuses: list[int] = []
        self.go = asyncio.Event()
        self.go.set()

    async def handle(self, request: web.Request) -> web.Response:
        """Take an update."""
        update = json.loads(await request.text())
        self.secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        self.come.put_nowait(update["message"]["text"])
        await self.go.wait()
        self.under_way -= 1
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)

    async def gets(self) -> str:
        """The text of the next message brought."""
        return await asyncio.wait_for(self.come.get(), PATIENCE)


@pytest_asyncio.fixture
async def bot() -> AsyncIterator[Bot]:
    """A program that listens on the loopback address."""
    bot = Bot()
    app = web.Application()
    app.router.add_post("/hook", bot.handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0]
    bot.url = f"http://{host}:{port}/hook"
    yield bot
    bot.go.set()
    await runner.cleanup()


async def test_webhook(server: BotApi, call: Caller, bot: Bot) -> None:
    """What waits and what comes is brought with the secret, and counts as confirmed when it is answered."""
    person = server.person(1)
    await person.says("before")
    assert await call("setWebhook", url=bot.url, secret_token="Se_cret-1" + "x" * 247, max_connections=500) is True
    await person.says("after")
    assert [await bot.gets() for _ in range(2)] == ["before", "after"]
    await server.confirmed()
    assert bot.secret == "Se_cret-1" + "x" * 247
    info = await call("getWebhookInfo")
    assert (info["url"], info["pending_update_count"], info["max_connections"]) == (bot.url, 0, 100)
    assert await call("getUpdates") == ACTIVE
    assert await call("deleteWebhook") is True
    await person.says("later")
    assert await texts(call) == ["later"]
    assert (await call("getWebhookInfo"))["url"] == ""


async def test_webhook_brings_again(server: BotApi, call: Caller, bot: Bot) -> None:
    """An update is brought until it is answered with 2xx, before the chat's next one."""
    bot.statuses = [500, 300, 204]
    await call("setWebhook", url=bot.url)
    person = server.person(1)
    await person.says("one")
    await person.says("two")
    assert [await bot.gets() for _ in range(4)] == ["one", "one", "one", "two"]
    await server.confirmed()
    error = "Wrong response from the webhook: 300 Multiple Choices"
    assert (bot.secret, (await call("getWebhookInfo"))["last_error_message"]) == ("", error)


async def test_webhook_that_is_not_there(server: BotApi, call: Caller, bot: Bot, unused_tcp_port: int) -> None:
    """Updates wait while nobody takes them, and are brought when somebody does."""
    await call("setWebhook", url=f"http://127.0.0.1:{unused_tcp_port}/hook")
    await server.person(1).says("one")
    async with asyncio.timeout(PATIENCE):
        while "last_error_message" not in (info := await call("getWebhookInfo")):
            pass
    assert (info["pending_update_count"], info["last_error_message"]) == (1, "Connection refused")
    await call("setWebhook", url=bot.url)
    assert await bot.gets() == "one"
    await server.confirmed()


async def test_webhook_without_an_answer(server: BotApi, call: Caller, bot: Bot) -> None:
    """An update that is not answered in time is brought again."""
    server.webhook.timeout = 0.05
    bot.go.clear()
    await call("setWebhook", url=bot.url)
    await server.person(1).says("one")
    assert [await bot.gets() for _ in range(2)] == ["one", "one"]
    bot.go.set()
    await server.confirmed()


@pytest.mark.parametrize(("connections", "at_once"), [(2, 2), (40, 4)])
async def test_webhook_connections(server: BotApi, call: Caller, bot: Bot, connections: int, at_once: int) -> None:
    """Updates of different chats are brought at once, up to the connections; those of one chat one by one."""
    bot.go.clear()
    await call("setWebhook", url=bot.url, max_connections=connections)
    for number in (1, 2, 3, 4):
        await server.person(number).says(f"first of {number}")
        await server.person(number).says(f"second of {number}")
    assert [await bot.gets() for _ in range(at_once)] == [f"first of {number}" for number in range(1, at_once + 1)]
    bot.go.set()
    await server.confirmed()
    assert bot.most_under_way == at_once


async def test_webhook_ends_polling(server: BotApi, call: Caller, bot: Bot) -> None:
    """A request that waits for updates is refused when a webhook is set, and updates can be dropped."""
    waiting = asyncio.create_task(call("getUpdates", timeout=5))
    await server.polls()
    await call("setWebhook", url=bot.url, allowed_updates=["message"])
    assert await waiting == (409, "Conflict: terminated by setWebhook request")
    assert (await call("getWebhookInfo"))["allowed_updates"] == ["message"]
    await call("deleteWebhook")
    await server.person(1).says("hello")
    await call("deleteWebhook", drop_pending_updates=True)
    assert (await texts(call), bot.come.empty()) == ([], True)


@pytest.mark.parametrize(
    ("asked", "description"),
    [
        ({"secret_token": "a b"}, "secret token contains illegal characters"),
        ({"secret_token": "x" * 257}, "secret token is too long"),
        ({"url": "http://esf.se/hook"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        ({"url": "https://esf.se:8080"}, "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443"),
        ({"url": "https://esf.invalid"}, "bad webhook: Failed to resolve host: Name or service not known"),
        ({"url": "ftp://127.0.0.1"}, "invalid webhook URL specified"),
        ({"url": "esf"}, "invalid webhook URL specified"),
        ({"url": "https://127.0.0.1:x"}, "invalid webhook URL specified"),
    ],
)
async def test_refused_webhooks(server: BotApi, call: Caller, asked: dict[str, Any], description: str) -> None:
    """Addresses and secrets that Telegram refuses are refused, and the bot goes on polling."""
    assert await call("setWebhook", **{"url": "http://127.0.0.1:1", **asked}) == bad(description)
    assert await call("getUpdates") == []


async def test_a_webhook_does_not_outlive_its_server(bot: Bot) -> None:
    """A server that ends while updates are on their way leaves nothing behind."""
    bot.go.clear()
    async with bot_api() as server, calling(server) as call:
        await call("setWebhook", url=bot.url)
        await server.person(1).says("one")
        await bot.gets()
    with contextlib.suppress(asyncio.QueueEmpty):
        bot.come.get_nowait()
        raise AssertionError("brought again")
