"""A project says the same as web page, web archive, PDF and Word document as it does as text."""

from pathlib import Path

import pytest

from esfbot.sheets.read import read_text
from tests.sheets.formats.saved import LOCKED, MARKUPS, PAGES, SAVED, facts, page_of, sections, sheet_of, source_of
from tests.sheets.pages import GOLDEN, SEEDS, name, read


def file_name(path: Path) -> str:
    return path.name


@pytest.mark.parametrize("path", SAVED, ids=file_name)
def test_the_same_facts(path: Path) -> None:
    """Every fact of a saved page, with its key and its contact, is that of the text sheet, in the same order."""
    assert facts(read(path)) == facts(read(source_of(path)))


@pytest.mark.parametrize("path", SAVED, ids=file_name)
def test_the_same_text(path: Path) -> None:
    """The sections of a saved page have the headings and the words of the text sheet, and nothing of the site."""
    assert sections(read(path)) == sections(read(source_of(path)))


@pytest.mark.parametrize("path", SAVED, ids=file_name)
def test_no_problem(path: Path) -> None:
    """A saved page has no problem that its text sheet has not."""
    assert (read(path).problems, read(source_of(path)).problems) == ((), ())


# Where a row of print ends both a sentence and at the paper's edge, nothing tells whether the line went on.
LINES_TELL = [path for path in SAVED if path.name != "vagen-vidare-writer.pdf"]


@pytest.mark.parametrize("path", LINES_TELL, ids=file_name)
def test_a_line_for_each_paragraph(path: Path) -> None:
    """The text of a saved page holds every line of the text sheet's narrative as a line of its own."""
    narrative = [text.strip() for section in read(source_of(path)).sections for text in section.text.split("\n")]
    lines = [line.strip() for line in read_text(path).split("\n")]
    assert [line for line in narrative if line and line not in lines] == []


def test_every_kind_is_there() -> None:
    """Both projects are saved in every kind of file, and each file is small."""
    kinds = {(read(source_of(path)).name, path.suffix) for path in SAVED}
    assert len(kinds) == 2 * len({".html", ".mhtml", ".pdf", ".docx"})
    assert max(path.stat().st_size for path in SAVED) < 150_000


def test_a_pdf_that_may_only_be_read() -> None:
    """A PDF that is encrypted against copying opens without a password, and is read."""
    assert facts(read(LOCKED / "may-not-be-copied.pdf")) == facts(read(PAGES / "digitala-steg.txt"))


# The list of one of these sheets has items over two lines, which a web page has not.
IN_MARKUP = [path for path in (*GOLDEN, *SEEDS) if path.stem not in ("headings-and-lists", "noise")]


@pytest.mark.parametrize("markup", MARKUPS)
@pytest.mark.parametrize("path", IN_MARKUP, ids=name)
def test_any_sheet_in_any_markup(path: Path, markup: str) -> None:
    """Any sheet made into a web page, with its facts in any mark-up, says the same."""
    page, sheet = sheet_of(page_of(read_text(path), markup)), read(path)
    assert (sorted(map(str, facts(page))), sections(page)) == (sorted(map(str, facts(sheet))), sections(sheet))
