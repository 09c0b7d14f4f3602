"""Help: every command and option tells what it does."""

import click
import pytest

from esfbot.cli import program
from tests.cli.conftest import Run

COMMANDS = ("embed", "ask", "chat", "bot", "feedback", "check", "show", "status", "eval")


def test_commands_in_order() -> None:
    """The commands are listed in the order in which a person meets them."""
    assert program.list_commands(click.Context(program)) == list(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_everything_has_help(name: str) -> None:
    """Each command has help, and so has each of its options."""
    command = program.commands[name]
    options = [param for param in command.params if isinstance(param, click.Option)]
    assert (bool(command.help), [option.name for option in options if not option.help]) == (True, [])


@pytest.mark.parametrize("name", COMMANDS)
def test_places_of_every_command(name: str) -> None:
    """Each command takes the folder of the sheets and that of the embeddings."""
    options = {option for param in program.commands[name].params for option in param.opts}
    assert {"--sheets", "--embeddings"} <= options


@pytest.mark.parametrize("name", ["embed", "ask", "feedback", "check", "show", "status", "eval"])
def test_reports_as_json(name: str) -> None:
    """Each command that reports can do so as JSON."""
    assert "--json" in {option for param in program.commands[name].params for option in param.opts}


@pytest.mark.parametrize("arguments", [("--help",), ("-h",), *((name, "--help") for name in COMMANDS)])
def test_help_is_shown(run: Run, arguments: tuple[str, ...]) -> None:
    """Asking for help is no failure."""
    result = run(*arguments)
    assert (result.exit_code, result.stdout.startswith("Usage: esfbot")) == (0, True)


def test_version(run: Run) -> None:
    """The version is that of the package."""
    assert run("--version").stdout.startswith("esfbot 0.")


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("ask",),
        ("ask", "two", "questions"),
        ("tell",),
        ("embed", "--fast"),
        ("check", "no-such-file.txt"),
        ("show", "a", "b"),
        ("eval",),
        ("eval", "no-such-file.jsonl"),
        ("eval", ".", "--min", "101"),
    ],
)
def test_wrong_use(run: Run, arguments: tuple[str, ...]) -> None:
    """A command that is called wrongly says so on standard error; exit code 2."""
    result = run(*arguments)
    assert (result.exit_code, result.stdout, result.stderr.startswith("Usage: esfbot")) == (2, "", True)
