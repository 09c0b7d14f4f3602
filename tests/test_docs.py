"""The pages in docs are true: their commands are run one after the other, and print what the page shows.

To write what they print anew: ``WRITE_DOCS=1 pytest tests/test_docs.py``.
"""

import os
import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from esfbot.cli import program

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "maintaining.md"
TEXT = PAGE.read_text(encoding="utf-8")
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.M | re.S)
# What is another each time: names of generations, moments, how long it took, and how large files are.
VARYING = (
    (r"\d{8}-\d{6}-\d{6}-[0-9a-f]{4}", "20261122-153000-123456-1a2b"),
    (r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}", "2026-11-22 15:30"),
    (r"in \d+\.\d s", "in 0.9 s"),
    (r"\d+ years?( \d+ months?)? ago|\d+ (months?|days?) ago", "14 years ago"),
    (r"  \d\.\d(?=  |$)", "  0.6"),
)


def plain(text: str) -> str:
    """The text with the same in place of all that varies."""
    for pattern, same in VARYING:
        text = re.sub(pattern, same, text, flags=re.M)
    return text


@pytest.fixture
def folder(tmp_path: Path, embedded_seeds: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A maintainer's folder: the shipped sheets, their embeddings, and the page's examples."""
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    shutil.copytree(ROOT / "docs" / "example", tmp_path / "docs" / "example")
    shutil.copytree(embedded_seeds, tmp_path / "embeddings")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def printed(block: re.Match[str]) -> str:
    """A block with what the program prints below each of its commands."""
    parts = []
    for line in block[1].splitlines():
        if line.startswith("$ "):
            result = CliRunner().invoke(program, shlex.split(line)[2:])
            assert result.exit_code == 0, result.output
            parts.append(f"{line}\n{result.stdout.strip()}\n")
    return "```console\n" + "\n".join(parts) + "```"


def test_commands_print_what_the_page_shows(folder: Path) -> None:
    """Followed from top to bottom, the page's commands work and print what stands below them."""
    found = BLOCK.sub(printed, TEXT)
    if os.environ.get("WRITE_DOCS"):
        PAGE.write_text(found, encoding="utf-8")
    assert plain(found) == plain(TEXT)


@pytest.mark.parametrize("command", sorted(set(re.findall(r"`esfbot ([a-z]+)", TEXT))))
def test_command_exists(command: str) -> None:
    """Every command that the page names exists."""
    assert command in program.commands


@pytest.mark.parametrize("name", sorted(set(re.findall(r"ESFBOT_\w+", TEXT))))
def test_setting_exists(name: str) -> None:
    """Every setting that the page names exists."""
    assert f"`{name}`" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\((?!http|#)([^)]+)\)", TEXT))))
def test_link_leads_somewhere(link: str) -> None:
    """A link to a file of the project leads to one."""
    assert (PAGE.parent / link).exists()
