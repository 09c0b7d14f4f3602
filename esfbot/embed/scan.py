"""The sheets of a folder, and which of them a generation does not know yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from esfbot.errors import SheetRefused
from esfbot.sheets.folder import Refused, digest
from esfbot.sheets.read import read_bytes, sheet_files

Files = Mapping[str, Path]


@dataclass(frozen=True, slots=True)
class Sheets:
    """Names of sheets by what became of them since a generation was made, and the files that are refused."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    refused: tuple[Refused, ...] = ()

    def __bool__(self) -> bool:
        """Whether any is not as it was."""
        return bool(self.added or self.changed or self.removed)


def files_of(folder: Path) -> dict[str, Path]:
    """The sheets' files below ``folder``, by the names that sheets have. Raises FolderError where it can't be read."""
    return {path.relative_to(folder).as_posix(): path for path in sheet_files(folder)}


def changes(files: Files, known: Mapping[str, str], refused: Mapping[str, str]) -> Sheets:
    """Which sheets are not as a manifest knows them, by their bytes alone; those ``refused`` are no sheets as long as
    they are the same."""
    now = {name: digest_of(path) for name, path in files.items()}
    now = {name: found for name, found in now.items() if refused.get(name) != found}
    return compared(known, now)


def compared(known: Mapping[str, str], now: Mapping[str, str], refused: Sequence[Refused] = ()) -> Sheets:
    """What became of the sheets, by their digests before and now."""
    both = now.keys() & known.keys()
    return Sheets(
        added=tuple(sorted(now.keys() - known.keys())),
        changed=tuple(sorted(name for name in both if now[name] != known[name])),
        removed=tuple(sorted(known.keys() - now.keys())),
        unchanged=tuple(sorted(name for name in both if now[name] == known[name])),
        refused=tuple(refused),
    )


def digest_of(path: Path) -> str:
    """The digest of a file; of one that can't be read another each time is told, so that it is tried again."""
    try:
        return digest(read_bytes(path))
    except SheetRefused:
        return "unreadable"
