"""The bot's table of contents: what it reacts to, in which order."""

from collections.abc import Iterable
from typing import Any

from telegram import Message
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from esfbot.errors import SettingsError
from esfbot.settings import Settings
from esfbot.state.state import State
from esfbot.telegram.bot import FetchingBot
from esfbot.telegram.desk import Answerer, Desk, Handler
from esfbot.telegram.failures import Failures
from esfbot.telegram.handlers import (
    commands,
    documents,
    golden,
    inline,
    maintaining,
    positions,
    presses,
    questions,
)
from esfbot.telegram.menus import COMMANDS
from esfbot.telegram.metrics import Metrics
from esfbot.telegram.pace import Pace
from esfbot.telegram.request import InTurn
from esfbot.telegram.said import addressed, command_in

App = Application[Any, Any, Any, Any, Any, Any]

_AT_ONCE = 32  # requests; far more than thirty messages a second need


class _Addressed(filters.MessageFilter):
    """Messages that are meant for the bot."""

    def filter(self, message: Message) -> bool:
        return addressed(message, message.get_bot().username)


class _Command(filters.MessageFilter):
    """Messages that begin with one of these commands, or without ``names`` with any."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        super().__init__()
        self._names = frozenset(names)

    def filter(self, message: Message) -> bool:
        command = command_in(message)
        return command in self._names if self._names else bool(command)


_ADDRESSED = _Addressed()
_NEW = filters.UpdateType.MESSAGE
_WRITTEN = filters.UpdateType.MESSAGE | filters.UpdateType.EDITED_MESSAGE
_PRIVATE = filters.ChatType.PRIVATE
_FILE = filters.Document.ALL & ~filters.ANIMATION  # Telegram takes moving pictures for files too

_COMMANDS: dict[str, Handler] = {
    "start": commands.start,
    "project": commands.project,
    "contact": commands.contact,
    "municipality": commands.municipality,
    "list": commands.list_,
    "statistics": commands.statistics,
    "about": commands.about,
    "language": commands.language,
    "privacy": commands.privacy,
    "help": commands.help_,
    "status": maintaining.status,
    "rollback": maintaining.rollback,
    "unanswered": maintaining.unanswered,
    "right": golden.right,
    "wrong": golden.wrong,
}


def build_application(settings: Settings, service: Answerer, state: State, *, paced: bool = True) -> tuple[App, Desk]:
    """Return the bot, ready to be run, and its desk. The first handler that fits an update gets it.

    It keeps to Telegram's limits, unless it is not ``paced``, for a server that has none.

    Raises SettingsError when no token is set.
    """
    bot = _bot(settings)
    desk = Desk(settings, service, state, bot, Metrics(), Pace() if paced else None)
    # Of the files of an album only one says whom they are for, and in the maintainers' group that is clear.
    among_them = filters.Chat(settings.maintainers, allow_empty=True)
    application: App = ApplicationBuilder().bot(bot).updater(None).job_queue(None).build()
    application.add_handlers(
        [
            *(
                MessageHandler(_WRITTEN & _ADDRESSED & _Command(c.names), desk.serves(_COMMANDS[c.en], counted=True))
                for c in COMMANDS
            ),
            MessageHandler(_WRITTEN & _ADDRESSED & _Command(), desk.serves(maintaining.unknown)),
            MessageHandler(_WRITTEN & _ADDRESSED & filters.TEXT, desk.serves(questions.answer, counted=True)),
            MessageHandler(_NEW & _ADDRESSED & filters.LOCATION, desk.serves(positions.at_position, counted=True)),
            MessageHandler(_NEW & _ADDRESSED & filters.VENUE, desk.serves(positions.at_position, counted=True)),
            MessageHandler(_NEW & _FILE & (_ADDRESSED | among_them), desk.serves(documents.receive)),
            MessageHandler(_NEW & _PRIVATE & ~filters.StatusUpdate.ALL, desk.serves(questions.not_text)),
            CallbackQueryHandler(desk.serves(presses.press)),
            InlineQueryHandler(desk.serves(inline.search)),
        ]
    )
    application.add_error_handler(Failures(desk).apologise)
    return application, desk


def _bot(settings: Settings) -> FetchingBot:
    api = settings.telegram_api.rstrip("/")
    return FetchingBot(
        _token(settings),
        base_url=f"{api}/bot",
        base_file_url=f"{api}/file/bot",
        request=InTurn(_AT_ONCE),
        get_updates_request=InTurn(1),
    )


def _token(settings: Settings) -> str:
    if not settings.telegram_token.strip():
        raise SettingsError(
            "no ESFBOT_TELEGRAM_TOKEN", "the bot's token", "Get one from @BotFather and set ESFBOT_TELEGRAM_TOKEN."
        )
    return settings.telegram_token.strip()
