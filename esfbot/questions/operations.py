"""What a question wants done with the projects: counted, summed, put in order, compared."""

from collections.abc import Sequence

from esfbot.fields import FIELDS, Kind
from esfbot.language.words import Word
from esfbot.model.query import Operation

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
}
_SORTABLE = (Kind.AMOUNT, Kind.COUNT, Kind.PERCENT, Kind.DATE, Kind.COMPUTED)
_NUMBERS = {
    "tva": 2,
    "two": 2,
    "tre": 3,
    "three": 3,
    "fyra": 4,
    "four": 4,
    "fem": 5,
    "five": 5,
    "tio": 10,
    "ten": 10,
}
_ONE = frozenset("vilket vilken".split())
_SEVERAL = frozenset("vilka projekten projects".split())
_MOST = 50  # of an order that a question may ask for
_FEW = 5  # shown of a plural without a number


def sortable(fields: Sequence[str]) -> list[str]:
    """Those of ``fields`` that projects can be put in order by; a period stands for its start."""
    named = ["start" if field == "period" else field for field in fields]
    return [field for field in named if FIELDS[field].kind in _SORTABLE]


def addable(fields: Sequence[str]) -> list[str]:
    """Those of ``fields`` whose sum and average say something: amounts and counts."""
    return [field for field in fields if FIELDS[field].kind in (Kind.AMOUNT, Kind.COUNT)]


def read_operation(operations: set[str], fields: Sequence[str]) -> Operation:
    """Which operation the words in ``operations`` ask for; NOTHING where they ask for none."""
    if "count" in operations:
        return Operation.COUNT
    if "average" in operations and addable(fields):
        return Operation.AVERAGE
    if operations & {"rank", *_ORDERS}:
        return Operation.RANK
    if "sum" in operations and addable(fields):
        return Operation.SUM
    return Operation.NOTHING


def read_order(operations: set[str], fields: Sequence[str]) -> tuple[str, bool]:
    """The field to sort or sum by, and whether the largest comes first."""
    named = sortable(fields)
    words = [name for name in _ORDERS if name in operations]
    implied, descending = _ORDERS[words[0]] if words else ("total_budget", True)
    if words and implied == "duration" and not any(FIELDS[field].kind is Kind.AMOUNT for field in named):
        return implied, descending
    return (named[0] if named else implied), descending


def read_limit(operations: set[str], words: Sequence[Word]) -> int:
    """How many of an order are wanted; 0 for all."""
    limit = next((word for word in words if is_limit(word)), None)
    if limit is not None:
        return _NUMBERS.get(limit.folded) or int(limit.folded)
    if "rank" in operations:
        return 0
    one = any(word.folded in _ONE for word in words)
    return _FEW if not one and any(word.folded in _SEVERAL for word in words) else 1


def is_limit(word: Word) -> bool:
    """Whether a word says how many are wanted: two, 3, but no year."""
    return word.folded in _NUMBERS or (
        word.folded.isdecimal() and word.folded.isascii() and 1 < int(word.folded[:4]) <= _MOST
    )
