"""What is told of projects after a run: which are new, changed and removed, and what changed in them."""

import random
from collections import Counter
from pathlib import Path

import pytest

from esfbot.embed.changes import FactChange, ProjectChange, compared
from esfbot.embed.run import embed
from esfbot.model.project import Fact, Project, Section, Source
from esfbot.store import generations
from esfbot.values.write import write_value
from tests.embed.collection import MODEL, CountingEncoder, sheet, write
from tests.embed.contents import all_projects, contents
from tests.embed.drawn import Sheets

_ROUNDS = 6


def project(*facts: tuple[str, str | int, str], text: str = "Text.", title: str = "Björken") -> Project:
    """A project of facts given as field, value and label, and one section."""
    source = Source("a.txt", 1)
    stated = tuple(Fact(field, value, str(value), source, label=label) for field, value, label in facts)
    return Project("a", title, ("a.txt",), stated, (Section("summary", "Kort", text, source),))


def changed(before: Project, after: Project) -> tuple[FactChange, ...]:
    change = compared(before, after)
    assert (change.what, bool(change)) == ("changed", bool(change.facts))
    return change.facts


def test_facts() -> None:
    """A fact that is other, new or gone is told with its label and both values as a reply writes them."""
    before = project(("owner", "Provbolaget", ""), ("esf_support", 1_000, ""), ("extra", "Ja", "Särskilt"))
    after = project(("owner", "Provbolaget", ""), ("esf_support", 2_000, ""), ("total_budget", 3_000, ""))
    assert changed(before, before) == ()
    assert [(each.label, each.before, each.after) for each in changed(before, after)] == [
        ("esf-stöd", "1 000 kr", "2 000 kr"),
        ("Särskilt", "Ja", ""),
        ("total budget", "", "3 000 kr"),
    ]


def test_values_of_a_list() -> None:
    """Of several values of a field only those are told that are not on both sides, whatever their order."""
    before = project(("partner", "A", ""), ("partner", "B", ""), ("partner", "C", ""))
    after = project(("partner", "C", ""), ("partner", "D", ""), ("partner", "A", ""), ("partner", "A", ""))
    assert {(each.before, each.after) for each in changed(before, after)} == {("B", "D"), ("", "A")}


def test_sections() -> None:
    """A section whose words are other is told by its heading; one that is only broken otherwise is not."""
    assert compared(project(text="En text."), project(text="En\n text.")).sections == ()
    assert compared(project(text="En text."), project(text="En annan.")).sections == ("Kort",)


def test_new_and_removed() -> None:
    """A project that was not there is new, one that is not there any more removed; without either it is an error."""
    assert compared(None, project()) == ProjectChange("new", "a", "Björken", ("a.txt",))
    assert compared(project(), None) == ProjectChange("removed", "a", "Björken", ("a.txt",))
    with pytest.raises(ValueError, match="neither a project before nor one after"):
        compared(None, None)


def test_project_whose_id_changed(encoder: CountingEncoder, tmp_path: Path) -> None:
    """A project whose title changed is the one that stood on the same sheet before."""
    sheets, embeddings = tmp_path / "sheets", tmp_path / "embeddings"
    embed(write(sheets, {"a.txt": sheet("Björken", "Text.")}), embeddings, MODEL)
    (change,) = embed(write(sheets, {"a.txt": sheet("Eken", "Text.")}), embeddings, MODEL).changes
    assert (change.what, change.id, change.title) == ("changed", "eken", "Eken")
    assert [(each.field, each.before, each.after) for each in change.facts] == [("title", "Björken", "Eken")]


def said(project: Project) -> tuple[Counter[object], Counter[object]]:
    """What a project says, as changes tell it."""
    facts = Counter[object]((each.field, each.label, write_value(each, "sv")) for each in project.facts)
    return facts, Counter((each.kind, each.heading, " ".join(each.text.split())) for each in project.sections)


@pytest.mark.parametrize("seed", range(6))
def test_every_change_is_told(seed: int, tmp_path: Path, encoder: CountingEncoder) -> None:
    """Whatever happens to the sheets, exactly the projects that say something else are told."""
    chance = random.Random(seed)  # noqa: S311 - repeatable
    sheets = Sheets(tmp_path / "sheets", chance)
    before: dict[str, Project] = {}
    for _ in range(_ROUNDS):
        for _ in range(chance.randint(1, 4)):
            sheets.something_happens()
        sheets.write()
        changes = embed(sheets.folder, tmp_path / "embeddings", MODEL).changes
        live = generations.live(tmp_path / "embeddings")
        after = {each.id: each for each in all_projects(contents(live, []))}
        told = {each.id: each.what for each in changes if each.what != "removed"}
        removed = {each.id for each in changes if each.what == "removed"}
        staying = before.keys() & after.keys()
        assert {id_ for id_ in staying if id_ in told} == {
            id_ for id_ in staying if said(before[id_]) != said(after[id_])
        }
        assert removed <= before.keys() - after.keys()
        assert len(after) - len(before) == list(told.values()).count("new") - len(removed)
        before = after
