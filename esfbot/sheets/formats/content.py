"""What of a web page is its own content: without menus, banners, forms and all that is not shown."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from esfbot.fields import Kind
from esfbot.sheets.labels import Style, find_label, row_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_NEVER_SHOWN = frozenset(
    "script style template noscript noframes svg math canvas iframe frame object embed applet audio video map head "
    "title select option optgroup datalist textarea input img picture source track meta link base progress meter "
    "area param rp rt".split()
)
_OF_THE_SITE = frozenset(("nav", "header", "footer", "aside", "form", "dialog", "menu", "search"))
_ROLES = frozenset(
    "navigation banner contentinfo complementary search dialog alertdialog menu menubar toolbar form".split()
)
_NEVER_THE_PROJECT = frozenset(("nav", "footer", "navigation", "contentinfo", "menu", "menubar", "search"))
# Words of a class or an id, as they stand between hyphens, underscores and capitals
_OF_THE_SITE_BY_NAME = re.compile(
    r"(?:^|[\s_-])(?:cookies?(?:bot|banner|notice|consent|bar|law)?|kakor|consent|gdpr|onetrust|breadcrumbs?|brodsmul\w*"
    r"|skip(?:link)?s?|share|sharing|social|pagination|pager)(?:$|[\s_-])",
    re.I,
)
_HIDDEN_BY_CLASS = re.compile(
    r"(?:^|\s)(?:sr-only|visually-?hidden|screen-?reader(?:-text|-only)?|element-invisible|d-none|hidden)(?:$|\s)", re.I
)
_SHOWN_ON_WIDE = re.compile(r"(?:^|[\s-])(?:sm|md|lg|xl|xxl)[-:]")  # hidden lg:block, d-none d-md-flex
_HIDDEN_BY_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
_NO_TEXT = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML holds no character of
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_CONTACT = ("contact", "email", "phone", "address", "website", "postal_code", "postal_town")
_HEADING = "<h1>"
_FEWEST = 2  # labels of facts that make a part of a page the project's
_LONGEST_LABEL = 80


def own_content(root: "_Element") -> "tuple[_Element, list[_Element]]":
    """Take out of the tree what is not shown or belongs to the site; return the part that holds the page's own content,
    and the footers that were taken out.

    That part is ``<main>`` or the only ``<article>``, where the facts are in it. What holds the facts is kept whatever
    it is called: pages put them into ``<aside>`` and ``<form>`` too.
    """
    held = _held(root)
    footers = _prune(root, held)
    for path in (".//main", ".//*[@role='main']", ".//article"):
        found = [element for element in root.iterfind(path) if len(held[element] - {_HEADING}) >= _FEWEST]
        if len(found) == 1:
            return found[0], footers
    return root, footers


def _prune(root: "_Element", held: "dict[_Element, set[str]]") -> "list[_Element]":
    footers = []
    for element in list(root.iter()):
        if element is root or not isinstance(element.tag, str):
            continue
        kinds = {element.tag, element.get("role", "")}
        if _is_hidden(element):
            _take_out(element)
        elif _is_of_the_site(element, kinds) and (kinds & _NEVER_THE_PROJECT or not _is_the_project_s(held[element])):
            footers.extend([element] if kinds & {"footer", "contentinfo"} else [])
            _take_out(element)
    return footers


def own_text(element: "_Element", longest: int = _LONGEST_LABEL) -> str:
    """The text in an element with single spaces; empty where it is longer than ``longest`` letters."""
    pieces: list[str] = []
    length = 0
    for piece in element.itertext():
        pieces.append(piece)
        length += len(piece.strip())
        if length > longest:
            return ""
    return " ".join("".join(pieces).split())


def _take_out(element: "_Element") -> None:
    """Remove an element with all in it, and keep the text behind it."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    behind = _NO_TEXT.sub(" ", element.tail or "")
    if before is not None:
        before.tail = _NO_TEXT.sub(" ", before.tail or "") + behind
    else:
        parent.text = _NO_TEXT.sub(" ", parent.text or "") + behind
    parent.remove(element)
    element.tail = None


def _is_hidden(element: "_Element") -> bool:
    if element.tag in _NEVER_SHOWN:
        return True
    if "hidden" in element.attrib and element.get("hidden") != "until-found":
        return True
    named = element.get("class", "")
    by_class = _HIDDEN_BY_CLASS.search(named) is not None and _SHOWN_ON_WIDE.search(named) is None
    if by_class or _HIDDEN_BY_STYLE.search(element.get("style", "")):
        return True
    decoration = element.tag in ("i", "span", "a") and element.get("aria-hidden") == "true"
    return decoration or (element.tag == "button" and not _is_heading(element))


def _is_heading(button: "_Element") -> bool:
    """Whether a button is a heading whose text it opens."""
    above = button.getparent()
    return (above is not None and above.tag in ("h1", "h2", "h3", "h4", "h5", "h6", "summary")) or (
        row_of(own_text(button)) is not None
    )


def _is_of_the_site(element: "_Element", kinds: set[str]) -> bool:
    if element.tag in ("html", "body", "main", "h1"):
        return False
    if kinds & (_OF_THE_SITE | _ROLES):
        return True
    names = _CAMEL.sub("-", f"{element.get('id', '')} {element.get('class', '')}")
    return _OF_THE_SITE_BY_NAME.search(names) is not None


def _held(root: "_Element") -> "dict[_Element, set[str]]":
    """What of a project each element holds: the facts whose labels are in it, and the page's heading.

    Labels that any contact box has, and those of forms, do not count.
    """
    held: dict[_Element, set[str]] = {}
    for element in reversed(list(root.iter())):
        heading = [_HEADING] if element.tag == "h1" else []
        held[element] = set(_labels_of(element)).union(heading, *(held[child] for child in element))
    return held


def _is_the_project_s(held: set[str]) -> bool:
    return _HEADING in held or len(held) >= _FEWEST


def _labels_of(element: "_Element") -> Iterator[str]:
    if not isinstance(element.tag, str) or element.tag in ("label", "a", "option"):
        return
    row = row_of(own_text(element)) if len(element) < 3 else None
    rows = [] if row is None or row.kind is Kind.SECTION else [row]
    for text in (element.text, *(child.tail for child in element)):
        for line in (text or "").split("\n"):
            found = find_label(line, Style.COLON, strict=True) or find_label(line, Style.FUSED, strict=True)
            rows.extend([found.field] if found else [])
    yield from (row.name for row in rows if row.name not in _CONTACT)
