"""Sheets on their way in: files, folders and zip archives, read and given a name before anything is copied."""

import contextlib
import datetime
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from esfbot.errors import FolderError, SheetRefused
from esfbot.language.words import fold, normalise
from esfbot.model.project import Identity, Sheet
from esfbot.sheets.folder import Refused, digest
from esfbot.sheets.formats.kinds import SUFFIXES
from esfbot.sheets.parse import parse
from esfbot.sheets.projects import identity_of
from esfbot.sheets.read import as_text, read_bytes, read_text, sheet_files
from esfbot.upkeep.archives import has_sheet_ending, unpack

_ARCHIVE = ".zip"
_ENDINGS = f"one of {', '.join(sorted(SUFFIXES))} or {_ARCHIVE}"
_LONGEST = 60  # characters of a name
_MOST_BYTES_OF_NAME = 180  # file systems take 255, and a day, an ending and the mark of a part are added


@dataclass(frozen=True, slots=True)
class Incoming:
    """Sheets that are to be put into a folder: where each is now, by the name that it gets.

    ``there`` are files whose content is in the folder already, ``refused`` those that are no sheets, and ``others``
    those that are passed over since their endings are not of sheets. ``replaced`` names sheets of the folder that give
    way.
    """

    files: Mapping[str, Path] = field(default_factory=dict)
    there: tuple[str, ...] = ()
    refused: tuple[Refused, ...] = ()
    replaced: frozenset[str] = frozenset()
    others: tuple[str, ...] = ()

    def among(self, files: Mapping[str, Path]) -> dict[str, Path]:
        """The files of a folder as they will be."""
        kept = {name: path for name, path in files.items() if name not in self.replaced}
        return {**kept, **self.files}

    def put_in(self, folder: Path) -> None:
        """Copy the sheets into ``folder``, all of them whole or none, and remove those that give way.

        Raises FolderError.
        """
        parts = {folder / name: folder / f".{name}.part" for name in self.files}
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for part, path in zip(parts.values(), self.files.values(), strict=True):
                shutil.copyfile(path, part)
                moment = path.stat().st_mtime_ns
                os.utime(part, ns=(moment, moment))
            for target, part in parts.items():
                part.replace(target)
            for name in self.replaced - self.files.keys():
                (folder / name).unlink(missing_ok=True)
        except OSError as error:
            for part in parts.values():
                with contextlib.suppress(OSError):
                    part.unlink()
            raise FolderError(
                f"{folder} can't be written ({error.strerror})",
                "a folder for the sheets, with room",
                "Change its rights, or make room.",
            ) from error


@contextlib.contextmanager
def gathered(paths: Iterable[Path], folder: Path, *, replace: bool = False) -> Iterator[Incoming]:
    """Read the files, folders and zip archives ``paths`` as sheets for ``folder``; archives are unpacked for as long as
    it is held in ``with``.

    Each sheet is named by its project's number, or title. A name that is taken by another content is told apart by the
    day. With ``replace`` a sheet takes the place of those in the folder that are of the same project, or have the same
    name. Raises FolderError for a path that is not there.
    """
    with tempfile.TemporaryDirectory(prefix="esfbot-") as name:
        found = _Found()
        for number, path in enumerate(paths):
            found.look_at(path, Path(name) / str(number))
        yield _named(found, folder, replace=replace)


class _Found:
    """Files that may be sheets, by what they are called, and those that are not."""

    def __init__(self) -> None:
        self.files: list[tuple[str, Path]] = []
        self.refused: list[Refused] = []
        self.others: list[str] = []

    def look_at(self, path: Path, unpacked: Path) -> None:
        """Take in a file, a folder, or an archive, which is unpacked to the folder ``unpacked``."""
        if not path.exists():
            raise FolderError(f"there is no {path}", "a file, a folder or a zip archive", "Name another.")
        if path.is_dir():
            self._folder(path)
            self._pass_over(_others(path))
        elif path.suffix.lower() == _ARCHIVE:
            self._archive(path, unpacked)
        elif has_sheet_ending(path.name):
            self.files.append((path.name, path))
        else:
            found = f"{path.name} has an ending that sheets do not have"
            self.refused.append(Refused(path.name, SheetRefused(found, _ENDINGS, "Save it as one of these.")))

    def _folder(self, path: Path) -> None:
        self.files += [(file.relative_to(path).as_posix(), file) for file in sheet_files(path)]

    def _archive(self, path: Path, unpacked: Path) -> None:
        try:
            refused, others = unpack(path, unpacked)
        except SheetRefused as reason:
            self.refused.append(Refused(path.name, reason))
            return
        self.refused += refused
        self._folder(unpacked)
        self._pass_over(others)

    def _pass_over(self, names: Iterable[str]) -> None:
        for name in names:
            if name.lower().endswith(_ARCHIVE):
                found = f"{name} is an archive within what was given"
                reason = SheetRefused(found, "sheets, or an archive by itself", "Unpack it, or name it.")
                self.refused.append(Refused(name, reason))
            else:
                self.others.append(name)


def _others(folder: Path) -> list[str]:
    """Files below ``folder`` that are no sheets by their endings, but the hidden ones."""
    found = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    shown = (path for path in found if not any(part.startswith(".") for part in path.parts))
    return sorted(path.as_posix() for path in shown if not has_sheet_ending(path.name))


def _named(found: _Found, folder: Path, *, replace: bool) -> Incoming:
    """The sheets by the names that they get in ``folder``."""
    taken = {path.relative_to(folder).as_posix(): path for path in sheet_files(folder)} if folder.is_dir() else {}
    known = {_digest(path) for path in taken.values()}
    there_before = _Identities(taken if replace else {})
    files: dict[str, Path] = {}
    there: list[str] = []
    replaced: set[str] = set()
    for called, path in found.files:
        try:
            data = read_bytes(path)
            sheet = parse(as_text(data, path.name), called)
        except SheetRefused as reason:
            found.refused.append(Refused(called, reason))
            continue
        if digest(data) in known:
            there.append(called)
            continue
        known.add(digest(data))
        name = _name(sheet, path)
        replaced |= there_before.of_one_project(sheet) | ({name} & taken.keys() if replace else set())
        name = _free(name, {*(taken.keys() - replaced), *files})
        files[name] = path
    return Incoming(files, tuple(there), tuple(found.refused), frozenset(replaced), tuple(found.others))


class _Identities:
    """Which project each of the sheets ``files`` is of."""

    def __init__(self, files: Mapping[str, Path]) -> None:
        self._by_mark: dict[tuple[str, ...], list[Identity]] = {}
        for name, path in files.items():
            with contextlib.suppress(SheetRefused):
                own = identity_of(parse(read_text(path), name))
                for mark in own.marks:
                    self._by_mark.setdefault(mark, []).append(own)

    def of_one_project(self, sheet: Sheet) -> set[str]:
        """The names of the sheets that are of the same project as ``sheet``."""
        own = identity_of(sheet)
        return {x.sheet for mark in own.marks for x in self._by_mark.get(mark, ()) if x.is_one_with(own)}


def _digest(path: Path) -> str:
    try:
        return digest(read_bytes(path))
    except SheetRefused:
        return ""


def _name(sheet: Sheet, path: Path) -> str:
    """A file name from the project's number, or its title, in whatever alphabet."""
    number, title = sheet.first("number"), sheet.first("title")
    candidates = [str(fact.value) for fact in (number, title) if fact]
    plain = next(filter(None, map(_plain, [*candidates, path.stem])), "project")
    return f"{plain}{path.suffix.lower()}"


def _plain(text: str) -> str:
    """The letters and digits of a text, with hyphens between its words."""
    words = re.sub(r"[\W_]+", "-", normalise(fold(text))).strip("-")[:_LONGEST]
    return words.encode()[:_MOST_BYTES_OF_NAME].decode(errors="ignore").strip("-")


def _free(name: str, taken: set[str]) -> str:
    """The name, told apart by the day where it is taken, and then by a number."""
    stem, suffix = Path(name).stem, Path(name).suffix
    today = datetime.date.today().isoformat()  # noqa: DTZ011 - the maintainer's day
    candidates = [name, f"{stem}-{today}{suffix}", *(f"{stem}-{today}-{n}{suffix}" for n in range(2, len(taken) + 3))]
    return next(each for each in candidates if each not in taken)
