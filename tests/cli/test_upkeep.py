"""The commands that bring the embeddings up to date and back: embed, add, status, rollback and prune."""

import json
import re
from pathlib import Path

import pytest
from click.testing import Result

from tests.cli.conftest import SHEET, Run
from tests.upkeep.conftest import contents
from tests.upkeep.zips import packed

NAME = "liten-arena.txt"
OTHER = SHEET.replace("Eva Ek", "Bo Alm").replace("eva.ek@", "bo.alm@")
BIG = SHEET.replace("Liten", "Stor")
GOLDEN = {"id": "eda", "kind": "contact", "q": "Vem är kontaktperson i Eda?", "must": ["Eva Ek"]}
GENERATION = r"\d{8}-\d{6}-\d{6}-[0-9a-f]{4}"


def plain(text: str) -> str:
    """The text without what is another each time."""
    text = re.sub(GENERATION, "GENERATION", text)
    text = re.sub(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}", "MOMENT", text)
    text = re.sub(r"(?<=  )\d\.\d$|(?<=  )\d\.\d(?=  live)", "SIZE", text, flags=re.M)
    return re.sub(r"in \d+\.\d s", "in SECONDS", text)


def live(run: Run) -> str:
    return str(json.loads(run("status", "--json").stdout)["generation"])


@pytest.fixture
def embedded(run: Run, sheets: Path) -> Path:
    """The folder of one sheet, embedded, with a golden question."""
    (sheets / "questions.jsonl").write_text(json.dumps(GOLDEN), encoding="utf-8")
    assert run("embed").exit_code == 0
    return sheets


def test_embed(run: Run, sheets: Path) -> None:
    """The first time every project is new, with progress on standard error."""
    result = run("embed")
    assert result.exit_code == 0
    assert plain(result.stdout) == (
        f"new: Liten Arena  {NAME}\n"
        "\n"
        "sheets: 1 added, 0 changed, 0 removed, 0 unchanged, 0 refused\n"
        "1 project live as GENERATION, 1 passage embedded and 0 kept, in SECONDS\n"
    )
    assert re.fullmatch(
        r"esfbot: 0 of 1 passages embedded\nesfbot: 1 of 1 passages embedded, \d+ a second\n", result.stderr
    )


def test_embed_again(run: Run, embedded: Path) -> None:
    """What has not changed is not embedded again, and no progress is told of it."""
    (embedded / "news.txt").write_text("", encoding="utf-8")
    result = run("embed", "--json")
    report = json.loads(result.stdout)
    counts = {key: report[key] for key in ("projects", "added", "changed", "removed", "unchanged", "embedded", "kept")}
    assert list(counts.values()) == [1, [], [], [], [NAME], 0, 1]
    assert ([refused["sheet"] for refused in report["refused"]], result.stderr) == (["news.txt"], "")


def test_report(run: Run, embedded: Path) -> None:
    """What changed is told fact by fact, then the problems with sheet and line, what is refused, and the counts."""
    (embedded / NAME).write_text(
        SHEET.replace("0571-28100", "0571-28101").replace("2009-12-31", "2008-12-31"), encoding="utf-8"
    )
    (embedded / "stor.txt").write_text(BIG, encoding="utf-8")
    (embedded / "news.txt").write_text("", encoding="utf-8")
    assert plain(run("embed").stdout) == (
        f"changed: Liten Arena  {NAME}\n"
        "  telefon: 0571-28100 → 0571-28101\n"
        "  slut: 31 december 2009 → 31 december 2008\n"
        "new: Stor Arena  stor.txt\n"
        "\n"
        f"{NAME}\n"
        "  error: a period from 2009-01-01 to 2008-12-31; expected an end after the start. "
        "Check the dates; they are kept as published. [line 11]\n"
        "\n"
        "refused: news.txt is empty; expected the text of a project page. Remove it from the folder or replace it.\n"
        "\n"
        "golden questions: 1 of 1 right, 0 answered worse\n"
        "\n"
        "sheets: 1 added, 1 changed, 0 removed, 0 unchanged, 1 refused\n"
        "problems of these: 1 error\n"
        "2 projects live as GENERATION, 1 passage embedded and 1 kept, in SECONDS\n"
    )


def closed(run: Run, embedded: Path, *options: str) -> Result:
    """Embed with another contact than the golden question expects."""
    (embedded / NAME).write_text(OTHER, encoding="utf-8")
    return run("embed", *options)


def test_gate_closes(run: Run, embedded: Path) -> None:
    """What answers a golden question worse is not published: the report says which and why, and the exit code is 3."""
    before = live(run)
    result = closed(run, embedded)
    assert (result.exit_code, live(run)) == (3, before)
    assert (
        f"worse: eda  contact, Swedish  [{embedded / 'questions.jsonl'} line 1]\n"
        "  asked     Vem är kontaktperson i Eda?\n"
        "  lacks     Eva Ek\n"
        "  reply     Kontakt i Eda: Liten Arena Kontaktperson Bo Alm "
    ) in result.stdout
    assert result.stdout.endswith(
        "golden questions: 0 of 1 right, 1 answered worse\n"
        "\n"
        "sheets: 0 added, 1 changed, 0 removed, 0 unchanged, 0 refused\n"
        f"0 passages embedded and 1 kept; not published: {before} stays live\n"
        "Correct the sheets or the golden questions, or publish with --force REASON.\n"
    )


def test_gate_closes_for_scripts(run: Run, embedded: Path) -> None:
    """As JSON it is told as well, with the exit code."""
    result = closed(run, embedded, "--json")
    record = json.loads(result.stdout)
    assert (result.exit_code, record["published"], record["live"]) == (3, False, False)
    assert record["changes"][0]["facts"][0] == {
        "field": "contact",
        "label": "kontaktperson",
        "before": "Eva Ek",
        "after": "Bo Alm",
    }
    golden = record["golden"]
    assert (golden["asked"], golden["wrong"], golden["worse"]) == (1, 1, 1)
    assert [(worse["id"], worse["lacks"]) for worse in golden["answered_worse"]] == [("eda", [["Eva Ek"]])]


def test_forced(run: Run, embedded: Path) -> None:
    """With a reason it is published, and status tells the reason."""
    result = closed(run, embedded, "--force", "she has left")
    assert (result.exit_code, "published in spite of the golden questions: she has left\n" in result.stdout) == (
        0,
        True,
    )
    assert "live; forced: she has left\n" in run("status").stdout
    assert json.loads(run("status", "--json").stdout)["generations"][-1]["forced"] == "she has left"


def test_dry_run(run: Run, embedded: Path) -> None:
    """A dry run tells what would change and changes nothing; its exit code is 0."""
    before = live(run)
    result = closed(run, embedded, "--dry-run")
    assert (result.exit_code, live(run)) == (0, before)
    assert "  kontaktperson: Eva Ek → Bo Alm\n" in result.stdout
    assert result.stdout.endswith(
        "0 passages to embed and 1 kept\na dry run: nothing was changed, and no golden question asked\n"
    )


def test_damaged_golden_questions(run: Run, embedded: Path) -> None:
    """A damaged line among the golden questions is told, and nothing goes live."""
    before = live(run)
    (embedded / "questions.jsonl").write_text("{}", encoding="utf-8")
    result = closed(run, embedded)
    assert (result.exit_code, result.stdout, live(run)) == (1, "", before)
    assert 'questions.jsonl line 1 has no "q"' in result.stderr


def test_made_when_needed(run: Run, sheets: Path, tmp_path: Path) -> None:
    """A command that needs embeddings and finds none makes them and says so on standard error."""
    result = run("ask", "Vem är kontaktperson i Eda?", "--embeddings", "own")
    assert (result.exit_code, "Eva Ek" in result.stdout) == (0, True)
    assert result.stderr.startswith(f"esfbot: no embeddings in own yet; making them from the sheets in {sheets}\n")
    assert (tmp_path / "own" / "CURRENT").is_file()


def test_add(run: Run, embedded: Path, tmp_path: Path) -> None:
    """What is a sheet in files, folders and archives is copied under its project's name, and embedded."""
    (tmp_path / "given" / "två").mkdir(parents=True)
    (tmp_path / "given" / "två" / "a.txt").write_text(BIG, encoding="utf-8")
    (tmp_path / "given" / "b.txt").write_text(SHEET, encoding="utf-8")
    (tmp_path / "given" / "c.md").write_text("x", encoding="utf-8")
    archive = packed(tmp_path / "z.zip", {"d.txt": SHEET.replace("Liten Arena", "Ny Arena"), "../e.txt": "x"})
    result = run("add", str(tmp_path / "given"), str(archive))
    assert result.exit_code == 0
    assert plain(result.stdout) == (
        "refused: ../e.txt leads out of the archive; expected a path within it. "
        "Pack the sheets again, or add them without an archive.\n"
        "passed over: 1 file with endings that sheets do not have (.md)\n"
        "there already: b.txt\n"
        "2 sheets to add: ny-arena.txt, stor-arena.txt\n"
        "\n"
        "new: Ny Arena  ny-arena.txt\n"
        "new: Stor Arena  stor-arena.txt\n"
        "\n"
        "golden questions: 1 of 1 right, 0 answered worse\n"
        "\n"
        "sheets: 2 added, 0 changed, 0 removed, 1 unchanged, 0 refused\n"
        "3 projects live as GENERATION, 2 passages embedded and 1 kept, in SECONDS\n"
    )
    assert (embedded / "stor-arena.txt").read_text(encoding="utf-8") == BIG


def test_add_replaces(run: Run, embedded: Path, tmp_path: Path) -> None:
    """With --replace the new sheet takes the place of the old one."""
    (tmp_path / "a.txt").write_text(SHEET.replace("0571-28100", "0571-28101"), encoding="utf-8")
    result = run("add", "--replace", "a.txt")
    assert (result.exit_code, result.stdout.splitlines()[0]) == (0, f"replaces: {NAME}")
    assert "  telefon: 0571-28100 → 0571-28101\n" in result.stdout
    assert "0571-28101" in (embedded / NAME).read_text(encoding="utf-8")


@pytest.mark.parametrize(("options", "code"), [((), 3), (("--dry-run",), 0)])
def test_add_leaves_the_folder(run: Run, embedded: Path, tmp_path: Path, options: tuple[str, ...], code: int) -> None:
    """Where the gate closes, and in a dry run, nothing is copied."""
    (tmp_path / "a.txt").write_text(OTHER, encoding="utf-8")
    before = contents(embedded)
    assert run("add", "--replace", *options, "a.txt").exit_code == code
    assert contents(embedded) == before


def test_nothing_to_add(run: Run, embedded: Path, tmp_path: Path) -> None:
    """Where nothing is a sheet the command fails, says why, and nothing changes."""
    (tmp_path / "a.txt").write_text("", encoding="utf-8")
    before, generation = contents(embedded), live(run)
    result = run("add", "a.txt")
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (1, "0 sheets to add")
    assert "refused: a.txt is empty; " in result.stdout
    assert result.stderr == "esfbot: no sheet among what was given; expected at least one. Nothing was added.\n"
    assert (contents(embedded), live(run)) == (before, generation)
    assert json.loads(run("add", "a.txt", "--json").stdout)["arrived"]["refused"][0]["sheet"] == "a.txt"


def test_add_as_json(run: Run, embedded: Path, tmp_path: Path) -> None:
    """One object tells what arrived and what was made of it."""
    (tmp_path / "a.txt").write_text(BIG, encoding="utf-8")
    record = json.loads(run("add", "a.txt", "--json").stdout)
    assert (record["published"], record["added"]) == (True, ["stor-arena.txt"])
    assert record["arrived"] == {
        "sheets": ["stor-arena.txt"],
        "there": [],
        "replaced": [],
        "passed_over": [],
        "refused": [],
    }


def test_roll_back(run: Run, embedded: Path) -> None:
    """Going back makes the generation before live, and going to one by its name as well."""
    first = live(run)
    closed(run, embedded, "--force", "moved")
    second = live(run)
    assert run("rollback").stdout == f"{first} is live\n"
    assert "Eva Ek" in run("ask", GOLDEN["q"]).stdout
    assert json.loads(run("rollback", second, "--json").stdout) == {"generation": second}
    assert live(run) == second


def test_roll_back_from_the_first(run: Run, embedded: Path) -> None:
    """Where there is none before, that is told."""
    result = run("rollback")
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"no generation before {live(run)}" in result.stderr


def test_prune(run: Run, embedded: Path) -> None:
    """The oldest generations are removed by name."""
    first = live(run)
    closed(run, embedded, "--force", "moved")
    assert run("prune", "--keep", "2").stdout == "none removed\n"
    assert run("prune", "--keep", "1").stdout == f"{first} removed\n"
    assert json.loads(run("prune", "--keep", "1", "--json").stdout) == {"removed": []}


def test_pruned_by_the_way(run: Run, embedded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """That old generations were removed by the way is told."""
    first = live(run)
    monkeypatch.setenv("ESFBOT_KEEP_GENERATIONS", "1")
    assert closed(run, embedded, "--force", "moved").stdout.endswith(f"\nold generations removed: {first}\n")


def test_status(run: Run, embedded: Path) -> None:
    """It is told what is live, and then all generations, the newest first, with how each came about."""
    closed(run, embedded, "--force", "moved")
    result = run("status")
    lines = plain(result.stdout).splitlines()
    rows = dict(re.split("  +", line, maxsplit=1) for line in lines[:7])
    assert (result.exit_code, rows["live"], rows["projects"], rows["passages"], rows["problems"]) == (
        0, "GENERATION", "1 from 1 sheet", "1", "none"
    )  # fmt: skip
    assert rows["since then"] == "no sheet has changed"
    assert [re.split("  +", line) for line in lines[8:]] == [
        ["generation", "made", "sheets", "model", "golden", "MB"],
        ["GENERATION", "MOMENT", "1", "e5-small", "0 of 1", "SIZE", "live; forced: moved"],
        ["GENERATION", "MOMENT", "1", "e5-small", "1 of 1", "SIZE"],
    ]


def test_status_as_json(run: Run, embedded: Path) -> None:
    """The same as one object."""
    state = json.loads(run("status", "--json").stdout)
    (generation,) = state["generations"]
    assert (state["generation"], state["usable"], state["projects"]) == (generation["name"], True, 1)
    assert (generation["live"], generation["model"], generation["sheets"]) == (True, "e5-small", 1)
    assert generation["golden"] == {"asked": 1, "wrong": 0, "worse": 0, "passed_over": 0}
    assert generation["bytes"] > 10_000


def test_status_tells_changes(run: Run, sheets: Path) -> None:
    """Sheets that are new, other or gone since are named."""
    (sheets / "other.txt").write_text(BIG, encoding="utf-8")
    run("embed")
    (sheets / NAME).write_text(OTHER, encoding="utf-8")
    (sheets / "other.txt").rename(sheets / "third.txt")
    state = json.loads(run("status", "--json").stdout)
    assert (state["added"], state["changed"], state["removed"]) == (["third.txt"], [NAME], ["other.txt"])
    assert (
        "since then  added third.txt; changed liten-arena.txt; removed other.txt. Run: esfbot embed\n"
        in run("status").stdout
    )


def test_status_of_nothing(run: Run, sheets: Path) -> None:
    """Nothing live is a state too: it is told, and nothing is made."""
    result = run("status")
    assert result.exit_code == 0
    assert result.stdout == (
        f"embeddings  {sheets.parent / 'embeddings'}\n"
        f"sheets      {sheets}\n"
        "live        nothing yet; run: esfbot embed\n"
    )
    assert json.loads(run("status", "--json").stdout)["generation"] is None
    assert not (sheets.parent / "embeddings").exists()


def test_status_without_sheets(run: Run) -> None:
    """What is live is told even where the sheets are gone, and then what is wrong; exit code 1."""
    result = run("status", "--sheets", "elsewhere")
    assert (result.exit_code, "can't be told: the sheets can't be read" in result.stdout) == (1, True)
    assert result.stderr == (
        "esfbot: there is no folder elsewhere; expected a folder of project sheets. "
        "Name one with --sheets or ESFBOT_SHEETS.\n"
    )


def test_status_of_damage(run: Run, embedded: Path) -> None:
    """What is damaged is told in its row, and as what is wrong."""
    (embedded.parent / "embeddings" / live(run) / "vectors.npy").write_bytes(b"damaged")
    result = run("status")
    assert (result.exit_code, "live; generation " in result.stdout) == (1, True)
    assert "vectors.npy is damaged; expected an undamaged generation of this format. Run: esfbot embed" in result.stderr
