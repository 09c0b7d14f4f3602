"""A saved web page (HTML) made into the text of its project sheet."""

import datetime
import itertools
import re
from typing import TYPE_CHECKING

from esfbot.errors import SheetRefused
from esfbot.sheets.dates import page_date
from esfbot.sheets.formats.arrange import arranged
from esfbot.sheets.formats.content import own_content
from esfbot.sheets.formats.fields import with_fields
from esfbot.sheets.formats.lines import Kind, Line, write
from esfbot.sheets.formats.packages import load
from esfbot.sheets.formats.plain import clean, decode_bytes
from esfbot.sheets.formats.walk import HEADINGS, Walker, labels_of
from esfbot.values.dates import find_dates

if TYPE_CHECKING:
    from lxml.etree import _Element

_DECLARED = re.compile(
    rb"""<meta\s[^>]*?charset\s*=\s*["']?\s*([\w.:-]+)|<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:-]+)""", re.I
)
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]{0,1000}(?:\[[^\]]{0,10000}\]\s*)?>", re.I)  # with the entities that it defines
_MOST_ELEMENTS = 100_000  # a large page has 20 000
_HEAD = 4096  # bytes in which a page declares its encoding
# What the standard says these names mean on the web
_MEANT = {"iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252"}
# Where a page states its day for programs, the best first, and the words that it is told in
_META_DATES = (
    ("Senast uppdaterad", ("article:modified_time", "og:updated_time", "dcterms.modified", "dc.date.modified",
                           "dc.modified", "last-modified", "datemodified", "date-modified", "modified")),
    ("Publicerad", ("article:published_time", "dcterms.issued", "dc.date.issued", "dc.date", "dcterms.date",
                    "datepublished", "pubdate", "date")),
)  # fmt: skip


def html_text(data: bytes, name: str, charset: str = "") -> str:
    """Return the text of the web page in the file ``name``; ``charset`` is its encoding where that is told elsewhere.

    Raises SheetRefused for a page that is no HTML, is built to exhaust a reader, or shows no text.
    """
    root = parsed(_decoded(data, name, charset), name)
    dated, title = _meta_date(root), _page_title(root)
    content, footers = own_content(root)
    labels = labels_of(root)
    lines = _lines(Walker(labels), content, name)
    if content is not root and not _begins_with_heading(lines):
        lines = [*_title_outside(root), *lines]
    text = _written(lines, title, name)
    if page_date(text) is None:
        text += _date_line(footers, labels, dated)
    return text


def converted_text(page: str, name: str) -> str:
    """Return the text of the file ``name`` that was made into the HTML ``page``, in which all is the file's own.

    Where empty paragraphs make the space in it, for want of headings, those that have none between them stand together.
    """
    root = parsed(page, name)
    spaced = "<p></p>" in page and next(root.iter(*HEADINGS), None) is None
    walker = Walker(labels_of(root), paragraphs_stand_together=spaced)
    return _written(_lines(walker, root, name), "", name)


def _begins_with_heading(lines: list[Line]) -> bool:
    """Whether a heading stands above the facts."""
    above = itertools.takewhile(lambda line: line.kind is not Kind.FIELD, lines)
    return any(line.kind in (Kind.TITLE, Kind.HEADING) for line in above)


def _lines(walker: Walker, element: "_Element", name: str) -> list[Line]:
    try:
        return with_fields(walker.part(element))
    except RecursionError as error:
        raise _too_deep(name) from error


def _too_deep(name: str) -> SheetRefused:
    return SheetRefused(
        f"{name} has elements nested too deeply, or too long ones",
        "a page as a browser saves it",
        "Remove it from the folder, or save it as PDF.",
    )


def _written(lines: list[Line], title: str, name: str) -> str:
    text = clean(write(arranged(lines, title)))
    if not text.strip():
        raise _empty(name)
    return text


def _empty(name: str) -> SheetRefused:
    action = "Save the page again when all of it is shown."
    return SheetRefused(f"{name} shows no text", "the page of one project", action)


def parsed(page: str, name: str) -> "_Element":
    """Return the root of the tree of the page's elements. Raises SheetRefused for one that is nested too deeply."""
    etree = load("lxml.etree", name)
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(_DOCTYPE.sub("", page, count=1).encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        root = None
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        raise _too_deep(name)
    if root is not None and sum(1 for _ in itertools.islice(root.iter(), _MOST_ELEMENTS + 1)) > _MOST_ELEMENTS:
        found = f"{name} has more than {_MOST_ELEMENTS:,} elements"
        raise SheetRefused(found, "the page of one project", "Remove it from the folder, or save it as PDF.")
    if root is None:
        raise _empty(name)
    return root


def _decoded(data: bytes, name: str, charset: str) -> str:
    """The page in the encoding that its bytes show, or else in the one that it declares."""
    try:
        return data.decode("utf-8-sig")  # nothing else happens to be UTF-8, whatever the page says
    except UnicodeDecodeError:
        pass
    said = _DECLARED.search(data[:_HEAD])
    declared = charset or ((said[1] or said[2]).decode("ascii", "replace") if said else "")
    encoding = _MEANT.get(declared.casefold(), declared)
    if encoding and not encoding.casefold().startswith(("utf-8", "utf8", "utf-16", "utf16")):
        try:
            return data.decode(encoding)
        except (LookupError, UnicodeDecodeError):
            pass
    return decode_bytes(data, name)


def _page_title(root: "_Element") -> str:
    return " ".join("".join(text for element in root.iter("title") for text in element.itertext()).split())


def _title_outside(root: "_Element") -> list[Line]:
    """The page's heading, where the part that holds the facts has none."""
    found = next((" ".join("".join(heading.itertext()).split()) for heading in root.iter("h1")), "")
    return [Line(found, Kind.TITLE)] if found else []


def _meta_date(root: "_Element") -> str:
    """The line that says when the page was changed or published, by what it tells programs."""
    stated: dict[str, datetime.date] = {}
    for element in root.iter("meta", "time"):
        names = [element.get(key, "") for key in ("property", "name", "http-equiv", "itemprop")]
        found = find_dates(element.get("content", "") or element.get("datetime", ""))
        for name in filter(None, names):
            if found:
                stated.setdefault(name.casefold(), found[0][0])
    dates = [(words, stated[name]) for words, names in _META_DATES for name in names if name in stated]
    lines = [f"{words}: {day.isoformat()}" for words, day in dates]
    return next((line for line in lines if page_date(line)), "")


def _date_line(footers: "list[_Element]", labels: "dict[_Element, bool]", dated: str) -> str:
    """The page's day as a last line: from a footer that was left out, or else from what it tells programs."""
    said = [line.text for footer in footers for line in Walker(labels).part(footer)]
    found = page_date("\n".join(said))
    line = f"Senast uppdaterad: {found.isoformat()}" if found else dated
    return f"\n{line}\n" if line else ""
