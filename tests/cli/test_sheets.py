"""The commands embed, check and status."""

import json
from pathlib import Path

from tests.cli.conftest import SHEET, Run

NAME = "liten-arena.txt"
BACKWARD = SHEET.replace("2009-12-31", "2008-12-31")


def test_embed(run: Run, sheets: Path) -> None:
    """The first time every sheet is added, with progress on standard error."""
    result = run("embed")
    assert (result.exit_code, result.stderr) == (
        0,
        "esfbot: 0 of 1 passages embedded\nesfbot: 1 of 1 passages embedded\n",
    )
    assert result.stdout.splitlines()[:2] == [f"added: {NAME}", "1 added, 0 changed, 0 removed, 0 unchanged, 0 refused"]
    assert result.stdout.splitlines()[2].startswith("1 project live, 1 passage embedded and 0 kept, in ")
    assert sheets.is_dir()


def test_embed_again(run: Run, sheets: Path) -> None:
    """What has not changed is not embedded again, and no progress is told of it."""
    run("embed")
    (sheets / "news.txt").write_text("", encoding="utf-8")
    result = run("embed", "--json")
    report = json.loads(result.stdout)
    counts = {key: report[key] for key in ("projects", "added", "changed", "removed", "unchanged", "embedded", "kept")}
    assert list(counts.values()) == [1, [], [], [], [NAME], 0, 1]
    assert ([refused["sheet"] for refused in report["refused"]], result.stderr) == (["news.txt"], "")


def test_made_when_needed(run: Run, sheets: Path, tmp_path: Path) -> None:
    """A command that needs embeddings and finds none makes them and says so on standard error."""
    result = run("ask", "Vem är kontaktperson i Eda?", "--embeddings", "own")
    assert (result.exit_code, "Eva Ek" in result.stdout) == (0, True)
    assert result.stderr.startswith(f"esfbot: no embeddings in own yet; making them from the sheets in {sheets}\n")
    assert (tmp_path / "own" / "CURRENT").is_file()


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


def test_status(run: Run) -> None:
    """What is live is told, a fact a line."""
    result = run("status")
    rows = dict(line.split("  ", 1) for line in result.stdout.splitlines())
    assert (result.exit_code, rows["projects"].strip(), rows["model"].strip()) == (0, "5", "e5-small")
    assert rows["since then"] == "no sheet has changed"


def test_status_tells_changes(run: Run, sheets: Path) -> None:
    """Sheets that are new, other or gone since are named."""
    (sheets / "other.txt").write_text(SHEET.replace("Liten", "Stor"), encoding="utf-8")
    run("embed")
    (sheets / NAME).write_text(BACKWARD, encoding="utf-8")
    (sheets / "other.txt").rename(sheets / "third.txt")
    (sheets / "refused.txt").write_text("", encoding="utf-8")
    state = json.loads(run("status", "--json").stdout)
    assert (state["added"], state["changed"], state["removed"]) == (["third.txt"], [NAME], ["other.txt"])
    assert (
        "since then  added third.txt; changed liten-arena.txt; removed other.txt. Run: esfbot embed\n"
        in run("status").stdout
    )


def test_status_of_nothing(run: Run, sheets: Path) -> None:
    """Nothing live is a state too: it is told, and nothing is made."""
    result = run("status")
    assert (result.exit_code, "none yet; run: esfbot embed" in result.stdout) == (0, True)
    assert json.loads(run("status", "--json").stdout)["generation"] is None
    assert not (sheets.parent / "embeddings").exists()


def test_status_without_sheets(run: Run) -> None:
    """What is live is told even where the sheets are gone, and then what is wrong; exit code 1."""
    result = run("status", "--sheets", "elsewhere")
    assert (result.exit_code, "can't be told: elsewhere can't be read" in result.stdout) == (1, True)
    assert result.stderr == (
        "esfbot: there is no folder elsewhere; expected a folder of project sheets. "
        "Name one with --sheets or ESFBOT_SHEETS.\n"
    )
