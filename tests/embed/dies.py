"""A process that embeds and gets a signal at a given step of it, as if somebody had sent it at that moment.

``python -m tests.embed.dies`` is warm: it reads a job a line, forks a process for each, which begins at once, and
writes how that ended. See `tests.embed.processes`.

A step is whatever touches a file in the folder of embeddings, an SQL statement or some thousand instructions of the
database in one, a piece of a file copied, a vector written, or progress.
"""

import json
import os
import shutil
import sqlite3
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from esfbot.embed import engine, run, vectors
from esfbot.errors import EsfbotError
from esfbot.store.matrix import Matrix
from tests.embed.collection import MODEL, CountingEncoder

_FILES = ("open", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "shutil.rmtree")
_INSTRUCTIONS = 2_000
_PIECE = 16_384  # bytes


class Steps:
    """Counts steps, notes what each is, and gets the signal at the one that was asked for, by number or by what it is;
    at 0 at none."""

    def __init__(self, job: dict[str, Any]) -> None:
        self._at = job["step"]
        self._signal = int(job["signal"])
        self._folder = str(job["embeddings"])
        self._notes = os.open(job["notes"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self._count = 0

    def note(self, text: str) -> None:
        os.write(self._notes, f"{text}\n".encode())

    def step(self, kind: str) -> None:
        self._count += 1
        self.note(kind)
        if self._at in (self._count, kind):
            os.kill(os.getpid(), self._signal)

    def watch(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Take what touches the embeddings for a step."""
        if event in _FILES and self._folder in str(arguments[0]):
            self.step(_kind_of(event, str(arguments[0])))

    def connect(self, path: object, **options: Any) -> sqlite3.Connection:
        """As sqlite3.connect; what is done with the connection are steps."""
        connection = sqlite3.Connection(str(path), **options)
        kind = "journal" if str(path).endswith(vectors.JOURNAL) else "database"
        connection.set_trace_callback(lambda _: self.step(kind))
        connection.set_progress_handler(lambda: self.step(kind), _INSTRUCTIONS)
        return connection

    def copyfile(self, source: Path, target: Path) -> None:
        """As shutil.copyfile, piece by piece."""
        with source.open("rb") as one, target.open("wb") as other:
            while piece := one.read(_PIECE):
                other.write(piece)
                other.flush()
                self.step("copy")


def _kind_of(event: str, path: str) -> str:
    if event == "os.rename":
        return "pointer" if ".CURRENT" in path else "rename"
    return "manifest" if path.endswith("manifest.json") else "file"


def _counted(steps: Steps, put: Callable[..., None]) -> Callable[..., None]:
    def counted(*arguments: Any) -> None:
        put(*arguments)
        steps.step("vectors")

    return counted


def embed(job: dict[str, Any]) -> None:
    """Embed with few passages at a time, noting steps on the way, and what came of it."""
    steps = Steps(job)
    vars(sqlite3)["connect"] = steps.connect
    vars(shutil)["copyfile"] = steps.copyfile
    vars(vectors)["BATCH"] = 2
    vars(engine)["load_encoder"] = lambda *_: CountingEncoder()
    Matrix.put = _counted(steps, Matrix.put)  # type: ignore[method-assign]
    sys.addaudithook(steps.watch)
    try:
        run.embed(Path(job["sheets"]), Path(job["embeddings"]), MODEL, lambda done, _: steps.step(f"progress {done}"))
    except EsfbotError as error:
        steps.note(f"error {error}")
    except KeyboardInterrupt:
        steps.note("interrupted")


def _forked(job: dict[str, Any]) -> int:
    process = os.fork()
    if process:
        return process
    status = 1
    try:
        embed(job)
        status = 0
    except BaseException:  # noqa: BLE001 - a forked process must end here, whatever happens
        traceback.print_exc()
    finally:
        os._exit(status)


def main() -> None:
    """Start what is asked for on standard input, and tell of each process its number and how it ended or stopped."""
    for line in sys.stdin:
        job = json.loads(line)
        process = job.get("process") or _forked(job)
        _, status = os.waitpid(process, os.WUNTRACED)
        ended = os.WSTOPSIG(status) if os.WIFSTOPPED(status) else os.waitstatus_to_exitcode(status)
        print(json.dumps([process, ended]), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
