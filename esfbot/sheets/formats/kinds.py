"""The kinds of files that sheets are read from: by their endings, and by what is in them."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from esfbot.errors import SheetRefused
from esfbot.sheets.formats.html import html_text
from esfbot.sheets.formats.mhtml import mhtml_text
from esfbot.sheets.formats.pdf import pdf_text
from esfbot.sheets.formats.plain import decode
from esfbot.sheets.formats.word import word_text

_HEAD = 4096  # bytes by which a file is known
_LONG_HEAD = 100_000  # bytes within which a page has its first element, whatever comes before it


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: what it is called, its endings, the most bytes of a sheet of it, and what reads it."""

    called: str
    suffixes: tuple[str, ...]
    most_bytes: int
    read: Callable[[bytes, str], str]


# The longest real sheet seen has 22 kB of text; a text a hundred times that long is something else. What a browser
# saves has pictures, fonts and style sheets too.
TEXT = FileKind("a text file", (".txt",), 5_000_000, decode)
HTML = FileKind("a web page (HTML)", (".html", ".htm"), 20_000_000, html_text)
MHTML = FileKind("a web archive (MHTML)", (".mhtml", ".mht"), 30_000_000, mhtml_text)
PDF = FileKind("a PDF", (".pdf",), 30_000_000, pdf_text)
WORD = FileKind("a Word document (.docx)", (".docx",), 20_000_000, word_text)
KINDS = (TEXT, HTML, MHTML, PDF, WORD)
SUFFIXES = frozenset(suffix for kind in KINDS for suffix in kind.suffixes)

_BY_SUFFIX = {suffix: kind for kind in KINDS for suffix in kind.suffixes}
_MAIL_HEADER = re.compile(rb"\s*[A-Za-z][A-Za-z-]*:\s")
_MIME = re.compile(rb"^(?:mime-version|content-type)\s*:", re.I | re.M)
_MARKUP = re.compile(r"<(?:!doctype\s+html|\?xml|html|head|body|meta|title|main|div|table|p|h1)\b", re.I)
_ELEMENT = re.compile(r"<(?:!doctype|[a-z][a-z0-9]*)[\s>/]", re.I)
_ARCHIVE = "an archive (zip) without a Word document"
# What files of other kinds begin with
_OTHERS = (
    (b"PK\x03\x04", _ARCHIVE),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old or encrypted Office document"),
    (b"{\\rtf", "a document in Rich Text Format"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
)


def kind_of(name: str) -> FileKind:
    """The kind of the file ``name`` by its ending; one with another ending is taken for text."""
    return _BY_SUFFIX.get(PurePath(name).suffix.lower(), TEXT)


def check_kind(data: bytes, name: str) -> None:
    """Raise SheetRefused where the content of the file ``name`` is not of the kind that its ending says."""
    expected, found = kind_of(name), _found(data)
    fits = found is expected or (found is None and (expected is TEXT or (expected is HTML and _has_elements(data))))
    if fits or not data.strip() or (expected is TEXT and found is HTML):
        return  # the source of a page among the text files is refused by whoever reads the text
    kind = expected.called.partition(" ")[2]
    called, action = f"no {kind}", f"Save it again as {expected.called}, or remove it from the folder."
    if isinstance(found, FileKind):
        called, action = found.called, f"Give it the ending {found.suffixes[0]}."
    elif found:
        called, action = found, "Save the page as a web page, PDF, .docx or text, without a password."
    raise SheetRefused(f"{name} is {called}", f"{expected.called}, as its ending says", action)


def _found(data: bytes) -> FileKind | str | None:
    """What the content of a file is; None for text that is nothing more, and for bytes that show nothing."""
    head = data[:_HEAD]
    if b"%PDF-" in head[:1024]:
        return PDF
    if other := next((called for start, called in _OTHERS if head.startswith(start)), None):
        return WORD if other == _ARCHIVE and b"word/document" in data else other
    if _MAIL_HEADER.match(head) and _MIME.search(head):
        return MHTML
    return HTML if _begins_with_markup(_head_of(data)) else None


def _begins_with_markup(text: str) -> bool:
    """Whether, after comments, an element comes that pages begin with."""
    start = 0
    while text.startswith("<!--", start := _skip_space(text, start)) and (end := text.find("-->", start)) >= 0:
        start = end + 3
    return _MARKUP.match(text, start) is not None


def _skip_space(text: str, start: int) -> int:
    while start < len(text) and text[start].isspace():
        start += 1
    return start


def _has_elements(data: bytes) -> bool:
    return _ELEMENT.search(_head_of(data)) is not None


def _head_of(data: bytes) -> str:
    """The beginning of a file as far as its letters are those of markup, in any encoding."""
    return data[:_LONG_HEAD].replace(b"\x00", b"").removeprefix(b"\xef\xbb\xbf").lstrip(b"\xff\xfe").decode("latin-1")
