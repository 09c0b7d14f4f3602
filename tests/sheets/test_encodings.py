"""A sheet is the same however its letters are stored."""

import codecs
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from esfbot.errors import SheetRefused
from esfbot.model.project import Severity, Sheet
from esfbot.sheets.parse import parse
from esfbot.sheets.read import MAX_BYTES, as_text, read_text
from tests.sheets.pages import ALL, layout_a, name

ENCODINGS: dict[str, Callable[[str], bytes]] = {
    "UTF-8": lambda text: text.encode(),
    "UTF-8 with BOM": lambda text: codecs.BOM_UTF8 + text.encode(),
    "UTF-16": lambda text: text.encode("utf-16"),
    "UTF-16, big end first": lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
    "UTF-16 without BOM": lambda text: text.encode("utf-16-le"),
    "UTF-16, big end first, without BOM": lambda text: text.encode("utf-16-be"),
    "decomposed": lambda text: unicodedata.normalize("NFD", text).encode(),
    "lines as Windows ends them": lambda text: text.replace("\n", "\r\n").encode(),
    "lines as old Macs ended them": lambda text: text.replace("\n", "\r").encode(),
    "soft hyphens": lambda text: text.replace("e", "e\u00ad").encode(),
}


def decoded(data: bytes) -> Sheet:
    return parse(as_text(data, "x.txt"), "x.txt")


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("path", ALL, ids=name)
def test_encodings(path: Path, encoding: str) -> None:
    """A sheet stored in any known way gives the same facts, sections and problems."""
    text = read_text(path)
    assert decoded(ENCODINGS[encoding](text)) == parse(text, "x.txt")


@pytest.mark.parametrize("path", ALL, ids=name)
def test_windows_1252(path: Path) -> None:
    """Windows-1252 is read; letters that it lacks are lost before the sheet is."""
    text = read_text(path).encode("cp1252", errors="replace").decode("cp1252")
    assert decoded(text.encode("cp1252")) == parse(text, "x.txt")


def test_one_damaged_letter() -> None:
    """One broken byte in a sheet of UTF-8 makes it no Windows-1252: the rest is read, and the line reported."""
    data = layout_a(text="Sammanfattning\n\nÅtgärder för ökad närvaro.\nOmställning på många håll.").encode()
    sheet = decoded(data.replace("många".encode(), b"m\xa5nga"))
    assert sheet.sections[0].text == "Åtgärder för ökad närvaro.\nOmställning på m\ufffdnga håll."
    assert [(x.source.line, x.severity, x.found) for x in sheet.problems] == [
        (20, Severity.WARNING, "'\ufffd' in place of a letter")
    ]


def test_letters_lost_by_whoever_saved_the_sheet() -> None:
    """UTF-8 that was taken for Windows-1252 and saved as such is reported, at its first line."""
    problems = decoded(layout_a("Fler vÃ¤gar").encode()).problems
    assert [(x.source.line, x.found, x.action[:30]) for x in problems] == [
        (3, "'Ã¤' in place of a letter", "Save the page again, as UTF-8;")
    ]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "is a picture"),
        (b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n\x00\x01\x02", "is a PDF"),
        (b"Projekt\x00\x01\x02gare", "is a binary file"),
        (bytes(range(256)), "is (?:a binary file|no text in a known encoding)"),
        (b"Projekt\x81gare", "is no text in a known encoding"),
        (b"\xff\xfea\x00b", "is no text in a known encoding"),
    ],
)
def test_no_text(data: bytes, reason: str) -> None:
    """A binary file is refused by name, with the byte that shows it."""
    with pytest.raises(SheetRefused, match=f"^x.txt {reason}"):
        decoded(data)


def test_too_large(tmp_path: Path) -> None:
    """A file of 200 MB is refused by its size alone, unread."""
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    with pytest.raises(SheetRefused, match=f"^large.txt has 200,000,000 bytes; expected at most {MAX_BYTES:,}"):
        read_text(path)
