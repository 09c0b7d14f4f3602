"""The narrative of an invented project: its story told in sentences, in the sections that its layout has."""

import random
import textwrap
from collections.abc import Iterator, Mapping, Sequence

from tests.invented import sentences, words
from tests.invented.truth import Part, Place, Story

_WIDTH = 100  # letters of a line in layout B, which breaks its paragraphs


def write_count(count: int) -> str:
    """``1 250``."""
    return f"{count:,}".replace(",", " ")


class Teller:
    """Tells the story of a project that began in ``year``, no sentence twice.

    ``mentioned`` are the places named so far, by code.
    """

    def __init__(self, chance: random.Random, story: Story, home: Place, elsewhere: Place, year: int) -> None:
        self.mentioned: dict[str, Place] = {}
        self._chance = chance
        self._year = year
        self._places = {"place": home, "elsewhere": elsewhere}
        self._told: set[str] = set()
        self._always = _filled(story)
        self._branch = chance.choice(words.BRANCHES)

    def sections(self, layout: str, *, employed: bool, transnational: bool) -> tuple[Part, ...]:
        """The sections of a sheet of ``layout``, as its lines stand there.

        The goals are those of people who are ``employed``, or who are not; ``transnational`` asks for that section,
        which layouts C and D have not.
        """
        goal = self._say(sentences.GOAL_OF_EMPLOYED if employed else sentences.GOAL_OF_SEEKING)
        return tuple(self._under_headings(layout, goal, transnational) if layout in "AB" else self._in_one(goal))

    def _under_headings(self, layout: str, goal: str, transnational: bool) -> Iterator[Part]:
        likely, a = self._chance.random, layout == "A"
        yield self._part(
            layout, "summary", "Sammanfattning", self._say(sentences.OPENING), self._some(sentences.DETAIL, 0, 2)
        )
        background = [
            self._some(sentences.BACKGROUND, 1, 2),
            self._some(sentences.BACKGROUND, 0, 2),
            self._say(sentences.PARTNERSHIP),
        ]
        yield self._part(layout, "background", "Bakgrund", *background, capitals=a and likely() < 0.2)
        if likely() < 0.9:
            yield self._part(layout, "purpose", "Syfte", self._some(sentences.PURPOSE, 1, 2))
        goals = [goal, *(self._say(sentences.GOAL_DETAIL) for _ in range(self._chance.randint(0, 2)))]
        dashes = a and likely() < 0.15
        yield self._part(layout, "goals", "Målsättning", *goals, dashes=dashes)
        if likely() < 0.75:
            heading = "Tillgänglighet för personer med funktionsnedsättning" if a else "Tillgänglighet"
            yield self._part(layout, "accessibility", heading, self._some(sentences.ACCESSIBILITY, 1, 2))
        if likely() < 0.5:
            heading = "Jämställdhetsintegrering" if a else "Jämställdhet"
            yield self._part(layout, "gender_equality", heading, self._some(sentences.GENDER_EQUALITY, 1, 2))
        if transnational:
            told = self._some(sentences.TRANSNATIONAL, 1, 2)
            yield self._part(layout, "transnational", "Transnationellt samarbete", told)

    def _in_one(self, goal: str) -> Iterator[Part]:
        paragraphs = [
            f"{self._say(sentences.OPENING)} {self._some(sentences.PURPOSE, 0, 1)}",
            self._some(sentences.BACKGROUND, 0, 2),
            f"{self._say(sentences.PARTNERSHIP)} {self._some(sentences.DETAIL, 0, 2)}",
            f"{goal} {self._some(sentences.GOAL_DETAIL, 0, 1)}",
        ]
        yield self._part("C", "description", "", *paragraphs)
        if self._chance.random() < 0.25:
            items = self._chance.sample(sentences.ITEMS_OF_LIST, self._chance.randint(3, 6))
            bullet = self._chance.choice(("", "• "))
            yield Part("other", "Metoder", "\n".join(bullet + item for item in items))

    def _part(
        self, layout: str, kind: str, heading: str, *paragraphs: str, capitals: bool = False, dashes: bool = False
    ) -> Part:
        """A section of paragraphs, with space between them or none, as pages have it."""
        kept = [paragraph.strip() for paragraph in paragraphs if paragraph.strip()]
        if layout == "B":
            kept = ["\n".join(textwrap.wrap(paragraph, _WIDTH, break_on_hyphens=False)) for paragraph in kept]
        if capitals:
            kept[-1] = f"{self._chance.choice(sentences.CAPITALS)}\n{kept[-1]}"
        if dashes:
            return Part(kind, heading, "\n".join(f"-{paragraph}" for paragraph in kept))
        return Part(kind, heading, self._chance.choice(("\n", "\n\n")).join(kept))

    def _some(self, templates: Sequence[str], least: int, most: int) -> str:
        return " ".join(self._say(templates) for _ in range(self._chance.randint(least, most)))

    def _say(self, templates: Sequence[str]) -> str:
        template = self._chance.choice([template for template in templates if template not in self._told])
        self._told.add(template)
        named = [place for key, place in self._places.items() if f"{{{key}}}" in template]
        self.mentioned |= {place.code: place for place in named}
        return template.format_map({**self._always, **self._by_chance()})

    def _by_chance(self) -> Mapping[str, str]:
        chance = self._chance
        year = self._year - chance.randint(3, 7)
        return {
            **{key: place.name for key, place in self._places.items()},
            **_with_capital("branch", self._branch),
            "venue": chance.choice(words.VENUES),
            "abroad": chance.choice(words.ABROAD),
            "small": str(chance.randint(4, 19)),
            "many": str(chance.randint(40, 390)),
            "weeks": str(chance.randint(3, 39)),
            "before": str(chance.randint(6, 38)),
            "cost": write_count(chance.randint(11, 94) * 1000),
            "year": str(year),
            "later": str(year + chance.randint(1, 2)),
        }


def _filled(story: Story) -> dict[str, str]:
    return {
        **_with_capital("group", story.group),
        **_with_capital("method", story.method),
        "participants": write_count(story.participants),
        "partner": story.partner,
        "brand": story.brand,
        "share": str(story.share),
    }


def _with_capital(name: str, text: str) -> dict[str, str]:
    return {name: text, name.capitalize(): text[0].upper() + text[1:]}
