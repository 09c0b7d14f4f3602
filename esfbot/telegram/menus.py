"""The commands, and the menus that Telegram shows of them: in both languages, for each sort of chat."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass

from telegram import (
    Bot,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
)
from telegram.error import TelegramError

from esfbot.wording.load import say

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Command:
    """A command by its Swedish and English names. In groups only some stand in the menu, and some only for those who
    look after the bot."""

    sv: str
    en: str
    in_groups: bool = True
    for_maintainers: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Both names, or the one where they are the same."""
        return tuple(dict.fromkeys((self.sv, self.en)))


COMMANDS = (
    Command("start", "start", in_groups=False),
    Command("projekt", "project"),
    Command("kontakt", "contact"),
    Command("kommun", "municipality"),
    Command("lista", "list"),
    Command("statistik", "statistics"),
    Command("om", "about", in_groups=False),
    Command("sprak", "language", in_groups=False),
    Command("integritet", "privacy", in_groups=False),
    Command("hjalp", "help"),
    Command("status", "status", in_groups=False, for_maintainers=True),
    Command("rollback", "rollback", in_groups=False, for_maintainers=True),
    Command("obesvarade", "unanswered", in_groups=False, for_maintainers=True),
    Command("ratt", "right", in_groups=False, for_maintainers=True),
    Command("fel", "wrong", in_groups=False, for_maintainers=True),
)


def menu(language: str, *, maintainer: bool = False, group: bool = False) -> list[tuple[str, str]]:
    """The commands of a menu in ``language``, each with what it does."""
    return [
        (command.sv if language == "sv" else command.en, say(f"menu_{command.en}", language))
        for command in COMMANDS
        if (maintainer or not command.for_maintainers) and (command.in_groups or not group)
    ]


async def set_menus(bot: Bot, maintainers: Iterable[int]) -> None:
    """Set the menus. One that Telegram refuses, as of a chat that the bot is not in, costs a line in the log."""
    scopes: list[tuple[BotCommandScope, dict[str, bool]]] = [
        (BotCommandScopeDefault(), {}),
        (BotCommandScopeAllPrivateChats(), {}),
        (BotCommandScopeAllGroupChats(), {"group": True}),
        *((BotCommandScopeChat(chat), {"maintainer": True}) for chat in maintainers),
    ]
    for scope, sort in scopes:
        for language in ("en", "sv"):
            try:
                # The English ones are for every language that has none of its own.
                code = "sv" if language == "sv" else None
                await bot.set_my_commands(menu(language, **sort), scope=scope, language_code=code)
            except TelegramError as error:
                _logger.warning("a command menu could not be set (%s)", type(error).__name__)
