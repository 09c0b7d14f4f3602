"""Sheets written from the truth, as the pages of the project bank look, with what pages bring along."""

import random
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.invented.truth import Invented

_NBSP = "\u00a0"
_BANNERS = (
    ("Stäng", "", "3 december - Webbinarium om fattigdom i dagens Sverige", "", "Mer information och anmälan.", ""),
    (
        "Information med anledning av covid-19",
        "",
        f"Uppdaterad information med anledning av covid-19{_NBSP}{_NBSP}",
        "",
    ),
    ("Stäng", "", "Planerat driftstopp torsdag kl 17-20", ""),
    ("Stäng", ""),
    (f"{_NBSP}", ""),
)
_LISTS = (
    ("Medfinansiärer", "co_funders"),
    ("Samarbetspartners", "partners"),
    ("Deltagande aktörer", "participants"),
)


def write_sheets(projects: Iterable[Invented], folder: Path) -> Path:
    """Write the sheets of ``projects`` into ``folder``, which is made; return it."""
    folder.mkdir(parents=True, exist_ok=True)
    for project in projects:
        (folder / project.file).write_text(sheet_text(project), encoding="utf-8")
    return folder


def sheet_text(project: Invented) -> str:
    """The text of a project's sheet, always the same."""
    chance = random.Random(project.file)  # noqa: S311 - repeatable, and nothing to guess
    lines = {"A": _layout_a, "B": _layout_b, "C": _layout_c, "D": _layout_d}[project.layout](project, chance)
    return "\n".join(lines) + chance.choice(("\n", ""))


def _layout_a(project: Invented, chance: random.Random) -> list[str]:
    between = chance.choice((" ", _NBSP))
    facts = [
        f"Programområde{project.programme}",
        f"Projektfas{project.phase}",
        f"Projektägare{project.owner or 'saknas'}",
    ]
    for person in project.contacts:
        facts.append(f"Kontaktperson{person.name}")
        facts += [f"E-post{person.email}"] if person.email else []
        facts += [f"Telefonnummer{person.phone}"] if person.phone else []
    for label, amount in (("Beviljat ESF-stöd", project.esf_support), ("Total projektbudget", project.total_budget)):
        facts += [f"{label}{_amount(amount, between)}{between}kr"] if amount is not None else []
    facts += [f"Projektperiod{project.start} till {project.end}", f"Region{project.region}", "In English"]
    return [*_top(project, chance), *facts, "", *_narrative(project, chance, glued=chance.random() < 0.15)]


def _layout_b(project: Invented, chance: random.Random) -> list[str]:
    owner = project.owner or "saknas"
    facts: list[tuple[str, str]] = [
        ("Programområde", project.programme),
        ("Region", project.region),
        ("Utlysning", str(project.further["call"])),
        ("Projektägare", f"{owner}, {owner}" if chance.random() < 0.2 else owner),
        ("Projektnummer", project.number or ""),
    ]
    if project.planned_participants is not None:
        facts.append(("Planerat antal deltagare", str(project.planned_participants)))
    facts.append(("Projektperiod", f"{project.start}-{project.end}"))
    if project.total_budget is not None:
        facts.append(("Total projektbudget", f"{_amount(project.total_budget)} kr"))
    if project.esf_support is not None:
        facts.append(("Beviljat ESF-stöd", f"{_amount(project.esf_support)} kr"))
    facts += _contacts(project, chance)
    lines = [line for label, value in facts for line in (label, value) if line]
    return [*_top(project, chance), *lines, "", *_narrative(project, chance, glued=chance.random() < 0.1)]


def _layout_c(project: Invented, chance: random.Random) -> list[str]:
    owner = project.owner or ""
    owner = f"{owner}, {owner}" if chance.random() < 0.3 else owner
    name, number = ("Namn", project.title), project.number or ""
    if chance.random() < 0.5:
        head = [("Projektnummer", number), ("Projektägare", owner), name]
    else:
        head = [("Diarienummer", number), name, ("Startdatum", ""), ("Slutdatum", ""), ("Projektnummer", number),
                ("Projektägare", owner)]  # fmt: skip
    facts = [
        *head,
        ("Region", project.region),
        *_stated("Planerat antal deltagare", project.planned_participants, chance),
        ("Projektperiod", f"{project.start} - {project.end}"),
        *_stated("Total projektbudget", project.total_budget, chance),
        *_stated("Beviljat ESF-stöd", project.esf_support, chance),
        *_contacts(project, chance),
        ("Stödmottagare postnr", str(project.further["postal_code"])),
        ("Stödmottagarens address", ""),
        ("Programområde", project.programme),
        ("Specifikt mål", str(project.further["objective"])),
        ("Unionens medfinansieringsgrad", f"{project.further['cofunding_rate']}%"),
        ("Interventionstyp", str(project.further["intervention"])),
    ]
    return _with_colons(project, facts)


def _layout_d(project: Invented, chance: random.Random) -> list[str]:
    owner, further = project.owner or "", project.further
    facts = [
        ("Diarienummer", project.number or ""),
        ("Namn", project.title),
        ("Startdatum", str(project.start)),
        ("Slutdatum", str(project.end)),
        ("Land som berörs", str(further["country"])),
        ("Berörd fond", str(further["fund"])),
        ("Program CCI", str(further["cci"])),
        ("Projektägare organisationsnummer", str(further["owner_number"])),
        ("Projektägare", f"{owner}, {owner}" if chance.random() < 0.2 else owner),
        ("Unionens medfinansieringsgrad", f"{further['cofunding_rate']}%"),
        ("Programområde", project.programme),
        ("Specifikt mål", str(further["objective"])),
        ("Sekundärtema - Motverka barnfattigdom", str(further["child_poverty"])),
        ("Region", project.region),
        ("NUTS-2 kod", str(further["nuts2"])),
    ]
    if "postal_town" in further:
        facts += [("Stödmottagare postnr", str(further["postal_code"])),
                  ("Stödmottagare ort", str(further["postal_town"]))]  # fmt: skip
    facts.append(("Interventionstyp", str(further["intervention"])))
    if project.planned_participants is not None:
        facts.append(("Antal deltagare", str(project.planned_participants)))
    facts.append(("Insats av strategisk betydelse", str(further["strategic"])))
    return _with_colons(project, facts)


def _top(project: Invented, chance: random.Random) -> list[str]:
    """What stands above the labels of layouts A and B."""
    banner = chance.choice(_BANNERS) if chance.random() < 0.6 else ()
    return ["Logotyp på utskrifter", "", *banner, project.title, ""]


def _contacts(project: Invented, chance: random.Random) -> list[tuple[str, str]]:
    """The contacts of layouts B and C, whose labels may stand without a value."""
    facts: list[tuple[str, str]] = []
    for person in project.contacts:
        facts.append(("Kontaktperson", person.name))
        if person.email or chance.random() < 0.5:
            facts.append(("E-post", person.email or ""))
    return facts if facts or chance.random() < 0.5 else [("Kontaktperson", ""), ("E-post", "")]


def _stated(label: str, value: int | None, chance: random.Random) -> list[tuple[str, str]]:
    """A label of layout C with its value; without one it stands there all the same, or not."""
    if value is None:
        return [(label, "")] if chance.random() < 0.5 else []
    return [(label, str(value) if label == "Planerat antal deltagare" else _amount(value))]


def _with_colons(project: Invented, facts: Sequence[tuple[str, str]]) -> list[str]:
    lines = [line for label, value in facts for line in (f"{label}:", value) if line]
    return [f"{project.number} - {project.title}", "", *lines, "", *_without_headings(project)]


def _without_headings(project: Invented) -> list[str]:
    lines: list[str] = []
    for section in project.sections:
        lines += [f"{section.heading}:", ""] if section.heading else []
        lines += [*section.text.split("\n"), ""]
    return lines[:-1]


def _narrative(project: Invented, chance: random.Random, *, glued: bool) -> list[str]:
    """Sections under their headings and lists; with ``glued`` the first list's heading ends the last sentence."""
    lines: list[str] = []
    for section in project.sections:
        lines += [section.heading, "", *section.text.split("\n"), ""]
    places = tuple(place.name for place in project.municipalities)
    lists = [*((heading, getattr(project, name)) for heading, name in _LISTS), ("Kommun", places)]
    bullet = chance.choice((" • ", "  • "))
    for heading, items in lists:
        if not items:
            continue
        if glued:
            lines[-2:] = [lines[-2] + heading, ""]
            glued = False
        else:
            lines += [heading, ""]
        lines += [*(bullet + item for item in items), ""]
    return lines[:-1]


def _amount(kronor: int, between: str = " ") -> str:
    return f"{kronor:,}".replace(",", between)
