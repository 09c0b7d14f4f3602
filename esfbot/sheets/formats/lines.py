"""The lines of a page before they are text: what each is, which are a label and its value, and what stands apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from esfbot.sheets.labels import Style, find_label, is_heading, row_of

_LONGEST_VALUE = 100  # letters of a value's line: the parser takes a longer one below the first for narrative
_CONTACT = ("contact", "email", "phone")


class Kind(StrEnum):
    """What a line is on its page."""

    TITLE = "title"
    HEADING = "heading"
    TEXT = "text"
    ITEM = "item"
    FIELD = "field"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page.

    ``label`` is what stands at its beginning and is marked up as a label; ``sure`` is set where the page says that it
    is one (``<dt>``, ``<th>``) and does not only show it (bold). A FIELD has ``values``, and ``made_of`` the lines it
    came from. ``below`` is how many of the lines below a label are its value, where the page tells. ``bullet`` belongs
    to an ITEM. A ``close`` line stands right below the one before, as after ``<br>``; one ``apart`` has an empty line
    above it.
    """

    text: str
    kind: Kind = Kind.TEXT
    label: str = ""
    sure: bool = False
    close: bool = False
    apart: bool = False
    below: int | None = None
    bullet: str = "•"
    values: tuple[str, ...] = ()
    made_of: "tuple[Line, ...]" = ()

    @property
    def rest(self) -> str:
        """What follows the label; empty where there is none."""
        return "" if not self.label else self.text[len(self.label) :].lstrip(" :\u00a0").strip()


def plain_label(text: str) -> str:
    """A label without the colon behind it."""
    return text.strip().removesuffix(":").rstrip()


def names_fact(label: str) -> bool:
    """Whether ``label`` is one of a fact: not the heading of a section."""
    row = row_of(label)
    return row is not None and (row.many or not is_heading(row))


def names_list(label: str) -> bool:
    """Whether ``label`` is one of a fact of which a project may have many."""
    row = row_of(label)
    return row is not None and row.many


def is_known_heading(text: str) -> bool:
    """Whether ``text`` is the heading of a section or of a list."""
    row = row_of(text)
    return row is not None and is_heading(row)


def write(lines: Sequence[Line]) -> str:
    """Return the lines as the text that the parser takes: fields, items and the lines of a paragraph stand together,
    all else has a blank line before it."""
    written: list[str] = []
    for above, line, below in zip([None, *lines], lines, [*lines[1:], None], strict=False):
        if above is not None and not _stands_together(above, line):
            written.append("")
        written.extend(_written(line, below))
    return "\n".join(written) + "\n" if written else ""


def _written(line: Line, below: Line | None) -> list[str]:
    if line.kind is Kind.ITEM:
        return [f"{line.bullet} {line.text}"]
    if line.kind is not Kind.FIELD:
        return [line.text]
    return [f"{line.label}:", *_values(line, last=below is None or below.kind is not Kind.FIELD)]


def _values(field: Line, *, last: bool) -> Sequence[str]:
    """The lines of a value; one line where the parser would not tell the others from what follows the fields."""
    if len(field.values) < 2 or not (last or any(len(x) > _LONGEST_VALUE or row_of(x) for x in field.values)):
        return field.values
    row = row_of(field.label)
    return [(", " if row and row.name in _CONTACT else " ").join(field.values)]


def _stands_together(above: Line, line: Line) -> bool:
    if line.apart:
        return False
    if line.close and line.kind not in (Kind.HEADING, Kind.TITLE) and above.kind not in (Kind.HEADING, Kind.TITLE):
        return True
    if above.kind is line.kind and line.kind in (Kind.FIELD, Kind.ITEM):
        return True
    if above.kind is not Kind.TEXT or line.kind is not Kind.TEXT:
        return False
    return _is_label(above.text) or (_begins_with_label(above.text) and _begins_with_label(line.text))


def _is_label(text: str) -> bool:
    row = row_of(text)
    return row is not None and not is_heading(row)


def _begins_with_label(text: str) -> bool:
    """Whether a line that nothing marks begins with the label of a fact, as the parser sees it."""
    styles = ((Style.COLON, False), (Style.FUSED, True), (Style.ALONE, False))
    return any(find_label(text, style, strict=strict) for style, strict in styles)
