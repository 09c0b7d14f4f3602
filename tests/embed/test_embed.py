"""Bringing embeddings up to date: what is embedded, what is kept, and what is reported."""

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from esfbot.embed import engine
from esfbot.embed.passages import passages_of
from esfbot.embed.run import Made, embed
from esfbot.errors import FolderError
from esfbot.store import generations
from esfbot.store.sqlite import SqliteStore
from esfbot.store.sqlite_file import VECTORS
from tests.embed.collection import MODEL, THREE, CountingEncoder, sheet, write


def vectors(embeddings: Path) -> np.ndarray:
    loaded: np.ndarray = np.load(generations.live(embeddings) / VECTORS)
    return loaded


def by_key(embeddings: Path) -> dict[str, list[float]]:
    """The vector of each passage, by its key."""
    store = SqliteStore(generations.live(embeddings))
    try:
        ids = store.find()
        whole = [replace(each, sections=tuple(store.sections(each.id))) for each in store.projects(ids)]
        rows = store.rows_with([passage.key for project in whole for passage in passages_of(project)])
        return {key: store.vector(row).tolist() for key, row in rows.items()}
    finally:
        store.close()


def changes(made: Made) -> tuple[tuple[str, ...], ...]:
    sheets = made.sheets
    return sheets.added, sheets.changed, sheets.removed, sheets.unchanged


def test_first_time(encoder: CountingEncoder, sheets: Path, embeddings: Path) -> None:
    """The first time, every sheet is added and every passage embedded."""
    made = embed(sheets, embeddings, MODEL)
    assert changes(made) == (("ett.txt", "tre.txt", "tva.txt"), (), (), ())
    assert (made.projects, made.embedded, made.kept) == (3, 7, 0)
    assert vectors(embeddings).shape == (7, 32)


def test_nothing_changed(encoder: CountingEncoder, sheets: Path, embeddings: Path) -> None:
    """Where nothing changed nothing is embedded, and what is live stays live."""
    embed(sheets, embeddings, MODEL)
    before = generations.live(embeddings)
    encoder.read.clear()
    made = embed(sheets, embeddings, MODEL)
    assert changes(made) == ((), (), (), ("ett.txt", "tre.txt", "tva.txt"))
    assert (made.changes, made.embedded, made.kept, encoder.read) == ((), 0, 7, [])
    assert generations.generations(embeddings) == [generations.live(embeddings)] == [before]


def test_one_sheet_changed(encoder: CountingEncoder, sheets: Path, embeddings: Path) -> None:
    """Of a sheet in which one paragraph changed, that paragraph alone is embedded."""
    embed(sheets, embeddings, MODEL)
    before = by_key(embeddings)
    encoder.read.clear()
    write(
        sheets,
        {"tva.txt": sheet("Granen", "Personal i vården läser nu även engelska.", purpose="Att fler ska få språket.")},
    )
    made = embed(sheets, embeddings, MODEL)
    assert changes(made) == ((), ("tva.txt",), (), ("ett.txt", "tre.txt"))
    assert [(each.what, each.title, each.facts, each.sections) for each in made.changes] == [
        ("changed", "Granen", (), ("Sammanfattning",))
    ]
    assert (made.embedded, made.kept) == (1, 6)
    assert encoder.read == ["Granen. Sammanfattning: Personal i vården läser nu även engelska."]
    after = by_key(embeddings)
    assert len(before.keys() & after.keys()) == 6
    assert all(before[key] == after[key] for key in before.keys() & after.keys())


def test_vectors_stay_with_their_passages(encoder: CountingEncoder, sheets: Path, embeddings: Path) -> None:
    """A sheet added before the others moves no vector to another passage."""
    embed(sheets, embeddings, MODEL)
    write(sheets, {"alfa.txt": sheet("Almen", "Ett nytt projekt som kommer först.")})
    embed(sheets, embeddings, MODEL)
    fresh = sheets.parent / "fresh"
    embed(sheets, fresh, MODEL)
    assert by_key(embeddings) == by_key(fresh)


def test_paragraph_that_stands_twice(encoder: CountingEncoder, sheets: Path, embeddings: Path) -> None:
    """A paragraph that a section has twice is two passages with the same vector."""
    twice = "Ett stycke som är långt nog att stå för sig självt, och som av misstag står två gånger på bladet. " * 2
    write(sheets, {"ett.txt": sheet("Björken", f"{twice}\n\n{twice}\n\nNågot annat.")})
    assert embed(sheets, embeddings, MODEL).embedded == 9
    assert np.linalg.norm(vectors(embeddings), axis=1) == pytest.approx(1)
    write(sheets, {"ett.txt": sheet("Björken", f"{twice}\n\nNågot annat.")})
    assert embed(sheets, embeddings, MODEL).embedded == 0
    assert np.linalg.norm(vectors(embeddings), axis=1) == pytest.approx(1)


def test_removed_sheet_is_gone_everywhere(encoder: CountingEncoder, sheets: Path, embeddings: Path) -> None:
    """A sheet that is no longer there leaves no project, name, passage, word or vector."""
    embed(sheets, embeddings, MODEL)
    (sheets / "ett.txt").unlink()
    made = embed(sheets, embeddings, MODEL)
    assert changes(made) == ((), (), ("ett.txt",), ("tre.txt", "tva.txt"))
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
    made = embed(sheets, embeddings, MODEL)
    assert [refused.name for refused in made.sheets.refused] == ["bild.txt", "tom.txt"]
    assert "is a picture" in str(made.sheets.refused[0].reason)
    assert made.projects == 3


def test_problems_are_reported(encoder: CountingEncoder, sheets: Path, embeddings: Path) -> None:
    """What is wrong on a sheet is told, and counted in the manifest."""
    write(sheets, {"ett.txt": THREE["ett.txt"].replace("100 000 kr", "ett hundra kr")})
    made = embed(sheets, embeddings, MODEL)
    assert "ett.txt" in {problem.source.sheet for problem in made.problems}
    assert generations.read_manifest(generations.live(embeddings)).problems == len(made.problems)


def test_no_sheets(encoder: CountingEncoder, tmp_path: Path, embeddings: Path) -> None:
    """A folder without a single sheet is an error, and what is live stays."""
    embed(write(tmp_path / "sheets", THREE), embeddings, MODEL)
    before = generations.live(embeddings)
    with pytest.raises(FolderError, match=r"no project sheet among 0 files; expected at least one"):
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
    made = embed(sheets, embeddings, "sentence-transformers:other")
    assert (made.embedded, made.kept, len(made.sheets.unchanged)) == (7, 0, 3)
    manifest = generations.check(generations.live(embeddings))
    assert (manifest.model, manifest.passages) == ("sentence-transformers:other", 7)


def test_folder_that_holds_another_model(
    encoder: CountingEncoder, monkeypatch: pytest.MonkeyPatch, sheets: Path, embeddings: Path
) -> None:
    """Where the same name stands for a model with vectors of another length, all is embedded anew."""
    embed(sheets, embeddings, MODEL)
    monkeypatch.setattr(engine, "load_encoder", lambda *_: CountingEncoder(48))
    write(sheets, {"alfa.txt": sheet("Almen", "Ett nytt projekt.")})
    made = embed(sheets, embeddings, MODEL)
    assert (made.kept, vectors(embeddings).shape) == (0, (9, 48))


@pytest.mark.parametrize("name", [generations.MANIFEST, VECTORS, "facts.sqlite"])
def test_damaged_generation_is_made_anew(encoder: CountingEncoder, sheets: Path, embeddings: Path, name: str) -> None:
    """Nothing is taken over from a generation of which a file is damaged."""
    embed(sheets, embeddings, MODEL)
    (generations.live(embeddings) / name).write_bytes(b"damaged")
    made = embed(sheets, embeddings, MODEL)
    assert (made.embedded, made.kept) == (7, 0)
    assert generations.check(generations.live(embeddings)).passages == 7


def test_progress(encoder: CountingEncoder, sheets: Path, embeddings: Path) -> None:
    """Progress goes from none to all, and never back."""
    write(sheets, {f"{n}.txt": sheet(f"Projekt nummer {n}", f"Text nummer {n}.") for n in range(20)})
    told: list[tuple[int, int]] = []
    made = embed(sheets, embeddings, MODEL, lambda done, total: told.append((done, total)))
    assert told[0] == (0, made.embedded)
    assert told[-1] == (made.embedded, made.embedded)
    assert told == sorted(told)


def test_sheet_without_narrative(encoder: CountingEncoder, tmp_path: Path, embeddings: Path) -> None:
    """Sheets that tell nothing but facts can be embedded, and searched without finding anything."""
    text = sheet("Björken", "x").split("\nSammanfattning")[0] + "\n"
    made = embed(write(tmp_path / "sheets", {"ett.txt": text}), embeddings, MODEL)
    store = SqliteStore(generations.live(embeddings))
    nothing = np.zeros(32, dtype=np.float32)
    assert (made.embedded, store.passages_by_meaning(nothing)) == (0, [])
    assert (store.likeness(nothing).mean, store.likeness(nothing).deviation) == (0.0, 1.0)
    store.close()


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
    generations.check(generations.live(tmp_path / "copy"))
    assert embed(sheets, tmp_path / "copy", MODEL).embedded == 0
