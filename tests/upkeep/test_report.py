"""Reports about looking after sheets, where there is much to tell or nothing."""

import dataclasses

import pytest

from esfbot.embed.changes import FactChange, ProjectChange
from esfbot.embed.run import Made
from esfbot.embed.scan import Sheets
from esfbot.errors import SheetRefused
from esfbot.evaluate.run import run
from esfbot.evaluate.sets import Question
from esfbot.model.answer import Answer, Kind, Say
from esfbot.model.project import Problem, Severity, Source
from esfbot.model.query import Conversation
from esfbot.settings import Settings
from esfbot.sheets.folder import Refused
from esfbot.upkeep import history, records, report
from esfbot.upkeep.golden import Gate
from esfbot.upkeep.incoming import Incoming
from esfbot.upkeep.update import Options, Outcome, update
from tests.upkeep.conftest import change

MADE = Made(Sheets(unchanged=("a.txt",)), (), (), projects=1, embedded=0, kept=1, seconds=0.1)
LIVE = Outcome(MADE, "20261122-1", live=True, seconds=0.26)


class Saying:
    """Says the same to everything."""

    def __init__(self, said: str) -> None:
        self._said = said

    def answer(self, question: str, conversation: Conversation) -> tuple[Answer, Conversation]:
        return Answer(question, "sv", Kind.TALK, (Say(self._said),)), conversation


def problem(severity: Severity, sheet: str, line: int) -> Problem:
    return Problem(Source(sheet, line), severity, f"a {severity.value}", "none", "Mend it.")


def made(**changes: object) -> Outcome:
    """What became of it where something was made."""
    return dataclasses.replace(LIVE, made=dataclasses.replace(MADE, **changes))  # type: ignore[arg-type]


def test_nothing_new() -> None:
    """Where nothing changed two lines say so."""
    assert report.updated(LIVE) == (
        "sheets: 0 added, 0 changed, 0 removed, 1 unchanged, 0 refused\n"
        "1 project live as 20261122-1, 0 passages embedded and 1 kept, in 0.3 s"
    )


def test_problems_by_severity() -> None:
    """The worst problems come first, by sheet and line, and are counted."""
    found = [
        problem(Severity.NOTE, "a.txt", 1),
        problem(Severity.ERROR, "b.txt", 9),
        problem(Severity.WARNING, "a.txt", 2),
        problem(Severity.ERROR, "b.txt", 2),
        problem(Severity.ERROR, "a.txt", 3),
    ]
    text = report.updated(made(problems=tuple(found)))
    assert [line for line in text.splitlines() if line.endswith(("]", ".txt"))] == [
        "a.txt",
        "  error: a error; expected none. Mend it. [line 3]",
        "b.txt",
        "  error: a error; expected none. Mend it. [line 2]",
        "  error: a error; expected none. Mend it. [line 9]",
        "a.txt",
        "  warning: a warning; expected none. Mend it. [line 2]",
        "  note: a note; expected none. Mend it. [line 1]",
    ]
    assert "\nproblems of these: 3 errors, 1 warning, 1 note\n" in text


def test_much_to_tell() -> None:
    """Of very many projects and problems the first are told, and how many more there are."""
    changes = tuple(ProjectChange("new", f"p{n}", f"P{n}", (f"{n}.txt",)) for n in range(1_000))
    problems = tuple(problem(Severity.NOTE, f"{n:04}.txt", 1) for n in range(51))
    text = report.updated(made(changes=changes, problems=problems))
    assert ("new: P49  49.txt\nand 950 more projects; --json tells all\n" in text, "P50" in text) == (True, False)
    assert "and 1 more problem; esfbot check shows all" in text


def test_changes() -> None:
    """A fact that is new or gone has a dash on the other side; of text the headings are told."""
    facts = (FactChange("contact", "kontaktperson", "A", "B"), FactChange("phone", "telefon", "", "1"))
    one = ProjectChange("changed", "p", "P", ("a.txt", "b.txt"), facts, ("Syfte", "Bakgrund"))
    assert report.updated(made(changes=(one,))).startswith(
        "changed: P  a.txt, b.txt\n  kontaktperson: A → B\n  telefon: – → 1\n  text: Syfte, Bakgrund\n\n"
    )


def test_in_colour() -> None:
    """On a terminal titles are bold and sheets grey."""
    one = ProjectChange("removed", "p", "P", ("a.txt",))
    assert report.updated(made(changes=(one,)), colour=True).startswith(
        "removed: \x1b[1mP\x1b[0m  \x1b[90ma.txt\x1b[0m\n"
    )


def gate(*, passed_over: int = 0) -> Gate:
    """Two questions that are answered wrong, of which the live generation answers one right."""
    asked = [Question(text, text, must=(("x",),), file="q.jsonl", line=n) for n, text in enumerate(("a", "b"), 1)]
    wrong = run(Saying("y"), asked).wrong
    return Gate(9, wrong, wrong[:1], passed_over)


def test_gate() -> None:
    """Only what is answered worse than today is shown; how many are wrong is told, and how many were not asked."""
    text = report.updated(dataclasses.replace(LIVE, live=False, gate=gate(passed_over=2)))
    assert (text.count("worse: "), "worse: a  " in text) == (1, True)
    assert "golden questions: 7 of 9 right, 1 answered worse, 2 about withheld people not asked\n" in text
    assert text.endswith(
        "not published: 20261122-1 stays live\n"
        "Correct the sheets or the golden questions, or publish with --force REASON."
    )


def test_gate_of_the_first() -> None:
    """Where nothing was live nothing stays live."""
    outcome = dataclasses.replace(LIVE, live=False, gate=gate(), generation="")
    assert "not published: nothing stays live\n" in report.updated(outcome)
    assert records.updated(outcome)["generation"] is None


def test_beside() -> None:
    """Of one that was made beside the live one it is told how to compare it, and to make it live."""
    text = report.updated(dataclasses.replace(LIVE, live=False, beside=True, gate=gate()))
    assert text.endswith(
        "1 project beside the live one as 20261122-1, 0 passages embedded and 1 kept, in 0.3 s\n"
        "To compare it with the live one: esfbot eval --generation 20261122-1\n"
        "To make it live: esfbot rollback 20261122-1"
    )


def test_beside_of_what_is_live(settings: Settings) -> None:
    """Where the same model is asked for and nothing changed, what is live is that already."""
    first = update(settings)
    again = update(settings, Options(beside=True))
    assert (again.live, again.generation, "rollback" in report.updated(again)) == (True, first.generation, False)


def test_arrived() -> None:
    """Long lists of what came in are cut, and each refusal has a line."""
    refused = tuple(Refused(f"{n}.txt", SheetRefused(f"{n}.txt is empty", "text", "Go.")) for n in (1, 2))
    others = ("a.md", "b/c.JPG", "d.jpg", "utan")
    there = tuple(f"{n:02}.txt" for n in range(12))
    assert report.arrived(Incoming({}, there, refused, frozenset({"b", "a"}), others)) == (
        "refused: 1.txt is empty; expected text. Go.\n"
        "refused: 2.txt is empty; expected text. Go.\n"
        "passed over: 4 files with endings that sheets do not have (.jpg, .md, none)\n"
        "there already: 00.txt, 01.txt, 02.txt, 03.txt, 04.txt, 05.txt, 06.txt, 07.txt, 08.txt, 09.txt and 2 more\n"
        "replaces: a, b\n"
        "0 sheets to add"
    )


def test_status_of_several(settings: Settings) -> None:
    """Generations are told newest first, each with what is special about it."""
    update(settings)
    update(dataclasses.replace(settings, model="a/very/long/path/to/another/model"), Options(beside=True))
    change(settings, "ett.txt", "Att pröva.", "Att lära.")
    last = update(settings)
    text = report.status(history.status(settings))
    header, newest, second, first = text.splitlines()[-4:]
    assert newest.startswith(last.generation)
    assert newest.endswith("live")
    assert "…ry/long/path/to/another/model" in second
    assert second.endswith("never live")
    assert first.rstrip() == first
    assert header.split() == ["generation", "made", "sheets", "model", "golden", "MB"]


def test_status_of_damage(settings: Settings) -> None:
    """What can't be read has question marks, and the reason."""
    first = update(settings)
    change(settings, "ett.txt", "Att pröva.", "Att lära.")
    update(settings)
    (settings.embeddings / first.generation / "manifest.json").write_text("{")
    row = report.status(history.status(settings)).splitlines()[-1]
    assert row.split()[:5] == [first.generation, "?", "?", "?", "?"]
    assert "manifest.json can't be read (damaged)" in row


@pytest.mark.parametrize(
    ("lines", "more"), [(29, ""), (30, ""), (31, "  and 1 more line"), (90, "  and 60 more lines")]
)
def test_long_replies(lines: int, more: str) -> None:
    """Of a long reply to a golden question the beginning is shown."""
    result = run(Saying("\n".join("x" * lines)), [Question("a", must=(("y",),))]).results[0]
    shown = report.answered_otherwise(result).partition("\n\nWhat is wrong")[0].splitlines()
    assert shown[2:] == ["  x"] * min(lines, 30) + [more] * bool(more)
