"""Two sheets of one project are one project, and what they disagree on is told."""

import datetime
import os
from dataclasses import replace
from pathlib import Path

import pytest

from esfbot.model.project import Fact, Problem, Project
from esfbot.sheets.folder import read_folder
from esfbot.sheets.parse import parse
from esfbot.sheets.projects import make_projects
from tests.sheets.pages import FACTS, layout_a

SUPPORT = "Beviljat ESF-stöd1 200 300 kr"
CONTACT = "KontaktpersonAnna Berg\nE-postanna.berg@hjo.se\nTelefonnummer0503-350 00\n"
NUMBERED = """{number} - {title}

Projektnummer:
{number}
Projektägare:
{owner}
Namn:
{title}
Region:
Västsverige
Projektperiod:
2015-09-01 - 2018-08-31
"""


def merged(*texts: str) -> tuple[list[Project], list[Problem]]:
    return make_projects([parse(text, f"{letter}.txt") for letter, text in zip("abcd", texts, strict=False)])


def said(facts: tuple[Fact, ...]) -> list[tuple[str, object, str]]:
    return [(fact.field, fact.value, fact.source.sheet) for fact in facts]


def without(*labels: str) -> str:
    return "\n".join(line for line in FACTS.split("\n") if not line.startswith(labels))


def test_one_project_on_two_sheets() -> None:
    """The same project with another amount is one project; the first sheet counts and the difference is told."""
    other = layout_a(facts=FACTS.replace(SUPPORT, "Beviljat ESF-stöd900 000 kr"))
    projects, problems = merged(layout_a(), other)
    assert [(x.sheets, x.first("esf_support").value) for x in projects] == [(("a.txt", "b.txt"), 1200300)]  # type: ignore[union-attr]
    assert said(projects[0].disputed) == [("esf_support", 900000, "b.txt")]
    assert [(x.source.sheet, x.source.line, x.found, x.expected) for x in problems] == [
        (
            "b.txt",
            11,
            "ESF support: 900 000 kr, and 1 200 300 kr on a.txt line 11",
            "two sheets of one project that agree",
        )
    ]


def test_the_same_sheet_twice() -> None:
    """A sheet that was saved twice is one project, with nothing twice and nothing to tell."""
    projects, problems = merged(layout_a(), layout_a())
    assert (len(projects), projects[0].facts, problems) == (1, parse(layout_a(), "a.txt").facts, [])
    assert projects[0].sections == parse(layout_a(), "a.txt").sections


def test_the_fuller_sheet_counts_first() -> None:
    """A sheet with fewer facts adds to the other what that one lacks."""
    projects, problems = merged(
        layout_a(facts=without("Beviljat", "Total", "Region") + "\nMålgruppUnga"), layout_a(facts=without("Projektfas"))
    )
    assert (projects[0].sheets, problems) == (("b.txt", "a.txt"), [])
    added = [fact for fact in projects[0].facts if fact.source.sheet == "a.txt"]
    assert [(fact.field, fact.value, fact.label) for fact in added] == [
        ("phase", "Genomförande", ""),
        ("extra", "Unga", "Målgrupp"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "projects"),
    [
        ("RegionVästsverige", "RegionSydsverige", 1),
        ("Projektperiod2010-01-01 till 2011-12-31", "Projektperiod2010-01-01 till 2012-06-30", 1),
        ("Projektperiod2010-01-01 till 2011-12-31", "Projektperiod2012-01-01 till 2013-12-31", 2),
        ("ProjektägareHjo kommun", "ProjektägareVara kommun", 2),
        ("ProjektägareHjo kommun", "ProjektägareHJO KOMMUN", 1),
        ("ProjektägareHjo kommun", "Projektägaresaknas", 1),
    ],
)
def test_what_makes_it_one(old: str, new: str, projects: int) -> None:
    """The title with the same owner and start makes it one project; another owner or another start does not."""
    assert len(merged(layout_a(), layout_a(facts=FACTS.replace(old, new)))[0]) == projects


def test_a_cut_off_owner() -> None:
    """An owner that the page cut off in the middle of a word is the same owner."""
    whole, cut = "Barn- och utbildningsförvaltningen", "Barn- och utbildningsförvaltnin"
    texts = [layout_a(facts=FACTS.replace("Hjo kommun", owner)) for owner in (whole, cut)]
    assert len(merged(*texts)[0]) == 1


def test_numbers_decide() -> None:
    """Sheets of one number are one project whatever they are called; those of two numbers are two."""
    one = NUMBERED.format(number="2015/00001", title="Vägar", owner="Hjo kommun")
    same = NUMBERED.format(number="2015/00001", title="Vägar II", owner="Hjo kommun")
    other = NUMBERED.format(number="2015/00002", title="Vägar", owner="Hjo kommun")
    projects, problems = merged(one, same, other)
    assert [(x.id, x.sheets) for x in projects] == [("2015-00001", ("a.txt", "b.txt")), ("2015-00002", ("c.txt",))]
    assert [x.found for x in problems] == ["Title: Vägar II, and Vägar on a.txt line 1"]


def test_ids_of_projects_of_one_title() -> None:
    """Projects of one title are told apart by their start, and then by count."""
    later = FACTS.replace("2010-01-01 till 2011-12-31", "2012-01-01 till 2013-12-31")
    texts = [layout_a(), layout_a(facts=later), layout_a(facts=later.replace("Hjo kommun", "Vara kommun"))]
    assert [project.id for project in merged(*texts)[0]] == ["fler-vagar", "fler-vagar-2012-01-01", "fler-vagar-2"]


def contacts(*texts: str) -> tuple[list[list[object]], list[str]]:
    projects, problems = merged(*texts)
    assert len(projects) == 1
    return [[fact.value for fact in contact.facts] for contact in projects[0].contacts], [x.found for x in problems]


def test_another_contact_on_the_other_sheet() -> None:
    """A number of one sheet is never given to the person of another: the first counts, the other is told."""
    one = layout_a(facts=FACTS.replace("Telefonnummer0503-350 00\n", ""))
    other = layout_a(
        facts=without("Region", "Total").replace(CONTACT, "KontaktpersonBo Ek\nTelefonnummer0503-350 11\n")
    )
    assert contacts(one, other) == (
        [["Anna Berg", "anna.berg@hjo.se"]],
        ["Contact person: Bo Ek, and Anna Berg on a.txt line 8"],
    )


def test_the_same_contact_on_the_other_sheet() -> None:
    """A number that one sheet lacks is taken from the other where it stands with the same person."""
    one = layout_a(facts=FACTS.replace("Telefonnummer0503-350 00\n", ""))
    other = layout_a(facts=without("Region", "Total"))
    assert contacts(one, other) == ([["Anna Berg", "anna.berg@hjo.se", "0503-350 00"]], [])


def test_another_number_of_the_same_contact() -> None:
    """Where two sheets give one person two numbers, the first counts and the other is told."""
    other = layout_a(facts=FACTS.replace("0503-350 00", "0503-350 11"))
    assert contacts(layout_a(), other) == (
        [["Anna Berg", "anna.berg@hjo.se", "0503-350 00"]],
        ["Telephone: 0503-350 11, and 0503-350 00 on a.txt line 10"],
    )


def test_contacts_of_one_sheet_only() -> None:
    """Where one sheet has no contact, that of the other counts."""
    one = layout_a(facts=without("Kontaktperson", "E-post", "Telefonnummer") + "\nMålgruppUnga\nSlutdatum2011-12-31")
    assert contacts(one, layout_a()) == ([["Anna Berg", "anna.berg@hjo.se", "0503-350 00"]], [])


def test_sections_of_both() -> None:
    """A section that the first sheet lacks is taken from the other."""
    one, other = layout_a(), layout_a(text="Sammanfattning\n\nAnnat.\n\nSyfte\n\nAtt hjälpa.")
    sections = [(x.heading, x.text, x.source.sheet) for x in merged(one, other)[0][0].sections]
    assert sections == [("Sammanfattning", "Om projektet.", "a.txt"), ("Syfte", "Att hjälpa.", "b.txt")]


def counting(*dated: tuple[str, str, bool]) -> tuple[str, ...]:
    """The names of the sheets of one project in the order in which they count: each text with a day and whether that
    stands on the page."""
    sheets = [
        replace(
            parse(text, f"{letter}.txt"), date=datetime.date.fromisoformat(day) if day else None, page_dated=on_page
        )
        for letter, (text, day, on_page) in zip("abcd", dated, strict=False)
    ]
    projects, _ = make_projects(sheets)
    assert len(projects) == 1
    return projects[0].sheets


FULL, BARE = layout_a(), layout_a(facts=without("Region", "Total"))


@pytest.mark.parametrize(
    ("dated", "first"),
    [
        ([(FULL, "2012-01-01", True), (FULL, "2013-01-01", True)], "b.txt"),
        ([(FULL, "2013-01-01", True), (FULL, "2012-01-01", True)], "a.txt"),
        ([(FULL, "2012-01-01", True), (BARE, "2013-01-01", True)], "b.txt"),
        ([(FULL, "2012-01-01", False), (BARE, "2013-01-01", False)], "b.txt"),
        ([(BARE, "2013-01-01", True), (FULL, "2013-01-01", True)], "b.txt"),
        ([(BARE, "2013-01-01", False), (FULL, "2013-01-01", False)], "b.txt"),
        ([(FULL, "2012-01-01", True), (BARE, "2026-01-01", False)], "a.txt"),
        ([(BARE, "2012-01-01", True), (FULL, "2026-01-01", False)], "b.txt"),
        ([(BARE, "", False), (FULL, "", False)], "b.txt"),
    ],
)
def test_which_sheet_counts(dated: list[tuple[str, str, bool]], first: str) -> None:
    """The newer sheet counts, by the day on its page or else of its file; of one day, and where one has a day of its
    own and the other only that of its file, the fuller one."""
    assert counting(*dated)[0] == first
    assert sorted(counting(*dated)) == ["a.txt", "b.txt"]


def test_newest_of_three() -> None:
    """Of several sheets the newest counts before the others, and they before the oldest."""
    days = ("2012-01-01", "2014-01-01", "2013-01-01")
    assert counting(*((FULL, day, True) for day in days)) == ("b.txt", "c.txt", "a.txt")


def test_fact_by_fact() -> None:
    """The newer sheet wins each fact that it states; what only the older states is kept, and what it says otherwise as
    disputed."""
    old = layout_a(facts=FACTS.replace(SUPPORT, "Beviljat ESF-stöd900 000 kr")) + "\nSenast uppdaterad 2012-01-01\n"
    new = layout_a(facts=without("Region", "Total")) + "\nSenast uppdaterad 2013-01-01\n"
    (project,), problems = merged(old, new)
    values = {fact.field: (fact.value, fact.source.sheet) for fact in project.facts}
    assert (values["esf_support"], values["region"]) == ((1200300, "b.txt"), ("Västsverige", "a.txt"))
    assert ("esf_support", 900000, "a.txt") in said(project.disputed)
    assert "Remove the wrong one; b.txt counts." in {x.action for x in problems if x.found.startswith("ESF support")}


def test_order_of_names_makes_no_difference() -> None:
    """Which sheet counts does not hang on what the files are called."""
    newer, older = (f"{FULL}\nSenast uppdaterad {day}\n" for day in ("2013-01-01", "2012-01-01"))
    for texts in ((newer, older), (older, newer)):
        (project,), _ = merged(*texts)
        assert project.sheets[0] == ("a.txt", "b.txt")[texts.index(newer)]


def test_days_of_files(tmp_path: Path) -> None:
    """In a folder the newer file counts where the pages tell no day."""
    for name, text, day in (("a.txt", FULL, 1_300_000_000), ("b.txt", BARE, 1_400_000_000)):
        (tmp_path / name).write_text(text, encoding="utf-8")
        os.utime(tmp_path / name, (day, day))
    assert [project.sheets for project in read_folder(tmp_path).projects] == [("b.txt", "a.txt")]
