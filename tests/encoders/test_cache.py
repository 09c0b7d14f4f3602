"""The cache of models: made once, whole or not at all, mended where it is damaged."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from esfbot.encoders.cache import cached
from esfbot.errors import EncoderError


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "esfbot"


@pytest.fixture
def made() -> list[Path]:
    """The folders that were made, one after the other."""
    return []


@pytest.fixture
def make(made: list[Path]) -> Callable[[Path], None]:
    """Makes a folder with two files."""

    def maker(folder: Path) -> None:
        made.append(folder)
        (folder / "below").mkdir()
        (folder / "weights").write_bytes(b"0123456789")
        (folder / "below" / "config").write_text("{}", encoding="utf-8")

    return maker


def test_made_once(cache: Path, make: Callable[[Path], None], made: list[Path]) -> None:
    """What has been made is found again."""
    folder = cached("model", make)
    assert folder == cached("model", make) == cache / "model"
    assert (folder / "weights").read_bytes() == b"0123456789"
    assert len(made) == 1


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda folder: (folder / "weights").write_bytes(b"0123456780"), id="another byte"),
        pytest.param(lambda folder: (folder / "weights").write_bytes(b"01234"), id="cut off"),
        pytest.param(lambda folder: (folder / "below" / "config").unlink(), id="a file is gone"),
        pytest.param(lambda folder: (folder / "contents.json").unlink(), id="the list is gone"),
        pytest.param(lambda folder: (folder / "contents.json").write_bytes(b"\xff{"), id="the list is damaged"),
    ],
)
@pytest.mark.usefixtures("cache")
def test_mended(make: Callable[[Path], None], made: list[Path], damage: Callable[[Path], object]) -> None:
    """What is damaged is made anew."""
    damage(cached("model", make))
    folder = cached("model", make)
    assert (folder / "weights").read_bytes() == b"0123456789"
    assert (folder / "below" / "config").read_text(encoding="utf-8") == "{}"
    assert len(made) == 2


def test_left_half_made(cache: Path, make: Callable[[Path], None]) -> None:
    """What a process left that was ended half-way is swept away."""
    (cache / "model.new" / "half").mkdir(parents=True)
    assert not (cached("model", make) / "half").exists()
    assert not (cache / "model.new").exists()


def test_making_fails(cache: Path, make: Callable[[Path], None]) -> None:
    """Where making fails nothing is left, the reason is told in one line, and the next try may succeed."""

    def fail(folder: Path) -> None:
        (folder / "half").touch()
        raise RuntimeError("no space left\nand more")

    with pytest.raises(EncoderError, match=r"to the cache \(no space left\); expected .* set XDG_CACHE_HOME"):
        cached("model", fail)
    assert [path.name for path in cache.iterdir() if path.is_dir()] == []
    assert cached("model", make).is_dir()


@pytest.mark.usefixtures("cache")
def test_own_errors_pass() -> None:
    """An error that says what to do is not wrapped in another."""

    def fail(_folder: Path) -> None:
        raise EncoderError("weights are missing", "them", "Install them.")

    with pytest.raises(EncoderError, match=r"^weights are missing; expected them. Install them.$"):
        cached("model", fail)


def test_cannot_be_written(cache: Path, make: Callable[[Path], None]) -> None:
    """A cache that can't be written is told with the setting that moves it."""
    cache.touch()
    with pytest.raises(EncoderError, match=r"can't be written to the cache \(.*exists.*\); .*XDG_CACHE_HOME"):
        cached("model", make)


@pytest.mark.parametrize("given", ["", "relative/folder"])
def test_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Callable[[Path], None], given: str) -> None:
    """Without an absolute XDG_CACHE_HOME the cache is in the home folder."""
    monkeypatch.setenv("XDG_CACHE_HOME", given)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cached("model", make) == tmp_path / ".cache" / "esfbot" / "model"


@pytest.mark.usefixtures("cache")
def test_made_once_by_several(make: Callable[[Path], None], made: list[Path]) -> None:
    """Of several that need it at the same time one makes it."""
    threads = [threading.Thread(target=cached, args=("model", make)) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1
