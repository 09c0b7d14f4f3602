"""How sheets write a name, an address and a number: as regular expressions."""

import functools
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from esfbot import fields
from esfbot.language.words import fold
from esfbot.sheets.withheld.marker import OF_FIELD
from esfbot.sheets.withheld.spelling import HYPHEN, LOWER, TYPED, UPPER, any_case, initial
from esfbot.sweden.places import gazetteer

_BLANK = r"[^\S\n]"
_LETTER_WORDS = frozenset("IÅÖiåö")  # single letters that are words of Swedish: "I Berg" says where
_MORE_LABELS = ("mejl", "mejladress", "mail", "mailadress", "tfn", "mobilnummer", "projektledare", "kontakt")

# Between the words of a name: blanks and at most one line break, a sign as in addresses and links, or a capital.
_GAP = (
    rf"(?:(?:{_BLANK}|&nbsp;){{1,9}}(?:\n{_BLANK}{{0,9}})?|\n{_BLANK}{{0,9}}|[._+]|{_BLANK}?{HYPHEN}{_BLANK}?"
    rf"|(?:%20|%C2%A0){{1,3}}|(?<=[{LOWER}])(?=[{UPPER}]))"
)
_COMMA = rf"(?:{_BLANK}{{0,3}},{_BLANK}{{0,3}}\n?{_BLANK}{{0,9}})"
GENITIVE = "(?:['’´`:]?[sS](?![^\\W\\d_])|['’´`])?"
_WORD_ENDS = rf"(?:(?![^\W\d_])|(?<=[{LOWER}])(?=[{UPPER}]))"
_MARRIED = rf"(?:{HYPHEN}[{UPPER}]\w+)?"

_AROUND_AT = rf"{_BLANK}{{0,3}}\n?{_BLANK}{{0,3}}"
_AT = (
    rf"{_AROUND_AT}(?i:@|%40|&#0?64;|[(\[{{<]{_BLANK}?(?:at|a|@|snabel-?a){_BLANK}?[)\]}}>]"
    rf"|(?<=\s)(?:at|snabel-?a)(?=\s)){_AROUND_AT}"
)
_DOT = rf"{_BLANK}?(?i:\.|%2E|[(\[{{](?:dot|punkt|\.)[)\]}}]|(?<=\s)(?:dot|punkt)(?=\s)){_BLANK}?\n?{_BLANK}{{0,3}}"
_ELSEWHERE = rf"(?P<elsewhere>(?:[._+][\w.+%-]{{0,40}})?{_AT}[\w-]+(?:\.[\w-]+)+)?"

_BETWEEN_DIGITS = r"(?:[\s().,/_\u2010-\u2015\u2212·-]|&nbsp;|%20){0,4}"
_EXTENSION = (
    rf"(?:{_BLANK}{{0,3}}[,(]?{_BLANK}?(?i:ankn(?:ytning(?:snummer)?)?|anknr|int|intern|ext|extension|x)\.?:?{_BLANK}?"
    rf"(?:nr\.?{_BLANK}?)?\d{{1,5}}\)?)?"
)


@functools.cache
def word_begins() -> str:
    """A pattern for where a name may begin: behind no letter, with a capital behind a small one, fused to a label."""
    return rf"(?:(?<![^\W\d_])|(?<=[{LOWER}])(?=[{UPPER}])|(?i:{_behind_label()}))"


@functools.cache
def _address_begins() -> str:
    return rf"(?:(?<![\w.+%'’-])|(?<=%20)|(?<=%3A)|(?<=\d{{4}})|(?i:{_behind_label()}))"


def _behind_label() -> str:
    labels = [label for label, row in fields.labels().items() if row.name in OF_FIELD]
    spelt = (re.escape(label).replace(r"\-", HYPHEN).replace(r"\ ", r"\s") for label in (*labels, *_MORE_LABELS))
    return "|".join(f"(?<={label})" for label in spelt)


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name: given names, particles and family names as written. One word alone is only given."""

    given: tuple[str, ...]
    family: tuple[str, ...] = ()

    @classmethod
    def of(cls, text: str) -> "Name":
        """Read a name, the family name last or before a comma; words in lower case before it belong to it."""
        before, comma, after = text.partition(",")
        if comma and before.split() and after.split():
            return cls(tuple(after.split()), tuple(before.split()))
        words = text.split()
        first = max(len(words) - 1, 1)
        while first > 1 and words[first - 1].islower() and not text.islower():
            first -= 1
        return cls(tuple(words[:first]), tuple(words[first:]))

    @property
    def words(self) -> tuple[str, ...]:
        """All words of it, the given names first."""
        return (*self.given, *self.family)

    @property
    def is_whole(self) -> bool:
        """Whether it has a given and a family name, the latter of more than a letter, and so can stand for a person."""
        return bool(self.given and self.family) and len(fold(self.family[-1])) > 1

    @property
    def initials(self) -> str:
        """The first letters of the first given name: AK of Anna-Karin."""
        return "".join(part[0] for part in re.split(r"[\W_]+", self.given[0]) if part[:1].isalpha())


def name_forms(names: Iterable[str]) -> list[str]:
    """Patterns for whole names, the longest first; nothing for a name of one word."""
    return _longest_first(form for name in map(Name.of, names) if name.is_whole for form in _whole(name))


def turned_forms(names: Iterable[str]) -> list[str]:
    """Patterns for whole names with the family name first: Berg, Anna; Berg Anna."""
    whole = (name for name in map(Name.of, names) if name.is_whole)
    return _longest_first(f"{word_form(name.family)}(?:{_COMMA}|{_GAP}){word_form(name.given)}" for name in whole)


def initial_forms(names: Iterable[str]) -> list[str]:
    """Patterns for the family name with the initial of the given one: A. Berg, A Berg."""
    return _longest_first(_initial(name) for name in map(Name.of, names) if name.is_whole and name.initials)


def word_form(words: Sequence[str]) -> str:
    """A pattern for the words of a name, one after the other."""
    return _GAP.join(map(any_case, words))


def names_pattern(
    names: Collection[str], forms: Sequence[str], turned: Sequence[str] = (), initials: Sequence[str] = ()
) -> str:
    """Any of the ``forms`` of these names, where a name may begin and end, in the genitive too; empty where there are
    none.

    Forms that are ``turned`` or begin with ``initials`` are in groups of those names: they are only meant if the words
    beside them make them nobody else's. The group ``elsewhere`` holds the rest of an address that is made of the name.
    """
    groups = {"turned": turned, "initials": initials}
    either = "|".join([*forms, *(f"(?P<{name}>{'|'.join(found)})" for name, found in groups.items() if found)])
    if not either:
        return ""
    first = begins_with(part[0] for name in map(Name.of, names) for part in (name.given, name.family) if part)
    return rf"{first}{word_begins()}(?:{either}){_MARRIED}{GENITIVE}{_ELSEWHERE}{_WORD_ENDS}"


def address_pattern(addresses: Sequence[str]) -> str:
    """Any of these addresses, also with (at), blanks about its signs, or in a link."""
    forms = _longest_first(map(_address, addresses))
    return rf"{begins_with(addresses)}{_address_begins()}(?:{'|'.join(forms)})(?![{LOWER}\d_]|[-.]\w)"


def number_pattern(numbers: Iterable[str]) -> str:
    """Any of these numbers (E.164, or digits alone where that can't be told), in any grouping, with an extension."""
    return rf"(?=[+%(\d])(?:{'|'.join(_longest_first(map(_number, numbers)))})(?!\d){_EXTENSION}"


def begins_with(words: Iterable[str]) -> str:
    """That one of ``words`` may begin here, told by its first letter: quicker than what tells it surely."""
    pairs = (word[:2] if fold(word[:2]) in TYPED else word[:1] for word in words)
    return f"(?={'|'.join(sorted({any_case(letters) for letters in pairs}))})"


def _whole(name: Name) -> list[str]:
    given, family = word_form(name.given), word_form(name.family)
    short = [word for word in name.given[1:] if not (word.isupper() and len(word.rstrip(".")) <= 2)]
    with_initials = rf"{_GAP}(?:[{UPPER}]{{1,2}}\.?{_GAP}){{0,2}}"
    without = [word_form((name.given[0], *short))] if len(short) < len(name.given) - 1 else []
    return [f"{spoken}{with_initials}{family}" for spoken in (given, *without)]


def _initial(name: Name) -> str:
    dot = rf"\.{_BLANK}{{0,2}}\n?{_BLANK}{{0,9}}"
    is_word = name.initials in _LETTER_WORDS or any(gazetteer().named(word) for word in name.family)
    gap = dot if is_word else rf"(?:{dot}|{_BLANK}{{1,3}})"
    return rf"\.?{HYPHEN}?".join(map(initial, name.initials)) + gap + word_form(name.family)


def _address(address: str) -> str:
    signs = {"@": _AT, ".": _DOT, "-": rf"{HYPHEN}\n?", " ": r"\s+"}
    parts = re.split(r"([@.\s-])", address)
    return "".join(signs.get(part, r"\s+" if part.isspace() else any_case(part)) for part in parts)


def _number(number: str) -> str:
    import phonenumbers  # 20 ms to load, and few lists hold anybody

    if not number.startswith("+"):
        return r"(?<!\d)" + _BETWEEN_DIGITS.join(number)
    parsed = phonenumbers.parse(number)
    code, rest = str(parsed.country_code), phonenumbers.national_significant_number(parsed)
    country = _BETWEEN_DIGITS.join(code)
    trunk = rf"(?:\(?0\)?{_BETWEEN_DIGITS})?"
    ways = [rf"(?:\+|%2B|(?<!\d)00){_BETWEEN_DIGITS}{country}{_BETWEEN_DIGITS}{trunk}"]
    if code == "46":
        ways += [rf"(?<!\d){country}{_BETWEEN_DIGITS}", rf"(?<!\d)\(?0\)?{_BETWEEN_DIGITS}"]
    return f"(?:{'|'.join(ways)}){_BETWEEN_DIGITS.join(rest)}"


def _longest_first(forms: Iterable[str]) -> list[str]:
    return sorted(dict.fromkeys(forms), key=lambda form: (-len(form), form))
