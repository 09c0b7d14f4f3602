"""A PDF made into the text of its project sheet."""

import ctypes
import itertools
import math
import threading
from collections.abc import Iterator
from typing import Any

from esfbot.errors import SheetRefused
from esfbot.sheets.formats.arrange import arranged
from esfbot.sheets.formats.fields import with_fields
from esfbot.sheets.formats.lines import write
from esfbot.sheets.formats.packages import load
from esfbot.sheets.formats.paper import Glyph, Mark, Page, page_rows
from esfbot.sheets.formats.paragraphs import lines_of
from esfbot.sheets.formats.plain import clean
from esfbot.sheets.persons import is_person

_MOST_PAGES = 60
_MOST_GLYPHS = 200_000  # the longest real sheet seen has 22 000, a sheet of paper full of small print 8 000
_FEWEST_LETTERS = 40  # a page that was scanned has none
_MOST_OBJECTS = 50_000  # words and drawings on one page
_MOST_LINKS = 100  # on one page, among which its addresses are looked for
_MOST_BULLETS = 500  # on one page
_LARGEST_BULLET = 7.0  # points
_ACTION = "Remove it from the folder or replace it."
# PDFium is one engine for the whole process and works on one thing at a time.
_ENGINE = threading.Lock()


def pdf_text(data: bytes, name: str) -> str:
    """Return the text of the PDF ``name``: its lines as paragraphs, without what stands at head and foot of each page.

    Raises SheetRefused for one that is encrypted, damaged, scanned, or too long to be a sheet.
    """
    pdfium = load("pypdfium2", name)
    with _ENGINE:
        document = _opened(pdfium, data, name)
        try:
            if len(document) > _MOST_PAGES:
                found = f"{name} has {len(document):,} pages"
                raise SheetRefused(found, f"at most {_MOST_PAGES}", _ACTION)
            pages = _pages(pdfium, document, name)
            title = document.get_metadata_value("Title")
        except pdfium.PdfiumError as error:
            raise SheetRefused(f"{name} is a damaged PDF", "a PDF as a browser saves it", "Save it again.") from error
        finally:
            document.close()
    if sum(glyph.text.isalpha() for page in pages for glyph in page.glyphs) < _FEWEST_LETTERS:
        raise SheetRefused(
            f"{name} holds no text (it may be scanned)",
            "a PDF with text in it",
            "Save the page as a web page or as text, or run text recognition on the PDF.",
        )
    lines = lines_of(page_rows(pages), max(page.width for page in pages))
    return clean(write(arranged(with_fields(lines), title)))


def _opened(pdfium: Any, data: bytes, name: str) -> Any:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium.raw.FPDF_ERR_PASSWORD:
            raise SheetRefused(
                f"{name} is encrypted", "a PDF that opens without a password", "Save it without a password."
            ) from error
        raise SheetRefused(f"{name} is a damaged PDF", "a PDF as a browser saves it", "Save it again.") from error


def _pages(pdfium: Any, document: Any, name: str) -> list[Page]:
    pages = []
    room = _MOST_GLYPHS
    for number in range(len(document)):
        page = document[number]
        if pdfium.raw.FPDFPage_CountObjects(page) > _MOST_OBJECTS:
            found = f"{name} has more than {_MOST_OBJECTS:,} words and drawings on page {number + 1}"
            raise SheetRefused(found, "the page of one project", _ACTION)
        text = page.get_textpage()
        room -= text.count_chars()
        if room < 0:
            raise SheetRefused(f"{name} has more than {_MOST_GLYPHS:,} letters", "the page of one project", _ACTION)
        glyphs = _with_addresses(list(_glyphs(pdfium.raw, text)), _addresses(pdfium.raw, document, page))
        width, height = page.get_size()
        pages.append(
            Page(number, width, height, glyphs, list(itertools.islice(_marks(pdfium.raw, page), _MOST_BULLETS)))
        )
        text.close()
        page.close()
    return pages


def _glyphs(raw: Any, text: Any) -> Iterator[Glyph]:
    """The letters of a page with their places, upright ones only."""
    x, y, box, matrix = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF(), raw.FS_MATRIX()
    for i in range(text.count_chars()):
        letter = chr(raw.FPDFText_GetUnicode(text, i))
        if raw.FPDFText_IsGenerated(text, i) == 1:  # a space or a line's end that PDFium sees between the letters
            yield Glyph(" " if letter == " " else "\n", 0, 0, 0, 0, bold=False)
            continue
        if abs(math.sin(raw.FPDFText_GetCharAngle(text, i))) > 0.1:
            continue  # a watermark
        raw.FPDFText_GetCharOrigin(text, i, x, y)
        raw.FPDFText_GetLooseCharBox(text, i, box)
        raw.FPDFText_GetMatrix(text, i, matrix)
        size = raw.FPDFText_GetFontSize(text, i) * math.hypot(matrix.b, matrix.d)
        letter = "-" if letter in "\x02\ufffe" else letter  # how PDFium writes a hyphen at a line's end
        yield Glyph(letter, box.left, box.right, y.value, size, bold=_is_bold(raw, text, i))


def _is_bold(raw: Any, text: Any, i: int) -> bool:
    flags, name = ctypes.c_int(), ctypes.create_string_buffer(100)
    raw.FPDFText_GetFontInfo(text, i, name, len(name), flags)
    said = name.value.decode("utf-8", "replace").casefold()
    return any(word in said for word in ("bold", "black", "heavy")) or raw.FPDFText_GetFontWeight(text, i) >= 600


def _marks(raw: Any, page: Any) -> Iterator[Mark]:
    """Small drawings, as the bullets are that a browser prints."""
    for drawing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=4):
        left, bottom, right, top = drawing.get_bounds()
        width, height = right - left, top - bottom
        if 1 < width < _LARGEST_BULLET and 0.7 < width / max(height, 0.1) < 1.4:
            yield Mark(left, (bottom + top) / 2)


_Address = tuple[str, float, float, float, float]  # with the left, bottom, right and top of its link


def _addresses(raw: Any, document: Any, page: Any) -> list[_Address]:
    """The e-mail addresses that a page links to."""
    found: list[_Address] = []
    position, link, box = ctypes.c_int(0), raw.FPDF_LINK(), raw.FS_RECTF()
    for _ in range(_MOST_LINKS):
        if not raw.FPDFLink_Enumerate(page, position, link):
            break
        action = raw.FPDFLink_GetAction(link)
        target = ctypes.create_string_buffer(1000)
        raw.FPDFAction_GetURIPath(document, action, target, len(target))
        scheme, _, address = target.value.decode("utf-8", "replace").partition(":")
        if scheme.casefold() == "mailto" and "@" in address and raw.FPDFLink_GetAnnotRect(link, box):
            found.append((address.partition("?")[0].strip(), box.left, box.bottom, box.right, box.top))
    return found


def _with_addresses(glyphs: list[Glyph], addresses: list[_Address]) -> list[Glyph]:
    """The letters of a page, with the address in place of words that link to it: Skicka e-post."""
    for address, left, bottom, right, top in addresses:
        inside = [
            i for i, x in enumerate(glyphs) if x.size and left - 1 <= (x.left + x.right) / 2 <= right + 1
            and bottom - 1 <= x.y + x.size / 4 <= top + 1
        ]  # fmt: skip
        words = "".join(x.text for x in glyphs[inside[0] : inside[-1] + 1]) if inside else ""
        if not words or "@" in words or is_person(words):
            continue
        first, last = glyphs[inside[0]], glyphs[inside[-1]]
        whole = Glyph(address, first.left, last.right, first.y, first.size, bold=first.bold)
        glyphs = [*glyphs[: inside[0]], whole, *glyphs[inside[-1] + 1 :]]
    return glyphs
