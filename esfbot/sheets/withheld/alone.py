"""First names and family names by themselves, on a sheet where the person is named."""

import functools
import re
from collections.abc import Iterable, Iterator

from esfbot.errors import SheetRefused
from esfbot.language.words import fold, split
from esfbot.model.project import Sheet
from esfbot.sheets.parse import parse
from esfbot.sheets.withheld.forms import GENITIVE, Name, begins_with, word_begins, word_form
from esfbot.sheets.withheld.marker import FIELD, NAME
from esfbot.sheets.withheld.neighbours import after, before
from esfbot.sheets.withheld.spelling import UPPER
from esfbot.sweden.places import gazetteer

_CONTACT = ("contact", "email", "phone", FIELD)
# Names that are ordinary words too, which begin sentences.
_ORDINARY = frozenset("per hans maj dag bo stig bror sten liv my ask ros".split())
_SHORTEST = 2  # letters of a name: a single one is an initial


class Alone:
    """The words of one person's names, to be taken out of a sheet where they are no part of anything else."""

    def __init__(self, names: Iterable[str]) -> None:
        read = [Name.of(name) for name in names]
        self._single = {fold(word) for name in read if not name.is_whole for word in name.given}
        given = {word for name in read for word in name.given if len(word.rstrip(".")) >= _SHORTEST}
        family = {name.family for name in read if name.is_whole}
        self._given = {fold(word) for word in given}
        self._family = {fold(words[-1]) for words in family}
        forms = [*(_capital((word,)) for word in given), *(_capital(words) for words in family)]
        forms.sort(key=len, reverse=True)
        starts = [*given, *(word for words in family for word in words)]
        begins, ends = rf"{begins_with(starts)}{word_begins()}(?<!\w-)", r"(?![^\W_]|[-@]\w|\.\w)"
        self._pattern = re.compile(rf"{begins}(?P<word>{'|'.join(forms)}){GENITIVE}{ends}" if forms else "(?!)")

    def is_named_by(self, words: set[str]) -> bool:
        """Whether one of the folded ``words`` is a name of the person, and not just as well a place or a word."""
        known = {word for name in self._given | self._family for word in (name, f"{name}s")}
        return any(word in known and word not in _ORDINARY and not _is_of_place(word) for word in words)

    def taken_out(self, text: str) -> tuple[str, int]:
        """The sheet without these words, and how many there were. They stay on the lines of its facts, where they are
        words of its facts or of a place, and in the names of others."""
        if not self._pattern.search(text):
            return text, 0
        try:
            sheet = parse(text, "")
        except SheetRefused:
            return text, 0
        lines, words = set(self._lines(sheet)), _words(sheet, text)
        count = 0

        def replaced(match: re.Match[str]) -> str:
            nonlocal count
            line = text.count("\n", 0, match.start()) + 1
            if line in lines or not self._is_meant(match, words):
                return match[0]
            count += 1
            return NAME

        return self._pattern.sub(replaced, text), count

    def _lines(self, sheet: Sheet) -> Iterator[int]:
        """The lines of facts, which are not of this person."""
        for fact in sheet.facts:
            if fact.field not in _CONTACT or (fact.field == "contact" and fold(fact.published) not in self._single):
                yield fact.source.line

    def _is_meant(self, match: re.Match[str], words: set[str]) -> bool:
        word = fold(match["word"].split()[-1])
        if word in _ORDINARY or word in words or f"{word}s" in words or _is_of_place(word):
            return False
        own = self._given | self._family | {""}
        if after(match.string, match.end()) not in own:
            return False  # Jenny Karlsson, Lyxell Konsult
        return word not in self._family or before(match.string, match.start()) in own  # Maria Lyxell


def _capital(words: tuple[str, ...]) -> str:
    """A name that begins with a capital, and may have its particles before it."""
    *particles, last = words
    own = rf"(?=[{UPPER}]){word_form((last,))}"
    return rf"(?:{word_form(particles)}\s+)?{own}" if particles else own


def _words(sheet: Sheet, text: str) -> set[str]:
    """The words, folded, of the sheet's facts, and those that it also writes without a capital."""
    stated = " ".join(fact.published for fact in sheet.facts if fact.field not in _CONTACT)
    small = {fold(word) for word in re.findall(r"[^\W\d_]+", text) if word.islower()}
    return small | {word.folded for word in split(stated)}


def _is_of_place(word: str) -> bool:
    return word in _place_words() or word.removesuffix("s") in _place_words()


@functools.cache
def _place_words() -> frozenset[str]:
    return frozenset(word for names in gazetteer().by_name.values() for name in names for word in name.words)
