"""Sends what is in the outbox: again where it surely did not arrive, and not at once where it may have."""

import asyncio
import base64
import datetime
import html
import logging
import re
import time
from typing import Any

import httpx
from telegram import (
    Bot,
    InlineKeyboardMarkup,
    InputFile,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
)
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from esfbot.state.mail import Waiting
from esfbot.state.state import State
from esfbot.telegram.calls import Call
from esfbot.telegram.metrics import Metrics

_logger = logging.getLogger(__name__)
UNKNOWN = 61.0  # seconds before something is sent again that may have arrived
_TRIES = 12
_LONGEST_PAUSE = 30.0  # seconds between two tries
# What Telegram says of an edit that changes nothing, and of a button pressed too long ago: nothing is left to do.
_HARMLESS = ("message is not modified", "query is too old", "query id is invalid", "message to delete not found")
_NOT_EDITABLE = ("message to edit not found", "message can't be edited", "message_id_invalid")
_NO_THREAD = ("message thread not found", "topic_closed", "topic_deleted")


class Unsure(Exception):
    """It may have been sent: Telegram was told and did not answer."""


class Post:
    """Delivers the outbox. ``pause`` is the time in seconds before the second try; it doubles up to half a minute."""

    def __init__(self, bot: Bot, state: State, metrics: Metrics, *, pause: float = 0.5) -> None:
        self._bot = bot
        self._state = state
        self._metrics = metrics
        self._pause = pause

    async def deliver(self, update_id: int) -> float:
        """Send what waits for an update. Returns after how many seconds to go on, 0 when all of it is done."""
        for waiting in await asyncio.to_thread(self._state.mail.waiting, update_id):
            if waiting.begun and (left := waiting.begun + UNKNOWN - time.time()) > 0:
                return left
            call = Call.from_json(waiting.call)
            try:
                await self._send(waiting, call)
            except Unsure:
                _logger.warning("sending is unsure for update %s; trying again in a minute", update_id)
                return UNKNOWN
        return 0.0

    async def _send(self, waiting: Waiting, call: Call) -> None:
        """Make one call until it is made, or never can be. Raises Unsure."""
        mail = self._state.mail
        for attempt in range(_TRIES):
            if call.once:
                await asyncio.to_thread(mail.begin, waiting.id)
            try:
                result = await self._make(call)
            except TelegramError as error:
                found = self._after(error, call, attempt)
            else:
                await self._done(waiting, call, result)
                return
            if found is None:
                await asyncio.to_thread(mail.sent, waiting.id)
                return
            call, wait = found
            await asyncio.to_thread(mail.replace, waiting.id, call.to_json())
            await asyncio.sleep(wait)
        _logger.error("%s was given up", call.method)
        self._metrics.fault("given up")
        await asyncio.to_thread(mail.sent, waiting.id)

    def _after(self, error: TelegramError, call: Call, attempt: int) -> tuple[Call, float] | None:
        """What to call next, and after how many seconds; None where nothing is left to do. Raises Unsure."""
        match error:
            case RetryAfter():
                return call, _seconds(error) + 0.1
            case ChatMigrated():
                return call.with_parameters(chat_id=error.new_chat_id), 0.0
            case BadRequest() | Forbidden():
                other = self._instead(call, error)
                return None if other is None else (other, 0.0)
            case NetworkError() if call.once and may_have_arrived(error):
                raise Unsure from error
            case NetworkError():
                return call, min(self._pause * 2**attempt, _LONGEST_PAUSE)
        _logger.error("%s was refused (%s)", call.method, type(error).__name__)
        return None

    async def _done(self, waiting: Waiting, call: Call, result: object) -> None:
        def note() -> None:
            with self._state.transaction():
                if call.answers and isinstance(result, Message):
                    self._state.memory.answered(result.chat.id, call.answers, result.message_id)
                self._state.mail.sent(waiting.id)

        self._metrics.sent(call.method)
        await asyncio.to_thread(note)

    def _instead(self, call: Call, error: TelegramError) -> Call | None:
        """What to send instead of what Telegram refused; None where nothing will do."""
        said = str(error).lower()
        if any(text in said for text in _HARMLESS):
            return None
        if "can't parse entities" in said and "parse_mode" in call.parameters:
            _logger.error("Telegram refused the markup of a message: %s", type(error).__name__)
            self._metrics.fault("markup")
            return call.with_parameters(text=_plain(call.parameters["text"]), parse_mode=None)
        if call.method == "edit_message_text" and any(text in said for text in _NOT_EDITABLE):
            kept = call.with_parameters(message_id=None)
            return Call("send_message", kept.parameters, call.answers)
        if "message_thread_id" in call.parameters and any(text in said for text in _NO_THREAD):
            return call.with_parameters(message_thread_id=None)
        # Blocked, or a chat that is gone: nobody is there to be told.
        log = _logger.warning if isinstance(error, Forbidden) or "chat not found" in said else _logger.error
        log("%s was refused (%s)", call.method, type(error).__name__)
        return None

    async def _make(self, call: Call) -> object:
        return await getattr(self._bot, call.method)(**{k: _typed(k, v) for k, v in call.parameters.items()})


def may_have_arrived(error: NetworkError) -> bool:
    """Whether Telegram was told and only its answer is missing. A connection that breaks off is nearly always one that
    was closed before the request reached anybody; only silence is not."""
    return isinstance(error, TimedOut) and isinstance(error.__cause__, httpx.ReadTimeout | httpx.WriteTimeout)


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, datetime.timedelta) else float(wait)


def _plain(markup: str) -> str:
    return html.unescape(re.sub(r"</?[a-z-]+[^<>]*>", "", markup))


def _typed(name: str, value: Any) -> Any:
    """A parameter as python-telegram-bot takes it."""
    match name:
        case "reply_markup":
            return InlineKeyboardMarkup.de_json(value, None)
        case "reply_parameters":
            return ReplyParameters.de_json(value, None)
        case "link_preview_options":
            return LinkPreviewOptions.de_json(value, None)
        case "document":
            return InputFile(base64.b64decode(value["base64"]), filename=value["name"])
        case _:
            return value
