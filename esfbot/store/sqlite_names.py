"""Names in the embedded store: collected and written once, then looked up by their terms (see `esfbot.store.terms`),
as a whole, and by how they are spelt.

However many projects have a name it is kept once, and of the many names that hold a common term only the best are
listed, so that a look-up takes about as long with thousands of projects as with a few.
"""

import json
import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import Connection, insert, text

from esfbot.store.found import Posting, StoredName
from esfbot.store.rows import Row
from esfbot.store.schema import name_spellings, name_terms, names
from esfbot.store.terms import terms_of

# Names of a field up to which all are listed for a term, and how many are of more: those with the fewest words, of
# which the term makes up most.
_ALL = 25
_BEST = 10
_PERSONS = ("contact",)  # Anna stands for everyone of that name, so all are listed
_SLIPS = 2  # letters by which a misspelt word is shorter or longer

# All rows come as one JSON text, since to take many small ones apart takes longer.
_POSTINGS = text(
    "SELECT json_group_array(json_array(term, field, names, json(best))) FROM name_terms"
    " WHERE term IN (SELECT value FROM json_each(:terms))"
)
_NAMES = text(
    "SELECT json_group_array(json_array(id, field, text, json(words), json(weights), json(projects))) FROM names"
    " WHERE id IN (SELECT value FROM json_each(:ids)) OR joined IN (SELECT value FROM json_each(:written))"
)
_SPELT = text("SELECT word FROM name_spellings WHERE initial = :initial AND letters BETWEEN :least AND :most")


@dataclass(slots=True)
class _Name:
    text: str
    joined: str
    projects: list[str] = field(default_factory=list)


class NamesWriter:
    """Collects the names of all projects, and writes them when all are known."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, tuple[str, ...]], _Name] = {}

    def add(self, row: Row) -> None:
        """Take up a name of a project, a row of `esfbot.store.rows.name_rows`."""
        name = self._names.setdefault((row["field"], tuple(row["words"])), _Name(row["text"], row["joined"]))
        name.projects.append(row["project"])

    def write(self, connection: Connection) -> None:
        """Write all names with what they are found by."""
        if not self._names:
            return
        connection.execute(insert(names), list(self._rows()))
        connection.execute(insert(name_terms), list(self._terms()))
        words = sorted({word for _, words in self._names for word in words if word})
        connection.execute(
            insert(name_spellings), [{"initial": word[0], "letters": len(word), "word": word} for word in words]
        )

    def _rows(self) -> Iterable[Row]:
        uses = Counter[str]()
        for (_, words), name in self._names.items():
            uses.update(dict.fromkeys(words, len(name.projects)))
        total = sum(len(name.projects) for name in self._names.values())
        for id_, ((kind, words), name) in enumerate(self._names.items()):
            yield {
                "id": id_,
                "field": kind,
                "text": name.text,
                "words": list(words),
                "weights": [round(math.log2(1 + total / uses[word]), 4) for word in words],
                "projects": name.projects,
                "joined": name.joined,
            }

    def _terms(self) -> Iterable[Row]:
        postings: dict[tuple[str, str], list[int]] = {}
        found = enumerate(self._names)
        for id_, (kind, words) in sorted(found, key=lambda name: len(name[1][1])):
            for term in terms_of(words):
                postings.setdefault((term, kind), []).append(id_)
        for (term, kind), ids in postings.items():
            best = ids if len(ids) <= _ALL or kind in _PERSONS else ids[:_BEST]
            yield {"term": term, "field": kind, "names": len(ids), "best": best}


def postings(connection: Connection, terms: Iterable[str]) -> dict[str, list[Posting]]:
    """In which names each term occurs, by field; terms in none are left out."""
    found: dict[str, list[Posting]] = {}
    listed = json.loads(connection.execute(_POSTINGS, {"terms": json.dumps(list(terms))}).scalar_one())
    for term, kind, count, best in sorted(listed):
        found.setdefault(term, []).append(Posting(kind, count, tuple(best)))
    return found


def stored_names(connection: Connection, ids: Iterable[int], written: Iterable[str] = ()) -> list[StoredName]:
    """The names with these ids, and those whose words, joined, are one of ``written``, in the sheets' order."""
    given = {"ids": json.dumps(list(ids)), "written": json.dumps(list(written))}
    listed = json.loads(connection.execute(_NAMES, given).scalar_one())
    return [
        StoredName(kind, name, tuple(words), tuple(weights), tuple(projects))
        for _, kind, name, words, weights, projects in sorted(listed)
    ]


def words_spelt(connection: Connection, initial: str, letters: int) -> tuple[str, ...]:
    """The words of names that begin with ``initial`` and have at most two letters more or fewer than ``letters``."""
    given = {"initial": initial, "least": letters - _SLIPS, "most": letters + _SLIPS}
    return tuple(connection.execute(_SPELT, given).scalars())


def quoted(word: str) -> str:
    """A word as full-text search takes it for nothing but a word."""
    return '"' + word.replace("\0", " ").replace('"', '""') + '"'
