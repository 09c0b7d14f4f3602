"""The embedded store's database file, opened, and what its word index holds."""

import sqlite3
import urllib.parse
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import QueuePool, StaticPool

from esfbot.language.words import stem, texts_of_words
from esfbot.wording.load import is_function

DATABASE = "facts.sqlite"
VECTORS = "vectors.npy"


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
