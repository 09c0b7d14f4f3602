"""`run_bot` in a process of its own, as people start and stop it."""

import asyncio
import contextlib
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from esfbot.settings import Settings
from tests.telegram.api.server import PATIENCE, TOKEN, BotApi

ROOT = Path(__file__).parents[2]
# Tells on stdout when a question is being answered, and lets it be answered when a line comes in.
PROGRAM = """
import logging, sys, threading
from pathlib import Path
from esfbot.errors import EsfbotError
from esfbot.service import Service
from esfbot.settings import Settings
from esfbot.telegram.run import run_bot
from tests.telegram.echo import Echo

api, token, level, embeddings, state = sys.argv[1:]
settings = Settings(telegram_token=token, telegram_api=api, embeddings=Path(embeddings), state=Path(state))
echo = Echo(Service(settings))

def obey():
    echo.begun.wait()
    print("begun", flush=True)
    sys.stdin.readline()
    echo.go.set()

logging.basicConfig(level=level)
threading.Thread(target=obey, daemon=True).start()
try:
    run_bot(settings, echo)
except EsfbotError as error:
    sys.exit(str(error))
"""


Program = Callable[..., AbstractAsyncContextManager[Process]]


@pytest.fixture
def program(server: BotApi, settings: Settings, embedded_seeds: Path) -> Program:
    """The bot in a process, with every warning an error; it is killed if it is not done by the end."""

    @contextlib.asynccontextmanager
    async def run(token: str = TOKEN, level: str = "WARNING", state: str = "state.sqlite") -> AsyncIterator[Process]:
        paths = (str(embedded_seeds), str(settings.state.with_name(state)))
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-W", "error", "-c", PROGRAM, server.url, token, level, *paths,
            cwd=ROOT, stdin=PIPE, stdout=PIPE, stderr=PIPE,
        )  # fmt: skip
        try:
            yield process
        finally:
            if process.returncode is None:
                process.kill()
            await process.communicate()

    return run


async def line(stream: asyncio.StreamReader | None, with_words: str) -> str:
    """Read up to the line that holds the words, and return it."""
    assert stream
    async with asyncio.timeout(PATIENCE):
        while text := (await stream.readline()).decode():
            if with_words in text:
                return text
    raise AssertionError(f"the stream ended without {with_words!r}")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_signal_stops_cleanly(server: BotApi, program: Program, number: signal.Signals) -> None:
    """On SIGTERM and SIGINT the reply under way is sent, its question is not left to be asked again, exit code 0."""
    person = server.person(1)
    async with program(level="INFO") as process:
        await person.says("wait for it")
        await line(process.stdout, "begun")
        process.send_signal(number)
        await line(process.stderr, "stopping when the replies under way are sent")
        _, log = await asyncio.wait_for(process.communicate(b"go\n"), PATIENCE)
    assert (process.returncode, "wait for it" in (await person.hears()).text, server.unconfirmed) == (0, True, 0)
    assert "Traceback" not in log.decode()


async def test_second_sigterm_ends_at_once(server: BotApi, program: Program) -> None:
    """A second SIGTERM does not wait for an answer that takes too long."""
    person = server.person(1)
    async with program(level="INFO") as process:
        await person.says("wait for it")
        await line(process.stdout, "begun")
        process.terminate()
        await line(process.stderr, "stopping when the replies under way are sent")
        process.terminate()
        assert await asyncio.wait_for(process.wait(), PATIENCE) == -signal.SIGTERM


async def test_wrong_token_is_one_line(server: BotApi, program: Program) -> None:
    """A wrong token is all there is on stderr: one line, exit code 1."""
    async with program(token="1:mistyped") as process:
        _, log = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert (process.returncode, log.decode()) == (
        1,
        (
            "a token that Telegram rejects; expected the bot's own, as @BotFather shows it. "
            "Correct ESFBOT_TELEGRAM_TOKEN.\n"
        ),
    )


async def test_second_program_is_one_line(server: BotApi, program: Program) -> None:
    """Of two programs with one token the one that stops says so in a line, exit code 1."""
    async with program() as first, program(state="other.sqlite") as second:
        ends = {asyncio.create_task(process.wait()): process for process in (first, second)}
        done, _ = await asyncio.wait(ends, timeout=2 * PATIENCE, return_when=asyncio.FIRST_COMPLETED)
        stopped = ends[done.pop()]
        _, log = await stopped.communicate()
        assert (stopped.returncode, log.decode()) == (
            1,
            (
                "another program that answers with the same token; expected to be the only one. "
                "Stop the other program, or get a token for this one from @BotFather.\n"
            ),
        )
        going = second if stopped is first else first
        going.terminate()
        assert await asyncio.wait_for(going.wait(), PATIENCE) == 0
