"""What commands open: the service, with embeddings made first where there are none, and progress shown meanwhile."""

import contextlib
import datetime
import os
import sys
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol

import click

if TYPE_CHECKING:  # heavy: see esfbot.cli
    from rich.progress import Progress, TaskID

    from esfbot.service import Service
    from esfbot.settings import Settings
    from esfbot.upkeep.incoming import Incoming
    from esfbot.upkeep.update import Options, Outcome

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
        outcome = make(settings)
        note(f"{outcome.made.projects} projects embedded in {outcome.seconds:.1f} s")
        service = Service(settings)
    try:
        yield service
    finally:
        service.close()


def make(settings: "Settings", options: "Options | None" = None, incoming: "Incoming | None" = None) -> "Outcome":
    """Bring the embeddings up to date, with progress on standard error."""
    from dataclasses import replace

    from esfbot.upkeep.update import Options, Steps, update

    told = replace(options or Options(), waiting=lambda holder: note(f"waiting for {holder}"))
    try:
        with progressing("passages embedded", "Embedding passages", first="Reading the sheets") as progress:
            asking = progress.then("golden questions asked", "Asking golden questions")
            return update(settings, told, Steps(progress, asking), incoming)
    except KeyboardInterrupt:
        note("stopped; what is live stays live, and what was embedded is kept for the next run")
        raise


def note(text: str) -> None:
    """Say something beside the matter, on standard error."""
    click.echo(f"esfbot: {text}", err=True)


@contextlib.contextmanager
def progressing(done: str, doing: str, *, first: str = "") -> Iterator["_Shown"]:
    """Show on standard error how far a long task is, which tells how many things of how many it has done.

    On a terminal that is a bar, called ``first`` until the task begins to count and then ``doing``; elsewhere lines
    that end with ``done``. What comes after the task is shown in the same way by ``then(done, doing)``.
    """
    if sys.stderr is not None and sys.stderr.isatty():
        with _bar(doing, first or doing) as bar:
            yield bar
    else:
        yield _Lines(done)


class _Shown(Protocol):
    def __call__(self, done: int, total: int) -> None: ...

    def then(self, done: str, doing: str) -> "_Shown": ...


class _Lines:
    """Progress as lines: the first, the last, and one every few seconds."""

    def then(self, done: str, doing: str) -> "_Lines":  # noqa: ARG002 - a line tells what is done
        return _Lines(done)

    def __init__(self, what: str) -> None:
        self._what = what
        self._began = time.monotonic()
        self._last = self._began - _EVERY

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if not done:
            self._began = now
        if total and (done == total or now - self._last >= _EVERY):
            self._last = now
            note(f"{done} of {total} {self._what}{self._pace(done, total, now)}")

    def _pace(self, done: int, total: int, now: float) -> str:
        """How quick it is, and how long it will take."""
        if not done or now <= self._began:
            return ""
        speed = done / (now - self._began)
        left = datetime.timedelta(seconds=round((total - done) / speed))
        return f", {speed:.0f} a second" + (f", {left} left" if left else "")


@contextlib.contextmanager
def _bar(doing: str, first: str) -> Iterator["_Bar"]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    pace = TextColumn("{task.fields[pace]}")
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), pace, TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield _Bar(bar, bar.add_task(first, total=None, pace=""), doing)


class _Bar:
    """A task of rich's progress bars, called ``doing`` from when it begins to count."""

    def __init__(self, bars: "Progress", task: "TaskID", doing: str) -> None:
        self._bars = bars
        self._task = task
        self._doing = doing

    def __call__(self, done: int, total: int) -> None:
        speed = next((task.speed for task in self._bars.tasks if task.id == self._task), None)
        pace = f"{speed:.0f}/s" if speed else ""
        self._bars.update(
            self._task, description=self._doing, completed=done, total=total, pace=pace, visible=total > 0
        )

    def then(self, done: str, doing: str) -> "_Bar":  # noqa: ARG002 - a bar tells what is being done
        task = self._bars.add_task(doing, total=None, pace="", visible=False)
        return _Bar(self._bars, task, doing)
