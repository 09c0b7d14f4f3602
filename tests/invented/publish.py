"""A live generation without the encoder, for what doesn't ask by meaning: facts, lists and totals at any size."""

import datetime
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from esfbot.embed.passages import Passage, passages_of
from esfbot.model.project import Project
from esfbot.store import generations
from esfbot.store.found import StoredPassage
from esfbot.store.sqlite_file import VECTORS
from esfbot.store.sqlite_writer import SqliteWriter

MODEL = "e5-small"
DIMENSIONS = 384


def publish(projects: Sequence[Project], embeddings: Path) -> tuple[Path, Sequence[Passage]]:
    """Make ``projects`` the live generation of ``embeddings`` with random vectors; return its folder and passages.

    Encoding thousands of sheets would take an hour. The vectors are of length 1, and the same ones each time.
    """
    passages = [passage for project in projects for passage in passages_of(project)]
    vectors = np.random.default_rng(len(passages)).standard_normal((len(passages), DIMENSIONS), dtype=np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    with generations.Builder(embeddings) as builder:
        np.save(builder.folder / VECTORS, vectors)
        with SqliteWriter(builder.folder) as writer:
            for project in projects:
                writer.add_project(project)
            for row, passage in enumerate(passages):
                found = passage.project, passage.section, passage.heading, passage.text, passage.source
                writer.add_passage(StoredPassage(row, *found), passage.key)
            writer.finish()
        manifest = generations.Manifest(
            format=generations.FORMAT,
            model=MODEL,
            dimensions=DIMENSIONS,
            created=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
            projects=len(projects),
            passages=len(passages),
            problems=0,
            sheets={sheet: "" for project in projects for sheet in project.sheets},
            files=builder.checksums(),
        )
        folder = builder.finish(generations.new_name(manifest), manifest)
    generations.point_to(embeddings, folder.name)
    return folder, passages
