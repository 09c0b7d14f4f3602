"""How commands fail: one line on standard error, no traceback, exit code 1."""

import re
import shutil
from pathlib import Path

import pytest

from esfbot.service import Service
from tests.cli.conftest import Run

QUESTION = ("ask", "Vem är kontaktperson i Ludvika?")


def one_line(run: Run, *arguments: str) -> str:
    """Run a command that fails, and return the one line that it says."""
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (1, "")
    assert (result.stderr.count("\n"), result.stderr[:8]) == (1, "esfbot: ")
    return result.stderr.removeprefix("esfbot: ").rstrip()


@pytest.mark.parametrize("command", ["embed", "check"])
def test_no_sheets_folder(run: Run, command: str) -> None:
    """A folder of sheets that is not there is named, with the option that names another."""
    assert one_line(run, command, "--sheets", "elsewhere") == (
        "there is no folder elsewhere; expected a folder of project sheets. Name one with --sheets or ESFBOT_SHEETS."
    )


def test_no_sheets(run: Run, tmp_path: Path) -> None:
    """Where no sheet is, nothing can be embedded."""
    (tmp_path / "bare").mkdir()
    assert re.match(
        r"no project sheet .*; expected at least one. Put sheets", one_line(run, "embed", "--sheets", "bare")
    )


def test_embeddings_are_a_file(run: Run, tmp_path: Path) -> None:
    """Embeddings can't be made where a file is in the way."""
    (tmp_path / "file").touch()
    assert "file" in one_line(run, "embed", "--embeddings", "file")


def test_damaged_embeddings(run: Run, tmp_path: Path, embedded_seeds: Path) -> None:
    """Damaged embeddings are told from missing ones, and are not made anew unasked."""
    shutil.copytree(embedded_seeds, tmp_path / "damaged")
    (next((tmp_path / "damaged").glob("*/facts.sqlite"))).write_bytes(b"")
    line = one_line(run, *QUESTION, "--embeddings", "damaged")
    assert ("facts.sqlite is damaged" in line, line.endswith("Run: esfbot embed")) == (True, True)


def test_model_that_is_not_there(run: Run, sheets: Path) -> None:
    """A model that can't be loaded is told, and nothing is made with it."""
    line = one_line(run, "embed", "--model", "nowhere")
    assert "nowhere" in line
    assert "no embeddings" in one_line(run, "rollback")


def test_wrong_settings(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """All settings that are wrong are named at once."""
    monkeypatch.setenv("ESFBOT_COLOUR", "blue")
    monkeypatch.setenv("ESFBOT_TELEGRAM_API", "nowhere")
    line = one_line(run, *QUESTION)
    assert ("ESFBOT_COLOUR is no setting" in line, "ESFBOT_TELEGRAM_API is 'nowhere'" in line) == (True, True)


def test_bot_without_token(run: Run) -> None:
    """The bot says which setting it lacks."""
    assert one_line(run, "bot") == (
        "no ESFBOT_TELEGRAM_TOKEN; expected the bot's token. Get one from @BotFather and set ESFBOT_TELEGRAM_TOKEN."
    )


def test_unexpected(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A failure that nobody thought of is one line, too."""

    def fails(*_: object) -> None:
        raise ZeroDivisionError("no\nway")

    monkeypatch.setattr(Service, "answer", fails)
    assert one_line(run, *QUESTION).startswith("ZeroDivisionError: no way at ")


def test_ctrl_c(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C ends a command without a word; the exit code is the shell's."""

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Service, "answer", interrupted)
    result = run(*QUESTION)
    assert (result.exit_code, result.output) == (130, "")
