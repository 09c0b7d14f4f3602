"""``esfbot feedback``: what people thought of the bot's answers."""

import datetime
import json
from pathlib import Path

import pytest

from esfbot.model.query import Operation, Query
from esfbot.state.state import State
from tests.cli.conftest import Run

TODAY = datetime.datetime.now(datetime.UTC).date().isoformat()


@pytest.fixture
def state_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file with two verdicts and a question that got no answer."""
    path = tmp_path / "state.sqlite"
    monkeypatch.setenv("ESFBOT_STATE", str(path))
    state = State(path)
    state.verdicts.add(Query("kontakt i Ludvika", "sv", Operation.SHOW), ("bergslagsesursen-nu",), "right")
    wrong = state.verdicts.add(Query("budget för\nArena", "sv", Operation.SHOW), (), "wrong")
    state.verdicts.change(wrong, "wrong", "fact")
    state.verdicts.add_unanswered("vad blir det för väder")
    state.close()
    return path


def test_feedback_is_listed(run: Run, state_file: Path) -> None:
    """Each verdict is a line, the newest first, then the questions without an answer."""
    assert run("feedback").stdout.splitlines() == [
        "Feedback: 1 right, 1 wrong",
        f"  {TODAY}  wrong (wrong fact): budget för Arena",
        f"  {TODAY}  right: kontakt i Ludvika  [bergslagsesursen-nu]",
        "",
        "Questions without an answer: 1",
        f"  {TODAY}  vad blir det för väder",
    ]


def test_feedback_as_json(run: Run, state_file: Path) -> None:
    """With --json each is an object: the question, how it was read, and nothing that tells who asked."""
    found = [json.loads(line) for line in run("feedback", "--json").stdout.splitlines()]
    assert [(each["verdict"], each["question"]) for each in found] == [
        ("wrong", "budget för\nArena"),
        ("right", "kontakt i Ludvika"),
        ("unanswered", "vad blir det för väder"),
    ]
    assert set(found[1]) == {"date", "verdict", "reason", "question", "query", "projects"}
    assert found[1]["query"]["operation"] == "show"


def test_nothing_yet(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without any feedback it says so, and leaves no file behind."""
    monkeypatch.setenv("ESFBOT_STATE", str(tmp_path / "new.sqlite"))
    assert run("feedback").stdout == "Feedback: 0 right, 0 wrong\n\nQuestions without an answer: 0\n"
    assert list(tmp_path.iterdir()) == []
