"""Drafts of a generation, and what one takes over from the generation before."""

import json
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

from esfbot.embed import projects, take
from esfbot.embed.reader import reader_version
from esfbot.embed.run import Folder, drafted, embed
from esfbot.embed.vectors import JOURNAL
from esfbot.model.project import Sheet
from esfbot.sheets.parse import parse
from esfbot.store import generations
from esfbot.store.lock import held
from esfbot.store.sqlite import SqliteStore
from tests.embed.collection import MODEL, THREE, CountingEncoder, left_in, sheet, write

NEW = {"alfa.txt": sheet("Almen", "Ett nytt projekt.")}


@pytest.fixture
def live(encoder: CountingEncoder, sheets: Path, embeddings: Path) -> Path:
    """The folder of a live generation; then a sheet is new."""
    embed(sheets, embeddings, MODEL)
    encoder.read.clear()
    write(sheets, NEW)
    return generations.live(embeddings)


def test_draft_without_vectors(live: Path, sheets: Path, embeddings: Path, encoder: CountingEncoder) -> None:
    """It tells what would be done; nothing is embedded, and nothing is left of it."""
    with held(embeddings), drafted(Folder.of(sheets), embeddings, MODEL, vectors=False) as draft:
        assert (draft.made.sheets.added, draft.made.embedded, draft.made.kept) == (("alfa.txt",), 2, 7)
        assert [(each.what, each.title) for each in draft.made.changes] == [("new", "Almen")]
        assert not draft.same
    assert (left_in(embeddings), encoder.read) == ({live.name}, [])


def test_draft_that_is_thrown_away(live: Path, sheets: Path, embeddings: Path, encoder: CountingEncoder) -> None:
    """A draft can be asked where it is; of one that is not finished only the vectors are kept for the next run."""
    with held(embeddings), drafted(Folder.of(sheets), embeddings, MODEL) as draft:
        assert generations.check(draft.folder).projects == 4
        store = SqliteStore(draft.folder)
        assert [name.text for name in store.names_with(["almen"])] == ["Almen"]
        store.close()
    assert generations.live(embeddings) == live
    assert left_in(embeddings) == {live.name, JOURNAL}
    assert len(encoder.read) == 2
    assert embed(sheets, embeddings, MODEL).embedded == 0
    assert left_in(embeddings) == {live.name, generations.live(embeddings).name}


def test_draft_beside(live: Path, sheets: Path, embeddings: Path) -> None:
    """A draft that is finished stands beside the live generation until that is made another."""
    with held(embeddings), drafted(Folder.of(sheets), embeddings, MODEL) as draft:
        name = draft.finish(draft.manifest)
    assert generations.live(embeddings) == live
    assert left_in(embeddings) == {live.name, name}
    generations.point_to(embeddings, name)
    assert generations.check(generations.live(embeddings)).projects == 4


def test_draft_that_is_the_same(live: Path, sheets: Path, embeddings: Path) -> None:
    """Where no sheet changed a draft says that it is the same."""
    (sheets / "alfa.txt").unlink()
    with held(embeddings), drafted(Folder.of(sheets), embeddings, MODEL) as draft:
        assert (draft.same, draft.before) == (True, live)
    assert left_in(embeddings) == {live.name}


def test_files_that_are_no_sheets_make_no_generation(live: Path, sheets: Path, embeddings: Path) -> None:
    """A file that is refused is told each time, and nothing is made because of it alone."""
    write(sheets, {"alfa.txt": "Inget blad alls."})
    for _ in range(2):
        made = embed(sheets, embeddings, MODEL)
        assert [refused.name for refused in made.sheets.refused] == ["alfa.txt"]
    assert left_in(embeddings) == {live.name}


def test_sheet_that_is_none_any_more(live: Path, sheets: Path, embeddings: Path) -> None:
    """A sheet whose file now holds something else is removed and refused, and comes back when it is mended."""
    write(sheets, {"alfa.txt": "Inget blad alls.", "ett.txt": ""})
    made = embed(sheets, embeddings, MODEL)
    assert (made.sheets.removed, [each.name for each in made.sheets.refused]) == (("ett.txt",), ["alfa.txt", "ett.txt"])
    assert [(each.what, each.title) for each in made.changes] == [("removed", "Björken")]
    write(sheets, {"ett.txt": THREE["ett.txt"]})
    made = embed(sheets, embeddings, MODEL)
    assert (made.sheets.added, [each.name for each in made.sheets.refused]) == (("ett.txt",), ["alfa.txt"])


def rewrite(generation: Path, **changes: Any) -> None:
    """Change the manifest of a generation."""
    path = generation / generations.MANIFEST
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | changes), encoding="utf-8")


@pytest.mark.parametrize("changes", [{"reader": "other"}, {"format": generations.FORMAT - 1}])
def test_sheets_are_read_anew_by_other_code(
    live: Path,
    sheets: Path,
    embeddings: Path,
    encoder: CountingEncoder,
    monkeypatch: pytest.MonkeyPatch,
    changes: dict[str, Any],
) -> None:
    """What other code read of the sheets, or an older version wrote, is read anew; its vectors are kept."""
    rewrite(live, **changes)
    read: list[str] = []

    def noted(text: str, name: str) -> Sheet:
        read.append(name)
        return parse(text, name)

    for module in (take, projects):
        monkeypatch.setattr(module, "parse", noted)
    made = embed(sheets, embeddings, MODEL)
    assert sorted(set(read)) == ["alfa.txt", "ett.txt", "tre.txt", "tva.txt"]
    assert (made.projects, made.embedded, made.kept) == (4, 2, 7)
    assert len(encoder.read) == 2
    fresh = sheets.parent / "fresh"
    embed(sheets, fresh, MODEL)
    assert generations.check(generations.live(embeddings)).sheets == generations.check(generations.live(fresh)).sheets


def test_other_packages_are_other_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """A package that reads sheets in another version, or that was missing, makes for another reader."""
    found = {reader_version.__wrapped__()}
    monkeypatch.setattr(metadata, "version", lambda _: "0.1")
    found.add(reader_version.__wrapped__())

    def missing(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", missing)
    assert len(found | {reader_version.__wrapped__()}) == 3
