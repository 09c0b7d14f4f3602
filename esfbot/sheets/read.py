"""Files of a sheets folder, and their bytes as text."""

import codecs
import re
import stat
from pathlib import Path

from esfbot.errors import FolderError, SheetRefused
from esfbot.language.words import normalise

# The longest real sheet seen has 22 kB; a saved page a hundred times that long is something else.
MAX_BYTES = 5_000_000
SUFFIX = ".txt"
_ACTION = "Remove it from the folder or replace it."
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_REPLACED = "\ufffd"  # what Python writes for bytes that are no letter
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")


def sheet_files(folder: Path) -> list[Path]:
    """Return the sheets' files below ``folder``, in the order of their names; hidden ones and folders are left out.

    Raises FolderError where the folder is missing or can't be read.
    """
    try:
        if not folder.is_dir():
            raise FolderError(
                f"there is no folder {folder}", "a folder of project sheets", "Name one with --sheets or ESFBOT_SHEETS."
            )
        next(folder.iterdir(), None)
        found = [path for path in folder.rglob("*") if path.suffix.lower() == SUFFIX and not _is_folder(path)]
    except PermissionError as error:
        found_ = f"{folder} can't be read ({error.strerror})"
        raise FolderError(found_, "a readable folder", "Change its rights.") from error
    return sorted(path for path in found if not any(part.startswith(".") for part in path.relative_to(folder).parts))


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # such as a link to itself: reading it will say so
        return False


def read_text(path: Path) -> str:
    """Return a sheet's text in NFC, without invisible characters and with a newline between its lines.

    UTF-8 with or without BOM, UTF-16 and Windows-1252 are read. Raises SheetRefused for a file that is too large,
    empty, binary, or can't be read.
    """
    return as_text(read_bytes(path), path.name)


def read_bytes(path: Path) -> bytes:
    """Return a sheet's bytes. Raises SheetRefused for what is no file, is too large to be a sheet, or can't be read."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise SheetRefused(f"{path.name} is no regular file", "a text file", _ACTION)
        if status.st_size > MAX_BYTES:
            raise SheetRefused(f"{path.name} has {status.st_size:,} bytes", f"at most {MAX_BYTES:,}", _ACTION)
        return path.read_bytes()
    except OSError as error:
        raise SheetRefused(f"{path.name} can't be read ({error.strerror})", "a readable file", _ACTION) from error


def as_text(data: bytes, name: str) -> str:
    """Return the bytes of a sheet as text (see `read_text`); ``name`` is for the message where they are refused."""
    text = decode(data, name)
    if not text.strip():
        raise SheetRefused(f"{name} is empty", "the text of a project page", _ACTION)
    return text


def decode(data: bytes, name: str) -> str:
    """Return ``data`` as text (see `read_text`); ``name`` is for the error message."""
    text = normalise(_INVISIBLE.sub("", _decoded(data, name)))
    text = re.sub(r"\r\n?", "\n", text)
    if odd := re.search(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]", text):
        found = f"{name} is a binary file (it holds byte {ord(odd[0])})"
        raise SheetRefused(found, "the text of a project page", _ACTION)
    return re.sub(r"[\x0b\x0c\x1b\x7f-\x9f\u2028\u2029]", " ", text)


def _decoded(data: bytes, name: str) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decode_as(data, encoding, name)
    if guess := _utf16_without_bom(data):
        return _decode_as(data, guess, name)
    text = data.decode("utf-8", errors="replace")
    broken = text.count(_REPLACED)
    if not broken or sum(not character.isascii() for character in text) > 2 * broken:
        return text  # a damaged letter or two make no other encoding: whoever parses the text reports them
    return _decode_as(data, "cp1252", name)


def _decode_as(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SheetRefused(
            f"{name} is no text in a known encoding (byte {data[error.start]:#04x} at {error.start})",
            "UTF-8, UTF-16 or Windows-1252",
            "Save it as UTF-8.",
        ) from error


def _utf16_without_bom(data: bytes) -> str:
    """Which UTF-16 it is, judged by where the zero bytes of Latin letters lie; empty for none."""
    head = data[:4000]
    if len(head) < 4 or len(data) % 2:
        return ""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > 0.7 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.7 * half and odd < 0.05 * half:
        return "utf-16-be"
    return ""
