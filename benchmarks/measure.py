"""Measuring: whole processes with their memory, calls in this one, and the table that shows them."""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

# A process's peak memory counts that of the process that started it, so a small one does.
_LAUNCHER = """
import os, sys, time
began = time.perf_counter()
none = os.open(os.devnull, os.O_WRONLY)
quiet = [(os.POSIX_SPAWN_DUP2, none, 1), (os.POSIX_SPAWN_DUP2, none, 2)]
child = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=quiet)
_, status, usage = os.wait4(child, 0)
print(time.perf_counter() - began, usage.ru_maxrss, os.waitstatus_to_exitcode(status))
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """One row of the table: ``values`` are in ``unit``, ``memory`` is the peak of a process in MB, 0 where not told.

    ``ratio`` says in words how the median compares with that of another row.
    """

    group: str
    name: str
    values: tuple[float, ...]
    unit: str
    memory: float = 0.0
    ratio: str = ""

    @property
    def median(self) -> float:
        """The median of the runs."""
        return statistics.median(self.values)


def process(command: Sequence[str], runs: int, environment: Mapping[str, str]) -> tuple[tuple[float, ...], float]:
    """Run a command once to warm the disk's cache, then ``runs`` times: seconds each took, and peak memory in MB."""
    launched = [sys.executable, "-S", "-c", _LAUNCHER, *command]
    found = []
    for _ in range(runs + 1):
        done = subprocess.run(launched, env=dict(environment), check=False, capture_output=True)  # noqa: S603 - our own
        seconds, memory, status = map(float, done.stdout.split() or (0, 0, 1))
        if status:
            sys.exit(f"{' '.join(command)} ended with {status:.0f}")
        found.append((seconds, memory / 1024))  # in kB on Linux
    return tuple(seconds for seconds, _ in found[1:]), statistics.median(memory for _, memory in found[1:])


def milliseconds(runs: int, *calls: Callable[[], object]) -> list[tuple[float, ...]]:
    """Make each call twice to warm up, then ``runs`` times in turn: milliseconds each took, of each call."""
    found: list[list[float]] = [[] for _ in calls]
    for _ in range(runs + 2):
        for call, times in zip(calls, found, strict=True):
            began = time.perf_counter()
            call()
            times.append((time.perf_counter() - began) * 1000)
    return [tuple(times[2:]) for times in found]


def each(questions: Sequence[str], *calls: Callable[[str], object]) -> list[tuple[float, ...]]:
    """Make each call with every question in turn, once: milliseconds each took, of each call."""
    found: list[list[float]] = [[] for _ in calls]
    for question in questions:
        for call, times in zip(calls, found, strict=True):
            began = time.perf_counter()
            call(question)
            times.append((time.perf_counter() - began) * 1000)
    return [tuple(times) for times in found]


def show(rows: Sequence[Measured], caption: str) -> None:
    """Print one table of everything measured."""
    table = Table(title="esfbot, measured", caption=caption, caption_justify="left")
    for heading in ("name", "median", "least to most", "peak MB", "ratio"):
        table.add_column(heading, justify="left" if heading in ("name", "ratio") else "right")
    group = ""
    for row in rows:
        if row.group != group:
            group = row.group
            table.add_section()
            table.add_row(f"[bold]{group}[/bold]")
        span = f"{_number(min(row.values))} to {_number(max(row.values))}"
        memory = f"{row.memory:.0f}" if row.memory else ""
        table.add_row(f"  {row.name}", f"{_number(row.median)} {row.unit}", span, memory, row.ratio)
    Console(width=None if sys.stdout.isatty() else 140).print(table)


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
