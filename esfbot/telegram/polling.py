"""Fetches what people write and has it answered, until told to stop.

The library has an `Updater` for this. It is not used because it retries for ever when another program polls with the
same token, logs tracebacks for what a person can be told in a line, and forgets what is in its queue when it stops.
"""

import asyncio
import contextlib
import datetime
import logging
from typing import Any

from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken, TelegramError
from telegram.ext import Application

from esfbot.errors import EsfbotError, SettingsError
from esfbot.telegram.masking import guarded_log, mask

App = Application[Any, Any, Any, Any, Any, Any]

_logger = logging.getLogger(__name__)
_LONG_POLL = datetime.timedelta(seconds=30)  # Telegram holds a request this long while nobody writes
_LONGEST_PAUSE = 30.0  # seconds between attempts while Telegram can't be reached


async def serve(application: App, stop: asyncio.Event, *, pause: float = 1.0) -> None:
    """Answer people until ``stop`` is set, then finish the replies under way.

    ``pause`` is the time in seconds before the second attempt when Telegram refuses or can't be reached; it doubles up
    to half a minute. Raises SettingsError when Telegram rejects the token, and EsfbotError when another program uses
    it, or when there is no Telegram to be reached at the start.
    """
    token = application.bot.token
    with guarded_log(token):
        try:
            # The bot is entered as well, since the application doesn't close its connections when it fails to start.
            async with application.bot, application:
                await application.bot.delete_webhook()  # while there is one, polling is refused
                _logger.info("answering as @%s", application.bot.username)
                await _answer_until(stop, application, pause)
        except InvalidToken:
            raise SettingsError(
                "a token that Telegram rejects",
                "the bot's own, as @BotFather shows it",
                "Correct ESFBOT_TELEGRAM_TOKEN.",
            ) from None
        except Conflict:
            raise EsfbotError(
                "another program that answers with the same token",
                "to be the only one",
                "Stop the other program, or get a token for this one from @BotFather.",
            ) from None
        except TelegramError as error:
            raise EsfbotError(
                f"no answer from Telegram ({mask(str(error), token)})",
                "its Bot API",
                "Check the network, and ESFBOT_TELEGRAM_API if it is set.",
            ) from None


async def _answer_until(stop: asyncio.Event, application: App, pause: float) -> None:
    inbox = Inbox(application.bot)
    await application.start()
    fetching = asyncio.create_task(_fetch(inbox, application, pause))
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait((fetching, stopping), return_when=asyncio.FIRST_COMPLETED)
        if fetching.done():
            fetching.result()
    finally:
        _logger.info("stopping when the replies under way are sent")
        fetching.cancel()
        stopping.cancel()
        await asyncio.gather(fetching, stopping, return_exceptions=True)
        # Before stop(), which would warn of messages that it still finds in the queue.
        await application.update_queue.join()
        await application.stop()
    await inbox.confirm()


async def _fetch(inbox: "Inbox", application: App, pause: float) -> None:
    """Hand on what people write. Ends only with InvalidToken, or with Conflict at the second refusal in a row.

    The second: of two programs that take each other's place, the one that was there first meets it first and stops,
    and the other one stays.
    """
    failures, refused = 0, False
    while True:
        try:
            for update in await inbox.fetch():
                application.update_queue.put_nowait(update)
            failures, refused = 0, False
            continue
        except InvalidToken:
            raise
        except Conflict:
            if refused:
                raise
            refused = True
        except TelegramError as error:
            log = _logger.debug if failures else _logger.warning
            log("Telegram can't be reached (%s); trying on", error)
        await asyncio.sleep(min(pause * 2**failures, _LONGEST_PAUSE))
        failures = min(failures + 1, 10)


class Inbox:
    """What people wrote to the bot, each message once and in Telegram's order."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._next = 0

    async def fetch(self) -> tuple[Update, ...]:
        """Wait for messages and return them; Telegram forgets those returned before. Raises TelegramError."""
        updates = await self._bot.get_updates(offset=self._next, timeout=_LONG_POLL, allowed_updates=(Update.MESSAGE,))
        if updates:
            self._next = updates[-1].update_id + 1
        return updates

    async def confirm(self) -> None:
        """Have Telegram forget what was returned, so that it is not answered again after a restart."""
        with contextlib.suppress(TelegramError):
            await self._bot.get_updates(offset=self._next, limit=1, timeout=0, allowed_updates=(Update.MESSAGE,))
