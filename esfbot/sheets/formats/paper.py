"""The letters of printed pages made into rows of words, without what each page repeats at its head and foot."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from esfbot.sheets.labels import row_of

_WIDE = 1.2  # of the letters' size: a gap between two columns
_SPACE = 0.6  # of the letters' size: a gap between two words, where the PDF has no space
_SAME_ROW = 0.35  # of the letters' size, by which letters of one row may stand higher or lower
_MARGIN = 0.09  # of a page's height: what stands at its head and foot
_FURNITURE = re.compile(
    r"(?:https?|file)://\S+(?:\s+\d+\s*/\s*\d+)?"  # the page's address, as browsers print it
    r"|(?:sida|sid\.?|page)\s*\d{1,3}\s*(?:(?:/|av|of|\()\s*\d{1,3}\)?)?|\d{1,3}\s*(?:/|av|of|\()\s*\d{1,3}\)?"
    r"|(?:\d{1,2}/\d{1,2}/\d{2,4}|\d{4}-\d{2}-\d{2}),?\s+\d{1,2}[:.]\d{2}(?:\s*[ap]m)?\b.*",
    re.I,
)
_ALIGNED_VALUES = 3  # rows whose second column begins alike, from which it is one of values
_HALF_LEADING = 0.9  # of the letters' size: rows of one text stand further apart
_EDGE_ROWS = 2  # rows at the head of a page, and as many at its foot, that may be repeated on each
_BESIDE = 4  # rows of text beside others, from which the page has two columns
_COLUMN = 0.35  # of the text's width: a column of text is no narrower


@dataclass(frozen=True, slots=True)
class Glyph:
    """A letter, or what stands in its place, with its left and right edge, its baseline and its size in points.

    One without a size is a space or a line's end (a newline) that the PDF does not hold.
    """

    text: str
    left: float
    right: float
    y: float
    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """A small drawing: its left edge and its middle."""

    left: float
    y: float


@dataclass(frozen=True, slots=True)
class Page:
    """A printed page."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph]
    marks: list[Mark] = field(default_factory=list)


@dataclass(slots=True)
class Word:
    """A word; it is ``spaced`` from the one before it."""

    text: str
    left: float
    right: float
    bold: bool
    spaced: bool


@dataclass(slots=True)
class Fragment:
    """Words that stand together on one baseline."""

    words: list[Word]
    y: float
    size: float

    @property
    def text(self) -> str:
        """The words as text."""
        return "".join(" " + word.text if word.spaced else word.text for word in self.words).strip()

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.words[-1].right

    @property
    def bold_text(self) -> str:
        """The words in bold at its beginning."""
        count = next((i for i, word in enumerate(self.words) if not word.bold), len(self.words))
        return Fragment(self.words[:count], self.y, self.size).text if count else ""


@dataclass(slots=True)
class Row:
    """What stands on one baseline of a page, from left to right; ``marked`` by a drawn bullet."""

    page: int
    y: float
    fragments: list[Fragment]
    marked: bool = False

    @property
    def text(self) -> str:
        """All of it."""
        return " ".join(fragment.text for fragment in self.fragments)

    @property
    def size(self) -> float:
        """The size of its letters."""
        return self.fragments[0].size


def page_rows(pages: Sequence[Page]) -> list[Row]:
    """The rows of all pages in the order that they are read."""
    rows = [_rows(page) for page in pages]
    edges = [_at_edge(page, found) for page, found in zip(pages, rows, strict=True)]
    counts = Counter(place for found in edges for place in {_place(row) for row in found})
    repeated = {place for place, count in counts.items() if count == len(pages) > 1}
    kept = []
    for found, edge in zip(rows, edges, strict=True):
        furniture = [row for row in edge if _is_furniture(row) or _place(row) in repeated]
        kept.extend(_by_columns(_with_values_apart([row for row in found if row not in furniture])))
    return kept


def _at_edge(page: Page, rows: Sequence[Row]) -> list[Row]:
    """The first and the last rows of a page, where they stand in its margins."""
    outer = [*rows[:_EDGE_ROWS], *rows[_EDGE_ROWS:][-_EDGE_ROWS:]]
    return [row for row in outer if not _MARGIN * page.height < row.y < (1 - _MARGIN) * page.height]


def _place(row: Row) -> tuple[str, int]:
    """What a row says but for numbers, and where."""
    return re.sub(r"\d+", "#", row.text), round(row.y / 3)


def _is_furniture(row: Row) -> bool:
    text = row.text.strip()
    return text == str(row.page + 1) or _FURNITURE.fullmatch(text) is not None


def _rows(page: Page) -> list[Row]:
    rows: list[Row] = []
    for fragment in sorted(_fragments(page.glyphs), key=lambda x: (-x.y, x.left)):
        if rows and rows[-1].y - fragment.y <= _SAME_ROW * fragment.size:
            rows[-1].fragments.append(fragment)
        else:
            rows.append(Row(page.number, fragment.y, [fragment]))
    for row in rows:
        row.fragments = _joined(sorted(row.fragments, key=lambda x: x.left))
        left = row.fragments[0].left
        row.marked = any(
            left - 2.5 * row.size < mark.left < left and row.y - 1 < mark.y < row.y + row.size for mark in page.marks
        )
    return rows


def _fragments(glyphs: Sequence[Glyph]) -> list[Fragment]:
    """The letters as they come, parted where the baseline changes or a wide gap is."""
    fragments: list[Fragment] = []
    last: Glyph | None = None
    spaced = False
    for glyph in glyphs:
        if not glyph.size or not glyph.text.strip():
            spaced, last = True, None if glyph.text == "\n" else last
            continue
        near = last is not None and _is_near(last, glyph)
        if last is None or not near:
            fragments.append(Fragment([], glyph.y, glyph.size))
            spaced = False
        words = fragments[-1].words
        apart = last is not None and glyph.left - last.right > _SPACE * glyph.size
        if words and not spaced and not apart and words[-1].bold == glyph.bold:
            words[-1].text += glyph.text
            words[-1].right = glyph.right
        else:
            words.append(Word(glyph.text, glyph.left, glyph.right, glyph.bold, bool(words) and (spaced or apart)))
        last, spaced = glyph, False
    return fragments


def _is_near(last: Glyph, glyph: Glyph) -> bool:
    if abs(glyph.y - last.y) > _SAME_ROW * max(glyph.size, last.size):
        return False
    return -glyph.size < glyph.left - last.right < _WIDE * glyph.size


def _joined(fragments: Sequence[Fragment]) -> list[Fragment]:
    """The fragments of a row, those that have no wide gap between them as one."""
    joined: list[Fragment] = []
    for fragment in fragments:
        gap = fragment.left - joined[-1].right if joined else 0.0
        if joined and gap < _WIDE * fragment.size:
            fragment.words[0].spaced = gap > 0.1 * fragment.size
            joined[-1].words.extend(fragment.words)
        else:
            joined.append(fragment)
    return joined


def _with_values_apart(rows: list[Row]) -> list[Row]:
    """The rows, those with a label that reaches to the column of values parted there."""
    starts = Counter(round(row.fragments[1].left) for row in rows if len(row.fragments) == 2)
    columns = [left for left, count in starts.items() if count >= _ALIGNED_VALUES]
    for row in rows:
        words = row.fragments[0].words
        at = next((i for i, x in enumerate(words) if i and any(abs(x.left - left) < 1.5 for left in columns)), 0)
        ahead = Fragment(words[:at], row.y, row.size)
        if at and row_of(ahead.text):
            row.fragments[:1] = [ahead, Fragment(words[at:], row.y, row.size)]
    return _with_centred_labels(rows, columns)


def _with_centred_labels(rows: list[Row], columns: Sequence[int]) -> list[Row]:
    """The rows, those of a label and its value on one of which stands beside the middle of the other's two."""
    rows = list(rows)
    for i in range(len(rows) - 2, 0, -1):
        above, row, below = rows[i - 1 : i + 2]
        alone = all(len(x.fragments) == 1 for x in (above, row, below))
        between = above.y - row.y < _HALF_LEADING * row.size and row.y - below.y < _HALF_LEADING * row.size
        if not alone or not between:
            continue
        (first,), (middle,), (last,) = above.fragments, row.fragments, below.fragments
        values = [round(x.left) in columns for x in (first, middle, last)]
        if values == [True, False, True] and row_of(middle.text):
            rows[i - 1 : i + 1] = [Row(above.page, above.y, [middle, first])]
        elif values == [False, True, False] and row_of(f"{first.text} {last.text}"):
            last.words[0].spaced = True
            label = Fragment([*first.words, *last.words], row.y, row.size)
            rows[i - 1 : i + 2] = [Row(row.page, row.y, [label, middle])]
    return rows


def _by_columns(rows: list[Row]) -> list[Row]:
    """The rows of a page, those of a second column of text behind those of the first."""
    width = max((row.fragments[-1].right for row in rows), default=0) - min(
        (row.fragments[0].left for row in rows), default=0
    )
    beside = [row for row in rows if len(row.fragments) == 2 and _is_column(row.fragments[0], width)]
    if len(beside) < _BESIDE:
        return rows
    edge = min(row.fragments[1].left for row in beside)
    first, last = rows.index(beside[0]), rows.index(beside[-1])
    ahead: list[Row] = []
    behind: list[Row] = []
    for row in rows[first : last + 1]:
        left = [fragment for fragment in row.fragments if fragment.left < edge - 1]
        right = [fragment for fragment in row.fragments if fragment.left >= edge - 1]
        ahead.extend([Row(row.page, row.y, left, row.marked)] if left else [])
        behind.extend([Row(row.page, row.y, right, not left and row.marked)] if right else [])
    return [*rows[:first], *ahead, *behind, *rows[last + 1 :]]


def _is_column(fragment: Fragment, width: float) -> bool:
    """Whether a fragment is text and not the label of what stands beside it."""
    label = row_of(fragment.text) or fragment.text.endswith(":") or fragment.bold_text == fragment.text
    return not label and fragment.right - fragment.left > _COLUMN * width
