"""The sheets that tests read: invented ones, those that ship, and, beside a checkout, those of the project bank."""

import datetime
import json
from pathlib import Path
from typing import Any

from esfbot.model.project import Fact, Sheet
from esfbot.sheets.parse import parse
from esfbot.sheets.read import read_text

HERE = Path(__file__).parent
GOLDEN = sorted((HERE / "golden").glob("*.txt"))
SEEDS = sorted((HERE.parents[1] / "seeds").glob("*.txt"))
SHARED = HERE.parents[1] / ".." / "shared"
PUBLISHED = sorted([*SHARED.glob("sheets/*.txt"), *SHARED.glob("sheets-more/*.txt")])
NO_SHEETS = sorted(SHARED.glob("sheets-more/not-project-sheets/*.txt"))
ALL = [*GOLDEN, *SEEDS, *PUBLISHED]
WITHOUT_SHARED = f"the project bank's own sheets are not beside this checkout ({SHARED.name})"

FACTS = """ProgramområdeProgramområde 1 Kompetensförsörjning
ProjektfasGenomförande
ProjektägareHjo kommun
KontaktpersonAnna Berg
E-postanna.berg@hjo.se
Telefonnummer0503-350 00
Beviljat ESF-stöd1 200 300 kr
Total projektbudget2 200 300 kr
Projektperiod2010-01-01 till 2011-12-31
RegionVästsverige"""


def name(path: Path) -> str:
    return path.stem


def read(path: Path) -> Sheet:
    return parse(read_text(path), path.name)


def layout_a(title: str = "Fler vägar", facts: str = FACTS, text: str = "Sammanfattning\n\nOm projektet.") -> str:
    """A sheet of the first layout."""
    return f"Logotyp på utskrifter\n\n{title}\n\n{facts}\nIn English\n\n{text}\n"


def with_lines(old: str, new: str) -> str:
    """A sheet of the first layout with one line, or several, in place of the line ``old``."""
    assert old in FACTS
    return layout_a(facts=FACTS.replace(old, new))


def stated(sheet: Sheet, *fields: str) -> list[tuple[str, object]]:
    """The facts of these fields, in the sheet's order."""
    return [(fact.field, fact.value) for fact in sheet.facts if fact.field in fields]


def described(sheet: Sheet) -> dict[str, Any]:
    """A sheet as the golden folder describes it."""
    return {
        "facts": [_fact(fact) for fact in sheet.facts],
        "sections": [f"{x.source.line}-{x.last_line} {x.kind}: {x.heading}" for x in sheet.sections],
        "labels": [line.number for line in sheet.labels],
        "furniture": [line.number for line in sheet.furniture],
        "problems": [f"{x.source.line} {x.severity}: {x.found}; expected {x.expected}" for x in sheet.problems],
    }


def _fact(fact: Fact) -> dict[str, Any]:
    value = fact.value.isoformat() if isinstance(fact.value, datetime.date) else fact.value
    said: dict[str, Any] = {"line": fact.source.line, fact.field: value}
    if fact.published != str(value):
        said["published"] = fact.published
    more = {"key": fact.key, "group": fact.group, "label": fact.label}
    return said | {key: value for key, value in more.items() if value}


def as_json(description: dict[str, Any]) -> str:
    """The description with a line for each fact, section and problem."""
    blocks = []
    for key, entries in description.items():
        lines = [json.dumps(entry, ensure_ascii=False) for entry in entries]
        numbers = key in ("labels", "furniture")
        inside = ", ".join(lines) if numbers else "".join(f"\n    {line}," for line in lines).rstrip(",")
        blocks.append(f'  "{key}": [{inside}' + ("]" if numbers or not lines else "\n  ]"))
    return "{\n" + ",\n".join(blocks) + "\n}\n"
