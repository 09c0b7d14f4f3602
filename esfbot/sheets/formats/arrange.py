"""The lines of a page in the order that the parser takes them in: title, facts, lists, narrative."""

from collections.abc import Sequence
from dataclasses import replace

from esfbot.language.words import fold
from esfbot.sheets.formats.fields import is_value
from esfbot.sheets.formats.lines import Kind, Line, is_known_heading, names_list, plain_label
from esfbot.sheets.furniture import is_furniture, may_be_title

_MOST_BETWEEN = 3  # lines of text between fields: with more, what follows is another place of the page
_SENTENCE_WORDS = 6


def arranged(lines: Sequence[Line], page_title: str = "") -> list[Line]:
    """Return ``lines`` with one stretch of fields, right below the title where the page shows which line that is.

    ``page_title`` is what the page calls itself (``<title>``): the heading that it holds is the project's title.
    """
    first = next((i for i, line in enumerate(lines) if line.kind is Kind.FIELD), None)
    if first is None:
        return list(lines)
    title = _title(lines[:first], page_title)
    fields, lists, rest = _stretch(lines[first:])
    if title is None:
        return [*lines[:first], *fields, *lists, *rest]
    above, between = lines[: title + 1], lines[title + 1 : first]
    if all(_may_stand_above(line) for line in between):
        return [*above, *between, *fields, *lists, *rest]
    kept = [line for i, line in enumerate(between) if i + 1 < len(between) or not _heads_fields(line)]
    return [*above, *fields, *kept, *lists, *rest]


def _title(above: Sequence[Line], page_title: str) -> int | None:
    """Which of the lines above the fields is the title, where the page shows it."""
    headings = [i for i, line in enumerate(above) if line.kind in (Kind.TITLE, Kind.HEADING) and _may_be_title(line)]
    named = [i for i in headings if len(above[i].text) > 2 and fold(above[i].text) in fold(page_title)]
    if named:
        return max(named, key=lambda i: (len(above[i].text), above[i].kind is Kind.TITLE))
    return max((i for i in headings if above[i].kind is Kind.TITLE), default=None)


def _may_be_title(line: Line) -> bool:
    return not is_furniture(line.text, above_title=True) or may_be_title(line.text)


def _may_stand_above(line: Line) -> bool:
    """Whether the parser takes a line between the title and the fields for neither of them."""
    sentence = line.text.endswith(".") and len(line.text.split()) > _SENTENCE_WORDS
    return (line.kind is Kind.TEXT and sentence) or is_furniture(line.text, above_title=True)


def _heads_fields(line: Line) -> bool:
    return line.kind is Kind.HEADING and not is_known_heading(line.text)


def _stretch(lines: Sequence[Line]) -> tuple[list[Line], list[Line], list[Line]]:
    """The fields that ``lines`` begin with, the lists among them, and the rest, first what stood between fields."""
    fields: list[Line] = []
    lists: list[Line] = []
    aside: list[Line] = []
    i = 0
    while i < len(lines):
        line = lines[i]
        end = _next_field(lines, i)
        if line.kind is Kind.FIELD:
            if names_list(line.label) and len(line.values) > 1:
                lists.extend(_as_list(line))
            else:
                fields.append(line)
        elif end is None:
            break
        elif line.kind is Kind.HEADING:
            fields.append(_group(line))
        else:
            aside.append(line)
        i += 1
    return fields, lists, [*aside, *lines[i:]]


def _next_field(lines: Sequence[Line], i: int) -> int | None:
    """Where, after line ``i`` and a heading or little text, the fields go on."""
    between = lines[i : i + _MOST_BETWEEN + 1]
    for n, line in enumerate(between):
        if line.kind is Kind.FIELD:
            return i + n
        heading = line.kind is Kind.HEADING and not is_known_heading(line.text)
        if not heading and not (line.kind is Kind.TEXT and is_value(line.text)):
            return None
    return None


def _as_list(line: Line) -> list[Line]:
    heading = Line(line.label, Kind.HEADING)
    return [heading, *(Line(value, Kind.ITEM) for value in line.values)]


def _group(line: Line) -> Line:
    """The heading of a group of fields: as a label without a value it parts no fields from others."""
    return replace(line, kind=Kind.FIELD, label=plain_label(line.text), values=())
