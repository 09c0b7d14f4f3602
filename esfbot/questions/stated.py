"""Conditions on what a sheet says at all, and on two of its facts: "saknar medfinansiär", "with a section on",
"ESF-stöd lika stort som budgeten"."""

import itertools
from collections.abc import Iterator

from esfbot.fields import FIELDS, Kind
from esfbot.model.query import Condition, Test
from esfbot.questions.marks import Marks
from esfbot.questions.terms import Terms
from esfbot.wording.load import cue

_COMPARABLE = (Kind.AMOUNT, Kind.PERCENT)
_BEFORE = 3  # words before the first of them that may compare them
_BETWEEN = 5  # words between two facts that are compared
_FILLING = 4  # words between "saknar" and what is lacking: "saknar uppgift om en"
_SAID = {Test.LACKING: "lacking", Test.STATED: "having"}
_ORDER = {Test.OVER: "over", Test.UNDER: "under", Test.EQUAL: "same"}

Read = tuple[Condition, frozenset[int]]


def read_compared(marks: Marks, terms: Terms) -> Iterator[Read]:
    """Two facts of which the question says that one is larger or smaller, or that they are the same."""
    facts = [(m, name) for m, name in terms.named() if FIELDS[name].kind in _COMPARABLE]
    for (one, first), (other, second) in itertools.pairwise(facts):
        between = range(one.last, other.first)
        if first == second or len(between) > _BETWEEN:
            continue
        than = any(marks.words[i].folded in cue("than") for i in between)  # "mindre i stöd än sin budget"
        before = range(max(0, one.first - (_BEFORE if than else 1)), one.first)
        around = [*before, *between, *range(other.last, other.last + 3)]
        near = {i for i in around if i < len(marks.words)}
        if said := _covering(marks, range(one.first, other.last)):
            written = marks.text(range(one.first, other.last))
            yield (
                Condition(first, Test.EQUAL, (), written, other=second),
                frozenset({*range(one.first, other.last), *said}),
            )
            continue
        for test, name in _ORDER.items():
            said = {i for i in near if marks.words[i].folded in cue(name)}
            if said and (test is Test.EQUAL or than or said & set(between)):
                written = marks.text(range(one.first, other.last))
                words = frozenset({*range(one.first, other.last), *said})
                yield Condition(first, test, (), written, other=second), words
                break


def _covering(marks: Marks, words: range) -> set[int]:
    """The words that say of two facts that the one covers all of the other: "täcker stödet hela budgeten"."""
    around = range(max(0, words.start - _BEFORE), words.stop)
    covers = {i for i in around if marks.words[i].folded in cue("covers") | cue("received")}
    whole = {i for i in around if marks.words[i].folded in cue("whole")}
    return covers | whole if covers and whole else set()


def read_stated(marks: Marks, terms: Terms) -> Iterator[Read]:
    """Facts and sections that a sheet must have, or lack. That it has one is said of projects in general only: "projekt
    som har en hemsida"."""
    before_this: tuple[int, Test] | None = None
    for match, field in terms.named():
        before = list(range(max(0, match.first - _FILLING), match.first))
        said = _said(marks, before) or _also(marks, before_this, match.first)
        if said is None or field == "title":
            continue
        test, first = said
        joined = before_this is not None and first == before_this[0]
        if not joined and test is Test.STATED and not _of_any_project(marks, terms, first, match.last):
            continue
        before_this = match.last, test
        words = frozenset(range(first, match.last))
        yield Condition(field, test, (), marks.text(sorted(words))), words


def _said(marks: Marks, before: list[int]) -> tuple[Test, int] | None:
    """Which test the words right before a fact's name state, and where its cue stands: nothing but what fills a phrase
    stands between."""
    for i in reversed(before):
        word = marks.words[i].folded
        for test, name in _SAID.items():
            if word in cue(name):
                if test is Test.STATED and i and marks.words[i - 1].folded in cue("not"):
                    return Test.LACKING, i - 1  # "inte har", "not have"
                return test, i
        if word in cue("not") and i and marks.words[i - 1].folded in cue("having"):
            return Test.LACKING, i - 1  # "har inte"
        if word not in cue("filling"):
            return None
    return None


def _also(marks: Marks, before: tuple[int, Test] | None, first: int) -> tuple[Test, int] | None:
    """The test of the fact before, where an "and" joins this one to it: "har medfinansiär och samarbetspartner"."""
    if before is None:
        return None
    between = {word.folded for word in marks.words[before[0] : first]}
    if not between or not between <= cue("or") | cue("filling") | cue("but") | cue("not"):
        return None
    turned = {Test.STATED: Test.LACKING, Test.LACKING: Test.STATED}  # "har e-post men inte telefon"
    return (turned[before[1]] if between & cue("not") else before[1]), before[0]


def _of_any_project(marks: Marks, terms: Terms, first: int, last: int) -> bool:
    """Whether the word before speaks of projects in general, and nothing goes on behind that the fact is only part of:
    "mål om jämställdhet", "kontaktpersonen Anna"."""
    general = any(word.folded in cue("projects") for word in marks.words[:first])
    titled = any(name.named.field in ("title", "number") for name in marks.names)
    other = bool(terms.at(last + 1))  # "med diarienummer med budget över" goes on with another condition
    goes_on = (
        last < len(marks.words) and (last in marks.left or marks.words[last].folded in cue("goes_on")) and not other
    )
    named = any(name.first <= last < name.last for name in marks.names)
    return general and not (titled or goes_on or named)
