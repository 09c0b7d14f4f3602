"""Generations: finished folders of embeddings, one of which is live.

    embeddings/
    ├── CURRENT                 the name of the live generation, replaced atomically
    ├── 20261122-053000-1a2b/   a generation: manifest.json, facts.sqlite, vectors.npy; never changed once there
    └── .building-4711/         one in the making, by the process with that number

A reader opens the generation that CURRENT names and keeps to it; a crash while building leaves CURRENT as it was.
"""

import json
import os
import re
import shutil
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Self

from esfbot.errors import EmbeddingsError, FolderError, NoEmbeddings
from esfbot.store.sqlite import DATABASE, VECTORS

FORMAT = 3
CURRENT = "CURRENT"
MANIFEST = "manifest.json"
_BUILDING = ".building-"
_POINTER = f".{CURRENT}-"
_FILES = (DATABASE, VECTORS)
_NAME = re.compile(r"[A-Za-z0-9][\w-]{0,99}")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What made a generation, and what it must contain.

    ``sheets`` maps each sheet's name to a digest of its bytes, ``files`` each file's name to its size in bytes and its
    CRC-32. ``created`` is in ISO format, UTC.
    """

    format: int
    model: str
    dimensions: int
    created: str
    projects: int
    passages: int
    problems: int
    sheets: dict[str, str]
    files: dict[str, tuple[int, int]]


def checksum(path: Path) -> tuple[int, int]:
    """A file's size in bytes and its CRC-32."""
    crc, size = 0, 0
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            crc, size = zlib.crc32(block, crc), size + len(block)
    return size, crc


def live(embeddings: Path) -> Path:
    """The folder of the live generation. Raises NoEmbeddings where none is."""
    try:
        name = (embeddings / CURRENT).read_text(encoding="utf-8").strip()
    except FileNotFoundError as error:
        raise NoEmbeddings(
            f"there are no embeddings in {embeddings}", "a live generation", "Run: esfbot embed"
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise EmbeddingsError(
            f"{embeddings / CURRENT} can't be read ({error})", "a readable file", "Change its rights."
        ) from error
    folder = embeddings / name
    if not _NAME.fullmatch(name) or not folder.is_dir():
        raise EmbeddingsError(
            f"{embeddings / CURRENT} names {name!r}, and there is no such generation",
            "the name of one",
            "Run: esfbot embed",
        )
    return folder


def read_manifest(folder: Path) -> Manifest:
    """Read a generation's manifest. Raises EmbeddingsError where it is missing, damaged or of another format."""
    content = _content(folder)
    if content["format"] != FORMAT:
        _refuse(folder, _wrong_makings(content, ""))
    try:
        manifest = Manifest(**content)
        files = {name: (int(size), int(crc)) for name, (size, crc) in manifest.files.items()}
        sheets = {str(name): str(digest) for name, digest in manifest.sheets.items()}
    except (ValueError, TypeError, AttributeError) as error:
        raise _unreadable(folder, "damaged") from error
    return replace(manifest, files=files, sheets=sheets)


def _content(folder: Path) -> dict[str, Any]:
    try:
        content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _unreadable(folder, str(getattr(error, "strerror", None) or "damaged")) from error
    if not isinstance(content, dict) or not isinstance(content.get("format"), int):
        raise _unreadable(folder, "damaged")
    return content


def _unreadable(folder: Path, reason: str) -> EmbeddingsError:
    return EmbeddingsError(f"{folder / MANIFEST} can't be read ({reason})", "its manifest", "Run: esfbot embed")


def _wrong_makings(content: Mapping[str, Any], model: str) -> list[str]:
    wrong = []
    if content["format"] != FORMAT:
        wrong.append(f"it has format {content['format']} and this version reads {FORMAT}")
    if model and content.get("model") != model:
        wrong.append(f"it was made with the model {content.get('model')} and the setting says {model}")
    return wrong


def _refuse(folder: Path, wrong: Sequence[str]) -> None:
    if wrong:
        raise EmbeddingsError(
            f"generation {folder.name}: {'; '.join(wrong)}",
            "an undamaged generation of this format and model",
            "Run: esfbot embed",
        )


def check(folder: Path, model: str) -> Manifest:
    """Return the manifest of a generation that can be asked with ``model``.

    Raises EmbeddingsError naming everything that is wrong: another format, another model, files missing or damaged.
    """
    content = _content(folder)
    wrong = _wrong_makings(content, model)
    if content["format"] == FORMAT:
        files = read_manifest(folder).files
        for name in _FILES:
            path = folder / name
            if not path.is_file():
                wrong.append(f"{name} is missing")
            elif checksum(path) != files.get(name):
                wrong.append(f"{name} is damaged")
    _refuse(folder, wrong)
    return read_manifest(folder)


class Builder:
    """A generation in the making. `publish` makes it live; leaving the context without that throws it away."""

    def __init__(self, embeddings: Path) -> None:
        self._embeddings = embeddings
        try:
            embeddings.mkdir(parents=True, exist_ok=True)
            _sweep(embeddings)
            self.folder = embeddings / f"{_BUILDING}{os.getpid()}"
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder.mkdir()
        except OSError as error:
            raise FolderError(
                f"{embeddings} can't be written ({error.strerror})",
                "a folder for the embeddings",
                "Change its rights or name another.",
            ) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def publish(self, name: str, manifest: Manifest) -> Path:
        """Write the manifest and make this generation live under ``name``; of the others the last one live is kept."""
        (self.folder / MANIFEST).write_text(
            json.dumps(asdict(manifest), indent=1, ensure_ascii=False), encoding="utf-8"
        )
        for path in [*self.folder.iterdir(), self.folder]:
            _to_disk(path)
        before = _live_or_none(self._embeddings)
        folder = self._embeddings / name
        self.folder.rename(folder)
        point_to(self._embeddings, name)
        for old in generations(self._embeddings):
            if old not in (folder, before):
                shutil.rmtree(old, ignore_errors=True)
        return folder


def _live_or_none(embeddings: Path) -> Path | None:
    try:
        return live(embeddings)
    except EmbeddingsError:
        return None


def point_to(embeddings: Path, name: str) -> None:
    """Make the generation called ``name`` the live one, atomically. Raises EmbeddingsError where there is none."""
    if not _NAME.fullmatch(name) or not (embeddings / name / MANIFEST).is_file():
        known = ", ".join(path.name for path in generations(embeddings)) or "none"
        raise EmbeddingsError(f"there is no generation {name!r} in {embeddings}", f"one of: {known}", "Name another.")
    pointer = embeddings / f"{_POINTER}{os.getpid()}"
    pointer.write_text(name + "\n", encoding="utf-8")
    _to_disk(pointer)
    pointer.replace(embeddings / CURRENT)
    _to_disk(embeddings)


def generations(embeddings: Path) -> Sequence[Path]:
    """The folders of the finished generations, oldest first."""
    if not embeddings.is_dir():
        return []
    return sorted(
        path for path in embeddings.iterdir() if not path.name.startswith(".") and (path / MANIFEST).is_file()
    )


def _sweep(embeddings: Path) -> None:
    """Remove what processes that are gone have left half made."""
    for path in embeddings.glob(f"{_BUILDING}*"):
        if not _alive(path.name.removeprefix(_BUILDING)):
            shutil.rmtree(path, ignore_errors=True)
    for path in embeddings.glob(f"{_POINTER}*"):
        if not _alive(path.name.removeprefix(_POINTER)):
            path.unlink(missing_ok=True)


def _alive(process: str) -> bool:
    try:
        os.kill(int(process), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
