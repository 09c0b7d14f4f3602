"""The vectors of a generation: kept where they are known, made where they are not.

Those that are made are kept at once, so that a run that is broken off has not embedded in vain.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np

from esfbot.embed.passages import embedded_text
from esfbot.encoders import Encoder, Vectors, passage_vectors
from esfbot.store.matrix import Matrix
from esfbot.store.sqlite import SqliteStore
from esfbot.store.sqlite_file import VECTORS
from esfbot.store.sqlite_writer import SqliteWriter

Progress = Callable[[int, int], None]
JOURNAL = ".embedded.sqlite"
BATCH = 16
_LOOKED_UP = 500  # passages looked up at a time


class WidthChanged(Exception):
    """The encoder's vectors are not as long as those that are kept."""


class Journal:
    """Vectors that were made and are in no generation yet, by model and by passage. Use it in ``with``.

    Its file is there only while it holds any. ``used`` tells whether any has been found in it.
    """

    def __init__(self, embeddings: Path, model: str) -> None:
        self._path = embeddings / JOURNAL
        self._model = model
        self.used = False
        self._connection = self._opened() if self._path.exists() else None

    def _opened(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path)
        try:
            connection.execute(
                "CREATE TABLE IF NOT EXISTS vectors (model TEXT, key TEXT, vector BLOB, PRIMARY KEY (model, key))"
            )
            sound = connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
        except sqlite3.OperationalError:  # no room, or no right to write
            connection.close()
            raise
        except sqlite3.DatabaseError:
            sound = False
        if sound:
            return connection
        connection.close()
        self._unlink()  # damaged: it saves work and holds nothing else
        return self._opened()

    def _unlink(self) -> None:
        for path in (self._path, self._path.with_name(f"{JOURNAL}-journal")):
            path.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._connection:
            self._connection.close()

    def find(self, keys: Sequence[str]) -> dict[str, Vectors]:
        """The vectors that are there for these keys."""
        if self._connection is None:
            return {}
        marks = ",".join("?" * len(keys))
        query = f"SELECT key, vector FROM vectors WHERE model = ? AND key IN ({marks})"  # noqa: S608 - only marks
        found = self._connection.execute(query, (self._model, *keys))
        vectors = {key: np.frombuffer(vector, dtype=np.float32) for key, vector in found}
        self.used |= bool(vectors)
        return vectors

    def keep(self, made: Mapping[str, Vectors]) -> None:
        """Keep vectors by key, on disk."""
        if self._connection is None:
            self._connection = self._opened()
        rows = [(self._model, key, np.asarray(vector, dtype=np.float32).tobytes()) for key, vector in made.items()]
        with self._connection:
            self._connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)

    def remove(self) -> None:
        """Remove all: what it held is in a generation now, or of no use any more."""
        if self._connection:
            self._connection.close()
            self._connection = None
        self._unlink()


@dataclass(frozen=True, slots=True)
class Kept:
    """Where vectors are taken from: ``store`` is a generation of the same model. Where rows stay as they are, its
    matrix is the file ``matrix``; ``moved`` tells from where those come that do not, by row."""

    journal: Journal
    store: SqliteStore | None = None
    matrix: Path | None = None
    moved: Mapping[int, int] | None = None

    def find(self, keys: Sequence[str]) -> dict[str, Vectors]:
        """The vectors that are known for these keys."""
        found = self.journal.find(keys)
        if self.store:
            found |= {key: np.array(self.store.vector(row)) for key, row in self.store.rows_with(keys).items()}
        return found

    def known(self, writer: SqliteWriter, rows: Sequence[int]) -> "Iterator[tuple[int, Vectors | None]]":
        """These rows of the writer's passages, each with its vector where that is known."""
        for at in range(0, len(rows), _LOOKED_UP):
            passages = writer.passages(rows[at : at + _LOOKED_UP])
            found = self.find([key for _, key, _ in passages])
            yield from ((row, found.get(key)) for row, key, _ in passages)


def write_vectors(
    folder: Path,
    writer: SqliteWriter,
    new: Sequence[int],
    kept: Kept,
    load: Callable[[], Encoder],
    progress: Progress,
) -> tuple[int, int]:
    """Write the matrix of all passages to ``folder``; return its width and how many vectors were made.

    ``new`` are the rows that are not where they were in ``kept``.
    """
    try:
        return _Writing(folder, writer, kept, load, progress).write(new)
    except WidthChanged:  # a model's folder that holds another model than it did
        everything = range(writer.passage_total())
        return _Writing(folder, writer, Kept(kept.journal), load, progress, anew=True).write(everything)


class _Writing:
    def __init__(
        self,
        folder: Path,
        writer: SqliteWriter,
        kept: Kept,
        load: Callable[[], Encoder],
        progress: Progress,
        *,
        anew: bool = False,
    ) -> None:
        self._path = folder / VECTORS
        self._writer = writer
        self._kept = kept
        self._load = load
        self._progress = progress
        self._anew = anew
        self._encoder: Encoder | None = None

    def write(self, new: Iterable[int]) -> tuple[int, int]:
        missing = list(new)
        with self._matrix() as matrix:
            if not self._anew:
                missing = self._take_over(matrix, missing)
            self._progress(0, len(missing))
            done = 0
            for batch in self._batches(missing):
                made = self._made(list(batch.values()))
                if made.shape[1] != matrix.width:
                    raise WidthChanged
                matrix.put([row for row, _ in batch], made)
                self._kept.journal.keep({key: vector for (_, key), vector in zip(batch, made, strict=True)})
                done += len(batch)
                self._progress(done, len(missing))
            return matrix.width, len(missing)

    def _matrix(self) -> Matrix:
        total = self._writer.passage_total()
        if self._kept.store is None:
            return Matrix(self._path, total, self._made(["längd"]).shape[1])
        old = self._kept.store.vectors()
        matrix = Matrix(self._path, total, old.shape[1], self._kept.matrix)
        for row, before in (self._kept.moved or {}).items():
            matrix.put([row], old[before : before + 1])
        return matrix

    def _made(self, texts: Sequence[str]) -> Vectors:
        if self._encoder is None:
            self._encoder = self._load()
        return passage_vectors(self._encoder, texts)

    def _take_over(self, matrix: Matrix, rows: Sequence[int]) -> list[int]:
        """Write the vectors that are known, and return the rows of the others."""
        missing = []
        for row, vector in self._kept.known(self._writer, rows):
            if vector is not None and len(vector) == matrix.width:
                matrix.put([row], vector[None])
            else:
                missing.append(row)
        return missing

    def _batches(self, rows: Sequence[int]) -> Iterator[dict[tuple[int, str], str]]:
        """The texts of these rows, by row and key; the shortest first, so that a batch holds texts of about one
        length."""
        ordered = self._writer.by_length(rows)
        for at in range(0, len(ordered), BATCH):
            yield {
                (row, key): embedded_text(*said) for row, key, said in self._writer.passages(ordered[at : at + BATCH])
            }
