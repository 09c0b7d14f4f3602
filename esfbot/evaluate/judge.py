"""Whether an answer is right, and what is wrong with it where it is not."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from esfbot.evaluate.sets import TELEPHONE, Question
from esfbot.model.answer import Answer
from esfbot.render.plain import render
from esfbot.values.dates import MONTH_NUMBERS

_DASH = re.compile("[\u2010-\u2015\u2212]")
_MONTH = (
    r"jan(?:uar[iy])?|feb(?:ruar[iy])?|mar(?:s|ch)?|apr(?:il)?|ma[jy]|jun[ie]?|jul[iy]?|aug(?:usti?)?"
    r"|sep(?:t(?:ember)?)?|o[ck]t(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_DAY_FIRST = re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\.? (?P<month>{_MONTH})\.?,? (?P<year>\d{{4}})\b")
_MONTH_FIRST = re.compile(rf"\b(?P<month>{_MONTH})\.? (?P<day>\d{{1,2}}),? (?P<year>\d{{4}})\b")
# Not after a hyphen: the last part of a date or a telephone number begins no amount.
_GROUPED = re.compile(r"(?<![\d-])\d+(?:[ ,.]\d{3}(?!\d))+")


class Match(StrEnum):
    """How the projects of an answer are held against those of its question."""

    EXACTLY = "exactly"  # these and no others, in any order
    FIRST = "first"  # the first is one of these
    ORDERED = "ordered"  # it begins with these, in this order


@dataclass(frozen=True, slots=True)
class WrongProjects:
    """Titles of the projects that an answer is about, and of those it should be about, held together by ``match``."""

    got: tuple[str, ...]
    expected: tuple[str, ...]
    match: Match


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is wrong with an answer; nothing where it is right.

    ``missing`` is what it had to say, each thing as the choices of which any one would have done, ``unwanted`` what it
    must not say. ``needless`` tells that it abstains where the sheets answer, ``unfounded`` that it does not where
    they do not.
    """

    missing: tuple[tuple[str, ...], ...] = ()
    unwanted: tuple[str, ...] = ()
    needless: bool = False
    unfounded: bool = False
    projects: WrongProjects | None = None

    @property
    def right(self) -> bool:
        """Whether nothing is wrong."""
        return self == Verdict()

    @property
    def misleading(self) -> bool:
        """Whether a person could be led to believe what is not so: a wrong fact is shown, or "no" is not said."""
        return bool(self.unwanted) or self.unfounded


def judge(question: Question, answer: Answer) -> Verdict:
    """Hold an answer, as a person reads it in a terminal, against what its question expects."""
    text = render(answer)
    mistaken = question.abstain is not None and question.abstain != answer.abstained
    return Verdict(
        missing=tuple(choices for choices in question.must if not any(says(text, choice) for choice in choices)),
        unwanted=tuple(unwanted for unwanted in question.must_not if says(text, unwanted)),
        needless=mistaken and answer.abstained,
        unfounded=mistaken and not answer.abstained,
        projects=_wrong_projects(question, tuple(project.title for project in answer.projects)),
    )


def _wrong_projects(question: Question, titles: tuple[str, ...]) -> WrongProjects | None:
    if question.projects is None:
        return None
    got, expected = _comparable(titles), _comparable(question.projects)
    if question.ordered:
        match, right = Match.ORDERED, got[: len(expected)] == expected
    elif question.first:
        match, right = Match.FIRST, bool(got) and got[0] in expected
    else:
        match, right = Match.EXACTLY, set(got) == set(expected)
    return None if right else WrongProjects(titles, question.projects, match)


def _comparable(titles: Sequence[str]) -> list[str]:
    return [comparable(title) for title in titles]


def says(text: str, wanted: str) -> bool:
    """Whether ``wanted`` stands in ``text``: the digits of a telephone number after ``tel:``, or `comparable` text."""
    if wanted.startswith(TELEPHONE):
        return _digits(wanted).lstrip("0") in _digits(text)
    return comparable(wanted) in comparable(text)


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def comparable(text: str) -> str:
    """Return ``text`` without what makes no difference: letter case, kinds of spaces and dashes, how digits are
    grouped, and whether a date is written out: ``22 juni 2009`` and ``June 22, 2009`` become ``2009-06-22``."""
    plain = unicodedata.normalize("NFC", text).casefold()
    plain = _DASH.sub("-", re.sub(r"\s+", " ", plain))
    plain = _MONTH_FIRST.sub(_numeric, _DAY_FIRST.sub(_numeric, plain))
    return _GROUPED.sub(lambda number: _digits(number[0]), plain)


def _numeric(date: re.Match[str]) -> str:
    return f"{date['year']}-{MONTH_NUMBERS[date['month'][:3]]:02}-{int(date['day']):02}"
