"""Tells when a folder of sheets has changed and is still again."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from esfbot.errors import FolderError

# Copying a folder of pages takes seconds; what arrives within this time is embedded together.
_STILL = 1_000  # milliseconds
_AT_MOST = 30.0  # seconds after which changes are embedded although more arrive
_GATHERED = 200  # milliseconds for which changes are gathered before they are looked at
_STEP = 50  # milliseconds between two looks


def changes(folder: Path, stop: threading.Event | None = None) -> Iterator[None]:
    """Yield at once, and then each time that ``folder`` has changed and been still for a moment, until ``stop`` is set.

    What changes while the caller is at work is not missed. Raises FolderError where there is no such folder.
    """
    from watchfiles import watch

    if not folder.is_dir():
        raise FolderError(
            f"there is no folder {folder}", "a folder of project sheets", "Name one with --sheets or ESFBOT_SHEETS."
        )
    looks = watch(
        folder,
        watch_filter=_visible(folder),
        debounce=_GATHERED,
        step=_STEP,
        rust_timeout=_STILL,
        yield_on_timeout=True,
        stop_event=stop,
    )
    found = next(looks, None)  # opens the watch, so that nothing is missed from here on
    if found is None:
        return
    yield
    since = time.monotonic() if found else None
    for found in looks:
        if found and since is None:
            since = time.monotonic()
        elif since is not None and (not found or time.monotonic() - since > _AT_MOST):
            since = None
            yield


def _visible(folder: Path) -> Callable[[object, str], bool]:
    """Tells whether a change is of a file that may be a sheet: hidden ones are half copied, or nobody's."""
    roots = (folder.absolute(), folder.resolve())

    def visible(_change: object, path: str) -> bool:
        changed = Path(path).absolute()
        root = next((root for root in roots if changed.is_relative_to(root)), Path(changed.anchor))
        return not any(part.startswith(".") for part in changed.relative_to(root).parts)

    return visible
