"""Killed at any step of embedding, the live generation answers as before and the next run succeeds."""

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from esfbot.embed import run
from esfbot.embed.run import embed
from esfbot.store import generations
from esfbot.store.sqlite import SqliteStore
from tests.embed.collection import MODEL, THREE, CountingEncoder, sheet, write

ROOT = Path(__file__).resolve().parents[2]
MOMENTS = 14


def embedding(folder: Path, step: int) -> subprocess.CompletedProcess[str]:
    """A process of its own that embeds the sheets of ``folder`` and dies at ``step``."""
    command = [sys.executable, "-m", "tests.embed.dies", str(folder / "sheets"), str(folder / "embeddings"), str(step)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with sheets and their embeddings, and then a sheet added, one changed and one removed."""
    folder = tmp_path_factory.mktemp("crash")
    sheets = write(folder / "sheets", THREE)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run, "load_encoder", lambda _: CountingEncoder())
        embed(sheets, folder / "embeddings", MODEL)
    (sheets / "ett.txt").unlink()
    write(sheets, {"alfa.txt": sheet("Almen", "Ett nytt projekt."), "tva.txt": sheet("Granen", "En ny text.")})
    return folder


@pytest.fixture(scope="module")
def steps(collection: Path, tmp_path_factory: pytest.TempPathFactory) -> int:
    """How many steps embedding takes."""
    folder = tmp_path_factory.mktemp("whole") / "copy"
    shutil.copytree(collection, folder)
    done = embedding(folder, 0)
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


def test_steps(steps: int) -> None:
    """There are more steps to be killed at than moments tried, so that each is another."""
    assert steps > 2 * MOMENTS


@pytest.mark.parametrize("moment", range(MOMENTS))
def test_killed(collection: Path, steps: int, moment: int, tmp_path: Path, encoder: CountingEncoder) -> None:
    """After a kill one of the two generations is live and whole, the old one unless the new one was ready."""
    folder = tmp_path / "copy"
    shutil.copytree(collection, folder)
    before = generations.live(folder / "embeddings")
    killed = embedding(folder, 1 + moment * (steps - 1) // (MOMENTS - 1))
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    live = generations.live(folder / "embeddings")
    assert answers(live) == (["Björken", "Tallen"] if live == before else ["Almen"])
    assert live == before or moment >= MOMENTS - 3
    report = embed(folder / "sheets", folder / "embeddings", MODEL)
    assert report.projects == 3
    assert answers(generations.live(folder / "embeddings")) == ["Almen"]
    left = {path.name for path in (folder / "embeddings").iterdir()}
    assert left == {generations.CURRENT, report.generation, live.name}


def answers(generation: Path) -> list[str]:
    """Titles that tell the old generation from the new one, found by name; the words and vectors answer too."""
    generations.check(generation, MODEL)
    store = SqliteStore(generation)
    found = {name.text for name in store.names_with(["bjorken", "almen"])}
    if "Björken" in found:
        said = store.passages([row for row, _ in store.passages_by_words(["energi"])])
        found |= set(store.titles([passage.project for passage in said]).values())
    assert len(store.passages_by_meaning(np.ones(32, dtype=np.float32), limit=100)) == store.passage_total()
    store.close()
    return sorted(found)
