"""The methods that tell people about the bot: its menus of commands and its descriptions."""

import re
from collections.abc import Callable

from tests.telegram.api.messages import BOT
from tests.telegram.api.refusals import Json, Malformed, bad_request, required
from tests.telegram.api.world import World

_MOST_COMMANDS = 100
_LONGEST_NAME, _LONGEST_EXPLANATION = 32, 256
_NAME = re.compile("[a-z0-9_]+")
_SCOPES = ("default", "all_private_chats", "all_group_chats", "all_chat_administrators")
_CHAT_SCOPES = ("chat", "chat_administrators", "chat_member")
_LONGEST = {"description": 512, "short_description": 120}


class Menus:
    """The methods, by name in ``methods``. They are stricter than Telegram with a command that is named twice."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.methods: dict[str, Callable[[Json], object]] = {
            "getMe": self.get_me,
            "setMyCommands": self.set_commands,
            "deleteMyCommands": self.delete_commands,
            "getMyCommands": self.get_commands,
            "setMyDescription": lambda asked: self.describe(asked, "description"),
            "setMyShortDescription": lambda asked: self.describe(asked, "short_description"),
            "getMyDescription": lambda asked: self.description(asked, "description"),
            "getMyShortDescription": lambda asked: self.description(asked, "short_description"),
        }

    def get_me(self, _: Json) -> Json:
        """Answer getMe."""
        can = {"can_join_groups": True, "supports_inline_queries": True}
        return {**BOT, **can, "can_read_all_group_messages": not self._world.privacy}

    def set_commands(self, asked: Json) -> bool:
        """Answer setMyCommands."""
        commands = [] if asked.get("commands") is None else asked["commands"]
        if not isinstance(commands, list):
            raise bad_request("expected an Array of BotCommand")
        read = [_command(command) for command in commands]
        place = self._place(asked)
        for command in read:
            _check_command(command)
        if len(read) > _MOST_COMMANDS:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        if len({command["command"] for command in read}) < len(read):
            raise bad_request("BOT_COMMAND_DUPLICATE")
        self._world.menus[place] = read
        return True

    def delete_commands(self, asked: Json) -> bool:
        """Answer deleteMyCommands."""
        self._world.menus.pop(self._place(asked), None)
        return True

    def get_commands(self, asked: Json) -> list[Json]:
        """Answer getMyCommands."""
        return self._world.menus.get(self._place(asked), [])

    def describe(self, asked: Json, name: str) -> bool:
        """Answer setMyDescription and setMyShortDescription."""
        text = str(asked.get(name) or "")
        if len(text) > _LONGEST[name]:
            raise bad_request(f"{name.upper()}_TOO_LONG")
        self._world.descriptions[name, _language(asked)] = text
        return True

    def description(self, asked: Json, name: str) -> Json:
        """Answer getMyDescription and getMyShortDescription."""
        return {name: self._world.descriptions.get((name, _language(asked)), "")}

    def _place(self, asked: Json) -> tuple[str, int, str]:
        """Which menu is meant."""
        scope = asked.get("scope") or {"type": "default"}
        kind = scope.get("type") if isinstance(scope, dict) else None
        if kind in _SCOPES:
            return kind, 0, _language(asked)
        if kind in _CHAT_SCOPES:
            return kind, self._world.chat(scope.get("chat_id")).id, _language(asked)
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")


def _command(command: object) -> Json:
    try:
        if not isinstance(command, dict):
            raise Malformed("expected an Object")
        return {name: required(command, name).strip() for name in ("command", "description")}
    except Malformed as error:
        raise bad_request(f"can't parse BotCommand: {error}") from None


def _check_command(command: Json) -> None:
    name, description = command["command"].removeprefix("/"), command["description"]
    if not name:
        raise bad_request("command must be non-empty")
    if len(name) > _LONGEST_NAME:
        raise bad_request(f"command length must not exceed {_LONGEST_NAME}")
    if not description:
        raise bad_request("command description must be non-empty")
    if len(description) > _LONGEST_EXPLANATION:
        raise bad_request(f"command description length must not exceed {_LONGEST_EXPLANATION}")
    if not _NAME.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    command["command"] = name


def _language(asked: Json) -> str:
    code = str(asked.get("language_code") or "")
    if code and not re.fullmatch("[a-z]{2}", code):
        raise bad_request("invalid language code specified")
    return code
