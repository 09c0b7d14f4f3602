"""The embedded store: one SQLite file and one matrix of vectors, in the folder of a generation."""

import functools
import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Table, func, select, text

from esfbot.model.project import Identity, Project, Section, Source
from esfbot.model.query import Condition
from esfbot.store import queries, rows
from esfbot.store.found import Likeness, Posting, StoredName, StoredPassage, StoredSheet
from esfbot.store.schema import facts, passages, projects, sheets
from esfbot.store.sqlite_file import DATABASE, VECTORS, open_engine
from esfbot.store.sqlite_names import name_total, postings, quoted, stored_names, words_spelt

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from esfbot.store.vectors import VectorIndex

    Vectors = NDArray[np.float32]

_SOME = 3  # projects that say a word: enough to tell that others than most names' own do

_SAYING = text(
    "SELECT DISTINCT p.project FROM passage_words w JOIN passages p ON p.id = w.rowid - 1"
    " WHERE passage_words MATCH :word LIMIT :limit"
)
_SAID_OUTSIDE = text(
    "SELECT 1 FROM passage_words w JOIN passages p ON p.id = w.rowid - 1"
    " WHERE passage_words MATCH :word AND p.project NOT IN (SELECT value FROM json_each(:ids)) LIMIT 1"
)
_SPREAD = text("SELECT stem, passages FROM spread WHERE stem IN (SELECT value FROM json_each(:stems))")
# Of passages that score the same, those of the earlier sheet come first: rows are in the order of their making.
_BEST = (
    " SELECT f.row, -f.score FROM found f JOIN passages p ON p.id = f.row"
    " WHERE f.score <= coalesce((SELECT score FROM found ORDER BY score LIMIT 1 OFFSET :limit - 1), 0)"
    " ORDER BY f.score, p.sheet, p.line, p.key LIMIT :limit"
)
_PASSAGES_OF_ALL = text(
    "WITH found AS (SELECT rowid - 1 AS row, bm25(passage_words) AS score FROM passage_words"  # noqa: S608 - all ours
    f" WHERE passage_words MATCH :words){_BEST}"
)
_PASSAGES_OF_SOME = text(
    "WITH found AS (SELECT w.rowid - 1 AS row, bm25(passage_words) AS score FROM passage_words w"  # noqa: S608 - ours
    " JOIN passages p ON p.id = w.rowid - 1"
    f" WHERE passage_words MATCH :words AND p.project IN (SELECT value FROM json_each(:among))){_BEST}"
)


class SqliteStore:
    """Looks things up in a finished generation. Safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()  # read from later on, wherever the process then stands
        self._engine = open_engine(self._folder / DATABASE, readonly=True)
        # A generation never changes, so what was worked out once holds.
        self._spelt = functools.lru_cache(maxsize=256)(self._words_spelt)
        self._saying = functools.lru_cache(maxsize=4096)(self._saying_it)
        self._values = functools.cache(self._values_in)
        self._total = functools.cache(self._rows_of)

    @property
    def name(self) -> str:
        """The generation's name."""
        return self._folder.name

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def _connect(self) -> Connection:
        return self._engine.connect()

    def find(self, conditions: Sequence[Condition] = (), among: Sequence[str] = ()) -> list[str]:
        """The ids of the projects that fulfil all conditions, in the sheets' order."""
        with self._connect() as connection:
            return list(connection.execute(queries.select_ids(conditions, among)).scalars())

    def projects(self, ids: Sequence[str], fields: Sequence[str] = ()) -> list[Project]:
        """The projects with these ids, with places and facts, of all fields or of ``fields``, but without sections."""
        with self._connect() as connection:
            return queries.load_projects(connection, ids, fields)

    def titles(self, ids: Sequence[str]) -> dict[str, str]:
        """The titles of the projects with these ids, in that order."""
        with self._connect() as connection:
            found = dict(
                connection.execute(select(projects.c.id, projects.c.title).where(projects.c.id.in_(ids))).all()
            )
        return {id_: found[id_] for id_ in ids if id_ in found}

    def dates(self, names: Iterable[str]) -> dict[str, tuple[str, bool]]:
        """The date of each sheet, in ISO form, and whether it is the page's own and not its file's."""
        with self._connect() as connection:
            found = connection.execute(select(sheets.c.identity).where(sheets.c.name.in_(list(names)))).scalars()
            return {each["sheet"]: (each["date"], each["page_dated"]) for each in found}

    def grouped(self) -> dict[str, tuple[str, ...]]:
        """Every project's id with its sheets' names, the one that counts first before the others."""
        with self._connect() as connection:
            return queries.sheets_of_projects(connection)

    def sheets(self) -> Iterator[StoredSheet]:
        """Every sheet as it is kept, one after the other."""
        with self._connect() as connection:
            names = list(connection.execute(select(sheets.c.name).order_by(sheets.c.name)).scalars())
            for name in names:
                row = connection.execute(select(sheets).where(sheets.c.name == name)).one()
                problems = tuple(map(rows.problem_from, row.problems))
                yield StoredSheet(Identity(**row.identity), row.digest, row.text, problems, row.redacted)

    def sheet(self, name: str) -> str:
        """The text of a sheet as published, its lines joined by newlines; empty where it was not kept."""
        with self._connect() as connection:
            return connection.execute(select(sheets.c.text).where(sheets.c.name == name)).scalar() or ""

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

    def postings(self, terms: Iterable[str]) -> dict[str, list[Posting]]:
        """In which names each of these words, folded, or pairs of words (see `esfbot.store.terms`) occurs, by field;
        those in none are left out."""
        with self._connect() as connection:
            return postings(connection, terms)

    def names(self, ids: Iterable[int], written: Iterable[str] = ()) -> list[StoredName]:
        """The names with these ids, and those whose folded words, joined, are one of ``written``, in the sheets'
        order."""
        with self._connect() as connection:
            return stored_names(connection, ids, written, total=self._names)

    @functools.cached_property
    def _names(self) -> int:
        with self._connect() as connection:
            return name_total(connection)

    def names_with(self, words: Iterable[str]) -> list[StoredName]:
        """The names in which any of these folded words occurs; of a common word the best (see `Posting`)."""
        found = self.postings(words)
        return self.names({id_ for each in found.values() for posting in each for id_ in posting.best})

    def values(self, field: str) -> dict[str, str]:
        """The different values of a field that has few, such as the phase: folded, and as a sheet writes each."""
        return self._values(field)

    def _values_in(self, field: str) -> dict[str, str]:
        query = select(facts.c.folded, func.min(facts.c.published)).where(facts.c.field == field)
        with self._connect() as connection:
            return dict(connection.execute(query.group_by(facts.c.folded).order_by(facts.c.folded)).all())

    def measures(self, field: str, ids: Sequence[str]) -> dict[str, float]:
        """The number that ``field`` has for each of these projects, to sort, sum and compare by (see
        `esfbot.fields.measures`). Projects that do not state it are left out."""
        with self._connect() as connection:
            return queries.numbers(connection, field, ids)

    def values_of(self, field: str, ids: Sequence[str]) -> list[tuple[str, str, str]]:
        """The values of ``field`` that these projects have: project, what tells the value from others, value."""
        with self._connect() as connection:
            return queries.values_of(connection, field, ids)

    def places_of(self, ids: Sequence[str]) -> list[tuple[str, str]]:
        """The codes of the places that these projects list or whose owner is there, with the project."""
        with self._connect() as connection:
            return queries.places_of(connection, ids)

    def words_spelt(self, word: str) -> Sequence[str]:
        """The folded words of names that a misspelt ``word`` may mean: with its first letter, and two letters more or
        fewer at most."""
        return self._spelt(word[:1], len(word))

    def _words_spelt(self, initial: str, letters: int) -> Sequence[str]:
        with self._connect() as connection:
            return words_spelt(connection, initial, letters)

    # Passages

    def spread(self, found_stems: Iterable[str]) -> dict[str, int]:
        """In how many passages each stem occurs; stems in none are left out."""
        wanted = list(dict.fromkeys(found_stems))
        if not wanted:
            return {}
        with self._connect() as connection:
            return dict(connection.execute(_SPREAD, {"stems": json.dumps(wanted)}).all())

    def said_outside(self, found_stem: str, ids: Collection[str]) -> bool:
        """Whether a stem occurs in the narrative of any other project than those of ``ids``."""
        some = self._saying(found_stem)
        if len(some) < _SOME or any(id_ not in ids for id_ in some):
            return any(id_ not in ids for id_ in some)
        with self._connect() as connection:
            given = {"word": quoted(found_stem), "ids": json.dumps(list(ids))}
            return connection.execute(_SAID_OUTSIDE, given).first() is not None

    def _saying_it(self, found_stem: str) -> tuple[str, ...]:
        with self._connect() as connection:
            return tuple(connection.execute(_SAYING, {"word": quoted(found_stem), "limit": _SOME}).scalars())

    def passages_by_words(
        self, wanted: Sequence[str], among: Sequence[str] = (), limit: int = 50
    ) -> list[tuple[int, float]]:
        """Passages that hold any of the stems ``wanted``: their rows with the BM25 score, higher is better."""
        if not wanted:
            return []
        match = " OR ".join(map(quoted, dict.fromkeys(wanted)))
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
        if not among:
            return self._vectors.nearest(vector, limit)
        with self._connect() as connection:
            query = select(passages.c.id).where(passages.c.project.in_(among)).order_by(passages.c.id)
            return self._vectors.nearest(vector, limit, list(connection.execute(query).scalars()))

    def likeness(self, vector: "Vectors") -> Likeness:
        """How like all passages are to a question with this vector."""
        return self._vectors.likeness(vector)

    def projects_like(self, project: str, limit: int) -> list[str]:
        """The ids of other projects whose passages are most like those of ``project`` in meaning, the likest first."""
        with self._connect() as connection:
            of_rows = connection.execute(select(passages.c.project).order_by(passages.c.id)).scalars()
            return self._vectors.groups_like(project, list(of_rows), limit)

    def passages(self, ids: Sequence[int]) -> list[StoredPassage]:
        """The passages of these rows, in that order."""
        with self._connect() as connection:
            found = {row.id: row for row in connection.execute(select(passages).where(passages.c.id.in_(ids)))}
        return [_passage(found[id_]) for id_ in ids if id_ in found]

    def passage_total(self) -> int:
        """How many passages there are."""
        return self._total(passages)

    def rows_with(self, keys: Iterable[str]) -> dict[str, int]:
        """The rows of the passages that have these keys: what need not be embedded again."""
        query = select(passages.c.key, passages.c.id).where(passages.c.key.in_(list(keys)))
        with self._connect() as connection:
            return dict(connection.execute(query).all())

    @functools.cached_property
    def _vectors(self) -> "VectorIndex":
        from esfbot.store.vectors import VectorIndex  # loads numpy, which a fact needs none of

        return VectorIndex(self._folder / VECTORS)

    def vector(self, row: int) -> "Vectors":
        """The vector of a passage."""
        return self._vectors.row(row)

    def vectors(self) -> "Vectors":
        """All vectors, a row a passage; mapped, not loaded."""
        return self._vectors.rows


def _passage(row: Any) -> StoredPassage:
    return StoredPassage(row.id, row.project, row.section, row.heading, row.text, Source(row.sheet, row.line))
