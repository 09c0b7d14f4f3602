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

    with _progress() as progress:
        return embed(settings.sheets, settings.embeddings, settings.model, progress)


def note(text: str) -> None:
    """Say something beside the matter, on standard error."""
    click.echo(f"esfbot: {text}", err=True)


@contextlib.contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    if sys.stderr is not None and sys.stderr.isatty():
        with _bar() as progress:
            yield progress
    else:
        yield _Lines()


class _Lines:
    """Progress as lines: the first, the last, and one every few seconds."""

    def __init__(self) -> None:
        self._last = time.monotonic() - _EVERY

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if total and (done == total or now - self._last >= _EVERY):
            self._last = now
            note(f"{done} of {total} passages embedded")


@contextlib.contextmanager
def _bar() -> Iterator[Callable[[int, int], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Reading the sheets", total=None)

        def progress(done: int, total: int) -> None:
            bar.update(task, description="Embedding passages", completed=done, total=total)

        yield progress
