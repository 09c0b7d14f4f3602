"""The embedded store in the making: writes what `esfbot.store.sqlite` reads."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Self

from sqlalchemy import insert, text

from esfbot.model.project import Project, Sheet
from esfbot.store import rows
from esfbot.store.found import StoredPassage
from esfbot.store.schema import facts, measures, metadata, passages, places, projects, sections, sheets
from esfbot.store.sqlite import DATABASE, open_engine, stems
from esfbot.store.sqlite_names import NamesWriter

# The word index is SQLite's own (FTS5); the rest of the schema is shared.
_FULL_TEXT = (
    "CREATE VIRTUAL TABLE passage_words USING fts5(stems, content='', tokenize='unicode61')",
    "CREATE VIRTUAL TABLE passage_terms USING fts5vocab(passage_words, row)",
)


class SqliteWriter:
    """Writes the facts, passages, words and names of a new generation. Use it as a context manager."""

    def __init__(self, folder: Path) -> None:
        self._engine = open_engine(folder / DATABASE, readonly=False)
        self._connection = self._engine.connect()
        metadata.create_all(self._connection)
        for statement in _FULL_TEXT:
            self._connection.execute(text(statement))
        self._projects = 0
        self._names = NamesWriter()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()
        self._engine.dispose()

    def add_project(self, project: Project) -> None:
        """Write a project with its facts, sections, places and names."""
        head = {"id": project.id, "position": self._projects, "title": project.title, "sheets": list(project.sheets)}
        self._projects += 1
        self._insert(projects, [head])
        self._insert(facts, rows.fact_rows(project))
        self._insert(measures, rows.measure_rows(project))
        self._insert(sections, rows.section_rows(project))
        self._insert(places, rows.place_rows(project))
        for name in rows.name_rows(project):
            self._names.add(name)

    def add_sheet(self, sheet: Sheet) -> None:
        """Write a sheet as it was published."""
        self._insert(sheets, [{"name": sheet.name, "text": sheet.text}])

    def add_passage(self, passage: StoredPassage, key: str) -> None:
        """Write a passage and the words it is found by; ``key`` identifies it across generations."""
        row = {"id": passage.row, "project": passage.project, "section": passage.section, "text": passage.text}
        self._insert(
            passages,
            [
                {
                    **row,
                    "heading": passage.heading,
                    "sheet": passage.source.sheet,
                    "line": passage.source.line,
                    "key": key,
                }
            ],
        )
        statement = text("INSERT INTO passage_words(rowid, stems) VALUES (:row, :stems)")
        self._connection.execute(
            statement, {"row": passage.row + 1, "stems": " ".join(stems(f"{passage.heading} {passage.text}"))}
        )

    def finish(self) -> None:
        """Write the names and what is counted once, and write everything to disk."""
        self._names.write(self._connection)
        self._connection.execute(text("INSERT INTO passage_words(passage_words) VALUES ('optimize')"))
        # Counting the passages of a common stem takes long, so it is done once.
        self._connection.execute(text("INSERT INTO spread SELECT term, doc FROM passage_terms"))
        self._connection.commit()

    def _insert(self, table: Any, values: Iterable[rows.Row]) -> None:
        if found := list(values):
            self._connection.execute(insert(table), found)
