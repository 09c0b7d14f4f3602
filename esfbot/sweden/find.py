"""Find the names of places in running text, such as a question."""

import functools
from collections.abc import Sequence

from esfbot.language.words import Word, fold
from esfbot.sweden import cues
from esfbot.sweden.meant import Known, is_in_a_persons_name, meant
from esfbot.sweden.mention import Candidate, PlaceMention, Span, gap, read
from esfbot.sweden.places import Gazetteer, Name, Place, gazetteer
from esfbot.sweden.spelling import Spellings, lookalikes

__all__ = ["PlaceMention", "find_places"]

_MOST_WORDS = 4  # of a name, as Småland and the Islands
_DIVIDED_MIN = 7  # letters of a one-word name that may be found in two: Katrine holm
_PIECE_MIN = 3  # letters of each part of such a name
_MISSPELT_MIN = 5  # letters of a word that may be a misspelt name
_SURE = 7  # letters from which a misspelt name needs no cue
_TWO_SLIPS = 8  # letters from which a name may have two letters wrong
_LONG = 12  # letters from which divided names may be misspelt whatever their parts
_MOST_TRIES = 40  # words that are tried as misspelt names: bounds the time for long texts


def _nothing(_: str) -> bool:
    return False


def find_places(words: Sequence[Word], *, known: Known = _nothing) -> tuple[PlaceMention, ...]:
    """Return the places that ``words``, as `esfbot.language.words.split` makes them, name, in order.

    ``known`` tells of a folded word whether the caller knows it as an ordinary word, which is then not taken for a
    misspelt place. Names that are ordinary words themselves (Vara, Mark) are found only where they are meant. A
    misspelt word equally near to two places names neither.
    """
    spans = _exact_spans(words)
    exact = _read_all(words, spans)
    misspelt = _misspelt_spans(words, spans, known)
    if not misspelt:
        return tuple(c.mention for c in meant(words, exact, known))
    candidates = _read_all(words, sorted((*spans, *misspelt), key=lambda span: span.first))
    candidates = [c for c in candidates if c.span.exact or _is_sure(words, c, known)]
    return tuple(c.mention for c in meant(words, candidates, known))


def _read_all(words: Sequence[Word], spans: Sequence[Span]) -> list[Candidate]:
    candidates: list[Candidate] = []
    for index, span in enumerate(spans):
        floor = candidates[-1].mention.last if candidates else 0
        ceiling = spans[index + 1].first if index + 1 < len(spans) else len(words)
        candidates.append(read(words, span, floor, ceiling))
    return candidates


def _exact_spans(words: Sequence[Word]) -> list[Span]:
    places = gazetteer()
    spans = []
    index = 0
    while index < len(words):
        span = _exact_span(words, index, places) if words[index].folded[:3] in places.starts else None
        if span is not None:
            spans.append(span)
        index = span.last if span is not None else index + 1
    return spans


def _exact_span(words: Sequence[Word], first: int, places: Gazetteer) -> Span | None:
    """Return the longest name that begins at ``first``."""
    for last in range(_window_end(words, first), first, -1):
        window = words[first:last]
        names = tuple(name for name in places.spelt(window) if _is_written(words, first, last, name))
        if names:
            return Span(_places_of(names), first, last, _form(window, names[0]))
    return None


def _window_end(words: Sequence[Word], first: int) -> int:
    """Return how far a name that begins at ``first`` may reach: not across a comma, but across " - "."""
    last = first + 1
    while last < len(words) and last - first < _MOST_WORDS and gap(words, last) in (1, 3):
        last += 1
    return last


def _is_written(words: Sequence[Word], first: int, last: int, name: Name) -> bool:
    """Tell whether these words, whose letters are those of ``name``, are a way to write it."""
    count = last - first
    if count == 1 or (count == len(name.words) and words[first].folded == name.words[0]):
        return True
    if any(gap(words, index) != 1 for index in range(first + 1, last)):
        return False
    if len(name.words) > 1:
        return True
    return len(name.spelt) >= _DIVIDED_MIN and all(_is_piece(word) for word in words[first:last])


def _is_piece(word: Word) -> bool:
    """Tell whether ``word`` may be a piece of a name divided by mistake: "över Kalix" is not Överkalix."""
    return _may_be_part(word.folded) and not gazetteer().spelt((word,))


def _may_be_part(folded: str) -> bool:
    return len(folded) >= _PIECE_MIN and folded not in cues.GLUE


def _form(window: Sequence[Word], name: Name) -> str:
    typed = "".join(word.text for word in window).casefold()
    genitive = "".join(word.folded for word in window) != "".join(name.words)
    return typed[:-1] if genitive else typed


def _places_of(names: Sequence[Name]) -> tuple[Place, ...]:
    return tuple(dict.fromkeys(name.place for name in names))


def _is_sure(words: Sequence[Word], candidate: Candidate, known: Known) -> bool:
    if is_in_a_persons_name(words, candidate, known):
        return False
    return len(candidate.span.form) >= _SURE or candidate.mention.cue or len(words) <= 2


def _misspelt_spans(words: Sequence[Word], taken: Sequence[Span], known: Known) -> list[Span]:
    free = set(range(len(words))).difference(*(range(span.first, span.last) for span in taken))
    spans: list[Span] = []
    tries = 0
    for first in sorted(free):
        if first not in free or not _may_be_part(words[first].folded):
            continue
        tries += 1
        if tries > _MOST_TRIES:
            break
        span = _misspelt_span(words, first, free, known)
        if span is not None:
            spans.append(span)
            free.difference_update(range(span.first, span.last))
    return spans


def _misspelt_span(words: Sequence[Word], first: int, free: set[int], known: Known) -> Span | None:
    """Return the place that one word at ``first``, or two or three together, may be a misspelling of."""
    last = first + 1
    while last in free and last - first < 3 and gap(words, last) == 1 and _may_be_part(words[last].folded):
        last += 1
    for end in range(last, first, -1):
        window = [word.folded for word in words[first:end]]
        if len(window) == 1 and (len(window[0]) < _MISSPELT_MIN or _is_ordinary(window[0], known)):
            continue
        key, slips = _misspelt_name(window)
        if key and (len(window) == 1 or _may_be_divided(window, key, slips, known)):
            return Span(_places_of(gazetteer().by_name[key]), first, end, key, exact=False)
    return None


def _is_ordinary(word: str, known: Known) -> bool:
    return known(word) or word in cues.CUES_BEFORE or word in lookalikes()


def _may_be_divided(window: Sequence[str], key: str, slips: int, known: Known) -> bool:
    """Tell whether words that together nearly spell the name ``key`` are meant as it: väster götaland, lila edet."""
    if len(key) >= _LONG:
        return True
    if len(key) < _TWO_SLIPS:
        return False
    parts = {part for name in gazetteer().by_name[key] for part in name.words} - cues.KIND_AFTER.keys()
    if any(piece in parts for piece in window):
        return True
    return slips == 1 and not any(_is_ordinary(piece, known) for piece in window)


def _misspelt_name(window: Sequence[str]) -> tuple[str, int]:
    """Return the key of the only place nearest to ``window`` joined, and how many slips; "" for none or several."""
    typed = "".join(window)
    forms = [(typed, 1), (typed, 2)]
    if typed.endswith("s"):
        forms.insert(1, (typed[:-1], 1))  # a genitive
    for form, slips in forms:
        keys = _spellings().near(form, slips) if _slips(form) >= slips else ()
        if keys:
            return (keys[0], slips) if _slips(keys[0]) >= slips and _is_clear(form, keys) else ("", 0)
    return "", 0


def _slips(name: str) -> int:
    return (len(name) >= _MISSPELT_MIN) + (len(name) >= _TWO_SLIPS)


def _is_clear(typed: str, keys: tuple[str, ...]) -> bool:
    """Tell whether all ``keys`` name the same, and ``typed`` is no other name broken off: Solla(nd), Solle(fteå)."""
    # Half of a name is no misspelling of another one.
    rivals = (*keys, *_spellings().starting(typed[:-1]))
    return len({frozenset(_places_of(gazetteer().by_name[key])) for key in rivals}) == 1


@functools.cache
def _spellings() -> Spellings:
    """Return the names that may be misspelt: not short ones that are one letter from many words (i boken, i Boden)."""
    return Spellings.of(
        key
        for key, names in gazetteer().by_name.items()
        if len(key) >= _MISSPELT_MIN and (len(key) >= _SURE or any(_is_fuzzy(key, name) for name in names))
    )


def _is_fuzzy(key: str, name: Name) -> bool:
    return name.spelt not in cues.ORDINARY and fold(name.place.name) == key
