"""What a change costs follows the change and not the collection: counted in what is done, not in seconds."""

import shutil
import tracemalloc
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from esfbot.embed import engine, projects, take, vectors
from esfbot.embed.run import embed
from esfbot.sheets.parse import parse
from esfbot.store.matrix import Matrix
from esfbot.store.sqlite_writer import SqliteWriter
from tests.embed.collection import MODEL, CountingEncoder, sheet, write

_FEW, _MANY = 20, 200
_WIDTH = 384


def numbered(n: int) -> dict[str, str]:
    """A sheet; all share words, people and places, and each has a title of its own."""
    return {f"{n:03}.txt": sheet(f"Projekt nummer{n}", f"Ungdomar lär sig snickra{n}.\n\nDe bygger båtar.")}


@pytest.fixture(scope="module")
def collections(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """A few and many sheets, embedded."""
    found = {}
    for count in (_FEW, _MANY):
        folder = tmp_path_factory.mktemp("collection")
        for n in range(1, count + 1):
            write(folder / "sheets", numbered(n))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(engine, "load_encoder", lambda *_: CountingEncoder())
            embed(folder / "sheets", folder / "embeddings", MODEL)
        found[count] = folder
    return found


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter[str]]:
    """What is done: SQL statements, rows written but for the word index's own, sheets parsed and vectors written."""
    done = Counter[str]()

    def counting(kind: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            done[kind] += 1
            return function(*arguments, **named)

        return call

    def statement(_connection: Any, _cursor: Any, said: str, parameters: Any, _context: Any, many: bool) -> None:
        done["statements"] += 1
        if said.startswith(("INSERT", "UPDATE", "DELETE")):
            done["rows given"] += len(parameters) if many else 1

    monkeypatch.setattr(take, "parse", counting("parsed", parse))
    monkeypatch.setattr(projects, "parse", counting("parsed", parse))
    monkeypatch.setattr(Matrix, "put", counting("vectors", Matrix.put))
    monkeypatch.setattr(SqliteWriter, "add_passage", counting("passages", SqliteWriter.add_passage))
    event.listen(Engine, "before_cursor_execute", statement)
    yield done
    event.remove(Engine, "before_cursor_execute", statement)


def added(sheets: Path) -> None:
    """A sheet that comes before all others, so that what is kept in their order would have to move."""
    write(sheets, numbered(0))


def changed(sheets: Path) -> None:
    path = sheets / "007.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("De bygger", "De målar"), encoding="utf-8")


def removed(sheets: Path) -> None:
    (sheets / "002.txt").unlink()


def nothing(sheets: Path) -> None:
    """As it was."""


@pytest.mark.parametrize("change", [added, changed, removed, nothing])
def test_cost_of_a_change(
    change: Callable[[Path], None],
    collections: dict[int, Path],
    counted: Counter[str],
    encoder: CountingEncoder,
    tmp_path: Path,
) -> None:
    """With ten times as many sheets one change costs the same."""
    costs = {}
    for count, folder in collections.items():
        work = tmp_path / str(count)
        shutil.copytree(folder, work)
        change(work / "sheets")
        counted.clear()
        encoder.read.clear()
        embed(work / "sheets", work / "embeddings", MODEL)
        costs[count] = counted + Counter(embedded=len(encoder.read))
    assert costs[_MANY] == costs[_FEW]
    assert costs[_FEW]["parsed"] == (2 if change in (added, changed) else 0)
    assert costs[_FEW]["embedded"] == (2 if change is added else 1 if change is changed else 0)


class Forgetful(CountingEncoder):
    """An encoder whose vectors are as long as those of the default model, and that keeps nothing."""

    def __init__(self) -> None:
        super().__init__(_WIDTH)

    def _encoded(self, texts: list[str]) -> Any:
        rows = super()._encoded(texts)
        self.read.clear()
        return rows


def test_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory does not grow with the text of the collection, nor with its vectors, as it would if either were held."""
    monkeypatch.setattr(engine, "load_encoder", lambda *_: Forgetful())
    monkeypatch.setattr(vectors, "_LOOKED_UP", 50)
    paragraphs = "\n\n".join("Ungdomar lär sig snickra och bygger båtar av trä. " * 10 for _ in range(60))
    peaks, sizes = [], []
    for count in (1, 6, 24):  # the first fills what is kept of words
        folder = tmp_path / str(count)
        write(folder / "sheets", {f"{n}.txt": sheet(f"Projekt {n}", paragraphs) for n in range(count)})
        tracemalloc.start(1)
        embedded = embed(folder / "sheets", folder / "embeddings", MODEL).embedded
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        sizes.append(count * len(paragraphs) + embedded * _WIDTH * 4)
    assert peaks[2] - peaks[1] < (sizes[2] - sizes[1]) / 2
