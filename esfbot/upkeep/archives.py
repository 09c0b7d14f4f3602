"""Zip archives of sheets, unpacked without trusting what they say of themselves."""

import contextlib
import datetime
import os
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from esfbot.errors import FolderError, SheetRefused
from esfbot.sheets.folder import Refused
from esfbot.sheets.formats.kinds import SUFFIXES, kind_of

# A saved page has at most a few MB, and all projects of a programme period make a few thousand files.
MOST_FILES = 10_000
MOST_BYTES = 500_000_000
_RATIO = 200  # text packs to a tenth; what unpacks to more than this many times its size is no text
_SMALL = 1_000  # bytes of an archive below which the ratio says nothing
_LIST_BYTES = 1_000 * MOST_FILES  # of the list of what an archive holds, which is read whole
_END = struct.Struct("<4s4H2LH")  # what stands at the end of an archive; the size of the list is the sixth
_END_MARK, _LONGEST_COMMENT = b"PK\x05\x06", 0xFFFF
_ENCRYPTED, _IN_UTF8 = 0x1, 0x800  # flags of an entry
# Other methods unpack a few bytes to gigabytes at a time, in memory.
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DEEPEST = 15  # folders within each other
_LONGEST = 200  # bytes of a name; file systems take 255
_BLOCK = 1 << 16
_ACTION = "Pack the sheets again, or add them without an archive."
_FEWER = "Add the sheets themselves, or fewer at a time."


def unpack(archive: Path, folder: Path) -> tuple[list[Refused], list[str]]:
    """Unpack the sheets of a zip archive into ``folder``. Return the entries that are refused (those that lead out of
    the archive, links, and what is damaged or too large), and those that are passed over since their endings are not of
    sheets.

    Raises SheetRefused where it is no archive, encrypted, or holds too much, and nothing is unpacked then; FolderError
    where there is no room.
    """
    refused: list[Refused] = []
    others: list[str] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _opened(archive) as packed:
            for entry in _files(packed):
                called = _called(entry)
                try:
                    _check_path(entry, called)
                    if has_sheet_ending(called):
                        _take(packed, entry, called, folder)
                    else:
                        others.append(called)
                except SheetRefused as reason:
                    refused.append(Refused(called, reason))
    except OSError as error:
        raise FolderError(
            f"{archive.name} can't be unpacked ({error.strerror})",
            f"a readable archive and room in {folder.parent}",
            "Change its rights, or make room there.",
        ) from error
    return refused, others


def has_sheet_ending(name: str) -> bool:
    """Whether a file's ending is one that sheets have."""
    return PurePosixPath(name).suffix.lower() in SUFFIXES


@contextlib.contextmanager
def _opened(archive: Path) -> Iterator[zipfile.ZipFile]:
    """The archive, where it may be unpacked."""
    try:
        if _size_of_list(archive) > _LIST_BYTES:
            raise SheetRefused(f"{archive.name} lists too many files", f"at most {MOST_FILES:,}", _FEWER)
        packed = zipfile.ZipFile(archive)
    except (zipfile.BadZipFile, struct.error, ValueError, NotImplementedError) as error:
        raise SheetRefused(f"{archive.name} is damaged ({error})", "a zip archive", _ACTION) from error
    with packed:
        _check(archive, packed)
        yield packed


def _size_of_list(archive: Path) -> int:
    """How many bytes of an archive list what it holds, as it says at its end."""
    with archive.open("rb") as file:
        length = file.seek(0, os.SEEK_END)
        file.seek(max(0, length - _END.size - _LONGEST_COMMENT))
        end = file.read()
    at = end.rfind(_END_MARK)
    if at < 0:
        raise zipfile.BadZipFile("it has no end")
    return int(_END.unpack_from(end, at)[5])


def _check(archive: Path, packed: zipfile.ZipFile) -> None:
    entries = packed.infolist()
    total = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_FILES or total > MOST_BYTES:
        raise SheetRefused(
            f"{archive.name} holds {len(entries):,} files with {total:,} bytes",
            f"at most {MOST_FILES:,} with {MOST_BYTES:,}",
            _FEWER,
        )
    packed_size = archive.stat().st_size
    if total > _RATIO * max(packed_size, _SMALL):
        raise SheetRefused(
            f"{archive.name} has {packed_size:,} bytes and unpacks to {total:,}", "an archive of project pages", _FEWER
        )
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise SheetRefused(f"{archive.name} is encrypted", "an archive without a password", _ACTION)


def _files(packed: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The entries that are no folders, not hidden, and not what a Mac adds to an archive."""
    return [entry for entry in packed.infolist() if not _is_folder(entry) and not _is_hidden(_parts(entry))]


def _is_folder(entry: zipfile.ZipInfo) -> bool:
    return entry.filename.endswith(("/", "\\"))


def _is_hidden(parts: Sequence[str]) -> bool:
    return "__MACOSX" in parts or any(part.startswith(".") and part.strip(".") for part in parts)


def _check_path(entry: zipfile.ZipInfo, called: str) -> None:
    """Raise SheetRefused for an entry that leads out of its archive, or is something else than a file."""
    name, parts = _name(entry), _parts(entry)
    if name.startswith(("/", "\\")) or re.match(r"[A-Za-z]:", name) or ".." in parts:
        raise SheetRefused(f"{_printable(name)} leads out of the archive", "a path within it", _ACTION)
    if len(parts) > _DEEPEST:
        raise SheetRefused(f"{called} lies in {len(parts) - 1} folders", f"at most {_DEEPEST - 1}", _ACTION)
    if stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG):
        raise SheetRefused(f"{called} is a link or a device", "a file", _ACTION)


def _take(packed: zipfile.ZipFile, entry: zipfile.ZipInfo, called: str, folder: Path) -> None:
    """Unpack an entry to where it belongs below ``folder``. Raises SheetRefused where it can't be, or is too large."""
    most = kind_of(called).most_bytes
    if entry.file_size > most:
        raise SheetRefused(f"{called} has {entry.file_size:,} bytes", f"at most {most:,}", _FEWER)
    path = folder.joinpath(*(_short(part) for part in called.split("/")))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _copy(packed, entry, path, most)
    except (FileExistsError, NotADirectoryError, IsADirectoryError) as error:
        raise SheetRefused(f"{called} stands in the archive twice", "each name once", _ACTION) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, ValueError) as error:
        path.unlink(missing_ok=True)
        raise SheetRefused(f"{called} can't be unpacked ({error})", "an undamaged archive", _ACTION) from error
    with contextlib.suppress(ValueError, OverflowError):  # a day that there is not
        moment = datetime.datetime(*entry.date_time).timestamp()  # noqa: DTZ001 - archives have no zone
        os.utime(path, (moment, moment))


def _copy(packed: zipfile.ZipFile, entry: zipfile.ZipInfo, path: Path, most: int) -> None:
    """Write an entry to ``path``, counting what comes out: its header may say less."""
    if entry.compress_type not in _METHODS:
        raise zipfile.BadZipFile("it is packed in an unusual way")
    written = 0
    with packed.open(entry) as source, path.open("xb") as target:
        while block := source.read(_BLOCK):
            written += len(block)
            if written > most:
                raise zipfile.BadZipFile(f"it is larger than {most:,} bytes")
            target.write(block)


def _called(entry: zipfile.ZipInfo) -> str:
    """What an entry is called: its path below the archive's top, which is safe to show."""
    parts = re.split(r"[\\/]", re.sub(r"^[A-Za-z]:", "", _name(entry)))
    return _printable("/".join(part for part in parts if part.strip(". "))) or "a file without a name"


def _printable(text: str) -> str:
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)


def _parts(entry: zipfile.ZipInfo) -> list[str]:
    return re.split(r"[\\/]", _name(entry))


def _name(entry: zipfile.ZipInfo) -> str:
    """An entry's name. Many programs write it in UTF-8 and do not say so."""
    if entry.flag_bits & _IN_UTF8:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return entry.filename


def _short(part: str) -> str:
    """A part of a path that any file system takes, with its ending."""
    stem, dot, suffix = part.rpartition(".")
    if len(part.encode()) <= _LONGEST or len(suffix.encode()) > _LONGEST // 2:
        return part.encode()[:_LONGEST].decode(errors="ignore")
    return stem.encode()[: _LONGEST - len(suffix.encode()) - 1].decode(errors="ignore") + dot + suffix
