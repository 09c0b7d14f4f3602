"""The places that belong to a project: listed on its sheet, its owner's, or mentioned in its text."""

import functools
import re
from collections.abc import Iterable, Iterator, Sequence

from esfbot.language.words import split
from esfbot.model.project import Fact, LinkKind, PlaceLink, Section, Source
from esfbot.sweden.find import find_places
from esfbot.sweden.places import PlaceKind, gazetteer

_SENTENCE = re.compile(r"(?<=[.!?:;])\s+(?=[^\W\d_])")


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
        for code, _ in _codes(str(fact.value)):
            counties = [place.code for place in places.above(places.by_code[code]) if place.kind is PlaceKind.COUNTY]
            links.extend((found, LinkKind.OWNER, fact.source) for found in (code, *counties))
    return links


def _mentioned(sections: Iterable[Section]) -> list[_Link]:
    return [
        (code, LinkKind.MENTIONED, Source(section.source.sheet, section.source.line + section.text.count("\n", 0, at)))
        for section in sections
        for start, sentence in _sentences(section.text)
        for code, at in _codes(sentence, start)
    ]


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    """The sentences of a text with the offsets that they begin at; one may go on over several lines."""
    start = 0
    for gap in _SENTENCE.finditer(text):
        yield start, text[start : gap.start()]
        start = gap.end()
    yield start, text[start:]


def _codes(text: str, start: int = 0) -> list[tuple[str, int]]:
    """The codes of the places named in ``text``, as they are spelt, with where their names begin, counted from
    ``start``."""
    words = split(text)
    if not any(word.folded in _beginnings() for word in words):
        return []  # most sentences; find_places would look for misspelt names in them, at length
    mentions = find_places(words, known=lambda _: True)
    found = {
        place.code: start + words[mention.first].start for mention in reversed(mentions) for place in mention.places
    }
    return sorted(found.items())


@functools.cache
def _beginnings() -> frozenset[str]:
    """The words that names of places begin with, also joined and in the genitive."""
    names = [name for names in gazetteer().by_name.values() for name in names]
    words = {word for name in names for word in (name.words[0], "".join(name.words))}
    return frozenset(words | {f"{word}s" for word in words})
