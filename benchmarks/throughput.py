"""How many passages of the sheets each encoder embeds in a second, each in a process of its own."""

import json
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.measure import Measured
from esfbot.embed.passages import Passage
from esfbot.encoders import load_encoder, passage_vectors

_BATCH = 16


def throughput(passages: list[Passage], models: list[str], runs: int) -> list[Measured]:
    """Passages a second with each of ``models``, and the peak memory of the process."""
    texts = sorted((passage.embedded for passage in passages), key=len)
    rows = []
    for model in models:
        # The process that was started tells its own peak: what waits for it is larger than a small model.
        command = [sys.executable, "-m", "benchmarks.throughput", model, str(runs)]
        given = json.dumps(texts).encode()
        done = subprocess.run(command, input=given, capture_output=True, check=True)  # noqa: S603 - our own command
        *speeds, memory = json.loads(done.stdout.splitlines()[-1])
        rows.append(Measured("embedding", _called(model), tuple(speeds), "passages/s", memory))
    first = rows[0].median
    return [rows[0], *(_against(row, first, _called(models[0])) for row in rows[1:])]


def _called(model: str) -> str:
    kind, _, folder = model.partition(":")
    if not folder:
        return model
    parts = Path(folder).parts
    return f"{kind}, torch: {parts[-2] if parts[-1] == 'model' else parts[-1]}"


def _against(row: Measured, first: float, name: str) -> Measured:
    return Measured(row.group, row.name, row.values, row.unit, row.memory, f"{row.median / first:.1f} times {name}")


def _peak_memory() -> float:
    """The peak of this process in MB, without that of the process that started it."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return float(status.split("VmHWM:")[1].split()[0]) / 1024


def main() -> None:
    """Embed the texts of standard input again and again, and print passages a second as JSON."""
    model, runs = sys.argv[1], int(sys.argv[2])
    texts = json.loads(sys.stdin.read())
    encoder = load_encoder(model)
    passage_vectors(encoder, texts[:_BATCH])
    speeds = []
    for _ in range(runs):
        began = time.perf_counter()
        for at in range(0, len(texts), _BATCH):
            passage_vectors(encoder, texts[at : at + _BATCH])
        speeds.append(len(texts) / (time.perf_counter() - began))
    print(json.dumps([*speeds, _peak_memory()]))


if __name__ == "__main__":
    main()
