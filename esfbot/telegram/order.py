"""In which order updates are worked on."""

import asyncio
import json
import logging
from weakref import WeakValueDictionary

from telegram import Update

from esfbot.telegram.app import App
from esfbot.telegram.desk import Desk

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
        task = asyncio.create_task(self._work(update))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def resume(self) -> None:
        """Go on with what was under way when the program last ended: what was worked out is sent, the rest worked
        out."""
        for number, body in await self._desk.inbox.left_over():
            update = Update.de_json(json.loads(body), self._application.bot) if body else None
            if update:
                self.join(update)
            else:
                await self._desk.deliver(number)
                await self._desk.finish(number)

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

    async def _work(self, update: Update) -> None:
        chat, user = update.effective_chat, update.effective_user
        where = chat.id if chat else -user.id if user else 0
        lock = self._chats.setdefault(where, asyncio.Lock())
        async with lock:  # asyncio's locks serve in order
            await self._application.process_update(update)
        await self._desk.finish(update.update_id)
