"""Taking sheets in, in a process of its own, for a program that has something else to do meanwhile.

``python -m esfbot.upkeep.worker`` reads a `Work` as a line of JSON from standard input and writes lines of JSON to
standard output: `Step` after `Step`, and last what became of it. It ends at once when its standard input does, so that
nothing is left running when the other program ends in whichever way; embedding takes that as it takes a crash.
"""

import dataclasses
import json
import os
import re
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TextIO

from esfbot.errors import EsfbotError
from esfbot.upkeep import records
from esfbot.upkeep.incoming import gathered
from esfbot.upkeep.update import Options, Steps, update
from esfbot.upkeep.work import Record, Step, Work

_NICE = 10  # of 19: questions are answered first
_APART = 0.5  # seconds between two steps that are told
# Of each list that is told; a collection of ten thousand sheets would make a message of many megabytes.
_MOST = 200
_STAGED = re.compile(r"^\d+\.\w+")  # what a file is called where it was put


def work(asked: Work, told: "Teller") -> Record:
    """Do it, and return what became of it: the record of `esfbot.upkeep.records.updated` with that of what ``arrived``.

    Of each of their lists there are the first two hundred, and under ``counts`` how many there were; ``became`` counts
    projects by what became of them.

    Raises EsfbotError as `esfbot.upkeep.update.update` does.
    """
    shutil.rmtree(asked.scratch, ignore_errors=True)
    asked.scratch.mkdir(parents=True)
    tempfile.tempdir = str(asked.scratch)
    steps = Steps(lambda *far: told(Step("embedding", *far)), lambda *far: told(Step("asking", *far)))
    options = Options(asked.force, asked.dry_run, waiting=lambda holder: told(Step("waiting", who=holder)))
    try:
        with gathered(asked.files, asked.settings.sheets) as incoming:
            outcome = update(asked.settings, options, steps, incoming)
            arrived = _called(records.arrived(incoming), asked.files)
    finally:
        shutil.rmtree(asked.scratch, ignore_errors=True)
    became = Counter(change.what for change in outcome.made.changes)
    return {**_shortened(records.updated(outcome)), "became": dict(became), "arrived": _shortened(arrived)}


def _called(arrived: Record, files: Mapping[Path, str]) -> Record:
    """What came in by the names that its sender knows."""
    names = {path.name: called for path, called in files.items()}

    def refused(record: Record) -> Record:
        name: str = record["sheet"]
        called = names.get(name, name)
        found: str = record["found"]
        # A reason begins with the name of the file as it was put, without its folder.
        return record | {"sheet": called, "found": _STAGED.sub(lambda _: called, found)}

    there = [names.get(name, name) for name in arrived["there"]]
    return arrived | {"there": there, "refused": [refused(record) for record in arrived["refused"]]}


def _shortened(record: Record) -> Record:
    """The record with the beginnings of its lists, and under ``counts`` how long they were."""
    short = {name: value[:_MOST] if isinstance(value, list) else value for name, value in record.items()}
    return short | {"counts": {name: len(value) for name, value in record.items() if isinstance(value, list)}}


class Teller:
    """Writes steps, but not one upon the other."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._last = ("", 0.0)

    def __call__(self, step: Step) -> None:
        """Tell a step."""
        what, when = self._last
        now = time.monotonic()
        if what != step.what or now - when >= _APART or step.done == step.total:
            self._last = step.what, now
            self.write({"step": dataclasses.asdict(step)})

    def write(self, record: Record) -> None:
        """Write a line."""
        self._out.write(json.dumps(record) + "\n")
        self._out.flush()


def main() -> None:
    """Do what standard input says."""
    # The other program says when to end, by closing the input: what is meant for it alone must not be taken for a
    # failure there.
    for ended in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ended, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(_NICE)
    # What libraries print belongs to the log.
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    asked = Work.from_json(sys.stdin.readline())
    threading.Thread(target=_end_with_input, daemon=True).start()
    told = Teller(out)
    try:
        told.write({"outcome": work(asked, told)})
    except EsfbotError as error:
        told.write({"error": {"found": error.found, "expected": error.expected, "action": error.action}})


def _end_with_input() -> None:
    sys.stdin.read()
    os._exit(1)


if __name__ == "__main__":
    main()
