"""A process that embeds and kills itself at a given step: ``python -m tests.embed.dies SHEETS EMBEDDINGS STEP``.

A step is anything that touches the file system, a passage written to the database, or progress; with STEP 0 it only
prints how many there are.
"""

import os
import signal
import sys
from pathlib import Path
from typing import Any

from esfbot.embed import run
from esfbot.store.sqlite_writer import SqliteWriter
from tests.embed.collection import MODEL, CountingEncoder

_TOUCHING = ("os.rename", "os.mkdir", "os.remove", "os.rmdir", "shutil.rmtree", "sqlite3.connect")
_steps = 0


def step() -> None:
    """Count a step, and die at the one that was asked for."""
    global _steps  # noqa: PLW0603 - an audit hook has nothing else to count in
    _steps += 1
    if _steps == int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)


def watch(event: str, arguments: tuple[Any, ...]) -> None:
    """Take what touches the embeddings for a step."""
    if event in _TOUCHING or (event == "open" and sys.argv[2] in str(arguments[0])):
        step()


def main() -> None:
    """Embed, and die on the way."""
    add_passage = SqliteWriter.add_passage

    def counted(writer: SqliteWriter, *arguments: Any) -> None:
        step()
        add_passage(writer, *arguments)

    SqliteWriter.add_passage = counted  # type: ignore[assignment,method-assign]
    vars(run)["load_encoder"] = lambda _: CountingEncoder()
    sys.addaudithook(watch)
    run.embed(Path(sys.argv[1]), Path(sys.argv[2]), MODEL, lambda *_: step())
    print(_steps)  # noqa: T201


if __name__ == "__main__":
    main()
