"""A sheet's text made into facts, sections and problems."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from esfbot.language.words import fold
from esfbot.model.project import Fact, Line, Problem, Section, Severity, Sheet, Source
from esfbot.sheets.dates import page_date
from esfbot.sheets.facts import FactReader
from esfbot.sheets.furniture import is_furniture, is_menu_word, may_be_title
from esfbot.sheets.labels import Style
from esfbot.sheets.layout import Block, Labelled, find_block
from esfbot.sheets.narrative import is_prose, read_rest
from esfbot.sheets.problems import damaged_letters, fact_problems
from esfbot.sheets.recognise import check_project, check_stated, refuse_markup

# 2015/00245, 22-026-S03, 2008-3010081
_NUMBERED_TITLE = re.compile(r"(?P<number>\d{4}/\d{3,6}|\d{2}-\d{3}-\w{2,4}|\d{4}-\d{5,8})\s*[-–—:]\s*(?P<title>\S.*)")
_LONGEST_TITLE = 200
_COMPARED_BY_KEY = ("number", "email", "phone", "municipality")  # however they are typed


@dataclass
class _Top:
    """What stands above the labels: the title, furniture, and text that a page puts before its facts."""

    title: Line | None = None
    furniture: list[Line] = field(default_factory=list)
    text: list[Line] = field(default_factory=list)


def parse(text: str, sheet: str) -> Sheet:
    """Read the ``text`` of the sheet called ``sheet``.

    Raises SheetRefused where the text is not that of a project's page.
    """
    refuse_markup(text, sheet)
    lines = [Line(number, line) for number, line in enumerate(text.split("\n"), 1)]
    block = _below_title(check_project(find_block(lines), lines, sheet), lines)
    top = _read_top(lines[: block.first])
    reader = FactReader(sheet)
    labelled = [item for item in block.labelled if not _repeats(item, top.title)]
    facts = reader.read(labelled)
    facts = _title_facts(top.title, block, facts, sheet)
    check_stated(block, facts, sheet)
    above, rest = read_rest(top.text, sheet), read_rest(lines[block.after :], sheet)
    for row, items in (*above.lists, *rest.lists):
        facts.extend(reader.read_list(row, items))
    facts.extend(reader.read_dates(rest.dates))
    facts, repeated = _each_once(facts)
    stray = [Section("other", "", line.text, Source(sheet, line.number)) for line in block.stray]
    stated = next((fact.value for fact in facts if fact.field == "updated"), None)
    date = stated if isinstance(stated, datetime.date) else page_date(text)
    without_facts = _lines_of(repeated, labelled) - _lines_of(facts, labelled) | reader.placeholders
    return Sheet(
        name=sheet,
        facts=tuple(facts),
        sections=(*above.sections, *stray, *rest.sections),
        labels=_in_order(
            *_label_lines(block, labelled), *above.headings, *rest.headings, *(lines[n - 1] for n in without_facts)
        ),
        furniture=_in_order(*top.furniture, *block.furniture, *above.furniture, *rest.furniture),
        problems=_sorted_problems(
            reader.problems, fact_problems(facts, sheet), damaged_letters(lines, sheet), _unknown_above(top, sheet)
        ),
        text=text,
        date=date,
        page_dated=date is not None,
    )


def _below_title(block: Block, lines: Sequence[Line]) -> Block:
    """The block without a first line that is the title, where one begins like a label: Region Halland växer."""
    first, shift = block.labelled[0], block.first + 1
    if shift >= len(lines) or lines[shift].text.strip():
        return block
    below = find_block(lines[shift:])
    if below is None or below.style is not block.style or below.known < block.known - 1:
        return block
    restated = any(item.field is first.field for item in below.labelled)
    if not restated and _read_top(lines[: block.first]).title is not None:
        return block
    return replace(below, first=below.first + shift, after=below.after + shift)


def _read_top(above: Sequence[Line]) -> _Top:
    """Tell the lines above the labels apart. The title stands right above them, or above menu words and text."""
    filled = [line for line in above if line.text.strip()]
    top = _Top(title=_title_above(filled))
    for line in filled:
        between = top.title is not None and line.number > top.title.number
        text = between and not is_furniture(line.text.strip(), above_title=True)
        if line is not top.title:
            (top.text if text else top.furniture).append(line)
    return top


def _title_above(filled: Sequence[Line]) -> Line | None:
    for line in reversed(filled):
        text = line.text.strip()
        if is_furniture(text, above_title=True) and not may_be_title(text):
            if not is_menu_word(text):
                return None
        elif not _is_paragraph(text):
            return line
    return None


def _is_paragraph(text: str) -> bool:
    """Whether a line is text that a page puts before its facts, and no title, however long."""
    return len(text) > _LONGEST_TITLE or (text.endswith(".") and is_prose(text))


def _title_facts(title: Line | None, block: Block, facts: Sequence[Fact], sheet: str) -> list[Fact]:
    """The facts with the title before them; in layouts C and D its line also holds the number."""
    if title is None:
        return [*facts]
    text, source = title.text.strip(), Source(sheet, title.number)
    numbers = [fact for fact in facts if fact.field == "number"]
    numbered = _NUMBERED_TITLE.fullmatch(text) if block.style is not Style.FUSED else None
    if numbered is None:
        return [Fact("title", _single_spaced(text), text, source), *facts]
    found = [Fact("title", _single_spaced(numbered["title"]), numbered["title"], source), *facts]
    key = fold(re.sub(r"\W", "", numbered["number"]))
    if key not in {number.key for number in numbers}:
        found.append(Fact("number", numbered["number"], numbered["number"], source, key))
    return found


def _single_spaced(text: str) -> str:
    return " ".join(text.split())


def _repeats(item: Labelled, title: Line | None) -> bool:
    """Whether this is a ``Namn:`` that says the same as the title above."""
    named = item.field is not None and item.field.name == "title" and bool(item.values)
    return named and title is not None and fold(title.text.strip()).endswith(fold(item.text))


def _label_lines(block: Block, labelled: Sequence[Labelled]) -> list[Line]:
    """Lines with nothing but a label, and the ``Namn`` that repeats the title."""
    kept = {id(item) for item in labelled}
    lines = []
    for item in block.labelled:
        if item.line.number not in {value.number for value in item.values}:
            lines.append(item.line)
        if id(item) not in kept:
            lines.extend(item.values)
    return lines


def _each_once(facts: Sequence[Fact]) -> tuple[list[Fact], list[Fact]]:
    """The facts, and those that repeat one: a number under two labels, a period beside its start and end."""
    seen: set[tuple[str, object, str, int]] = set()
    kept: list[Fact] = []
    repeated: list[Fact] = []
    for fact in facts:
        alike = fact.field in _COMPARED_BY_KEY and fact.key
        mark = (fact.field, alike or fact.value, fact.label, fact.group)
        (repeated if mark in seen else kept).append(fact)
        seen.add(mark)
    return kept, repeated


def _lines_of(facts: Sequence[Fact], labelled: Sequence[Labelled]) -> set[int]:
    """The numbers of the lines that facts stand on, all of them where a value is broken over several."""
    begun = {fact.source.line for fact in facts}
    broken = (item.values for item in labelled if item.values and item.values[0].number in begun)
    return begun | {value.number for values in broken for value in values}


def _in_order(*lines: Line) -> tuple[Line, ...]:
    return tuple(sorted(lines, key=lambda line: line.number))


def _sorted_problems(*problems: Sequence[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted((x for found in problems for x in found), key=lambda problem: problem.source.line))


def _unknown_above(top: _Top, sheet: str) -> list[Problem]:
    """A note for each line above the title that is no known banner: its place makes it one, but look at it."""
    return [
        Problem(
            Source(sheet, line.number),
            Severity.NOTE,
            f"{line.text.strip()!r} above the title",
            "the title first, or a known banner",
            "It is taken for a banner of the page; move it below the labels if it belongs to the project.",
        )
        for line in top.furniture
        if not is_furniture(line.text.strip(), above_title=True)
    ]
