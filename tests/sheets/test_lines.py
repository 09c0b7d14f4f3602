"""Nothing of a sheet is lost, and everything says on which line it stands."""

import contextlib
import re
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from esfbot.errors import SheetRefused
from esfbot.model.project import Sheet
from esfbot.sheets.labels import row_of
from esfbot.sheets.parse import parse
from esfbot.sheets.read import read_text
from tests.sheets.pages import ALL, FACTS, layout_a, name

# What stands between values, and between a value and its label
BETWEEN = re.compile(r"^[\s•·:,;/()–-]+|[\s:,;/()–-]*(?:\boch)?[\s:,;/()–-]*$")


def lines_of(path: Path) -> list[str]:
    return ["", *read_text(path).split("\n")]  # counted from 1


def pieces_of(sheet: Sheet, lines: list[str]) -> dict[int, list[str]]:
    """What of each line is in a fact, a section, a label or furniture."""
    pieces: dict[int, list[str]] = defaultdict(list)
    for line in (*sheet.labels, *sheet.furniture):
        pieces[line.number].append(line.text.strip())
    for section in sheet.sections:
        for number, text in enumerate(section.text.split("\n"), section.source.line):
            pieces[number].append(text.strip())
    for fact in sheet.facts:
        if fact.field == "number" and (title := sheet.first("title")):
            pieces[title.source.line].append(fact.published)  # titles of layouts C and D begin with it
        rest, number = fact.published, fact.source.line
        while rest:  # a value that is broken over several lines
            own = next(rest[:n] for n in range(len(rest), -1, -1) if rest[:n].strip() in lines[number])
            pieces[number].append(own.strip())
            rest, number = rest[len(own) :].strip(), number + 1
    return pieces


def lost(text: str) -> dict[int, str]:
    """What of each line of a sheet is nowhere in what was read of it."""
    lines = ["", *text.split("\n")]
    sheet = parse(text, "x.txt")
    pieces = pieces_of(sheet, lines)
    unforeseen = {fact.label for fact in sheet.facts}
    found = {}
    for number, line in enumerate(lines):
        rest = line
        for piece in sorted(pieces[number], key=len, reverse=True):
            rest = rest.replace(piece, "", 1)
        rest = BETWEEN.sub("", rest)
        if rest and rest not in unforeseen and not row_of(rest):
            found[number] = rest
    return found


@pytest.mark.parametrize("path", ALL, ids=name)
def test_nothing_is_lost(path: Path) -> None:
    """Every line is in a fact, a section, a list, a label or furniture, from its first letter to its last."""
    assert lost(read_text(path)) == {}


LONG = "En lång mening om projektet som är en del av dess text och inte en rubrik, en titel eller något annat."
LINES = [
    *layout_a().split("\n"), "", "", "", "\u00a0", "Projektägare", "Projektägare:", "Projektägare: Hjo kommun",
    "Region", "Region Halland växer", "Projektperiod: 2010-01-01", "Namn:", "Kommun", "Kommun:", " • Hjo",
    " • Skövde, Tibro", "Syfte", "Syfte: att hjälpa.", "Mål", "Bakgrund", "Metod", "En mening om något.Medfinansiärer",
    "Medfinansiärer", "saknas", "-", "• Ett", "- Två", LONG, "Kort rad", "Dela", "Senast uppdaterad 2014-05-02",
    "KontaktpersonBo Ek", "E-post", "bo.ek@hjo.se", "070-123 45 67", "1 200 kr", "MålgruppUnga", "Okänt: värde",
    "Diarienummer", "2015/00001", "2015/00001 - Vägar", "Startdatum2010-01-01",
]  # fmt: skip


@settings(max_examples=1500, deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=25))
def test_nothing_is_lost_of_any_page(lines: list[str]) -> None:
    """Whatever comes in whatever order: the page is refused, or every line of it is somewhere."""
    text = layout_a() + "\n".join(lines) if len(lines) % 2 else "\n".join(lines)
    with contextlib.suppress(SheetRefused):
        assert lost(text) == {}


@given(st.text())
def test_any_text(text: str) -> None:
    """Text that is no sheet is refused, and nothing else happens."""
    with contextlib.suppress(SheetRefused):
        parse(text, "x.txt")


@pytest.mark.parametrize("path", ALL, ids=name)
def test_facts_stand_where_they_say(path: Path) -> None:
    """A fact's published text begins on the line it names."""
    lines = lines_of(path)
    facts = parse(read_text(path), path.name).facts
    first_words = [(fact.published.split()[0], lines[fact.source.line]) for fact in facts]
    assert [(word, line) for word, line in first_words if word not in line] == []


@pytest.mark.parametrize("path", ALL, ids=name)
def test_sections_stand_where_they_say(path: Path) -> None:
    """A section's lines are those of the sheet, from its first to its last, less furniture and glued headings."""
    lines = lines_of(path)
    sheet = parse(read_text(path), path.name)
    elsewhere = {line.number for line in sheet.furniture} | {f.source.line for f in sheet.facts if f.field == "updated"}
    wrong = []
    for section in sheet.sections:
        for number, text in enumerate(section.text.split("\n"), section.source.line):
            whole = lines[number].rstrip()
            glued = any(line.number == number and whole == text + line.text.rstrip() for line in sheet.labels)
            if not (text == whole or glued or (number in elsewhere and not text)):
                wrong.append((number, text, whole))
        assert section.last_line == section.source.line + section.text.count("\n")
    assert wrong == []


@pytest.mark.parametrize("path", ALL, ids=name)
def test_no_line_is_read_twice(path: Path) -> None:
    """A line of a section is in no other section, and no furniture."""
    sheet = parse(read_text(path), path.name)
    taken = [line.number for line in sheet.furniture]
    for section in sheet.sections:
        texts = enumerate(section.text.split("\n"), section.source.line)
        taken += [number for number, text in texts if text.strip()]
    assert sorted(taken) == sorted(set(taken))


def test_lines_after_furniture_keep_their_numbers() -> None:
    """A menu word within a section takes no line away from it."""
    sheet = parse(layout_a(text="Sammanfattning\n\nEtt.\nSkriv ut\nTvå."), "x.txt")
    assert [(x.text, x.source.line, x.last_line) for x in sheet.sections] == [("Ett.\n\nTvå.", 19, 21)]


@pytest.mark.parametrize("blank", ["", "\u00a0", " \t ", "\u00a0\u00a0", "\u200b"])
def test_blank_lines(blank: str) -> None:
    """Lines of non-breaking or invisible spaces are blank lines."""
    text = layout_a(text="Sammanfattning\n\nEtt.\n\nBakgrund\n\nTvå.").replace("\n\n", f"\n{blank}\n")
    assert [section.heading for section in parse(text.replace("\u200b", ""), "x.txt").sections] == [
        "Sammanfattning",
        "Bakgrund",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Senast uppdaterad 2020-05-04 av Bo Ek",
        "Publicerad 2020-05-04 | Uppdaterad 2020-06-01",
        "Sidansvarig: Bo Ek",
    ],
)
def test_who_looked_after_the_page_is_no_fact(line: str) -> None:
    """Also where it stands on the labels: nobody is to be told as a project's own who made its page."""
    sheet = parse(layout_a(facts=f"{line}\n{FACTS}"), "x.txt")
    whole = parse(layout_a(), "x.txt")
    told = [(fact.field, fact.published) for fact in sheet.facts]
    assert told == [(fact.field, fact.published) for fact in whole.facts]
    assert line in [each.text for each in sheet.furniture]
