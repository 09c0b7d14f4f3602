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
from esfbot.telegram.post import seconds_of

_logger = logging.getLogger(__name__)
KINDS = ("message", "edited_message", "callback_query", "inline_query")
_LONG_POLL = datetime.timedelta(seconds=30)  # Telegram holds a request this long while nobody writes
_LONGEST_PAUSE = 30.0  # seconds between attempts while Telegram can't be reached
# Seconds between two requests for the same updates. Telegram gives those under way again at once, and to who asks for
# the same within half a second it gives a single one, so that nothing new would come (telegram-bot-api, Client.cpp).
_AGAIN = 0.6
_LAST = 0.5  # seconds for telling Telegram at the end what is done


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
                await asyncio.sleep(seconds_of(error))
        await asyncio.sleep(min(pause * 2**failures, _LONGEST_PAUSE))
        failures = min(failures + 1, 10)


async def _fetch(bot: Bot, inbox: Inbox, line: Line) -> None:
    """Hand on what is new; Telegram forgets what was done before."""
    offset = inbox.offset
    updates = await bot.get_updates(offset=offset, timeout=_LONG_POLL, allowed_updates=KINDS)
    for update in await inbox.take(updates):
        line.join(update)
    if updates:
        await inbox.moved(offset, _AGAIN)


async def confirm(bot: Bot, inbox: Inbox) -> None:
    """Have Telegram forget what is done, so that it is not given again after a restart."""
    try:
        async with asyncio.timeout(_LAST):
            await bot.get_updates(offset=inbox.offset, limit=1, timeout=0, allowed_updates=KINDS)
    except (TelegramError, TimeoutError) as error:
        _logger.warning("what is done could not be confirmed (%s)", type(error).__name__)
