"""A new generation from a folder of sheets, made from the live one by what has changed."""

import contextlib
import datetime
import sqlite3
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from esfbot.embed import projects, scan
from esfbot.embed.before import Before
from esfbot.embed.changes import ProjectChange
from esfbot.embed.engine import Engine
from esfbot.embed.projects import Projects
from esfbot.embed.reader import reader_version
from esfbot.embed.take import Taken, take_again, take_in
from esfbot.embed.vectors import Journal, Kept, Progress, write_vectors
from esfbot.errors import FolderError
from esfbot.model.project import Problem
from esfbot.sheets.folder import Refused
from esfbot.sheets.withheld.entries import Entry, active, read_entries
from esfbot.sheets.withheld.person import Identifiers
from esfbot.store import generations
from esfbot.store.generations import Builder, Manifest
from esfbot.store.lock import held
from esfbot.store.sqlite import SqliteStore
from esfbot.store.sqlite_file import VECTORS
from esfbot.store.sqlite_writer import SqliteWriter

__all__ = ["Draft", "Folder", "Made", "Progress", "drafted", "drafted_again", "embed"]


@dataclass(frozen=True, slots=True)
class Folder:
    """The sheets' files by name, and the people who are withheld from them today."""

    files: scan.Files
    withheld: tuple[Entry, ...] = ()

    @classmethod
    def of(cls, sheets: Path) -> "Folder":
        """The folder ``sheets``. Raises FolderError where it can't be read, or the list of withheld people can't."""
        today = datetime.date.today()  # noqa: DTZ011 - an entry holds until the end of the maintainer's day
        return cls(scan.files_of(sheets), active(read_entries(sheets), today))


@dataclass(frozen=True, slots=True)
class Made:
    """What making a generation did. ``sheets`` tells which changed and which are refused, ``changes`` what that did to
    projects, ``problems`` what is wrong with the sheets of these. ``embedded`` and ``kept`` count passages; ``seconds``
    is the time it took."""

    sheets: scan.Sheets
    changes: tuple[ProjectChange, ...]
    problems: tuple[Problem, ...]
    projects: int
    embedded: int
    kept: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Draft:
    """A generation that is ready and not yet there: its files in ``folder``, its manifest, and what was done.

    ``before`` is the generation that it comes after, where there is a sound one; it is the ``same`` where nothing
    would be other than in that. ``people`` are withheld from it. ``finish(manifest)`` puts it beside the others
    and returns its name, which may be given as well.
    """

    folder: Path
    manifest: Manifest
    made: Made
    before: Path | None
    people: Identifiers
    same: bool
    finish: Callable[..., str]


def embed(sheets: Path, embeddings: Path, model: str, progress: Progress = lambda _done, _total: None) -> Made:
    """Read the sheets, embed the passages that are new or changed, and make the result live, without asking it
    anything before.

    ``progress`` is told how many passages of how many are embedded. Until the last step the live generation stays as
    it was. Raises FolderError, EncoderError.
    """
    Folder.of(sheets)  # where it can't be read nothing is made; what is in it may change while another is waited for
    with held(embeddings, wait=-1), drafted(Folder.of(sheets), embeddings, model, progress=progress) as draft:
        if not draft.same:
            generations.point_to(embeddings, draft.finish(draft.manifest))
    return draft.made


@contextlib.contextmanager
def drafted(
    folder: Folder,
    embeddings: Path,
    model: str,
    *,
    backend: str = "",
    vectors: bool = True,
    progress: Progress = lambda _done, _total: None,
) -> Iterator[Draft]:
    """Make a generation of the sheets of ``folder`` in ``with``; where it is not finished there, it is thrown away.

    Hold the embeddings' lock. ``backend`` is what passages are embedded on. Without ``vectors`` nothing is embedded:
    such a draft can't be asked by meaning, nor be finished. Raises FolderError where there is no sheet or no room, and
    EncoderError.
    """
    with _making(embeddings, Before.of(embeddings, model), Engine(model, backend), progress) as making:
        yield making.draft(making.folder(folder), vectors=vectors)


@contextlib.contextmanager
def drafted_again(
    generation: Path, people: Identifiers, progress: Progress = lambda _done, _total: None
) -> Iterator[Draft]:
    """Make a finished generation anew in ``with``, from the sheets kept in it without the ``people`` who are withheld;
    as `drafted`. Raises EmbeddingsError where it can't be read."""
    manifest = generations.check(generation)
    before = Before.from_generation(generation, manifest.model)
    with _making(generation.parent, before, Engine(manifest.model), progress) as making:
        yield making.draft(making.again(people), vectors=True)


@contextlib.contextmanager
def _making(embeddings: Path, before: Before, engine: Engine, progress: Progress) -> "Iterator[_Making]":
    with (
        _disk_errors_told(embeddings),
        Builder(embeddings) as builder,
        Journal(embeddings, f"{engine.model} {engine.backend}".strip()) as journal,
        before.opened() as store,
    ):
        making = _Making(builder, journal, before, store, engine, progress)
        yield making
        making.end()


class _Making:
    """What the steps of making a generation share."""

    def __init__(
        self,
        builder: Builder,
        journal: Journal,
        before: Before,
        store: SqliteStore | None,
        engine: Engine,
        progress: Progress,
    ) -> None:
        self._began = time.perf_counter()
        self._builder = builder
        self._journal = journal
        self._before = before
        self._store = store
        self._engine = engine
        self._progress = progress
        self._finished = False

    def folder(self, folder: Folder) -> Callable[[SqliteWriter], Taken]:
        """Takes the sheets of a folder."""
        withheld = self._before.manifest.withheld if self._before.manifest and self._before.facts else ""
        return lambda writer: take_in(folder.files, folder.withheld, writer, withheld)

    def again(self, people: Identifiers) -> Callable[[SqliteWriter], Taken]:
        """Takes the sheets that the generation before keeps."""

        def take(writer: SqliteWriter) -> Taken:
            if self._store is None:
                return Taken(frozenset(), people)
            return take_again(self._store, writer, people, anew=not self._before.facts)

        return take

    def draft(self, take: Callable[[SqliteWriter], Taken], *, vectors: bool) -> Draft:
        if self._before.facts and self._before.folder:
            self._builder.begin_with(self._before.folder)
        with SqliteWriter(self._builder.folder) as writer:
            taken = take(writer)
            digests, refused = writer.digests()
            if not digests:
                raise FolderError(
                    f"no project sheet among {len(refused)} files",
                    "at least one",
                    "Put sheets there; esfbot check says what is refused.",
                )
            known = self._store if self._before.manifest else None
            found = projects.bring_up_to_date(writer, taken.touched, known)
            width, embedded = self._vectors(writer, found, vectors=vectors)
            fresh = vectors and (embedded > 0 or self._journal.used)
            agreed = self._engine.agreement(self._builder.folder, writer) if fresh else None
            writer.finish()
            refusals = [Refused(name, reason) for name, reason in writer.refusals()]
            counts = len(writer.grouped()), writer.passage_total(), sum(1 for _ in writer.problems())
        manifest = Manifest(
            format=generations.FORMAT,
            model=self._engine.model,
            dimensions=width,
            created=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
            projects=counts[0],
            passages=counts[1],
            problems=counts[2],
            sheets=digests,
            refused=refused,
            files=self._builder.checksums(),
            reader=reader_version(),
            withheld=taken.people.digest,
            backend=self._engine.backend if fresh else "",
            agreement=agreed,
        )
        before = self._before.manifest
        if before and self._before.vectors and not manifest.backend:  # the vectors that are kept are still of it
            manifest = replace(manifest, backend=before.backend, agreement=before.agreement)
        if vectors:
            self._builder.describe(manifest)
        sheets = scan.compared(self._before.manifest.sheets if self._before.manifest else {}, digests, refusals)
        kept, seconds = counts[1] - embedded, time.perf_counter() - self._began
        made = Made(sheets, found.changes, found.problems, counts[0], embedded, kept, seconds)
        same = self._before.facts and self._before.vectors and not taken.touched
        self._finished = same and vectors
        return Draft(self._builder.folder, manifest, made, self._before.folder, taken.people, same, self._finish)

    def _vectors(self, writer: SqliteWriter, found: Projects, *, vectors: bool) -> tuple[int, int]:
        """Write the vectors; return their width and how many were made, or would be."""
        store = self._store if self._before.vectors else None
        if store and self._before.facts and self._before.folder:
            kept = Kept(self._journal, store, self._before.folder / VECTORS, found.rows.moved)
            new = sorted(found.rows.new)
        else:
            kept, new = Kept(self._journal, store), list(range(writer.passage_total()))
        if not vectors:
            return 0, sum(vector is None for _, vector in kept.known(writer, new))
        return write_vectors(self._builder.folder, writer, new, kept, self._engine.load, self._progress)

    def _finish(self, manifest: Manifest, name: str = "") -> str:
        name = name or generations.new_name(manifest)
        self._builder.finish(name, manifest)
        self._finished = True
        return name

    def end(self) -> None:
        """Forget the vectors kept for a next run: the generation that holds them is where it belongs now."""
        if self._finished:
            self._journal.remove()


@contextlib.contextmanager
def _disk_errors_told(embeddings: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.Error, SQLAlchemyError) as error:
        reason = getattr(error, "strerror", None) or getattr(error, "orig", None) or error
        raise FolderError(
            f"the embeddings can't be written to {embeddings} ({reason})",
            "a disk with room for them",
            "Make room and run it again; the live generation is as it was.",
        ) from error
