"""What a question asks for that no sheet can answer as it is asked, said instead of answering another question."""

import itertools
from collections.abc import Iterator, Sequence

from esfbot.language.words import stem
from esfbot.model.query import Operation, Unknown
from esfbot.questions.conditions import ORGANISATIONS
from esfbot.questions.parts import Parts
from esfbot.wording.load import cue, is_function

_IN = frozenset("i in inom within".split())


def unanswerable(parts: Parts) -> tuple[Unknown, ...]:
    """The first thing of a question that keeps it from being answered; nothing where it can be."""
    return _unknown_organisation(parts) or _unknown_person(parts) or _unknown_measure(parts) or _alternative(parts)


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


def _unknown_person(parts: Parts) -> tuple[Unknown, ...]:
    """A person whom the sheets lack, where it is asked which or how many projects they are the contact of: "hur många
    projekt är Bo Ek kontaktperson för?". Where a project is named, its contact is told (see `of_named`)."""
    if not parts.speaks_of_projects or parts.subject.projects:
        return ()
    found = stranger(parts)
    return (Unknown(found, "person"),) if found else ()


def stranger(parts: Parts, *, capitals_only: bool = False) -> str:
    """The name of a person whom the sheets lack, in a question about contacts; empty where there is none. Words in
    small letters are a name too where the sheets never write one of them, but not with ``capitals_only``."""
    words = parts.marks.words
    for run in _runs(parts.left) if "contact" in parts.terms.fields else ():
        if run[0] > 1 and words[run[0] - 1].text[:1].isupper() and is_function(words[run[0] - 1].text):
            run.insert(0, run[0] - 1)  # Bo and Per are also function words
        before = words[run[0] - 1].folded if run[0] else ""
        of_project = before in cue("matter") | cue("goes_on") or before.startswith(("projekt", "project"))
        capitals = all(words[i].text[:1].isupper() for i in run)
        strange = any(not parts.names.spread([stem(words[i].text)]) for i in run)  # no word of the narrative
        if len(run) > 1 and (capitals or (strange and not capitals_only)) and not of_project:
            return parts.marks.text(run)
    return ""


def _runs(indices: Sequence[int]) -> Iterator[list[int]]:
    """The stretches of ``indices`` that follow each other, as the words of one name do."""
    for _, stretch in itertools.groupby(enumerate(indices), lambda placed: placed[1] - placed[0]):
        yield [i for _, i in stretch]


def _unknown_measure(parts: Parts) -> tuple[Unknown, ...]:
    """What an amount is asked per that no sheet states it by, "per deltagare", or that is the difference of two."""
    words = parts.marks.words
    apart = [match for match in parts.terms.matches if any(term.value == "difference" for term in match.terms)]
    if apart and parts.operation is Operation.RANK and not parts.subject.projects:
        return (Unknown(parts.marks.text(range(apart[0].first, apart[0].last)), "fact"),)
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
