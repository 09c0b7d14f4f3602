"""Processes of their own that embed, and to which something happens on the way."""

import itertools
import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended: its number, its exit code (of one that was killed minus the signal; of one that only
    stopped the signal), and the kind of each step that it took, after which came "error" or "interrupted"."""

    process: int
    code: int
    notes: tuple[str, ...]

    @property
    def kinds(self) -> Counter[str]:
        """How often each kind of step was taken."""
        return Counter(note.partition(" ")[0] for note in self.notes)

    @property
    def told(self) -> int:
        """How many passages the process last said were embedded."""
        return max((int(note.split()[1]) for note in self.notes if note.startswith("progress")), default=0)


class Processes:
    """Starts processes that embed, at once, since one that has loaded everything waits to be forked."""

    def __init__(self, notes: Path) -> None:
        self._notes = (notes / f"notes-{number}" for number in itertools.count())
        self._stopped: set[int] = set()
        environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}
        self._server = subprocess.Popen(
            [sys.executable, "-m", "tests.embed.dies"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._stopped:
            os.kill(process, signal.SIGKILL)
        self._server.communicate()

    def embed(
        self, sheets: Path, embeddings: Path, step: int | str = 0, sent: signal.Signals = signal.SIGKILL
    ) -> Ended:
        """Embed in a process that gets the signal ``sent`` at ``step``, and wait until it ends or stops."""
        notes = next(self._notes)
        job = {"sheets": str(sheets), "embeddings": str(embeddings), "notes": str(notes), "step": step, "signal": sent}
        process, code = self._asked(job)
        if sent is signal.SIGSTOP and code == sent:
            self._stopped.add(process)
        return Ended(process, code, tuple(notes.read_text(encoding="utf-8").splitlines()))

    def go_on(self, process: int, sent: signal.Signals = signal.SIGCONT) -> int:
        """Let a process that has stopped go on, or kill it; return its exit code."""
        self._stopped.discard(process)
        os.kill(process, sent)
        return self._asked({"process": process})[1]

    def _asked(self, job: Mapping[str, object]) -> tuple[int, int]:
        if self._server.stdin is None or self._server.stdout is None:
            raise ValueError("a process without pipes")
        self._server.stdin.write(json.dumps(job) + "\n")
        self._server.stdin.flush()
        process, code = json.loads(self._server.stdout.readline())
        return process, code
