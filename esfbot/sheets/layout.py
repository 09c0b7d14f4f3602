"""The labelled lines at a sheet's top: where they begin and end, and which label has which values.

Labels stand in one of three ways, and a sheet keeps to one of them: run together with the value (layout A), on a line
of their own (B), or with a colon (C and D).
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from esfbot.fields import Field
from esfbot.model.project import Line
from esfbot.sheets.furniture import is_furniture
from esfbot.sheets.labels import UNFORESEEN, Found, Style, find_label, row_of

_FEWEST = 2  # labels with values, below which a page has no block of facts
_FEWEST_EMPTY = 4  # labels, where none need have a value
_NEAR = 4  # lines with text within which the second label must follow the first
_LONGEST_VALUE = 100  # letters of a value's further line: a longer one is narrative
_CAMEL = re.compile(r"(?P<label>[A-ZÅÄÖ][^\d@.:]{1,40}?[a-zåäö)])(?P<value>(?:[A-ZÅÄÖ\d]|\[undanh).{0,120})")
BULLET = re.compile(r"^\s*(?:[•·▪◦●‣*]\s*|[-–—]\s+|o\s+(?=[A-ZÅÄÖ]))")
_CONTACT = ("contact", "email", "phone")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label with the lines of its value. ``field`` is None where the table does not foresee the label."""

    label: str
    field: Field | None
    line: Line
    values: tuple[Line, ...]

    @property
    def text(self) -> str:
        """The lines of the value as one."""
        return " ".join(value.text for value in self.values)


@dataclass(frozen=True, slots=True)
class Block:
    """A sheet's labelled lines: ``first`` and ``after`` are indices into its lines, half open.

    ``stray`` are lines among them that have no label, ``furniture`` those that belong to the web page.
    """

    style: Style
    first: int
    after: int
    labelled: tuple[Labelled, ...]
    stray: tuple[Line, ...] = ()
    furniture: tuple[Line, ...] = ()

    @property
    def filled(self) -> int:
        """How many known labels have a value: most when the block is read in the sheet's own style."""
        return sum(1 for item in self.labelled if item.field and item.values)

    @property
    def known(self) -> int:
        """How many of its labels the table foresees."""
        return sum(1 for item in self.labelled if item.field)


def find_block(lines: Sequence[Line]) -> Block | None:
    """Find the labelled lines of a sheet, or None where there are none."""
    return max(find_blocks(lines), key=lambda block: (block.filled, block.known), default=None)


def find_blocks(lines: Sequence[Line]) -> list[Block]:
    """Find all stretches of labelled lines, read in every style; those of one style do not overlap."""
    return [block for style in Style for block in _blocks(lines, style)]


def _blocks(lines: Sequence[Line], style: Style) -> list[Block]:
    filled = [i for i, line in enumerate(lines) if line.text.strip()]
    known = [n for n, i in enumerate(filled) if find_label(lines[i].text, style, strict=True)]
    blocks: list[Block] = []
    for n, following in itertools.pairwise(known):
        start = filled[n]
        if following - n > _NEAR or (blocks and start < blocks[-1].after):
            continue
        block = _Reader(lines, style).read(start)
        if block.filled >= _FEWEST or block.known >= _FEWEST_EMPTY:
            blocks.append(block)
    return blocks


class _Reader:
    """Collects labels and values while the lines of a block go by."""

    def __init__(self, lines: Sequence[Line], style: Style) -> None:
        self.lines = lines
        self.style = style
        self.done: list[Labelled] = []
        self.stray: list[Line] = []
        self.furniture: list[Line] = []
        self.open: tuple[str, Field | None, Line] | None = None
        self.values: list[Line] = []
        self.stated: set[str] = set()
        self.late = 0  # values below a blank line
        self.inline = 0  # labels with the value on the same line, less those without

    def read(self, start: int) -> Block:
        after, usual = start, _usual_gap(self.lines, start)
        for i in range(start, len(self.lines)):
            text = self.lines[i].text.strip()
            if not text:
                continue
            if not self._take(i, text, gap=i - after > usual):
                break
            after = i + 1
        self._close()
        furniture, stray = tuple(self.furniture), tuple(self.stray)
        return Block(self.style, start, after, tuple(self.done), stray, furniture)

    def _take(self, i: int, text: str, *, gap: bool) -> bool:
        """Take the line at ``i`` into the block, or tell that the block ends before it."""
        line = self.lines[i]
        found = self._label(i, gap=gap)
        if found:
            self._begin(found.label, found.field, line, found.value)
        elif gap and not self._is_late_value(i):
            return False
        elif self._is_furniture(text):
            self.furniture.append(line)
        elif self.style is Style.COLON and (unforeseen := self._unforeseen(text)):
            self._begin(unforeseen["label"], None, line, unforeseen["value"] or "")
        elif row_of(text) and not self._is_title():
            return False  # a heading of the narrative
        else:
            return self._other(i, text)
        return True

    def _label(self, i: int, *, gap: bool) -> Found | None:
        found = find_label(self.lines[i].text, self.style, strict=gap)
        if found is None and self.style is Style.COLON and self.values and not gap:
            found = find_label(self.lines[i].text, Style.ALONE, strict=True)  # its colon was forgotten
        if found is None or is_furniture(self.lines[i].text.strip(), above_title=False):
            return None
        name = found.field.name
        if found.value and self.inline < 0 and self._is_title():
            return None  # a title that begins like a label
        if gap and name in self.stated and name not in _CONTACT:
            return None  # the narrative speaks of it
        heads_list = found.field.many and not found.value
        return None if heads_list and not self._holds_items(i) else found

    def _holds_items(self, i: int) -> bool:
        """Whether the list below the label at ``i`` stands among the labels, and not at the end of the sheet."""
        following = self.lines[i + 1].text if i + 1 < len(self.lines) else ""
        if BULLET.match(following) or not following.strip():
            return False
        return self.style is Style.COLON or self._label_follows(i)

    def _unforeseen(self, text: str) -> re.Match[str] | None:
        found = UNFORESEEN.fullmatch(text)
        if found is None or row_of(text):
            return None
        # Where values stand below their labels, a colon within the line of a value is the value's own.
        value = found["value"] or ""
        own = len(value) <= _LONGEST_VALUE and not value.endswith(".")
        return found if not value or self.inline > 0 or (self.values and own) else None

    def _is_furniture(self, text: str) -> bool:
        may_be_value = self.style is not Style.FUSED and self.open and not self.values
        return not may_be_value and is_furniture(text, above_title=False)

    def _is_title(self) -> bool:
        """Whether the next line is the project's title, whatever it says."""
        field = self.open[1] if self.open and not self.values else None
        return field is not None and field.name == "title"

    def _is_late_value(self, i: int) -> bool:
        """Whether the line at ``i`` is the value of a label before the blank lines: the next line is a label."""
        if self.style is Style.FUSED or self.open is None or self.values:
            return False
        rest = self.lines[i + 1 :]
        following = next((line.text for line in rest if line.text.strip()), "")
        if find_label(following, self.style, strict=False) is not None:
            self.late += 1
            return True
        # The last value of a page that always has a blank line before the value
        ends = not rest or not rest[0].text.strip()
        return self.late > 1 and ends and len(self.lines[i].text.strip()) <= _LONGEST_VALUE

    def _label_follows(self, i: int) -> bool:
        """Whether a label comes below line ``i`` before a blank line does."""
        for line in self.lines[i + 1 :]:
            if not line.text.strip():
                return False
            if find_label(line.text, self.style, strict=False):
                return True
            if self.style is Style.COLON and self._unforeseen(line.text.strip()):
                return True
        return False

    def _other(self, i: int, text: str) -> bool:
        line = self.lines[i]
        if self.style is Style.FUSED and (camel := _CAMEL.fullmatch(text)) and text[-1] not in ".!?":
            self._begin(camel["label"], None, line, camel["value"])
        elif self.open is None:
            self.stray.append(line)
        elif self._belongs(i, text):
            self.values.append(Line(line.number, text))
        else:
            return False
        return True

    def _belongs(self, i: int, text: str) -> bool:
        """Whether a line without a label is the value, or one more line of the value, of the label above."""
        if not self.values and self.style is not Style.FUSED:
            return True
        return len(text) <= _LONGEST_VALUE and (self._label_follows(i) or self._ends_in_pairs(i))

    def _ends_in_pairs(self, i: int) -> bool:
        """Whether the block ends in pairs of a label that the table does not foresee and its value."""
        if self.style is not Style.ALONE:
            return False
        rest: list[str] = []
        for line in self.lines[i:]:
            if not line.text.strip() or row_of(line.text):
                break
            rest.append(line.text.strip())
        ahead = len(rest) + len(self.values) - 1
        return ahead % 2 == 0 and all(len(x) <= _LONGEST_VALUE and x[-1] not in ".!?" for x in rest)

    def _begin(self, label: str, field: Field | None, line: Line, value: str = "") -> None:
        self._close()
        self.open = label, field, line
        value = value.strip()
        self.values = [Line(line.number, value)] if value else []
        self.inline += 1 if value else -1
        if field:
            self.stated.add(field.name)

    def _close(self) -> None:
        if self.open is None:
            return
        label, field, line = self.open
        values, rest = self.values, []
        if self.style is Style.ALONE and len(values) > 1 and not (field and field.many):
            # A value has one line here: a further pair of lines is a label that the table does not foresee.
            keep = 1 if len(values) % 2 else 2
            values, rest = values[:keep], values[keep:]
        self.done.append(Labelled(label, field, line, tuple(values)))
        pairs = zip(rest[0::2], rest[1::2], strict=True)
        self.done.extend(Labelled(name.text.strip(), None, name, (value,)) for name, value in pairs)
        self.open, self.values = None, []


def _usual_gap(lines: Sequence[Line], start: int) -> int:
    """How many blank lines stand between any two lines of the page: one where all were saved with space between."""
    filled = [i for i, line in enumerate(lines[start:], start) if line.text.strip()][:6]
    gaps = [b - a - 1 for a, b in itertools.pairwise(filled)]
    return min(gaps, default=0)
