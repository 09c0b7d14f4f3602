"""The projects of a generation brought up to date with its sheets: only those that a changed sheet belongs to."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from esfbot.embed.changes import ProjectChange, compared
from esfbot.embed.passages import Passage, passages_of
from esfbot.model.project import Problem, Project, Sheet
from esfbot.sheets.parse import parse
from esfbot.sheets.projects import grouped, merge
from esfbot.store.found import StoredPassage
from esfbot.store.sqlite import SqliteStore
from esfbot.store.sqlite_writer import SqliteWriter


class Rows:
    """Rows of vectors, without gaps: new ones come at the end, and the last fill the places of those that are gone.

    ``moved`` tells where the vector of a row is to be taken from, ``new`` which rows have none yet.
    """

    def __init__(self, total: int) -> None:
        self._total = total
        self.new: set[int] = set()
        self.moved: dict[int, int] = {}

    def take(self) -> int:
        """A row for a new passage."""
        self.new.add(self._total)
        self._total += 1
        return self._total - 1

    def close(self, gaps: Iterable[int], writer: SqliteWriter) -> None:
        """Move passages of the last rows into the rows ``gaps``, whose passages are removed."""
        free = set(gaps)
        for row in sorted(free):
            while self._total - 1 in free:
                self._total -= 1
            if row >= self._total:
                return
            self._total -= 1
            writer.move_passage(self._total, row)
            if self._total in self.new:
                self.new.remove(self._total)
                self.new.add(row)
            else:
                self.moved[row] = self._total


@dataclass(frozen=True, slots=True)
class Projects:
    """What became of the projects: the changes, the problems of those that were written, and the rows of passages."""

    changes: tuple[ProjectChange, ...]
    problems: tuple[Problem, ...]
    rows: Rows


def bring_up_to_date(writer: SqliteWriter, touched: Iterable[str], before: SqliteStore | None) -> Projects:
    """Write the projects that the sheets ``touched`` belong to, or did, and remove those that have none any more.

    ``before`` is the generation that changes are told against; the writer's database is a copy of it, or empty.
    """
    changed = set(touched)
    old = writer.grouped()
    new = grouped(writer.identities())
    gone = [id_ for id_ in old if id_ not in new]
    written = [id_ for id_, names in new.items() if old.get(id_) != names or not changed.isdisjoint(names)]
    known = before.grouped() if before else {}
    was = _who_was_who(known, new)
    rows = Rows(writer.passage_total())
    kept: dict[str, list[int]] = {}
    for id_ in (*gone, *(id_ for id_ in written if id_ in old)):
        for key, row in writer.rows_of(id_):
            kept.setdefault(key, []).append(row)
        writer.remove_project(id_)
    changes: list[ProjectChange] = []
    problems: list[Problem] = []
    for id_ in written:
        sheets = [_sheet(writer, name) for name in new[id_]]
        project, disagreements = merge(id_, sheets)
        writer.add_project(project, disagreements)
        problems += [problem for sheet in sheets for problem in sheet.problems] + disagreements
        changes.append(compared(_loaded(before, was.get(id_)), project))
        _write_passages(writer, project, kept, rows)
    gaps = [row for rows_left in kept.values() for row in rows_left]
    for row in gaps:
        writer.remove_passage(row)
    changes += [compared(_loaded(before, id_), None) for id_ in known.keys() - was.values()]
    rows.close(gaps, writer)
    return Projects(tuple(filter(None, changes)), tuple(problems), rows)


def _who_was_who(old: dict[str, tuple[str, ...]], new: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """Which project each one was before: that of its id, or one whose id is gone and that stood on one of its
    sheets."""
    was = {id_: id_ for id_ in new if id_ in old}
    left = {name: id_ for id_, names in old.items() if id_ not in new for name in names}
    for id_, names in new.items():
        before = next((left[name] for name in names if name in left), None)
        if id_ not in was and before and before not in was.values():
            was[id_] = before
    return was


def _sheet(writer: SqliteWriter, name: str) -> Sheet:
    text, _ = writer.sheet(name)
    return parse(text, name)


def _loaded(store: SqliteStore | None, id_: str | None) -> Project | None:
    """A project as it was, with its sections."""
    if store is None or id_ is None:
        return None
    found = store.projects([id_])
    return replace(found[0], sections=tuple(store.sections(id_))) if found else None


def _write_passages(writer: SqliteWriter, project: Project, kept: dict[str, list[int]], rows: Rows) -> None:
    """Write a project's passages: one that was there keeps its row, and its vector."""
    for passage in passages_of(project):
        if known := kept.get(passage.key):
            writer.place_passage(_stored(passage, known.pop()), passage.key)
        else:
            writer.add_passage(_stored(passage, rows.take()), passage.key)


def _stored(passage: Passage, row: int) -> StoredPassage:
    return StoredPassage(row, passage.project, passage.section, passage.heading, passage.text, passage.source)
