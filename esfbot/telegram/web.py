"""What the bot serves: the webhook that Telegram sends updates to, `/healthz`, and `/metrics` for Prometheus."""

import asyncio
import errno
import hashlib
import hmac
import re
import socket
from typing import Any
from urllib.parse import urlsplit

from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler

from esfbot.errors import SettingsError
from esfbot.telegram.desk import Desk
from esfbot.telegram.inbox import read_update
from esfbot.telegram.order import Line

_HEADER = "X-Telegram-Bot-Api-Secret-Token"
_LONGEST = 1_000_000  # bytes of an update; real ones have a few thousand
# Seconds within which an update is confirmed even if its reply is still under way: it is kept, and Telegram sends only
# so many at once.
_PATIENCE = 5.0
_LAST_PORT = 65_535
_BACKLOG = 128  # connections that wait to be taken
_LAST = 0.5  # seconds that the last answers to Telegram get when the bot stops


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
        self._taking = _Taking(desk, line)
        if webhook:
            path = re.escape(urlsplit(webhook).path or "/")
            handlers.append((path, _Hook, {"taking": self._taking, "secret": secret_of(desk.bot.token)}))
        self._listen = listen
        self._server = HTTPServer(Application(handlers, log_function=lambda _: None), max_buffer_size=_LONGEST)

    def start(self) -> None:
        """Listen. Raises SettingsError where the address is taken or not this machine's."""
        host, _, port = self._listen.rpartition(":")
        address = host.strip("[]"), int(port)
        family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        try:
            if address[1] > _LAST_PORT:
                raise OSError(errno.EADDRNOTAVAIL, "no such port")
            # Not tornado's listen(), which leaves sockets open when it fails.
            opened = socket.create_server(address, family=family, backlog=_BACKLOG)
        except OSError as error:
            reason = (error.strerror or str(error)).partition(" (while")[0]
            raise SettingsError(
                f"{self._listen} can't be listened at ({reason})",
                "a free address of this machine",
                "Stop what uses it, or set ESFBOT_LISTEN.",
            ) from error
        opened.setblocking(False)
        self._server.add_socket(opened)

    def refuse(self) -> None:
        """Take no more updates: Telegram brings them again after the next start."""
        self._server.stop()
        self._taking.ended = True

    async def stop(self) -> None:
        """Answer what is done, and close."""
        self.refuse()
        if self._taking.requests:
            await asyncio.wait(self._taking.requests, timeout=_LAST)
        await self._server.close_all_connections()


class _Taking:
    """Updates that Telegram brings, each in a request that waits until it is done."""

    def __init__(self, desk: Desk, line: Line) -> None:
        self.desk, self.line = desk, line
        self.requests: set[asyncio.Task[Any]] = set()
        self.ended = False

    async def take(self, body: bytes) -> int:
        """Work on the update that ``body`` holds. Returns the status to answer with."""
        update = read_update(body, self.desk.bot)
        if update is None:
            return 400
        inbox = self.desk.inbox
        new = [] if self.ended else await inbox.take([update])
        if self.ended:
            return 503
        for taken in new:
            self.line.join(taken)
        deadline = asyncio.get_running_loop().time() + _PATIENCE
        while update.update_id in inbox and (left := deadline - asyncio.get_running_loop().time()) > 0:
            await inbox.progress(left)
        return 200


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
    def initialize(self, taking: _Taking, secret: str) -> None:
        self.taking, self.secret = taking, secret

    async def post(self) -> None:
        """Take an update from Telegram, and confirm it when it is done."""
        if not hmac.compare_digest(self.request.headers.get(_HEADER, "").encode(), self.secret.encode()):
            self.set_status(403)
            return
        if task := asyncio.current_task():
            self.taking.requests.add(task)
            task.add_done_callback(self.taking.requests.discard)
        self.set_status(await self.taking.take(self.request.body))
