"""A tree of HTML elements made into the lines that a reader of the page sees."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote

from esfbot.sheets.formats.content import own_text
from esfbot.sheets.formats.lines import Kind, Line, is_known_heading, names_fact
from esfbot.sheets.formats.tables import definitions, table_lines
from esfbot.sheets.labels import row_of
from esfbot.sheets.persons import is_person

if TYPE_CHECKING:
    from lxml.etree import _Element

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure "
    "footer form header hgroup hr html legend li main menu nav ol p section summary tbody td tfoot th thead tr "
    "ul".split()
)
_MARKS = frozenset((*HEADINGS, "strong", "b", "em", "i", "dt", "th", "label"))  # what marks a label without a class
_LONGEST_LABEL = 70
_FEWEST = 2  # known labels of one mark-up, so that others of it are labels too
_NUMBER = re.compile(r"\d")


class Walker:
    """Collects the lines of a page while its elements go by.

    Paragraphs have space between them, unless ``paragraphs_stand_together``: then an empty one makes the space.
    """

    def __init__(self, labels: "dict[_Element, bool]", *, paragraphs_stand_together: bool = False) -> None:
        self.labels = labels
        self.together = paragraphs_stand_together
        self.lines: list[Line] = []
        self.written: list[str] = []
        self.label = ""
        self.kind = Kind.TEXT
        self.bullet = ""
        self.numbers: dict[_Element, int] = {}  # of the next item of each numbered list
        self.close = self.apart = False
        self.below_paragraph = False

    def part(self, element: "_Element") -> list[Line]:
        """The lines within one element, apart from those around it."""
        walker = Walker(self.labels, paragraphs_stand_together=self.together)
        walker.inside(element)
        walker.end_line()
        return walker.lines

    def inside(self, element: "_Element") -> None:
        """Take what is within an element."""
        self.written.append(element.text or "")
        for child in element:
            if isinstance(child.tag, str):
                self._take(child)
            self.written.append(child.tail or "")

    def end_line(self, *, close: bool = False) -> None:
        """End the line; the next one stands right below it where it is ``close``."""
        text = " ".join("".join(self.written).split())
        if text:
            label = self.label if text.startswith(self.label) else ""
            bullet, self.bullet = self.bullet, ""
            kind = Kind.ITEM if bullet and self.kind is Kind.TEXT else self.kind
            self.lines.append(Line(text, kind, label, close=self.close, apart=self.apart, bullet=bullet))
        self.apart = close and not text and (self.close or self.apart)  # an empty line parts them
        self.close = close and bool(text)
        self.written, self.label = [], ""

    def _take(self, element: "_Element") -> None:
        tag = element.tag
        if tag == "br":
            self.end_line(close=True)
        elif tag == "pre":
            self._take_lines(element)
        elif tag == "table":
            self._add(table_lines(element, self.part))
        elif tag == "dl":
            self._add(definitions(element, self.part))
        elif tag in HEADINGS or tag == "summary":
            self._block(element, Kind.TITLE if tag == "h1" else Kind.HEADING)
        elif tag == "li":
            self._take_item(element)
        elif tag == "p" and self.together:
            self._take_paragraph(element)
        elif tag in _BLOCKS:
            self._block(element, self.kind)
        elif tag == "a":
            self._take_link(element)
        else:
            self._take_inline(element)

    def _add(self, lines: Iterable[Line]) -> None:
        self.end_line()
        self.below_paragraph = False
        self.lines.extend(lines)

    def _block(self, element: "_Element", kind: Kind) -> None:
        self.end_line()
        self.below_paragraph = False
        outer, self.kind = self.kind, kind
        if element in self.labels:
            self.label = own_text(element)
        first = len(self.lines)
        self.inside(element)
        self.end_line()
        self.kind = outer
        if element not in self.labels and first < len(self.lines):
            self._note_pair(first)

    def _note_pair(self, first: int) -> None:
        """Note that a label and the lines below it, which are all of a block, belong together."""
        label, *values = self.lines[first:]
        if len(values) == 1 and values[0].label == values[0].text and not values[0].text.endswith(":"):
            values = [replace(values[0], label="")]  # a value that reads like a label: a project called Mål
        alone = label.label and not label.rest and label.below is None
        if alone and all(value.kind is Kind.TEXT and not value.label for value in values):
            self.lines[first:] = [replace(label, below=len(values)), *values]

    def _take_paragraph(self, element: "_Element") -> None:
        close, apart = self.below_paragraph, self.apart
        self.end_line()
        self.close, self.apart = close, apart
        first = len(self.lines)
        self.inside(element)
        self.end_line()
        self.below_paragraph = first < len(self.lines)
        self.apart = not self.below_paragraph

    def _take_item(self, element: "_Element") -> None:
        self.end_line()
        self.bullet = self._bullet(element)
        first = len(self.lines)
        self._block(element, Kind.TEXT)
        self.bullet = ""
        self.lines[first + 1 :] = [_within_item(line) for line in self.lines[first + 1 :]]

    def _bullet(self, item: "_Element") -> str:
        parent = item.getparent()
        if parent is None or parent.tag != "ol":
            return "•"
        start = parent.get("start", "1")
        number = self.numbers.get(parent, int(start) if start.isdecimal() and len(start) < 5 else 1)
        self.numbers[parent] = number + 1
        return f"{number}."

    def _take_lines(self, element: "_Element") -> None:
        """Take text whose lines are as they stand."""
        self.end_line()
        for text in "".join(element.itertext()).split("\n"):
            self.written = [text]
            self.end_line(close=True)
        self.end_line()

    def _take_link(self, element: "_Element") -> None:
        text, target = own_text(element, 200), element.get("href", "").strip()
        scheme, _, address = target.partition(":")
        address = unquote(address.partition("?")[0]).strip()
        mail = scheme.casefold() == "mailto" and "@" in address and "@" not in text and not is_person(text)
        call = scheme.casefold() == "tel" and not _NUMBER.search(text)
        if address and (mail or call):
            self.written.append(f" {address} ")
        else:
            self._take_inline(element)

    def _take_inline(self, element: "_Element") -> None:
        known = self.labels.get(element)
        begins = not "".join(self.written).strip()
        if known and not begins and self.label:
            self.end_line(close=True)  # the next pair of label and value on the same line
            begins = True
        if known is not None and begins and not self.label:
            self.label = own_text(element)
        self.inside(element)


def _within_item(line: Line) -> Line:
    if line.kind is not Kind.TEXT:
        return line
    return replace(line, close=True)


_Mark = tuple[str, ...]


def labels_of(root: "_Element") -> "dict[_Element, bool]":
    """The elements that hold only a label: True for those of the field table, False for those marked up alike."""
    short = {element: text for element in root.iter() if isinstance(element.tag, str) and (text := _short(element))}
    known = {element for element, text in short.items() if row_of(text)}
    facts: dict[_Mark, set[str]] = defaultdict(set)
    for element in known:
        if (mark := _mark(element)) and names_fact(short[element]):
            facts[mark].add(short[element])
    marks = {mark for mark, texts in facts.items() if len(texts) >= _FEWEST}
    alike = {x for x, text in short.items() if _mark(x) in marks and not is_known_heading(text)} - known
    return dict.fromkeys(alike, False) | dict.fromkeys(known, True)


def _short(element: "_Element") -> str:
    if len(element) > 1 or element.tag in ("a", "button", "h1", "li", "ul", "ol", "table", "tr", "dl", "body", "html"):
        return ""
    return own_text(element, _LONGEST_LABEL)


def _mark(element: "_Element") -> _Mark:
    """What an element that marks a label is known by: its tag and class, or else that it is the first of two."""
    tag, named, parent = str(element.tag), " ".join(element.get("class", "").split()), element.getparent()
    if named or tag in _MARKS:
        return tag, named
    other = element.getnext()
    if parent is None or other is None or other.getnext() is not None or element.getprevious() is not None:
        return ()
    return tag, str(parent.tag), " ".join(parent.get("class", "").split())
