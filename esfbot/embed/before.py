"""What a new generation takes over from the live one."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from esfbot.embed.reader import reader_version
from esfbot.errors import EmbeddingsError
from esfbot.store import generations
from esfbot.store.generations import Manifest
from esfbot.store.sqlite import SqliteStore


@dataclass(frozen=True, slots=True)
class Before:
    """The generation that a new one comes after: None where there is none that is sound.

    ``facts`` tells that what this code would read of its sheets is what is in it, ``vectors`` that its vectors are of
    the model asked for.
    """

    folder: Path | None = None
    manifest: Manifest | None = None
    facts: bool = False
    vectors: bool = False

    @classmethod
    def of(cls, embeddings: Path, model: str) -> "Before":
        """What the live generation of ``embeddings`` gives to one made with ``model``."""
        try:
            folder = generations.live(embeddings)
        except EmbeddingsError:
            return cls()
        return cls.from_generation(folder, model)

    @classmethod
    def from_generation(cls, folder: Path, model: str) -> "Before":
        """What a generation gives to one made with ``model``."""
        try:
            manifest = generations.check(folder)
        except EmbeddingsError:
            # A format that an older version wrote: its facts are read anew, its vectors are as good as they were.
            return cls(folder, None, facts=False, vectors=generations.model_of(folder) == model)
        return cls(folder, manifest, manifest.reader == reader_version(), manifest.model == model)

    @contextlib.contextmanager
    def opened(self) -> Iterator[SqliteStore | None]:
        """Its store, where anything can be taken from it."""
        if self.folder is None or not (self.manifest or self.vectors):
            yield None
            return
        store = SqliteStore(self.folder)
        try:
            yield store
        finally:
            store.close()
