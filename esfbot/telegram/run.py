"""Starts and stops the bot."""

import asyncio
import contextlib
import logging
import signal
from collections.abc import AsyncIterator, Iterator

from telegram.error import Conflict, InvalidToken, TelegramError

from esfbot.errors import EsfbotError, SettingsError
from esfbot.settings import Settings
from esfbot.state.lock import held
from esfbot.state.state import State
from esfbot.telegram.app import build_application
from esfbot.telegram.desk import Answerer, Desk
from esfbot.telegram.masking import guarded_log, mask
from esfbot.telegram.menus import set_menus
from esfbot.telegram.order import Line
from esfbot.telegram.polling import KINDS, confirm, poll
from esfbot.telegram.web import Web, secret_of

_logger = logging.getLogger(__name__)
_LAST_REPLIES = 4.0  # seconds that the replies under way get when the bot is told to stop
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

    with contextlib.suppress(NotImplementedError):  # on Windows, where Ctrl-C interrupts and finishes replies as well
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
            # The bot is entered as well, since the application doesn't close its connections when it fails to start.
            async with application.bot, application:
                line = Line(application, desk)
                async with _at_work(line, desk, settings), _web(line, desk, settings):
                    await _until(stop, line, desk, settings, pause)


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
    """Menus set and old things forgotten; in the end the replies under way get a few seconds to be sent."""
    chores = [asyncio.create_task(set_menus(desk.bot, settings.maintainers)), asyncio.create_task(_prune(desk))]
    _logger.info("answering as @%s", desk.bot.username)
    try:
        await line.resume()
        yield
    finally:
        _logger.info("stopping when the replies under way are sent")
        for chore in chores:
            chore.cancel()
        await asyncio.gather(*chores, return_exceptions=True)
        await line.leave(_LAST_REPLIES)
        if not settings.webhook_url:
            await confirm(desk.bot, desk.inbox)
        await desk.close()


@contextlib.asynccontextmanager
async def _web(line: Line, desk: Desk, settings: Settings) -> AsyncIterator[None]:
    """What is served over HTTP, where anything is."""
    listen = settings.listen or (_LISTEN if settings.webhook_url else "")
    if not listen:
        yield
        return
    web = Web(desk, line, listen=listen, webhook=settings.webhook_url)
    web.start()
    try:
        yield
    finally:
        await web.stop()


async def _until(stop: asyncio.Event, line: Line, desk: Desk, settings: Settings, pause: float) -> None:
    """Take in updates until told to stop."""
    if settings.webhook_url:
        secret = secret_of(desk.bot.token)
        await desk.bot.set_webhook(settings.webhook_url, allowed_updates=KINDS, secret_token=secret)
        await stop.wait()
        return
    await desk.bot.delete_webhook()  # while there is one, polling is refused
    fetching = asyncio.create_task(poll(desk.bot, desk.inbox, line, pause=pause))
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait((fetching, stopping), return_when=asyncio.FIRST_COMPLETED)
        if fetching.done():
            fetching.result()
    finally:
        fetching.cancel()
        stopping.cancel()
        await asyncio.gather(fetching, stopping, return_exceptions=True)


async def _prune(desk: Desk) -> None:
    """Forget what is past its time, at the start and once a day."""
    while True:
        await asyncio.to_thread(desk.state.prune, desk.settings.keep_unanswered)
        await asyncio.sleep(_DAY)
