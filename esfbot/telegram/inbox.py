"""What came in and is being worked on: each update once, and confirmed to Telegram when it is done."""

import asyncio
import contextlib
from collections.abc import Iterable

from telegram import Update

from esfbot.state.mail import Mail

# Telegram gives at most a hundred updates that are not confirmed. When so many are under way, they are confirmed all
# the same, since they are kept here, or one slow reply would keep everybody waiting.
_WINDOW = 60


class Inbox:
    """Updates under way, by number."""

    def __init__(self, mail: Mail) -> None:
        self._mail = mail
        self._under_way: set[int] = set()
        self._last = -1
        self._finished = asyncio.Event()

    @property
    def offset(self) -> int:
        """The number of the first update that is not to be confirmed yet."""
        if not self._under_way or len(self._under_way) > _WINDOW:
            return self._last + 1
        return min(self._under_way)

    async def left_over(self) -> list[tuple[int, str]]:
        """The updates that were under way when the program last ended, with their JSON; empty where the reply had been
        worked out already."""
        found = await asyncio.to_thread(self._mail.unhandled)
        self._under_way.update(number for number, _ in found)
        return found

    async def take(self, updates: Iterable[Update]) -> list[Update]:
        """Keep updates until they are done. Returns those that are new."""
        given = {update.update_id: update for update in updates}
        unknown = {number: update for number, update in given.items() if number not in self._under_way}
        if given:
            self._last = max(self._last, *given)
        if not unknown:
            return []
        rows = [(number, update.to_json()) for number, update in unknown.items()]
        new = await asyncio.to_thread(self._mail.receive, rows)
        self._under_way |= new
        return [update for number, update in unknown.items() if number in new]

    async def finish(self, update_id: int) -> None:
        """Nothing is left to do for an update."""
        await asyncio.to_thread(self._mail.done, update_id)
        self._under_way.discard(update_id)
        self._finished.set()

    async def progress(self, longest: float) -> None:
        """Wait until an update is done, at most so many seconds."""
        self._finished.clear()
        # Not wait_for(), which in Python 3.11 may swallow a cancellation.
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(longest):
                await self._finished.wait()

    def __contains__(self, update_id: int) -> bool:
        return update_id in self._under_way
