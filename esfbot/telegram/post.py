"""Sends what is in the outbox: again where it surely did not arrive, and not at once where it may have."""

import asyncio
import base64
import datetime
import html
import logging
import re
import time
from dataclasses import replace
from typing import Any

import httpx
from telegram import (
    Bot,
    BotCommandScope,
    InlineKeyboardMarkup,
    InputFile,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from esfbot.state.mail import Waiting
from esfbot.state.state import State
from esfbot.telegram.calls import Call
from esfbot.telegram.metrics import Metrics
from esfbot.telegram.pace import Pace

_logger = logging.getLogger(__name__)
UNKNOWN = 61.0  # seconds before something is sent again that may have arrived
_LONGEST_PAUSE = 30.0  # seconds between two tries
_TRIES = 130  # about an hour; only what Telegram never takes, and not its worst hour, is to be given up
# What Telegram says of an edit that changes nothing, and of a button pressed too long ago: nothing is left to do.
_HARMLESS = ("message is not modified", "query is too old", "query id is invalid", "message to delete not found")
_NOT_EDITABLE = ("message to edit not found", "message can't be edited", "message_id_invalid")
_NO_THREAD = ("message thread not found", "topic_closed", "topic_deleted")
_BUTTONS = ("button", "keyboard", "markup")


class Unsure(Exception):
    """It may have been sent: Telegram was told and did not answer. Or it can't be said to Telegram at all now."""


class Post:
    """Delivers the outbox. ``pause`` is the time in seconds before the second try; it doubles up to half a minute."""

    def __init__(
        self, bot: Bot, state: State, metrics: Metrics, pace: Pace | None = None, *, pause: float = 0.5
    ) -> None:
        self._bot = bot
        self._state = state
        self._metrics = metrics
        self._pace = pace
        self._pause = pause

    async def chat(self, update_id: int) -> int:
        """The chat that what waits for an update goes to; 0 where it goes to none."""
        waiting = await asyncio.to_thread(self._state.mail.waiting, update_id)
        chats = (_chat(call) for kept in waiting if (call := _read(kept)))
        return next(filter(None, chats), 0)

    async def deliver(self, update_id: int) -> float:
        """Send what waits for an update. Returns after how many seconds to go on, 0 when all of it is done."""
        for waiting in await asyncio.to_thread(self._state.mail.waiting, update_id):
            if waiting.begun and (left := waiting.begun + UNKNOWN - time.time()) > 0:
                return min(left, UNKNOWN)  # clocks are set
            call = _read(waiting)
            if call is None:
                _logger.error("a reply that another version kept can't be read")
                await asyncio.to_thread(self._state.mail.sent, waiting.id)
                continue
            try:
                await self._send(waiting, call)
            except Unsure:
                _logger.warning("a reply is sent again in a minute")
                return UNKNOWN
        return 0.0

    async def attempt(self, call: Call) -> float:
        """Make a call that is soon followed by a newer one: where Telegram does not take it, it is let be. Returns for
        how many seconds Telegram wants to be left alone."""
        if self._pace and (chat := _chat(call)):
            await self._pace.turn(chat, edits=not call.once)
        try:
            await self._make(call)
        except RetryAfter as error:
            return seconds_of(error)
        except TelegramError as error:
            _logger.debug("%s was not taken (%s)", call.method, type(error).__name__)
        else:
            self._metrics.sent(call.method)
        return 0.0

    async def _send(self, waiting: Waiting, call: Call) -> None:
        """Make one call until it is made, or never can be. Raises Unsure."""
        mail = self._state.mail
        for attempt in range(_TRIES):
            if self._pace and (chat := _chat(call)):
                await self._pace.turn(chat, edits=not call.once)
            if call.once:  # noted only now, for it may have waited for its turn longer than until it is sent again
                await asyncio.to_thread(mail.begin, waiting.id)
            try:
                result = await self._make(call)
            except InvalidToken as error:  # the bot is about to stop, and goes on when it has the right one
                _logger.error("Telegram rejects the token")  # noqa: TRY400 - the traceback tells nothing more
                await asyncio.to_thread(mail.replace, waiting.id, call.to_json())
                raise Unsure from error
            except TelegramError as error:
                found = self._after(error, call, attempt)
            else:
                await self._done(waiting, call, result)
                return
            if found is None:
                await asyncio.to_thread(mail.sent, waiting.id)
                return
            other, wait = found
            await asyncio.to_thread(self._replace, waiting, call, other)
            call = other
            await asyncio.sleep(wait)
        _logger.error("%s was given up", call.method)
        self._metrics.fault("given up")
        await asyncio.to_thread(mail.sent, waiting.id)

    def _after(self, error: TelegramError, call: Call, attempt: int) -> tuple[Call, float] | None:
        """What to call next, and after how many seconds; None where nothing is left to do. Raises Unsure."""
        match error:
            case RetryAfter():
                return call, seconds_of(error) + 0.1
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

    def _replace(self, waiting: Waiting, call: Call, other: Call) -> None:
        with self._state.transaction():
            if other.method != call.method:  # the message that was to be edited is gone
                self._state.memory.gone(_chat(call), call.answers, call.parameters["message_id"])
            self._state.mail.replace(waiting.id, other.to_json())

    async def _done(self, waiting: Waiting, call: Call, result: object) -> None:
        def note() -> None:
            with self._state.transaction():
                if call.answers and isinstance(result, Message):
                    self._state.memory.answered(result.chat.id, call.answers, result.message_id)
                if call.batch and isinstance(result, Message):
                    self._state.batches.show(call.batch, result.message_id)
                self._state.mail.sent(waiting.id)

        self._metrics.sent(call.method)
        await asyncio.to_thread(note)

    def _instead(self, call: Call, error: TelegramError) -> Call | None:
        """What to send instead of what Telegram refused; None where nothing will do."""
        said = str(error).lower()
        if any(text in said for text in _HARMLESS):
            return None
        if (plainer := _plainer(call, said)) is not None:
            _logger.error("Telegram refused the markup of a message: %s", type(error).__name__)
            self._metrics.fault("markup")
            return plainer
        if call.method == "edit_message_text" and any(text in said for text in _NOT_EDITABLE):
            return replace(call.with_parameters(message_id=None), method="send_message")
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


def seconds_of(error: RetryAfter) -> float:
    """How long Telegram wants to be left alone."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, datetime.timedelta) else float(wait)


def _read(waiting: Waiting) -> Call | None:
    try:
        return Call.from_json(waiting.call)
    except (TypeError, ValueError):
        return None


def _chat(call: Call) -> int:
    return int(call.parameters.get("chat_id", 0))


def _plainer(call: Call, said: str) -> Call | None:
    """The call without what Telegram says it refuses: its markup, its buttons, or the results of a search."""
    has = call.parameters
    if "parse_mode" in has and "entit" in said:
        return call.with_parameters(text=_plain(has["text"]), parse_mode=None)
    if "text" in has and "reply_markup" in has and any(text in said for text in _BUTTONS):
        return call.with_parameters(reply_markup=None)
    if has.get("results"):
        return call.with_parameters(results=[], next_offset="")
    return None


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
        case "scope":
            return BotCommandScope.de_json(value, None)
        case "document":
            return InputFile(base64.b64decode(value["base64"]), filename=value["name"])
        case _:
            return value
