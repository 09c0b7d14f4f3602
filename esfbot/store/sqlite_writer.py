"""The embedded store in the making: writes what `esfbot.store.sqlite` reads, new or over a copy of a finished one."""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Table, delete, func, insert, select, text, update

from esfbot.errors import SheetRefused
from esfbot.model.project import Identity, Problem, Project
from esfbot.store import queries, rows
from esfbot.store.found import StoredPassage, StoredSheet
from esfbot.store.names_writer import NamesWriter
from esfbot.store.schema import (
    facts,
    measures,
    metadata,
    passages,
    places,
    projects,
    refusals,
    sections,
    sheets,
    spread,
)
from esfbot.store.sqlite_file import DATABASE, open_engine, stems

# The word index is SQLite's own (FTS5); the rest of the schema is shared.
_FULL_TEXT = (
    "CREATE VIRTUAL TABLE passage_words USING fts5(stems, content='', tokenize='unicode61')",
    "CREATE VIRTUAL TABLE passage_terms USING fts5vocab(passage_words, row)",
)
_SAY = text("INSERT INTO passage_words(rowid, stems) VALUES (:row, :stems)")
_UNSAY = text("INSERT INTO passage_words(passage_words, rowid, stems) VALUES ('delete', :row, :stems)")
_SPREAD_OF = text(
    "INSERT INTO spread SELECT v.term, v.doc FROM json_each(:terms) t JOIN passage_terms v ON v.term = t.value"
)
_FEW = 500  # rows that a statement names
_OF_PROJECT = (facts, measures, sections, places)


class SqliteWriter:
    """Writes the sheets, facts, passages, words and names of a generation. Use it as a context manager.

    Where the folder holds a copy of a finished database, that is changed; what is not touched stays.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / DATABASE
        self._new = not self._path.exists()
        self._open()
        if self._new:
            metadata.create_all(self._connection)
            for statement in _FULL_TEXT:
                self._connection.execute(text(statement))
        self._names = NamesWriter(self._connection)
        self._restemmed: set[str] = set()
        self._unsaid = False
        self._removed = False

    def _open(self) -> None:
        self._engine = open_engine(self._path, readonly=False)
        self._connection = self._engine.connect()

    def _close(self) -> None:
        self._connection.close()
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    # Sheets

    def put_sheet(self, sheet: StoredSheet) -> None:
        """Write a sheet, in the place of one of its name."""
        self.remove_sheets([sheet.identity.sheet])
        row = {
            "name": sheet.identity.sheet,
            "digest": sheet.digest,
            "identity": asdict(sheet.identity),
            "problems": rows.problem_rows(sheet.problems),
            "redacted": sheet.redacted,
            "text": sheet.text,
        }
        self._insert(sheets, [row])

    def put_refusal(self, name: str, digest: str, reason: SheetRefused) -> None:
        """Keep why a file was refused, in the place of what is known of that name."""
        self.remove_sheets([name])
        said = {"found": reason.found, "expected": reason.expected, "action": reason.action}
        self._insert(refusals, [{"name": name, "digest": digest, **said}])

    def remove_sheets(self, names: Iterable[str]) -> None:
        """Forget sheets and refused files."""
        for name in names:
            for table in (sheets, refusals):
                found = self._connection.execute(delete(table).where(table.c.name == name))
                self._removed |= found.rowcount > 0

    def identities(self) -> Iterator[Identity]:
        """What tells each sheet's project from others."""
        for found in self._connection.execute(select(sheets.c.identity)).scalars():
            yield Identity(**found)

    def sheet(self, name: str) -> tuple[str, Identity]:
        """A sheet's text, and its identity."""
        found = self._connection.execute(select(sheets.c.text, sheets.c.identity).where(sheets.c.name == name)).one()
        return found.text, Identity(**found.identity)

    def redacted(self) -> set[str]:
        """The names of the sheets from which somebody was taken out."""
        return set(self._connection.execute(select(sheets.c.name).where(sheets.c.redacted)).scalars())

    def texts(self) -> Iterator[tuple[str, str]]:
        """Every sheet's name with its text, one after the other."""
        for name in list(self._connection.execute(select(sheets.c.name).order_by(sheets.c.name)).scalars()):
            yield name, self.sheet(name)[0]

    def digests(self) -> tuple[dict[str, str], dict[str, str]]:
        """The digest of each sheet, and of each file that was refused, by name."""
        found = (select(table.c.name, table.c.digest) for table in (sheets, refusals))
        taken, refused = (dict(self._connection.execute(query).all()) for query in found)
        return taken, refused

    def refusals(self) -> list[tuple[str, SheetRefused]]:
        """The files that were refused, by name, with the reason."""
        found = self._connection.execute(select(refusals).order_by(refusals.c.name))
        return [(row.name, SheetRefused(row.found, row.expected, row.action)) for row in found]

    def problems(self) -> Iterator[Problem]:
        """What is wrong with each sheet, and what the sheets of each project disagree on."""
        for table in (sheets, projects):
            for listed in self._connection.execute(select(table.c.problems)).scalars():
                yield from map(rows.problem_from, listed)

    # Projects

    def grouped(self) -> dict[str, tuple[str, ...]]:
        """The projects as they are written: each one's id with its sheets' names."""
        return queries.sheets_of_projects(self._connection)

    def add_project(self, project: Project, problems: Sequence[Problem] = ()) -> None:
        """Write a project with its facts, sections and places, and what its sheets disagree on."""
        self._insert(projects, [rows.project_row(project, problems)])
        self._insert(facts, rows.fact_rows(project))
        self._insert(measures, rows.measure_rows(project))
        self._insert(sections, rows.section_rows(project))
        self._insert(places, rows.place_rows(project))
        self._names.add(rows.name_rows(project))

    def remove_project(self, id_: str) -> None:
        """Remove a project, but for its passages."""
        self._connection.execute(delete(projects).where(projects.c.id == id_))
        for table in _OF_PROJECT:
            self._connection.execute(delete(table).where(table.c.project == id_))
        self._names.remove(id_)
        self._removed = True

    # Passages

    def rows_of(self, project: str) -> list[tuple[str, int]]:
        """The key of each passage of a project with the row of its vector; two of the same text have one key."""
        query = (
            select(passages.c.key, passages.c.id).where(passages.c.project == project).order_by(passages.c.id.desc())
        )
        return [(key, row) for key, row in self._connection.execute(query)]

    def passage_total(self) -> int:
        """How many passages there are."""
        return self._connection.execute(select(func.count()).select_from(passages)).scalar_one()

    def passages(self, wanted: Sequence[int]) -> list[tuple[int, str, tuple[str, str, str]]]:
        """Row, key, and the project's title, the heading and the text, of the passages of these rows, in that order."""
        columns = passages.c.id, passages.c.key, projects.c.title, passages.c.heading, passages.c.text
        query = select(*columns).join(projects, projects.c.id == passages.c.project).where(passages.c.id.in_(wanted))
        found = {
            id_: (id_, key, (title, heading, said))
            for id_, key, title, heading, said in self._connection.execute(query)
        }
        return [found[row] for row in wanted]

    def by_length(self, wanted: Collection[int]) -> list[int]:
        """These rows, those of the shortest passages first."""
        among = set(wanted)
        length = func.length(passages.c.heading) + func.length(passages.c.text)
        query = select(passages.c.id).order_by(length, passages.c.id)
        if len(among) <= _FEW:
            query = query.where(passages.c.id.in_(among))
        return [row for row in self._connection.execute(query).scalars() if row in among]

    def add_passage(self, passage: StoredPassage, key: str) -> None:
        """Write a passage and the words it is found by; ``key`` identifies it across generations."""
        self._insert(passages, [_passage_row(passage, key)])
        self._say(_SAY, passage.row, passage.heading, passage.text)

    def place_passage(self, passage: StoredPassage, key: str) -> None:
        """Write where a passage belongs and stands now, of which text and words are there."""
        row = _passage_row(passage, key)
        self._connection.execute(update(passages).where(passages.c.id == passage.row).values(row))

    def remove_passage(self, row: int) -> None:
        """Remove a passage and its words; its row is free."""
        found = self._connection.execute(select(passages.c.heading, passages.c.text).where(passages.c.id == row)).one()
        self._connection.execute(delete(passages).where(passages.c.id == row))
        self._say(_UNSAY, row, found.heading, found.text)

    def move_passage(self, row: int, to: int) -> None:
        """Give a passage another row, which is free."""
        found = self._connection.execute(select(passages.c.heading, passages.c.text).where(passages.c.id == row)).one()
        self._connection.execute(update(passages).where(passages.c.id == row).values(id=to))
        self._say(_UNSAY, row, found.heading, found.text)
        self._say(_SAY, to, found.heading, found.text)

    def _say(self, statement: Any, row: int, heading: str, words: str) -> None:
        found = stems(f"{heading} {words}")
        self._restemmed.update(found)
        self._unsaid |= statement is _UNSAY
        self._connection.execute(statement, {"row": row + 1, "stems": " ".join(found)})

    # The end

    def finish(self) -> None:
        """Write the names and what is counted once, and write everything to disk."""
        self._names.finish()
        if self._new or self._unsaid:  # until then the index only marks words as removed
            self._connection.execute(text("INSERT INTO passage_words(passage_words) VALUES ('optimize')"))
        # Counting the passages of a common stem takes long, so it is done once.
        if self._new:
            self._connection.execute(text("INSERT INTO spread SELECT term, doc FROM passage_terms"))
        else:
            # What the word index makes of a stem: it knows no underscore.
            terms = json.dumps(sorted({term for stem in self._restemmed for term in re.findall(r"[^\W_]+", stem)}))
            listed = select(func.json_each(terms).table_valued("value").c.value)
            self._connection.execute(delete(spread).where(spread.c.stem.in_(listed)))
            self._connection.execute(_SPREAD_OF, {"terms": terms})
        self._connection.commit()
        if self._removed:
            self._write_anew()

    def _write_anew(self) -> None:
        """Copy what is there to a new file, so that no byte is left of what was removed. To have it overwritten is not
        enough: when rows move between pages SQLite leaves the old ones as they are until other rows take their place.
        """
        anew = self._path.with_suffix(".anew")
        self._connection.execute(text("VACUUM INTO :path"), {"path": str(anew)})
        self._close()
        anew.replace(self._path)
        self._open()

    def _insert(self, table: Table, values: Iterable[Mapping[str, Any]]) -> None:
        if found := list(values):
            self._connection.execute(insert(table), found)


def _passage_row(passage: StoredPassage, key: str) -> rows.Row:
    row = {"id": passage.row, "project": passage.project, "section": passage.section, "text": passage.text}
    return row | {"heading": passage.heading, "sheet": passage.source.sheet, "line": passage.source.line, "key": key}
