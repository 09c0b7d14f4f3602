"""What commands open: the service, with embeddings made first where there are none, and progress shown meanwhile."""

import contextlib
import os
import sys
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:  # heavy: see esfbot.cli
    from esfbot.embed.run import Report
    from esfbot.service import Service
    from esfbot.settings import Settings

_EVERY = 10.0  # seconds between two lines of progress where there is no terminal


def in_colour() -> bool:
    """Whether what is written to standard output may be coloured."""
    dull = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return not dull and sys.stdout is not None and sys.stdout.isatty()


@contextlib.contextmanager
def opened(settings: "Settings") -> Iterator["Service"]:
    """Open the service, and close it in the end. Where there are no embeddings they are made first."""
    from esfbot.errors import NoEmbeddings
    from esfbot.service import Service

    try:
        service = Service(settings)
    except NoEmbeddings:
        note(f"no embeddings in {settings.embeddings} yet; making them from the sheets in {settings.sheets}")
        report = make(settings)
        note(f"{report.projects} projects embedded in {report.seconds:.1f} s")
        service = Service(settings)
    try:
        yield service
    finally:
        service.close()


def make(settings: "Settings") -> "Report":
    """Bring the embeddings up to date, with progress on standard error."""
    from esfbot.embed.run import embed

    with progressing("passages embedded", "Embedding passages", first="Reading the sheets") as progress:
        return embed(settings.sheets, settings.embeddings, settings.model, progress)


def note(text: str) -> None:
    """Say something beside the matter, on standard error."""
    click.echo(f"esfbot: {text}", err=True)


@contextlib.contextmanager
def progressing(done: str, doing: str, *, first: str = "") -> Iterator[Callable[[int, int], None]]:
    """Show on standard error how far a long task is, which tells how many things of how many it has done.

    On a terminal that is a bar, called ``first`` until the task begins to count and then ``doing``; elsewhere lines
    that end with ``done``.
    """
    if sys.stderr is not None and sys.stderr.isatty():
        with _bar(doing, first or doing) as progress:
            yield progress
    else:
        yield _Lines(done)


class _Lines:
    """Progress as lines: the first, the last, and one every few seconds."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._last = time.monotonic() - _EVERY

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if total and (done == total or now - self._last >= _EVERY):
            self._last = now
            note(f"{done} of {total} {self._what}")


@contextlib.contextmanager
def _bar(doing: str, first: str) -> Iterator[Callable[[int, int], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(first, total=None)

        def progress(done: int, total: int) -> None:
            bar.update(task, description=doing, completed=done, total=total)

        yield progress
