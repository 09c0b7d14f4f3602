"""Folders in the user's cache: made once, found sound or made anew."""

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from esfbot.encoders.sentence import reason
from esfbot.errors import EncoderError

_CONTENTS = "contents.json"


def cached(name: str, make: Callable[[Path], object]) -> Path:
    """Return the folder ``name`` in the cache, written by ``make`` where there is none or a file of it has changed.

    ``make`` gets an empty folder that takes the name when it is whole. Everything in the cache may be deleted at any
    time. Raises EncoderError where ``make`` fails or the cache can't be written.
    """
    from filelock import FileLock

    try:
        folder = _cache() / name
        folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(folder.with_name(f"{name}.lock")):
            if not _sound(folder):
                _remake(folder, make)
    except EncoderError:
        raise
    except Exception as error:  # what writes a model raises what it likes
        raise EncoderError(
            f"the model can't be written to the cache ({reason(error)})",
            "a folder with room for 1 GB",
            "Make room, or set XDG_CACHE_HOME to another folder.",
        ) from error
    return folder


def _cache() -> Path:
    given = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(given) if Path(given).is_absolute() else Path.home() / ".cache") / "esfbot"


def _remake(folder: Path, make: Callable[[Path], object]) -> None:
    new = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(new, ignore_errors=True)  # of a process that was ended half-way
    new.mkdir()
    try:
        make(new)
        (new / _CONTENTS).write_text(json.dumps(_digests(new)), encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        new.rename(folder)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _sound(folder: Path) -> bool:
    try:
        return bool(json.loads((folder / _CONTENTS).read_bytes()) == _digests(folder))
    except (OSError, ValueError):
        return False


def _digests(folder: Path) -> dict[str, str]:
    """The digest of every file but the list of them."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != _CONTENTS)
    return {path.relative_to(folder).as_posix(): digest(path) for path in files}


def digest(path: Path) -> str:
    """What tells a file's contents from others."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).hexdigest()
