"""The bot's table of contents: what it reacts to, in which order, and how it is run."""

import asyncio
import contextlib
import signal

from telegram.ext import ApplicationBuilder, CommandHandler, MessageHandler, filters

from esfbot.errors import SettingsError
from esfbot.settings import Settings
from esfbot.telegram.failures import apologise
from esfbot.telegram.handlers import Answerer, Desk
from esfbot.telegram.order import InOrder
from esfbot.telegram.polling import App, serve

# New messages to the bot alone: groups and edited messages are not answered.
_PRIVATE = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE


def build_application(settings: Settings, service: Answerer) -> App:
    """Return the bot, ready to be run. The first handler that fits a message gets it.

    Raises SettingsError when no token is set.
    """
    desk = Desk(service)
    application = (
        ApplicationBuilder()
        .token(_token(settings))
        .base_url(f"{settings.telegram_api.rstrip('/')}/bot")
        .base_file_url(f"{settings.telegram_api.rstrip('/')}/file/bot")
        .concurrent_updates(InOrder())
        .updater(None)
        .job_queue(None)
        .build()
    )
    application.add_handlers(
        [
            CommandHandler("start", desk.greet, _PRIVATE),
            MessageHandler(_PRIVATE & filters.TEXT, desk.answer),
        ]
    )
    application.add_error_handler(apologise)
    return application


def run_bot(settings: Settings, service: Answerer) -> None:
    """Answer people until SIGTERM or SIGINT, then finish the replies under way; a second SIGTERM ends at once.

    Runs in the main thread. ``service`` is left open. Raises SettingsError and EsfbotError as `serve` does.
    """
    asyncio.run(_serve_until_signalled(build_application(settings, service)))


async def _serve_until_signalled(application: App) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def stop_on(number: signal.Signals) -> None:
        stop.set()
        loop.remove_signal_handler(number)

    for number in (signal.SIGINT, signal.SIGTERM):
        # Windows has no such handlers; there Ctrl-C interrupts, and the replies under way are finished as well.
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(number, stop_on, number)
    await serve(application, stop)


def _token(settings: Settings) -> str:
    if not settings.telegram_token.strip():
        raise SettingsError(
            "no ESFBOT_TELEGRAM_TOKEN", "the bot's token", "Get one from @BotFather and set ESFBOT_TELEGRAM_TOKEN."
        )
    return settings.telegram_token.strip()
