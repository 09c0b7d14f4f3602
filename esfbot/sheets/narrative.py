"""The rest of a sheet: sections under their headings, and bulleted lists."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from esfbot import fields
from esfbot.fields import Field
from esfbot.model.project import Line, Section, Source
from esfbot.sheets.furniture import is_furniture
from esfbot.sheets.labels import Found, Style, find_label, is_heading, label_at_end, row_of
from esfbot.sheets.layout import BULLET

_LONGEST_HEADING = 60
_LONGEST_ITEM = 100
_MOST_WORDS = 7
_SENTENCE_WORDS = 6
_OTHER = "other"
_ENDS_SENTENCE = '.!?:;)”"…'


@dataclass
class Rest:
    """What follows the labelled lines. ``lists`` pairs a list's row with its items, ``dates`` are the page's own."""

    sections: list[Section] = field(default_factory=list)
    lists: list[tuple[Field, list[Line]]] = field(default_factory=list)
    headings: list[Line] = field(default_factory=list)
    furniture: list[Line] = field(default_factory=list)
    dates: list[tuple[Field, Line]] = field(default_factory=list)


@dataclass
class _Piece:
    heading: str
    row: Field
    lines: list[Line] = field(default_factory=list)


def is_prose(text: str) -> bool:
    """Whether a line is running text and no title, name or heading."""
    text = text.strip()
    return len(text) > _LONGEST_ITEM or (text[-1:] in (".", "!") and len(text.split()) > _SENTENCE_WORDS)


def read_rest(lines: Sequence[Line], sheet: str) -> Rest:
    """Tell the ``lines`` below the labelled ones apart."""
    rest = Rest()
    piece = _Piece("", fields.FIELDS["description"])
    for line, heading in _with_headings(lines):
        if heading:
            _finish(piece, rest, sheet)
            piece = _Piece(heading[0], heading[1])
            rest.headings.append(line)
        elif _is_of_the_page(line, rest):
            # The line keeps its place, so that the lines after it keep their numbers.
            piece.lines.append(Line(line.number, ""))
        elif piece.row.many and _list_is_over(piece, line):
            _finish(piece, rest, sheet)
            piece = _Piece("", fields.FIELDS[_OTHER], [line])
        else:
            piece.lines.append(line)
    _finish(piece, rest, sheet)
    return rest


def _is_of_the_page(line: Line, rest: Rest) -> bool:
    """Note a line that is furniture or the day the page was updated; tell whether it is."""
    text = line.text.strip()
    if not text:
        return False
    if is_furniture(text, above_title=False):
        rest.furniture.append(line)
        return True
    found = _page_date(text)
    if found:
        rest.dates.append((found.field, Line(line.number, found.value)))
    return found is not None


def _page_date(text: str) -> Found | None:
    """The day the page was updated, where a line says so: Senast uppdaterad 2014-05-02."""
    if len(text) > _LONGEST_HEADING or not any(character.isdigit() for character in text):
        return None
    found = find_label(text, Style.COLON, strict=True) or find_label(text, Style.FUSED, strict=True)
    return found if found and found.field.name == "updated" else None


def _list_is_over(piece: _Piece, line: Line) -> bool:
    """A list ends where, after a blank line, one comes that is no item: without its bullet, or running text."""
    if not line.text.strip() or BULLET.match(line.text):
        return False
    items = [x for x in piece.lines if x.text.strip()]
    if not items or piece.lines[-1].text.strip():
        return False
    if BULLET.match(items[0].text) or (is_prose(line.text) and not is_prose(items[-1].text)):
        return True
    return len(items) > 1 and items[-1].number == items[-2].number + 1  # the items have no space between


def _finish(piece: _Piece, rest: Rest, sheet: str) -> None:
    filled = [i for i, line in enumerate(piece.lines) if line.text.strip()]
    if not filled:
        return
    lines = piece.lines[filled[0] : filled[-1] + 1]
    kind = piece.row.name
    if piece.row.many:
        if not any(is_prose(line.text) and not BULLET.match(line.text) for line in lines):
            items = [Line(x.number, BULLET.sub("", x.text, count=1).strip()) for x in lines]
            rest.lists.append((piece.row, [item for item in items if item.text]))
            return
        kind = _OTHER  # a text about the partners and no list of them
    text = "\n".join(line.text.rstrip() for line in lines)
    rest.sections.append(Section(kind, piece.heading, text, Source(sheet, lines[0].number)))


def _with_headings(lines: Sequence[Line]) -> Iterator[tuple[Line, tuple[str, Field] | None]]:
    """Each line, with the heading that it is; a heading glued to the end of a sentence comes as a line of its own."""
    for i, line in enumerate(lines):
        glued = None if row_of(line.text) else _glued_heading(lines, i)
        if glued is None:
            yield line, _heading(lines, i)
        else:
            yield Line(line.number, line.text[: glued[0]]), None
            yield Line(line.number, line.text[glued[0] :]), (line.text[glued[0] :].strip(), glued[1])


def _heading(lines: Sequence[Line], i: int) -> tuple[str, Field] | None:
    text = lines[i].text.strip()
    if not text or len(text) > _LONGEST_HEADING + 40:
        return None
    name = text.rstrip(":").strip()
    row = row_of(name)
    before = lines[i - 1].text.strip() if i else ""
    opens = _opens_below(lines, i)
    if row and is_heading(row):
        return (name, row) if opens or _starts_text(lines, i, before) else None
    if not before and opens and not BULLET.match(lines[i].text) and _looks_like_heading(text) and _heads_text(lines, i):
        return name, fields.FIELDS[_OTHER]
    return None


def _starts_text(lines: Sequence[Line], i: int, before: str) -> bool:
    """Whether the known heading at ``i``, right above its text, begins a section and is no word within one."""
    text = lines[i].text.strip()
    if text.isupper() or not text[0].isupper():
        return False  # in capitals it is a heading inside a section
    if i + 1 >= len(lines):
        return False
    return not before or before[-1] in _ENDS_SENTENCE or bool(BULLET.match(lines[i - 1].text))


def _opens_below(lines: Sequence[Line], i: int) -> bool:
    """Whether below line ``i`` comes a blank line or a bullet, and after that more text."""
    if not any(line.text.strip() for line in lines[i + 1 :]):
        return False
    return not lines[i + 1].text.strip() or bool(BULLET.match(lines[i + 1].text))


def _looks_like_heading(text: str) -> bool:
    words = text.rstrip(":").split()
    if len(text) > _LONGEST_HEADING or len(words) > _MOST_WORDS or not text[0].isupper():
        return False
    if is_furniture(text, above_title=False) or _page_date(text):
        return False
    if text.endswith(":"):
        return len(words) <= 2
    return text[-1] not in ".,;!?-–" and "@" not in text and not re.search(r"https?:|www\.", text)


def _heads_text(lines: Sequence[Line], i: int) -> bool:
    """Whether the unforeseen heading at ``i`` heads text, and is no item of a list whose items have space between."""
    following = next((line.text.strip() for line in lines[i + 1 :] if line.text.strip()), "")
    row = row_of(following)
    if row and is_heading(row):
        return False
    filled = [n for n in range(i) if lines[n].text.strip()]
    if not filled or lines[i].text.rstrip().endswith(":"):
        return True
    last = filled[-1]
    previous = lines[last].text.strip()
    alone = last == 0 or not lines[last - 1].text.strip()
    item = alone and _looks_like_heading(previous) and not (row_of(previous) or previous.endswith(":"))
    return not item and not (previous.endswith(":") and not _looks_like_heading(previous))


def _glued_heading(lines: Sequence[Line], i: int) -> tuple[int, Field] | None:
    """Where in line ``i`` a known heading is glued to the end of a sentence, and its row."""
    text = lines[i].text.rstrip()
    tail = max(0, len(text) - _LONGEST_HEADING)
    found = label_at_end().search(text, tail) if text and _opens_below(lines, i) else None
    row = row_of(found["heading"]) if found else None
    if found is None or row is None or found.start() < 2 or len(found["heading"]) < 4:
        return None
    before = text[found.start() - 1]
    glued = before in _ENDS_SENTENCE or before.islower() or before.isdigit()
    return (found.start(), row) if glued and found["heading"][0].isupper() else None
