"""Watching a folder: real files, and the watch that the command has."""

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from esfbot.errors import FolderError
from esfbot.upkeep import watch
from esfbot.upkeep.watch import changes
from tests.embed.collection import THREE, write

_PATIENCE = 30.0  # seconds after which something that should have happened did not


class Watcher:
    """Watches a folder in a thread, and counts how often it changed. ``busy`` holds what is done about a change."""

    def __init__(self, folder: Path) -> None:
        self.seen = 0
        self.busy = threading.Lock()
        self._folder = folder
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()
        self.until(lambda: self.seen == 1)

    def _watch(self) -> None:
        for _ in changes(self._folder, self._stop):
            self.seen += 1
            with self.busy:
                pass

    def until(self, happened: Callable[[], bool]) -> None:
        """Wait for something."""
        end = time.monotonic() + _PATIENCE
        while not happened():
            assert time.monotonic() < end, f"{self.seen} changes seen"
            time.sleep(0.02)

    def settled(self, seen: int) -> int:
        """How many changes were seen, once it were ``seen`` and things have been still for long."""
        self.until(lambda: self.seen >= seen)
        time.sleep(2 * watch._STILL / 1_000)
        return self.seen

    def close(self) -> None:
        self._stop.set()
        self._thread.join()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of sheets."""
    return write(tmp_path / "sheets", THREE)


@pytest.fixture
def watcher(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watcher]:
    """Somebody who watches it."""
    monkeypatch.setattr(watch, "_STILL", 250)
    watching = Watcher(folder)
    yield watching
    watching.close()


def test_at_once(watcher: Watcher) -> None:
    """What is there already is told once, before anything changes."""
    assert watcher.settled(1) == 1


def test_burst(watcher: Watcher, folder: Path) -> None:
    """Many files that arrive together are told once."""
    write(folder / "2015", {f"{n}.txt": THREE["ett.txt"] for n in range(200)})
    assert watcher.settled(2) == 2


def test_one_after_the_other(watcher: Watcher, folder: Path) -> None:
    """Each time that things have been still is told: new, other, renamed and removed files and folders."""
    (folder / "2015").mkdir()
    watcher.until(lambda: watcher.seen == 2)
    happenings: list[Callable[[], object]] = [
        lambda: write(folder / "2015", {"ny.txt": THREE["ett.txt"]}),
        lambda: write(folder, {"ett.txt": THREE["tva.txt"]}),
        lambda: (folder / "tva.txt").rename(folder / "fyra.txt"),
        (folder / "tre.txt").unlink,
        lambda: (folder / "2015").rename(folder.parent / "2015"),
    ]
    for seen, happen in enumerate(happenings, 3):
        happen()
        assert watcher.settled(seen) == seen


def test_written_slowly(folder: Path) -> None:
    """A file that is still being written is not told before it is whole."""
    watching = Watcher(folder)
    try:
        with (folder / "stor.txt").open("w", encoding="utf-8") as file:
            for _ in range(20):
                file.write("x" * 100)
                file.flush()
                time.sleep(0.1)
            seen = watching.seen
        watching.until(lambda: watching.seen == 2)
        assert seen == 1
    finally:
        watching.close()


def test_hidden_and_partial_files(watcher: Watcher, folder: Path) -> None:
    """Files that are hidden, or in a hidden folder, are nobody's matter until they are renamed."""
    write(folder, {".ett.txt.part": THREE["ett.txt"], ".~lock.x#": ""})
    write(folder / ".git" / "objects", {"a.txt": "x"})
    assert watcher.settled(1) == 1
    (folder / ".ett.txt.part").rename(folder / "fyra.txt")
    assert watcher.settled(2) == 2


def test_meanwhile(watcher: Watcher, folder: Path) -> None:
    """What changes while something is done about a change before is told afterwards."""
    with watcher.busy:
        write(folder, {"fyra.txt": THREE["ett.txt"]})
        watcher.until(lambda: watcher.seen == 2)
        write(folder, {"fem.txt": THREE["ett.txt"]})
        time.sleep(0.5)
    assert watcher.settled(3) == 3


def test_never_still(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where things are never still, what changed is told after a while all the same."""
    monkeypatch.setattr(watch, "_AT_MOST", 0.5)
    watching = Watcher(folder)
    try:
        end = time.monotonic() + _PATIENCE
        while watching.seen < 3 and time.monotonic() < end:
            write(folder, {f"{time.monotonic()}.txt": "x"})
            time.sleep(0.02)
        assert watching.seen >= 3
    finally:
        watching.close()


def test_link_to_a_folder(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder may be named by a link and from where one is, in a place that is hidden, and hold links to
    elsewhere."""
    hidden = tmp_path / ".hidden" / "sheets"
    shutil.copytree(folder, hidden)
    (tmp_path / "link").symlink_to(hidden)
    monkeypatch.chdir(tmp_path)
    watching = Watcher(Path("link"))
    try:
        (hidden / "elsewhere.txt").symlink_to(folder / "ett.txt")
        watching.until(lambda: watching.seen == 2)
    finally:
        watching.close()


def test_no_folder(tmp_path: Path) -> None:
    """A folder that is not there can't be watched."""
    with pytest.raises(FolderError, match=r"there is no folder .*Name one with --sheets"):
        next(changes(tmp_path / "nowhere"))
