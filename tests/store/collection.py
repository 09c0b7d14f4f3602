"""A small invented collection written straight to a store, without sheets or an encoder."""

import datetime
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from esfbot.model.project import Fact, LinkKind, PlaceLink, Project, Section, Source, Value
from esfbot.store.found import StoredPassage
from esfbot.store.sqlite import SqliteStore
from esfbot.store.sqlite_file import VECTORS
from esfbot.store.sqlite_writer import SqliteWriter

DAY = datetime.date(2010, 1, 1)


def fact(field: str, value: Value, key: str = "") -> Fact:
    return Fact(field, value, str(value), Source("a.txt", 1), key)


def project(id_: str, *facts: Fact, places: Sequence[PlaceLink] = (), disputed: Sequence[Fact] = ()) -> Project:
    title = next((str(f.value) for f in facts if f.field == "title"), id_)
    return Project(id_, title, (f"{id_}.txt",), facts, (), tuple(places), tuple(disputed))


def link(code: str, kind: LinkKind) -> PlaceLink:
    return PlaceLink(code, kind, Source("a.txt", 9))


def stored(folder: Path, projects: Sequence[Project], passages: Sequence[tuple[str, str]] = ()) -> SqliteStore:
    """A store of projects, and of passages given as project and text, whose vectors are the unit vectors in turn."""
    folder.mkdir(parents=True, exist_ok=True)
    with SqliteWriter(folder) as writer:
        for each in projects:
            writer.add_project(each)
        for row, (id_, text) in enumerate(passages):
            writer.add_passage(
                StoredPassage(row, id_, 0, "Sammanfattning", text, Source("a.txt", row + 1)), f"key{row}"
            )
        writer.finish()
    np.save(folder / VECTORS, np.eye(len(passages), max(1, len(passages)), dtype=np.float32))
    return SqliteStore(folder)


FOREST = (
    project(
        "bjork",
        fact("title", "Björkens väg 2"),
        fact("owner", "Ludvika kommun"),
        fact("contact", "Åsa Öberg-Lind"),
        fact("email", "asa_oberg@exempel.se", "asa_oberg@exempel.se"),
        fact("programme", "Programområde 2.3", "2.3"),
        fact("esf_support", 1_000_000),
        fact("start", DAY),
        fact("end", DAY.replace(year=2012)),
        places=[link("2085", LinkKind.LISTED), link("20", LinkKind.LISTED), link("0180", LinkKind.MENTIONED)],
        disputed=[fact("esf_support", 5)],
    ),
    project(
        "gran",
        fact("title", "Granen"),
        fact("owner", "Rörlighet i Bergslagen AB"),
        fact("contact", "Per Lind"),
        fact("programme", "Programområde 2", "2"),
        fact("start", DAY.replace(year=2013)),
        fact("end", DAY.replace(year=2014)),
        fact("municipality", "Stockholm", "0180"),
        places=[link("0180", LinkKind.OWNER)],
    ),
    Project(
        "tall",
        "Tallen och Granen",
        ("tall.txt",),
        (
            fact("title", "Tallen och Granen"),
            fact("programme", "Programområde 23", "23"),
            fact("phase", "Genomförande"),
        ),
        (Section("purpose", "Syfte", "Att växa.\nOch stå.", Source("tall.txt", 7)),),
        (link("0180", LinkKind.MENTIONED),),
    ),
)
SAID = (
    ("bjork", "Ungdomar bygger båtar av trä."),
    ("bjork", "Båtarna säljs på torget i Ludvika."),
    ("gran", "Personalen läser svenska på arbetstid."),
    ("tall", "Ungdomarna planterar tallar."),
)
