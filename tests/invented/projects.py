"""Invented projects, any number of them: the truth that sheets are written from, always the same for one seed."""

import random
from dataclasses import replace

from tests.invented import draws, words
from tests.invented.cases import CASES, Case
from tests.invented.cast import Cast, Owner, organisation, slug
from tests.invented.narrative import Teller
from tests.invented.truth import Contact, Invented, Part, Place, Story

__all__ = ["Contact", "Invented", "Part", "Place", "Story", "invented"]

_NATIONAL = "ESF Nationellt"


def invented(count: int, *, seed: int = 0) -> list[Invented]:
    """Return ``count`` projects, the special cases first. Fewer are the beginning of more."""
    cast = Cast(random.Random(f"cast {seed}"))  # noqa: S311 - repeatable, and nothing to guess
    return [_project(cast, position, seed) for position in range(count)]


def _project(cast: Cast, position: int, seed: int) -> Invented:
    chance = random.Random(f"{seed} {position}")  # noqa: S311 - repeatable, and nothing to guess
    case = CASES[position] if position < len(CASES) else Case(chance.choices("ABCD", (4, 2, 2, 2))[0])
    layout, home = case.layout, draws.home_of(chance, case)
    programme = chance.choice(draws.PROGRAMMES[layout])
    start, end = case.period or draws.period(chance, layout)
    owner = _owner(chance, cast, case, home)
    title = cast.title(chance, home, case.title)
    number = None if layout == "A" else _number(chance, cast, layout, start.year)
    support, budget, rate = draws.money(chance, case, programme)
    story = _story(chance, cast, home, owner.name, employed=programme.employed)
    lists = draws.lists(chance, case, cast, home, owner.name, story.partner)
    further = draws.further(chance, case, programme, rate, home, start.year, seated=owner.place in (None, home))
    teller = Teller(chance, story, home, draws.elsewhere_than(chance, home), start.year)
    transnational = case.transnational or chance.random() < 0.25
    sections = teller.sections(layout, employed=programme.employed, transnational=transnational)
    return Invented(
        layout=layout,
        file=_file(cast, number, title),
        title=title,
        number=number,
        owner=(owner.name.upper() if layout == "D" else owner.name) or None,
        owner_place=home if "postal_town" in further else owner.place,
        contacts=_contacts(chance, cast, case, owner),
        start=start,
        end=end,
        esf_support=support,
        total_budget=budget,
        programme=programme.name,
        phase=chance.choice(("Genomförande", "Genomförande", "Förprojektering")) if layout == "A" else None,
        region=_region(chance, case, home),
        municipalities=draws.listed(chance, case, home),
        co_funders=lists[0],
        partners=lists[1],
        participants=lists[2],
        planned_participants=story.participants if layout != "A" and chance.random() < 0.9 else None,
        further=further,
        story=story,
        sections=sections,
        mentioned=tuple(teller.mentioned.values()),
    )


def _owner(chance: random.Random, cast: Cast, case: Case, home: Place) -> Owner:
    if case.owner == "saknas":
        return Owner("", f"{slug(home.name)}.example.se")
    return organisation(case.owner) if case.owner else cast.owner(chance, home, case.layout)


def _number(chance: random.Random, cast: Cast, layout: str, year: int) -> str:
    """A number that no other project has: 2015/00358, or in layout D 24-018-S03."""
    while True:
        number = f"{year - chance.randint(0, 1)}/{chance.randint(1, 990):05}"
        if layout == "D":
            number = f"{year % 100}-{chance.randint(1, 120):03}-S{chance.randint(1, 8):02}"
        if cast.once(f"number {number}"):
            return number


def _story(chance: random.Random, cast: Cast, home: Place, owner: str, *, employed: bool) -> Story:
    return Story(
        group=chance.choice(words.EMPLOYED if employed else words.SEEKING),
        participants=chance.choice((chance.randint(12, 60), chance.randint(60, 400), chance.randint(40, 320) * 10)),
        method=chance.choice(words.METHODS),
        partner=cast.near(chance, home, owner),
        brand=cast.brand(chance),
        share=chance.randint(41, 94),
    )


def _region(chance: random.Random, case: Case, home: Place) -> str:
    national = case.national or (case.layout == "C" and chance.random() < 0.08)
    return _NATIONAL if national else draws.region_of(home)[1]


def _contacts(chance: random.Random, cast: Cast, case: Case, owner: Owner) -> tuple[Contact, ...]:
    """The contacts that a sheet names: in layout A with telephone numbers, in layout D none."""
    if case.layout == "D":
        return ()
    if case.people is None:
        how_many = chance.choices((0, 1, 2), (5, 89, 6))[0]
        people = dict.fromkeys(cast.somebody(chance, owner.domain) for _ in range(how_many))
    else:
        people = dict.fromkeys(cast.person(name, owner.domain) for name in case.people)
    stated = [replace(person, phone=None, dialled=None) if case.layout != "A" else person for person in people]
    if case.people is None and len(stated) == 1 and chance.random() < 0.08:
        stated[0] = replace(stated[0], email=None)
    return tuple(stated)


def _file(cast: Cast, number: str | None, title: str) -> str:
    """A file's name as people save pages: that of the title, behind the number where there is one."""
    base = f"{number.replace('/', '-')}-{slug(title)}" if number else slug(title)
    names = (base, *(f"{base}-{n}" for n in range(2, 100)))
    return next(name for name in names if cast.once(f"file {name}")) + ".txt"
