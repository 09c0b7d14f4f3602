"""Reading question sets, and refusing what is none."""

import json
from pathlib import Path
from typing import Any

import pytest

from esfbot.errors import QuestionsRefused
from esfbot.evaluate.sets import KEYS, Question, read_questions

README = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")


def written(folder: Path, *lines: Any) -> Path:
    """A file with these lines: text as it is, other things as JSON."""
    path = folder / "set.jsonl"
    path.write_text("\n".join(x if isinstance(x, str) else json.dumps(x) for x in lines), encoding="utf-8")
    return path


def refusal(path: Path) -> QuestionsRefused:
    """The error that reading a set raises."""
    with pytest.raises(QuestionsRefused, match=r"set\.jsonl") as caught:
        read_questions(path)
    return caught.value


def test_all_keys(tmp_path: Path) -> None:
    """Every key is read, and a text in ``must`` is a choice of one."""
    record = {
        "id": "a1",
        "kind": "fact",
        "q": "Vem?",
        "chat": "c",
        "must": ["A", ["B", "C"]],
        "must_not": ["D"],
        "projects": ["E"],
        "first": True,
        "ordered": True,
        "abstain": None,
    }
    path = written(tmp_path, "", record)
    assert (tuple(record), read_questions(path)) == (
        KEYS,
        (Question("Vem?", "a1", "fact", "c", (("A",), ("B", "C")), ("D",), ("E",), True, True, None, str(path), 2),),
    )


def test_only_the_question(tmp_path: Path) -> None:
    """A question needs no other key; it is then called after its line."""
    path = written(tmp_path, {"q": "Vem?"})
    assert read_questions(path) == (Question("Vem?", "line 1", "other", file=str(path), line=1),)


def test_lines(tmp_path: Path) -> None:
    """Windows line ends, blank lines and a byte order mark are no fault; a line separator inside a text splits none."""
    path = tmp_path / "set.jsonl"
    path.write_bytes('\ufeff{"q": "a\u2028b"}\r\n \r\n{"q": "c"}\r\n'.encode())
    assert [(question.text, question.line) for question in read_questions(path)] == [("a\u2028b", 1), ("c", 3)]


def test_half_a_character(tmp_path: Path) -> None:
    """A question is text throughout, whatever its escapes say."""
    assert read_questions(written(tmp_path, r'{"q": "Vem \ud83d?"}'))[0].text == "Vem ??"


@pytest.mark.parametrize(
    ("line", "found", "expected"),
    [
        ("{'q': 1}", "is no JSON (Expecting property name enclosed in double quotes at column 2)", "one JSON object"),
        ("[" * 100_000, "is no JSON (", "one JSON object"),
        ('["Vem?"]', 'is ["Vem?"]', "one JSON object"),
        ({"id": "a"}, 'has no "q"', '"q", the question'),
        ({"q": "?", "musst": []}, 'has the unknown key "musst"', "keys among id, kind, q, chat"),
        ('{"q": "?", "must": ["a"], "must": ["b"]}', 'has "must" more than once', "each key once"),
        ({"q": 5}, 'has 5 as "q"', 'as "q" a text'),
        ({"q": "?", "id": 5}, 'has 5 as "id"', 'as "id" a text'),
        ({"q": "?", "kind": ""}, 'has "" as "kind"', 'as "kind" a text'),
        ({"q": "?", "chat": []}, 'has [] as "chat"', 'as "chat" a text, a whole number or null'),
        ({"q": "?", "must": "Lund"}, 'has "Lund" as "must"', 'as "must" a list of texts, or of lists'),
        ({"q": "?", "must": [["a", ["b"]]]}, 'has [["a", ["b"]]] as "must"', 'as "must" a list'),
        ({"q": "?", "must": [[]]}, 'has [[]] as "must"', 'as "must" a list'),
        ({"q": "?", "must": [""]}, 'has [""] as "must"', 'as "must" a list'),
        ({"q": "?", "must": ["tel:00-0"]}, 'has ["tel:00-0"] as "must"', 'as "must" a list'),
        ({"q": "?", "must_not": [["a"]]}, 'has [["a"]] as "must_not"', 'as "must_not" a list of texts'),
        ({"q": "?", "projects": None}, 'has null as "projects"', 'as "projects" a list of titles'),
        ({"q": "?", "first": 1}, 'has 1 as "first"', 'as "first" true or false'),
        ({"q": "?", "ordered": None}, 'has null as "ordered"', 'as "ordered" true or false'),
        ({"q": "?", "abstain": "yes"}, 'has "yes" as "abstain"', 'as "abstain" true, false or null'),
    ],
)
def test_a_bad_line(tmp_path: Path, line: Any, found: str, expected: str) -> None:
    """A line that is no question is named with its file and number, what is wrong and what was expected."""
    path = written(tmp_path, {"q": "a good one"}, line)
    error = refusal(path)
    assert error.found.startswith(f"{path} line 2 {found}")
    assert error.expected.startswith(expected)
    assert error.action == "Correct these lines; nothing was asked."


def test_several_bad_lines(tmp_path: Path) -> None:
    """The first five faults are named, what is expected once each, and of the others how many there are."""
    path = written(tmp_path, {}, "no", *[{"q": 1}] * 3, *[{}] * 2)
    error = refusal(path)
    assert error.found == (
        f'{path} line 1 has no "q"; line 2 is no JSON (Expecting value at column 1); line 3 has 1 as "q"; '
        'line 4 has 1 as "q"; line 5 has 1 as "q"; and 2 more'
    )
    assert error.expected == '"q", the question, on every line; one JSON object a line; as "q" a text'


def test_a_long_value_is_cut(tmp_path: Path) -> None:
    """Of a long value the beginning is shown."""
    assert refusal(written(tmp_path, {"q": "?", "must": "x" * 200})).found.endswith(f'has "{"x" * 59}… as "must"')


def test_no_question(tmp_path: Path) -> None:
    """A file without a question is refused: it would be answered right whatever the answers."""
    assert str(refusal(written(tmp_path, "", " "))).startswith(f"no question in {tmp_path / 'set.jsonl'}; expected at")


def test_no_text(tmp_path: Path) -> None:
    """A file in another encoding is refused, with the line."""
    path = tmp_path / "set.jsonl"
    path.write_bytes('{"q": "a"}\n{"q": "å"}'.encode("cp1252"))
    assert refusal(path).found == f"{path} line 2 is no UTF-8 (byte 0xe5)"


def test_no_file(tmp_path: Path) -> None:
    """A file that can't be read is refused, with the reason."""
    assert refusal(tmp_path / "set.jsonl").found.endswith("set.jsonl can't be read (No such file or directory)")


@pytest.mark.parametrize("key", KEYS)
def test_key_is_told(key: str) -> None:
    """Every key stands in the README."""
    assert f"`{key}`" in README.partition("## Question sets")[2].partition("\n## ")[0]
