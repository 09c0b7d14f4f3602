"""Bringing embeddings up to date: what is embedded, what is kept, and what is reported."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from esfbot.embed import run
from esfbot.embed.run import Report, embed
from esfbot.errors import FolderError
from esfbot.store import generations
from esfbot.store.sqlite import VECTORS, SqliteStore
from tests.embed.collection import MODEL, THREE, CountingEncoder, sheet, write

ROOT = Path(__file__).resolve().parents[2]


def vectors(embeddings: Path) -> np.ndarray:
    loaded: np.ndarray = np.load(generations.live(embeddings) / VECTORS)
    return loaded


def keys(embeddings: Path) -> dict[str, int]:
    store = SqliteStore(generations.live(embeddings))
    try:
        return store.passage_keys()
    finally:
        store.close()


def changes(report: Report) -> tuple[tuple[str, ...], ...]:
    return report.added, report.changed, report.removed, report.unchanged


def test_first_time(encoder: CountingEncoder, sheets: Path, embeddings: Path) -> None:
    """The first time, every sheet is added and every passage embedded."""
    report = embed(sheets, embeddings, MODEL)
    assert changes(report) == (("ett.txt", "tre.txt", "tva.txt"), (), (), ())
    assert (report.projects, report.embedded, report.kept) == (3, 7, 0)
    assert report.generation == generations.live(embeddings).name
    assert vectors(embeddings).shape == (7, 32)


def test_nothing_changed(encoder: CountingEncoder, sheets: Path, embeddings: Path) -> None:
    """Where nothing changed nothing is embedded, and the vectors are the same."""
    embed(sheets, embeddings, MODEL)
    before = vectors(embeddings)
    encoder.read.clear()
    report = embed(sheets, embeddings, MODEL)
    assert changes(report) == ((), (), (), ("ett.txt", "tre.txt", "tva.txt"))
    assert (report.embedded, report.kept, encoder.read) == (0, 7, [])
    assert np.array_equal(vectors(embeddings), before)


def test_one_sheet_changed(encoder: CountingEncoder, sheets: Path, embeddings: Path) -> None:
    """Of a sheet in which one paragraph changed, that paragraph alone is embedded."""
    embed(sheets, embeddings, MODEL)
    before = {key: vectors(embeddings)[row] for key, row in keys(embeddings).items()}
    encoder.read.clear()
    write(
        sheets,
        {"tva.txt": sheet("Granen", "Personal i vården läser nu även engelska.", purpose="Att fler ska få språket.")},
    )
    report = embed(sheets, embeddings, MODEL)
    assert changes(report) == ((), ("tva.txt",), (), ("ett.txt", "tre.txt"))
    assert (report.embedded, report.kept) == (1, 6)
    assert [text for text in encoder.read if "Granen" in text] == [
        "Granen. Sammanfattning: Personal i vården läser nu även engelska."
    ]
    after = {key: vectors(embeddings)[row] for key, row in keys(embeddings).items()}
    assert len(before.keys() & after.keys()) == 6
    assert all(np.array_equal(before[key], after[key]) for key in before.keys() & after.keys())


def test_vectors_stay_with_their_passages(encoder: CountingEncoder, sheets: Path, embeddings: Path) -> None:
    """A sheet added before the others moves their rows, and each passage keeps its own vector."""
    embed(sheets, embeddings, MODEL)
    write(sheets, {"alfa.txt": sheet("Almen", "Ett nytt projekt som kommer först.")})
    embed(sheets, embeddings, MODEL)
    moved = vectors(embeddings)
    rows = keys(embeddings)
    fresh = sheets.parent / "fresh"
    embed(sheets, fresh, MODEL)
    assert {key: moved[row].tolist() for key, row in rows.items()} == {
        key: vectors(fresh)[row].tolist() for key, row in keys(fresh).items()
    }


def test_removed_sheet_is_gone_everywhere(encoder: CountingEncoder, sheets: Path, embeddings: Path) -> None:
    """A sheet that is no longer there leaves no project, name, passage, word or vector."""
    embed(sheets, embeddings, MODEL)
    (sheets / "ett.txt").unlink()
    report = embed(sheets, embeddings, MODEL)
    assert changes(report) == ((), (), ("ett.txt",), ("tre.txt", "tva.txt"))
    store = SqliteStore(generations.live(embeddings))
    assert sorted(store.titles(store.find()).values()) == ["Granen", "Tallen"]
    assert store.names_with(["bjorken"]) == []
    assert "bjorken" not in store.words_spelt("bjorken")
    assert store.passages_by_words(["snickr"]) == []
    assert store.passage_total() == len(vectors(embeddings)) == 5
    store.close()


def test_refused_sheet_is_reported(encoder: CountingEncoder, sheets: Path, embeddings: Path) -> None:
    """A file that is no sheet is reported with the reason, and the others are taken in."""
    (sheets / "bild.txt").write_bytes(b"\x89PNG\0\1\2")
    write(sheets, {"tom.txt": ""})
    report = embed(sheets, embeddings, MODEL)
    assert [refused.name for refused in report.refused] == ["bild.txt", "tom.txt"]
    assert "binary" in str(report.refused[0].reason)
    assert report.projects == 3


def test_problems_are_reported(encoder: CountingEncoder, sheets: Path, embeddings: Path) -> None:
    """What is wrong on a sheet is in the report, and counted in the manifest."""
    write(sheets, {"ett.txt": THREE["ett.txt"].replace("100 000 kr", "ett hundra kr")})
    report = embed(sheets, embeddings, MODEL)
    assert "ett.txt" in {problem.source.sheet for problem in report.problems}
    assert generations.read_manifest(generations.live(embeddings)).problems == len(report.problems)


def test_no_sheets(encoder: CountingEncoder, tmp_path: Path, embeddings: Path) -> None:
    """A folder without a single sheet is an error, and what is live stays."""
    embed(write(tmp_path / "sheets", THREE), embeddings, MODEL)
    before = generations.live(embeddings)
    with pytest.raises(FolderError, match=r"no project sheet in .*; expected at least one"):
        embed(write(tmp_path / "empty", {}), embeddings, MODEL)
    assert generations.live(embeddings) == before


def test_no_folder_of_sheets(encoder: CountingEncoder, tmp_path: Path, embeddings: Path) -> None:
    """A folder of sheets that isn't there is an error that says how to name one."""
    with pytest.raises(FolderError, match=r"there is no folder .*Name one with --sheets"):
        embed(tmp_path / "nowhere", embeddings, MODEL)
    assert not embeddings.exists()


def test_another_model_embeds_all_anew(encoder: CountingEncoder, sheets: Path, embeddings: Path) -> None:
    """With another model every passage is embedded anew, and unchanged sheets count as unchanged."""
    embed(sheets, embeddings, MODEL)
    report = embed(sheets, embeddings, "sentence-transformers:other")
    assert (report.embedded, report.kept, len(report.unchanged)) == (7, 0, 3)
    assert generations.check(generations.live(embeddings), "sentence-transformers:other").passages == 7


def test_folder_that_holds_another_model(
    encoder: CountingEncoder, monkeypatch: pytest.MonkeyPatch, sheets: Path, embeddings: Path
) -> None:
    """Where the same name stands for a model with vectors of another length, all is embedded anew."""
    embed(sheets, embeddings, MODEL)
    monkeypatch.setattr(run, "load_encoder", lambda _: CountingEncoder(48))
    write(sheets, {"alfa.txt": sheet("Almen", "Ett nytt projekt.")})
    report = embed(sheets, embeddings, MODEL)
    assert (report.kept, vectors(embeddings).shape) == (0, (9, 48))


@pytest.mark.parametrize("name", [generations.MANIFEST, VECTORS, "facts.sqlite"])
def test_damaged_generation_is_made_anew(encoder: CountingEncoder, sheets: Path, embeddings: Path, name: str) -> None:
    """Nothing is taken over from a generation of which a file is damaged."""
    embed(sheets, embeddings, MODEL)
    (generations.live(embeddings) / name).write_bytes(b"damaged")
    report = embed(sheets, embeddings, MODEL)
    assert (report.embedded, report.kept) == (7, 0)
    assert generations.check(generations.live(embeddings), MODEL).passages == 7


def test_progress(encoder: CountingEncoder, sheets: Path, embeddings: Path) -> None:
    """Progress goes from none to all, and never back."""
    write(sheets, {f"{n}.txt": sheet(f"Projekt nummer {n}", f"Text nummer {n}.") for n in range(20)})
    told: list[tuple[int, int]] = []
    report = embed(sheets, embeddings, MODEL, lambda done, total: told.append((done, total)))
    assert told[0] == (0, report.embedded)
    assert told[-1] == (report.embedded, report.embedded)
    assert told == sorted(told)


def test_sheet_without_narrative(encoder: CountingEncoder, tmp_path: Path, embeddings: Path) -> None:
    """Sheets that tell nothing but facts can be embedded, and searched without finding anything."""
    text = sheet("Björken", "x").split("\nSammanfattning")[0] + "\n"
    report = embed(write(tmp_path / "sheets", {"ett.txt": text}), embeddings, MODEL)
    store = SqliteStore(generations.live(embeddings))
    nothing = np.zeros(32, dtype=np.float32)
    assert (report.embedded, store.passages_by_meaning(nothing)) == (0, [])
    assert (store.likeness(nothing).mean, store.likeness(nothing).deviation) == (0.0, 1.0)
    store.close()


def test_embeddings_is_a_file(encoder: CountingEncoder, sheets: Path, embeddings: Path) -> None:
    """A file where the folder should be is an error with what to do, and the file stays."""
    embeddings.write_text("mine")
    with pytest.raises(FolderError, match=r"embeddings can't be written \(File exists\).*name another"):
        embed(sheets, embeddings, MODEL)
    assert embeddings.read_text() == "mine"


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anywhere")
def test_embeddings_not_writable(encoder: CountingEncoder, sheets: Path, embeddings: Path) -> None:
    """A folder that can't be written to is an error with what to do."""
    embeddings.mkdir(mode=0o500)
    with pytest.raises(FolderError, match=r"can't be written \(Permission denied\).*Change its rights"):
        embed(sheets, embeddings, MODEL)


FULL_DISK = """
import resource, sys
from pathlib import Path
from esfbot.embed import run
from tests.embed.collection import CountingEncoder
run.load_encoder = lambda model: CountingEncoder()
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))
try:
    run.embed(Path(sys.argv[1]), Path(sys.argv[2]), "e5-small")
except run.FolderError as error:
    print(error)
"""


@pytest.mark.parametrize("most", [100, 20_000])
def test_full_disk(encoder: CountingEncoder, sheets: Path, embeddings: Path, most: int) -> None:
    """When the disk takes no more, of the vectors or the facts, one error says so and the live generation stays."""
    embed(sheets, embeddings, MODEL)
    before = generations.live(embeddings)
    write(sheets, {"alfa.txt": sheet("Almen", "Ett nytt projekt.")})
    command = [sys.executable, "-c", FULL_DISK, str(sheets), str(embeddings), str(most)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "the embeddings can't be written to" in done.stdout
    assert "Make room" in done.stdout
    assert generations.check(generations.live(embeddings), MODEL).projects == 3
    assert sorted(embeddings.iterdir()) == sorted([before, embeddings / generations.CURRENT])


def test_folder_with_odd_characters(encoder: CountingEncoder, sheets: Path, tmp_path: Path) -> None:
    """A folder's name may hold what a web address gives a meaning to."""
    embeddings = tmp_path / "mina data #1 100%?a=b&c å"
    embed(sheets, embeddings, MODEL)
    store = SqliteStore(generations.live(embeddings))
    assert store.count() == 3
    store.close()


def test_relative_folder(
    encoder: CountingEncoder, sheets: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A store opened by a relative path goes on reading when the process changes its folder."""
    monkeypatch.chdir(tmp_path)
    embed(sheets, Path("embeddings"), MODEL)
    store = SqliteStore(generations.live(Path("embeddings")))
    monkeypatch.chdir("/")
    assert store.count() == 3
    assert store.vector(0).shape == (32,)
    store.close()


def test_moved_embeddings(encoder: CountingEncoder, sheets: Path, embeddings: Path, tmp_path: Path) -> None:
    """Embeddings can be copied elsewhere and opened there."""
    embed(sheets, embeddings, MODEL)
    shutil.copytree(embeddings, tmp_path / "copy")
    shutil.rmtree(embeddings)
    generations.check(generations.live(tmp_path / "copy"), MODEL)
    assert embed(sheets, tmp_path / "copy", MODEL).embedded == 0
