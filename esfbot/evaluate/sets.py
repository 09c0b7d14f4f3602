"""Question sets: what is asked, and what a right answer has to say.

A set is JSON lines in UTF-8, a question a line. `KEYS` are the keys that a question may have; only ``q`` is required.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from esfbot.errors import QuestionsRefused

TELEPHONE = "tel:"  # what follows is a telephone number, of which only the digits count
_NAMED = 5  # faults that an error message names
_SHOWN = 60  # characters shown of a value that can't be used


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a set.

    Consecutive questions of a file with the same ``chat`` are one conversation; None opens one of its own. ``must``
    is what the reply has to say, each thing as the choices of which any one will do, ``must_not`` what it must not
    say. ``projects`` are titles: those of exactly the projects that the reply is about; with ``first``, those of which
    one comes first; with ``ordered``, those that it begins with, in this order; None where any projects will do.
    ``abstain`` tells whether the reply has to say that the sheets do not answer; None where either will do.
    ``file`` and ``line`` tell where it stands.
    """

    text: str
    id: str = ""
    kind: str = ""
    chat: str | int | None = None
    must: tuple[tuple[str, ...], ...] = ()
    must_not: tuple[str, ...] = ()
    projects: tuple[str, ...] | None = None
    first: bool = False
    ordered: bool = False
    abstain: bool | None = False
    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class _Fault:
    """What is wrong with a line, and what it should have been."""

    line: int
    found: str
    expected: str


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_wanted(value: Any) -> bool:
    """Whether it can be looked for: nothing at all, or a number without digits, would be found in every reply."""
    return _is_text(value) and (not value.startswith(TELEPHONE) or bool(re.search(r"[1-9]", value)))


def _is_wanted_list(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_wanted, value))


def _is_must(value: Any) -> bool:
    return isinstance(value, list) and all(
        _is_wanted(wanted) or (wanted and _is_wanted_list(wanted)) for wanted in value
    )


def _is_titles(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _is_flag(value: Any) -> bool:
    return isinstance(value, bool)


# What each key has to hold, in words and as a test.
_RULES: Mapping[str, tuple[str, Callable[[Any], bool]]] = {
    "id": ("a text", _is_text),
    "kind": ("a text", _is_text),
    "q": ("a text", lambda value: isinstance(value, str)),
    "chat": ("a text, a whole number or null", lambda value: value is None or isinstance(value, str | int)),
    "must": ("a list of texts, or of lists of texts of which any one will do", _is_must),
    "must_not": ("a list of texts", _is_wanted_list),
    "projects": ("a list of titles", _is_titles),
    "first": ("true or false", _is_flag),
    "ordered": ("true or false", _is_flag),
    "abstain": ("true, false or null", lambda value: value is None or _is_flag(value)),
}
KEYS = tuple(_RULES)


def read_questions(path: Path) -> tuple[Question, ...]:
    """Return the questions of a set in their order; blank lines don't count.

    Raises QuestionsRefused where the file can't be read, holds no question, or has lines that are none.
    """
    questions: list[Question] = []
    faults: list[_Fault] = []
    # Not splitlines: it also splits at characters that may stand inside a text of JSON.
    for number, line in enumerate(_read(path).split("\n"), 1):
        if line.strip():
            record, wrong = _record(number, line)
            faults += wrong
            if not wrong:
                questions.append(_question(record, str(path), number))
    if faults:
        raise _refusal(path, faults)
    if not questions:
        raise QuestionsRefused(f"no question in {path}", "at least one, a JSON object a line", "Name another file.")
    return tuple(questions)


def question_from(record: Mapping[str, Any], file: str, line: int = 0) -> Question:
    """A question of a set from its keys. Raises QuestionsRefused where it is none."""
    if faults := [_Fault(line, *fault) for fault in _faults(record)]:
        raise _refusal(Path(file), faults)
    return _question(record, file, line)


def _read(path: Path) -> str:
    try:
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
    except OSError as error:
        found = f"{path} can't be read ({error.strerror})"
        raise QuestionsRefused(found, "a readable file", "Name another one, or change its rights.") from error
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found = f"{path} line {line} is no UTF-8 (byte {data[error.start]:#04x})"
        raise QuestionsRefused(found, "a question set in UTF-8", "Save it as UTF-8.") from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _record(number: int, line: str) -> tuple[dict[str, Any], list[_Fault]]:
    """The JSON object of a line, and all that is wrong with it."""
    twice: list[str] = []

    def collected(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        keys = [key for key, _ in pairs]
        twice.extend(dict.fromkeys(key for key in keys if keys.count(key) > 1))
        return dict(pairs)

    try:
        record = json.loads(line, object_pairs_hook=collected)
    except (ValueError, RecursionError) as error:
        reason = f"{error.msg} at column {error.colno}" if isinstance(error, json.JSONDecodeError) else str(error)
        return {}, [_Fault(number, f"is no JSON ({reason})", "one JSON object a line")]
    if not isinstance(record, dict):
        return {}, [_Fault(number, f"is {_shown(record)}", "one JSON object a line")]
    faults = [_Fault(number, f'has "{key}" more than once', "each key once") for key in twice]
    return record, faults + [_Fault(number, *fault) for fault in _faults(record)]


def _faults(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if "q" not in record:
        yield 'has no "q"', '"q", the question, on every line'
    for key, value in record.items():
        if key not in _RULES:
            yield f"has the unknown key {_shown(key)}", f"keys among {', '.join(KEYS)}"
        elif not _RULES[key][1](value):
            yield f'has {_shown(value)} as "{key}"', f'as "{key}" {_RULES[key][0]}'


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _refusal(path: Path, faults: Sequence[_Fault]) -> QuestionsRefused:
    named = faults[:_NAMED]
    more = f"; and {len(faults) - _NAMED} more" if len(faults) > _NAMED else ""
    found = "; ".join(f"line {fault.line} {fault.found}" for fault in named)
    expected = "; ".join(dict.fromkeys(fault.expected for fault in named))
    return QuestionsRefused(f"{path} {found}{more}", expected, "Correct these lines; nothing was asked.")


def _question(record: Mapping[str, Any], file: str, line: int) -> Question:
    projects = record.get("projects")
    return Question(
        # Halves of characters are no text, and can't be looked up.
        text=record["q"].encode("utf-8", "replace").decode("utf-8"),
        id=record.get("id", f"line {line}"),
        kind=record.get("kind", "other"),
        chat=record.get("chat"),
        must=tuple((wanted,) if isinstance(wanted, str) else tuple(wanted) for wanted in record.get("must", ())),
        must_not=tuple(record.get("must_not", ())),
        projects=None if projects is None else tuple(projects),
        first=record.get("first", False),
        ordered=record.get("ordered", False),
        abstain=record.get("abstain", False),
        file=file,
        line=line,
    )
