"""Tables and definition lists of a web page: rows of labels and values as fields, other rows as lines."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from esfbot.sheets.formats.content import own_text
from esfbot.sheets.formats.fields import is_value
from esfbot.sheets.formats.lines import Kind, Line, is_known_heading, names_fact, names_list, plain_label

if TYPE_CHECKING:
    from lxml.etree import _Element

Part = Callable[["_Element"], list[Line]]  # the lines within an element
_LONGEST_LABEL = 70
_LONG = 100_000  # letters: more than any cell has
_FEWEST = 2  # known labels that make a row of headings one of labels
_BLOCKS = ("table", "ul", "ol", "dl", "h1", "h2", "h3", "h4")


def definitions(element: "_Element", part: Part) -> list[Line]:
    """The lines of a ``<dl>``."""
    lines: list[Line] = []
    label, within = "", list[Line]()
    for item in _own(element, ("dt", "dd")):
        if item.tag == "dt":
            lines.extend(_pair(label, within))
            label, within = own_text(item, 200), []
        else:
            within.extend(part(item))
    return [*lines, *_pair(label, within)]


def _pair(label: str, within: Sequence[Line]) -> list[Line]:
    """A label with the lines beside it: a field, or a heading where they are text."""
    name = plain_label(label)
    plain = all(line.kind in (Kind.TEXT, Kind.ITEM) and not line.label for line in within)
    values = tuple(line.text for line in within)
    short = names_list(name) or all(is_value(value) for value in values)
    if name and len(name) <= _LONGEST_LABEL and plain and short and (names_fact(name) or not is_known_heading(name)):
        return [Line(f"{label} {' '.join(values)}", Kind.FIELD, name, sure=True, values=values)]
    return [*([Line(label, Kind.HEADING)] if label else []), *within]


def table_lines(table: "_Element", part: Part) -> list[Line]:
    """The lines of a ``<table>``."""
    rows = [list(_own(row, ("td", "th"))) for row in _own(table, ("tr",))]
    captions = [line for caption in _own(table, ("caption",)) for line in part(caption)]
    rows = [row for row in rows if row]
    if len(rows) > 1 and _are_labels(rows[0]):
        return [*captions, *(line for row in rows[1:] for line in _under_labels(rows[0], row, part))]
    known = sum(len(row) == 2 and names_fact(own_text(row[0])) for row in rows) >= _FEWEST
    lines: list[Line] = []
    for row in rows:
        found = _row(row, part, of_labels=known)
        if lines and lines[-1].kind is Kind.FIELD and len(row) > 1 and not own_text(row[0], _LONG) and found:
            lines[-1] = _longer(lines[-1], found)
        else:
            lines.extend(found)
    return [*captions, *lines]


def _are_labels(row: "Sequence[_Element]") -> bool:
    """Whether a table's first row names its columns."""
    if len(row) < _FEWEST or not all(cell.tag == "th" or names_fact(own_text(cell)) for cell in row):
        return False
    return sum(names_fact(own_text(cell)) for cell in row) >= _FEWEST


def _under_labels(labels: "Sequence[_Element]", row: "Sequence[_Element]", part: Part) -> Iterator[Line]:
    for label, cell in zip(labels, row, strict=False):
        yield from _pair(own_text(label), part(cell))


def _row(cells: "Sequence[_Element]", part: Part, *, of_labels: bool) -> list[Line]:
    """The lines of a row; ``of_labels`` tells that the table's first column holds labels."""
    if len(cells) == 1:
        return part(cells[0])
    pairs = list(zip(cells[0::2], cells[1::2], strict=False))
    pairs = [pair for pair in pairs if any(own_text(cell, _LONG) for cell in pair)] or pairs
    labelled = (of_labels and len(cells) == 2 and own_text(cells[0])) or all(_is_label(label) for label, _ in pairs)
    if len(cells) % 2 == 0 and labelled:
        return [line for label, cell in pairs for line in _pair(own_text(label), part(cell))]
    within = [part(cell) for cell in cells]
    if any(len(lines) > 1 for lines in within) or any(next(cell.iter(*_BLOCKS), None) is not None for cell in cells):
        return [line for lines in within for line in lines]  # a table that only places what is in it
    text = " | ".join(line.text for lines in within for line in lines)
    return [Line(text, close=True)] if text else []


def _is_label(cell: "_Element") -> bool:
    text = own_text(cell, _LONGEST_LABEL)
    return bool(text) and (cell.tag == "th" or text.endswith(":") or names_fact(text) or is_known_heading(text))


def _longer(field: Line, more: Sequence[Line]) -> Line:
    """A field with what stands beside the empty label below it."""
    values = (*field.values, *(line.text for line in more))
    return Line(field.text, Kind.FIELD, field.label, sure=True, values=values)


def _own(element: "_Element", tags: tuple[str, ...]) -> "Iterator[_Element]":
    """The elements with these tags within one, less those in a further table or list of its kind."""
    for child in element:
        if child.tag in tags:
            yield child
        elif child.tag not in ("table", "dl") and isinstance(child.tag, str):
            yield from _own(child, tags)
