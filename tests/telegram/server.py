"""A Bot API server of our own on the loopback address. It refuses what Telegram refuses, and has people to talk to."""

import asyncio
import contextlib
import itertools
import json
import re
import time
import unicodedata
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.telegram.markup import MarkupError, read_html

TOKEN = "4711:loopback-secret"
PATIENCE = 5.0  # seconds that a test waits before it fails
_BOT = {"id": 4711, "is_bot": True, "first_name": "ESF", "username": "esf_test_bot"}
_BLANK = re.compile("[\u200b-\u200f\u2800\u180e\ufeff\ufffc]")

Json = dict[str, Any]


class RefusedRequest(Exception):
    """An answer other than 200, as ``(code, description)``."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A message of the bot: ``text`` as it came, markup included, and ``seen``, what a person reads of it."""

    message_id: int
    chat_id: int
    text: str
    seen: str


@dataclass(slots=True)
class Person:
    """Somebody who writes to the bot; ``blocked`` is whether they have had enough of it."""

    server: "BotApi"
    id: int
    language_code: str | None = None
    blocked: bool = False
    heard: asyncio.Queue[Sent] = field(default_factory=asyncio.Queue)

    async def says(self, text: str, *, group: int = 0) -> None:
        """Write ``text``, in private or in the group of that id."""
        command = re.match(r"/\w+(@\w+)?", text)
        entities = [{"type": "bot_command", "offset": 0, "length": command.end()}] if command else []
        await self.posts(group=group, text=text, entities=entities)

    async def posts(self, *, group: int = 0, **content: object) -> None:
        """Post a message with any content, such as ``sticker``."""
        self.server.chats.setdefault(group or self.id, Person(self.server, group) if group else self)
        chat = {"id": group, "type": "group", "title": "Vi"} if group else {"id": self.id, "type": "private"}
        self.server.add_update(message={**self.server.message(chat), "from": self.user, **content})

    async def presses(self, data: str) -> None:
        """Press a button that carries ``data``."""
        query_id = str(next(self.server.numbers))
        self.server.open_queries.add(query_id)
        self.server.add_update(callback_query={"id": query_id, "from": self.user, "chat_instance": "1", "data": data})

    async def hears(self, timeout: float = PATIENCE) -> Sent:
        """Return the bot's next message to them; raises TimeoutError where there is none within ``timeout`` seconds."""
        return await asyncio.wait_for(self.heard.get(), timeout)

    @property
    def user(self) -> Json:
        """Them as the Bot API describes them."""
        user: Json = {"id": self.id, "is_bot": False, "first_name": f"Person {self.id}"}
        return user | ({"language_code": self.language_code} if self.language_code else {})


class BotApi:
    """The server. ``sent`` holds the bot's messages in order."""

    def __init__(self) -> None:
        self.url = ""
        self.sent: list[Sent] = []
        self.chats: dict[int, Person] = {}
        self.commands: list[Json] = []
        self._failures: dict[str, list[RefusedRequest]] = {}
        self.open_queries: set[str] = set()
        self.numbers = itertools.count(1)
        self._updates: list[Json] = []
        self._waiting: asyncio.Future[bool] | None = None
        self._polls = asyncio.Condition()
        self._polled = 0
        self._methods: dict[str, Callable[[Json], Awaitable[object]]] = {
            "getMe": self._get_me,
            "getUpdates": self._get_updates,
            "sendMessage": self._send_message,
            "editMessageText": self._edit_message_text,
            "sendChatAction": self._send_chat_action,
            "answerCallbackQuery": self._answer_callback_query,
            "setMyCommands": self._set_my_commands,
            "deleteWebhook": self._delete_webhook,
        }

    def person(self, id: int, language_code: str | None = None) -> Person:
        """Return somebody new, whom the bot can't write to before they have written."""
        return Person(self, id, language_code)

    @property
    def unconfirmed(self) -> int:
        """How many updates the bot would be given again if it started anew."""
        return len(self._updates)

    async def polls(self, times: int = 1) -> None:
        """Wait until the bot has asked for updates ``times`` times more than when this is called."""
        goal = self._polled + times
        async with asyncio.timeout(PATIENCE), self._polls:
            await self._polls.wait_for(lambda: self._polled >= goal)

    def fails(self, method: str, code: int, description: str) -> None:
        """Refuse the next request of ``method``, or one more of the next."""
        self._failures.setdefault(method, []).append(RefusedRequest(code, description))

    def message(self, chat: Json) -> Json:
        """Return the frame of a message in ``chat``."""
        return {"message_id": next(self.numbers), "date": int(time.time()), "chat": chat}

    def add_update(self, **content: Json) -> None:
        """Put an update before the bot."""
        self._updates.append({"update_id": next(self.numbers), **content})
        self._wake(news=True)

    async def handle(self, request: web.Request) -> web.Response:
        """Answer one request in the envelope of the Bot API."""
        try:
            if request.match_info["token"] != TOKEN:
                raise RefusedRequest(401, "Unauthorized")
            method = self._methods.get(request.match_info["method"])
            if method is None:
                raise RefusedRequest(404, "Not Found: method not found")
            if self._failures.get(request.match_info["method"]):
                raise self._failures[request.match_info["method"]].pop(0)
            return web.json_response({"ok": True, "result": await method(await _parameters(request))})
        except RefusedRequest as refused:
            code, description = refused.args
            envelope = {"ok": False, "error_code": code, "description": description}
            return web.json_response(envelope, status=code)

    async def _get_me(self, _: Json) -> Json:
        return {**_BOT, "can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False}

    async def _get_updates(self, asked: Json) -> list[Json]:
        self._wake(news=False)
        async with self._polls:
            self._polled += 1
            self._polls.notify_all()
        self._updates = [update for update in self._updates if update["update_id"] >= int(asked.get("offset", 0))]
        kinds = asked.get("allowed_updates") or ["message", "callback_query"]
        found = self._offered(kinds)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(float(asked.get("timeout", 0))):
                while not found:
                    self._waiting = asyncio.get_running_loop().create_future()
                    if not await self._waiting:
                        raise RefusedRequest(
                            409,
                            "Conflict: terminated by other getUpdates request; "
                            "make sure that only one bot instance is running",
                        )
                    found = self._offered(kinds)
        return found[: min(int(asked.get("limit", 100)), 100)]

    def _offered(self, kinds: list[str]) -> list[Json]:
        return [update for update in self._updates if set(kinds) & set(update)]

    def _wake(self, *, news: bool) -> None:
        """Let the request that waits go on: with ``news``, or because another one takes its place."""
        if self._waiting and not self._waiting.done():
            self._waiting.set_result(news)

    async def _send_message(self, asked: Json) -> Json:
        person = self._addressed(asked)
        message = self.message({"id": person.id, "type": "private"})
        sent = Sent(message["message_id"], person.id, str(asked.get("text", "")), _read(asked))
        self.sent.append(sent)
        person.heard.put_nowait(sent)
        return {**message, "from": _BOT, "text": sent.seen}

    async def _edit_message_text(self, asked: Json) -> Json:
        person = self._addressed(asked)
        seen = _read(asked)
        for index, old in enumerate(self.sent):
            if (old.chat_id, old.message_id) == (person.id, int(asked.get("message_id", 0))):
                if old.text == asked["text"]:
                    raise RefusedRequest(400, "Bad Request: message is not modified")
                self.sent[index] = Sent(old.message_id, old.chat_id, asked["text"], seen)
                chat = {"id": person.id, "type": "private"}
                return {**self.message(chat), "message_id": old.message_id, "from": _BOT, "text": seen}
        raise RefusedRequest(400, "Bad Request: message to edit not found")

    async def _send_chat_action(self, asked: Json) -> bool:
        self._addressed(asked)
        if asked.get("action") != "typing":
            raise RefusedRequest(400, "Bad Request: wrong parameter action in request")
        return True

    async def _answer_callback_query(self, asked: Json) -> bool:
        if asked.get("callback_query_id") not in self.open_queries:
            description = "query is too old and response timeout expired or query ID is invalid"
            raise RefusedRequest(400, f"Bad Request: {description}")
        self.open_queries.remove(asked["callback_query_id"])
        return True

    async def _set_my_commands(self, asked: Json) -> bool:
        self.commands = asked["commands"]
        return True

    async def _delete_webhook(self, asked: Json) -> bool:
        if asked.get("drop_pending_updates"):
            self._updates.clear()
        return True

    def _addressed(self, asked: Json) -> Person:
        person = self.chats.get(int(asked.get("chat_id", 0)))
        if person is None:
            raise RefusedRequest(400, "Bad Request: chat not found")
        if person.blocked:
            raise RefusedRequest(403, "Forbidden: bot was blocked by the user")
        return person


@contextlib.asynccontextmanager
async def bot_api() -> AsyncIterator[BotApi]:
    """Run a server on a free port of the loopback address."""
    api = BotApi()
    app = web.Application()
    app.router.add_route("*", "/bot{token}/{method}", api.handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0]
    api.url = f"http://{host}:{port}"
    try:
        yield api
    finally:
        await runner.cleanup()


async def _parameters(request: web.Request) -> Json:
    """The parameters from the address, a form or JSON; in the first two, lists and objects are written as JSON."""
    if request.content_type == "application/json":
        body = await request.json()
        assert isinstance(body, dict)
        return body
    values: Json = {**request.query, **await request.post()}
    return {
        name: json.loads(text) if text[:1] in ("[", "{") and name != "text" else text for name, text in values.items()
    }


def _read(asked: Json) -> str:
    """The text of a message as a person sees it, if Telegram would take it."""
    text = str(asked.get("text", ""))
    if asked.get("parse_mode") == "HTML":
        try:
            text = read_html(text)
        except MarkupError as error:
            raise RefusedRequest(400, f"Bad Request: can't parse entities: {error}") from error
    elif "parse_mode" in asked:
        raise RefusedRequest(400, "Bad Request: unsupported parse_mode")
    if not any(not char.isspace() and unicodedata.category(char) != "Cc" for char in _BLANK.sub("", text)):
        raise RefusedRequest(400, "Bad Request: message text is empty")
    if len(text.encode("utf-16-le")) // 2 > 4096:
        raise RefusedRequest(400, "Bad Request: message is too long")
    return text.strip()
