"""What the tests of the bot share: a Bot API server, and the bot running against it."""

import asyncio
import contextlib
import functools
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from esfbot.embed.run import embed
from esfbot.service import Service
from esfbot.settings import Settings
from esfbot.sheets.folder import read_folder
from esfbot.telegram.desk import Answerer
from esfbot.telegram.run import serve
from tests.invented.projects import invented
from tests.invented.publish import publish
from tests.invented.write import write_sheets
from tests.telegram.api.server import PATIENCE, TOKEN, BotApi, bot_api

AWKWARD = Path(__file__).parent / "awkward"
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
    async def run(service: Answerer, *, paced: bool = True, **more: Any) -> AsyncIterator[asyncio.Event]:
        stop = asyncio.Event()
        task = asyncio.create_task(serve(replace(settings, **more), service, stop, pause=0.01, paced=paced))
        try:
            yield stop
        finally:
            stop.set()
            await asyncio.wait_for(task, 2 * PATIENCE)

    return run


@pytest.fixture
def talking(running: Running) -> Running:
    """The same without the pace that Telegram asks for, so that many messages take no time."""
    return functools.partial(running, paced=False)


@pytest.fixture(scope="session")
def sixty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The service on sixty invented sheets. Their vectors are random: nothing is found by meaning."""
    folder = tmp_path_factory.mktemp("sixty")
    publish(read_folder(write_sheets(invented(60), folder / "sheets")).projects, folder / "embeddings")
    service = Service(Settings(sheets=folder / "sheets", embeddings=folder / "embeddings"))
    yield service
    service.close()


@pytest.fixture(scope="session")
def awkward(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The service on the sheets in ``awkward/``, which say much of how to reach people, in many ways."""
    folder = tmp_path_factory.mktemp("awkward") / "embeddings"
    embed(AWKWARD, folder, "e5-small")
    service = Service(Settings(sheets=AWKWARD, embeddings=folder))
    yield service
    service.close()
