"""What the tests of the bot share: a Bot API server, and the bot running against it."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager

import pytest
import pytest_asyncio

from esfbot.settings import Settings
from esfbot.telegram.app import build_application
from esfbot.telegram.handlers import Answerer
from esfbot.telegram.polling import serve
from tests.telegram.server import PATIENCE, TOKEN, BotApi, bot_api

Running = Callable[[Answerer], AbstractAsyncContextManager[asyncio.Event]]


@pytest_asyncio.fixture
async def server() -> AsyncIterator[BotApi]:
    """A Bot API server of this test's own."""
    async with bot_api() as api:
        yield api


@pytest.fixture
def running(server: BotApi) -> Running:
    """The real application, run with a service in ``async with running(service) as stop``; it stops cleanly after."""

    @contextlib.asynccontextmanager
    async def run(service: Answerer) -> AsyncIterator[asyncio.Event]:
        stop = asyncio.Event()
        settings = Settings(telegram_token=TOKEN, telegram_api=server.url)
        task = asyncio.create_task(serve(build_application(settings, service), stop, pause=0.01))
        try:
            yield stop
        finally:
            stop.set()
            await asyncio.wait_for(task, PATIENCE)

    return run
