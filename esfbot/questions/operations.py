"""What a question wants done with the projects: counted, added up, put in order, compared, grouped."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from esfbot.fields import FIELDS, Kind
from esfbot.language.words import Word
from esfbot.model.query import Operation
from esfbot.questions.lexicon import Match
from esfbot.questions.marks import Marks
from esfbot.questions.terms import Terms
from esfbot.wording.load import cue

# What the words of an order sort by where the question names no fact, and whether the largest comes first.
_ORDERS = {
    "largest": ("total_budget", True),
    "smallest": ("total_budget", False),
    "dearest": ("total_budget", True),
    "cheapest": ("total_budget", False),
    "longest": ("duration", True),
    "shortest": ("duration", False),
    "latest": ("start", True),
    "earliest": ("start", False),
    "oldest_first": ("start", False),
    "newest_first": ("start", True),
    "shortest_first": ("duration", False),
    "longest_first": ("duration", True),
    "alphabetical": ("title", False),
}
# Words that put all in order, and not only tell which is first.
_SORTS = {"rank", "ascending", "descending"} | {name for name in _ORDERS if name.endswith("_first")} | {"alphabetical"}
_SORTABLE = (Kind.AMOUNT, Kind.COUNT, Kind.PERCENT, Kind.DATE, Kind.COMPUTED)
_ADDABLE = (Kind.AMOUNT, Kind.COUNT)
_NUMBERS = {
    "tva": 2, "two": 2, "tre": 3, "three": 3, "fyra": 4, "four": 4, "fem": 5, "five": 5, "sex": 6, "six": 6,
    "sju": 7, "seven": 7, "atta": 8, "eight": 8, "nio": 9, "nine": 9, "tio": 10, "ten": 10,
}  # fmt: skip
_ONE = frozenset("vilket vilken vem who".split())
_SEVERAL_OF = frozenset("vilka".split())
_SEVERAL = frozenset("vilka projekten projects".split())
_MOST = 50  # of an order that a question may ask for
_FEW = 5  # shown of a plural without a number
_SEVERAL_PROJECTS = 2


def sortable(fields: Sequence[str]) -> list[str]:
    """Those of ``fields`` that projects can be put in order by; a period stands for its start."""
    named = ["start" if field == "period" else field for field in fields]
    return [field for field in named if FIELDS[field].kind in _SORTABLE]


def addable(fields: Sequence[str]) -> list[str]:
    """Those of ``fields`` whose sum says something: amounts and counts."""
    return [field for field in fields if FIELDS[field].kind in _ADDABLE]


def averageable(fields: Sequence[str]) -> list[str]:
    """Those of ``fields`` whose average says something: amounts, counts, shares and lengths; a period has a length."""
    named = ["duration" if field == "period" else field for field in fields]
    return [field for field in named if FIELDS[field].kind in (*_ADDABLE, Kind.PERCENT, Kind.COMPUTED)]


def read_operation(operations: Collection[str], fields: Sequence[str]) -> Operation:
    """Which operation the words in ``operations`` ask for; NOTHING where they ask for none."""
    if {"count", "share_of_projects"} & set(operations):
        return Operation.COUNT
    if "average" in operations and averageable(fields):
        return Operation.AVERAGE
    if {"rank", "ascending", "descending", *_ORDERS} & set(operations):
        return Operation.RANK
    if "sum" in operations and addable(fields):
        return Operation.SUM
    return Operation.NOTHING


def read_order(operations: Collection[str], marks: Marks, terms: Terms) -> tuple[str, bool]:
    """The field to sort by, and whether the largest comes first."""
    named = sortable(terms.fields) or _most_of(marks, terms)
    words = [name for name in _ORDERS if name in operations]
    implied, descending = _ORDERS[words[0]] if words else ("total_budget", True)
    if words and _is_of_projects(marks, terms):
        return implied, descending  # "när startade det största projektet"
    if words and implied in ("duration", "title"):
        amounts = [field for field in named if FIELDS[field].kind is Kind.AMOUNT]
        order = amounts[0] if amounts and implied == "duration" else implied
    elif named:
        order = named[0]
    else:
        received = any(word.folded in cue("received") for word in marks.words)
        order = "esf_support" if received and implied == "total_budget" else implied
    if not words and FIELDS[order].kind is Kind.DATE:
        descending = False  # in the order of time
    if "ascending" in operations or "descending" in operations:
        descending = "descending" in operations
    return order, descending


def _is_of_projects(marks: Marks, terms: Terms) -> bool:
    """Whether the word of an order stands right before "projektet", so that a fact named before is what is asked."""
    for match in terms.matches:
        ordered = any(term.kind == "operation" and term.value in _ORDERS for term in match.terms)
        behind = marks.words[match.last].folded if match.last < len(marks.words) else ""
        if ordered and behind.startswith(("projekt", "project")):
            return all(field.last <= match.first for field, _ in terms.named())
    return False


def _most_of(marks: Marks, terms: Terms) -> list[str]:
    """Lists and counts of which a question asks for the largest: "flest kommuner", "flest deltagare"."""
    following = zip(marks.words, marks.words[1:], strict=False)
    counted = cue("most") - cue("number_of")  # "antal deltagare" names the fact itself
    said = counted | cue("more") | cue("less") | cue("total")
    if any(one.folded in said and other.folded in cue("participants") for one, other in following):
        return ["planned_participants"]
    lists = [(match, name) for match, name in terms.named() if FIELDS[name].many or name == "contact"]
    said = cue("most") | cue("more") | cue("less")
    return [name for match, name in lists if _before(marks, match) in said]


def _before(marks: Marks, match: Match) -> str:
    """The word before a term, without the "of" of "number of"."""
    before = [word.folded for word in marks.words[: match.first] if word.folded != "of"]
    return before[-1] if before else ""


def read_limit(operations: Collection[str], words: Sequence[Word]) -> int:
    """How many of an order are wanted; 0 for all."""
    limit = next((word for word in words if is_limit(word)), None)
    if limit is not None:
        return _NUMBERS.get(limit.folded) or int(limit.folded)
    if _SORTS & set(operations):
        return 0
    one = any(word.folded in _ONE for word in words)
    return _FEW if not one and any(word.folded in _SEVERAL for word in words) else 1


def read_skip(marks: Marks, terms: Terms) -> int:
    """How many of an order come before the one that is wanted: 1 for "näst störst" and "second largest"."""
    for match in terms.matches:
        ordered = any(term.kind == "operation" and term.value in _ORDERS for term in match.terms)
        before = marks.words[match.first - 1].folded if match.first else ""
        if ordered and before in cue("next") | cue("third"):
            return 1 if before in cue("next") else 2
    return 0


def is_limit(word: Word) -> bool:
    """Whether a word says how many are wanted: two, 3, but no year."""
    return word.folded in _NUMBERS or (
        word.folded.isdecimal() and word.folded.isascii() and 1 < int(word.folded[:4]) <= _MOST
    )


@dataclass(frozen=True, slots=True)
class Group:
    """The field whose values are counted or added up, ``limit`` of them (0 for all), each with at least ``least``
    projects; ``words`` name it."""

    field: str
    limit: int = 0
    descending: bool = True
    least: int = 0
    words: frozenset[int] = frozenset()


def read_group(operations: Collection[str], marks: Marks, terms: Terms) -> Group | None:
    """What a question wants projects grouped by: "per region", "vilken kommun har flest projekt", "vilka ägare har
    flera projekt"."""
    named = [(match, name) for match, name in terms.named() if FIELDS[name].groups]
    named = named or [
        (Match(i, i + 1, ()), "start") for i, word in enumerate(marks.words) if word.folded in cue("year")
    ]
    sorts = bool(_SORTS & set(operations))
    if group := _per(marks, named, sorts=sorts):
        return group
    counted = bool(named) and _before(marks, named[0][0]) in cue("most")  # "efter antal kommuner" is no group
    if sorts and len(named) == 1 and not (counted or sortable([named[0][1]])):
        match, name = named[0]
        return Group(name, words=frozenset(range(match.first, match.last)))  # "sortera efter region"
    if not named:
        return None
    match, name = named[0]
    words = frozenset(range(match.first, match.last))
    if {"most_projects", "fewest_projects"} & set(operations):
        limit = next((word for i, word in enumerate(marks.words) if i not in words and is_limit(word)), None)
        several = any(word.folded in _SEVERAL_OF for word in marks.words) or _is_plural(marks, match, name)
        number = read_limit((), [limit]) if limit else _FEW if several else 1
        return Group(name, number, "most_projects" in operations, words=words)
    if "several_projects" in operations:
        return Group(name, least=_SEVERAL_PROJECTS, words=words)
    asked = any(marks.words[i].folded in cue("which") for i in range(max(0, match.first - 1), match.last))
    asked = asked and not _is_of_projects(marks, terms)  # "i vilken region ligger det minsta projektet"
    if asked and {"largest", "smallest"} & set(operations) and FIELDS[name].kind is not Kind.DATE:
        others = Terms(tuple(other for other in terms.matches if other is not match))
        if not any(FIELDS[field].many for field in others.fields):
            return Group(name, 1, "largest" in operations, words=words)
    return None


def _is_plural(marks: Marks, match: Match, name: str) -> bool:
    """Whether the values are asked for in the English plural: "which regions", but not "which region"."""
    word, called = marks.words[match.last - 1].folded, FIELDS[name].called("en").lower()
    return word == called if FIELDS[name].many else word == f"{called}s"


def _per(marks: Marks, named: Sequence[tuple[Match, str]], *, sorts: bool) -> Group | None:
    """A group that stands behind "per" or "varje", or behind "på" where something is spread over it. What is sorted
    "by" a field is no group."""
    spread = any(word.folded in cue("spread") for word in marks.words)
    cues = (cue("per") | (cue("over_values") if spread else frozenset())) - (
        frozenset({"by"}) if sorts else frozenset()
    )
    for match, name in named:
        if match.first and marks.words[match.first - 1].folded in cues:
            return Group(name, words=frozenset(range(match.first - 1, match.last)))
    for i, word in enumerate(marks.words):
        if i and word.folded in cue("year") and marks.words[i - 1].folded in cues:
            return Group("start", words=frozenset({i - 1, i}))
    return None


def read_values(marks: Marks, terms: Terms) -> str:
    """The field of which a question wants to see every value there is: "vilka ägare finns det?", "alla
    medfinansiärer", "how many different owners"."""
    groups = [name for name in terms.fields if FIELDS[name].groups and name not in ("contact", "start")]
    every = any(word.folded in cue("every") | cue("there") | {"manga", "many"} for word in marks.words)
    return groups[0] if len(groups) == 1 == len(terms.fields) and every else ""
