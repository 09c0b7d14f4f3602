"""All that a generation answers, told without row numbers and ids, so that two generations can be compared."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from esfbot.embed.passages import passages_of
from esfbot.language.words import split
from esfbot.model.project import Project
from esfbot.store import generations
from esfbot.store.found import StoredName
from esfbot.store.rows import name_rows
from esfbot.store.sqlite import SqliteStore
from esfbot.store.sqlite_file import stems
from esfbot.store.terms import terms_of

_ALL = 10**6
_FIELDS = ("esf_support", "total_budget", "start", "end", "planned_participants")
_VALUES = ("phase", "programme", "region", "owner", "municipality", "contact")

Contents = dict[str, Any]


def contents(generation: Path, said: Iterable[str]) -> Contents:
    """What the methods of the store give for everything that is in it, and for the words of the texts ``said``, which
    need not be in it."""
    manifest = generations.check(generation)
    store = SqliteStore(generation)
    try:
        told = _Told(store, said)
        return {
            "manifest": (manifest.model, manifest.dimensions, manifest.projects, manifest.passages, manifest.problems,
                         manifest.sheets, manifest.withheld),
            "sheets": list(store.sheets()),
            **told.projects(),
            **told.names(),
            **told.passages(),
            "likeness": [round(number, 4) for number in _likeness(store)],  # sums in another order differ a little
        }  # fmt: skip
    finally:
        store.close()


def _likeness(store: SqliteStore) -> list[float]:
    width = store.vectors().shape[1]
    asked = np.random.default_rng(1).standard_normal((3, width), dtype=np.float32)
    return [number for vector in asked for number in _pair(store, vector)]


def _pair(store: SqliteStore, vector: Any) -> tuple[float, float]:
    found = store.likeness(vector)
    return found.mean, found.deviation


class _Told:
    """Asks a store about everything."""

    def __init__(self, store: SqliteStore, said: Iterable[str]) -> None:
        self._store = store
        self._ids = store.find()
        self._whole = [replace(x, sections=tuple(store.sections(x.id))) for x in store.projects(self._ids)]
        self._said = list(said)

    def projects(self) -> Contents:
        store, ids = self._store, self._ids
        codes = sorted({link.code for project in self._whole for link in project.places})
        keyed = sorted({(fact.field, fact.key) for project in self._whole for fact in project.facts if fact.key})
        return {
            "projects": self._whole,
            "grouped": list(store.grouped().items()),
            "titles": list(store.titles(ids).items()),
            "texts": {name: store.sheet(name) for names in store.grouped().values() for name in names},
            "measures": {field: store.measures(field, ids) for field in _FIELDS},
            "values": {field: (store.values(field), store.values_of(field, ids)) for field in _VALUES},
            "places": (sorted(store.places_of(ids)), {code: store.mentioning([code]) for code in codes}),
            "keys": {(field, key): store.with_key(field, key) for field, key in keyed},
            "count": store.count(),
            "like": {id_: store.projects_like(id_, 5) for id_ in ids},
        }

    def names(self) -> Contents:
        named = sorted({(row["field"], row["folded"]) for project in self._whole for row in name_rows(project)})
        words = {word for _, folded in named for word in folded.split(" ")}
        words |= {word.folded for text in self._said for word in split(text)}
        terms = {term for _, folded in named for term in terms_of(folded.split(" "))} | words
        known: dict[int, StoredName] = {}
        listed = {}
        for term, found in self._store.postings(sorted(terms)).items():
            for posting in found:
                for id_ in set(posting.best) - known.keys():
                    (known[id_],) = self._store.names([id_])
            listed[term] = [(posting.field, posting.names, [known[id_] for id_ in posting.best]) for posting in found]
        written = [folded.replace(" ", "") for _, folded in named]
        spelt = sorted({(word[:1], len(word)) for word in words})
        return {
            "postings": listed,
            "names": self._store.names(sorted(known)),
            "written": {each: self._store.names((), [each]) for each in written},
            "spelt": {each: list(self._store.words_spelt(each[0].ljust(each[1], "x"))) for each in spelt},
        }

    def passages(self) -> Contents:
        store = self._store
        found = store.passages(range(store.passage_total()))
        assert len(found) == store.passage_total() == len(store.vectors())  # rows without gaps
        places = {each.row: (each.source.sheet, each.source.line, each.section, each.text) for each in found}
        texts = [*self._said, *(f"{each.heading} {each.text}" for each in found)]
        used = sorted({stem for text in texts for stem in stems(text)})
        return {
            "passages": sorted((each.project, *places[each.row], each.heading) for each in found),
            "vectors": {places[each.row]: store.vector(each.row).tobytes() for each in found},
            "by key": dict(self._by_key(places)),
            "spread": store.spread(used),
            "by words": {asked: self._by_words(asked, places) for asked in _questions(used)},
            "said outside": {stem: store.said_outside(stem, self._ids[:1]) for stem in used},
        }

    def _by_key(self, places: dict[int, Any]) -> Iterator[tuple[str, Any]]:
        """The sheet and the vector of the passage that has each key, also of one that stands there twice."""
        for project in self._whole:
            for passage in passages_of(project):
                (row,) = self._store.rows_with([passage.key]).values()
                yield passage.key, (places[row][0], self._store.vector(row).tobytes())

    def _by_words(self, asked: Sequence[str], places: dict[int, Any]) -> list[Any]:
        found = self._store.passages_by_words(asked, limit=_ALL)
        return [(places[row], score) for row, score in found]


def _questions(used: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Each word alone, and some together."""
    yield from ((stem,) for stem in used)
    yield from (tuple(used[n : n + 5]) for n in range(0, len(used), 5))


def all_projects(found: Contents) -> list[Project]:
    """The projects of what `contents` gave."""
    projects: list[Project] = found["projects"]
    return projects
