"""Ways in which sheets write a name, an address or a number."""

import datetime
import functools
import unicodedata
from collections.abc import Callable, Iterable

from hypothesis import strategies as st

from esfbot.language.words import fold
from esfbot.sheets.withheld.entries import Entry
from esfbot.sheets.withheld.person import Identifiers, Person, identify
from esfbot.sheets.withheld.redact import Redactor

DAY = datetime.date(2026, 5, 4)
GIVEN = ("Jenny", "Åsa", "Per", "Anna-Karin", "Zoë", "Örjan", "Karl Erik", "Ida", "Noëlle", "Bjørn")
FAMILY = ("Lyxell", "Liljeröd", "Öberg-Lind", "de Verdier", "Åhs", "O'Brien", "Strauß", "Ek", "Næss", "af Ugglas")
NUMBERS = ("0240564451", "0586611 80".replace(" ", ""), "086008463", "0701740605", "0322600521")
BLANKS = (" ", "\u00a0", "  ", "\n", " \n  ", "\u2009", "\t")
_TYPED = str.maketrans({"å": "aa", "ä": "ae", "ö": "oe", "Å": "Aa", "Ö": "Oe", "Ä": "Ae"})


@functools.cache
def redactor(*people: Person) -> Redactor:
    return Redactor(Identifiers(people))


def person(name: str = "", email: str = "", phone: str = "") -> Person:
    return Person(frozenset(filter(None, [name])), frozenset(filter(None, [email])), frozenset(filter(None, [phone])))


def entry(who: str, *also: str) -> Entry:
    return Entry(who, DAY, also=also)


def found(who: str, contacts: Iterable[tuple[str, str, str]], *also: str) -> Person:
    """What stands for the one person of a list."""
    (only,) = identify([entry(who, *also)], contacts).people
    return only


def plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def email_of(name: str) -> str:
    return ".".join(fold(word).replace("'", "") for word in name.split()) + "@exempel.se"


Letters = Callable[[str], str]
_IN_CAPITALS: tuple[Letters, ...] = (str, str.upper, str.title)
_LETTERS: tuple[Letters, ...] = (
    *_IN_CAPITALS,
    str.lower,
    plain,
    fold,
    lambda text: text.translate(_TYPED),
    lambda text: unicodedata.normalize("NFD", text),
)


@st.composite
def written_name(draw: st.DrawFn, given: str, family: str) -> str:
    """The name in any letters, order and blanks."""
    letters = draw(st.sampled_from(_LETTERS))
    blank = draw(st.sampled_from(BLANKS))
    words = [*given.split(), *family.split()]
    turned = [*family.split(), *given.split()]
    ways = [
        blank.join(words),
        f"{family},{draw(st.sampled_from((' ', '', chr(0xA0), chr(10))))}{given}",
        blank.join(turned),
        "-".join(words),
        "_".join(words),
        "%20".join(words),
    ]
    genitive = draw(st.sampled_from(("", "", "s", "´s", "'s")))
    return letters(draw(st.sampled_from(ways))) + genitive


@st.composite
def written_address(draw: st.DrawFn, address: str) -> str:
    local, _, domain = address.partition("@")
    at = draw(
        st.sampled_from(("@", " @ ", " (at) ", "(at)", "[at]", " [at] ", "@\n", "%40", " at ", " snabel-a ", "{at}"))
    )
    dot = draw(st.sampled_from((".", ".", "[dot]", " (punkt) ")))
    letters = draw(st.sampled_from(_IN_CAPITALS))
    text = letters(local.replace(".", dot)) + at + letters(domain.replace(".", dot))
    return draw(st.sampled_from(("", "mailto:", "<"))) + text


@st.composite
def written_number(draw: st.DrawFn, number: str) -> str:
    """A Swedish number, given with its trunk zero and nothing else, in any grouping."""
    rest = number.removeprefix("0")
    cuts = sorted(draw(st.sets(st.integers(1, len(rest) - 1), max_size=5)))
    signs = [draw(st.sampled_from((" ", "-", "\u00a0", "/", " - ", "\u2011", "", ".", ") "))) for _ in cuts]
    parts = [rest[a:b] for a, b in zip([0, *cuts], [*cuts, None], strict=True)]
    grouped = "".join(part + sign for part, sign in zip(parts, [*signs, ""], strict=True))
    trunk = draw(st.sampled_from(("0", "(0", "+46", "+46 ", "0046 ", "+46 (0)", "0046(0)", "+46-", "(0) ")))
    more = draw(st.sampled_from(("", "", " ankn. 12", ", anknytning 4", " ext 311")))
    return trunk + grouped + more
