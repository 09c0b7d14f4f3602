"""The bot in a process of its own, for tests that kill it."""

import asyncio
import contextlib
import json
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest

from esfbot.settings import Settings
from tests.telegram.api.server import PATIENCE, BotApi

ROOT = Path(__file__).parents[2]
# Tells on stdout when a question that waits is being answered, and lets it be answered when a line comes in.
_PROGRAM = """
import json, logging, sys, threading
from pathlib import Path
from esfbot.service import Service
from esfbot.settings import Settings
from esfbot.telegram import post
from esfbot.telegram.run import run_bot
from tests.telegram.mixed import Mixed

paths, others, post.UNKNOWN = json.loads(sys.argv[1])
settings = Settings(**{name: Path(path) for name, path in paths.items()}, **others)
mixed = Mixed(Service(settings))

def obey():
    mixed.begun.wait()
    print("begun", flush=True)
    sys.stdin.readline()
    mixed.go.set()

logging.basicConfig(level="INFO")
threading.Thread(target=obey, daemon=True).start()
run_bot(settings, mixed, paced=False)
"""

Start = Callable[..., AbstractAsyncContextManager[Process]]


@pytest.fixture
def start(server: BotApi, settings: Settings, embedded_seeds: Path) -> Start:
    """The bot in a process, run in ``async with start(unknown, **settings) as process``, and killed at the end.

    What may have arrived is sent again after ``unknown`` seconds.
    """

    @contextlib.asynccontextmanager
    async def run(unknown: float = 61.0, **more: Any) -> AsyncIterator[Process]:
        paths = {"embeddings": str(embedded_seeds), "state": str(settings.state)}
        paths |= {name: str(value) for name, value in more.items() if isinstance(value, Path)}
        others = {"telegram_token": settings.telegram_token, "telegram_api": server.url}
        others |= {name: value for name, value in more.items() if not isinstance(value, Path)}
        arguments = json.dumps((paths, others, unknown))
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-W", "error", "-c", _PROGRAM, arguments, cwd=ROOT, stdin=PIPE, stdout=PIPE, stderr=PIPE
        )
        try:
            yield process
        finally:
            if process.returncode is None:
                process.kill()
            _, log = await asyncio.wait_for(process.communicate(), PATIENCE)
            sys.stderr.write(log.decode())  # pytest shows it where a test fails

    return run


async def says(process: Process, word: str) -> None:
    """Wait until the program has written a line with ``word`` to stdout."""
    assert process.stdout
    async with asyncio.timeout(PATIENCE):
        while word not in (line := (await process.stdout.readline()).decode()):
            assert line, f"the program ended without {word!r}"
