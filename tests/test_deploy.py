"""What is in deploy/ fits the program: its commands, settings and files exist."""

import configparser
import re
from pathlib import Path

from esfbot.cli import program
from esfbot.settings import HELP, PREFIX

ROOT = Path(__file__).resolve().parents[1]
UNIT = (ROOT / "deploy" / "esfbot.service").read_text(encoding="utf-8")
DOCKERFILE = (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8")
INSTRUCTIONS = re.findall(r"^([A-Z]+) (.*(?:\\\n.*)*)$", DOCKERFILE, re.M)


def instructions(name: str) -> list[str]:
    """The arguments of every such instruction of the Dockerfile, in order."""
    return [arguments for instruction, arguments in INSTRUCTIONS if instruction == name]


def test_settings_exist() -> None:
    """Every setting that a file names is one."""
    named = set(re.findall(rf"{PREFIX}[A-Z_]+", UNIT + DOCKERFILE))
    assert named <= {PREFIX + name.upper() for name in HELP}


def test_the_unit_runs_the_bot_as_an_ordinary_user() -> None:
    """The service starts `esfbot bot` and not as root, and is given more time to stop than the bot takes."""
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read_string(UNIT)
    service = unit["Service"]
    assert service["ExecStart"].split()[0].endswith("/bin/esfbot")
    assert (service["ExecStart"].split()[1] in program.commands, service["User"]) == (True, "esfbot")
    assert int(service["TimeoutStopSec"]) > 5


def test_the_image_runs_the_bot_as_an_ordinary_user() -> None:
    """The last user is not root, and what is started is `esfbot bot`."""
    assert (instructions("USER"), instructions("CMD")) == (["esfbot"], ['["esfbot", "bot"]'])


def test_the_image_is_light() -> None:
    """What is installed is the program with what reads sheets of every kind, at the versions that the tests run with,
    and none of the heavy extras."""
    (install,) = [line for line in instructions("RUN") if "pip install" in line]
    assert install.split()[-3:] == ["--constraint", "constraints.txt", "'.[formats]'"]


def test_what_the_image_copies_exists_and_is_not_ignored() -> None:
    """Every file that is copied is there and let through by .dockerignore."""
    copied = [name for arguments in instructions("COPY") for name in arguments.split()[:-1]]
    let_through = re.findall(r"^!(.*)$", (ROOT / ".dockerignore").read_text(encoding="utf-8"), re.M)
    assert [name for name in copied if not (ROOT / name).exists() or name not in let_through] == []
