"""The command check with --contacts."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import SHEET, Run

NAME = "liten-arena.txt"
OTHER = (
    SHEET.replace("Liten Arena", "Stor Arena")
    .replace("0571-28100", "0571-28111")
    .replace("2009-01-01 till 2009-12-31", "2010-01-01 till 2099-12-31")
)


def test_ended(run: Run, sheets: Path) -> None:
    """Contacts of ended projects are listed with their lines, what to do once, and nothing is embedded."""
    result = run("check", "--contacts")
    heading, action, finding, contact, _, summary = result.stdout.splitlines()
    assert (result.exit_code, heading) == (0, "Contacts of ended projects")
    assert action == (
        "  Expected a contact who still answers for the project. Ask whether it holds, and correct or remove it on the "
        "sheet."
    )
    assert finding.startswith("  note: Liten Arena ended 2009-12-31, ")
    assert finding.endswith(" ago")
    assert contact == f"    Eva Ek, eva.ek@eda.se, 0571-28100  [{NAME}, line 6–8]"
    assert summary == "1 sheet read, 0 refused, 1 finding (1 ended)"
    assert not (sheets.parent / "embeddings").exists()


def test_differing(run: Run, sheets: Path) -> None:
    """A finding about several sheets names each with what it states, the newest first."""
    (sheets / "stor-arena.txt").write_text(OTHER, encoding="utf-8")
    assert (
        "One person, several numbers or addresses\n"
        "  Expected one number and one address for one person. Stor Arena is the newest, until 2099-12-31; "
        "check whether what it states holds.\n"
        "  warning: Eva Ek with 2 numbers: 0571-28111 (Stor Arena, until 2099-12-31) and 0571-28100 (Liten Arena, "
        "until 2009-12-31)\n"
        "    Eva Ek, eva.ek@eda.se, 0571-28111 – Stor Arena, until 2099-12-31  [stor-arena.txt, line 6–8]\n"
        f"    Eva Ek, eva.ek@eda.se, 0571-28100 – Liten Arena, until 2009-12-31  [{NAME}, line 6–8]\n"
    ) in run("check", "--contacts").stdout


def test_one_action_each(run: Run, sheets: Path) -> None:
    """Where findings of a kind need different things done, each tells its own."""
    (sheets / NAME).write_text(SHEET.replace("eva.ek@eda.se", "eva.ek@eda.se.").replace("0571-", ""), encoding="utf-8")
    result = run("check", "--contacts").stdout
    assert (
        "  error: e-mail eva.ek@eda.se., with '.' at its end; expected an address such as name@place.se. "
        "Correct it, perhaps to eva.ek@eda.se; it is shown as published.\n"
    ) in result
    assert (
        "  error: telephone 28100, with no area code; expected a telephone number with its area code. "
        "Correct it; it is shown as published.\n"
    ) in result


def test_many_contacts(run: Run, sheets: Path) -> None:
    """Of a finding about many contacts the first are shown; as JSON all are."""
    for n, name in enumerate("Ada Bea Eva Ida Ina Isa Lea Mia Pia Siv Tea Una".split()):
        text = OTHER.replace("Stor", f"Stor{n}").replace("Eva Ek", f"{name} Alm").replace("eva.ek", f"{name}.alm")
        (sheets / f"s{n:02}.txt").write_text(text, encoding="utf-8")
    lines = run("check", "--contacts").stdout.splitlines()
    records = [json.loads(line) for line in run("check", "--contacts", "--json").stdout.splitlines()]
    assert "    and 2 more" in lines
    assert [len(record["contacts"]) for record in records if record["kind"] == "shared"] == [12]


def test_as_json(run: Run, sheets: Path) -> None:
    """Each refused file and each finding is one object, with its contacts and where they stand."""
    (sheets / "empty.txt").write_text("", encoding="utf-8")
    refused, ended = (json.loads(line) for line in run("check", "--contacts", "--json").stdout.splitlines())
    assert (refused["kind"], refused["sheet"], refused["severity"]) == ("refused", "empty.txt", "refused")
    assert ended.pop("found").startswith("Liten Arena ended 2009-12-31, ")
    assert ended == {
        "kind": "ended",
        "sheet": NAME,
        "line": 6,
        "severity": "note",
        "expected": "a contact who still answers for the project",
        "action": "Ask whether it holds, and correct or remove it on the sheet.",
        "contacts": [
            {
                "project": "liten-arena",
                "title": "Liten Arena",
                "start": "2009-01-01",
                "end": "2009-12-31",
                "name": "Eva Ek",
                "email": "eva.ek@eda.se",
                "phone": "0571-28100",
                "phone_e164": "+4657128100",
                "source": {"sheet": NAME, "line": 6},
                "sources": {
                    "contact": [{"sheet": NAME, "line": 6}],
                    "email": [{"sheet": NAME, "line": 7}],
                    "phone": [{"sheet": NAME, "line": 8}],
                },
            }
        ],
    }


def test_refused(run: Run, sheets: Path) -> None:
    """Files whose contacts could not be looked at are named."""
    (sheets / "empty.txt").write_text("", encoding="utf-8")
    result = run("check", "--contacts").stdout
    assert "\nempty.txt\n  refused: empty.txt is empty; " in result
    assert result.endswith("\n1 sheet read, 1 refused, 1 finding (1 ended)\n")


@pytest.mark.parametrize("more", [(), ("--json",)])
def test_strict(run: Run, sheets: Path, more: tuple[str, ...]) -> None:
    """With --strict an address that nobody can write to ends in exit code 1; an ended project does not."""
    good = run("check", "--contacts", "--strict", *more).exit_code
    (sheets / NAME).write_text(SHEET.replace("eva.ek@eda.se", "eva.ek"), encoding="utf-8")
    bad = run("check", "--contacts", "--strict", *more).exit_code
    assert (good, bad, run("check", "--contacts", *more).exit_code) == (0, 1, 0)


def test_named_sheets(run: Run, sheets: Path) -> None:
    """Of named sheets only the contacts are looked at, and compared with each other."""
    other = sheets / "stor-arena.txt"
    other.write_text(OTHER, encoding="utf-8")
    alone = run("check", "--contacts", str(other))
    both = run("check", "--contacts", str(other), str(sheets / NAME))
    assert alone.stdout == "1 sheet read, 0 refused, 0 findings\n"
    assert both.stdout.endswith("2 sheets read, 0 refused, 2 findings (1 ended, 1 differing)\n")


def test_shipped_sheets(run: Run) -> None:
    """Of the shipped sheets all projects have ended, and one address nearly fits its contact's name."""
    result = run("check", "--contacts")
    assert result.stdout.endswith("\n5 sheets read, 0 refused, 6 findings (5 ended, 1 lookalike)\n")
    assert (
        "  warning: contact Elisabeth Sedebron with e-mail elisabeth.sedeborn@karlskoga.se, nearly the same name\n"
        "    Elisabeth Sedebron, elisabeth.sedeborn@karlskoga.se, 0586 61180 – Göra Skillnad, until 2014-06-30  "
        "[gora-skillnad.txt, line 8–10]\n"
    ) in result.stdout
