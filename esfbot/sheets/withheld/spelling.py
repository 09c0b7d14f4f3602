"""A word as a regular expression that finds it in any letter case and however its letters are written."""

import functools
import re
import urllib.parse

from esfbot.language.words import fold

_LATIN = [chr(code) for code in (*range(0x41, 0x250), *range(0x1E00, 0x1F00)) if chr(code).isalpha()]
_EUROPEAN = [letter for letter in _LATIN if letter < "\u0180"]
LOWER = "".join(letter for letter in _EUROPEAN if letter.islower())
UPPER = "".join(letter for letter in _EUROPEAN if letter.isupper())
_MARKS = "[\u0300-\u036f]*"  # of a letter that is taken apart into its base and a mark
HYPHEN = "[-\u2010-\u2015\u2212]"
_APOSTROPHE = "['’‘`´]?"
# Two plain letters that are typed for one of another keyboard, and that one.
TYPED = {"aa": "åÅ", "ae": "æÆäÄ", "oe": "øØöÖ", "ue": "üÜ", "ss": "ßẞ", "th": "þÞ"}
_LETTER_TYPED = {"å": "aa", "ä": "ae", "æ": "ae", "ö": "oe", "ø": "oe", "ü": "ue"}


@functools.cache
def _variants() -> dict[str, str]:
    """The letters, as a set for a regular expression, that fold to each plain one."""
    found: dict[str, str] = {}
    for letter in _LATIN:
        found[fold(letter)] = found.get(fold(letter), "") + letter
    return {plain: f"[{letters}]" for plain, letters in found.items() if len(plain) == 1}


def any_case(word: str) -> str:
    """A pattern for ``word`` in any letter case, with or without diacritics, also as å is typed elsewhere (aa), or as
    it looks in a link (%C3%A5) or where its encoding was lost."""
    parts = []
    n = 0
    while n < len(word):
        pair = fold(word[n : n + 2])
        if pair in TYPED and word[n : n + 2].isascii():
            parts.append(f"(?:{_plain(pair)}|[{TYPED[pair]}])")
            n += 2
            continue
        parts.append(_letter(word[n]))
        n += 1
    return "".join(parts)


def initial(letter: str) -> str:
    """A pattern for a capital ``letter``, with or without its diacritics."""
    return "[" + "".join(other for other in _variants().get(fold(letter), letter) if other.isupper()) + f"]{_MARKS}"


def _plain(folded: str) -> str:
    return "".join(_variants().get(letter, re.escape(letter)) + _MARKS for letter in folded)


def _letter(letter: str) -> str:
    if letter in "'’‘`´":
        return _APOSTROPHE
    if re.fullmatch(HYPHEN, letter):
        return rf"(?:\s?{HYPHEN}\s?|\s|%20)?"
    folded = fold(letter)
    if not folded or not letter.isalpha():
        return re.escape(letter)
    if letter.isascii():
        return _plain(folded)
    ways = [_plain(folded)] if len(folded) == 1 else [_plain(folded), f"[{letter.lower()}{letter.upper()[:1]}]"]
    if letter.casefold() in _LETTER_TYPED:
        ways.append(_plain(_LETTER_TYPED[letter.casefold()]))
    for case in dict.fromkeys((letter.lower(), letter.upper())):
        ways.append("(?i:" + re.escape(urllib.parse.quote(case)) + ")")
        ways.append(re.escape(case.encode().decode("cp1252", "replace")).replace("\ufffd", "."))
    return f"(?:{'|'.join(ways)}|\ufffd{{1,2}})"
