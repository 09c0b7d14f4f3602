"""Names in the embedded store, looked up by their terms (see `esfbot.store.terms`), as a whole, and by how they are
spelt. `esfbot.store.names_writer` writes them."""

import json
import math
from collections.abc import Iterable

from sqlalchemy import Connection, text

from esfbot.store.found import Posting, StoredName

_SLIPS = 2  # letters by which a misspelt word is shorter or longer

# All rows come as one JSON text, since to take many small ones apart takes longer.
_POSTINGS = text(
    "SELECT json_group_array(json_array(term, field, names, json(best))) FROM postings"
    " WHERE term IN (SELECT value FROM json_each(:terms))"
)
_NAMES = text(
    "SELECT json_group_array(json_array(place, field, text, folded, json(projects))) FROM names"
    " WHERE id IN (SELECT value FROM json_each(:ids)) OR joined IN (SELECT value FROM json_each(:written))"
)
_USES = text(
    "SELECT json_group_array(json_array(word, uses)) FROM name_words"
    " WHERE word IN (SELECT value FROM json_each(:words))"
)
_TOTAL = text("SELECT count(*) FROM project_names")
_SPELT = text("SELECT word FROM name_spellings WHERE initial = :initial AND letters BETWEEN :least AND :most")


def postings(connection: Connection, terms: Iterable[str]) -> dict[str, list[Posting]]:
    """In which names each term occurs, by field; terms in none are left out."""
    found: dict[str, list[Posting]] = {}
    listed = json.loads(connection.execute(_POSTINGS, {"terms": json.dumps(list(terms))}).scalar_one())
    for term, kind, count, best in sorted(listed):
        found.setdefault(term, []).append(Posting(kind, count, tuple(best)))
    return found


def name_total(connection: Connection) -> int:
    """How many names the projects have, one of several projects counted with each."""
    return int(connection.execute(_TOTAL).scalar_one())


def stored_names(
    connection: Connection, ids: Iterable[int], written: Iterable[str] = (), *, total: int
) -> list[StoredName]:
    """The names with these ids, and those whose words, joined, are one of ``written``, in the sheets' order.

    ``total`` is `name_total`: how much a word tells depends on how many of them hold it.
    """
    given = {"ids": json.dumps(list(ids)), "written": json.dumps(list(written))}
    listed = sorted(json.loads(connection.execute(_NAMES, given).scalar_one()))
    words = json.dumps(list({word for _, _, _, folded, _ in listed for word in folded.split(" ")}))
    uses = dict(json.loads(connection.execute(_USES, {"words": words}).scalar_one())) if listed else {}
    found = []
    for _, kind, name, folded, projects in listed:
        parts = tuple(folded.split(" "))
        weights = tuple(round(math.log2(1 + total / uses[word]), 4) for word in parts)
        found.append(StoredName(kind, name, parts, weights, tuple(projects)))
    return found


def words_spelt(connection: Connection, initial: str, letters: int) -> tuple[str, ...]:
    """The words of names that begin with ``initial`` and have at most two letters more or fewer than ``letters``."""
    given = {"initial": initial, "least": letters - _SLIPS, "most": letters + _SLIPS}
    return tuple(connection.execute(_SPELT, given).scalars())


def quoted(word: str) -> str:
    """A word as full-text search takes it for nothing but a word."""
    return '"' + word.replace("\0", " ").replace('"', '""') + '"'
