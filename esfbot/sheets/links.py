"""The places that belong to a project: listed on its sheet, its owner's, or mentioned in its text."""

import functools
from collections.abc import Iterable, Sequence

from esfbot.language.words import split
from esfbot.model.project import Fact, LinkKind, PlaceLink, Section, Source
from esfbot.sweden.find import find_places
from esfbot.sweden.places import PlaceKind, gazetteer


def place_links(facts: Sequence[Fact], sections: Iterable[Section]) -> list[PlaceLink]:
    """Every place that belongs to a project, each in its strongest way, by code.

    A listed municipality brings its county and its region; the owner's municipality only its county.
    """
    links: dict[str, PlaceLink] = {}
    for code, kind, source in (*_listed(facts), *_of_owner(facts), *_mentioned(sections)):
        links.setdefault(code, PlaceLink(code, kind, source))
    return sorted(links.values(), key=lambda link: link.code)


_Link = tuple[str, LinkKind, Source]


def _listed(facts: Sequence[Fact]) -> list[_Link]:
    stated = [fact for fact in facts if fact.field in ("municipality", "region") and fact.key]
    links = [(fact.key, LinkKind.LISTED, fact.source) for fact in stated]
    places = gazetteer()
    above = [(above, fact) for fact in stated for above in places.above(places.by_code[fact.key])]
    return links + [(place.code, LinkKind.LISTED, fact.source) for place, fact in above]


def _of_owner(facts: Sequence[Fact]) -> list[_Link]:
    places = gazetteer()
    links: list[_Link] = []
    for fact in facts:
        if fact.field not in ("owner", "postal_town"):
            continue
        for code in _codes(str(fact.value)):
            counties = [place.code for place in places.above(places.by_code[code]) if place.kind is PlaceKind.COUNTY]
            links.extend((found, LinkKind.OWNER, fact.source) for found in (code, *counties))
    return links


def _mentioned(sections: Iterable[Section]) -> list[_Link]:
    return [
        (code, LinkKind.MENTIONED, Source(section.source.sheet, number))
        for section in sections
        for number, line in enumerate(section.text.split("\n"), section.source.line)
        for code in _codes(line)
    ]


@functools.lru_cache(maxsize=8192)
def _codes(text: str) -> tuple[str, ...]:
    """The codes of the places named in ``text``, as they are spelt."""
    mentions = find_places(split(text), known=lambda _: True)
    return tuple(sorted({place.code for mention in mentions for place in mention.places}))
