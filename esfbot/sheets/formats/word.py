"""A Word document (.docx) made into the text of its project sheet."""

import io
import zipfile
from typing import Any

from esfbot.errors import SheetRefused
from esfbot.sheets.formats.html import converted_text
from esfbot.sheets.formats.packages import load

_DOCUMENT = "word/document.xml"
_MOST_BYTES = 5_000_000  # of the XML in the document, unpacked: a sheet has a tenth of that
_MOST_PARTS = 5000
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
"""
_EXPECTED = "a document as Word saves it (.docx)"


def word_text(data: bytes, name: str) -> str:
    """Return the text of the Word document ``name``: paragraphs, tables, lists and text boxes, without headers, footers
    and comments.

    Raises SheetRefused for one that is damaged, encrypted, or built to exhaust a reader.
    """
    _check(data, name)
    mammoth = load("mammoth", name)
    try:
        made = mammoth.convert_to_html(
            io.BytesIO(data), style_map=_STYLES, convert_image=_no_image, ignore_empty_paragraphs=False
        )
    except RecursionError as error:
        raise SheetRefused(f"{name} is nested too deeply", _EXPECTED, "Save it as PDF.") from error
    except Exception as error:  # whatever a damaged document makes the library raise
        raise SheetRefused(f"{name} is a damaged Word document", _EXPECTED, "Save it again.") from error
    return converted_text(made.value, name)


def _no_image(_: Any) -> list[Any]:
    return []


def _check(data: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if _DOCUMENT not in archive.namelist():
                raise SheetRefused(
                    f"{name} is an archive without a Word document", _EXPECTED, "Save it again as .docx."
                )
            size = sum(part.file_size for part in parts if part.filename.endswith((".xml", ".rels")))
            if size > _MOST_BYTES or len(parts) > _MOST_PARTS:
                raise SheetRefused(
                    f"{name} unpacks to {size:,} bytes in {len(parts):,} parts",
                    f"at most {_MOST_BYTES:,} bytes in {_MOST_PARTS:,} parts",
                    "Remove it from the folder or replace it.",
                )
            _check_parts(archive, name)
    except SheetRefused:
        raise
    except Exception as error:  # zipfile raises half a dozen kinds, struct.error and zlib.error among them
        raise SheetRefused(f"{name} is a damaged Word document", _EXPECTED, "Save it again.") from error


def _check_parts(archive: zipfile.ZipFile, name: str) -> None:
    """Raise SheetRefused for parts that are encrypted or that define entities, which Word never does."""
    for part in archive.infolist():
        if part.flag_bits & 1:
            raise SheetRefused(f"{name} is encrypted", _EXPECTED, "Save it without a password.")
        if part.filename.endswith((".xml", ".rels")):
            with archive.open(part) as file:
                head = file.read(2000)
            if b"<!DOCTYPE" in head.replace(b"\x00", b"").upper():
                raise SheetRefused(f"{name} defines XML entities", _EXPECTED, "Save it again.")
