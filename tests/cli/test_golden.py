"""The commands golden add and golden list."""

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.conftest import SEEDS

AVESTA = "Vem är kontakt i Avesta?"


@pytest.fixture
def file(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of golden questions in a folder of the shipped sheets; there is none yet."""
    folder = shutil.copytree(SEEDS, tmp_path / "sheets", ignore=shutil.ignore_patterns("*.jsonl"))
    monkeypatch.setenv("ESFBOT_SHEETS", str(folder))
    return folder / "questions.jsonl"


def added(file: Path) -> list[dict[str, object]]:
    """The questions in the file."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] if file.exists() else []


def test_add(run: Run, file: Path) -> None:
    """A question is added with what a right answer says, and both are shown."""
    result = run(
        *("golden", "add", AVESTA, "--must", "Jenny Lyxell", "--must", "tel:0240564451", "--must-not", "Jaber"),
        *("--project", "BERGSLAGSESURSEN.NU", "--id", "avesta", "--kind", "contact"),
    )
    assert result.exit_code == 0, result.stderr
    assert result.stdout.startswith("The bot answers now:\n\n  Kontakt i Avesta:\n\n  BERGSLAGSESURSEN.NU\n")
    assert result.stdout.endswith(
        f"\n\nAdded to {file} line 1. A right answer from now on:\n"
        "  says         Jenny Lyxell\n"
        "  says         tel:0240564451\n"
        "  says not     Jaber\n"
        "  projects     BERGSLAGSESURSEN.NU\n"
    )
    assert added(file) == [
        {
            "id": "avesta",
            "kind": "contact",
            "q": AVESTA,
            "must": ["Jenny Lyxell", "tel:0240564451"],
            "must_not": ["Jaber"],
            "projects": ["BERGSLAGSESURSEN.NU"],
        }
    ]


def test_add_what_is_answered(run: Run, file: Path) -> None:
    """Without an expectation what is answered now is expected, and nothing is asked back."""
    result = run("golden", "add", AVESTA)
    assert (result.exit_code, "says         Jenny Lyxell\n" in result.stdout) == (0, True)
    assert [record["must"] for record in added(file)] == [
        ["Jenny Lyxell", "jenny.lyxell@rorlighet.se", "tel:0240-564451"]
    ]


def test_add_abstention(run: Run, file: Path) -> None:
    """That the sheets do not answer can be expected."""
    result = run("golden", "add", "Vem är kontakt i Kiruna?", "--abstain")
    assert "  abstains     it says that the sheets do not answer\n" in result.stdout
    assert added(file) == [{"q": "Vem är kontakt i Kiruna?", "abstain": True}]


def test_answered_otherwise(run: Run, file: Path) -> None:
    """A question that is answered otherwise is refused with what is answered now, and what is wrong with it."""
    result = run("golden", "add", AVESTA, "--must", "Eva Ek", "--project", "Vinnande Arena")
    assert (result.exit_code, added(file)) == (1, [])
    assert "  BERGSLAGSESURSEN.NU\n    Kontaktperson  Jenny Lyxell" in result.stdout
    assert result.stdout.endswith(
        "\n\nWhat is wrong with it:\n"
        "  lacks     Eva Ek\n"
        "  projects  BERGSLAGSESURSEN.NU\n"
        "  expected  exactly Vinnande Arena\n"
    )
    assert result.stderr == (
        "esfbot: the question is answered otherwise today; expected what the options say. Correct them, or the sheet, "
        "or add it with --wrong to say that it is known to be answered wrong.\n"
    )


def test_known_to_be_wrong(run: Run, file: Path) -> None:
    """With --wrong it is added all the same."""
    result = run("golden", "add", AVESTA, "--must", "Eva Ek", "--wrong")
    assert (result.exit_code, added(file)) == (0, [{"q": AVESTA, "must": ["Eva Ek"]}])
    assert result.stdout.startswith("The bot answers now, which is known to be wrong:\n")


def test_as_json(run: Run, file: Path) -> None:
    """What was added, and what was not, is one object."""
    right = json.loads(run("golden", "add", AVESTA, "--must", "Lyxell", "--json").stdout)
    wrong = json.loads(run("golden", "add", "Vem är kontakt i Ludvika?", "--must", "Eva Ek", "--json").stdout)
    assert (right["added"], right["line"], right["must"], right["right"]) == (True, 1, ["Lyxell"], True)
    assert (wrong["added"], wrong["lacks"], "Jenny Lyxell" in wrong["text"]) == (False, [["Eva Ek"]], True)


def test_twice(run: Run, file: Path) -> None:
    """A question that is there already is refused, and where it stands is told."""
    run("golden", "add", AVESTA)
    result = run("golden", "add", AVESTA.upper())
    assert (result.exit_code, len(added(file))) == (1, 1)
    assert result.stderr == f"esfbot: {file} line 1 asks this; expected a new question. Change that line.\n"


def test_decomposed_letters(run: Run, file: Path) -> None:
    """A question is kept in composed letters, however it was typed."""
    run("golden", "add", "Vem a\u0308r kontakt i Va\u030arga\u030arda?")
    assert [record["q"] for record in added(file)] == ["Vem är kontakt i Vårgårda?"]


def test_list(run: Run, file: Path) -> None:
    """Each question is a line with its name and kind, and it is told how many there are."""
    run("golden", "add", AVESTA, "--id", "avesta", "--kind", "contact")
    run("golden", "add", "Vem är kontakt i Kiruna?", "--id", "k")
    assert run("golden", "list").stdout == (
        f"avesta  contact     {AVESTA}\nk       none-there  Vem är kontakt i Kiruna?\n\n2 golden questions in {file}\n"
    )


def test_list_as_json(run: Run, file: Path) -> None:
    """Each question is an object with the keys of question sets."""
    run("golden", "add", AVESTA, "--must", "Lyxell", "--id", "avesta")
    assert [json.loads(line) for line in run("golden", "list", "--json").stdout.splitlines()] == [
        {
            "line": 1,
            "id": "avesta",
            "kind": "other",
            "chat": None,
            "q": AVESTA,
            "must": ["Lyxell"],
            "must_not": [],
            "projects": None,
            "first": False,
            "ordered": False,
            "abstain": False,
        }
    ]


def test_empty_list(run: Run, file: Path) -> None:
    """That there is none is told."""
    assert run("golden", "list").stdout == f"0 golden questions in {file}\n"
    assert run("golden", "list", "--json").stdout == ""


def test_damaged_file(run: Run, file: Path) -> None:
    """A damaged line is told by both commands."""
    file.write_text("{", encoding="utf-8")
    for arguments in (("golden", "list"), ("golden", "add", AVESTA)):
        result = run(*arguments)
        assert (result.exit_code, "questions.jsonl line 1 is no JSON" in result.stderr) == (1, True)
