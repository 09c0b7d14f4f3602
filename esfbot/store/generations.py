"""Generations: finished folders of embeddings, one of which is live.

    embeddings/
    ├── CURRENT                 the name of the live generation, replaced atomically
    ├── 20261122-053000-1a2b/   a generation: manifest.json, facts.sqlite, vectors.npy; never changed once there
    ├── .building-4711/         one in the making, by the process with that number
    ├── .embedded.sqlite        vectors of a run that was broken off (see esfbot.embed.vectors)
    ├── .was-live               the names of those that were live before, a line each
    └── .lock                   held by whoever changes anything here

A reader opens the generation that CURRENT names and keeps to it; a crash while building leaves CURRENT as it was.
"""

import contextlib
import datetime
import hashlib
import json
import os
import re
import shutil
import zlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Self

from esfbot.errors import EmbeddingsError, FolderError, NoEmbeddings
from esfbot.store.sqlite_file import DATABASE, VECTORS

FORMAT = 5
CURRENT = "CURRENT"
MANIFEST = "manifest.json"
_BUILDING = ".building-"
_WAS_LIVE = ".was-live"
_POINTER = f".{CURRENT}-"
_FILES = (DATABASE, VECTORS)
_NAME = re.compile(r"[A-Za-z0-9][\w-]{0,99}")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What made a generation, and what it must contain.

    ``created`` is in ISO format, UTC. ``reader`` is a digest of the code that read the sheets and ``withheld`` of what
    they were read without. ``sheets`` maps each sheet's name to a digest of its bytes, ``refused`` those of files that
    are no sheets, ``files`` each file's name to its size in bytes and its CRC-32. ``backend`` made the vectors, where
    it was not the model's own, and ``agreement`` tells how far both agree. ``golden`` is the outcome of the golden
    questions, ``forced`` the reason given for publishing in spite of it.
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
    refused: dict[str, str] = field(default_factory=dict)
    reader: str = ""
    withheld: str = ""
    backend: str = ""
    agreement: dict[str, float] | None = None
    golden: dict[str, int] | None = None
    forced: str = ""


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
        _refuse(folder, [f"it has format {content['format']} and this version reads {FORMAT}"])
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


def _refuse(folder: Path, wrong: Sequence[str]) -> None:
    if wrong:
        raise EmbeddingsError(
            f"generation {folder.name}: {'; '.join(wrong)}",
            "an undamaged generation of this format",
            "Run: esfbot embed",
        )


def check(folder: Path) -> Manifest:
    """Return the manifest of a generation that can be asked.

    Raises EmbeddingsError naming everything that is wrong: another format, files missing or damaged.
    """
    manifest = read_manifest(folder)
    wrong = []
    for name in _FILES:
        path = folder / name
        if not path.is_file():
            wrong.append(f"{name} is missing")
        elif checksum(path) != manifest.files.get(name):
            wrong.append(f"{name} is damaged")
    _refuse(folder, wrong)
    return manifest


def model_of(folder: Path) -> str:
    """The model of a generation of whatever format whose files are undamaged; empty for others."""
    try:
        content = _content(folder)
        files = {name: tuple(content["files"][name]) for name in _FILES}
        sound = all((folder / name).is_file() and checksum(folder / name) == files[name] for name in _FILES)
        return str(content["model"]) if sound else ""
    except (EmbeddingsError, KeyError, TypeError):
        return ""


class Builder:
    """A generation in the making. `finish` puts it beside the others; leaving the context without that throws it away.

    Only one at a time may work in a folder: hold its lock (see `esfbot.store.lock`).
    """

    def __init__(self, embeddings: Path) -> None:
        self._embeddings = embeddings
        try:
            embeddings.mkdir(parents=True, exist_ok=True)
            sweep(embeddings)
            self.folder = embeddings / f"{_BUILDING}{os.getpid()}"
            self.folder.mkdir()
        except OSError as error:
            raise FolderError(
                f"{embeddings} can't be written ({error.strerror})",
                "a folder for the embeddings",
                "Change its rights, make room there, or name another.",
            ) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def begin_with(self, generation: Path) -> None:
        """Begin with a copy of the facts of a finished generation."""
        shutil.copyfile(generation / DATABASE, self.folder / DATABASE)

    def checksums(self) -> dict[str, tuple[int, int]]:
        """The size and the CRC-32 of each file made so far."""
        return {path.name: checksum(path) for path in sorted(self.folder.iterdir())}

    def describe(self, manifest: Manifest) -> None:
        """Write the manifest, so that the generation can be asked where it is."""
        text = json.dumps(asdict(manifest), indent=1, ensure_ascii=False)
        (self.folder / MANIFEST).write_text(text, encoding="utf-8")

    def finish(self, name: str, manifest: Manifest) -> Path:
        """Put this generation beside the others as ``name``, in the place of one of that name; it is not live yet."""
        self.describe(manifest)
        for path in [*self.folder.iterdir(), self.folder]:
            _to_disk(path)
        folder = self._embeddings / name
        gone = self._embeddings / f"{_BUILDING}{name}"
        if folder.exists():
            folder.rename(gone)
        self.folder.rename(folder)
        _to_disk(self._embeddings)
        shutil.rmtree(gone, ignore_errors=True)
        return folder


def new_name(manifest: Manifest) -> str:
    """A name for a generation that sorts by time, to the microsecond, and tells contents apart."""
    now = datetime.datetime.now(datetime.UTC).strftime("%Y%m%d-%H%M%S-%f")
    return f"{now}-{hashlib.blake2b(repr(manifest).encode(), digest_size=2).hexdigest()}"


def point_to(embeddings: Path, name: str) -> None:
    """Make the generation called ``name`` the live one, atomically.

    Raises EmbeddingsError where there is none, and FolderError where that can't be written.
    """
    if not _NAME.fullmatch(name) or not (embeddings / name / MANIFEST).is_file():
        known = ", ".join(path.name for path in generations(embeddings)) or "none"
        raise EmbeddingsError(f"there is no generation {name!r} in {embeddings}", f"one of: {known}", "Name another.")
    pointer = embeddings / f"{_POINTER}{os.getpid()}"
    try:
        _remember_live(embeddings)
        pointer.write_text(name + "\n", encoding="utf-8")
        _to_disk(pointer)
        pointer.replace(embeddings / CURRENT)
        _to_disk(embeddings)
    except OSError as error:
        raise FolderError(
            f"{embeddings / CURRENT} can't be written ({error.strerror})",
            "a folder with room for it",
            "Make room, or change its rights, and run it again; the live generation is as it was.",
        ) from error


def _remember_live(embeddings: Path) -> None:
    """Note which generation is live, before it makes way for another. Those that are gone are forgotten."""
    with contextlib.suppress(EmbeddingsError):
        names = {*were_live(embeddings), live(embeddings).name}
        noted = embeddings / f"{_POINTER}{os.getpid()}"
        noted.write_text("".join(f"{name}\n" for name in sorted(names)), encoding="utf-8")
        noted.replace(embeddings / _WAS_LIVE)


def were_live(embeddings: Path) -> frozenset[str]:
    """The names of the generations that are there and were live before. One that was made to be compared, or whose
    making was broken off before it went live, was not."""
    try:
        noted = (embeddings / _WAS_LIVE).read_text(encoding="utf-8").split()
    except (OSError, UnicodeDecodeError):
        return frozenset()
    return frozenset(noted) & {path.name for path in generations(embeddings)}


def generations(embeddings: Path) -> Sequence[Path]:
    """The folders of the finished generations, oldest first."""
    if not embeddings.is_dir():
        return []
    return sorted(
        path for path in embeddings.iterdir() if not path.name.startswith(".") and (path / MANIFEST).is_file()
    )


def prune(embeddings: Path, keep: int) -> list[str]:
    """Remove the oldest generations until ``keep`` are left, and return their names. The live one always stays."""
    current = live(embeddings)
    others = [path for path in generations(embeddings) if path != current]
    gone = others[: max(0, len(others) + 1 - max(keep, 1))]
    for path in gone:
        remove(path)
    return [path.name for path in gone]


def remove(folder: Path) -> None:
    """Remove a finished generation, which is not live: at once for readers, then from the disk."""
    gone = folder.with_name(f"{_BUILDING}{folder.name}")
    folder.rename(gone)
    shutil.rmtree(gone, ignore_errors=True)


def sweep(embeddings: Path) -> None:
    """Remove what runs that were broken off have left half made."""
    for path in embeddings.glob(f"{_BUILDING}*"):
        shutil.rmtree(path, ignore_errors=True)
    for path in embeddings.glob(f"{_POINTER}*"):
        path.unlink(missing_ok=True)


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
