"""In which order updates are worked on."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection
from functools import partial
from weakref import WeakValueDictionary

from telegram import Update

from esfbot.telegram.app import App
from esfbot.telegram.desk import Desk
from esfbot.telegram.inbox import read_update
from esfbot.telegram.outline import outline

_logger = logging.getLogger(__name__)


class Line:
    """Updates under way: those of one chat one after the other, those of different chats at the same time."""

    def __init__(self, application: App, desk: Desk) -> None:
        self._application = application
        self._desk = desk
        self._tasks: set[asyncio.Task[None]] = set()
        # Weak, so that a chat's lock goes when its last message has been answered.
        self._chats: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    def join(self, update: Update) -> None:
        """Work on ``update`` once what came before it in the same chat is done."""
        chat, user = update.effective_chat, update.effective_user
        where = chat.id if chat else -user.id if user else 0
        self._start(update.update_id, where, partial(self._application.process_update, update))

    def pass_over(self, unread: Collection[int]) -> None:
        """Count updates that can't be read; their numbers are all that is known of them."""
        for number in unread:
            _logger.warning("update %s is passed over", number)
            self._desk.metrics.fault("unreadable")

    async def resume(self) -> None:
        """Go on with what was under way when the program last ended: what was worked out is sent, the rest worked
        out. Nobody who writes now waits for it, unless it is in their chat."""
        for number, body in await self._desk.inbox.left_over():
            update = read_update(body, self._application.bot) if body else None
            if update:
                self.join(update)
            else:
                chat = await self._desk.post.chat(number)
                self._start(number, chat, partial(self._desk.deliver, number))

    def _start(self, number: int, where: int, work: Callable[[], Awaitable[None]]) -> None:
        task = asyncio.create_task(self._work(number, where, work))
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            _logger.error("an update is left for the next start: %s", outline(error))

    async def leave(self, seconds: float) -> None:
        """Wait so long for what is under way; what is left then goes on after the next start."""
        if not self._tasks:
            return
        _, left = await asyncio.wait(self._tasks, timeout=seconds)
        if left:
            _logger.warning("%s replies are left for the next start", len(left))
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    async def _work(self, number: int, where: int, work: Callable[[], Awaitable[None]]) -> None:
        lock = self._chats.setdefault(where, asyncio.Lock())
        async with lock:  # asyncio's locks serve in order
            await work()
        await self._desk.finish(number)
