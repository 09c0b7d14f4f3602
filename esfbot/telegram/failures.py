"""What happens when something goes wrong: a line in the log, one sentence for the person, one for the maintainers."""

import asyncio
import logging
import secrets
import time

from telegram import Update
from telegram.error import TelegramError

from esfbot.telegram import calls
from esfbot.telegram.desk import Context, Desk
from esfbot.telegram.outline import outline
from esfbot.telegram.said import said_in
from esfbot.wording.load import say

_logger = logging.getLogger(__name__)
_ALERTS_APART = 60.0  # seconds between two lines to the maintainers: one fault may fail every question


class Failures:
    """Tells of failures, each under a number that the log, the person and the maintainers all get."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._alerted = -_ALERTS_APART
        self._alerts: set[asyncio.Task[None]] = set()

    async def apologise(self, update: object, context: Context) -> None:
        """Log the failure, then tell the person the number and nothing else of it.

        What the exceptions say may hold the question, so it is logged only at DEBUG.
        """
        number = f"{secrets.randbelow(900_000) + 100_000}"
        _logger.error("failure %s: %s", number, outline(context.error))
        _logger.debug("failure %s in full", number, exc_info=context.error)
        self._desk.metrics.fault("error")
        self._alert(number, context.error)
        if not isinstance(update, Update):
            return
        said = said_in(update, self._desk.bot.username)
        if said is not None:
            text = say("failed", self._desk.language(said), number=number)
            await self._desk.send(update.update_id, said, calls.brief(said, text))

    def _alert(self, number: str, error: BaseException | None) -> None:
        """Tell the maintainers, without anything that was said, and not more than once a minute."""
        if time.monotonic() - self._alerted < _ALERTS_APART:
            return
        self._alerted = time.monotonic()
        for chat in self._desk.settings.maintainers:
            task = asyncio.create_task(self._tell(chat, f"failure {number}: {outline(error)}"))
            self._alerts.add(task)
            task.add_done_callback(self._alerts.discard)

    async def _tell(self, chat: int, text: str) -> None:
        try:
            await self._desk.bot.send_message(chat, text[:1000])
        except TelegramError as error:
            _logger.warning("a maintainer could not be told (%s)", type(error).__name__)
