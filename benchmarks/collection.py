"""An invented collection of any size, with the words of the real sheets and random vectors: what grows with size.

Encoding thousands of sheets would take an hour; what is measured here is everything but the encoder.
"""

import datetime
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from esfbot.embed.passages import Passage, passages_of
from esfbot.language.sentences import sentence_spans
from esfbot.model.project import Fact, LinkKind, PlaceLink, Project, Section, Source
from esfbot.sheets.folder import read_folder
from esfbot.store import generations
from esfbot.store.found import StoredPassage
from esfbot.store.sqlite import VECTORS
from esfbot.store.sqlite_writer import SqliteWriter
from esfbot.sweden.places import Place, PlaceKind, gazetteer

MODEL = "e5-small"
DIMENSIONS = 384
_KINDS = (
    ("summary", "Sammanfattning"),
    ("background", "Bakgrund"),
    ("purpose", "Syfte"),
    ("goals", "Målsättning"),
    ("accessibility", "Tillgänglighet för personer med funktionsnedsättning"),
)
_FIRST = "Erik Fatima Gunnar Helena Ingrid Jamal Karin Lars Maria Nils Olga Per Rut Sven Tova Ulf Vera Åsa".split()
_LAST = (
    "Berg Ceder Dal Ek Fors Gran Holm Isaks Jern Kvist Lind Mark Nord Olsson Palm Quist Ros Strand Tall Udd Wall Åberg"
).split()
_TITLE = (
    "Arena Bana Brygga Framtid Gemenskap Hållbar Jobb Kompass Kraft Kunskap Lyft Mening Möjlighet Nätverk Plats Rörelse"
    " Samverkan Språk Start Steg Styrka Vinnande Väg Växt Öppen"
).split()


def invented_projects(count: int, sheets: Path) -> list[Project]:
    """Return ``count`` projects, always the same ones, whose sentences are those of ``sheets``."""
    chance = random.Random(count)  # noqa: S311 - repeatable, and nothing to guess
    sentences = [
        section.text[slice(*span)]
        for project in read_folder(sheets).projects
        for section in project.sections
        for span in sentence_spans(section.text)
        if span[1] - span[0] > 40
    ]
    municipalities = [place for place in gazetteer().by_code.values() if place.kind is PlaceKind.MUNICIPALITY]
    return [_project(number, chance, sentences, municipalities) for number in range(count)]


def _project(number: int, chance: random.Random, sentences: Sequence[str], municipalities: Sequence[Place]) -> Project:
    sheet = f"invented-{number:05}.txt"
    title = f"{' '.join(chance.sample(_TITLE, 2))} {_syllables(chance)} {number}"
    here = chance.sample(municipalities, chance.randint(1, 3))
    sections = []
    line = 40
    for kind, heading in _KINDS:
        text = "\n".join(" ".join(chance.choices(sentences, k=3)) for _ in range(chance.randint(1, 4)))
        sections.append(Section(kind, heading, text, Source(sheet, line)))
        line = sections[-1].last_line + 3
    facts = tuple(_facts(number, title, sheet, chance, here))
    return Project(f"p{number}", title, (sheet,), facts, tuple(sections), tuple(_links(sheet, here)))


def _facts(number: int, title: str, sheet: str, chance: random.Random, here: Sequence[Place]) -> Iterator[Fact]:
    person = f"{chance.choice(_FIRST)} {chance.choice(_LAST)}{chance.choice(['', 'ström', 'gren', 'berg', 'qvist'])}"
    amount = chance.randrange(100_000, 40_000_000)
    start = datetime.date(2008, 1, 1) + datetime.timedelta(days=chance.randrange(5000))
    end = start + datetime.timedelta(days=chance.randrange(90, 1100))
    owner = f"{here[0].name} kommun"
    phone = f"+4670{number:07}"
    email = f"{person.lower().replace(' ', '.')}@exempel{number}.se"

    def fact(line: int, field: str, value: str | int | datetime.date, key: str = "", group: int = 0) -> Fact:
        return Fact(field, value, str(value), Source(sheet, line), key or str(value), group)

    yield fact(3, "title", title)
    yield fact(4, "owner", owner)
    yield fact(5, "contact", person, group=1)
    yield fact(6, "email", email, email, 1)
    yield fact(7, "phone", phone, phone, 1)
    yield fact(8, "esf_support", amount)
    yield fact(9, "total_budget", amount + chance.randrange(amount))
    yield fact(10, "start", start)
    yield fact(10, "end", end)
    for line, place in enumerate(here, 100):
        yield fact(line, "municipality", place.name, place.code)


def _syllables(chance: random.Random) -> str:
    return "".join(chance.choice("bdfgklmnprstv") + chance.choice("aeiouåäö") for _ in range(3)).capitalize()


def _links(sheet: str, here: Sequence[Place]) -> list[PlaceLink]:
    codes = {code for place in here for code in (place.code, *(above.code for above in gazetteer().above(place)))}
    return [PlaceLink(code, LinkKind.LISTED, Source(sheet, 100)) for code in sorted(codes)]


def publish(projects: Sequence[Project], embeddings: Path) -> tuple[Path, Sequence[Passage]]:
    """Make ``projects`` the live generation of ``embeddings`` with random vectors; return its folder and passages."""
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
            sheets={project.sheets[0]: "" for project in projects},
            files={path.name: generations.checksum(path) for path in sorted(builder.folder.iterdir())},
        )
        return builder.publish(f"invented-{len(projects)}", manifest), passages
