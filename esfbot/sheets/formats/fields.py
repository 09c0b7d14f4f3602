"""Labels and their values, found among the lines of a page that only shows them: bold, in a column, of one class."""

from collections.abc import Sequence
from dataclasses import replace

from esfbot.sheets.dates import is_date_line
from esfbot.sheets.formats.lines import Kind, Line, is_known_heading, names_fact, names_list, plain_label

_LONGEST_LABEL = 70
_LONGEST_VALUE = 200
_SENTENCE_WORDS = 6


def with_fields(lines: Sequence[Line]) -> list[Line]:
    """Return ``lines`` with a FIELD for each label and its value."""
    found = _known_fields(lines)
    found = _neighbours(found)
    return [part for i, line in enumerate(found) for part in _alone(found, i, line)]


def is_value(text: str) -> bool:
    """Whether ``text`` may be the value of a fact: short, and no sentence."""
    return 0 < len(text) <= _LONGEST_VALUE and not (text.endswith(".") and len(text.split()) > _SENTENCE_WORDS)


def _known_fields(lines: Sequence[Line]) -> list[Line]:
    """The lines, those with a marked label of the field table as fields."""
    made: list[Line] = []
    i = 0
    while i < len(lines):
        line = lines[i]
        if line.kind in (Kind.FIELD, Kind.TITLE) or not line.label or not names_fact(line.label):
            field, taken = line, 1
        elif line.rest:
            field, taken = _on_one_line(lines, i)
        elif names_list(line.label):
            field, taken = replace(line, kind=Kind.HEADING, text=plain_label(line.text)), 1
        else:
            field, taken = _with_lines_below(lines, i)
        made.append(field)
        i += taken
    return made


def _on_one_line(lines: Sequence[Line], i: int) -> tuple[Line, int]:
    line = lines[i]
    if not is_value(line.rest):
        return line, 1
    below = _values_below(lines, i + 1, first=False)
    return _field(line, (line.rest, *(x.text for x in below)), (line, *below)), 1 + len(below)


def _with_lines_below(lines: Sequence[Line], i: int) -> tuple[Line, int]:
    told = lines[i].below
    if told is None and i + 1 < len(lines) and lines[i + 1].apart:
        return lines[i], 1  # an empty line between: whoever reads the text can tell
    # A label in the middle of a paragraph has its value in that paragraph.
    below = _values_below(lines, i + 1, first=not lines[i].close) if told is None else lines[i + 1 : i + 1 + told]
    if not all(is_value(x.text) for x in below):
        return lines[i], 1
    return _field(lines[i], tuple(x.text for x in below), (lines[i], *below)), 1 + len(below)


def _values_below(lines: Sequence[Line], start: int, *, first: bool) -> list[Line]:
    """The lines from ``start`` on that are the value of the label above; the ``first`` may stand apart from it."""
    found: list[Line] = []
    for line in map(lines.__getitem__, range(start, len(lines))):
        own = line.kind is Kind.TEXT and not line.label and is_value(line.text) and not is_known_heading(line.text)
        if not own or not (line.close or (first and not found)):
            break
        found.append(line)
    return found


def _field(line: Line, values: tuple[str, ...], made_of: tuple[Line, ...]) -> Line:
    label = plain_label(line.label)
    return replace(line, kind=Kind.FIELD, label=label, values=values, made_of=made_of)


def _neighbours(lines: list[Line]) -> list[Line]:
    """The lines, those as fields whose label the table does not foresee but is marked as those beside it are."""
    made: list[Line] = []
    i = 0
    while i < len(lines):
        line, taken = lines[i], 1
        marked = line.label and line.kind not in (Kind.FIELD, Kind.TITLE) and len(line.label) <= _LONGEST_LABEL
        if marked and not is_known_heading(line.label):
            field, more = (_on_one_line if line.rest else _with_lines_below)(lines, i)
            above = bool(made) and made[-1].kind is Kind.FIELD
            follows = i + more < len(lines) and _is_field(lines[i + more])
            together = line.kind is not Kind.HEADING and (bool(line.rest) or line.below is not None)
            together = together or (line.label.endswith(":") and more > 1 and lines[i + 1].close)
            if field.kind is Kind.FIELD and ((above and follows) or (together and (above or follows))):
                line, taken = field, more
        made.append(line)
        i += taken
    return made


def _is_field(line: Line) -> bool:
    return line.kind is Kind.FIELD


def _alone(lines: Sequence[Line], i: int, line: Line) -> tuple[Line, ...]:
    """A field without another beside it: the page's own date on one line, or, where the page does not mark it as a
    field, the lines it came from."""
    if line.kind is not Kind.FIELD or any(map(_is_field, (*lines[max(i - 1, 0) : i], *lines[i + 1 : i + 2]))):
        return (line,)
    text = f"{line.label}: {' '.join(line.values)}"
    if is_date_line(text):
        return (Line(text),)
    return (line,) if line.sure or not line.made_of else line.made_of
