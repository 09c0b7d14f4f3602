"""A name of a place where it stands in a text, read together with the words around it."""

from collections.abc import Sequence
from dataclasses import dataclass

from esfbot.language.words import Word
from esfbot.sweden import cues
from esfbot.sweden.places import Place, PlaceKind


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place named in a text.

    ``places`` are all readings that the words allow: Stockholm is a municipality, a county and a region, Stockholms
    län the county only. ``first`` and ``last`` are indices of words, ``last`` half-open; they take in words that
    belong to the name, as ``kommun``. ``exact`` is False when the name is misspelt (letter case, diacritics and
    spaces are no misspellings). ``cue`` tells that the words beside it speak of a place: ``i``, ``från``, ``kommun``.
    ``text`` is the mention as written, with one space between words.
    """

    places: tuple[Place, ...]
    first: int
    last: int
    exact: bool
    cue: bool
    text: str


@dataclass(frozen=True, slots=True)
class Span:
    """The words of a name alone: all that it may name, from ``first`` up to ``last``.

    ``form`` is the name in lower case as typed, without the genitive's s; that of a misspelt name is the right one.
    """

    places: tuple[Place, ...]
    first: int
    last: int
    form: str
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mention that may yet turn out to be an ordinary word.

    ``preposition`` is the one right before it and ``after`` the word of `cues.KIND_AFTER` that it ends in, both folded,
    or empty.
    """

    mention: PlaceMention
    span: Span
    preposition: str
    after: str


def gap(words: Sequence[Word], index: int) -> int:
    """Return the number of characters between a word and the one before: 1 for a space or hyphen, 2 for a comma."""
    return words[index].start - words[index - 1].end


def is_title(word: Word) -> bool:
    """Tell whether the first letter of ``word`` is a capital and the others are not."""
    return word.text[:1].isupper() and not word.text[1:].isupper()


def read(words: Sequence[Word], span: Span, floor: int, ceiling: int) -> Candidate:
    """Return what ``span`` names in the light of the words beside it, from ``floor`` up to ``ceiling``."""
    places, first, last = span.places, span.first, span.last
    if last < ceiling and words[last].folded == "s" and gap(words, last) == 1:
        last += 1  # Umeå:s, Arvika's
    text_words = list(words[first : span.last])
    after = _kind_word_after(words, last, ceiling, span.form)
    narrowed = _of_kind(places, cues.KIND_AFTER.get(after))
    if narrowed:
        places, last = narrowed, last + 1
        text_words.append(words[last - 1])
    else:
        after = ""
    start, kinds = _kind_words_before(words, first, floor, span.form)
    before = _of_kind(places, kinds)
    if before:
        text_words[:0] = words[start:first]
        places, first = before, start
    elif _county_body_before(words, first, floor):
        places = _of_kind(places, frozenset({PlaceKind.COUNTY})) or places
    preposition = _preposition_before(words, first) if first > floor else ""
    cue = bool(narrowed or before or preposition) or _is_cue_before(words, first, floor)
    cue = cue or words[first].folded in cues.KIND_BEFORE  # Region Gotland, which is a name of its own
    cue = cue or (last < ceiling and gap(words, last) == 1 and _plain(words[last]) in cues.CUES_AFTER)
    text = " ".join(word.text for word in text_words)
    mention = PlaceMention(places, first, last, span.exact, cue, text)
    return Candidate(mention, span, preposition, after)


def _of_kind(places: tuple[Place, ...], kinds: frozenset[PlaceKind] | None) -> tuple[Place, ...]:
    return tuple(place for place in places if place.kind in kinds) if kinds else ()


def _plain(word: Word) -> str:
    # Folding makes a county (län) of a loan (lån).
    return "" if word.folded.startswith("lan") and "å" in word.text.casefold() else word.folded


def _kind_word_after(words: Sequence[Word], last: int, ceiling: int, form: str) -> str:
    if last >= ceiling or gap(words, last) != 1:
        return ""
    word = _plain(words[last])
    return "" if form in cues.VERBS and word not in cues.VERBS[form] else word


def _kind_words_before(
    words: Sequence[Word], first: int, floor: int, form: str
) -> tuple[int, frozenset[PlaceKind] | None]:
    if first - 2 >= floor and words[first - 1].folded == "of":
        return first - 2, cues.KIND_BEFORE_OF.get(words[first - 2].folded)
    # "ska kommunen vara med" does not speak of Vara.
    if first - 1 >= floor and form not in cues.VERBS:
        return first - 1, cues.KIND_BEFORE.get(_plain(words[first - 1]))
    return first, None


def _county_body_before(words: Sequence[Word], first: int, floor: int) -> bool:
    before = first - 2 if first - 1 >= floor and words[first - 1].folded == "i" else first - 1
    return before >= floor and words[before].folded in cues.COUNTY_BODIES


def _preposition_before(words: Sequence[Word], first: int) -> str:
    word = words[first - 1]
    if word.folded not in cues.PREPOSITIONS or gap(words, first) != 1:
        return ""
    # English I is no Swedish i, unless a capital follows it: "I Mora", but not "may I mark".
    return "" if word.text == "I" and not words[first].text[:1].isupper() else word.folded


def _is_cue_before(words: Sequence[Word], first: int, floor: int) -> bool:
    if first <= floor or gap(words, first) > 2:
        return False
    word = _plain(words[first - 1])
    if word in cues.CUES_BEFORE_CAPITAL:
        return is_title(words[first])
    return word in cues.CUES_BEFORE and word not in cues.PREPOSITIONS
