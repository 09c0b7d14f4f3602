"""Names in the embedded store in the making: of those that the projects written have, what they are found by.

However many projects have a name it is kept once, and of the many names that hold a common term only the best are
listed, so that a look-up takes about as long with thousands of projects as with a few.
"""

import itertools
import json
from collections import Counter
from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, delete, func, insert, select, text

from esfbot.store.rows import Row
from esfbot.store.schema import name_spellings, name_terms, name_words, names, project_names
from esfbot.store.terms import terms_of

# Names of a field up to which all are listed for a term, and how many are of more: those with the fewest words, of
# which the term makes up most. Anna stands for everyone of that name, so all contacts are listed.
_LISTED = {"all": 25, "best": 10, "person": "contact"}

_NAMED = text(
    "SELECT p.field, p.folded, p.project, p.text, p.place FROM json_each(:names) n"
    " JOIN project_names p ON p.field = json_extract(n.value, '$[0]') AND p.folded = json_extract(n.value, '$[1]')"
    " ORDER BY p.field, p.folded, p.place"
)
_ID = text("SELECT id FROM names WHERE field = :field AND folded = :folded")
_RENAME = text("UPDATE names SET text = :text, projects = :projects, place = :place WHERE id = :id")
_COUNT = text(
    "INSERT INTO name_words VALUES (:word, :uses) ON CONFLICT (word) DO UPDATE SET uses = uses + excluded.uses"
)
_UNUSED = (
    text("DELETE FROM name_spellings WHERE word IN (SELECT word FROM name_words WHERE uses <= 0)"),
    text("DELETE FROM name_words WHERE uses <= 0"),
)
_UNPOST = text("DELETE FROM postings WHERE term IN (SELECT value FROM json_each(:terms))")
_POST = text(
    "INSERT INTO postings SELECT term, field, names, json_group_array(name) FROM ("
    " SELECT t.term, t.field, t.name,"
    "  row_number() OVER (PARTITION BY t.term, t.field ORDER BY n.size, n.place) AS rank,"
    "  count(*) OVER (PARTITION BY t.term, t.field) AS names"
    " FROM name_terms t JOIN names n ON n.id = t.name"
    " WHERE t.term IN (SELECT value FROM json_each(:terms)) ORDER BY t.term, t.field, n.size, n.place"
    ") WHERE rank <= :best OR names <= :all OR field = :person GROUP BY term, field"
)


class NamesWriter:
    """Takes up the names of projects that are written and lets go of those that are removed; `finish` does the rest."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._names: set[tuple[str, str]] = set()
        self._uses = Counter[str]()
        self._terms: set[str] = set()

    def add(self, found: Iterable[Row]) -> None:
        """Write the names of a project, rows of `esfbot.store.rows.name_rows`."""
        if listed := list(found):
            self._connection.execute(insert(project_names), listed)
            self._count([(row["field"], row["folded"]) for row in listed], 1)

    def remove(self, project: str) -> None:
        """Remove the names of a project."""
        columns = select(project_names.c.field, project_names.c.folded)
        listed = self._connection.execute(columns.where(project_names.c.project == project)).all()
        self._connection.execute(delete(project_names).where(project_names.c.project == project))
        self._count([(field, folded) for field, folded in listed], -1)

    def _count(self, listed: Iterable[tuple[str, str]], sign: int) -> None:
        for field, folded in listed:
            self._names.add((field, folded))
            for word in set(folded.split(" ")):
                self._uses[word] += sign

    def finish(self) -> None:
        """Bring what names are found by up to date with the projects."""
        self._write_names()
        self._write_words()
        terms = {"terms": json.dumps(sorted(self._terms))}
        self._connection.execute(_UNPOST, terms)
        self._connection.execute(_POST, terms | _LISTED)

    def _write_names(self) -> None:
        gone = set(self._names)
        known = self._connection.execute(_NAMED, {"names": json.dumps(sorted(self._names))})
        new: list[Row] = []
        for (field, folded), group in itertools.groupby(known, key=lambda row: (row.field, row.folded)):
            gone.discard((field, folded))
            having = list(group)
            row = {"text": having[0].text, "projects": [each.project for each in having], "place": having[0].place}
            id_ = self._id(field, folded)
            words = folded.split(" ")
            self._terms.update(terms_of(words))
            if id_ is None:
                head = {"field": field, "folded": folded, "size": len(words), "joined": "".join(words)}
                new.append(row | head)
            else:
                self._connection.execute(_RENAME, row | {"id": id_, "projects": json.dumps(row["projects"])})
        self._remove(gone)
        self._insert(new)

    def _id(self, field: str, folded: str) -> int | None:
        return self._connection.execute(_ID, {"field": field, "folded": folded}).scalar()

    def _remove(self, gone: Iterable[tuple[str, str]]) -> None:
        for field, folded in gone:
            id_ = self._id(field, folded)
            terms = terms_of(folded.split(" "))
            self._terms.update(terms)
            self._connection.execute(delete(names).where(names.c.id == id_))
            of_name = name_terms.c.term.in_(terms), name_terms.c.field == field, name_terms.c.name == id_
            self._connection.execute(delete(name_terms).where(*of_name))

    def _insert(self, new: list[Row]) -> None:
        if not new:
            return
        last = self._connection.execute(select(names.c.id).order_by(names.c.id.desc()).limit(1)).scalar() or 0
        numbered = [{"id": id_, **row} for id_, row in enumerate(new, last + 1)]
        self._connection.execute(insert(names), numbered)
        self._connection.execute(insert(name_terms), list(_terms(numbered)))

    def _write_words(self) -> None:
        changed = [{"word": word, "uses": count} for word, count in self._uses.items() if count]
        if not changed:
            return
        self._connection.execute(_COUNT, changed)
        for statement in _UNUSED:
            self._connection.execute(statement)
        used = select(name_words.c.word).where(
            name_words.c.word.in_(
                select(func.json_each(json.dumps([row["word"] for row in changed])).table_valued("value").c.value)
            )
        )
        spelt = [
            {"initial": word[0], "letters": len(word), "word": word}
            for word in self._connection.execute(used).scalars()
        ]
        if spelt:
            self._connection.execute(insert(name_spellings).prefix_with("OR IGNORE"), spelt)


def _terms(numbered: Iterable[Row]) -> Iterator[Row]:
    for row in numbered:
        for term in terms_of(row["folded"].split(" ")):
            yield {"term": term, "field": row["field"], "name": row["id"]}
