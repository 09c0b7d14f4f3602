"""A quick look whether a person may stand in a text at all: most texts need no closer one."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from esfbot.language.words import fold
from esfbot.sheets.withheld.forms import Name
from esfbot.sheets.withheld.person import Person

_NOT_DIGITS = bytes(set(range(256)) - set(b"0123456789"))
_OTHER_LETTERS = "øæßđłþð"  # that Unicode does not take apart
# Where a word looks different when typed otherwise: its letters with diacritics, and what is typed for such.
_VARYING = re.compile(r"(?:aa|ae|oe|ue|[^a-z0-9])+")
_ODD = ".{0,14}"  # such a letter, or two of them, in a link
_GAP = "(?:[^a-z]|nbsp|%c2|%a0){0,24}"
_INITIALS = "(?:[a-z]{1,2}[^a-z]{1,12}){0,2}"
_SIGN = ".{0,30}"  # an at sign or a dot, written out, with blanks about it


@dataclass(frozen=True, slots=True)
class Letters:
    """A text folded to plain letters, and its digits alone."""

    folded: bytes
    digits: bytes

    @classmethod
    def of(cls, text: str) -> "Letters":
        """The letters of a text."""
        plain = text.casefold()
        for letter in _OTHER_LETTERS:
            if letter in plain:
                plain = plain.replace(letter, fold(letter))
        digits = text.replace("%20", "").encode("ascii", "ignore").translate(None, _NOT_DIGITS)
        return cls(unicodedata.normalize("NFKD", plain).encode("ascii", "ignore"), digits)


class Glance:
    """Looks for one person. It may see somebody who is not there, and overlooks nobody who is."""

    def __init__(self, person: Person) -> None:
        names = [Name.of(name) for name in person.names]
        found = [form for name in names if name.is_whole for form in _of_name(name)]
        found += [_SIGN.join(map(_pieces, re.split(r"[@.\s-]+", email))) for email in person.emails]
        # Each by itself, since a pattern that begins with a letter is looked for much quicker than one of several.
        self._forms = [re.compile(_started(form).encode(), re.S) for form in dict.fromkeys(found)]
        # A number without its country code stands in all ways of writing it.
        self._numbers = [phone.removeprefix("+46").lstrip("+").encode() for phone in person.phones]

    def sees(self, letters: Letters) -> bool:
        """Whether the person may be named in a text with these letters."""
        return any(number in letters.digits for number in self._numbers) or any(
            form.search(letters.folded) for form in self._forms
        )


def _of_name(name: Name) -> Iterator[str]:
    given, family = _words(name.given), _words(name.family)
    short = [name.given[0], *(word for word in name.given[1:] if not word.isupper())]
    for spoken in dict.fromkeys((given, _words(short))):
        yield f"{spoken}{_GAP}{_INITIALS}{family}"
    yield f"{family}{_GAP}{given}"
    if name.initials:
        yield "[^a-z]{0,3}".join(map(_pieces, map(fold, name.initials))) + f"[^a-z]{{1,24}}{family}"


def _words(words: Sequence[str]) -> str:
    return _GAP.join(map(_pieces, words))


def _pieces(word: str) -> str:
    """A word with room for anything where it may be typed otherwise."""
    return _VARYING.sub(lambda _: _ODD, word.casefold())


def _started(form: str) -> str:
    """The form without what may be anything at its beginning."""
    return re.sub(r"^(?:\.\{[^}]*\})+", "", form)
