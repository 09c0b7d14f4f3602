"""How many passages of the sheets each encoder embeds in a second, each in a process of its own; how alike the vectors
are to those of the model's own engine, and how long loading takes."""

import json
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import Measured
from esfbot.embed.passages import Passage
from esfbot.encoders import load_encoder, passage_vectors
from esfbot.encoders.agreement import agreement, places
from esfbot.encoders.openvino import require_openvino
from esfbot.errors import EncoderError

_BATCH = 16


@dataclass(frozen=True, slots=True)
class _Told:
    """What a process tells: passages a second in each run, its peak memory in MB, the seconds that loading took, and
    how alike the vectors are to those of the model's own engine, at least."""

    speeds: tuple[float, ...]
    memory: float
    ready: float
    lowest: float

    def compared(self, name: str, torch: "_Told") -> Measured:
        """The row of the table, with how it compares."""
        ratio = f"{statistics.median(self.speeds) / statistics.median(torch.speeds):.1f} times torch"
        return Measured(
            "embedding", name, self.speeds, "passages/s", self.memory, f"{ratio}; alike to {self.lowest:.4f}"
        )


def throughput(passages: list[Passage], encoders: list[tuple[str, str]], runs: int) -> list[Measured]:
    """Passages a second with each of ``encoders``, models and back-ends, compared with the first on torch; then how
    long each takes to load. Where OpenVINO is not installed, that is told."""
    texts = sorted((passage.embedded for passage in passages), key=len)
    told = {}
    for model, backend in encoders:
        try:
            if backend.startswith("openvino"):
                require_openvino()
        except EncoderError as error:
            print(f"{_called(model, backend)} is left out: {error}", file=sys.stderr)
            continue
        _tell(model, backend, texts[:_BATCH], 1)  # what is written but once is there from then on
        told[_called(model, backend)] = _tell(model, backend, texts, runs)
    torch = told[_called(*next(encoder for encoder in encoders if encoder[1] == "torch"))]
    rows = [one.compared(name, torch) for name, one in told.items()]
    return rows + [Measured("loading an encoder", name, (one.ready,), "s") for name, one in told.items()]


def _tell(model: str, backend: str, texts: list[str], runs: int) -> _Told:
    # The process that was started tells its own peak: what waits for it is larger than a small model.
    command = [sys.executable, "-m", "benchmarks.throughput", model, backend, str(runs)]
    done = subprocess.run(command, input=json.dumps(texts).encode(), stdout=subprocess.PIPE, check=True)  # noqa: S603 - our own command
    told = json.loads(done.stdout.splitlines()[-1])
    return _Told(**told | {"speeds": tuple(told["speeds"])})


def _called(model: str, backend: str) -> str:
    kind, _, folder = model.partition(":")
    if not folder:
        return f"{model}, {backend}" if backend else model
    parts = Path(folder).parts
    return f"{kind}, {backend or 'torch'}: {parts[-2] if parts[-1] == 'model' else parts[-1]}"


def _peak_memory() -> float:
    """The peak of this process in MB, without that of the process that started it."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return float(status.split("VmHWM:")[1].split()[0]) / 1024


def main() -> None:
    """Embed the texts of standard input again and again, and print what that took as JSON."""
    model, backend, runs = sys.argv[1], sys.argv[2], int(sys.argv[3])
    texts = json.loads(sys.stdin.read())
    began = time.perf_counter()
    encoder = load_encoder(model, backend)
    ready = time.perf_counter() - began
    passage_vectors(encoder, texts[:_BATCH])
    speeds = []
    for _ in range(runs):
        began = time.perf_counter()
        for at in range(0, len(texts), _BATCH):
            passage_vectors(encoder, texts[at : at + _BATCH])
        speeds.append(len(texts) / (time.perf_counter() - began))
    memory = _peak_memory()
    sampled = [texts[i] for i in places(len(texts))]
    found = agreement(sampled, passage_vectors(encoder, sampled), load_encoder(model))
    told = {"speeds": speeds, "memory": memory, "ready": ready, "lowest": found.lowest}
    print(json.dumps(told))


if __name__ == "__main__":
    main()
