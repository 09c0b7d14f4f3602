"""Bring the embeddings up to date with the sheets."""

import contextlib
import datetime
import hashlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sqlalchemy.exc import SQLAlchemyError

from esfbot.embed.passages import Passage, passages_of
from esfbot.encoders import Encoder, Vectors, load_encoder, passage_vectors
from esfbot.errors import EmbeddingsError, FolderError
from esfbot.model.project import Problem
from esfbot.sheets.folder import Reading, Refused, read_folder
from esfbot.store import generations
from esfbot.store.found import StoredPassage
from esfbot.store.sqlite import VECTORS, SqliteStore
from esfbot.store.sqlite_writer import SqliteWriter

Progress = Callable[[int, int], None]
_BATCH = 16


@dataclass(frozen=True, slots=True)
class Report:
    """What `embed` did. ``added``, ``changed``, ``removed`` and ``unchanged`` are sheets' names; ``embedded`` and
    ``kept`` count passages; ``seconds`` is the time it took."""

    generation: str
    projects: int
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: tuple[str, ...]
    refused: tuple[Refused, ...]
    problems: tuple[Problem, ...]
    embedded: int
    kept: int
    seconds: float


def embed(sheets: Path, embeddings: Path, model: str, progress: Progress = lambda _done, _total: None) -> Report:
    """Read the sheets, embed the passages that are new or changed, and make the result live.

    ``progress`` is told how many passages of how many are embedded. Until the last step the live generation stays as
    it was. Raises FolderError, EncoderError.
    """
    began = time.perf_counter()
    reading = read_folder(sheets)
    if not reading.projects:
        raise FolderError(
            f"no project sheet in {sheets}", "at least one", "Put sheets there; esfbot check says what is refused."
        )
    passages = [passage for project in reading.projects for passage in passages_of(project)]
    before, vectors = _kept(embeddings, model)
    with _disk_errors_told(embeddings), generations.Builder(embeddings) as builder:
        matrix, embedded = _vectors(passages, vectors, model, progress)
        np.save(builder.folder / VECTORS, matrix)
        _write(builder.folder, reading, passages)
        manifest = _manifest(reading, builder.folder, model, matrix)
        name = _name(manifest)
        builder.publish(name, manifest)
    return _report(name, reading, before, embedded, len(passages), time.perf_counter() - began)


@contextlib.contextmanager
def _disk_errors_told(embeddings: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, SQLAlchemyError) as error:
        reason = getattr(error, "strerror", None) or getattr(error, "orig", None) or error
        raise FolderError(
            f"the embeddings can't be written to {embeddings} ({reason})",
            "a disk with room for them",
            "Make room and run it again; the live generation is as it was.",
        ) from error


def _kept(embeddings: Path, model: str) -> tuple[Mapping[str, str], Mapping[str, Vectors]]:
    """The sheets and the vectors by key of the live generation, where it is sound and of this model."""
    try:
        folder = generations.live(embeddings)
        digests = generations.read_manifest(folder).sheets
    except EmbeddingsError:
        return {}, {}
    try:
        generations.check(folder, model)
    except EmbeddingsError:
        return digests, {}
    store = SqliteStore(folder)
    vectors = {key: np.array(store.vector(row)) for key, row in store.passage_keys().items()}
    store.close()
    return digests, vectors


def _vectors(
    passages: Sequence[Passage], kept: Mapping[str, Vectors], model: str, progress: Progress
) -> tuple[Vectors, int]:
    """A matrix with a row a passage, and how many rows had to be embedded. The shortest texts are embedded first,
    so that a batch holds texts of about one length."""
    missing = sorted((i for i, p in enumerate(passages) if p.key not in kept), key=lambda i: len(passages[i].embedded))
    if kept and passages and not missing:
        progress(0, 0)
        return np.array([kept[passage.key] for passage in passages]), 0
    encoder = load_encoder(model)
    width = _width(encoder)
    if any(len(vector) != width for vector in kept.values()):  # a folder that holds another model than it did
        return _vectors(passages, {}, model, progress)
    matrix = np.zeros((len(passages), width), dtype=np.float32)
    for i, passage in enumerate(passages):
        if passage.key in kept:
            matrix[i] = kept[passage.key]
    progress(0, len(missing))
    for at in range(0, len(missing), _BATCH):
        rows = missing[at : at + _BATCH]
        matrix[rows] = passage_vectors(encoder, [passages[i].embedded for i in rows])
        progress(at + len(rows), len(missing))
    return matrix, len(missing)


def _width(encoder: Encoder) -> int:
    return int(passage_vectors(encoder, ["längd"]).shape[1])


def _write(folder: Path, reading: Reading, passages: Sequence[Passage]) -> None:
    with SqliteWriter(folder) as writer:
        for project in reading.projects:
            writer.add_project(project)
        for sheet in reading.sheets:
            writer.add_sheet(sheet)
        for row, passage in enumerate(passages):
            stored = StoredPassage(row, passage.project, passage.section, passage.heading, passage.text, passage.source)
            writer.add_passage(stored, passage.key)
        writer.finish()


def _manifest(reading: Reading, folder: Path, model: str, matrix: Vectors) -> generations.Manifest:
    return generations.Manifest(
        format=generations.FORMAT,
        model=model,
        dimensions=int(matrix.shape[1]),
        created=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        projects=len(reading.projects),
        passages=len(matrix),
        problems=len(reading.problems),
        sheets=reading.digests,
        files={path.name: generations.checksum(path) for path in sorted(folder.iterdir())},
    )


def _name(manifest: generations.Manifest) -> str:
    """A name that sorts by time, to the microsecond, and tells contents apart."""
    now = datetime.datetime.now(datetime.UTC).strftime("%Y%m%d-%H%M%S-%f")
    return f"{now}-{hashlib.blake2b(repr(manifest).encode(), digest_size=2).hexdigest()}"


def _report(
    name: str, reading: Reading, before: Mapping[str, str], embedded: int, total: int, seconds: float
) -> Report:
    after = reading.digests
    return Report(
        generation=name,
        projects=len(reading.projects),
        added=tuple(sorted(after.keys() - before.keys())),
        changed=tuple(sorted(n for n in after.keys() & before.keys() if after[n] != before[n])),
        removed=tuple(sorted(before.keys() - after.keys())),
        unchanged=tuple(sorted(n for n in after.keys() & before.keys() if after[n] == before[n])),
        refused=reading.refused,
        problems=reading.problems,
        embedded=embedded,
        kept=total - embedded,
        seconds=seconds,
    )
