"""A Bot API server of our own on the loopback address. It refuses what Telegram refuses, and has people to talk to."""

import asyncio
import contextlib
import inspect
import re
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

from aiohttp import web

from tests.telegram.api.faults import Faults, LostConnection
from tests.telegram.api.limits import Limits
from tests.telegram.api.menus import Menus
from tests.telegram.api.messages import Document, Sent
from tests.telegram.api.methods import Methods
from tests.telegram.api.parameters import read_parameters
from tests.telegram.api.people import Group, Person
from tests.telegram.api.refusals import Json, RefusedRequest
from tests.telegram.api.updates import PATIENCE
from tests.telegram.api.webhook import Webhook
from tests.telegram.api.world import Inline, Pressed, World

__all__ = [
    "PATIENCE",
    "TOKEN",
    "BotApi",
    "Call",
    "Document",
    "Group",
    "Inline",
    "Limits",
    "Person",
    "Pressed",
    "Sent",
    "bot_api",
]

TOKEN = "4711:loopback-secret"
_TOKEN = re.compile(r"\d+:[\w-]+")
_LARGEST_REQUEST = 60_000_000  # bytes: a little more than the largest file


@dataclass(slots=True)
class Call:
    """A request: ``time`` is that of its arrival by `time.monotonic`, ``ok`` whether it took effect."""

    method: str
    parameters: Json
    time: float
    ok: bool = False


class BotApi(World):
    """The server. ``calls`` holds all requests with the right token in the order of their arrival."""

    def __init__(self) -> None:
        super().__init__()
        self.url = ""
        self.calls: list[Call] = []
        self.faults = Faults()
        self.webhook = Webhook(self.updates)
        self.fails = self.faults.fails
        self.drops = self.faults.drops
        self.hangs = self.faults.hangs
        self.slow = self.faults.slow
        self._people: dict[int, Person] = {}
        self._waiting: list[asyncio.Future[None]] = []
        self._methods: dict[str, Callable[[Json], object]] = {
            **Methods(self).methods,
            **Menus(self).methods,
            **self.webhook.methods,
        }

    def person(self, id: int, language_code: str | None = None, username: str | None = None) -> Person:
        """Return the person of that id, whom the bot can't write to before they have written."""
        person = self._people.setdefault(id, Person(id, server=self))
        person.language_code = language_code or person.language_code
        person.username = username or person.username
        return person

    def group(self, id: int, title: str = "Vi", topics: bool = False, kind: str = "supergroup") -> Group:
        """Return a new group, with the bot in it; its id is negative. Topics begin when somebody writes there."""
        assert id < 0, "a group's id is negative"
        assert not topics or kind == "supergroup", "only supergroups have topics"
        group = Group(id, title=title, kind=kind, has_topics=topics)
        self.chats[id] = group
        return group

    async def called(self, method: str, times: int = 1) -> Call:
        """Return the call that was or will be the ``times``-th of ``method``, once it has arrived."""
        async with asyncio.timeout(PATIENCE):
            while len(found := [call for call in self.calls if call.method == method]) < times:
                news = asyncio.get_running_loop().create_future()
                self._waiting.append(news)
                await news
        return found[times - 1]

    async def handle(self, request: web.Request) -> web.Response:
        """Answer one request in the envelope of the Bot API."""
        try:
            return web.json_response({"ok": True, "result": await self._answer(request)})
        except LostConnection:
            if request.transport:
                request.transport.abort()
            return web.Response()
        except RefusedRequest as refused:
            seconds = refused.parameters.get("retry_after")
            headers = {"Retry-After": str(seconds)} if seconds else None
            return web.json_response(refused.envelope, status=refused.code, headers=headers)

    async def fetch(self, request: web.Request) -> web.Response:
        """Answer with a file, where getFile said that it is."""
        document = self.files.get(request.match_info["number"])
        if request.match_info["token"] != TOKEN or not document:
            refused = RefusedRequest(404, "Not Found")
            return web.json_response(refused.envelope, status=refused.code)
        return web.Response(body=document.bytes)

    async def _answer(self, request: web.Request) -> object:
        token, name = request.match_info["token"], request.match_info["method"]
        if not _TOKEN.fullmatch(token):
            raise RefusedRequest(404, "Not Found")
        if token != TOKEN:
            raise RefusedRequest(401, "Unauthorized")
        method = self._methods.get(name)
        if method is None:
            raise RefusedRequest(404, "Not Found: method not found")
        call = Call(name, await read_parameters(request), time.monotonic())
        self.calls.append(call)
        for news in self._waiting:
            if not news.done():
                news.set_result(None)
        self._waiting.clear()

        async def effect() -> object:
            result = method(call.parameters)
            if inspect.isawaitable(result):
                result = await result
            call.ok = True
            return result

        return await self.faults.befall(name, effect)


@contextlib.asynccontextmanager
async def bot_api() -> AsyncIterator[BotApi]:
    """Run a server on a free port of the loopback address."""
    api = BotApi()
    app = web.Application(client_max_size=_LARGEST_REQUEST)
    app.router.add_route("*", "/bot{token}/{method}", api.handle)
    app.router.add_get("/file/bot{token}/documents/{number}", api.fetch)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0]
    api.url = f"http://{host}:{port}"
    try:
        yield api
    finally:
        await api.webhook.stop()
        await asyncio.wait_for(runner.cleanup(), PATIENCE)
