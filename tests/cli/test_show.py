"""The command show."""

import json
import re
from pathlib import Path

import pytest

from tests.cli.conftest import SHEET, Run


def test_list(run: Run) -> None:
    """Without a project all are listed, by id and title."""
    lines = run("show").stdout.splitlines()
    assert (len(lines), lines[0]) == (5, "arena-for-nyorientering  Arena för nyorientering")


@pytest.mark.parametrize("name", ["gora-skillnad", "Göra Skillnad", "GORA SKILLNAD", "göra", "skillnad"])
def test_names(run: Run, name: str) -> None:
    """A project is found by its id, its title, however written, or a part that fits no other."""
    result = run("show", name)
    assert (result.exit_code, result.stdout.splitlines()[0]) == (0, "Göra Skillnad")


def test_page(run: Run) -> None:
    """A project's facts are shown with their lines, and how its sections begin."""
    page = run("show", "arena för").stdout
    assert "  ESF support     SEK 299,614  [line 17]\n" in page
    assert "  Municipalities  Arvika  [line 52]\n                  Eda  [line 53]\n" in page
    assert "  Målsättning  [lines 40 to 44]\n" in page


def test_several_fit(run: Run) -> None:
    """Where several projects fit, the message names them; exit code 1."""
    result = run("show", "g")
    assert (result.exit_code, result.stdout, result.stderr) == (
        1,
        "",
        "esfbot: 2 projects that fit 'g'; expected one. Name one by its id: ga-vidare-ii, gora-skillnad.\n",
    )


def test_none_fits(run: Run) -> None:
    """Where no project fits, the message says what to do; exit code 1."""
    result = run("show", "Gröna Broar")
    assert (result.exit_code, result.stdout, result.stderr) == (
        1,
        "",
        (
            "esfbot: no project 'Gröna Broar'; expected an id, a number or a title of the sheets. "
            "esfbot show lists all projects.\n"
        ),
    )


def test_record(run: Run) -> None:
    """A project as JSON has the facts under plain names, typed, of the first contact."""
    record = json.loads(run("show", "--json", "arena-for-nyorientering").stdout)
    first = {key: record[key] for key in list(record)[:17]}
    assert set(first.pop("dates")) == {"arena-for-nyorientering.txt"}
    assert first == {
        "id": "arena-for-nyorientering",
        "title": "Arena för nyorientering",
        "file": "arena-for-nyorientering.txt",
        "files": ["arena-for-nyorientering.txt"],
        "number": None,
        "programme": "Programområde 1 Kompetensförsörjning",
        "phase": "Förprojektering",
        "owner": "Landstingets kansli",
        "contact": "Elisabeth Wikström",
        "email": "elisabeth.wikstrom@liv.se",
        "phone": "054-614310",
        "esf_support": 299614,
        "total_budget": 299614,
        "start": "2009-08-03",
        "end": "2010-02-02",
        "region": "Norra Mellansverige",
    }


def test_record_has_more(run: Run) -> None:
    """A record holds all contacts, the lists, the sections with their lines, and where each fact stands."""
    record = json.loads(run("show", "--json", "arena-for-nyorientering").stdout)
    assert record["contacts"] == [
        {
            "name": "Elisabeth Wikström",
            "email": "elisabeth.wikstrom@liv.se",
            "phone": "054-614310",
            "phone_e164": "+4654614310",
            "source": {"sheet": "arena-for-nyorientering.txt", "line": 14},
        }
    ]
    assert (record["municipalities"][:2], len(record["municipalities"])) == (["Arvika", "Eda"], 16)
    assert record["sources"]["owner"] == [{"sheet": "arena-for-nyorientering.txt", "line": 13}]
    goals = next(section for section in record["sections"] if section["kind"] == "goals")
    assert (goals["heading"], goals["first_line"], goals["last_line"]) == ("Målsättning", 40, 44)


def test_records(run: Run) -> None:
    """Without a project every one is an object on a line of its own."""
    files = [json.loads(line)["file"] for line in run("show", "--json").stdout.splitlines()]
    assert (len(files), files) == (5, sorted(files))


@pytest.fixture
def disputed(run: Run, sheets: Path) -> None:
    """A project of two sheets, of which the older says another amount and another number."""
    older = SHEET.replace("100 000 kr", "90 000 kr").replace("0571-28100", "0571-28199")
    (sheets / "gammal.txt").write_text(f"{older}\nSenast uppdaterad 2010-01-02\n", encoding="utf-8")
    (sheets / "liten-arena.txt").write_text(f"{SHEET}\nSenast uppdaterad 2012-03-04\n", encoding="utf-8")


def test_what_another_sheet_says(run: Run, disputed: None) -> None:
    """What counts is shown with the sheet that it stands on, and what the other sheet says against it as disputed."""
    page = run("show", "Liten Arena").stdout
    rows = [" ".join(line.split()) for line in page.splitlines()]
    assert re.match("id liten-arena, from liten-arena.txt.*, gammal.txt", rows[1])
    assert "ESF support SEK 100,000 [liten-arena.txt line 9]" in rows
    assert "ESF support (disputed) SEK 90,000 [gammal.txt line 9]" in rows
    assert "Telephone 0571-28100 [liten-arena.txt line 8]" in rows
    assert "Telephone (disputed) 0571-28199 [gammal.txt line 8]" in rows


def test_record_of_what_another_sheet_says(run: Run, disputed: None) -> None:
    """As JSON it stands beside what counts, with its sheet and line, and the days of both sheets."""
    record = json.loads(run("show", "--json", "Liten Arena").stdout)
    assert (record["esf_support"], record["phone"]) == (100000, "0571-28100")
    against = {each["field"]: (each["value"], each["source"]) for each in record["disputed"]}
    assert against["esf_support"] == (90000, {"sheet": "gammal.txt", "line": 9})
    assert against["phone"] == ("0571-28199", {"sheet": "gammal.txt", "line": 8})
    assert {name: each["date"] for name, each in record["dates"].items()} == {
        "liten-arena.txt": "2012-03-04",
        "gammal.txt": "2010-01-02",
    }
