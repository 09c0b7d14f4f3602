"""Fetches what people write, until told to stop.

The library has an `Updater` for this. It is not used because it retries for ever when another program polls with the
same token, logs tracebacks for what a person can be told in a line, and confirms updates before they are handled.
"""

import asyncio
import datetime
import logging

from telegram import Bot
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from esfbot.telegram.inbox import Inbox
from esfbot.telegram.order import Line

_logger = logging.getLogger(__name__)
KINDS = ("message", "edited_message", "callback_query", "inline_query")
_LONG_POLL = datetime.timedelta(seconds=30)  # Telegram holds a request this long while nobody writes
_LONGEST_PAUSE = 30.0  # seconds between attempts while Telegram can't be reached
_NOTHING_NEW = 0.1  # seconds: while updates are under way, Telegram gives them again at once


async def poll(bot: Bot, inbox: Inbox, line: Line, *, pause: float) -> None:
    """Hand on what people write. Ends only with InvalidToken, or with Conflict at the second refusal in a row.

    The second: of two programs that take each other's place, the one that was there first meets it first and stops,
    and the other one stays.
    """
    failures, refused = 0, False
    while True:
        try:
            await _fetch(bot, inbox, line)
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
            log("Telegram can't be reached (%s); trying on", type(error).__name__)
            if isinstance(error, RetryAfter):
                await asyncio.sleep(_NOTHING_NEW)
        await asyncio.sleep(min(pause * 2**failures, _LONGEST_PAUSE))
        failures = min(failures + 1, 10)


async def _fetch(bot: Bot, inbox: Inbox, line: Line) -> None:
    """Hand on what is new; Telegram forgets what was done before."""
    updates = await bot.get_updates(offset=inbox.offset, timeout=_LONG_POLL, allowed_updates=KINDS)
    new = await inbox.take(updates)
    for update in new:
        line.join(update)
    if not new:
        await inbox.progress(_NOTHING_NEW)


async def confirm(bot: Bot, inbox: Inbox) -> None:
    """Have Telegram forget what is done, so that it is not given again after a restart."""
    try:
        await bot.get_updates(offset=inbox.offset, limit=1, timeout=0, allowed_updates=KINDS)
    except TelegramError as error:
        _logger.warning("what is done could not be confirmed (%s)", type(error).__name__)
