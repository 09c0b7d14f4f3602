"""Which projects the names in a question stand for: one, several, none that is known, or a choice to be asked back."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from esfbot.language.words import is_shouted, stem
from esfbot.model.query import Named, Unknown
from esfbot.questions.known import Names
from esfbot.questions.lexicon import lexicon
from esfbot.questions.marks import Marks
from esfbot.questions.names import NameMatch, parted
from esfbot.questions.quantities import counts
from esfbot.wording.load import is_function

_TITLES = ("title", "number")
_PERSONS = ("contact", "email", "phone")
_NUMERALS = frozenset("ii iii iv vi vii".split())
_A_TEXT = 6  # words with other matters, from which an unknown number is the sender's own and not what is asked about


@dataclass(frozen=True, slots=True)
class Subject:
    """The projects a question names: ``projects`` are their ids and ``names`` how they were named.

    ``choices`` are names among which the question does not decide, ``unknown`` names that the sheets lack, ``near``
    known names that only ordinary words of the question resemble.
    """

    projects: tuple[str, ...] = ()
    names: tuple[Named, ...] = ()
    choices: tuple[Named, ...] = ()
    unknown: tuple[Unknown, ...] = ()
    near: tuple[str, ...] = ()
    part_of: tuple[Named, ...] = ()
    apart: tuple[Named, ...] = ()


def resolve(marks: Marks, names: Names) -> Subject:
    """Decide which projects the marked names stand for."""
    near = tuple(dict.fromkeys(match.named.name for match in marks.weak if match.named.field in _TITLES))
    matches = _likeliest(marks)
    if marks.keys and not (matches or marks.places or len(marks.left) > _A_TEXT):
        return _by_keys(marks, names)
    if marks.keys:
        # Beside another subject an address or a number is that subject's, or the sender's own.
        by_keys = _by_keys(marks, names)
        others = {project for match in matches for project in match.named.projects}
        if by_keys.projects and not marks.places and others <= set(by_keys.projects):
            return by_keys
    if unknown := _unknown_number(marks, matches):
        return Subject(unknown=unknown)
    if not matches:
        all_left = [m.named for m in marks.weak if m.named.field == "title" and set(marks.left) <= set(m.words)]
        return Subject(near=near, part_of=tuple(all_left))
    if unknown := _longer_than_known(marks, matches, names):
        return Subject(unknown=unknown)
    groups = _groups(matches)
    titles = [group for group in groups if group[0].named.field in _TITLES]
    for group in titles:
        if len(group) > 1 and not group[0].whole:
            return Subject(choices=tuple(match.named for match in group))
    projects = _projects(groups, titles)
    kept = [match.named for match in matches if set(match.named.projects) & set(projects)]
    apart = [m.named for m in matches if titles and m.named.field not in _TITLES and m.whole and m.named not in kept]
    return Subject(projects, tuple(kept), near=near, apart=tuple(apart))


def _by_keys(marks: Marks, names: Names) -> Subject:
    """Projects by e-mail address or telephone number."""
    projects: list[str] = []
    found: list[Named] = []
    unknown: list[Unknown] = []
    for key in marks.keys:
        ids = tuple(names.with_key(key.field, key.key))
        if ids:
            projects.extend(ids)
            found.append(Named(key.text, key.key, key.field, ids))
        else:
            unknown.append(Unknown(key.text, key.field))
    return Subject(tuple(dict.fromkeys(projects)), tuple(found), unknown=() if projects else tuple(unknown))


def _likeliest(marks: Marks) -> list[NameMatch]:
    """The names that are meant. A single ordinary word that is also a name is not, where the question has other
    matters: "vilka ska samlas" does not name the project Samla."""
    kept = []
    for match in marks.names:
        ordinary = len(match.words) == 1 and not match.distinct and match.named.field != "contact"
        word = marks.words[match.first]
        written_as_name = match.first > 0 and word.text[:1].isupper()
        asks = is_function(word.text) or (stem(word.text),) in lexicon().phrases
        if ordinary and asks and not written_as_name and (marks.places or marks.names[1:] or _has_operation(marks)):
            continue  # "fick projekten i Dalarna tillsammans" names no project Tillsammans
        if not (ordinary and marks.left and not written_as_name):
            kept.append(match)
    return kept


def _has_operation(marks: Marks) -> bool:
    return any(term.kind == "operation" for match in marks.terms for term in match.terms)


def _longer_than_known(marks: Marks, matches: Sequence[NameMatch], names: Names) -> tuple[Unknown, ...]:
    """Names of which the sheets know only a part: "Vinnande Laget", "Elisabeth Andersson".

    The word beside a known part belongs to the name where it is written as a name, or where neither the sheets nor the
    language know it.
    """
    unknown = []
    for match in matches:
        if match.named.field == "title" and _goes_on_with_a_numeral(marks, match):
            unknown.append(Unknown(marks.text(range(match.first, match.last + 1)), "project", (match.named.name,)))
            continue
        if match.whole and (len(match.words) > 1 or match.named.field in _TITLES):
            continue
        if match.other:
            unknown.append(Unknown(match.named.text, "project", (match.named.name,)))
            continue
        around = ([] if match.begins else [match.first - 1]) + ([] if match.ends else [match.last])
        beside = [i for i in around if _belongs(marks, i, match, names)]
        if beside:
            first, last = min(match.first, *beside), max(match.last - 1, *beside)
            near = tuple(dict.fromkeys(m.named.name for m in matches if m.first == match.first))
            kind = "person" if match.named.field in _PERSONS else "project"
            unknown.append(Unknown(marks.text(range(first, last + 1)), kind, near))
    return tuple({name.text: name for name in unknown}.values())


def _unknown_number(marks: Marks, matches: Sequence[NameMatch]) -> tuple[Unknown, ...]:
    """A project number that no sheet has: 2018/00331, 24-018-S99."""
    if any(term.value == "call" for match in marks.terms for term in match.terms):
        return ()  # a call has such a number too
    named = {i for match in matches if match.named.field == "number" for i in range(match.first, match.last)}
    words = [word.folded for word in marks.words]
    for i in range(len(words) - 1):
        registered = re.fullmatch(r"(?:19|20)\d\d \d{5}", " ".join(words[i : i + 2]))
        numbered = re.fullmatch(r"\d\d \d{3} s\d\d", " ".join(words[i : i + 3]))
        if (registered or numbered) and i not in named:
            last = i + (3 if numbered else 2)
            start, end = marks.words[i].start, marks.words[last - 1].end
            return (Unknown(marks.written[start:end], "project"),)
    return ()


def _goes_on_with_a_numeral(marks: Marks, match: NameMatch) -> bool:
    """Whether a small number stands behind a title that has none: "PLUS 2" is no project called PLUS. A number that
    counts something, "PLUS 7 miljoner", is no part of a name."""
    if match.last >= len(marks.words) or match.last not in marks.left or any(c.isdigit() for c in match.named.name):
        return False
    word = marks.words[match.last].folded
    behind = marks.words[match.last + 1].folded if match.last + 1 < len(marks.words) else ""
    if behind.isdecimal() or counts(behind):
        return False
    return word in _NUMERALS or (word.isdecimal() and len(word) < 3)


def _belongs(marks: Marks, i: int, match: NameMatch, names: Names) -> bool:
    if not 0 <= i < len(marks.words) or _is_parted(marks, i, match):
        return False
    word = marks.words[i]
    other = [m for m in marks.names if m.first <= i < m.last]
    if match.named.field == "contact" and any(m.named.field == "contact" for m in other):
        return True  # a first name and a surname of two different people
    capital = word.text[:1].isupper() and i > 0 and not is_shouted(marks.words)
    if capital and match.named.field == "contact" and is_function(word.text):
        return True  # Bo and Per are also function words
    if any(
        m.named.field != "contact" and not m.whole and not set(m.named.projects) & set(match.named.projects)
        for m in other
    ):
        return match.named.field == "title"  # the word of another name, where this one has its own
    if i not in marks.left or is_function(word.text):
        return False
    written_as_name = marks.words[match.first].text[:1].isupper() and match.first > 0
    if capital or written_as_name:
        return capital
    known = names.spread([stem(word.text)])
    return not known and word.folded.isalpha() and match.named.field in (*_TITLES, "contact")


def _is_parted(marks: Marks, i: int, match: NameMatch) -> bool:
    """Whether a comma or the like stands between word ``i`` and the name beside it."""
    words = marks.words
    return parted(words[i], words[match.first]) if i < match.first else parted(words[match.last - 1], words[i])


def _groups(matches: Sequence[NameMatch]) -> list[list[NameMatch]]:
    """The names by the words they stand in."""
    groups: dict[int, list[NameMatch]] = {}
    for match in matches:
        groups.setdefault(match.first, []).append(match)
    found = []
    for group in groups.values():
        titles = [match for match in group if match.named.field in _TITLES]
        found.append(_distinct_names(titles or group))
    return found


def _distinct_names(group: Sequence[NameMatch]) -> list[NameMatch]:
    best: dict[tuple[str, ...], NameMatch] = {}
    for match in group:
        best.setdefault(match.named.projects, match)
    return list(best.values())


def _projects(groups: Sequence[Sequence[NameMatch]], titles: Sequence[Sequence[NameMatch]]) -> tuple[str, ...]:
    """Titles stand for all their projects; a person or organisation narrows them down, or stands for its own."""

    def ids(group: Sequence[NameMatch]) -> dict[str, None]:
        return {project: None for match in group for project in match.named.projects}

    if titles:
        named = dict.fromkeys(project for group in titles for project in ids(group))
        return tuple(named)
    common = ids(groups[0])
    for group in groups[1:]:
        others = ids(group)
        common = {project: None for project in common if project in others} or {**common, **others}
    return tuple(common)
