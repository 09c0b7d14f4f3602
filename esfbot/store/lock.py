"""Only one process at a time changes a folder of embeddings. Reading needs no lock."""

import contextlib
import datetime
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from esfbot.errors import FolderError, Held

_LOCK = ".lock"
_HOLDER = ".lock-holder"


@contextlib.contextmanager
def held(
    embeddings: Path, *, wait: float = 0.0, waiting: Callable[[str], None] = lambda _holder: None
) -> Iterator[None]:
    """Hold the folder ``embeddings`` in ``with``, making it where it is missing.

    Where another process holds it, ``waiting`` is told which, and it is waited for as many seconds as ``wait``; a
    negative number waits for ever. The operating system lets go of the lock when its process ends, in whichever way.

    Raises Held naming the other, and FolderError where the folder can't be written.
    """
    lock = FileLock(embeddings / _LOCK)
    try:
        embeddings.mkdir(parents=True, exist_ok=True)
        _acquire(lock, embeddings, wait, waiting)
        (embeddings / _HOLDER).write_text(_self(), encoding="utf-8")
    except OSError as error:
        _let_go(lock, embeddings)
        raise FolderError(
            f"{embeddings} can't be written ({error.strerror})",
            "a folder for the embeddings",
            "Change its rights, make room there, or name another.",
        ) from error
    try:
        yield
    finally:
        _let_go(lock, embeddings)


def _acquire(lock: FileLock, embeddings: Path, wait: float, waiting: Callable[[str], None]) -> None:
    try:
        lock.acquire(timeout=0)
    except Timeout:
        if wait:
            waiting(holder(embeddings))
        try:
            lock.acquire(timeout=wait)
        except Timeout:
            raise Held(
                f"{holder(embeddings)} is changing {embeddings}",
                "to be alone at it",
                "Try again when it is done, or end it.",
            ) from None


def _let_go(lock: FileLock, embeddings: Path) -> None:
    if lock.is_locked:
        with contextlib.suppress(OSError):  # on a disk that has become read-only the name of nobody is left
            (embeddings / _HOLDER).unlink(missing_ok=True)
        lock.release()


def holder(embeddings: Path) -> str:
    """Who holds the folder, as text: the process, what it was started as, and since when."""
    try:
        return (embeddings / _HOLDER).read_text(encoding="utf-8").strip() or "another process"
    except (OSError, UnicodeDecodeError):
        return "another process"


def _self() -> str:
    now = datetime.datetime.now(datetime.UTC).astimezone().isoformat(sep=" ", timespec="seconds")
    called = " ".join([Path(sys.argv[0]).name, *sys.argv[1:2]]) if sys.argv and sys.argv[0] else "python"
    return f"process {os.getpid()} ({called}, since {now})"
