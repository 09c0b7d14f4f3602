"""The webhook: Telegram brings updates to an address, instead of being asked for them."""

import asyncio
import json
import re
import time
from collections import deque
from collections.abc import Callable
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

import aiohttp

from tests.telegram.api.parameters import flag, whole
from tests.telegram.api.refusals import Json, RefusedRequest, bad_request
from tests.telegram.api.updates import Updates

_SECRET = re.compile("[A-Za-z0-9_-]*")
_LONGEST_SECRET = 256
_PORTS = (80, 88, 443, 8443)
_ACTIVE = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


class Webhook:
    """Delivery of updates by either way: getUpdates, or POST requests to an address while one is set.

    Updates of one chat, and presses and queries of one person, are brought one after the other; different ones at once,
    up to max_connections. What is not answered with 2xx within ``timeout`` seconds is brought again after ``pause``
    seconds (Telegram begins with one second and doubles it).
    """

    def __init__(self, updates: Updates) -> None:
        self.url = ""
        self.pause = 0.05
        self.timeout = 10.0
        self._updates = updates
        self._secret = ""
        self._connections = 40
        self._error: tuple[int, str] | None = None
        self._rows: dict[str, deque[int]] = {}
        self._workers: dict[str, asyncio.Task[None]] = {}
        self._session: aiohttp.ClientSession | None = None
        self._places = asyncio.Semaphore(0)
        updates.listener = self._receive
        self.methods: dict[str, Callable[[Json], object]] = {
            "getUpdates": self.get_updates,
            "setWebhook": self.set_webhook,
            "deleteWebhook": self.delete_webhook,
            "getWebhookInfo": self.info,
        }

    async def get_updates(self, asked: Json) -> list[Json]:
        """Answer getUpdates."""
        if self.url:
            raise RefusedRequest(409, _ACTIVE)
        self._updates.allow(_kinds(asked))
        return await self._updates.poll(whole(asked, "offset"), whole(asked, "limit", 100), whole(asked, "timeout"))

    async def set_webhook(self, asked: Json) -> bool:
        """Answer setWebhook; without an address it deletes the webhook."""
        url, secret = str(asked.get("url") or ""), str(asked.get("secret_token") or "")
        if not url:
            return await self.delete_webhook(asked)
        _check_address(url)
        if len(secret) > _LONGEST_SECRET:
            raise bad_request("secret token is too long")
        if not _SECRET.fullmatch(secret):
            raise bad_request("secret token contains illegal characters")
        kinds = _kinds(asked)
        await self.stop()
        self._drop(asked)
        self._updates.allow(kinds)
        self.url, self._secret, self._error = url, secret, None
        self._connections = min(max(whole(asked, "max_connections", 40), 1), 100)
        self._updates.refuse_poll()
        self._session = aiohttp.ClientSession(
            timeout=aiohttp.ClientTimeout(self.timeout), connector=aiohttp.TCPConnector(limit=self._connections)
        )
        self._places = asyncio.Semaphore(self._connections)
        for number in self._updates.pending:
            self._line_up(number)
        return True

    async def delete_webhook(self, asked: Json) -> bool:
        """Answer deleteWebhook."""
        await self.stop()
        self._drop(asked)
        return True

    def info(self, _: Json) -> Json:
        """Answer getWebhookInfo."""
        info: Json = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._updates.pending),
        }
        if self.url:
            info |= {"max_connections": self._connections, "ip_address": urlsplit(self.url).hostname}
        if self._error:
            info |= {"last_error_date": self._error[0], "last_error_message": self._error[1]}
        return info | {"allowed_updates": sorted(self._updates.allowed)}

    async def stop(self) -> None:
        """Bring no more updates; those under way are brought again when there is a webhook anew."""
        self.url = ""
        workers, session = list(self._workers.values()), self._session
        self._workers, self._rows, self._session = {}, {}, None
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)
        if session:
            await session.close()

    def _drop(self, asked: Json) -> None:
        if flag(asked, "drop_pending_updates"):
            self._updates.forget(list(self._updates.pending))

    def _receive(self, number: int) -> None:
        if self.url:
            self._line_up(number)

    def _line_up(self, number: int) -> None:
        row = self._updates.rows[number]
        self._rows.setdefault(row, deque()).append(number)
        if row not in self._workers:
            self._workers[row] = asyncio.create_task(self._bring_row(row))

    async def _bring_row(self, row: str) -> None:
        waiting = self._rows[row]
        while waiting:
            async with self._places:
                brought = await self._bring(waiting[0])
            if brought:
                self._updates.forget([waiting.popleft()])
            else:
                await asyncio.sleep(self.pause)
        del self._workers[row], self._rows[row]

    async def _bring(self, number: int) -> bool:
        assert self._session
        headers = {"Content-Type": "application/json"}
        if self._secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self._secret
        try:
            body = json.dumps(self._updates.pending[number])
            async with self._session.post(self.url, data=body, headers=headers, allow_redirects=False) as response:
                if 200 <= response.status < 300:
                    return True
                error = f"Wrong response from the webhook: {response.status} {response.reason}"
        except (aiohttp.ClientError, TimeoutError) as failure:
            error = "Read timeout expired" if isinstance(failure, TimeoutError) else "Connection refused"
        self._error = int(time.time()), error
        return False


def _kinds(asked: Json) -> list[str] | None:
    kinds = asked.get("allowed_updates")
    if kinds is not None and not (isinstance(kinds, list) and all(isinstance(kind, str) for kind in kinds)):
        raise bad_request("can't parse allowed updates JSON object")
    return kinds


def _check_address(url: str) -> None:
    """Refuse an address that Telegram refuses, but take http on the loopback address and any port of it."""
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        raise bad_request("invalid webhook URL specified") from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise bad_request("invalid webhook URL specified")
    if _is_loopback(parts):  # Telegram wants https and an address that everybody reaches; tests have neither
        return
    if parts.scheme == "http":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if port not in _PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    raise bad_request("bad webhook: Failed to resolve host: Name or service not known")


def _is_loopback(parts: SplitResult) -> bool:
    try:
        return ip_address(parts.hostname or "").is_loopback
    except ValueError:
        return parts.hostname == "localhost"
