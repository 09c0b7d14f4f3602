"""Fetches what people write, until told to stop.

The library has an `Updater` for this. It is not used because it retries for ever when another program polls with the
same token, logs tracebacks for what a person can be told in a line, and confirms updates before they are handled.
"""

import asyncio
import logging

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from esfbot.telegram.bot import FetchingBot
from esfbot.telegram.inbox import Inbox, number_of, update_of
from esfbot.telegram.order import Line
from esfbot.telegram.post import seconds_of

_logger = logging.getLogger(__name__)
KINDS = ("message", "edited_message", "callback_query", "inline_query")
_LONG_POLL = 30.0  # seconds that Telegram holds a request while nobody writes
_LONGEST_PAUSE = 30.0  # seconds between attempts while Telegram can't be reached
# Seconds between two requests for the same updates. Telegram gives those under way again at once, and to who asks for
# the same within half a second it gives a single one, so that nothing new would come (telegram-bot-api, Client.cpp).
_AGAIN = 0.6
_LAST = 0.5  # seconds for telling Telegram at the end what is done


async def poll(bot: FetchingBot, inbox: Inbox, line: Line, *, pause: float) -> None:
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


async def _fetch(bot: FetchingBot, inbox: Inbox, line: Line) -> None:
    """Hand on what is new; Telegram forgets what was done before, and what can't be read."""
    offset = inbox.offset
    given = await bot.fetch(offset, wait=_LONG_POLL, kinds=KINDS)
    updates = [(one, update_of(one, bot)) for one in given]
    unread = [number for one, update in updates if update is None and (number := number_of(one)) is not None]
    line.pass_over(unread)
    for update in await inbox.take([update for _, update in updates if update], unread):
        line.join(update)
    if given:
        await inbox.moved(offset, _AGAIN)


async def confirm(bot: FetchingBot, inbox: Inbox) -> None:
    """Have Telegram forget what is done, so that it is not given again after a restart."""
    try:
        async with asyncio.timeout(_LAST):
            await bot.fetch(inbox.offset, wait=0.0, kinds=KINDS, most=1)
    except (TelegramError, TimeoutError) as error:
        _logger.warning("what is done could not be confirmed (%s)", type(error).__name__)
