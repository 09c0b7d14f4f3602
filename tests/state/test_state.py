"""The bot's memory on a real file: updates and replies; processes that die, threads, and files that are bad."""

import signal
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from esfbot.errors import FolderError
from esfbot.model.query import Conversation
from esfbot.state.memory import Seat
from esfbot.state.state import State

DAY = 24 * 3600.0
ANNA = Seat(1, 0, 1)
ROOT = Path(__file__).parents[2]


def test_update_is_new_once(state: State, path: Path) -> None:
    """Of an update that comes several times, alone, among others or after a restart, only the first is new."""
    assert state.mail.receive([(7, "a"), (8, "b"), (7, "a")]) == {7, 8}
    assert state.mail.receive([(7, "a"), (9, "c")]) == {9}
    state.mail.done(8)
    state.close()
    again = State(path)
    assert again.mail.receive([(7, "a"), (8, "b"), (9, "c"), (6, "d")]) == {6}
    again.close()


def test_mail_of_an_update(state: State) -> None:
    """An update is kept until its reply is worked out, its calls, in order, until they are sent."""
    mail = state.mail
    mail.receive([(2, "second"), (1, "first")])
    assert mail.unhandled() == [(1, "first"), (2, "second")]
    mail.put_out(1, ["x", "y", "z"])
    assert mail.unhandled() == [(1, ""), (2, "second")]
    first, *_ = waiting = mail.waiting(1)
    assert [(call.call, call.begun) for call in waiting] == [("x", None), ("y", None), ("z", None)]
    mail.sent(first.id)
    assert ([call.call for call in mail.waiting(1)], mail.waiting(2)) == (["y", "z"], [])
    mail.done(1)
    assert (mail.waiting(1), mail.unhandled()) == ([], [(2, "second")])


def test_a_sending_that_was_begun(state: State) -> None:
    """A call whose sending began says when, until it is known not to have arrived; then it may be another call."""
    state.mail.receive([(1, "")])
    state.mail.put_out(1, ["x", "y"])
    number = state.mail.waiting(1)[0].id
    before = time.time()
    state.mail.begin(number)
    begun = state.mail.waiting(1)[0].begun
    assert begun is not None
    assert before <= begun <= time.time()
    assert state.mail.waiting(1)[1].begun is None
    state.mail.replace(number, "plain")
    assert [(call.call, call.begun) for call in state.mail.waiting(1)] == [("plain", None), ("y", None)]


def test_old_numbers_are_forgotten(state: State) -> None:
    """Numbers of updates go once they are old and done; those that are not done stay."""
    state.mail.receive([(1, "a"), (2, "b")])
    state.mail.done(1)
    state.mail.forget(time.time() - DAY)
    assert state.mail.receive([(1, "a")]) == set()
    state.mail.forget(time.time() + 1)
    assert (state.mail.receive([(1, "a")]), state.mail.receive([(2, "b")])) == ({1}, set())


# Takes an update in, works its reply out and sends it, and dies at one of these steps.
DYING = """
import os, signal, sys
from pathlib import Path
from esfbot.model.query import Conversation
from esfbot.state.memory import Seat
from esfbot.state.state import State

path, last = Path(sys.argv[1]), sys.argv[2]

def step(name):
    if name == last:
        os.kill(os.getpid(), signal.SIGKILL)

state = State(path)
state.mail.receive([(1, "asked")])
step("received")
with state.transaction():
    state.memory.remember(Seat(1, 0, 1), Conversation(focus=("plus",)), 5)
    state.mail.put_out(1, ["call"])
    step("in the middle")
step("worked out")
state.mail.begin(state.mail.waiting(1)[0].id)
step("begun")
state.mail.sent(state.mail.waiting(1)[0].id)
step("sent")
state.mail.done(1)
step("done")
"""


@pytest.mark.parametrize(
    ("last", "unhandled", "calls", "focus"),
    [
        ("received", [(1, "asked")], [], ()),
        ("in the middle", [(1, "asked")], [], ()),
        ("worked out", [(1, "")], [("call", False)], ("plus",)),
        ("begun", [(1, "")], [("call", True)], ("plus",)),
        ("sent", [(1, "")], [], ("plus",)),
        ("done", [], [], ("plus",)),
    ],
)
def test_killed_between(
    path: Path, last: str, unhandled: list[tuple[int, str]], calls: list[tuple[str, bool]], focus: tuple[str, ...]
) -> None:
    """Whenever the process is killed, the file tells how far it came: a reply and its conversation are there together,
    or neither."""
    program = [sys.executable, "-c", DYING, str(path), last]
    killed = subprocess.run(program, cwd=ROOT, check=False, capture_output=True)
    assert (killed.returncode, killed.stderr) == (-signal.SIGKILL, b"")
    state = State(path)
    conversation, _ = state.memory.conversation(ANNA)
    found = [(call.call, call.begun is not None) for call in state.mail.waiting(1)]
    assert (state.mail.unhandled(), found, conversation.focus) == (unhandled, calls, focus)
    assert state.mail.receive([(1, "asked")]) == set()
    state.close()


def test_all_or_nothing(state: State) -> None:
    """What is written in a transaction that fails is not there, also where it was written in one inside."""

    def write() -> None:
        with state.transaction():
            state.memory.remember(ANNA, Conversation(focus=("plus",)), 1)
            with state.transaction():
                state.memory.choose_language(1, "en")
            raise RuntimeError("after all")

    with pytest.raises(RuntimeError, match="after all"):
        write()
    assert (state.memory.conversation(ANNA), state.memory.language(1)) == ((Conversation(), 0), "")
    state.memory.choose_language(1, "sv")
    assert state.memory.language(1) == "sv"


def test_threads_take_turns(state: State) -> None:
    """Of threads that take in the same updates each update is new to one of them, and no write gets lost."""
    new: list[int] = []
    ready = threading.Barrier(6)

    def receive(user: int) -> None:
        ready.wait()
        for number in range(40):
            new.extend(state.mail.receive([(number, "a")]))
            with state.transaction():
                kept, _ = state.memory.conversation(ANNA)
                state.memory.remember(ANNA, replace(kept, focus=(*kept.focus, f"{user} {number}")), number)

    threads = [threading.Thread(target=receive, args=(user,)) for user in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    conversation, _ = state.memory.conversation(ANNA)
    assert (sorted(new), len(set(conversation.focus))) == (list(range(40)), 240)


def test_only_the_owner_reads_the_file(state: State, path: Path) -> None:
    """The file, and what SQLite puts beside it, can be read by its owner alone."""
    state.memory.choose_language(1, "sv")
    found = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    assert found == {"state.sqlite": 0o600, "state.sqlite-wal": 0o600, "state.sqlite-shm": 0o600}


def test_a_name_that_an_address_would_part(tmp_path: Path) -> None:
    """The file is where it is said to be, also with signs that mean something in an address, and its folder is made."""
    path = tmp_path / "new folder" / "bot?mode=ro#1%20.sqlite"
    state = State(path)
    state.memory.choose_language(1, "sv")
    state.close()
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("kind", ["text", "folder", "in a file", "damaged"])
def test_a_file_that_can_not_be_used(tmp_path: Path, kind: str) -> None:
    """A file that is none of the bot's is an error in a line that says what to do, and stays as it is."""
    path = tmp_path / "state.sqlite"
    if kind == "folder":
        path.mkdir()
    else:
        path.write_bytes(b"SQLite format 3\0" + bytes(4000) if kind == "damaged" else b"dear diary, " * 100)
    chosen = path / "state.sqlite" if kind == "in a file" else path
    with pytest.raises(
        FolderError, match=r"state\.sqlite can't be opened \(.+\); expected .*ESFBOT_STATE\.$"
    ) as raised:
        State(chosen)
    assert "\n" not in str(raised.value)
    assert path.is_dir() or path.stat().st_size in (1200, 4016)


def test_a_file_that_fails_later(state: State, path: Path) -> None:
    """A file that can't be written any more is an error in a line that says why, and no word of what was written."""
    with sqlite3.connect(path) as file:
        file.execute("DROP TABLE inbox")
    file.close()
    with pytest.raises(
        FolderError, match=r"state\.sqlite can't be read or written \(no such table: inbox\); "
    ) as raised:
        state.mail.receive([(1, "vem är Eva")])
    assert ("Eva" in str(raised.value), "Eva" in str(raised.value.__cause__)) == (False, False)
    state.memory.choose_language(1, "sv")
    assert state.memory.language(1) == "sv"
