"""What came in and is being worked on: each update once, and confirmed to Telegram when it is done."""

import asyncio
import contextlib
import json
import logging
from collections.abc import Collection, Iterable
from typing import Any

from telegram import Bot, Update

from esfbot.state.mail import Mail

_logger = logging.getLogger(__name__)
# Telegram gives at most a hundred updates that are not confirmed. Those further back than this are confirmed before
# they are done, since they are kept here, or one slow reply would keep everybody waiting.
_WINDOW = 60
_LARGEST = 2**63 - 1  # of the numbers that SQLite keeps


def read_update(body: str | bytes, bot: Bot) -> Update | None:
    """The update that JSON holds; None where it holds none, or one that this version can't read."""
    try:
        content = json.loads(body)
    except (ValueError, RecursionError) as error:
        _logger.warning("an update can't be read (%s)", type(error).__name__)
        return None
    return update_of(content, bot)


def update_of(content: Any, bot: Bot) -> Update | None:
    """The update that ``content`` is; None where it is none, or one that this version can't read."""
    try:
        update = Update.de_json(content, bot)
    # What the library raises depends on what is wrong.
    except (ValueError, TypeError, KeyError, AttributeError, ArithmeticError, OSError, RecursionError) as error:
        _logger.warning("an update can't be read (%s)", type(error).__name__)
        return None
    return update if number_of(content) is not None else None


def number_of(content: Any) -> int | None:
    """The number of an update, also of one that can't be read; None where it has none."""
    number: object = content.get("update_id") if isinstance(content, dict) else None
    return number if type(number) is int and 0 <= number <= _LARGEST else None


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
        after = self._last + 1
        return max(min(self._under_way), after - _WINDOW) if self._under_way else after

    async def left_over(self) -> list[tuple[int, str]]:
        """The updates that were under way when the program last ended, with their JSON; empty where the reply had been
        worked out already."""
        found = await asyncio.to_thread(self._mail.unhandled)
        self._under_way.update(number for number, _ in found)
        return found

    async def take(self, updates: Iterable[Update], unread: Collection[int] = ()) -> list[Update]:
        """Keep updates until they are done, and confirm those beside them whose numbers are ``unread``. Returns those
        that are new."""
        given = {update.update_id: update for update in updates}
        unknown = {number: update for number, update in given.items() if number not in self._under_way}
        new = await self._keep(unknown) if unknown else set()
        if given or unread:
            # Only now, for what is not kept must not be confirmed. And not the highest ever: after a quiet week
            # Telegram goes on with any number (core.telegram.org/bots/api#update).
            self._last = max((*given, *unread))
        return [update for number, update in unknown.items() if number in new]

    async def _keep(self, updates: dict[int, Update]) -> set[int]:
        """Keep updates. Returns the numbers of those that are new. They count as under way from now on: the same may be
        brought twice at once."""
        new: set[int] = set()
        self._under_way |= updates.keys()
        try:
            rows = [(number, update.to_json()) for number, update in updates.items()]
            new = await asyncio.to_thread(self._mail.receive, rows)
        finally:
            self._under_way -= updates.keys() - new
            self._finished.set()
        return new

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

    async def moved(self, offset: int, longest: float) -> None:
        """Wait until the offset is another than this, at most so many seconds."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(longest):
                while self.offset == offset:
                    self._finished.clear()
                    await self._finished.wait()

    def __contains__(self, update_id: int) -> bool:
        return update_id in self._under_way
