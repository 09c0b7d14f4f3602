"""The README is true: its commands exist, its exchanges are what the program prints, its tables are complete.

To write the exchanges anew: ``WRITE_README=1 pytest tests/test_readme.py``.
"""

import json
import os
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from esfbot.cli import program
from esfbot.settings import HELP, Settings
from esfbot.telegram import menus

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
TEXT = README.read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z]+):", MAKEFILE, re.M))
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", TEXT, re.M | re.S)
LINES = [line.removeprefix("$ ") for _, block in BLOCKS for line in block.splitlines()]
COMMANDS = sorted({line for line in LINES if line.startswith(("esfbot ", "make "))})
# The examples of the table of what can be asked, but those that go on from another.
ROWS = re.search(r"^## What can be asked\n(.*?)^\| going on", TEXT, re.M | re.S)
EXAMPLES = re.findall(r"`([^`]+)`", ROWS[1]) if ROWS else []
SHOWN = sorted(set(re.findall(r"`((?:esfbot|make) [a-z]+)[^`]*`", TEXT)))


def answered(text: str, embeddings: Path) -> str:
    """The README with what the program prints below each ``$ esfbot`` line."""

    def run(block: re.Match[str]) -> str:
        parts = []
        for line in block[1].splitlines():
            if line.startswith("$ esfbot "):
                arguments = [*shlex.split(line)[2:], "--embeddings", str(embeddings)]
                result = CliRunner().invoke(program, arguments)
                assert result.exit_code == 0, result.output
                parts.append(f"{line}\n{result.stdout.strip()}\n")
        return "```console\n" + "\n".join(parts) + "```"

    return re.sub(r"^```console\n(.*?)^```$", run, text, flags=re.M | re.S)


def test_exchanges(embedded_seeds: Path) -> None:
    """The exchanges shown are what the program prints on the shipped sheets."""
    found = answered(TEXT, embedded_seeds)
    if os.environ.get("WRITE_README"):
        README.write_text(found, encoding="utf-8")
    assert found == TEXT


@pytest.mark.parametrize("question", EXAMPLES)
def test_what_can_be_asked_is_answered(question: str, embedded_seeds: Path) -> None:
    """Every question that the README gives for an example is answered on the shipped sheets."""
    result = CliRunner().invoke(program, ["ask", "--json", question, "--embeddings", str(embedded_seeds)])
    assert not json.loads(result.stdout)["abstained"]


@pytest.mark.parametrize("line", [*COMMANDS, *SHOWN])
def test_command_exists(line: str) -> None:
    """Every command of the README exists."""
    name, command, *_ = shlex.split(line)
    assert command in (TARGETS if name == "make" else program.commands)


@pytest.mark.parametrize("command", sorted(program.commands))
def test_command_is_told(command: str) -> None:
    """Every command stands in the table of commands."""
    assert re.search(rf"^\| `esfbot {command}\b[^`]*` \| \w", TEXT, re.M)


def test_make_targets_are_told() -> None:
    """Every command of make that has a description is in the README, but the parts of make test."""
    described = set(re.findall(r"^([a-z]+):.*##", MAKEFILE, re.M)) - {"help", "lint", "types", "tests"}
    assert {target for target in described if f"`make {target}" not in TEXT} == set()


def test_commands_of_the_bot_are_told() -> None:
    """Every command that the bot's menu offers stands in the README, by its Swedish name."""
    row = re.search(r"^\| without typing much \| (.*) \|$", TEXT, re.M)
    assert row
    named = re.findall(r"`/(\w+)`", row[1])
    assert sorted(named) == sorted(command.sv for command in menus.COMMANDS if not command.for_maintainers)


@pytest.mark.parametrize("name", HELP)
def test_setting_is_told(name: str) -> None:
    """Every setting stands in the table of settings, with its help and its default."""
    default = getattr(Settings(), name)
    shown = f"`{default}`" if default not in ("", ()) else ""
    assert f"| `ESFBOT_{name.upper()}` | {HELP[name]} | {shown} |" in TEXT


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\((?!http)([^)#]+)\)", TEXT))))
def test_link_leads_somewhere(link: str) -> None:
    """A link to a file of the project leads to one."""
    assert (ROOT / link).exists()
