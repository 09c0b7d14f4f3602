"""Sheets read without a person: nothing of the person is left, and all else is as it was."""

import contextlib
import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from esfbot.errors import SheetRefused
from esfbot.language.words import fold
from esfbot.model.project import Fact, Severity, Sheet, Source
from esfbot.sheets.parse import parse
from esfbot.sheets.read import read_text
from esfbot.sheets.withheld.gather import gather, stated
from esfbot.sheets.withheld.marker import FIELD, is_marked
from esfbot.sheets.withheld.person import Identifiers, Person
from esfbot.sheets.withheld.redact import Redactor
from tests.invented.projects import invented
from tests.invented.write import sheet_text
from tests.sheets.pages import FACTS, GOLDEN, SEEDS, layout_a
from tests.sheets.withheld.writing import entry, person

CONTACT = ("contact", "email", "phone")


def texts_of(paths: Iterable[Path]) -> dict[str, str]:
    """The texts of those files that are sheets."""
    found = {}
    for path in paths:
        with contextlib.suppress(SheetRefused):
            text = read_text(path)
            parse(text, path.name)
            found[path.name] = text
    return found


INVENTED = {project.file: sheet_text(project) for project in invented(40)}
COLLECTIONS = {"seeds": texts_of(SEEDS), "invented": INVENTED, "golden": texts_of(GOLDEN)}
SHEETS = {name: {file: parse(text, file) for file, text in texts.items()} for name, texts in COLLECTIONS.items()}


def people() -> list[tuple[str, str]]:
    """Every contact of every collection, by name, by address and by number."""
    found = {
        (name, who): None
        for name, sheets in SHEETS.items()
        for sheet in sheets.values()
        for contact in stated(sheet)
        for who in contact[:3]
        if who
    }
    return list(found)


def holds(text: str, person_: Person) -> bool:
    """Whether any value of a person is in a text in any letters and any grouping."""
    folded, digits = fold(text), re.sub(r"\D", "", text)
    words = " ".join(re.findall(r"\w+", folded))
    return (
        any(" ".join(re.findall(r"\w+", fold(name))) in words for name in person_.names if " " in name)
        or any(email in folded for email in person_.emails)
        or any(phone.removeprefix("+46") in digits for phone in person_.phones)
    )


def everything(sheet: Sheet) -> str:
    """All that is kept of a sheet."""
    return repr((sheet.text, sheet.facts, sheet.sections, sheet.labels, sheet.furniture, sheet.problems))


@pytest.mark.parametrize(("collection", "who"), people())
def test_a_sheet_without_a_person(collection: str, who: str) -> None:
    """No fact, published string, section or problem has any value of the person; other facts are as before, line by
    line; nothing new is wrong; and nobody stands on a sheet who did not before."""
    texts, sheets = COLLECTIONS[collection], SHEETS[collection]
    identifiers = gather([entry(who)], lambda: list(texts.items()))
    (her,) = identifiers.people
    without = Redactor(identifiers)
    touched = 0
    for file, text in texts.items():
        redacted = without.redact(text)
        if not redacted.count:
            assert not holds(text, her)
            continue
        touched += 1
        before, after = sheets[file], parse(redacted.text, file)
        assert not holds(everything(after), her)
        kept = [fact for fact in before.facts if fact.field not in CONTACT or not holds(fact.published, her)]
        own = [fact for fact in before.facts if fact not in kept]
        beside = [fact for fact in after.facts if fact.field != FIELD and fact not in kept]
        assert [fact for fact in after.facts if fact.field != FIELD and fact in kept] == kept
        assert all(any(fact.published in other.published for other in own) for fact in beside)
        withheld = [(str(fact.value), fact.source.line) for fact in after.facts if fact.field == FIELD]
        assert set(withheld) == {(fact.field, fact.source.line) for fact in own}
        errors = [problem for problem in after.problems if problem not in before.problems]
        assert [problem for problem in errors if problem.severity is Severity.ERROR] == []
        assert (after.furniture, [x.number for x in after.labels]) == (
            before.furniture,
            [x.number for x in before.labels],
        )
    assert touched


def facts(*lines: str) -> list[tuple[str, object, int]]:
    """The contact facts, and those that are withheld, of a sheet whose contact lines are these, without Anna Berg."""
    contact = "KontaktpersonAnna Berg\nE-postanna.berg@hjo.se\nTelefonnummer0503-350 00"
    text = layout_a(facts=FACTS.replace(contact, "\n".join(lines)))
    anna = Redactor(Identifiers((person("Anna Berg", "anna.berg@hjo.se", "+4650335000"),)))
    sheet = parse(anna.redact(text).text, "x.txt")
    assert [problem for problem in sheet.problems if is_marked(problem.found)] == []
    return [(fact.field, fact.value, fact.group) for fact in sheet.facts if fact.field in (*CONTACT, FIELD)]


A, B = "anna.berg@hjo.se", "bo.ek@hjo.se"
ONE, TWO = "0503-350 00", "0503-350 02"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ("KontaktpersonAnna Berg", f"E-post{A}", f"Telefon{ONE}", "KontaktpersonBo Ek", f"E-post{B}",
             f"Telefon{TWO}"),
            [(FIELD, "contact", 0), (FIELD, "email", 0), (FIELD, "phone", 0), ("contact", "Bo Ek", 1), ("email", B, 1),
             ("phone", TWO, 1)],
        ),
        (
            ("KontaktpersonAnna Berg och Bo Ek", f"E-post{A}, {B}", f"Telefonnummer{ONE}, {TWO}"),
            [(FIELD, "contact", 0), ("contact", "Bo Ek", 1), (FIELD, "email", 0), ("email", B, 1), (FIELD, "phone", 0),
             ("phone", TWO, 1)],
        ),
        (
            (f"KontaktpersonAnna Berg, {A}, {ONE}", f"KontaktpersonBo Ek, {B}, {TWO}"),
            [(FIELD, "contact", 0), (FIELD, "email", 0), (FIELD, "phone", 0), ("contact", "Bo Ek", 1), ("email", B, 1),
             ("phone", TWO, 1)],
        ),
        (
            (f"KontaktpersonAnna Berg ({A}) och Bo Ek ({B})",),
            [(FIELD, "contact", 0), (FIELD, "email", 0), ("contact", "Bo Ek", 1), ("email", B, 1)],
        ),
        (
            ("KontaktpersonBo Ek", f"E-post{A}", f"Telefonnummer{ONE}"),
            [("contact", "Bo Ek", 0), (FIELD, "email", 0), (FIELD, "phone", 0)],
        ),
        (
            ("KontaktpersonBo Ek", f"E-post{B}", f"Telefonnummer{TWO}, {ONE}"),
            [("contact", "Bo Ek", 0), ("email", B, 0), (FIELD, "phone", 0), ("phone", TWO, 0)],
        ),
        (("KontaktpersonProjektledare Anna Berg",), [(FIELD, "contact", 0)]),
        (
            ("KontaktpersonAnna Berg, Hjo kommun", f"Telefonnummervxl {ONE} ankn 12"),
            [(FIELD, "contact", 0), (FIELD, "phone", 0)],
        ),
    ],
)  # fmt: skip
def test_what_is_withheld_of_contacts(lines: tuple[str, ...], expected: list[tuple[str, object, int]]) -> None:
    """Each value that is withheld is told, in its contact's group, and the others keep theirs."""
    assert facts(*lines) == expected


def test_a_withheld_fact_says_where_it_stands() -> None:
    """It has the line of the marker and one key for all, so that two sheets of a project agree on it."""
    number = Redactor(Identifiers((person("", "", "+4650335000"),)))
    sheet = parse(number.redact(layout_a()).text, "x.txt")
    source = Source("x.txt", layout_a().split("\n").index("Telefonnummer0503-350 00") + 1)
    assert [x for x in sheet.facts if x.field == FIELD] == [Fact(FIELD, "phone", "[undanhållet nummer]", source, FIELD)]


def test_a_label_that_the_table_does_not_foresee() -> None:
    """A name below or beside it is taken out of the value, and the label is read as before."""
    anna = Redactor(Identifiers((person("Anna Berg"),)))
    text = layout_a(facts=FACTS.replace("KontaktpersonAnna Berg", "ProjektledareAnna Berg"))
    sheet = parse(anna.redact(text).text, "x.txt")
    assert [(x.label, x.value) for x in sheet.facts if x.field == "extra"] == [("Projektledare", "[undanhållen]")]


def test_a_sheet_with_little_else_is_still_one() -> None:
    """It is not refused for what it lacks."""
    facts_ = "ProjektägareHjo kommun\nKontaktpersonAnna Berg\nProgramområdeProgramområde 1 Kompetensförsörjning"
    anna = Redactor(Identifiers((person("Anna Berg"),)))
    text = layout_a(facts=facts_)
    assert len(parse(anna.redact(text).text, "x.txt").facts) == len(parse(text, "x.txt").facts)


def test_there_are_sheets() -> None:
    """The collections hold what the tests above go through."""
    assert [len(COLLECTIONS[name]) for name in ("seeds", "invented")] == [5, 40]
