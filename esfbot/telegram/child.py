"""The process that takes sheets in, so that the bot's memory and how quickly it answers stay as they are."""

import asyncio
import contextlib
import json
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import esfbot
from esfbot.errors import EsfbotError
from esfbot.settings import PREFIX
from esfbot.upkeep.work import Record, Step, Work

_LONGEST_LINE = 1 << 24  # bytes
_PACKAGES = str(Path(esfbot.__file__).parents[1])


class Died(Exception):
    """The process ended before it was done: it ran out of memory, was killed, or failed."""


async def work(asked: Work, told: Callable[[Step], None]) -> Record:
    """Have the work done, and return what became of it (see `esfbot.upkeep.worker`). Cancelled, it ends the process.

    Raises EsfbotError where the work can't be done, and Died.
    """
    async with _started() as process:
        if process.stdin is None or process.stdout is None:
            raise Died("it has no pipes")
        process.stdin.write(asked.to_json().encode() + b"\n")
        # Its end may be seen while writing; it has the last word, if it had one.
        with contextlib.suppress(ConnectionError):
            await process.stdin.drain()
        while line := await process.stdout.readline():
            try:
                said = json.loads(line)
            except ValueError as error:
                raise Died("its last words are cut off") from error
            if "outcome" in said:
                outcome: Record = said["outcome"]
                return outcome
            if "error" in said:
                raise EsfbotError(**said["error"])
            told(Step(**said["step"]))
        raise Died(f"exit code {await process.wait()}")


@contextlib.asynccontextmanager
async def _started() -> AsyncIterator[Process]:
    """The process, which ends with ``with`` at the latest."""
    others = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "esfbot.upkeep.worker"),
        stdin=PIPE,
        stdout=PIPE,
        env=others | {"PYTHONPATH": os.pathsep.join(filter(None, (_PACKAGES, others.get("PYTHONPATH", ""))))},
        limit=_LONGEST_LINE,
        start_new_session=True,  # Ctrl-C in a terminal is for the bot alone
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
        if process.stdin:
            process.stdin.close()
        await process.wait()
