"""Calls methods of the server, as a bot's library does."""

import contextlib
from collections.abc import AsyncIterator
from typing import Any

import aiohttp

from tests.telegram.api.server import TOKEN, BotApi


class Caller:
    """A caller of the server's methods."""

    def __init__(self, server: BotApi, session: aiohttp.ClientSession) -> None:
        self._server = server
        self.session = session

    async def __call__(self, method: str, token: str = TOKEN, **parameters: Any) -> Any:
        """Return the result, or ``(code, description)`` of a refusal."""
        body = await self.envelope(method, token, **parameters)
        return body["result"] if body["ok"] else (body["error_code"], body["description"])

    async def envelope(self, method: str, token: str = TOKEN, **parameters: Any) -> Any:
        """Return the whole answer."""
        async with self.session.post(f"{self._server.url}/bot{token}/{method}", json=parameters) as response:
            return await response.json()

    async def updates(self, kind: str, **parameters: Any) -> list[Any]:
        """Return what updates of a kind hold, of those waiting; the others are left out."""
        return [update[kind] for update in await self("getUpdates", **parameters) if kind in update]


@contextlib.asynccontextmanager
async def calling(server: BotApi) -> AsyncIterator[Caller]:
    """Connect to the server."""
    async with aiohttp.ClientSession() as session:
        yield Caller(server, session)


def bad(reason: str) -> tuple[int, str]:
    """A refusal with 400."""
    return 400, f"Bad Request: {reason}"


def keyboard(*buttons: dict[str, Any]) -> dict[str, Any]:
    """A keyboard with these buttons under each other."""
    return {"inline_keyboard": [[button] for button in buttons]}
