"""How requests to Telegram are made."""

import asyncio
from typing import Any

from telegram.request import HTTPXRequest

# Seconds. What Telegram has not answered within the first may have arrived all the same.
_READ, _CONNECT = 15.0, 5.0
_SPARE = 4  # connections of requests that were broken off, which httpx may keep for a moment


class InTurn(HTTPXRequest):
    """Makes so many requests at once, the others in the order in which they came.

    Left to itself httpx takes long to choose among many that wait, and lets them overtake one another: with two hundred
    waiting, some wait four times as long as others.
    """

    def __init__(self, at_once: int) -> None:
        super().__init__(
            connection_pool_size=at_once + _SPARE, read_timeout=_READ, connect_timeout=_CONNECT, pool_timeout=_READ
        )
        self._turns = asyncio.Semaphore(at_once)

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """Make a request when its turn has come."""
        async with self._turns:
            return await super().do_request(*args, **kwargs)
