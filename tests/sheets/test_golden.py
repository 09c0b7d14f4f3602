"""What is read of whole sheets, held against what was written down for them."""

import datetime
import json
import re
from pathlib import Path

import pytest

from esfbot.errors import SheetRefused
from esfbot.model.project import Fact
from esfbot.sheets.read import as_text
from tests.sheets.pages import GOLDEN, HERE, NO_SHEETS, PUBLISHED, SEEDS, SHARED, WITHOUT_SHARED, described, name, read

REFUSED: dict[str, str] = json.loads((HERE / "refused.json").read_text(encoding="utf-8"))
FIELDS = ("title", "number", "programme", "phase", "owner", "contact", "email", "phone", "esf_support", "total_budget",
          "start", "end", "region")  # fmt: skip


def expected_of_published() -> dict[str, dict[str, object]]:
    lines = [
        line
        for path in sorted(SHARED.glob("sheets*/expected.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    return {sheet["file"]: sheet for sheet in map(json.loads, lines)}


EXPECTED = expected_of_published()


@pytest.mark.parametrize("path", GOLDEN, ids=name)
def test_golden(path: Path) -> None:
    """Every fact, section and problem of an invented sheet is as the file beside it says."""
    assert described(read(path)) == json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))


@pytest.mark.skipif(not PUBLISHED, reason=WITHOUT_SHARED)
@pytest.mark.parametrize("path", PUBLISHED, ids=name)
def test_published(path: Path) -> None:
    """Sheets as the project bank publishes them are read right, field by field."""
    sheet = read(path)
    facts = {field: sheet.first(field) for field in FIELDS}
    assert {field: shown(fact) for field, fact in facts.items()} == {
        field: EXPECTED[path.name].get(field) for field in FIELDS
    }


def shown(fact: Fact | None) -> object:
    if fact is None:
        return None
    return fact.value.isoformat() if isinstance(fact.value, datetime.date) else fact.value


@pytest.mark.parametrize("path", SEEDS, ids=name)
def test_seeds(path: Path) -> None:
    """A sheet that ships has every field of its layout, its sections and its municipalities."""
    sheet = read(path)
    stated = {fact.field for fact in sheet.facts}
    assert {*FIELDS, "municipality"} - stated == {"number"}
    assert {section.kind for section in sheet.sections} >= {"summary", "background", "goals", "accessibility"}


@pytest.mark.parametrize("path", sorted((HERE / "refused").glob("*.txt")), ids=name)
def test_other_pages(path: Path) -> None:
    """A page that is not a project's sheet is refused, by its name and with the reason."""
    with pytest.raises(SheetRefused, match=path.stem) as refused:
        read(path)
    assert refused.value.found == f"{path.name} {REFUSED[path.stem]}"


@pytest.mark.skipif(not NO_SHEETS, reason=WITHOUT_SHARED)
@pytest.mark.parametrize("path", NO_SHEETS, ids=name)
def test_other_published_pages(path: Path) -> None:
    """Published pages that are no project's sheet are refused by name."""
    with pytest.raises(SheetRefused, match=f"^{re.escape(path.name)} "):
        read(path)


@pytest.mark.parametrize("text", ["", "\n", " \t\n\u00a0\n", "\ufeff"])
def test_nothing(text: str) -> None:
    """A file with nothing but space in it is empty."""
    with pytest.raises(SheetRefused, match=r"^x\.txt is empty; expected the text of a project page"):
        as_text(text.encode(), "x.txt")
