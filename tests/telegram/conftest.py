"""What the tests of the bot share: a Bot API server, and the bot running against it."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from esfbot.settings import Settings
from esfbot.telegram.desk import Answerer
from esfbot.telegram.run import serve
from tests.telegram.server import PATIENCE, TOKEN, BotApi, bot_api

Running = Callable[..., AbstractAsyncContextManager[asyncio.Event]]


@pytest_asyncio.fixture
async def server() -> AsyncIterator[BotApi]:
    """A Bot API server of this test's own."""
    async with bot_api() as api:
        yield api


@pytest.fixture
def settings(server: BotApi, tmp_path: Path) -> Settings:
    """Settings for a bot against that server."""
    return Settings(telegram_token=TOKEN, telegram_api=server.url, state=tmp_path / "state.sqlite")


@pytest.fixture
def running(settings: Settings) -> Running:
    """The real bot, run with a service in ``async with running(service, **settings) as stop``; it stops cleanly
    after."""

    @contextlib.asynccontextmanager
    async def run(service: Answerer, **more: Any) -> AsyncIterator[asyncio.Event]:
        stop = asyncio.Event()
        task = asyncio.create_task(serve(replace(settings, **more), service, stop, pause=0.01))
        try:
            yield stop
        finally:
            stop.set()
            await asyncio.wait_for(task, 2 * PATIENCE)

    return run
