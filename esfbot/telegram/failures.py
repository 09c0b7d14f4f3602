"""What happens when answering fails: a line in the log, and one sentence for the person, with the same number."""

import logging
import secrets
import traceback
from pathlib import PurePath

from telegram import Update
from telegram.constants import ChatType
from telegram.error import TelegramError

from esfbot.telegram.handlers import Context, spoken_by
from esfbot.wording.load import say

_logger = logging.getLogger(__name__)
_PLACES = 3  # of a traceback: enough to find the code, few enough for a line


async def apologise(update: object, context: Context) -> None:
    """Log the failure under a number, then tell the person that number and nothing else of it.

    What the exceptions say may hold the question, so it is logged only at DEBUG.
    """
    number = f"{secrets.randbelow(900_000) + 100_000}"
    _logger.error("failure %s: %s", number, outline(context.error))
    _logger.debug("failure %s in full", number, exc_info=context.error)
    if not isinstance(update, Update) or not update.effective_chat or update.effective_chat.type != ChatType.PRIVATE:
        return
    try:
        await update.effective_chat.send_message(say("failed", spoken_by(update.effective_user), number=number))
    except TelegramError as error:
        _logger.warning("failure %s: the person could not be told (%s)", number, type(error).__name__)


def outline(error: BaseException | None) -> str:
    """Return the type of ``error`` and of what caused it, and where each was raised, but no word of their messages."""
    parts = []
    while error is not None:
        frames = reversed(traceback.extract_tb(error.__traceback__)[-_PLACES:])
        places = ", ".join(f"{PurePath(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames)
        parts.append(f"{type(error).__name__} at {places}" if places else type(error).__name__)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return " caused by ".join(parts)
