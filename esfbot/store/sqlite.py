"""The embedded store: one SQLite file and one matrix of vectors, in the folder of a generation."""

import functools
import json
import sqlite3
import urllib.parse
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, Table, create_engine, event, func, select, text
from sqlalchemy.pool import QueuePool, StaticPool

from esfbot.errors import EmbeddingsError
from esfbot.language.words import stem, texts_of_words
from esfbot.model.project import Project, Section, Source
from esfbot.model.query import Condition
from esfbot.store import queries
from esfbot.store.found import Likeness, StoredName, StoredPassage
from esfbot.store.schema import facts, name_words, names, passages, projects
from esfbot.wording.load import is_function

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

_SHORT = 6  # letters

DATABASE = "facts.sqlite"
VECTORS = "vectors.npy"

_WORDS_LIKE = text("SELECT word FROM name_spelling WHERE name_spelling MATCH :pieces ORDER BY rank LIMIT :limit")
_PROJECTS_SAYING = text(
    "SELECT DISTINCT p.project FROM passage_words w JOIN passages p ON p.id = w.rowid - 1"
    " WHERE passage_words MATCH :word LIMIT :limit"
)
_SPREAD = text("SELECT term, doc FROM passage_terms WHERE term IN (SELECT value FROM json_each(:stems))")
_PASSAGES_OF_ALL = text(
    "SELECT rowid - 1, -bm25(passage_words) FROM passage_words WHERE passage_words MATCH :words"
    " ORDER BY bm25(passage_words), rowid LIMIT :limit"
)
_PASSAGES_OF_SOME = text(
    "SELECT w.rowid - 1, -bm25(passage_words) FROM passage_words w JOIN passages p ON p.id = w.rowid - 1"
    " WHERE passage_words MATCH :words AND p.project IN (SELECT value FROM json_each(:among))"
    " ORDER BY bm25(passage_words), w.rowid LIMIT :limit"
)


def open_engine(path: Path, *, readonly: bool) -> Engine:
    """Open the database at ``path``: a finished one to read from several threads, or one in the making to write."""
    uri = f"file:{urllib.parse.quote(str(path.resolve()))}" + ("?mode=ro&immutable=1" if readonly else "")

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(uri, uri=True, check_same_thread=False)

    if readonly:
        return create_engine("sqlite://", creator=connect, poolclass=QueuePool)
    engine = create_engine("sqlite://", creator=connect, poolclass=StaticPool)

    @event.listens_for(engine, "connect")
    def _quick(connection: Any, _: object) -> None:
        # A half-written generation is thrown away, so nothing is lost by not waiting for the disk at each step.
        connection.execute("PRAGMA journal_mode=OFF")
        connection.execute("PRAGMA synchronous=OFF")

    return engine


def stems(words: str) -> list[str]:
    """The Swedish stems of a text, folded: what passages are found by. Function words are none."""
    return [stem(word) for word in texts_of_words(words) if not is_function(word)]


class SqliteStore:
    """Looks things up in a finished generation. Safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()  # read from later on, wherever the process then stands
        self._engine = open_engine(self._folder / DATABASE, readonly=True)
        # A generation never changes, so what was worked out once holds.
        self._saying = functools.lru_cache(maxsize=4096)(self._projects_saying)
        self._values = functools.cache(self._values_in)
        self._total = functools.cache(self._rows_of)
        self._cosines = functools.lru_cache(maxsize=4)(self._cosines_with)

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def _connect(self) -> Connection:
        return self._engine.connect()

    def find(self, conditions: Sequence[Condition] = (), among: Sequence[str] = ()) -> list[str]:
        """The ids of the projects that fulfil all conditions, in the sheets' order."""
        with self._connect() as connection:
            return list(connection.execute(queries.select_ids(conditions, among)).scalars())

    def projects(self, ids: Sequence[str]) -> list[Project]:
        """The projects with these ids, with facts and places but without sections."""
        with self._connect() as connection:
            return queries.load_projects(connection, ids)

    def titles(self, ids: Sequence[str]) -> dict[str, str]:
        """The titles of the projects with these ids, in that order."""
        with self._connect() as connection:
            found = dict(
                connection.execute(select(projects.c.id, projects.c.title).where(projects.c.id.in_(ids))).all()
            )
        return {id_: found[id_] for id_ in ids if id_ in found}

    def sections(self, project: str) -> list[Section]:
        """The sections of a project, in the sheet's order."""
        with self._connect() as connection:
            return queries.load_sections(connection, project)

    def mentioning(self, codes: Sequence[str]) -> list[str]:
        """The ids of projects that only mention one of the places ``codes``."""
        with self._connect() as connection:
            return queries.projects_mentioning(connection, codes)

    def with_key(self, field: str, key: str) -> list[str]:
        """The ids of the projects that have the e-mail address, number or code ``key`` in ``field``."""
        with self._connect() as connection:
            return queries.projects_with_key(connection, field, key)

    def count(self) -> int:
        """How many projects there are."""
        return self._total(projects)

    def _rows_of(self, table: Table) -> int:
        with self._connect() as connection:
            return connection.execute(select(func.count()).select_from(table)).scalar_one()

    # Names

    def name_counts(self, words: Iterable[str]) -> dict[str, int]:
        """In how many names each of these folded words occurs; words in none are left out."""
        query = (
            select(name_words.c.word, func.count())
            .where(name_words.c.word.in_(list(words)))
            .group_by(name_words.c.word)
        )
        with self._connect() as connection:
            return dict(connection.execute(query).all())

    def names_with(self, words: Iterable[str]) -> list[StoredName]:
        """The names in which any of these folded words occurs."""
        query = (
            select(names).join(name_words, name_words.c.name == names.c.id).where(name_words.c.word.in_(list(words)))
        )
        with self._connect() as connection:
            found = connection.execute(query.distinct().order_by(names.c.id)).all()
        return [_name(row) for row in found]

    def names_written(self, folded: Iterable[str]) -> list[StoredName]:
        """The names whose folded words, joined, are one of ``folded``."""
        query = select(names).where(names.c.joined.in_(list(folded))).order_by(names.c.id)
        with self._connect() as connection:
            return [_name(row) for row in connection.execute(query)]

    def values(self, field: str) -> list[str]:
        """The different values of a field that has few, such as the phase, folded."""
        return self._values(field)

    def _values_in(self, field: str) -> list[str]:
        query = select(facts.c.folded).where(facts.c.field == field).distinct().order_by(facts.c.folded)
        with self._connect() as connection:
            return list(connection.execute(query).scalars())

    def measures(self, field: str, ids: Sequence[str]) -> dict[str, float]:
        """The number that ``field`` has for each of these projects, to sort, sum and compare by: kronor, counts, days.
        Projects that do not state it are left out."""
        with self._connect() as connection:
            return queries.measures(connection, field, ids)

    def name_total(self) -> int:
        """How many names there are."""
        return self._total(names)

    def words_like(self, word: str, limit: int = 30) -> list[str]:
        """Folded words of names that may be meant by a misspelt ``word``: those that share pieces of three letters with
        it, and for a short word, in which one slip spoils all pieces, those of its length with its first letter."""
        pieces = dict.fromkeys(word[i : i + 3] for i in range(len(word) - 2))
        match = " OR ".join(map(_quoted, pieces))
        with self._connect() as connection:
            found = list(connection.execute(_WORDS_LIKE, {"pieces": match, "limit": limit}).scalars()) if pieces else []
            if len(word) <= _SHORT:
                column = name_words.c.word
                initial = column.between(word[:1], word[:1] + "\U0010ffff")
                length = func.length(column).between(len(word) - 1, len(word) + 1)
                found += connection.execute(select(column).where(initial, length).distinct()).scalars()
        return list(dict.fromkeys(found))

    # Passages

    def spread(self, found_stems: Iterable[str]) -> dict[str, int]:
        """In how many passages each stem occurs; stems in none are left out."""
        wanted = list(dict.fromkeys(found_stems))
        if not wanted:
            return {}
        with self._connect() as connection:
            return dict(connection.execute(_SPREAD, {"stems": json.dumps(wanted)}).all())

    def projects_saying(self, found_stem: str, limit: int = 3) -> list[str]:
        """The ids of projects, at most ``limit``, in whose narrative a stem occurs."""
        return list(self._saying(found_stem, limit))

    def _projects_saying(self, found_stem: str, limit: int) -> tuple[str, ...]:
        with self._connect() as connection:
            found = connection.execute(_PROJECTS_SAYING, {"word": _quoted(found_stem), "limit": limit})
            return tuple(found.scalars())

    def passages_by_words(
        self, wanted: Sequence[str], among: Sequence[str] = (), limit: int = 50
    ) -> list[tuple[int, float]]:
        """Passages that hold any of the stems ``wanted``: their rows with the BM25 score, higher is better."""
        if not wanted:
            return []
        match = " OR ".join(map(_quoted, dict.fromkeys(wanted)))
        query = _PASSAGES_OF_SOME if among else _PASSAGES_OF_ALL
        given = {"words": match, "limit": limit} | ({"among": json.dumps(list(among))} if among else {})
        with self._connect() as connection:
            return [(row, score) for row, score in connection.execute(query, given)]

    def passages_by_meaning(
        self, vector: "Vectors", among: Sequence[str] = (), limit: int = 50
    ) -> list[tuple[int, float]]:
        """The passages nearest in meaning to ``vector``: their rows with the cosine, higher is better.

        Raises EmbeddingsError where the vector is not as long as theirs.
        """
        import numpy as np

        scores = self._cosines(vector.tobytes())
        rows_of_all = None
        if among:
            with self._connect() as connection:
                query = select(passages.c.id).where(passages.c.project.in_(among)).order_by(passages.c.id)
                rows_of_all = np.fromiter(connection.execute(query).scalars(), dtype=np.int64)
            scores = scores[rows_of_all]
        # Only the best are put in order: of all of them it would take longer than their products.
        best = np.argpartition(-scores, limit)[:limit] if limit < len(scores) else np.arange(len(scores))
        best = best[np.lexsort((best, -scores[best]))]
        return [(int(i if rows_of_all is None else rows_of_all[i]), float(scores[i])) for i in best]

    def likeness(self, vector: "Vectors") -> Likeness:
        """How like all passages are to a question with this vector."""
        cosines = self._cosines(vector.tobytes())
        if not len(cosines):
            return Likeness(0.0, 1.0)
        return Likeness(float(cosines.mean()), max(float(cosines.std()), 1e-6))

    def _cosines_with(self, vector: bytes) -> "Vectors":
        """The cosines of all passages with a question's vector, given as bytes: worked out once a question."""
        import numpy as np

        asked = np.frombuffer(vector, dtype=np.float32)
        if self._vectors.shape[1] != len(asked):
            raise EmbeddingsError(
                f"the model's vectors have {len(asked)} dimensions and those of generation {self._folder.name} have"
                f" {self._vectors.shape[1]}",
                "vectors of the model that embedded the sheets",
                "Run: esfbot embed",
            )
        cosines: Vectors = self._vectors @ asked
        return cosines

    def passages(self, ids: Sequence[int]) -> list[StoredPassage]:
        """The passages of these rows, in that order."""
        with self._connect() as connection:
            found = {row.id: row for row in connection.execute(select(passages).where(passages.c.id.in_(ids)))}
        return [_passage(found[id_]) for id_ in ids if id_ in found]

    def passage_total(self) -> int:
        """How many passages there are."""
        return self._total(passages)

    def passage_keys(self) -> dict[str, int]:
        """Every passage's key with the row of its vector: what need not be embedded again."""
        with self._connect() as connection:
            return dict(connection.execute(select(passages.c.key, passages.c.id)).all())

    @functools.cached_property
    def _vectors(self) -> "Vectors":
        import numpy as np

        path = self._folder / VECTORS
        # Mapped, so that processes share it and a fact needs none of it; as a plain array, which numpy handles quicker.
        loaded: Vectors = np.asarray(np.load(path, mmap_mode="r"))
        return loaded

    def vector(self, row: int) -> "Vectors":
        """The vector of a passage."""
        found: Vectors = self._vectors[row]
        return found


def _quoted(word: str) -> str:
    """A word as full-text search takes it for nothing but a word."""
    return '"' + word.replace("\0", " ").replace('"', '""') + '"'


def _name(row: Any) -> StoredName:
    return StoredName(row.project, row.field, row.text, tuple(row.words))


def _passage(row: Any) -> StoredPassage:
    return StoredPassage(row.id, row.project, row.section, row.heading, row.text, Source(row.sheet, row.line))
