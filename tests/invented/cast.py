"""The persons, owners and titles of an invented collection: each person keeps one address and one number."""

import random
import re
import unicodedata
from dataclasses import dataclass

from esfbot.sweden.places import PlaceKind, gazetteer
from tests.invented import words
from tests.invented.truth import Contact, Place

# The numbers that the Swedish telecom authority sets apart for film and literature.
_FOR_FICTION = [
    form.format(number)
    for number in range(5, 100)
    for form in ("031-390 06 {:02}", "040-62804{:02}", "08-465 004 {:02}", "0980-319 2{:02}", "070-174 06 {:02}")
]
# Then numbers that begin with zeros behind the area code, as none does.
_AREA_CODES = ("011", "013", "019", "021", "023", "026", "031", "033", "035", "036", "040", "042", "044", "046", "054",
               "060", "063", "090", "0152", "0223", "0240", "0271", "0303", "0370", "0416", "0455", "0498", "0503",
               "0612", "0640", "0920", "0953", "0980")  # fmt: skip
_FORMS = ("{}-00 {}{} {}{}", "{}-00{}{}{}{}", "{}00{}{}{}{}", "{}-00 {}{}{}{}")
_IN_A_COUNTY, _LAST_COUNTY = 19, 25
_ASCII = str.maketrans({"ø": "o", "æ": "ae", "ł": "l", "đ": "d"})


@dataclass(frozen=True, slots=True)
class Owner:
    """An organisation that owns projects. ``place`` is where its name says that it sits, ``domain`` its addresses'."""

    name: str
    domain: str
    place: Place | None = None


def slug(text: str, between: str = "-") -> str:
    """``text`` in the plain letters of addresses and file names: ``kvinnor-kan-kora``."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_ASCII)).encode("ascii", "ignore").decode()
    return between.join(re.findall(r"[a-z0-9]+", plain.replace("'", "")))


def phone(number: int) -> str:
    """A telephone number that nobody has, a different one for each ``number``."""
    if number < len(_FOR_FICTION):
        return _FOR_FICTION[number]
    rest, area = divmod(number - len(_FOR_FICTION), len(_AREA_CODES))
    return _FORMS[number % len(_FORMS)].format(_AREA_CODES[area], *f"{rest:04}")


def kommun(place: Place) -> str:
    """What a municipality calls itself: ``Ludvika kommun``, ``Härnösands kommun``."""
    return f"{place.name}{'' if place.name[-1] in 'aeioåäösxzr' else 's'} kommun"


def counties() -> dict[str, Place]:
    """The counties by code whose name no municipality and no region has."""
    places = gazetteer().by_code.values()
    taken = {place.name for place in places if place.kind is not PlaceKind.COUNTY}
    found = (place for place in places if place.kind is PlaceKind.COUNTY and place.name not in taken)
    return {place.code: Place(place.name, place.code) for place in found}


class Cast:
    """Gives out persons, organisations, titles and brands while a collection is made, none of them twice by chance."""

    def __init__(self, chance: random.Random) -> None:
        self._taken: set[str] = set()
        self._people: dict[tuple[str, str], Contact] = {}
        self._of_domain: dict[str, list[Contact]] = {}
        self._titles: list[str] = []  # that a further project may follow up
        self._counties = counties()
        self._organisations = [self._organisation(chance) for _ in range(_IN_A_COUNTY * (_LAST_COUNTY + 1))]

    def once(self, text: str) -> bool:
        """Whether ``text`` was not taken yet; from now on it is."""
        fresh = slug(text) not in self._taken
        self._taken.add(slug(text))
        return fresh

    def person(self, name: str, domain: str) -> Contact:
        """The one person called ``name`` at ``domain``."""
        if (name, domain) not in self._people:
            published = phone(len(self._people))
            first, _, last = name.partition(" ")
            initial = len(self._people) % 7 == 6
            local = f"{slug(first)[0]}{slug(last, '')}" if initial else f"{slug(first)}.{slug(last, '')}"
            dialled = "+46" + re.sub(r"\D", "", published)[1:]
            person = Contact(name, f"{local}@{domain}", published, dialled)
            self._people[name, domain] = person
        return self._people[name, domain]

    def somebody(self, chance: random.Random, domain: str) -> Contact:
        """A person at ``domain``: a new one, or one who was drawn there before."""
        known = self._of_domain.setdefault(domain, [])
        if known and chance.random() < 0.4:
            return chance.choice(known)
        name = _person(chance)
        while any(_alike(name, other.name) for other in known):
            name = _person(chance)
        known.append(self.person(name, domain))
        return known[-1]

    def owner(self, chance: random.Random, home: Place, layout: str) -> Owner:
        """An owner of a project in the municipality ``home``."""
        kind = chance.random()
        town = f"{slug(home.name)}.example.se"
        if kind < 0.4:
            return Owner(kommun(home), town, home)
        if kind < (0.55 if layout == "A" else 0.5):
            office = chance.choice(words.OFFICES)
            return Owner(office, town) if layout == "A" else Owner(f"{kommun(home)}, {office}", town, home)
        county = self._counties.get(home.code[:2])
        if kind < 0.62 and county:
            return Owner(f"Region {county.name}", f"region{slug(county.name)}.example.se", county)
        return organisation(self.near(chance, home))

    def near(self, chance: random.Random, home: Place, *but: str) -> str:
        """An organisation of the county of ``home``, where projects share a few; none of ``but``."""
        first = int(home.code[:2]) * _IN_A_COUNTY
        there = self._organisations[first : first + _IN_A_COUNTY]
        return chance.choice([name for name in there if name not in but])

    def title(self, chance: random.Random, home: Place, case: str = "") -> str:
        """A title that no project has, or that of a special ``case``."""
        title = case or _title(chance, home, self._titles)
        while not self.once(f"title {title}") and not case:
            title = _title(chance, home, self._titles)
        if not case and not title.endswith(words.TITLE_FOLLOWERS):
            self._titles.append(title)
        return title

    def brand(self, chance: random.Random) -> str:
        """The name of a method that no other project has, while there are names left."""
        for _ in range(20):
            brand = re.sub(r"(.)\1\1", r"\1\1", chance.choice(words.BRAND_STARTS) + chance.choice(words.BRAND_ENDS))
            if self.once(f"brand {brand}"):
                return brand
        return f"{brand} {chance.randrange(2, 1000)}"

    def _organisation(self, chance: random.Random) -> str:
        while True:
            place = chance.choice(words.PLACE_STARTS) + chance.choice(words.PLACE_ENDS)
            name = chance.choice(words.KINDS_OF_ORGANISATION).format(place)
            if self.once(place):
                return name


def organisation(name: str) -> Owner:
    """An invented organisation as an owner."""
    return Owner(name, f"{slug(name, '')}.example.se")


def _alike(name: str, other: str) -> bool:
    """Whether two people at one domain might get the same address."""
    return (slug(name)[0], slug(name)[-5:]) == (slug(other)[0], slug(other)[-5:])


def _person(chance: random.Random) -> str:
    first, kind = chance.choice(words.FIRST_NAMES), chance.random()
    if kind < 0.12:
        return f"{first} {chance.choice(words.OTHER_SURNAMES)}"
    last = chance.choice(words.SURNAME_STARTS) + chance.choice(words.SURNAME_ENDS)
    if kind < 0.15:
        return f"{first} {chance.choice(words.PARTICLES)} {last}"
    if kind < 0.22:
        return f"{first} {last}-{chance.choice(words.SURNAME_STARTS)}{chance.choice(words.SURNAME_ENDS)}"
    return f"{first} {last}"


def _title(chance: random.Random, home: Place, earlier: list[str]) -> str:
    kind = chance.random()
    if kind < 0.05 and earlier:
        return f"{chance.choice(earlier)} {chance.choice(words.TITLE_FOLLOWERS)}"
    if kind < 0.25:
        return f"{chance.choice(words.TITLE_ADJECTIVES)} {chance.choice(words.TITLE_NOUNS)}"
    if kind < 0.4:
        return f"{chance.choice(words.TITLE_WAYS)} {chance.choice(words.TITLE_AIMS)}"
    name = chance.choice(words.TITLE_STARTS) + chance.choice(words.TITLE_ENDS)
    if kind < 0.65:
        return name
    if kind < 0.7:
        return name.upper()
    if kind < 0.85:
        return f"{name} {chance.choice(('i ', '', ''))}{home.name}"
    return f"{name} {chance.choice('-–')} {chance.choice(words.TITLE_TAGS)}"
