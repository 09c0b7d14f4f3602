"""Files of a sheets folder, and their bytes as text."""

import stat
from pathlib import Path

from esfbot.errors import FolderError, SheetRefused
from esfbot.language.words import normalise
from esfbot.sheets.formats.kinds import HTML, SUFFIXES, TEXT, check_kind, kind_of
from esfbot.sheets.recognise import refuse_markup

MAX_BYTES = TEXT.most_bytes
_ACTION = "Remove it from the folder or replace it."
_OF_A_PAGE = ("_files", "_filer", "-filer", ".files")  # ends of a folder with what belongs to a saved page
_OF_AN_EDITOR = "~$"  # what begins the name of a file that Word has while it is open


def sheet_files(folder: Path) -> list[Path]:
    """Return the sheets' files below ``folder``, in the order of their names; left out are folders, what is hidden, and
    what a browser saved to go with a page.

    Raises FolderError where the folder is missing or can't be read.
    """
    try:
        if not folder.is_dir():
            raise FolderError(
                f"there is no folder {folder}", "a folder of project sheets", "Name one with --sheets or ESFBOT_SHEETS."
            )
        next(folder.iterdir(), None)
        found = [path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES and not _is_folder(path)]
    except PermissionError as error:
        found_ = f"{folder} can't be read ({error.strerror})"
        raise FolderError(found_, "a readable folder", "Change its rights.") from error
    pages = {path.relative_to(folder).with_suffix("") for path in found if path.suffix.lower() in HTML.suffixes}
    own = (path for path in found if not _is_left_out(path.relative_to(folder), pages))
    return sorted(own, key=lambda path: ([normalise(part) for part in path.parts], path))


def _is_left_out(path: Path, pages: set[Path]) -> bool:
    """Whether a file is hidden, an editor's own, or saved to go with one of ``pages`` (named without their endings)."""
    if any(part.startswith(".") for part in path.parts) or path.name.startswith(_OF_AN_EDITOR):
        return True
    ends = ((parent, end) for parent in path.parents for end in _OF_A_PAGE if parent.name.endswith(end))
    return any(parent.with_name(parent.name.removesuffix(end)) in pages for parent, end in ends)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # such as a link to itself: reading it will say so
        return False


def read_text(path: Path) -> str:
    """Return a sheet's text in NFC, without invisible characters and with a newline between its lines.

    Text files are in UTF-8 with or without BOM, UTF-16 or Windows-1252; web pages, PDF and Word documents are made
    into such text. Raises SheetRefused for a file that is too large, empty, not of the kind that its ending says, or
    can't be read.
    """
    return as_text(read_bytes(path), path.name)


def read_bytes(path: Path) -> bytes:
    """Return a sheet's bytes. Raises SheetRefused for what is no file, is too large to be a sheet, or can't be read."""
    kind = kind_of(path.name)
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise SheetRefused(f"{path.name} is no regular file", kind.called, _ACTION)
        if status.st_size > kind.most_bytes:
            raise SheetRefused(f"{path.name} has {status.st_size:,} bytes", f"at most {kind.most_bytes:,}", _ACTION)
        return path.read_bytes()
    except OSError as error:
        raise SheetRefused(f"{path.name} can't be read ({error.strerror})", "a readable file", _ACTION) from error


def as_text(data: bytes, name: str) -> str:
    """Return the bytes of a sheet as text (see `read_text`): ``name`` tells what kind of file it is."""
    if not data.strip():
        raise SheetRefused(f"{name} is empty", "the text of a project page", _ACTION)
    check_kind(data, name)
    kind = kind_of(name)
    text = kind.read(data, name)
    if kind is TEXT:
        refuse_markup(text, name)
    if not text.strip():
        raise SheetRefused(f"{name} is empty", "the text of a project page", _ACTION)
    if len(text) > MAX_BYTES:
        raise SheetRefused(f"{name} holds {len(text):,} letters", f"at most {MAX_BYTES:,}", _ACTION)
    return text
