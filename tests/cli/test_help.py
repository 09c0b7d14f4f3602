"""Help: every command and option tells what it does."""

import click
import pytest

from esfbot.cli import program
from tests.cli.conftest import Run

COMMANDS = (
    *("embed", "add", "ask", "chat", "bot", "feedback", "check", "show"),
    *("status", "rollback", "prune", "watch", "withhold", "golden", "eval"),
)
GROUPS = {"golden": ("add", "list")}
WITHOUT_REPORT = ("chat", "bot", "watch")
# Every command with the words that it is called by.
CALLED = [
    *((name,) for name in COMMANDS if name not in GROUPS),
    *((group, name) for group, names in GROUPS.items() for name in names),
]


def command(called: tuple[str, ...]) -> click.Command:
    """The command that is called by these words."""
    found: click.Command = program
    for name in called:
        assert isinstance(found, click.Group)
        found = found.commands[name]
    return found


def options(called: tuple[str, ...]) -> set[str]:
    """The options of a command."""
    return {option for param in command(called).params for option in param.opts}


def test_commands_in_order() -> None:
    """The commands are listed in the order in which a person meets them."""
    assert program.list_commands(click.Context(program)) == list(COMMANDS)


def test_commands_of_groups() -> None:
    """So are those of a group."""
    assert {name: tuple(each.commands) for name, each in program.commands.items() if isinstance(each, click.Group)} == (
        GROUPS
    )


@pytest.mark.parametrize("called", [*CALLED, *((group,) for group in GROUPS)])
def test_everything_has_help(called: tuple[str, ...]) -> None:
    """Each command has help, and so has each of its options."""
    given = [param for param in command(called).params if isinstance(param, click.Option)]
    assert (bool(command(called).help), [option.name for option in given if not option.help]) == (True, [])


@pytest.mark.parametrize("called", CALLED)
def test_places_of_every_command(called: tuple[str, ...]) -> None:
    """Each command takes the folder of the sheets and that of the embeddings."""
    assert {"--sheets", "--embeddings"} <= options(called)


@pytest.mark.parametrize("called", [called for called in CALLED if called[0] not in WITHOUT_REPORT])
def test_reports_as_json(called: tuple[str, ...]) -> None:
    """Each command that reports can do so as JSON."""
    assert "--json" in options(called)


@pytest.mark.parametrize("arguments", [("--help",), ("-h",), *((*called, "--help") for called in CALLED)])
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
        ("eval", "--generation", "a", "--generation", "b", "--generation", "c"),
        ("add",),
        ("add", "no-such-file.zip"),
        ("prune",),
        ("prune", "--keep", "0"),
        ("rollback", "a", "b"),
        ("golden",),
        ("golden", "add"),
        ("golden", "add", " "),
        ("golden", "add", "Vem?", "--wrong"),
    ],
)
def test_wrong_use(run: Run, arguments: tuple[str, ...]) -> None:
    """A command that is called wrongly says so on standard error; exit code 2."""
    result = run(*arguments)
    assert (result.exit_code, result.stdout, result.stderr.startswith("Usage: esfbot")) == (2, "", True)
