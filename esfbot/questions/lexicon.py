"""The words that mean something by themselves: facts, things to do, function words. Made from the one table and the
wording files, matched by stem so that inflections need no listing."""

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from esfbot.fields import FIELDS
from esfbot.language.words import Word, fold, spelt_stem, split, stem
from esfbot.wording.load import is_function, pronouns
from esfbot.wording.load import words as wording

# Word length from which one wrong letter, and from which two, are corrected.
_ONE_WRONG, _TWO_WRONG = 5, 9
_ONE_WRONG_IN_OPERATION = 7  # small is no smallest
_LANGUAGES = ("sv", "en")


@dataclass(frozen=True, slots=True)
class Term:
    """What a phrase means: ``kind`` is field, operation, talk or general, ``value`` which one.

    A general term asks for a field where the question names none: "när" for the period.
    """

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase with the stems of its words as they are spelt, with diacritics, and what it means: ``words`` has the
    terms by the folded words they were listed with, which count before the stems: the fund is no funding."""

    spelt: tuple[str, ...]
    terms: tuple[Term, ...]
    words: Mapping[tuple[str, ...], tuple[Term, ...]]


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found in a question: words ``first`` up to ``last``, half open. ``exact`` is False where a letter was
    wrong, ``inflected`` tells that only the stems are the phrase's."""

    first: int
    last: int
    terms: tuple[Term, ...]
    exact: bool = True
    inflected: bool = False


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Phrases by their stems. ``starts`` tells how long the longest phrase that begins with a stem is; ``single`` has
    the phrases of one word, folded, with their stems in either language and what they mean."""

    phrases: Mapping[tuple[str, ...], tuple["Phrase", ...]]
    starts: Mapping[str, int]
    pronouns: frozenset[str]
    single: Mapping[str, tuple[str, str, tuple[Term, ...]]]


@functools.cache
def lexicon() -> Lexicon:
    """Return the lexicon, built once."""
    meanings: dict[tuple[str, ...], list[Term]] = {}
    listed: dict[tuple[str, ...], dict[tuple[str, ...], tuple[Term, ...]]] = {}
    for phrase, term, languages in _entries():
        words = tuple(word.folded for word in split(phrase))
        for spelt in _spelt(phrase, languages):
            terms = meanings.setdefault(spelt, [])
            if term not in terms:
                terms.append(term)
            exact = listed.setdefault(spelt, {})
            exact[words] = tuple(dict.fromkeys((*exact.get(words, ()), term)))
    phrases: dict[tuple[str, ...], list[Phrase]] = {}
    starts: dict[str, int] = {}
    for spelt, terms in meanings.items():
        key = tuple(fold(word) for word in spelt)
        phrases.setdefault(key, []).append(Phrase(spelt, tuple(terms), listed[spelt]))
        starts[key[0]] = max(starts.get(key[0], 0), len(key))
    # A wrong letter is corrected in what is asked for, not in what may be small talk.
    single: dict[str, tuple[str, str, tuple[Term, ...]]] = {}
    for phrase, term, languages in _entries():
        word = split(phrase)
        long_enough = term.kind == "field" or len(phrase) >= _ONE_WRONG_IN_OPERATION
        if len(word) == 1 and term.kind in ("field", "operation") and long_enough:
            terms = meanings[next(iter(_spelt(phrase, languages)))]
            known = word[0].folded
            swedish, english = (stem(word[0].text, lang) if lang in languages else known for lang in _LANGUAGES)
            single.setdefault(known, (swedish, english, tuple(terms)))
    return Lexicon({key: tuple(found) for key, found in phrases.items()}, starts, pronouns(), single)


def _entries() -> list[tuple[str, Term, tuple[str, ...]]]:
    """Every phrase with what it means and the languages it may be of; the table of facts does not tell which."""
    entries: list[tuple[str, Term, tuple[str, ...]]] = []
    for field in (field for field in FIELDS.values() if field.asked):
        phrases = (field.sv, field.en, *field.labels, *field.words)
        entries.extend((phrase, Term("field", field.name), _LANGUAGES) for phrase in phrases)
    for kind in ("operation", "talk", "general"):
        for name, languages in wording()[kind].items():
            for language in _LANGUAGES:
                entries.extend((phrase, Term(kind, name), (language,)) for phrase in languages[language])
    return entries


def _spelt(phrase: str, languages: Sequence[str]) -> set[tuple[str, ...]]:
    words = split(phrase)
    return {tuple(spelt_stem(word.text, language) for word in words) for language in languages}


@dataclass(frozen=True, slots=True)
class Stems:
    """A word's stems in either language, folded in ``sv`` and ``en``, and with diacritics where the word has any."""

    sv: str
    en: str
    spelt: tuple[str, ...]


def stems_of(words: Sequence[Word]) -> list[Stems]:
    """The stems of each word, in Swedish and in English."""
    return [_stems(word) for word in words]


def _stems(word: Word) -> Stems:
    spelt = () if word.text.isascii() else tuple(spelt_stem(word.text, language) for language in _LANGUAGES)
    return Stems(stem(word.text, "sv"), stem(word.text, "en"), spelt)


def find_terms(words: Sequence[Word], stems: Sequence[Stems]) -> list[Match]:
    """Every phrase of the lexicon in ``words``, the longest at each place; phrases may overlap.

    A function word asks for a named fact only as part of a phrase. Diacritics may be left out, but not be others: är is
    not år.
    """
    book = lexicon()
    matches = []
    for first in range(len(words)):
        longest = max(book.starts.get(stems[first].sv, 0), book.starts.get(stems[first].en, 0))
        for length in range(min(longest, _together(words, first)), 0, -1):
            typed = tuple(word.folded for word in words[first : first + length])
            terms, inflected = _meaning(stems[first : first + length], typed, book)
            if length == 1 and is_function(words[first].text):
                terms = tuple(term for term in terms if term.kind in ("talk", "general"))
            if terms:
                matches.append(Match(first, first + length, terms, inflected=inflected))
                break
    return matches


def _together(words: Sequence[Word], first: int) -> int:
    """How many words from ``first`` on no comma or the like parts: "e-post, adress" is no "e-postadress"."""
    last = first + 1
    while last < len(words) and words[last].start - words[last - 1].end <= 1:
        last += 1
    return last - first


def _meaning(stems: Sequence[Stems], typed: tuple[str, ...], book: Lexicon) -> tuple[tuple[Term, ...], bool]:
    """What a phrase means, and whether only its stems are known."""
    for key in (tuple(s.sv for s in stems), tuple(s.en for s in stems)):
        for phrase in book.phrases.get(key, ()):
            if all(not s.spelt or word in s.spelt for s, word in zip(stems, phrase.spelt, strict=True)):
                return phrase.words.get(typed, phrase.terms), typed not in phrase.words
    return (), False


def near_term(word: Word, stems: Stems) -> tuple[Term, ...]:
    """What a misspelt word means, where it is near to just one meaning: ``budjet`` is the budget."""
    if len(word.folded) < _ONE_WRONG:
        return ()
    from rapidfuzz.distance import OSA  # 20 ms to load, and most questions hold no such word

    book = lexicon()
    most = 2 if len(word.folded) >= _TWO_WRONG else 1
    found: dict[tuple[int, bool], set[tuple[Term, ...]]] = {}
    for known, (swedish, english, terms) in book.single.items():
        if known[0] != word.folded[0] or len(known) < _ONE_WRONG - 1:
            continue
        # A whole word that is near says more than a stem that is, since a wrong letter also misleads the stemmer.
        for typed, right, by_stem in (
            (word.folded, known, False),
            (stems.sv, swedish, True),
            (stems.en, english, True),
        ):
            distance = OSA.distance(typed, right, score_cutoff=most)
            # Two letters may be too few or too many, but not both others: an integration is no intention.
            likely = distance <= 1 or _within(typed, right) or _within(right, typed)
            if distance <= most and likely and len(right) >= _ONE_WRONG - 1:
                found.setdefault((distance, by_stem), set()).add(terms)
    if not found:
        return ()
    nearest = found[min(found)]
    return next(iter(nearest)) if len(nearest) == 1 else ()


def _within(short: str, long: str) -> bool:
    """Whether the letters of ``short`` stand in ``long`` in their order."""
    letters = iter(long)
    return all(letter in letters for letter in short)
