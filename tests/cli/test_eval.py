"""The command eval, on the shipped sheets."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run

RIGHT = {"id": "r1", "kind": "contact", "q": "Vem är kontaktperson i Ludvika?", "must": ["Jenny Lyxell"]}
FOLLOWING = {"id": "r2", "kind": "follow-up", "q": "Och telefonnumret?", "must": ["tel:0240564451"], "chat": "c"}
ENGLISH = {
    "id": "r3",
    "kind": "fact",
    "q": "What is the total budget of Vinnande Arena?",
    "must": ["6660445"],
    "projects": ["Vinnande Arena"],
}
LACKING = {"id": "w1", "kind": "contact", "q": RIGHT["q"], "must": ["Eva Ek"], "projects": ["Vinnande Arena"]}
MISLEADING = {"id": "w2", "kind": "contact", "q": RIGHT["q"], "abstain": True}


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    """A set of four questions that are answered right; two of them are a conversation."""
    return written(tmp_path / "right.jsonl", RIGHT, {**RIGHT, "chat": "c"}, FOLLOWING, ENGLISH)


def written(path: Path, *records: dict[str, Any]) -> Path:
    """A question set with these questions."""
    path.write_text("\n".join(json.dumps(record) for record in records), encoding="utf-8")
    return path


def test_all_right(run: Run, questions: Path) -> None:
    """Where nothing is wrong only the counts are shown, and progress on standard error."""
    result = run("eval", str(questions), "--min", "100", "--max-misleading", "0")
    assert (result.exit_code, result.stdout) == (
        0,
        (
            "kind       asked  right  share right  misleading\n"
            "contact        2      2       100.0%           0\n"
            "fact           1      1       100.0%           0\n"
            "follow-up      1      1       100.0%           0\n"
            "\n"
            "language   asked  right  share right  misleading\n"
            "English        1      1       100.0%           0\n"
            "Swedish        3      3       100.0%           0\n"
            "\n"
            "4 of 4 right (100.0%), 0 misleading\n"
        ),
    )
    assert result.stderr == "esfbot: 0 of 4 questions answered\nesfbot: 4 of 4 questions answered\n"


def test_wrong_answers(run: Run, questions: Path, tmp_path: Path) -> None:
    """Several sets are one report; a wrong answer is told with what is wrong and is no failure unless asked for."""
    wrong = written(tmp_path / "wrong.jsonl", LACKING, MISLEADING)
    result = run("eval", str(questions), str(wrong))
    assert (result.exit_code, result.stdout.splitlines()[:4]) == (
        0,
        [
            f"w1  contact, Swedish  [{wrong} line 1]",
            "  asked     Vem är kontaktperson i Ludvika?",
            "  lacks     Eva Ek",
            "  projects  BERGSLAGSESURSEN.NU",
        ],
    )
    assert f"w2  contact, Swedish, misleading  [{wrong} line 2]\n" in result.stdout
    assert result.stdout.endswith("\n4 of 6 right (66.6%), 1 misleading\n")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--min", "50"), ""),
        (("--max-misleading", "1"), ""),
        (("--min", "50.5"), "50.0% right; expected at least 50.5%."),
        (("--max-misleading", "0"), "1 misleading; expected at most 0."),
        (
            ("--min", "97", "--max-misleading", "0"),
            "50.0% right and 1 misleading; expected at least 97% and at most 0.",
        ),
    ],
)
@pytest.mark.parametrize("json_too", [(), ("--json",)])
def test_thresholds(run: Run, tmp_path: Path, options: tuple[str, ...], said: str, json_too: tuple[str, ...]) -> None:
    """Below --min or above --max-misleading the exit code is 1, with a line that says what fell short."""
    path = written(tmp_path / "mixed.jsonl", RIGHT, MISLEADING)
    result = run("eval", str(path), *options, *json_too)
    last = f"esfbot: {said} What is wrong with each answer is listed." if said else "2 of 2 questions answered"
    assert (result.exit_code, result.stderr.rstrip().endswith(last)) == (1 if said else 0, True)
    assert result.stdout


def test_as_json(run: Run, tmp_path: Path) -> None:
    """Each wrong answer is one object, and the last object has the totals."""
    path = written(tmp_path / "mixed.jsonl", RIGHT, ENGLISH, LACKING)
    wrong, totals = (json.loads(line) for line in run("eval", "--json", str(path)).stdout.splitlines())
    assert (wrong["id"], wrong["line"], wrong["lacks"], wrong["misleading"]) == ("w1", 3, [["Eva Ek"]], False)
    assert (wrong["projects"], wrong["expected"]) == (["BERGSLAGSESURSEN.NU"], ["Vinnande Arena"])
    assert "Jenny Lyxell" in wrong["text"]
    assert (totals["asked"], totals["right"], totals["misleading"]) == (3, 2, 0)
    assert totals["by_language"]["en"] == {"asked": 1, "right": 1, "percent": 100.0, "misleading": 0}
    assert list(totals["by_kind"]) == ["contact", "fact"]


def test_bad_set(run: Run, questions: Path, tmp_path: Path) -> None:
    """A set with a bad line is refused in one line before anything is asked, or embeddings are made."""
    bad = written(tmp_path / "bad.jsonl", RIGHT, {"q": "Vem?", "musst": ["x"]})
    result = run("eval", str(questions), str(bad), "--embeddings", "none-yet")
    assert (result.exit_code, result.stdout, result.stderr) == (
        1,
        "",
        (
            f'esfbot: {bad} line 2 has the unknown key "musst"; expected keys among id, kind, q, chat, must, must_not, '
            "projects, first, ordered, abstain. Correct these lines; nothing was asked.\n"
        ),
    )
    assert not (tmp_path / "none-yet").exists()


def test_embeddings_made_when_needed(run: Run, sheets: Path) -> None:
    """Where there are no embeddings they are made first, with progress of their own."""
    path = written(sheets.parent / "set.jsonl", {"q": "Vem är kontaktperson i Eda?", "must": ["Eva Ek"]})
    result = run("eval", str(path), "--min", "100")
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (0, "1 of 1 right (100.0%), 0 misleading")
    assert ("1 of 1 passages embedded" in result.stderr, "1 of 1 questions answered" in result.stderr) == (True, True)
