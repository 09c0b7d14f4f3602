"""The command eval, on the shipped sheets."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from esfbot.settings import Settings
from esfbot.store import generations
from esfbot.upkeep.update import update
from tests.cli.conftest import Run
from tests.conftest import SEEDS

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
    first, last = result.stderr.splitlines()
    assert first == "esfbot: 0 of 4 questions answered"
    assert re.fullmatch(r"esfbot: 4 of 4 questions answered, \d+ a second", last)


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
    last = f"esfbot: {re.escape(said)} What is wrong with each answer is listed." if said else "2 of 2 questions .*"
    assert result.exit_code == (1 if said else 0)
    assert re.search(f"{last}$", result.stderr.rstrip())
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


@pytest.fixture
def two(run: Run, embedded_seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """Two generations, of which the live one tells another contact; their names, the older first."""
    shutil.copytree(SEEDS, tmp_path / "two" / "sheets")
    shutil.copytree(embedded_seeds, tmp_path / "two" / "embeddings")
    settings = Settings(sheets=tmp_path / "two" / "sheets", embeddings=tmp_path / "two" / "embeddings")
    sheet = settings.sheets / "bergslagsesursen-nu.txt"
    sheet.write_text(sheet.read_text(encoding="utf-8").replace("Jenny Lyxell", "Eva Ek"), encoding="utf-8")
    (settings.sheets / "questions.jsonl").write_text(json.dumps(ENGLISH), encoding="utf-8")
    monkeypatch.setenv("ESFBOT_SHEETS", str(settings.sheets))
    monkeypatch.setenv("ESFBOT_EMBEDDINGS", str(settings.embeddings))
    update(settings)
    older, newer = (path.name for path in generations.generations(settings.embeddings))
    return older, newer


def test_compared_with_the_live_one(run: Run, questions: Path, two: tuple[str, str]) -> None:
    """A generation is compared with the live one: figures side by side, then what is not answered equally well."""
    result = run("eval", str(questions), "--generation", two[0][:-1])
    table, *differing = result.stdout.split("\n\nr1")
    rows = [re.split("  +", line) for line in table.splitlines()]
    assert rows[0] == ["generation", two[1], two[0]]
    assert ["right", "2 of 4", "4 of 4"] in rows
    assert ["contact", "0 of 2", "2 of 2"] in rows
    assert {"median, ms", "95% within, ms", "misleading"} <= {row[0] for row in rows}
    assert len(differing) == 2
    assert f"\n  {two[1]}: wrong\n    lacks     Jenny Lyxell\n" in differing[0]
    assert differing[0].rstrip().endswith(f"\n  {two[0]}: right")
    assert "8 of 8 questions answered" in result.stderr


def test_two_compared(run: Run, questions: Path, two: tuple[str, str]) -> None:
    """Of two that are named the live one need be none; what is asked of them holds for the last."""
    arguments = ("eval", str(questions), "--generation", two[0], "--generation", two[1], "--min", "60")
    result = run(*arguments)
    assert result.stdout.splitlines()[0].split() == ["generation", *two]
    assert (result.exit_code, "50.0% right; expected at least 60%" in result.stderr) == (1, True)


def test_compared_as_json(run: Run, questions: Path, two: tuple[str, str]) -> None:
    """Each question that differs is an object, and the last has the figures of both."""
    *differing, last = (
        json.loads(line) for line in run("eval", str(questions), "--json", "--generation", two[0]).stdout.splitlines()
    )
    assert [record["id"] for record in differing] == ["r1", "r1"]
    assert [(x["generation"], x["live"], x["right"]) for x in last["generations"]] == [
        (two[1], True, 2),
        (two[0], False, 4),
    ]


def test_golden_questions_compared(run: Run, two: tuple[str, str]) -> None:
    """Without a set the golden questions are asked."""
    last = json.loads(run("eval", "--json", "--generation", two[0]).stdout.splitlines()[-1])
    assert [x["asked"] for x in last["generations"]] == [1, 1]


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("nowhere",), "no generation whose name begins with 'nowhere'; expected one of: {}, {}. Name one of them."),
        (("2",), "2 generations whose name begins with '2'; expected one of: {}, {}. Name one of them."),
        (("{1}",), "{1} is the live one itself; expected two generations to compare."),
        (("{0}", "{0}"), "{0} is named twice; expected two generations to compare."),
    ],
)
def test_no_two_generations(run: Run, questions: Path, two: tuple[str, str], names: tuple[str, ...], said: str) -> None:
    """Where there are no two to compare it is told which there are."""
    named = [word for name in names for word in ("--generation", name.format(*two))]
    result = run("eval", str(questions), *named)
    assert (result.exit_code, result.stdout) == (1, "")
    assert said.format(*two) in result.stderr


def test_no_golden_questions(run: Run, two: tuple[str, str], tmp_path: Path) -> None:
    """Without a set and golden questions there is nothing to ask."""
    (tmp_path / "two" / "sheets" / "questions.jsonl").unlink()
    result = run("eval", "--generation", two[0])
    assert (result.exit_code, "no golden questions in" in result.stderr) == (1, True)


def test_nothing_to_compare(run: Run, questions: Path) -> None:
    """Where there are no embeddings nothing is compared, and none are made."""
    result = run("eval", str(questions), "--generation", "2026", "--embeddings", "none-yet")
    assert (result.exit_code, "Run: esfbot embed" in result.stderr, Path("none-yet").exists()) == (1, True, False)
