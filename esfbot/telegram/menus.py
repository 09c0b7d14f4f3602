"""The commands, and the menus that Telegram shows of them: in both languages, for each sort of chat."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
)
from telegram.error import TelegramError

from esfbot.telegram.desk import Handler
from esfbot.telegram.handlers import commands
from esfbot.wording.load import say

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Command:
    """A command by its Swedish and English names. In groups only some stand in the menu, and some only for those who
    look after the bot."""

    sv: str
    en: str
    handler: Handler
    in_groups: bool = True
    for_maintainers: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Both names, or the one where they are the same."""
        return tuple(dict.fromkeys((self.sv, self.en)))

    def entry(self, language: str) -> BotCommand:
        """The command as a menu in ``language`` has it."""
        return BotCommand(self.sv if language == "sv" else self.en, say(f"menu_{self.en}", language))


COMMANDS = (
    Command("start", "start", commands.start, in_groups=False),
    Command("projekt", "project", commands.project),
    Command("kontakt", "contact", commands.contact),
    Command("kommun", "municipality", commands.municipality),
    Command("lista", "list", commands.list_),
    Command("statistik", "statistics", commands.statistics),
    Command("om", "about", commands.about, in_groups=False),
    Command("sprak", "language", commands.language, in_groups=False),
    Command("integritet", "privacy", commands.privacy, in_groups=False),
    Command("hjalp", "help", commands.help_),
    Command("status", "status", commands.status, in_groups=False, for_maintainers=True),
)


async def set_menus(bot: Bot, maintainers: Iterable[int]) -> None:
    """Set the menus. One that Telegram refuses, as of a chat that the bot is not in, costs a line in the log."""
    everybody = [command for command in COMMANDS if not command.for_maintainers]
    scopes: list[tuple[BotCommandScope, list[Command]]] = [
        (BotCommandScopeDefault(), everybody),
        (BotCommandScopeAllPrivateChats(), everybody),
        (BotCommandScopeAllGroupChats(), [command for command in everybody if command.in_groups]),
        *((BotCommandScopeChat(chat), list(COMMANDS)) for chat in maintainers),
    ]
    for scope, listed in scopes:
        for language in ("en", "sv"):
            entries = [command.entry(language) for command in listed]
            try:
                # The English ones are for every language that has none of its own.
                await bot.set_my_commands(entries, scope=scope, language_code="sv" if language == "sv" else None)
            except TelegramError as error:
                _logger.warning("a command menu could not be set (%s)", type(error).__name__)
