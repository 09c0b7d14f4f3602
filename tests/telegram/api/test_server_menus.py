"""Menus of commands and descriptions, as Telegram keeps them."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from tests.telegram.api.caller import Caller, bad, calling
from tests.telegram.api.server import BotApi

START = {"command": "start", "description": "begin"}


@pytest_asyncio.fixture
async def call(server: BotApi) -> AsyncIterator[Caller]:
    """A caller of the server's methods."""
    async with calling(server) as caller:
        yield caller


async def test_menus(server: BotApi, call: Caller) -> None:
    """There is one menu for each scope and language, until it is deleted."""
    await server.person(1).says("hello")
    chat = {"type": "chat", "chat_id": 1}
    assert await call("setMyCommands", commands=[START]) is True
    await call("setMyCommands", commands=[{"command": "/hej", "description": " x "}], scope=chat, language_code="sv")
    assert server.commands == [START]
    assert server.menus == {("default", 0, ""): [START], ("chat", 1, "sv"): [{"command": "hej", "description": "x"}]}
    assert await call("getMyCommands", scope=chat, language_code="sv") == [{"command": "hej", "description": "x"}]
    assert await call("deleteMyCommands", scope=chat, language_code="sv") is True
    assert (await call("getMyCommands", scope=chat, language_code="sv"), len(server.menus)) == ([], 1)


async def test_largest_menu(server: BotApi, call: Caller) -> None:
    """A hundred commands are taken, of 32 characters explained in 256."""
    commands = [{"command": f"{number:032}", "description": "å" * 256} for number in range(100)]
    await call("setMyCommands", commands=commands)
    assert server.commands == commands


@pytest.mark.parametrize(
    ("asked", "description"),
    [
        ({"commands": [{**START, "command": "Start"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [{**START, "command": "hjälp"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [{**START, "command": "/"}]}, "command must be non-empty"),
        ({"commands": [{**START, "command": "x" * 33}]}, "command length must not exceed 32"),
        ({"commands": [{**START, "description": " "}]}, "command description must be non-empty"),
        ({"commands": [{**START, "description": "x" * 257}]}, "command description length must not exceed 256"),
        ({"commands": [{"command": "x"}]}, "can't parse BotCommand: Can't find field \"description\""),
        ({"commands": ["x"]}, "can't parse BotCommand: expected an Object"),
        ({"commands": START}, "expected an Array of BotCommand"),
        ({"commands": [START, START]}, "BOT_COMMAND_DUPLICATE"),
        ({"commands": [{**START, "command": f"c{number}"} for number in range(101)]}, "BOT_COMMANDS_TOO_MUCH"),
        ({"language_code": "sv-SE"}, "invalid language code specified"),
        ({"scope": {"type": "all"}}, "can't parse BotCommandScope: Unsupported type specified"),
        ({"scope": {"type": "chat"}}, "chat_id is empty"),
        ({"scope": {"type": "chat", "chat_id": 2}}, "chat not found"),
    ],
)
async def test_refused_menus(server: BotApi, call: Caller, asked: dict[str, Any], description: str) -> None:
    """Commands that Telegram refuses are refused, and the menu stays as it was."""
    assert await call("setMyCommands", **{"commands": [START], **asked}) == bad(description)
    assert server.menus == {}


async def test_descriptions(server: BotApi, call: Caller) -> None:
    """The bot's descriptions are kept by language, up to their lengths."""
    assert await call("setMyDescription", description="å" * 512) is True
    await call("setMyShortDescription", short_description="å" * 120, language_code="sv")
    assert await call("setMyDescription", description="å" * 513) == bad("DESCRIPTION_TOO_LONG")
    assert await call("setMyShortDescription", short_description="å" * 121) == bad("SHORT_DESCRIPTION_TOO_LONG")
    assert await call("setMyDescription", language_code="swe") == bad("invalid language code specified")
    assert await call("getMyDescription") == {"description": "å" * 512}
    assert server.descriptions == {("description", ""): "å" * 512, ("short_description", "sv"): "å" * 120}
