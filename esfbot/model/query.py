"""What a question asks: the `Query` that reading it gives, and the `Conversation` it is read in."""

import datetime
from dataclasses import dataclass
from dataclasses import field as attribute
from enum import StrEnum

Operand = str | int | float | datetime.date
TODAY = "today"


class Operation(StrEnum):
    """What to do with the projects a question is about."""

    SHOW = "show"  # the facts asked for, of each project
    LIST = "list"  # the projects themselves, all of them
    COUNT = "count"
    SUM = "sum"
    AVERAGE = "average"
    RANK = "rank"  # in order of a fact, all or the first few
    COMPARE = "compare"  # side by side, with the difference
    PASSAGES = "passages"  # the sentences of the narrative that answer
    SIMILAR = "similar"  # other projects that are about the same
    SOURCE = "source"  # the sheet itself, line by line
    STATISTICS = "statistics"  # how many, what they got together, and where and when
    TALK = "talk"  # a greeting, thanks, a question about the bot
    NOTHING = "nothing"  # no question was understood


class Test(StrEnum):
    """How a fact is held against what the question says of it."""

    __test__ = False  # no test case, whatever pytest thinks of the name

    IS = "is"
    ONE_OF = "one of"  # the project is one of these, by id
    NAMES = "names"  # a text that holds these words
    OVER = "over"
    UNDER = "under"
    AT_LEAST = "at least"
    AT_MOST = "at most"
    EQUAL = "equal"
    SAME = "same"  # as another project has
    BETWEEN = "between"
    WITHIN = "within"  # a period that overlaps, a date that lies in
    BEFORE = "before"
    AFTER = "after"
    IN = "in"  # a place
    STATED = "stated"
    LACKING = "lacking"


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that must hold for a project: ``field`` (a row of `esfbot.fields`) put to ``test`` with ``operands``.

    Places are codes (any one of them suffices); dates are inclusive, and `TODAY` is the day on which it is looked up. A
    number holds for a list by how many entries it has, for a length in days. ``other`` is the field that ``field`` is
    compared with where it is no operand, ``than`` the id of another project whose number or value it is compared with;
    ``negated`` turns the condition round. ``text`` is how the question said it.
    """

    field: str
    test: Test
    operands: tuple[Operand, ...] = ()
    text: str = attribute(default="", compare=False)
    other: str = ""
    than: str = ""
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """A name that the question holds and the sheets know.

    ``text`` is what was written, ``name`` what the sheets say, ``field`` what it is a name of, ``projects`` the ids of
    the projects it stands for. ``exact`` is False where letters had to be corrected.
    """

    text: str
    name: str
    field: str
    projects: tuple[str, ...]
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name the question seems to hold and the sheets do not know: ``kind`` is project, place, person or fact.

    ``near`` are known names that resemble it.
    """

    text: str
    kind: str
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """A question as read: everything that the answer needs to know of it.

    What is asked: ``operation``, of the facts ``fields`` (rows of `esfbot.fields`), or of ``everything`` that is
    stated. RANK and the totals are of the field ``order``, the largest first where ``descending``, ``limit`` of them (0
    for all); ``group`` is the field whose values are counted or added up one by one, those with at least ``least``
    projects. ``confirms`` asks for a yes or no. ``skip`` leaves out what was shown before.

    Of which projects: ``projects`` are the ids of those asked about, empty for any, and ``every`` asks for all;
    ``names`` say how they were named and ``inherited`` that the conversation supplied them,
    ``continued`` that the question only went on from the last one. ``conditions`` must all
    hold; ``aside`` are conditions that the question states of projects it names, ``apart`` people and organisations
    that it names beside projects which they have no part in; those that the sheets lack have no projects. ``unknown``
    are names that the sheets lack, ``choices`` names between which the question does not decide.

    Of the narrative: ``topic`` are the words that nothing else accounts for (``unread`` where
    they keep what is to be counted or put in order from being told), ``about`` the same with the words that
    name facts; ``wants`` is what a sentence that answers would hold: ``share``, ``length``, ``date``, ``number`` or
    ``name``. ``talk`` is the kind of small talk.
    """

    text: str
    language: str
    operation: Operation
    fields: tuple[str, ...] = ()
    everything: bool = False
    order: str = ""
    descending: bool = True
    limit: int = 0
    group: str = ""
    least: int = 0
    confirms: bool = False
    skip: int = 0
    every: bool = False
    projects: tuple[str, ...] = ()
    names: tuple[Named, ...] = ()
    inherited: bool = False
    continued: bool = False
    conditions: tuple[Condition, ...] = ()
    aside: tuple[Condition, ...] = ()
    apart: tuple[Named, ...] = ()
    unknown: tuple[Unknown, ...] = ()
    choices: tuple[Named, ...] = ()
    topic: str = ""
    unread: bool = False
    about: str = ""
    wants: str = ""
    talk: str = ""


@dataclass(frozen=True, slots=True)
class Conversation:
    """What a conversation remembers: a small value, kept by whoever holds the conversation.

    ``focus`` are the ids of the projects last talked about, ``listed`` those of the last list, in its order. ``query``
    is the last question that was answered or asked back, and ``asked_back`` tells which of the two.
    """

    language: str = ""
    focus: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    query: Query | None = None
    asked_back: bool = False
