"""One process at a time changes the embeddings: another waits or says who is at it, and the dead hold nobody up."""

import functools
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from esfbot.embed.run import embed
from esfbot.errors import Held
from esfbot.settings import Settings
from esfbot.store import generations
from esfbot.store.lock import held
from esfbot.upkeep import history
from tests.embed.collection import MODEL, CountingEncoder, left_in, sheet, write
from tests.embed.processes import Processes

_MIDDLE = 150  # steps of some four hundred


@pytest.fixture
def busy(encoder: CountingEncoder, sheets: Path, embeddings: Path, processes: Processes) -> int:
    """A process that has stopped in the middle of embedding a new sheet, beside two generations."""
    embed(sheets, embeddings, MODEL)
    write(sheets, {"alfa.txt": sheet("Almen", "Ett nytt projekt.")})
    embed(sheets, embeddings, MODEL)
    write(sheets, {"beta.txt": sheet("Boken", "Ett projekt till.")})
    stopped = processes.embed(sheets, embeddings, _MIDDLE, signal.SIGSTOP)
    assert stopped.code == signal.SIGSTOP, stopped.notes
    encoder.read.clear()
    return stopped.process


class Waiting:
    """A lock that tells when it is waited for."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.held = functools.partial(held, waiting=lambda _: self.begun.set())


def meanwhile(work: Callable[[], object], waiting: Waiting, busy: int, processes: Processes) -> None:
    """Begin ``work``, let the process that is embedding go on when it waits, and end both."""
    with ThreadPoolExecutor(1) as thread:
        begun: Future[object] = thread.submit(work)
        try:
            assert waiting.begun.wait(60)
            assert not begun.done()
        finally:
            assert processes.go_on(busy) == 0
        begun.result(60)


def test_the_second_waits(
    busy: int,
    processes: Processes,
    sheets: Path,
    embeddings: Path,
    encoder: CountingEncoder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of two that embed at once the second waits for the first, and finds nothing left to do."""
    waiting = Waiting()
    monkeypatch.setattr("esfbot.embed.run.held", waiting.held)
    meanwhile(lambda: embed(sheets, embeddings, MODEL), waiting, busy, processes)
    assert encoder.read == []
    assert generations.check(generations.live(embeddings)).projects == 5
    assert len(left_in(embeddings)) == 3


def test_the_second_sees_what_changed_while_it_waited(
    busy: int, processes: Processes, sheets: Path, embeddings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is added to the sheets while another is waited for is embedded."""
    waiting = Waiting()
    monkeypatch.setattr("esfbot.embed.run.held", waiting.held)

    def add_and_wait() -> object:
        made = embed(sheets, embeddings, MODEL)
        assert made.sheets.added == ("gamma.txt",)
        return made

    with ThreadPoolExecutor(1) as thread:
        begun = thread.submit(add_and_wait)
        assert waiting.begun.wait(60)
        write(sheets, {"gamma.txt": sheet("Granen II", "Ett sista projekt.")})
        assert processes.go_on(busy) == 0
        begun.result(60)
    assert generations.check(generations.live(embeddings)).projects == 6


def test_who_holds_it_is_named(busy: int, processes: Processes, embeddings: Path) -> None:
    """Without waiting, the error names the process, what it was started as and since when."""
    with (
        pytest.raises(Held, match=rf"process {busy} \(dies\.py, since 2\d{{3}}-.*\) is changing .*embeddings"),
        held(embeddings),
    ):
        pytest.fail("two hold the lock")
    assert processes.go_on(busy) == 0
    with held(embeddings):
        pass


def test_a_lock_left_by_a_dead_process(busy: int, processes: Processes, sheets: Path, embeddings: Path) -> None:
    """A process that is killed holds nobody up: its lock is taken over at once, and what it left is removed."""
    assert processes.go_on(busy, signal.SIGKILL) == -signal.SIGKILL
    with held(embeddings):
        pass
    assert embed(sheets, embeddings, MODEL).projects == 5
    assert len(left_in(embeddings)) == 3


def test_rolling_back_while_embedding(
    busy: int, processes: Processes, embeddings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rolling back waits until the new generation is live, and goes back from that."""
    before = generations.live(embeddings)
    waiting = Waiting()
    monkeypatch.setattr(history, "held", waiting.held)
    settings = Settings(embeddings=embeddings)
    meanwhile(lambda: history.roll_back(settings), waiting, busy, processes)
    assert generations.live(embeddings) == before
    assert len(left_in(embeddings)) == 3


def test_pruning_while_embedding(
    busy: int, processes: Processes, embeddings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Removing old generations waits too, and takes none away from the one that builds on it."""
    waiting = Waiting()
    monkeypatch.setattr(history, "held", waiting.held)
    settings = Settings(embeddings=embeddings)
    meanwhile(lambda: history.prune(settings, 1), waiting, busy, processes)
    assert left_in(embeddings) == {generations.live(embeddings).name}
    assert generations.check(generations.live(embeddings)).projects == 5


def test_many_at_once(encoder: CountingEncoder, sheets: Path, embeddings: Path) -> None:
    """Of several that begin together one makes the generation, and the others find it made."""
    ready = threading.Barrier(4)

    def begin() -> int:
        ready.wait()
        return embed(sheets, embeddings, MODEL).embedded

    with ThreadPoolExecutor(4) as threads:
        made = [future.result() for future in [threads.submit(begin) for _ in range(4)]]
    assert sorted(made) == [0, 0, 0, 7]
    assert left_in(embeddings) == {generations.live(embeddings).name}
