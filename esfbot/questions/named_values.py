"""Programme areas and phases that a question names, by code or by name."""

import re
from collections.abc import Iterator

from esfbot.fields import FIELDS, Kind
from esfbot.language.words import stem
from esfbot.model.query import Condition, Test
from esfbot.questions.known import Names
from esfbot.questions.marks import Marks
from esfbot.questions.terms import Terms
from esfbot.wording.load import other_names

_PROGRAMME = re.compile(
    r"\b(?:programområdet?|program|programme area|program area|priority axis|po)\s*(?:nr\.?\s*|nummer\s*|number\s*)?"
    r"((?:\d(?:\.\d)?|[a-d](?:\d[a-z]?)?)(?:\s*(?:,|och|eller|and|or)\s*(?:\d(?:\.\d)?|[a-d](?:\d[a-z]?)?))*)\b(?!\s*[-/]?\s*\d)",
    re.I,
)
_WITHIN = frozenset("inom programomradet programomrade within under area".split())
_IS = frozenset("ar is var was nr nummer number med".split())
_LONGEST_VALUE = 6  # words
_PHASE_LETTERS = 6  # of a phase's name that a word must begin with: genomförandeprojekt

Read = tuple[Condition, frozenset[int]]


def read_programme(text: str, marks: Marks, names: Names) -> Iterator[Read]:
    """A programme area by its code, "programområde 2", or by its name, "inom Ökat arbetskraftsutbud"."""
    for match in _PROGRAMME.finditer(text):
        words = frozenset(i for i, word in enumerate(marks.words) if match.start() <= word.start < match.end())
        codes = tuple(code.upper() for code in re.findall(r"\d(?:\.\d)?|\b[a-d](?:\d[a-z]?)?\b", match[1], re.I))
        if words and codes:
            yield Condition("programme", Test.IS, codes, match[0]), words
    words_of = [word.folded for word in marks.words]
    for programme in names.values("programme"):
        name = [word for word in programme.split() if not word.startswith("programom") and len(word) > 1]
        for i in range(len(words_of) - len(name) + 1):
            named = bool(name) and words_of[i : i + len(name)] == name
            if named and (len(name) > 1 or (i and words_of[i - 1] in _WITHIN)):
                used = range(i, i + len(name))
                yield Condition("programme", Test.NAMES, (" ".join(name),), marks.text(used)), frozenset(used)
                return


def read_values_of_fields(marks: Marks, terms: Terms, names: Names) -> Iterator[Read]:
    """A value right behind the name of its field: "specifikt mål A1B", "intervention type 145"."""
    words = [word.folded for word in marks.words]
    for match, field in terms.named():
        if FIELDS[field].kind is not Kind.TEXT:
            continue
        first = match.last + (match.last < len(words) and words[match.last] in _IS)
        for last in range(min(first + _LONGEST_VALUE, len(words)), first, -1):
            said = " ".join(words[first:last])
            if any(f"{value} ".startswith(f"{said} ") for value in names.values(field)):
                used = frozenset(range(match.first, last))
                yield Condition(field, Test.NAMES, (said,), marks.text(range(first, last))), used
                break


def read_phase(marks: Marks, terms: Terms, names: Names) -> Iterator[Read]:
    """A phase by its name, also in a compound, genomförandeprojekt, or in the other language."""
    phases = [phase for phase in names.values("phase") if len(phase) >= _PHASE_LETTERS]
    for i, word in enumerate(marks.words):
        for phase in phases:
            named = word.folded.startswith(stem(phase)) and (i in marks.left or "phase" in terms.fields)
            said = 1 if named else _said_otherwise(phase, i, marks)
            if said:
                words = frozenset(range(i, i + said))
                condition = Condition("phase", Test.NAMES, (phase,), names.values("phase")[phase])
                beside = [m for m, name in terms.named() if name == "phase" and m.last in (i, i - 1)]  # "fasen X"
                yield condition, words | {j for match in beside for j in range(match.first, match.last)}
                return


def _said_otherwise(phase: str, first: int, marks: Marks) -> int:
    """How many words from ``first`` on are another name of ``phase``."""
    rest = "".join(f"{word.folded} " for word in marks.words[first:])
    found = (name.split() for name in other_names("phase").get(phase, ()) if f" {rest}".startswith(name))
    return max((len(name) for name in found), default=0)
