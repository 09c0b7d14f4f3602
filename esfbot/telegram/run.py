"""Starts and stops the bot."""

import asyncio
import contextlib
import functools
import itertools
import logging
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator

import httpx
from telegram.error import BadRequest, Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError

from esfbot.errors import EsfbotError, FolderError, SettingsError
from esfbot.settings import Settings
from esfbot.state.lock import held
from esfbot.state.state import State
from esfbot.telegram.app import App, build_application
from esfbot.telegram.desk import Answerer, Desk
from esfbot.telegram.masking import guarded_log, mask
from esfbot.telegram.menus import set_menus
from esfbot.telegram.order import Line
from esfbot.telegram.polling import KINDS, confirm, poll
from esfbot.telegram.post import seconds_of
from esfbot.telegram.web import Web, secret_of

_logger = logging.getLogger(__name__)
_LAST_REPLIES = 3.0  # seconds that the replies under way get when the bot is told to stop
_TRIES = 5  # at what the start needs of Telegram
_DAY = 24 * 3600.0  # seconds
_LISTEN = "127.0.0.1:8080"


def run_bot(settings: Settings, service: Answerer, *, paced: bool = True) -> None:
    """Answer people until SIGTERM or SIGINT, then finish the replies under way; a second signal ends at once.

    Runs in the main thread. ``service`` is left open. Raises SettingsError and EsfbotError as `serve` does.
    """
    asyncio.run(_serve_until_signalled(settings, service, paced=paced))


async def _serve_until_signalled(settings: Settings, service: Answerer, *, paced: bool) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def stop_on(number: signal.Signals) -> None:
        stop.set()
        loop.remove_signal_handler(number)

    if sys.platform != "win32":  # there Ctrl-C interrupts, and the replies under way are finished as well
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, stop_on, number)
    await serve(settings, service, stop, paced=paced)


async def serve(
    settings: Settings, service: Answerer, stop: asyncio.Event, *, pause: float = 1.0, paced: bool = True
) -> None:
    """Answer people until ``stop`` is set, then finish the replies under way.

    ``pause`` is the time in seconds before the second attempt when Telegram refuses or can't be reached; it doubles up
    to half a minute. ``paced`` keeps to Telegram's limits. Raises SettingsError when Telegram rejects the token, and
    EsfbotError when another program uses it, or when there is no Telegram to be reached at the start.
    """
    with held(settings.state), contextlib.closing(State(settings.state)) as state:
        application, desk = build_application(settings, service, state, paced=paced)
        token = application.bot.token
        with guarded_log(token), _errors_told(token):
            await _until(stop, _work(application, desk, settings, pause))


async def _until(stop: asyncio.Event, work: Coroutine[None, None, None]) -> None:
    """Do ``work`` until ``stop`` is set, at whatever it is then: it is cancelled, and cleans up."""
    working, stopping = asyncio.create_task(work), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait((working, stopping), return_when=asyncio.FIRST_COMPLETED)
    finally:
        working.cancel()
        stopping.cancel()
        await asyncio.wait((working, stopping))
    if not working.cancelled():
        working.result()


async def _work(application: App, desk: Desk, settings: Settings, pause: float) -> None:
    """Answer people until cancelled."""
    async with contextlib.AsyncExitStack() as stack:
        # The application doesn't close the bot's connections when it fails to start.
        stack.push_async_callback(application.bot.shutdown)
        await _insisting(application.bot.initialize, pause)
        await stack.enter_async_context(application)
        line = Line(application, desk)
        await stack.enter_async_context(_at_work(line, desk, settings))
        if settings.webhook_url:
            secret = secret_of(desk.bot.token)
            hook = functools.partial(
                desk.bot.set_webhook, settings.webhook_url, allowed_updates=KINDS, secret_token=secret
            )
            await _insisting(hook, pause)
            await asyncio.Event().wait()
        await _insisting(desk.bot.delete_webhook, pause)  # while there is one, polling is refused
        await poll(desk.bot, desk.inbox, line, pause=pause)


async def _insisting(call: Callable[[], Awaitable[object]], pause: float) -> None:
    """Make a call that the start needs: trouble that may pass is waited out, but not an address where nobody is."""
    for attempt in itertools.count():
        try:
            await call()
        except BadRequest:
            raise
        except (NetworkError, RetryAfter) as error:
            if attempt + 1 == _TRIES or isinstance(error.__cause__, httpx.ConnectError):
                raise
            _logger.warning("Telegram is in trouble (%s); trying again", type(error).__name__)
            wait = seconds_of(error) if isinstance(error, RetryAfter) else pause * 2**attempt
            await asyncio.sleep(wait)
        else:
            return


@contextlib.contextmanager
def _errors_told(token: str) -> Iterator[None]:
    try:
        yield
    except InvalidToken:
        raise SettingsError(
            "a token that Telegram rejects", "the bot's own, as @BotFather shows it", "Correct ESFBOT_TELEGRAM_TOKEN."
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


@contextlib.asynccontextmanager
async def _at_work(line: Line, desk: Desk, settings: Settings) -> AsyncIterator[None]:
    """What is served over HTTP, menus set, and old things forgotten; in the end the replies under way get a few seconds
    to be sent."""
    chores = [asyncio.create_task(set_menus(desk.bot, settings.maintainers)), asyncio.create_task(_prune(desk))]
    listen = settings.listen or (_LISTEN if settings.webhook_url else "")
    web = Web(desk, line, listen=listen, webhook=settings.webhook_url) if listen else None
    alone = True
    _logger.info("answering as @%s", desk.bot.username)
    try:
        await desk.upkeep.resume()
        await line.resume()
        if web:
            web.start()
        yield
    except Conflict:
        alone = False
        raise
    finally:
        _logger.info("stopping when the replies under way are sent")
        for chore in chores:
            chore.cancel()
        await asyncio.gather(*chores, return_exceptions=True)
        if web:
            web.refuse()
        await line.leave(_LAST_REPLIES)
        if web:
            await web.stop()
        if alone and not settings.webhook_url:  # to the other program it would be a conflict
            await confirm(desk.bot, desk.inbox)
        await desk.close()


async def _prune(desk: Desk) -> None:
    """Forget what is past its time, at the start and once a day."""
    while True:
        try:
            await asyncio.to_thread(desk.state.prune, desk.settings.keep_unanswered)
            await asyncio.to_thread(desk.upkeep.expire)
        except FolderError as error:
            _logger.warning("nothing was forgotten: %s", error)
        await asyncio.sleep(_DAY)
