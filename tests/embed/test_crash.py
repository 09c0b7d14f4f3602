"""Killed at any moment of embedding, the live generation answers as before, and the next run does what is left."""

import contextlib
import random
import shutil
import signal
import sqlite3
from dataclasses import dataclass
from pathlib import Path

import pytest

from esfbot.embed import engine
from esfbot.embed.run import embed
from esfbot.embed.vectors import JOURNAL
from esfbot.errors import NoEmbeddings
from esfbot.store import generations
from tests.embed.collection import MODEL, THREE, CountingEncoder, left_in, sheet, write
from tests.embed.contents import Contents, contents
from tests.embed.processes import Processes

KILLS = 50
_FIRST = 12  # of them while the first generation of all is made
_KINDS = {"file", "copy", "database", "journal", "vectors", "manifest", "rename", "pointer", "progress"}
_PARAGRAPHS = "\n\n".join(f"Stycke nummer {n} är långt nog att stå för sig. {'Ett ord till. ' * 9}" for n in range(12))
_CHANGED = {"alfa.txt": sheet("Almen", _PARAGRAPHS), "tva.txt": sheet("Granen", "Personalen läser nu engelska.")}


@dataclass(frozen=True, slots=True)
class Situation:
    """Sheets to embed and what is live: what that answers, None where there is nothing, and what it answers then. The
    run takes ``notes``, and embeds so many passages."""

    folder: Path
    before: Contents | None
    after: Contents
    embedded: int
    notes: tuple[str, ...]

    def moments(self, count: int, seed: int) -> list[int]:
        """Steps of the run, some of each kind among them."""
        chance = random.Random(seed)  # noqa: S311 - repeatable
        kinds = [note.partition(" ")[0] for note in self.notes]
        found = [chance.choice([n for n, kind in enumerate(kinds, 1) if kind == each]) for each in sorted(set(kinds))]
        return [*found, *chance.sample(range(1, len(kinds) + 1), count)][:count]


def answers(embeddings: Path) -> Contents | None:
    try:
        return contents(generations.live(embeddings), [*THREE.values(), *_CHANGED.values()])
    except NoEmbeddings:
        return None


@pytest.fixture(scope="module")
def situations(tmp_path_factory: pytest.TempPathFactory, processes: Processes) -> tuple[Situation, Situation]:
    """Nothing embedded yet; and a generation, and then a sheet added, one changed and one removed."""
    found = []
    for change in (False, True):
        folder = tmp_path_factory.mktemp("crash")
        write(folder / "sheets", THREE | (_CHANGED if not change else {}))
        (folder / "embeddings").mkdir()
        if change:
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(engine, "load_encoder", lambda *_: CountingEncoder())
                embed(folder / "sheets", folder / "embeddings", MODEL)
            write(folder / "sheets", _CHANGED)
            (folder / "sheets" / "ett.txt").unlink()
        whole = tmp_path_factory.mktemp("whole") / "copy"
        shutil.copytree(folder, whole)
        ended = processes.embed(whole / "sheets", whole / "embeddings")
        after = answers(whole / "embeddings")
        assert (ended.code, after is None) == (0, False), ended.notes
        found.append(Situation(folder, answers(folder / "embeddings"), after or {}, ended.told, ended.notes))
    return found[0], found[1]


def test_steps(situations: tuple[Situation, Situation]) -> None:
    """The run has steps of every kind, and many more of them than kills are tried."""
    first, changed = situations
    assert {note.partition(" ")[0] for note in changed.notes} == _KINDS
    assert {note.partition(" ")[0] for note in first.notes} == _KINDS - {"copy"}
    assert min(len(first.notes), len(changed.notes)) > 4 * KILLS
    assert (first.before, first.embedded, changed.embedded) == (None, 20, 15)


@pytest.mark.parametrize("number", range(KILLS))
def test_killed(
    number: int,
    situations: tuple[Situation, Situation],
    processes: Processes,
    tmp_path: Path,
    encoder: CountingEncoder,
) -> None:
    """After a kill what was live is live and whole, or what was made is; the next run embeds no passage again that was
    told to be embedded, and leaves nothing behind."""
    situation = situations[number >= _FIRST]
    step = situation.moments(KILLS, seed=1)[number]
    shutil.copytree(situation.folder, tmp_path / "copy")
    sheets, embeddings = tmp_path / "copy" / "sheets", tmp_path / "copy" / "embeddings"
    ended = processes.embed(sheets, embeddings, step)
    assert ended.code == -signal.SIGKILL, ended.notes[-3:]
    found, kept = answers(embeddings), journalled(embeddings)
    assert found in (situation.before, situation.after)
    finished = {path.name for path in generations.generations(embeddings)}
    left = situation.embedded - kept if found == situation.before else 0
    assert kept >= ended.told or found == situation.after
    made = embed(sheets, embeddings, MODEL)
    assert (made.embedded, len(set(encoder.read) - {"längd"})) == (left, left)
    assert answers(embeddings) == situation.after
    live = generations.live(embeddings).name
    assert left_in(embeddings) == {live, *finished}
    assert all(generations.check(path) for path in generations.generations(embeddings))


def journalled(embeddings: Path) -> int:
    """How many vectors a run that was broken off has kept."""
    if not (embeddings / JOURNAL).exists():
        return 0
    with contextlib.closing(sqlite3.connect(embeddings / JOURNAL)) as connection:
        try:
            return int(connection.execute("SELECT count(*) FROM vectors").fetchone()[0])
        except sqlite3.OperationalError:  # no table yet
            return 0
