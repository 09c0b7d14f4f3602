"""An invented collection of any size, with the words of the real sheets and random vectors: what grows with size.

As in real ones many titles share their words ("Jobb i Lund"), people have several projects, and a few organisations
are in most projects' lists.

Encoding thousands of sheets would take an hour; what is measured here is everything but the encoder.
"""

import datetime
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from esfbot.language.sentences import sentence_spans
from esfbot.model.project import Fact, LinkKind, PlaceLink, Project, Section, Source
from esfbot.sheets.folder import read_folder
from esfbot.sweden.places import Place, PlaceKind, gazetteer
from tests.invented.publish import publish

__all__ = ["invented_projects", "publish"]

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

_SHARED = "Arbete Framtid Jobb Kompetens".split()
_ORGANISATIONS = (
    "Arbetsförmedlingen",
    "Försäkringskassan",
    "Länsstyrelsen",
    "Kommunförbundet",
    "Kommunförbundet Norr",
    "Region Mitt",
    "Folkhögskolan",
    "Studieförbundet",
)


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
    here = chance.sample(municipalities, chance.randint(1, 3))
    title = f"{chance.choice(_SHARED)} i {here[0].name}"
    if chance.random() < 0.5:
        title = f"{' '.join(chance.sample(_TITLE, 2))} {_syllables(chance)} {number}"
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
    yield fact(4, "phase", chance.choice(["Förprojektering", "Genomförande"]))
    yield fact(5, "contact", person, group=1)
    yield fact(6, "email", email, email, 1)
    yield fact(7, "phone", phone, phone, 1)
    yield fact(8, "esf_support", amount)
    yield fact(9, "total_budget", amount + chance.randrange(amount))
    yield fact(10, "start", start)
    yield fact(10, "end", end)
    for field, line in (("co_funder", 80), ("partner", 90)):
        for at, organisation in enumerate(chance.sample(_ORGANISATIONS, chance.randint(0, 3)), line):
            yield fact(at, field, organisation)
    for line, place in enumerate(here, 100):
        yield fact(line, "municipality", place.name, place.code)


def _syllables(chance: random.Random) -> str:
    return "".join(chance.choice("bdfgklmnprstv") + chance.choice("aeiouåäö") for _ in range(3)).capitalize()


def _links(sheet: str, here: Sequence[Place]) -> list[PlaceLink]:
    codes = {code for place in here for code in (place.code, *(above.code for above in gazetteer().above(place)))}
    return [PlaceLink(code, LinkKind.LISTED, Source(sheet, 100)) for code in sorted(codes)]
