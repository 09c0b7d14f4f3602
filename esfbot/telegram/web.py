"""What the bot serves: the webhook that Telegram sends updates to, `/healthz`, and `/metrics` for Prometheus."""

import asyncio
import hashlib
import hmac
import json
from typing import Any
from urllib.parse import urlsplit

from telegram import Update
from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler

from esfbot.errors import SettingsError
from esfbot.telegram.desk import Desk
from esfbot.telegram.order import Line

_HEADER = "X-Telegram-Bot-Api-Secret-Token"
_LONGEST = 1_000_000  # bytes of an update; real ones have a few thousand
# Seconds within which an update is confirmed even if its reply is still under way: it is kept, and Telegram sends only
# so many at once.
_PATIENCE = 5.0


def secret_of(token: str) -> str:
    """The secret that Telegram must send along: 64 hexadecimal digits, the same each time, and no clue to the token."""
    return hashlib.sha256(f"webhook {token}".encode()).hexdigest()


class Web:
    """The server. With ``webhook`` empty it serves only `/healthz` and `/metrics`."""

    def __init__(self, desk: Desk, line: Line, *, listen: str, webhook: str) -> None:
        handlers: list[Any] = [
            ("/healthz", _Health, {"desk": desk}),
            ("/metrics", _Metrics, {"desk": desk}),
        ]
        if webhook:
            of_hook = {"desk": desk, "line": line, "secret": secret_of(desk.bot.token)}
            handlers.append((urlsplit(webhook).path or "/", _Hook, of_hook))
        self._listen = listen
        self._server = HTTPServer(Application(handlers, log_function=lambda _: None), max_buffer_size=_LONGEST)

    def start(self) -> None:
        """Listen. Raises SettingsError where the address is taken or not this machine's."""
        host, _, port = self._listen.rpartition(":")
        try:
            self._server.listen(int(port), host.strip("[]"))
        except OSError as error:
            raise SettingsError(
                f"{self._listen} can't be listened at ({error.strerror})",
                "a free address of this machine",
                "Stop what uses it, or set ESFBOT_LISTEN.",
            ) from error

    async def stop(self) -> None:
        """Take no more requests."""
        self._server.stop()
        await self._server.close_all_connections()


class _Health(RequestHandler):
    def initialize(self, desk: Desk) -> None:
        self.desk = desk

    def get(self) -> None:
        """Say that the bot is there, and on which generation."""
        self.write({"status": "ok", "generation": self.desk.service.store.name})


class _Metrics(RequestHandler):
    def initialize(self, desk: Desk) -> None:
        self.desk = desk

    def get(self) -> None:
        """Give what was counted."""
        self.set_header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
        self.write(self.desk.metrics.text(self.desk.service.store.name))


class _Hook(RequestHandler):
    def initialize(self, desk: Desk, line: Line, secret: str) -> None:
        self.desk, self.line, self.secret = desk, line, secret

    async def post(self) -> None:
        """Take an update from Telegram, and confirm it when it is done."""
        if not hmac.compare_digest(self.request.headers.get(_HEADER, "").encode(), self.secret.encode()):
            self.set_status(403)
            return
        try:
            update = Update.de_json(json.loads(self.request.body), self.desk.bot)
        except (ValueError, TypeError, KeyError, AttributeError):
            update = None
        if not isinstance(update, Update):
            self.set_status(400)
            return
        inbox = self.desk.inbox
        for new in await inbox.take([update]):
            self.line.join(new)
        deadline = asyncio.get_running_loop().time() + _PATIENCE
        while update.update_id in inbox and (left := deadline - asyncio.get_running_loop().time()) > 0:
            await inbox.progress(left)
