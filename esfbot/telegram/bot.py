"""The library's bot, and how it asks for updates."""

from collections.abc import Sequence
from typing import Any, cast

from telegram.ext import ExtBot


class FetchingBot(ExtBot[Any]):
    """A bot that gives updates as Telegram sends them.

    The library's own `get_updates` makes all of them into objects. Where one can't be, as after a change at Telegram,
    it logs them whole and raises, now and at each start; then nobody is answered.
    """

    async def fetch(self, offset: int, *, wait: float, kinds: Sequence[str], most: int = 100) -> list[dict[str, Any]]:
        """The updates from ``offset`` on, at most so many; where there is none, Telegram waits for one so many
        seconds."""
        asked = {"offset": offset, "timeout": int(wait), "limit": most, "allowed_updates": list(kinds)}
        longest = (self._request[0].read_timeout or 0.0) + wait
        return cast("list[dict[str, Any]]", await self._post("getUpdates", asked, read_timeout=longest))
