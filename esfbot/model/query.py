"""What a question asks: the `Query` that reading it gives, and the `Conversation` it is read in."""

import datetime
from dataclasses import dataclass, field
from enum import StrEnum

Operand = str | int | float | datetime.date


class Operation(StrEnum):
    """What to do with the projects a question is about."""

    SHOW = "show"  # the facts asked for, of each project
    LIST = "list"  # the projects themselves, all of them
    COUNT = "count"
    SUM = "sum"
    AVERAGE = "average"
    RANK = "rank"  # in order of a fact, all or the first few
    PASSAGES = "passages"  # the sentences of the narrative that answer
    TALK = "talk"  # a greeting, thanks, a question about the bot
    NOTHING = "nothing"  # no question was understood


class Test(StrEnum):
    """How a fact is held against what the question says of it."""

    __test__ = False  # no test case, whatever pytest thinks of the name

    IS = "is"
    NAMES = "names"  # a text that holds these words
    OVER = "over"
    UNDER = "under"
    AT_LEAST = "at least"
    AT_MOST = "at most"
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

    Places are codes (any one of them suffices); dates are inclusive. ``text`` is how the question said it.
    """

    field: str
    test: Test
    operands: tuple[Operand, ...] = ()
    text: str = ""


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

    ``projects`` are the ids of the projects asked about, empty for any project; ``names`` say how they were named and
    ``inherited`` that the conversation supplied them. ``fields`` are rows of `esfbot.fields`. ``conditions`` must all
    hold. ``order`` is the field that RANK sorts by. ``topic`` are the words that are left for the narrative, ``about``
    the same with the words that name facts; ``wants`` is what a sentence that answers would hold: ``share``,
    ``length``, ``date``, ``number`` or ``name``.
    ``everything`` asks for all facts that the sheet states. ``choices`` are names between which the question does not
    decide, ``aside`` are places that it names beside a project, and ``apart`` people that it names beside projects
    which they are no contacts of.
    """

    text: str
    language: str
    operation: Operation
    fields: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()
    names: tuple[Named, ...] = ()
    conditions: tuple[Condition, ...] = ()
    unknown: tuple[Unknown, ...] = ()
    choices: tuple[Named, ...] = ()
    apart: tuple[Named, ...] = ()
    aside: tuple[Condition, ...] = ()
    order: str = ""
    descending: bool = True
    limit: int = 0
    topic: str = ""
    about: str = ""
    wants: str = ""
    talk: str = ""
    inherited: bool = False
    everything: bool = False


@dataclass(frozen=True, slots=True)
class Conversation:
    """What a conversation remembers: a small value, kept by whoever holds the conversation.

    ``focus`` are the ids of the projects last talked about, ``listed`` those of the last list, in its order.
    """

    language: str = ""
    focus: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    query: Query | None = field(default=None)
