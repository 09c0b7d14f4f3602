"""`run_bot` in a process of its own, as people start and stop it."""

import asyncio
import contextlib
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.telegram.server import PATIENCE, TOKEN, BotApi

ROOT = Path(__file__).parents[2]
# Tells on stdout when a question is being answered, and lets it be answered when a line comes in.
PROGRAM = """
import logging, sys, threading
from esfbot.errors import EsfbotError
from esfbot.settings import Settings
from esfbot.telegram.app import run_bot
from tests.telegram.echo import Echo

echo = Echo()

def obey():
    echo.begun.wait()
    print("begun", flush=True)
    sys.stdin.readline()
    echo.go.set()

api, token, level = sys.argv[1:]
logging.basicConfig(level=level)
threading.Thread(target=obey, daemon=True).start()
try:
    run_bot(Settings(telegram_token=token, telegram_api=api), echo)
except EsfbotError as error:
    sys.exit(str(error))
"""


@contextlib.asynccontextmanager
async def program(server: BotApi, token: str = TOKEN, level: str = "WARNING") -> AsyncIterator[Process]:
    """Run the bot in a process, with every warning an error; it is killed if it is not done by the end."""
    arguments = ("-W", "error", "-c", PROGRAM, server.url, token, level)
    process = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, cwd=ROOT, stdin=PIPE, stdout=PIPE, stderr=PIPE
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def line(stream: asyncio.StreamReader | None, with_words: str) -> str:
    """Read up to the line that holds the words, and return it."""
    assert stream
    async with asyncio.timeout(PATIENCE):
        while text := (await stream.readline()).decode():
            if with_words in text:
                return text
    raise AssertionError(f"the stream ended without {with_words!r}")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_signal_stops_cleanly(server: BotApi, number: signal.Signals) -> None:
    """On SIGTERM and SIGINT the reply under way is sent, its question is not left to be asked again, exit code 0."""
    person = server.person(1)
    async with program(server, level="INFO") as process:
        await person.says("wait for it")
        await line(process.stdout, "begun")
        process.send_signal(number)
        await line(process.stderr, "stopping when the replies under way are sent")
        _, log = await asyncio.wait_for(process.communicate(b"go\n"), PATIENCE)
    assert (process.returncode, "wait for it" in (await person.hears()).text, server.unconfirmed) == (0, True, 0)
    assert "Traceback" not in log.decode()


async def test_second_sigterm_ends_at_once(server: BotApi) -> None:
    """A second SIGTERM does not wait for an answer that takes too long."""
    person = server.person(1)
    async with program(server, level="INFO") as process:
        await person.says("wait for it")
        await line(process.stdout, "begun")
        process.terminate()
        await line(process.stderr, "stopping when the replies under way are sent")
        process.terminate()
        assert await asyncio.wait_for(process.wait(), PATIENCE) == -signal.SIGTERM


async def test_wrong_token_is_one_line(server: BotApi) -> None:
    """A wrong token is all there is on stderr: one line, exit code 1."""
    async with program(server, token="1:mistyped") as process:
        _, log = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert (process.returncode, log.decode()) == (
        1,
        (
            "a token that Telegram rejects; expected the bot's own, as @BotFather shows it. "
            "Correct ESFBOT_TELEGRAM_TOKEN.\n"
        ),
    )


async def test_second_program_is_one_line(server: BotApi) -> None:
    """Of two programs with one token the one that stops says so in a line, exit code 1."""
    async with program(server) as first, program(server) as second:
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
