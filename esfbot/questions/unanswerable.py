"""What a question asks for that no sheet can answer as it is asked, said instead of answering another question."""

import itertools

from esfbot.model.query import Unknown
from esfbot.questions.conditions import ORGANISATIONS
from esfbot.questions.parts import Parts
from esfbot.wording.load import cue

_IN = frozenset("i in inom within".split())


def unanswerable(parts: Parts) -> tuple[Unknown, ...]:
    """The first thing of a question that keeps it from being answered; nothing where it can be."""
    return _unknown_organisation(parts) or _unknown_measure(parts) or _alternative(parts)


def _unknown_organisation(parts: Parts) -> tuple[Unknown, ...]:
    """An organisation that the sheets lack and that is named by its place: "ägs av Umeå universitet"."""
    if not set(parts.terms.fields) & set(ORGANISATIONS):
        return ()
    for place in parts.marks.places:
        words = [i for i in (place.first - 1, place.last) if i in parts.left]
        if words and parts.marks.words[place.first - 1].folded not in _IN:
            first, last = min(place.first, *words), max(place.last - 1, *words)
            return (Unknown(parts.marks.text(range(first, last + 1)), "organisation"),)
    return ()


def _unknown_measure(parts: Parts) -> tuple[Unknown, ...]:
    """What an amount is asked per that no sheet states it by: "per deltagare"."""
    words = parts.marks.words
    for i in range(1, len(words)):
        if words[i - 1].folded in cue("measured_by") and words[i].folded in cue("participants"):
            return (Unknown(parts.marks.text(range(i - 1, i + 1)), "fact"),)
    return ()


def _alternative(parts: Parts) -> tuple[Unknown, ...]:
    """An "or" between conditions of different fields, which all would have to hold if it were read as "and"."""
    stated = [*parts.stated.stated, *parts.placed.stated]
    for one, other in itertools.pairwise(sorted(stated, key=lambda stated: min(stated.words))):
        between = range(max(one.words), min(other.words | other.of))
        said = [parts.marks.words[i] for i in between if parts.marks.words[i].folded in cue("either")]
        if said and one.condition.field != other.condition.field:
            return (Unknown(said[0].text, "alternative"),)
    return ()
