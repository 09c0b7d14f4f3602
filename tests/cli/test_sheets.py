"""The command check."""

import json
from pathlib import Path

from tests.cli.conftest import SHEET, Run

NAME = "liten-arena.txt"
BACKWARD = SHEET.replace("2009-12-31", "2008-12-31")


def test_check_of_good_sheets(run: Run, sheets: Path) -> None:
    """Sheets without problems get one line, and nothing is embedded."""
    result = run("check")
    assert (result.exit_code, result.stdout) == (0, "1 sheet read, 0 refused, 0 problems\n")
    assert not (sheets.parent / "embeddings").exists()


def test_check_of_bad_sheets(run: Run, sheets: Path) -> None:
    """Problems are told by sheet, with their line, and files that are refused with the reason."""
    (sheets / NAME).write_text(BACKWARD, encoding="utf-8")
    (sheets / "empty.txt").write_text("", encoding="utf-8")
    result = run("check")
    assert (result.exit_code, result.stdout) == (
        0,
        (
            f"{NAME}\n"
            "  error: a period from 2009-01-01 to 2008-12-31; expected an end after the start. "
            "Check the dates; they are kept as published. [line 11]\n\n"
            "empty.txt\n"
            "  refused: empty.txt is empty; expected the text of a project page. "
            "Remove it from the folder or replace it.\n\n"
            "1 sheet read, 1 refused, 1 problem (1 error)\n"
        ),
    )


def test_check_as_json(run: Run, sheets: Path) -> None:
    """Each problem and each refusal is one object."""
    (sheets / NAME).write_text(BACKWARD, encoding="utf-8")
    (sheets / "empty.txt").write_text("", encoding="utf-8")
    refused, problem = (json.loads(line) for line in run("check", "--json").stdout.splitlines())
    assert (refused["sheet"], refused["line"], refused["severity"]) == ("empty.txt", None, "refused")
    assert problem == {
        "sheet": NAME,
        "line": 11,
        "severity": "error",
        "found": "a period from 2009-01-01 to 2008-12-31",
        "expected": "an end after the start",
        "action": "Check the dates; they are kept as published.",
    }


def test_strict_check(run: Run, sheets: Path) -> None:
    """With --strict a script can tell by the exit code that something is wrong."""
    good = run("check", "--strict").exit_code
    (sheets / NAME).write_text(BACKWARD, encoding="utf-8")
    assert (good, run("check", "--strict").exit_code, run("check", "--strict", "--json").exit_code) == (0, 1, 1)


def test_check_of_named_sheets(run: Run, sheets: Path) -> None:
    """What was read of a sheet is shown when it is named."""
    (sheets / "empty.txt").write_text("", encoding="utf-8")
    result = run("check", str(sheets / NAME))
    assert "  Contact person  Eva Ek  [line 6]\n" in result.stdout
    assert result.stdout.endswith("\n\n1 sheet read, 0 refused, 0 problems\n")


def test_check_of_named_folder(run: Run, sheets: Path) -> None:
    """A folder can be named as well as a file."""
    assert run("check", str(sheets), "--sheets", "elsewhere").stdout.endswith("1 sheet read, 0 refused, 0 problems\n")
