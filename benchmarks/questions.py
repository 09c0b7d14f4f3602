"""Questions of every kind about an invented collection, different ones of each: none is answered from memory."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from esfbot.model.project import Project

_LIST = ("Lista alla projekt", "Vilka projekt finns?", "Visa samtliga projekt", "List all projects")
_ORGANISATIONS = (
    "projekt med Arbetsförmedlingen som medfinansiär",
    "Vilka projekt har Försäkringskassan som samarbetspartner?",
    "Kommunförbundet",
    "projekt med Länsstyrelsen som medfinansiär",
)
_CONDITIONS = (
    "Projekt med mer än {amount} miljoner kronor i budget",
    "Vilka projekt startade efter {year} och fick under {amount} miljoner i ESF-stöd?",
    "förprojekteringar som pågick {year}",
)
_NARRATIVE = (
    "Vilka projekt arbetar med praktikplatser för unga?",
    "Hur får långtidssjukskrivna stöd att komma tillbaka?",
    "projekt om funktionsnedsättning och tillgänglighet",
    "What do projects do for young people without work?",
)
_NONE = (
    "Hur blir vädret i Paris i morgon?",
    "Vem vann matchen igår kväll?",
    "skriv en dikkt om kattter",
    "recepet på kanelbulllar",
)
_LONG = (
    "Hej! Jag arbetar på en kommun och har hört av en kollega att det ska finnas ett projekt som heter {title} och som"
    " har hjälpt många människor att komma närmare arbetsmarknaden. Nu undrar jag om ni kan berätta hur mycket pengar"
    " det fick från Socialfonden och vem som är kontaktperson, så att jag kan ringa och fråga hur de gjorde när de"
    " började"
)


@dataclass(frozen=True, slots=True)
class Kind:
    """Questions of one kind, and whether the encoder has a part in answering them."""

    name: str
    questions: tuple[str, ...]
    encodes: bool = False


def kinds(projects: Sequence[Project], count: int) -> list[Kind]:
    """``count`` questions of each kind about invented ``projects``, always the same ones."""
    chance = random.Random(count)  # noqa: S311 - repeatable, and nothing to guess
    some = chance.choices(projects, k=count)
    titles = [project.title for project in some]
    people = [_stated(project, "contact") for project in some]
    places = [_stated(project, "municipality") for project in some]
    asked = [
        ("a fact by title", [f"Vad är budgeten för {title}?" for title in titles]),
        ("contact by title", [f"Vem är kontaktperson för {title}?" for title in titles]),
        ("contact by title, a letter missing", [f"Vem är kontaktperson för {_missing(title)}?" for title in titles]),
        ("contact by title, letters swapped", [f"Vem är kontaktperson för {_swapped(title)}?" for title in titles]),
        ("contact by place", [f"Vem är kontaktperson i {place}?" for place in places]),
        ("contact by misspelt place", [f"Vem är kontaktperson i {_missing(place)}?" for place in places]),
        ("a person", [f"Vilka projekt har {person}?" for person in people]),
        ("an organisation", _in_turn(_ORGANISATIONS, count)),
        ("a list", _in_turn(_LIST, count)),
        ("conditions", list(_conditions(chance, count))),
        ("a section", [f"Vad är syftet med {title}?" for title in titles]),
    ]
    encoded = [
        ("sixty words", [_LONG.format(title=title) for title in titles]),
        ("narrative of a named project", [f"Hur arbetar {title} med praktik?" for title in titles]),
        ("narrative of any project", _in_turn(_NARRATIVE, count)),
        ("no answer", _in_turn(_NONE, count)),
    ]
    return [
        *(Kind(name, tuple(questions)) for name, questions in asked),
        *(Kind(name, tuple(questions), encodes=True) for name, questions in encoded),
    ]


def _stated(project: Project, field: str) -> str:
    fact = project.first(field)
    assert fact is not None
    return str(fact.value)


def _in_turn(questions: Sequence[str], count: int) -> list[str]:
    return [questions[n % len(questions)] for n in range(count)]


def _conditions(chance: random.Random, count: int) -> Iterator[str]:
    for question in _in_turn(_CONDITIONS, count):
        yield question.format(amount=chance.randint(1, 30), year=chance.randint(2009, 2019))


def _missing(name: str) -> str:
    """A name without the middle letter of its longest word."""
    word = max(name.split(), key=len)
    return name.replace(word, word[: len(word) // 2] + word[len(word) // 2 + 1 :], 1)


def _swapped(name: str) -> str:
    """A name with two letters in the middle of its longest word in each other's place."""
    word = max(name.split(), key=len)
    at = len(word) // 2
    return name.replace(word, word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :], 1)
