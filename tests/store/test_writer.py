"""A store that is written over: it answers as if it had been written at once, in the sheets' order."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from esfbot.language.words import stem
from esfbot.model.project import Source
from esfbot.store.found import StoredPassage
from esfbot.store.sqlite import SqliteStore
from esfbot.store.sqlite_file import DATABASE, VECTORS, stems
from esfbot.store.sqlite_writer import SqliteWriter
from tests.store.collection import fact, project


def passage(row: int, text: str, id_: str = "p", sheet: str = "p.txt", line: int = 0) -> StoredPassage:
    return StoredPassage(row, id_, 0, "Syfte", text, Source(sheet, line or row + 1))


@contextmanager
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


# Letters that the word index folds, joins to others, does not know, or splits words at.
_TEXTS = st.lists(
    st.text(st.sampled_from("abåé\uab30\U0001e900\u0301\u1c90İ½²ﬁ_ ßǅ\u200d\u0e33漢😀"), max_size=8), max_size=4
)


def counted(store: SqliteStore, texts: list[str]) -> tuple[dict[str, int], dict[str, list[tuple[str, float]]]]:
    """In how many passages each stem of the texts occurs, and which are found by it, with the score."""
    found = sorted({word for text in texts for word in stems(f"Syfte {text}")})
    texts_of = {each.row: each.text for each in store.passages(range(store.passage_total()))}
    by_word = {word: [(texts_of[row], score) for row, score in store.passages_by_words([word])] for word in found}
    return store.spread(found), by_word


@settings(max_examples=60, deadline=None)
@given(_TEXTS.filter(bool), _TEXTS, st.data())
def test_words_written_over(texts: list[str], more: list[str], data: st.DataObject) -> None:
    """However odd the words, removing passages and adding others leaves the counts and scores of those that stay."""
    gone = data.draw(st.sets(st.integers(0, len(texts) - 1)))
    left = [text for row, text in enumerate(texts) if row not in gone] + more
    with folder() as once, folder() as twice:
        with SqliteWriter(once) as writer:
            for row, text in enumerate(left):
                writer.add_passage(passage(row, text), f"{row}")
            writer.finish()
        with SqliteWriter(twice) as writer:
            for row, text in enumerate(texts):
                writer.add_passage(passage(row, text), f"{row}")
            writer.finish()
        with SqliteWriter(twice) as writer:
            for row, text in enumerate(more, len(texts)):
                writer.add_passage(passage(row, text), f"{row}")
            kept = [row for row in range(len(texts) + len(more)) if row not in gone]
            for row in sorted(gone):
                writer.remove_passage(row)
            for to, row in enumerate(kept):
                if to != row:
                    writer.move_passage(row, to)
            writer.finish()
        stores = SqliteStore(once), SqliteStore(twice)
        expected, found = (counted(store, texts + more) for store in stores)
        for store in stores:
            store.close()
        assert found == expected


def test_projects_are_in_the_order_of_their_sheets(tmp_path: Path) -> None:
    """Whenever a project is written, it comes where its first sheet's name belongs."""
    with SqliteWriter(tmp_path) as writer:
        for id_ in ("ek", "alm", "öre", "Ask"):
            writer.add_project(project(id_, fact("owner", "Ägaren"), fact("phase", f"Fas {id_}")))
        writer.finish()
    with SqliteWriter(tmp_path) as writer:
        writer.remove_project("ek")
        for id_ in ("bok", "ek"):
            writer.add_project(project(id_, fact("owner", "Ägaren"), fact("phase", f"Fas {id_}")))
        writer.finish()
    store = SqliteStore(tmp_path)
    order = ["Ask", "alm", "bok", "ek", "öre"]
    assert store.find() == list(store.grouped()) == order
    assert [name.projects for name in store.names((), ["agaren"])] == [tuple(order)]
    assert [id_ for id_, _, _ in store.values_of("phase", order[::-1])] == order[::-1]
    store.close()


def test_passages_that_score_the_same(tmp_path: Path) -> None:
    """Of passages that say the same those of earlier sheets come first, in whichever order they were written."""
    sheets = ["d.txt", "b.txt", "e.txt", "a.txt", "c.txt"]
    with SqliteWriter(tmp_path) as writer:
        for sheet in sheets:
            writer.add_project(project(sheet.removesuffix(".txt")))
        for row, sheet in enumerate(sheets):
            writer.add_passage(passage(row, "Båtar av trä.", sheet.removesuffix(".txt"), sheet), f"{row}")
        writer.finish()
    store = SqliteStore(tmp_path)

    def found(*among: str, limit: int = 50) -> list[str]:
        rows = [row for row, _ in store.passages_by_words([stem("båtar")], among, limit)]
        return [each.project for each in store.passages(rows)]

    assert found() == ["a", "b", "c", "d", "e"]
    assert found(limit=2) == ["a", "b"]
    assert found("e", "d", "c", limit=2) == ["c", "d"]
    store.close()


def test_projects_that_are_equally_like(tmp_path: Path) -> None:
    """Of projects that are like another to the same degree the order is always the same one."""
    vectors = np.eye(4, dtype=np.float32)
    for number, order in enumerate((["a", "b", "c", "d"], ["d", "c", "a", "b"])):
        generation = tmp_path / str(number)
        generation.mkdir()
        with SqliteWriter(generation) as writer:
            for row, id_ in enumerate(order):
                writer.add_project(project(id_))
                writer.add_passage(passage(row, "Text.", id_), id_)
            writer.finish()
        np.save(generation / VECTORS, vectors[["abcd".index(id_) for id_ in order]])
        store = SqliteStore(generation)
        assert store.projects_like("c", 2) == ["a", "b"]
        store.close()


def test_a_finished_copy_stays_as_it_is(tmp_path: Path) -> None:
    """Where nothing was removed the database is not written anew, and what is copied from is never touched."""
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    with SqliteWriter(first) as writer:
        writer.add_project(project("ek", fact("title", "Eken")))
        writer.add_passage(passage(0, "Båtar.", "ek"), "0")
        writer.finish()
    before = (first / DATABASE).read_bytes()
    shutil.copytree(first, second)
    with SqliteWriter(second) as writer:
        writer.finish()
    assert (second / DATABASE).read_bytes() == before
    with SqliteWriter(second) as writer:
        writer.remove_project("ek")
        writer.remove_passage(0)
        writer.finish()
        assert (writer.grouped(), writer.passage_total()) == ({}, 0)
    assert (first / DATABASE).read_bytes() == before
    assert sorted(path.name for path in second.iterdir()) == [DATABASE]
