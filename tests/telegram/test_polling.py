"""Fetching what people write, alone and beside another program."""

import asyncio
from dataclasses import replace

import pytest

from esfbot.errors import EsfbotError, SettingsError
from esfbot.service import Service
from esfbot.settings import Settings
from esfbot.telegram.run import serve
from tests.telegram.api.server import PATIENCE, BotApi
from tests.telegram.conftest import Running
from tests.telegram.echo import Echo


async def test_stopping_finishes_replies(server: BotApi, running: Running, service: Service) -> None:
    """A reply under way when the bot is stopped is still sent, and not given again after a restart."""
    person, echo = server.person(1), Echo(service)
    async with running(echo) as stop:
        await person.says("wait for it")
        await asyncio.to_thread(echo.begun.wait, PATIENCE)
        stop.set()
        echo.go.set()
    assert ("wait for it" in (await person.hears()).text, server.unconfirmed) == (True, 0)


async def test_trouble_with_the_network_passes(server: BotApi, running: Running, service: Service) -> None:
    """A bot that can't reach Telegram for a while answers what was written meanwhile."""
    person = server.person(1)
    async with running(Echo(service)):
        await server.polls()
        server.fails("getUpdates", 502, "Bad Gateway")
        server.fails("getUpdates", 502, "Bad Gateway")
        for text in ("before", "after"):
            await person.says(text)
            assert text in (await person.hears()).text


async def test_one_conflict_is_put_up_with(server: BotApi, running: Running, service: Service) -> None:
    """A single conflict, such as a program before this one leaves behind, does not stop the bot."""
    person = server.person(1)
    async with running(Echo(service)):
        await server.polls()
        server.fails("getUpdates", 409, "Conflict: terminated by other getUpdates request")
        for text in ("one", "two"):
            await person.says(text)
            assert text in (await person.hears()).text


async def test_second_program_takes_over(server: BotApi, settings: Settings, service: Service) -> None:
    """Of two programs with one token, one stops with an error in one line, and the other answers."""
    person = server.person(1)
    stop = asyncio.Event()
    first = asyncio.create_task(serve(settings, Echo(service), stop, pause=0.01))
    await server.polls()
    other = replace(settings, state=settings.state.with_name("other.sqlite"))
    second = asyncio.create_task(serve(other, Echo(service), stop, pause=0.01))
    done, going = await asyncio.wait({first, second}, timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
    with pytest.raises(
        EsfbotError, match=r"^another program that answers with the same token; .*Stop the other program"
    ):
        done.pop().result()
    await person.says("hello")
    assert "hello" in (await person.hears()).text
    stop.set()
    await asyncio.wait_for(going.pop(), 2 * PATIENCE)


async def test_wrong_token(settings: Settings, service: Service) -> None:
    """A token that Telegram rejects is an error of the settings, told in a line without the token."""
    with pytest.raises(
        SettingsError, match=r"^a token that Telegram rejects; .*@BotFather.*ESFBOT_TELEGRAM_TOKEN"
    ) as e:
        await serve(replace(settings, telegram_token="1:mistyped"), Echo(service), asyncio.Event())
    assert ("mistyped" in str(e.value), "\n" in str(e.value)) == (False, False)


async def test_no_telegram_at_the_address(settings: Settings, service: Service, unused_tcp_port: int) -> None:
    """Where nothing answers at the address when the bot starts, it says so in a line."""
    nowhere = replace(settings, telegram_api=f"http://127.0.0.1:{unused_tcp_port}")
    with pytest.raises(EsfbotError, match=r"^no answer from Telegram .*; .*Check the network, and ESFBOT_TELEGRAM_API"):
        await serve(nowhere, Echo(service), asyncio.Event())


@pytest.mark.parametrize("token", ["", " "])
async def test_missing_token(settings: Settings, service: Service, token: str) -> None:
    """Without a token there is no bot, and the error says where to get one."""
    with pytest.raises(SettingsError, match=r"^no ESFBOT_TELEGRAM_TOKEN; .*Get one from @BotFather"):
        await serve(replace(settings, telegram_token=token), Echo(service), asyncio.Event())
