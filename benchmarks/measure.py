"""Measuring: whole processes with their memory, calls in this one, and the table that shows them."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table


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
    seconds, memory = [], []
    for _ in range(runs + 1):
        began = time.perf_counter()
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        child = subprocess.Popen(command, **quiet, env=dict(environment))  # noqa: S603 - our own command
        _, status, usage = os.wait4(child.pid, 0)
        seconds.append(time.perf_counter() - began)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            sys.exit(f"{' '.join(command)} ended with {child.returncode}")
        memory.append(usage.ru_maxrss / 1024)  # in kB on Linux
    return tuple(seconds[1:]), statistics.median(memory[1:])


def milliseconds(call: Callable[[], object], runs: int) -> tuple[float, ...]:
    """Make a call twice to warm up, then ``runs`` times: milliseconds each took."""
    call()
    call()
    found = []
    for _ in range(runs):
        began = time.perf_counter()
        call()
        found.append((time.perf_counter() - began) * 1000)
    return tuple(found)


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
