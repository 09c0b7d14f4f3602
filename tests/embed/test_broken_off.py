"""A run that is broken off has not embedded in vain: the next embeds what is left."""

import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from esfbot.embed.run import embed
from esfbot.embed.vectors import JOURNAL, Journal
from esfbot.store import generations
from tests.embed.collection import MODEL, CountingEncoder, left_in, sheet, write
from tests.embed.contents import contents
from tests.embed.processes import Processes

_TEXT = "\n\n".join(f"Stycke nummer {number} är långt nog att stå för sig. {'Ord. ' * 20}" for number in range(11))
_NEW = {"alfa.txt": sheet("Almen", _TEXT)}
_PASSAGES = 12


@pytest.mark.parametrize("done", [0, 2, 6, 12])
def test_interrupted(
    done: int, processes: Processes, encoder: CountingEncoder, sheets: Path, embeddings: Path, tmp_path: Path
) -> None:
    """After Ctrl-C what is live is as it was, what was embedded is kept, and the next run embeds only the rest."""
    embed(sheets, embeddings, MODEL)
    live = generations.live(embeddings)
    before = contents(live, _NEW.values())
    write(sheets, _NEW)
    embed(sheets, tmp_path / "whole", MODEL)
    interrupted = processes.embed(sheets, embeddings, f"progress {done}", signal.SIGINT)
    assert (interrupted.code, interrupted.told, interrupted.notes[-1]) == (0, done, "interrupted")
    assert generations.live(embeddings) == live
    assert contents(live, _NEW.values()) == before
    assert left_in(embeddings) == {live.name, *([JOURNAL] if done else [])}
    encoder.read.clear()
    made = embed(sheets, embeddings, MODEL)
    assert made.embedded == len(encoder.read) == _PASSAGES - done
    assert contents(generations.live(embeddings), []) == contents(generations.live(tmp_path / "whole"), [])
    assert left_in(embeddings) == {live.name, generations.live(embeddings).name}


@pytest.fixture
def broken_off(encoder: CountingEncoder, sheets: Path, embeddings: Path) -> Path:
    """The journal of a run that was broken off after its first passages; twelve are kept."""
    write(sheets, _NEW)

    def stop(done: int, _total: int) -> None:
        if done:
            raise KeyboardInterrupt("after the first passages")

    with pytest.raises(KeyboardInterrupt, match="after the first passages"):
        embed(sheets, embeddings, MODEL, stop)
    encoder.read.clear()
    return embeddings / JOURNAL


def test_first_run_broken_off(broken_off: Path, sheets: Path, embeddings: Path) -> None:
    """Also the first run of all keeps what it embedded."""
    assert embed(sheets, embeddings, MODEL).embedded == _PASSAGES + 7 - 16
    assert not broken_off.exists()


def test_broken_off_and_changed(broken_off: Path, sheets: Path, embeddings: Path, encoder: CountingEncoder) -> None:
    """What is kept counts only for the passages that are still there."""
    (sheets / "alfa.txt").unlink()
    assert embed(sheets, embeddings, MODEL).projects == 3
    assert not broken_off.exists()
    assert not any("Almen" in text for text in encoder.read)


def test_broken_off_with_another_model(broken_off: Path, sheets: Path, embeddings: Path) -> None:
    """Vectors of one model are never taken for those of another."""
    assert embed(sheets, embeddings, "sentence-transformers:other").embedded == _PASSAGES + 7


def shorten(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def overwrite(path: Path) -> None:
    path.write_bytes(b"no database at all" * 1_000)


def scramble(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[4096:] = bytes(byte ^ 0x55 for byte in data[4096:])
    path.write_bytes(data)


def empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("damage", [shorten, overwrite, scramble, empty])
def test_damaged_journal(damage: Callable[[Path], None], broken_off: Path, sheets: Path, embeddings: Path) -> None:
    """What is kept is thrown away where it is damaged: all is embedded, as if there had been none."""
    damage(broken_off)
    assert embed(sheets, embeddings, MODEL).embedded == _PASSAGES + 7
    assert not broken_off.exists()


def test_journal_of_a_wider_model(broken_off: Path, sheets: Path, embeddings: Path, encoder: CountingEncoder) -> None:
    """Vectors of another length, of a model that was replaced under its name, are not mixed with those made now."""
    with closing(sqlite3.connect(broken_off)) as connection, connection:
        connection.execute("UPDATE vectors SET vector = zeroblob(4 * 48)")
    assert embed(sheets, embeddings, MODEL).embedded == _PASSAGES + 7
    vectors = np.load(generations.live(embeddings) / "vectors.npy")
    assert vectors.shape == (_PASSAGES + 7, 32)


def test_no_journal_without_need(tmp_path: Path) -> None:
    """A run that embeds nothing leaves no file of its own, and finds nothing in none."""
    with Journal(tmp_path, MODEL) as journal:
        assert journal.find(["a"]) == {}
    assert list(tmp_path.iterdir()) == []
    with Journal(tmp_path, MODEL) as journal:
        journal.keep({"a": np.ones(3, dtype=np.float32)})
    with Journal(tmp_path, MODEL) as journal:
        assert {key: vector.tolist() for key, vector in journal.find(["a", "b"]).items()} == {"a": [1, 1, 1]}
        journal.remove()
    assert list(tmp_path.iterdir()) == []
