"""The words beside a name that make it somebody else's: Maria Berg is not Anna Berg, nor is Anna Lind."""

import functools
import re

from esfbot import fields
from esfbot.language.words import fold, split
from esfbot.sheets.persons import is_office
from esfbot.sheets.withheld.marker import OF_FIELD

_LAST = re.compile(r"([^\W\d_]+)[^\S\n]+$")
_NEXT = re.compile(r"[^\S\n]+([^\W\d_]+)")
# Words that stand beside names with a capital, as at the beginning of a sentence.
_ORDINARY = frozenset(
    "kontakta kontakt ring fraga mejla maila mejl mail tfn enligt hos till fran med av och for om nar da sa att som "
    "har ar dar men eller samt efter under vid sedan nu idag herr fru froken dr doktor "
    "contact call ask see by with mr mrs ms from and".split()
)
_TITLES = ("ledare", "chef", "samordnare", "ansvarig", "direktor", "sekreterare", "konsulent", "strateg", "handlaggare",
           "assistent", "controller", "person", "coach", "radgivare", "koordinator", "manager")  # fmt: skip


def before(text: str, start: int) -> str:
    """The word with a capital, folded, right before ``start`` on its line that may be a first name; or nothing."""
    found = _LAST.search(text[text.rfind("\n", 0, start) + 1 : start])
    is_title = found is not None and (is_office(found[1]) or fold(found[1]).endswith(_TITLES))
    return "" if is_title else _name(found)


def after(text: str, end: int) -> str:
    """The word with a capital, folded, right behind ``end`` on its line that may be a family name; or nothing."""
    return _name(_NEXT.match(text, end))


def _name(found: re.Match[str] | None) -> str:
    if found is None or not found[1][0].isupper():
        return ""
    word = fold(found[1])
    return "" if word in _ORDINARY or word in _words_of_labels() else word


@functools.cache
def _words_of_labels() -> frozenset[str]:
    """The words of the labels of contacts."""
    labels = (label for label, row in fields.labels().items() if row.name in OF_FIELD)
    return frozenset(word.folded for label in labels for word in split(label))
