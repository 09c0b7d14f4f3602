"""Projects that a question names only to leave them out: "alla utom Vinnande Arena", "som inte ägs av Karlstads
kommun"."""

from dataclasses import replace

from esfbot.model.query import Condition, Test
from esfbot.questions.marks import Marks
from esfbot.questions.names import NameMatch
from esfbot.wording.load import cue

_NEAR = 4  # words before a name that may turn it round


def without_excluded(marks: Marks) -> tuple[Marks, tuple[Condition, ...], frozenset[int]]:
    """The marks without names that are to be left out, the conditions that leave their projects out, and the words of
    those names."""
    excluded: list[NameMatch] = []
    for name in sorted(marks.names, key=lambda name: name.first):
        last = max((other.last for other in excluded), default=-1)
        joined = 0 < last <= name.first and {word.folded for word in marks.words[last : name.first]} <= cue("or")
        if joined or _is_excluded(marks, name):
            excluded.append(name)
    if not excluded:
        return marks, (), frozenset()
    conditions: dict[int, Condition] = {}
    for name in excluded:
        known = conditions.get(name.first)
        ids = tuple(dict.fromkeys((*(known.operands if known else ()), *name.named.projects)))
        conditions[name.first] = Condition("title", Test.ONE_OF, ids, name.named.name, negated=True)
    kept = tuple(name for name in marks.names if name not in excluded)
    words = frozenset(i for name in excluded for i in range(name.first, name.last))
    return replace(marks, names=kept), tuple(conditions.values()), words


def _is_excluded(marks: Marks, name: NameMatch) -> bool:
    """Whether "utom" stands before a name, or "inte" after a word that speaks of projects in general."""
    for i in reversed(range(max(0, name.first - _NEAR), name.first)):
        word = marks.words[i].folded
        if word in cue("except"):
            return True
        if word in cue("not"):
            return any(other.folded in cue("projects") | cue("every") | cue("but") for other in marks.words[:i])
        if word in cue("but") or any(other.first <= i < other.last for other in marks.names if other is not name):
            return False
    return False
