"""Rows of printed words made into the lines that they were before the paper's edge broke them."""

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from esfbot.sheets.formats.lines import Kind, Line, names_fact, plain_label
from esfbot.sheets.formats.paper import Fragment, Row
from esfbot.sheets.labels import row_of

_BULLET = re.compile(r"[•·▪◦●○‣∙■□\uf0b7\uf0a7\uf0d8\u2043–-]|o")
_NUMBER = re.compile(r"\d{1,2}[.)]|[a-z]\)")
_LARGER = 1.12  # than the text: a heading's letters
_LONGEST_HEADING = 120
_LONGEST_LABEL = 70
_ALIGNED = 3.0  # points
_LOOSE = 1.15  # of the usual distance between rows: more is space between paragraphs
_USUAL_LEADING = 1.3
_MOST_LEADING = 1.8  # of the letters' size: rows further apart are not of one paragraph
_RAGGED = 0.08  # of the text's width, by which full rows may end short of its edge
_FEWEST_FULL = 3  # such rows, which show where that edge is
_COMMON = 0.15  # of the letters: distances between fewer rows are those between paragraphs
_ALL = 0.9
_SUSPENDED = ("och", "eller", "samt", "respektive", "and", "or")  # in-\noch utvandring keeps its space
_LONGEST_ADDRESS = 200
_OPEN_ADDRESS = re.compile(r"(?:\S+@[^\s.]*|\S+@\S+\.|(?:https?://|www\.)\S*[./?=&_])$")


@dataclass(frozen=True, slots=True)
class _Print:
    """How a document is printed: the size of its text in points, the usual distance of rows as a share of it, how far
    rows reach to the right, and whether all is bold."""

    size: float
    leading: float
    right: float
    all_bold: bool


def lines_of(rows: Sequence[Row], width: float) -> list[Line]:
    """The lines of a document whose pages are ``width`` points wide."""
    if not rows:
        return []
    reader = _Reader(_measured(rows, width))
    for row in rows:
        reader.take(row)
    return _with_title(_with_values_near(reader.lines), reader.sizes)


def _is_label_alone(line: Line) -> bool:
    return bool(line.label) and line.label == line.text


def _with_values_near(lines: Sequence[Line]) -> list[Line]:
    """The lines; where labels have their values beside or right below them, one with a space below has no value."""
    near = [below.close for line, below in itertools.pairwise(lines) if _is_label_alone(line)]
    if not any(near) and not any(names_fact(plain_label(line.label)) and line.rest for line in lines):
        return list(lines)
    told = [
        replace(line, below=0) if _is_label_alone(line) and not below.close else line
        for line, below in itertools.pairwise(lines)
    ]
    return [*told, *lines[-1:]]


def _measured(rows: Sequence[Row], width: float) -> _Print:
    sizes: Counter[float] = Counter()
    bold: Counter[bool] = Counter()
    for row in rows:
        for fragment in row.fragments:
            sizes[round(fragment.size, 1)] += len(fragment.text)
            for word in fragment.words:
                bold[word.bold] += len(word.text)
    size = sizes.most_common(1)[0][0]
    text = [row for row in rows if abs(row.size - size) < 0.5]
    left, right = min(row.fragments[0].left for row in text), max(row.fragments[-1].right for row in text)
    full = [row.fragments[-1].right > right - _RAGGED * (right - left) for row in text]
    leading = _leading(text, full, size) or _leading(text, [True] * len(text), size) or _USUAL_LEADING
    if sum(full) < _FEWEST_FULL:
        right = max(right, width - left)  # no text that shows where the paper ends: as far from there as on the left
    return _Print(size, leading, right, all_bold=bold[True] > _ALL * bold.total())


def _leading(text: Sequence[Row], above: Sequence[bool], size: float) -> float:
    """The usual distance between a row that is to count (``above``) and the next one, the least that is common."""
    found: Counter[float] = Counter()
    for (upper, counts), lower in zip(zip(text, above, strict=True), text[1:], strict=False):
        distance = (upper.y - lower.y) / size
        if counts and upper.page == lower.page and 0.8 < distance < _MOST_LEADING and len(lower.fragments) == 1:
            found[round(distance, 1)] += len(lower.text)
    common = [distance for distance, letters in found.items() if letters >= _COMMON * found.total()]
    return min(common, default=0.0)


class _Reader:
    """Collects lines while the rows go by."""

    def __init__(self, printed: _Print) -> None:
        self.printed = printed
        self.lines: list[Line] = []
        self.sizes: list[float] = []
        self.above: Row | None = None
        self.value_left = -1.0  # where the value of the field above begins

    def take(self, row: Row) -> None:
        """Take a row: as a further one of the line above, or as a line of its own."""
        bullet, fragments = _bullet(row)
        row = Row(row.page, row.y, fragments, row.marked) if bullet else row
        last = self.lines[-1] if self.lines else None
        if last and not bullet and self._is_rest_of_label(row, last):
            label = f"{last.label} {row.text}"
            self.lines[-1] = replace(last, label=label, text=f"{label} {last.rest}")
        elif last and not bullet and self._goes_on(row, last):
            self.lines[-1] = replace(last, text=joined(last.text, row.text))
        else:
            self._begin(row, bullet)
        self.above = row

    def _goes_on(self, row: Row, last: Line) -> bool:
        """Whether a row is a further one of the line above."""
        above = self.above
        if above is None or len(row.fragments) > 1 or abs(above.size - row.size) > 0.5 or self._is_apart(row, above):
            return False
        own, before = row.fragments[0], above.fragments[-1]
        both_bold = own.bold_text == own.text and before.bold_text == before.text and not row_of(own.text)
        label = self._label(row)
        begins = label and (row_of(label) or label.endswith(":") or label == row.text or last.rest)
        if not both_bold and (begins or _is_label_alone(last)):
            return False  # a label, or the value below one
        first = own.words[0]
        room = self.printed.right - before.right - 1
        full = first.right - first.left + 0.2 * row.size > room or _is_broken(last.text)
        if self.value_left >= 0:
            return abs(own.left - self.value_left) < _ALIGNED and full
        under = above.fragments[0].left
        starts = abs(own.left - under) < _ALIGNED or (last.kind is Kind.ITEM and own.left < under + _ALIGNED)
        return starts and full

    def _is_rest_of_label(self, row: Row, last: Line) -> bool:
        """Whether a row ends the label of the line above, which had no room on one row beside its value."""
        alone = self.above is not None and len(row.fragments) == 1 and self.value_left >= 0
        goes_on = bool(last.label) and (row.text[0].islower() or not row_of(last.label))
        return alone and goes_on and names_fact(f"{last.label} {row.text}")

    def _is_apart(self, row: Row, above: Row) -> bool:
        return above.page == row.page and above.y - row.y > _LOOSE * self.printed.leading * row.size

    def _label(self, row: Row) -> str:
        """What at a row's beginning is marked as a label: a column of its own, bold, or known."""
        first = row.fragments[0]
        bold = "" if self.printed.all_bold else first.bold_text
        if len(row.fragments) > 1:
            text = first.text
        elif bold and bold != first.text:
            text = bold
        elif bold or row_of(first.text):
            text = first.text
        else:
            text = ""
        return text if len(text) <= _LONGEST_LABEL else ""

    def _begin(self, row: Row, bullet: str) -> None:
        close = self._is_close(row)
        further = close and len(row.fragments) == 1 and abs(row.fragments[0].left - self.value_left) < _ALIGNED
        if not further:
            close = close and self.value_left < 0
            self.value_left = row.fragments[1].left if len(row.fragments) > 1 else -1.0
        for fragments in _pairs(row.fragments):
            part = Row(row.page, row.y, fragments, row.marked)
            text, label = part.text, self._label(part)
            kind = Kind.ITEM if bullet else Kind.TEXT
            if not bullet and self._is_heading(part, label):
                kind, label = Kind.HEADING, label if label == text else ""
            self.lines.append(Line(text, kind, label, close=close, bullet=bullet))
            self.sizes.append(row.size)
            close = True

    def _is_heading(self, row: Row, label: str) -> bool:
        if len(row.text) > _LONGEST_HEADING or len(row.fragments) > 1:
            return False
        bold = not self.printed.all_bold and row.fragments[0].bold_text == row.text
        known = bool(label) and names_fact(label)
        return row.size > _LARGER * self.printed.size or (bold and not known)

    def _is_close(self, row: Row) -> bool:
        above = self.above
        if above is None or abs(above.size - row.size) > 0.5:
            return False
        if above.page != row.page:
            return _is_label_alone(self.lines[-1])  # its value is on the next page
        return not self._is_apart(row, above)


def _bullet(row: Row) -> tuple[str, list[Fragment]]:
    """The bullet or number that a row begins with, and the fragments behind it."""
    first = row.fragments[0]
    mark = first.words[0].text
    alone = len(first.words) == 1 or first.words[1].spaced
    rest = [Fragment(first.words[1:], first.y, first.size)] if len(first.words) > 1 else []
    fragments = [*rest, *row.fragments[1:]]
    if alone and fragments and _BULLET.fullmatch(mark):
        return "•", fragments
    if alone and fragments and _NUMBER.fullmatch(mark):
        return mark, fragments
    return ("•", row.fragments) if row.marked else ("", row.fragments)


def _pairs(fragments: Sequence[Fragment]) -> list[list[Fragment]]:
    """The fragments of a row, taken apart where it holds several labels each with its value."""
    starts = [0, *(i for i in range(2, len(fragments)) if names_fact(plain_label(fragments[i].text)))]
    return [list(fragments[a:b]) for a, b in zip(starts, [*starts[1:], len(fragments)], strict=True)]


def joined(text: str, more: str) -> str:
    """Two rows of a line as one: a word that was broken at its hyphen keeps it, since most such hyphens are its own."""
    suspended = more.split(" ", 1)[0].casefold() in _SUSPENDED
    return text + more if _is_broken(text) and not suspended else f"{text} {more}"


def _is_broken(text: str) -> bool:
    """Whether a row ends in the middle of a word or an address."""
    return (text.endswith("-") and text[-2:-1].isalnum()) or _OPEN_ADDRESS.search(text[-_LONGEST_ADDRESS:]) is not None


def _with_title(lines: Sequence[Line], sizes: Sequence[float]) -> list[Line]:
    """The lines, the first of those in the largest letters as the title."""
    largest = max(sizes)
    first = next(i for i, size in enumerate(sizes) if size == largest)
    if lines[first].kind is not Kind.HEADING:
        return list(lines)
    return [*lines[:first], replace(lines[first], kind=Kind.TITLE), *lines[first + 1 :]]
