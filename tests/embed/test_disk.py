"""Disks that are full, or that can't be written: one error says so, what is live answers as before, and the next run
makes up for it."""

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from esfbot.embed.run import embed
from esfbot.errors import EsfbotError, FolderError
from esfbot.store import generations
from tests.embed.collection import MODEL, THREE, CountingEncoder, left_in, sheet, write
from tests.embed.contents import Contents, contents

_SIZE = 2_000_000
_NEW = {f"{n}.txt": sheet(f"Nytt projekt {n}", f"Text nummer {n}. {'Ord. ' * 100}") for n in range(20)}


def answers(embeddings: Path) -> Contents:
    return contents(generations.live(embeddings), [*THREE.values(), *_NEW.values()])


@contextlib.contextmanager
def mounted(folder: Path) -> Iterator[None]:
    """A small disk of its own at ``folder``."""
    folder.mkdir()
    tool = shutil.which("mount")
    if not sys.platform.startswith("linux") or tool is None or os.geteuid() != 0:
        pytest.skip("only the superuser of a Linux can mount a disk")
    made = subprocess.run(
        [tool, "-t", "tmpfs", "-o", f"size={_SIZE}", "tmpfs", str(folder)], capture_output=True, text=True, check=False
    )
    if made.returncode:
        pytest.skip(f"a disk can't be mounted here: {made.stderr.strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)  # noqa: S607 - mount has been found


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A folder of embeddings that is a small disk."""
    folder = tmp_path / "disk"
    with mounted(folder):
        yield folder


def fill(disk: Path, room: int) -> Path:
    """Fill the disk up to so many bytes."""
    filler = disk / "filler"
    left = shutil.disk_usage(disk).free - room
    filler.write_bytes(b"x" * left)
    return filler


@pytest.mark.parametrize("room", [0, 4_096, 12_288, 40_960, 122_880, 204_800, 286_720])
def test_full_disk(encoder: CountingEncoder, sheets: Path, disk: Path, room: int) -> None:
    """However little room is left, what is live answers as before, and with more room the next run succeeds."""
    embed(sheets, disk, MODEL)
    before = answers(disk)
    write(sheets, _NEW)
    filler = fill(disk, room)
    with pytest.raises(FolderError, match=r"can't be written .*(No space left on device|disk is full)") as told:
        embed(sheets, disk, MODEL)
    assert "room" in told.value.action
    assert answers(disk) == before
    filler.unlink()
    embed(sheets, disk, MODEL)
    fresh = sheets.parent / "fresh"
    embed(sheets, fresh, MODEL)
    assert answers(disk) == answers(fresh)
    assert left_in(disk) == {path.name for path in generations.generations(disk)}
    assert len(generations.generations(disk)) == 2


def test_full_disk_keeps_what_was_embedded(
    encoder: CountingEncoder, sheets: Path, disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Vectors that were made before the disk was full are not made again."""
    embed(sheets, disk, MODEL)
    write(sheets, _NEW)
    fillers: list[Path] = []

    def progress(done: int, total: int) -> None:
        if done and not fillers:
            fillers.append(fill(disk, 0))

    with pytest.raises(FolderError, match=r"disk is full|No space left"):
        embed(sheets, disk, MODEL, progress)
    fillers[0].unlink()
    encoder.read.clear()
    made = embed(sheets, disk, MODEL)
    assert 0 < made.embedded == len(encoder.read) < len(_NEW) * 2


def test_full_disk_and_another_generation(encoder: CountingEncoder, sheets: Path, disk: Path) -> None:
    """Where there is no room to say which generation is live, the one that was stays live."""
    embed(sheets, disk, MODEL)
    first = generations.live(disk)
    write(sheets, {"alfa.txt": sheet("Almen", "Ett nytt projekt.")})
    embed(sheets, disk, MODEL)
    second = generations.live(disk)
    fill(disk, 0)
    with pytest.raises((OSError, EsfbotError), match="No space left on device"):
        generations.point_to(disk, first.name)
    assert generations.live(disk) == second


def test_read_only_disk(encoder: CountingEncoder, sheets: Path, disk: Path) -> None:
    """A disk that has become read-only is told; what is live answers, and once it can be written the next run
    succeeds."""
    embed(sheets, disk, MODEL)
    before = answers(disk)
    listed = {path.name: path.stat().st_mtime_ns for path in disk.iterdir()}
    write(sheets, _NEW)
    remount(disk, "ro")
    with pytest.raises(FolderError, match=r"can't be written \(Read-only file system\).*Change its rights"):
        embed(sheets, disk, MODEL)
    assert answers(disk) == before
    assert {path.name: path.stat().st_mtime_ns for path in disk.iterdir()} == listed
    remount(disk, "rw")
    assert embed(sheets, disk, MODEL).projects == 23
    assert answers(disk) != before


def remount(disk: Path, how: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{how}", str(disk)], check=True)  # noqa: S607 - it has been mounted


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anywhere")
def test_folder_without_rights(encoder: CountingEncoder, sheets: Path, embeddings: Path) -> None:
    """A folder that can't be written to is an error with what to do."""
    embeddings.mkdir(mode=0o500)
    with pytest.raises(FolderError, match=r"can't be written \(Permission denied\).*Change its rights"):
        embed(sheets, embeddings, MODEL)


def test_embeddings_is_a_file(encoder: CountingEncoder, sheets: Path, embeddings: Path) -> None:
    """A file where the folder should be is an error with what to do, and the file stays."""
    embeddings.write_text("mine")
    with pytest.raises(FolderError, match=r"embeddings can't be written \(File exists\).*name another"):
        embed(sheets, embeddings, MODEL)
    assert embeddings.read_text() == "mine"


_LIMITED = """
import resource, sys
from pathlib import Path
from esfbot.embed import engine, run
from tests.embed.collection import CountingEncoder
engine.load_encoder = lambda *_: CountingEncoder()
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))
try:
    run.embed(Path(sys.argv[1]), Path(sys.argv[2]), "e5-small")
except run.FolderError as error:
    print(error)
"""
_ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("most", [100, 20_000])
def test_files_that_may_not_grow(encoder: CountingEncoder, sheets: Path, embeddings: Path, most: int) -> None:
    """Where no file may be as large as it must, as under a quota, one error says so, and nothing is left."""
    embed(sheets, embeddings, MODEL)
    before = generations.live(embeddings)
    write(sheets, {"alfa.txt": sheet("Almen", "Ett nytt projekt.")})
    command = [sys.executable, "-c", _LIMITED, str(sheets), str(embeddings), str(most)]
    done = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=True)
    assert "can't be written" in done.stdout
    assert "make room" in done.stdout.lower()
    assert generations.live(embeddings) == before
    assert generations.check(before).projects == 3
    assert left_in(embeddings) == {before.name}
