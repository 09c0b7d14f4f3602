"""Shows that the bot is writing, once it takes longer than a moment."""

import asyncio
import contextlib
from collections.abc import Iterator

from telegram import Bot
from telegram.error import TelegramError

from esfbot.state.memory import Seat

_AFTER, _LASTS = 0.3, 4.5  # seconds; Telegram shows it for five


class Typing:
    """What is shown while answers are worked out and sent."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._shown: set[asyncio.Task[None]] = set()

    @contextlib.contextmanager
    def shown(self, seat: Seat) -> Iterator[None]:
        """Show it in the chat of ``seat`` for as long as ``with`` lasts, from the third tenth of a second on."""
        done = asyncio.Event()
        begin = asyncio.get_running_loop().call_later(_AFTER, self._begin, seat, done) if seat.chat else None
        try:
            yield
        finally:
            # A request under way is let be: breaking it off may cost the connection.
            done.set()
            if begin:
                begin.cancel()

    def _begin(self, seat: Seat, done: asyncio.Event) -> None:
        task = asyncio.create_task(self._show(seat, done))
        self._shown.add(task)
        task.add_done_callback(self._shown.discard)

    async def _show(self, seat: Seat, done: asyncio.Event) -> None:
        while not done.is_set():
            with contextlib.suppress(TelegramError):
                await self._bot.send_chat_action(seat.chat, "typing", message_thread_id=seat.thread or None)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_LASTS):
                    await done.wait()

    async def close(self) -> None:
        """Show nothing more."""
        for task in self._shown:
            task.cancel()
        await asyncio.gather(*self._shown, return_exceptions=True)
