"""Generations: which one is live, what makes one unfit to be asked, and what is left behind."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from esfbot.embed.run import embed
from esfbot.errors import EmbeddingsError, NoEmbeddings
from esfbot.store import generations
from esfbot.store.generations import CURRENT, MANIFEST
from esfbot.store.sqlite import SqliteStore
from esfbot.store.sqlite_file import DATABASE, VECTORS
from tests.embed.collection import MODEL, CountingEncoder, left_in, sheet, write


@pytest.fixture
def live(encoder: CountingEncoder, sheets: Path, embeddings: Path) -> Path:
    """The folder of a live generation."""
    embed(sheets, embeddings, MODEL)
    return generations.live(embeddings)


def rewrite(generation: Path, **changes: Any) -> None:
    """Change the manifest of a generation."""
    content = json.loads((generation / MANIFEST).read_text(encoding="utf-8"))
    (generation / MANIFEST).write_text(json.dumps(content | changes), encoding="utf-8")


def test_none_yet(tmp_path: Path) -> None:
    """Where no generation was ever published the error says so and what to do."""
    with pytest.raises(
        NoEmbeddings, match=r"there are no embeddings in .*; expected a live generation. Run: esfbot embed"
    ):
        generations.live(tmp_path)


def test_current_lost(live: Path, embeddings: Path) -> None:
    """Without CURRENT there are no embeddings, whatever else is there."""
    (embeddings / CURRENT).unlink()
    with pytest.raises(NoEmbeddings, match="there are no embeddings"):
        generations.live(embeddings)


@pytest.mark.parametrize(
    "name",
    ["", " \n", "20200101-000000-000000-abcd", ".", "..", "../x", "/", "a/../b", ".building-1", "x" * 5000, "a\0b"],
)
def test_current_names_no_generation(live: Path, embeddings: Path, name: str) -> None:
    """A CURRENT that is empty, names what isn't there, or points out of the folder, is refused."""
    (embeddings / "x").mkdir()
    (embeddings.parent / "x").mkdir()
    (embeddings / CURRENT).write_text(name, encoding="utf-8")
    with pytest.raises(EmbeddingsError, match=r"CURRENT names .*, and there is no such generation.*Run: esfbot embed"):
        generations.live(embeddings)


def test_current_is_no_text(live: Path, embeddings: Path) -> None:
    """A CURRENT that holds no text is refused as unreadable."""
    (embeddings / CURRENT).write_bytes(b"\xff\xfe\xff")
    with pytest.raises(EmbeddingsError, match=r"CURRENT can't be read"):
        generations.live(embeddings)


def test_sound(live: Path) -> None:
    """A sound generation has a manifest that says what made it and what it holds."""
    manifest = generations.check(live)
    assert (manifest.format, manifest.model, manifest.dimensions) == (generations.FORMAT, MODEL, 32)
    assert (manifest.projects, manifest.passages) == (3, 7)
    assert sorted(manifest.sheets) == ["ett.txt", "tre.txt", "tva.txt"]
    assert sorted(manifest.files) == [DATABASE, VECTORS]


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"{", b"[]", b"null", b"\xff", b"{}", b'{"format": "5"}'),
        *(b'{"format": %d}' % generations.FORMAT, b'{"format": %d, "files": 7}' % generations.FORMAT),
    ],
)
def test_damaged_manifest(live: Path, content: bytes) -> None:
    """A manifest that is cut off, or holds something else, is refused as damaged."""
    (live / MANIFEST).write_bytes(content)
    with pytest.raises(EmbeddingsError, match=r"manifest.json can't be read \(damaged\)"):
        generations.check(live)


@pytest.mark.parametrize("changes", [{"files": []}, {"sheets": []}, {"files": {"a": 1}}, {"files": {"a": ["x", "y"]}}])
def test_manifest_of_wrong_types(live: Path, changes: dict[str, Any]) -> None:
    """A manifest whose entries are of another kind is refused as damaged."""
    rewrite(live, **changes)
    with pytest.raises(EmbeddingsError, match=r"manifest.json can't be read \(damaged\)"):
        generations.check(live)


def test_manifest_missing(live: Path) -> None:
    """A generation without a manifest is refused with the reason."""
    (live / MANIFEST).unlink()
    with pytest.raises(EmbeddingsError, match=r"manifest.json can't be read \(No such file or directory\)"):
        generations.check(live)


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize("damage", [truncate, flip])
@pytest.mark.parametrize("name", [DATABASE, VECTORS])
def test_damaged_file(live: Path, name: str, damage: Callable[[Path], None]) -> None:
    """A file that lost its last byte, or in which one bit changed, is refused by name."""
    damage(live / name)
    with pytest.raises(EmbeddingsError, match=rf"generation {live.name}: {name} is damaged; expected an undamaged"):
        generations.check(live)


def test_missing_file(live: Path) -> None:
    """A file that is missing is refused by name."""
    (live / VECTORS).unlink()
    with pytest.raises(EmbeddingsError, match=rf": {VECTORS} is missing; expected"):
        generations.check(live)


def test_newer_format(live: Path) -> None:
    """A newer format is refused as such, whatever else its manifest holds."""
    (live / MANIFEST).write_text('{"format": 1000, "new": true}', encoding="utf-8")
    with pytest.raises(EmbeddingsError, match=rf"it has format 1000 and this version reads {generations.FORMAT}"):
        generations.check(live)
    with pytest.raises(EmbeddingsError, match=rf"it has format 1000 and this version reads {generations.FORMAT}"):
        generations.read_manifest(live)


def test_another_model(live: Path) -> None:
    """A generation of whatever model is sound: it is asked with the model that its manifest names."""
    rewrite(live, model="sentence-transformers:x")
    assert generations.check(live).model == generations.model_of(live) == "sentence-transformers:x"


def test_all_wrongs_at_once(live: Path) -> None:
    """Everything that is wrong is named in one error."""
    (live / VECTORS).unlink()
    flip(live / DATABASE)
    with pytest.raises(EmbeddingsError, match=rf"{DATABASE} is damaged; {VECTORS} is missing"):
        generations.check(live)


def test_leftovers(live: Path, sheets: Path, embeddings: Path) -> None:
    """What runs that were broken off left half made is removed by the next, which holds the lock and is alone."""
    for leftover in (".building-4711", ".building-x"):
        (embeddings / leftover).mkdir()
        (embeddings / leftover / VECTORS).write_bytes(b"half")
    (embeddings / ".CURRENT-4711").write_text("half")
    write(sheets, {"alfa.txt": sheet("Almen", "Ett nytt projekt.")})
    embed(sheets, embeddings, MODEL)
    assert left_in(embeddings) == {live.name, generations.live(embeddings).name}


def renewed(sheets: Path, embeddings: Path, title: str) -> str:
    """Embed another sheet; return the generation's name."""
    write(sheets, {f"{title}.txt": sheet(title, "Ett nytt projekt.")})
    embed(sheets, embeddings, MODEL)
    return generations.live(embeddings).name


def names(embeddings: Path) -> list[str]:
    return [path.name for path in generations.generations(embeddings)]


def test_earlier_generations_are_kept(live: Path, sheets: Path, embeddings: Path) -> None:
    """Embedding removes no generation."""
    made = [live.name, *(renewed(sheets, embeddings, title) for title in ("Almen", "Eken"))]
    assert names(embeddings) == made


def test_pruning(live: Path, sheets: Path, embeddings: Path) -> None:
    """The oldest are removed until as many are left as wanted, and never the live one."""
    second, third = (renewed(sheets, embeddings, title) for title in ("Almen", "Eken"))
    assert generations.prune(embeddings, keep=3) == []
    generations.point_to(embeddings, live.name)
    assert generations.prune(embeddings, keep=2) == [second]
    assert generations.prune(embeddings, keep=0) == [third]
    assert names(embeddings) == [live.name]
    assert generations.check(live).projects == 3


def test_rolling_back(live: Path, sheets: Path, embeddings: Path) -> None:
    """The earlier generation can be made live again, and what is embedded next builds on it."""
    second = renewed(sheets, embeddings, "Almen")
    generations.point_to(embeddings, live.name)
    assert generations.live(embeddings) == live
    made = embed(sheets, embeddings, MODEL)
    assert (made.sheets.added, made.embedded) == (("Almen.txt",), 2)
    assert names(embeddings) == [live.name, second, generations.live(embeddings).name]


@pytest.mark.parametrize("name", ["20200101-000000-000000-abcd", "..", ""])
def test_rolling_back_to_nothing(live: Path, embeddings: Path, name: str) -> None:
    """A generation that isn't there can't be made live; the error names those that are."""
    with pytest.raises(EmbeddingsError, match=rf"there is no generation '{name}' in .*; expected one of: {live.name}"):
        generations.point_to(embeddings, name)
    assert generations.live(embeddings) == live


def test_no_generations(tmp_path: Path) -> None:
    """A folder that isn't there has no generations."""
    assert list(generations.generations(tmp_path / "nowhere")) == []


def test_reader_of_an_old_generation(live: Path, sheets: Path, embeddings: Path) -> None:
    """A reader that opened a generation keeps reading it while and after a newer one is published."""
    reader = SqliteStore(live)
    before = reader.titles(reader.find())
    write(sheets, {"ett.txt": sheet("Eken", "En annan text.")})
    embed(sheets, embeddings, MODEL)
    assert reader.titles(reader.find()) == before
    assert [name.text for name in reader.names_with(["bjorken"])] == ["Björken"]
    assert len(reader.passages_by_meaning(np.ones(32, dtype=np.float32))) == 7
    reader.close()


def test_published_files_are_never_changed(live: Path, embeddings: Path) -> None:
    """Reading leaves no trace: no file is added to a generation or changed in it."""
    before = {path.name: path.stat().st_mtime_ns for path in live.iterdir()}
    store = SqliteStore(live)
    store.projects(store.find())
    store.passages_by_words(["text"])
    store.close()
    assert {path.name: path.stat().st_mtime_ns for path in live.iterdir()} == before
