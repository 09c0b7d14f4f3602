"""Only one bot at a time works with a file."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from esfbot.errors import EsfbotError, FolderError


@contextlib.contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold the file at ``path`` in ``with``: two bots would both send what waits there. The operating system lets go
    of it when the process ends, in whichever way.

    Raises EsfbotError where another process holds it, and FolderError where its folder can't be written.
    """
    lock = FileLock(path.with_name(f"{path.name}.lock"))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout:
        raise EsfbotError(
            f"another bot that keeps its conversations in {path}",
            "to be the only one",
            "Stop the other program, or name another file with ESFBOT_STATE.",
        ) from None
    except OSError as error:
        raise FolderError(
            f"{path.parent} can't be written ({error.strerror})",
            "a folder for the bot's conversations",
            "Change its rights, or name another file with ESFBOT_STATE.",
        ) from error
    try:
        yield
    finally:
        lock.release()
