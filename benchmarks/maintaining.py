"""Adding one sheet to a live collection: how long it takes beside embedding its passages, how much memory, and how soon
a running service answers from it.

    python -m benchmarks.maintaining SHEETS EMBEDDINGS    bring up to date, and print seconds and peak memory

The collection's own passages get vectors by chance, since embedding thousands of sheets would take an hour; those of
the sheet that is added are embedded by the real model.
"""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.measure import Measured
from esfbot.embed import engine, run
from esfbot.encoders import Encoder, load_encoder
from esfbot.model.query import Conversation
from esfbot.service import Service
from esfbot.settings import Settings
from tests.invented.projects import invented
from tests.invented.write import write_sheets

_SIZE = 384


class _ByChance:
    """Gives vectors by chance, of the default model's size."""

    def __init__(self) -> None:
        self._chance = np.random.default_rng(1)

    def encode_query(self, sentences: list[str]) -> Any:
        return self._chance.standard_normal((len(sentences), _SIZE), dtype=np.float32)

    encode_document = encode_query


class _Timed:
    """An encoder, and the seconds that it took."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.seconds = 0.0

    def encode_query(self, sentences: list[str]) -> Any:
        return self._taking(self._encoder.encode_query, sentences)

    def encode_document(self, sentences: list[str]) -> Any:
        return self._taking(self._encoder.encode_document, sentences)

    def _taking(self, encode: Callable[[list[str]], Any], sentences: list[str]) -> Any:
        began = time.perf_counter()
        try:
            return encode(sentences)
        finally:
            self.seconds += time.perf_counter() - began


def maintaining(seeds: Path, folder: Path, sizes: Sequence[int], runs: int) -> list[Measured]:
    """Seconds to add one of the shipped sheets to so many invented ones, without embedding it, and to ask the golden
    questions of both generations where that is needed; then of the first answer that a running service gives from it.
    Each against those with the smallest collection."""
    found = [_of_size(seeds, folder / f"maintaining-{size}", size, runs) for size in sorted(sizes)]
    return [_against(row, kind[0]) for kind in zip(*found, strict=True) for row in kind]


def _against(row: Measured, first: Measured) -> Measured:
    if row is first:
        return row
    return replace(row, ratio=f"{row.median / first.median:.1f} times that {first.name}")


def _of_size(seeds: Path, here: Path, size: int, runs: int) -> tuple[Measured, ...]:
    """The rows of one collection."""
    write_sheets(invented(size), here / "sheets")
    shutil.copytree(seeds, here / "sheets", dirs_exist_ok=True)
    began = time.perf_counter()
    _made_by_chance(here)
    made = time.perf_counter() - began
    service = Service(Settings(sheets=here / "sheets", embeddings=here / "embeddings"))
    _answers(service, 0)
    added, asked, memory, answered = [], [], [], []
    for number in range(runs):
        seconds, asking, peak = _added(seeds, here, number)
        began = time.perf_counter()
        _answers(service, number + 1)
        answered.append(time.perf_counter() - began)
        added.append(seconds)
        asked.append(asking)
        memory.append(peak)
    service.close()
    to = f"to {size:,} sheets"
    return (
        Measured("adding a sheet, without embedding it", to, tuple(added), "s", max(memory)),
        Measured("asking the golden questions of it", to, tuple(asked), "s"),
        Measured("the first answer from it, of a running service", to, tuple(answered), "s"),
        Measured("reading all anew, without embedding them", f"{size:,} sheets", (made,), "s"),
    )


def _answers(service: Service, added: int) -> None:
    """Ask for the newest of the ``added`` sheets, or for the one they are made of, and see that it answers."""
    title = f"Rosenlyftet {added - 1}" if added else "Göra Skillnad"
    answer, _ = service.answer(f"Vem är kontaktperson för {title}?", Conversation())
    if [project.title for project in answer.projects] != [title]:
        sys.exit(f"{title} is not answered")


def _made_by_chance(here: Path) -> None:
    load = engine.load_encoder
    engine.load_encoder = lambda *_: _ByChance()  # type: ignore[assignment]
    try:
        run.embed(here / "sheets", here / "embeddings", "e5-small")
    finally:
        engine.load_encoder = load


def _added(seeds: Path, here: Path, number: int) -> tuple[float, float, float]:
    """Add a sheet of a title of its own in another process; seconds without embedding it and without the golden
    questions, seconds of these, and the process's peak memory in MB."""
    text = (seeds / "gora-skillnad.txt").read_text(encoding="utf-8")
    new = here / "sheets" / f"added-{number}.txt"
    new.write_text(text.replace("Göra Skillnad", f"Rosenlyftet {number}"), encoding="utf-8")
    command = [sys.executable, "-m", "benchmarks.maintaining", str(here / "sheets"), str(here / "embeddings")]
    done = subprocess.run(command, capture_output=True, check=True)  # noqa: S603 - our own
    seconds, asking, memory = json.loads(done.stdout.splitlines()[-1])
    return seconds, asking, memory


def main() -> None:
    """Bring the embeddings up to date as `esfbot embed` does, and print the seconds that it took without embedding and
    without the golden questions, the seconds that these took, and the peak memory."""
    from esfbot.upkeep import golden, update

    encoders: list[_Timed] = []
    asking = [0.0]

    def timed(*arguments: Any) -> _Timed:
        began = time.perf_counter()
        encoders.append(_Timed(load_encoder(*arguments)))
        encoders[-1].seconds = time.perf_counter() - began
        return encoders[-1]

    def try_out(*arguments: Any) -> golden.Gate | None:
        began = time.perf_counter()
        gate = golden.try_out(*arguments)
        asking[0] += time.perf_counter() - began
        return gate

    engine.load_encoder = timed  # type: ignore[assignment]
    update.try_out = try_out  # type: ignore[attr-defined]
    began = time.perf_counter()
    # Vectors by chance answer golden questions by chance.
    settings = Settings(sheets=Path(sys.argv[1]), embeddings=Path(sys.argv[2]))
    outcome = update.update(settings, update.Options(force="measured"))
    seconds = time.perf_counter() - began - sum(encoder.seconds for encoder in encoders) - asking[0]
    if outcome.made.sheets.added == () or not outcome.live:
        sys.exit("the sheet was not added")
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    print(json.dumps([seconds, asking[0], float(status.split("VmHWM:")[1].split()[0]) / 1024]))


if __name__ == "__main__":
    main()
