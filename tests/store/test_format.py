"""The number of the format, which tells a version of the program what it can read."""

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

from esfbot.store import generations
from esfbot.store.sqlite_file import DATABASE


def test_another_schema_is_another_format(embedded_seeds: Path) -> None:
    """Where this fails, raise `esfbot.store.generations.FORMAT`, so that embeddings that were made before are made anew
    and not misread; then write the new number and digest here."""
    with closing(sqlite3.connect(generations.live(embedded_seeds) / DATABASE)) as database:
        rows = database.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
    # The tables that FTS5 keeps its words in are its own.
    statements = [" ".join(sql.split()) for name, sql in rows if sql and not name.startswith("passage_words_")]
    digest = hashlib.blake2b("\n".join(statements).encode(), digest_size=8).hexdigest()
    assert (generations.FORMAT, digest) == (5, "6199acc68ea9f223")
