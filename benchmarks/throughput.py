"""How many passages of the sheets each encoder embeds in a second, each in a process of its own."""

import json
import os
import subprocess
import sys
import tempfile
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
        with tempfile.TemporaryFile("w+") as told:
            command = [sys.executable, "-m", "benchmarks.throughput", model, str(runs)]
            quiet = {"stdout": told, "stderr": subprocess.DEVNULL}
            child = subprocess.Popen(command, stdin=subprocess.PIPE, **quiet, text=True)  # noqa: S603 - our own command
            assert child.stdin is not None
            child.stdin.write(json.dumps(texts))
            child.stdin.close()
            _, status, usage = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
            told.seek(0)
            content = told.read()
        if child.returncode:
            sys.exit(f"{' '.join(command)} ended with {child.returncode}")
        speeds = tuple(json.loads(content.splitlines()[-1]))
        rows.append(Measured("embedding", _called(model), speeds, "passages/s", usage.ru_maxrss / 1024))
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
    print(json.dumps(speeds))


if __name__ == "__main__":
    main()
