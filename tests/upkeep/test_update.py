"""Bringing the embeddings up to date: what changed, the gate, and what goes live."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from esfbot.embed.changes import FactChange
from esfbot.errors import FolderError, QuestionsRefused
from esfbot.settings import Settings
from esfbot.store import generations
from esfbot.store.sqlite_file import VECTORS
from esfbot.upkeep.incoming import Incoming, gathered
from esfbot.upkeep.update import Options, Outcome, Steps, update
from tests.embed.collection import CountingEncoder, sheet, write
from tests.upkeep.conftest import CONTACT, SUPPORT, ask, change, contents, live, names

FORCED = Options(force="the contact has moved")


def became(outcome: Outcome) -> list[tuple[str, str]]:
    """What became of which project."""
    return [(each.what, each.title) for each in outcome.made.changes]


def facts(outcome: Outcome) -> list[tuple[str, str, str]]:
    """The facts that changed: label, before and after."""
    return [(fact.label, fact.before, fact.after) for each in outcome.made.changes for fact in each.facts]


def manifest(settings: Settings) -> generations.Manifest:
    return generations.read_manifest(generations.live(settings.embeddings))


def test_first_time(settings: Settings) -> None:
    """The first time every project is new, and the generation goes live."""
    outcome = update(settings)
    assert became(outcome) == [("new", "Björken"), ("new", "Tallen"), ("new", "Granen")]
    assert (outcome.live, outcome.refused, outcome.gate, outcome.generation) == (True, False, None, live(settings))


def test_nothing_changed(settings: Settings) -> None:
    """Where nothing changed no generation is made."""
    first = update(settings)
    again = update(settings)
    assert (again.generation, again.made.changes, again.live) == (first.generation, (), True)
    assert names(settings) == [first.generation]


def test_facts_changed(settings: Settings) -> None:
    """Each fact that is other, gone or new is told by its Swedish label, with the value before and after."""
    update(settings)
    change(settings, "ett.txt", "KontaktpersonAnna Ek", "KontaktpersonBo Alm")
    change(settings, "ett.txt", "Beviljat ESF-stöd100 000 kr\n", "")
    change(settings, "ett.txt", "RegionNorra Mellansverige", "RegionNorra Mellansverige\nProjektfasGenomförande")
    outcome = update(settings)
    assert became(outcome) == [("changed", "Björken")]
    assert sorted(facts(outcome)) == [
        ("esf-stöd", "100 000 kr", ""),
        ("kontaktperson", "Anna Ek", "Bo Alm"),
        ("projektfas", "", "Genomförande"),
    ]


def test_list_changed(settings: Settings) -> None:
    """Of a list only what is new and gone is told."""
    update(settings)
    change(settings, "ett.txt", " • Ludvika\n", " • Ludvika\n • Avesta\n • Falun\n")
    assert sorted(facts(update(settings))) == [("kommuner", "", "Avesta"), ("kommuner", "", "Falun")]
    change(settings, "ett.txt", " • Avesta\n", "")
    assert facts(update(settings)) == [("kommuner", "Avesta", "")]


def test_text_changed(settings: Settings) -> None:
    """Of a text that changed the heading is told."""
    update(settings)
    change(settings, "tva.txt", "Att fler ska få språket.", "Att alla ska få språket.")
    outcome = update(settings)
    assert [(each.facts, each.sections) for each in outcome.made.changes] == [((), ("Syfte",))]


def test_renamed(settings: Settings) -> None:
    """A project whose title changed on its sheet is the same project."""
    update(settings)
    change(settings, "ett.txt", "Björken", "Björken och eken")
    outcome = update(settings)
    assert became(outcome) == [("changed", "Björken och eken")]
    assert outcome.made.changes[0].facts == (FactChange("title", "titel", "Björken", "Björken och eken"),)


def test_removed_and_added_again(settings: Settings) -> None:
    """A project whose sheet is gone is removed, and new when the sheet is back."""
    update(settings)
    kept = (settings.sheets / "ett.txt").rename(settings.sheets.parent / "ett.txt")
    assert became(update(settings)) == [("removed", "Björken")]
    kept.rename(settings.sheets / "ett.txt")
    assert became(update(settings)) == [("new", "Björken")]


def test_sheet_called_otherwise(settings: Settings) -> None:
    """A sheet that is only called otherwise is added and removed, and its project has not changed."""
    update(settings)
    (settings.sheets / "ett.txt").rename(settings.sheets / "fyra.txt")
    outcome = update(settings)
    assert (outcome.made.sheets.added, outcome.made.sheets.removed) == (("fyra.txt",), ("ett.txt",))
    assert [(each.what, each.facts) for each in outcome.made.changes if each] == []


def test_second_sheet(settings: Settings) -> None:
    """What a second sheet of a project says otherwise is told as a problem."""
    update(settings)
    write(settings.sheets, {"fyra.txt": sheet("Björken", "Annat.").replace("100 000 kr", "90 000 kr")})
    outcome = update(settings)
    assert [problem.found for problem in outcome.made.problems if "ESF support" in problem.found] != []
    assert outcome.made.projects == 3


def test_gate_opens(settings: Settings) -> None:
    """Where every golden question is answered right the generation goes live, and keeps that it was asked."""
    ask(settings, CONTACT, SUPPORT)
    outcome = update(settings)
    assert (outcome.live, outcome.gate and outcome.gate.open) == (True, True)
    assert manifest(settings).golden == {"asked": 2, "wrong": 0, "worse": 0, "passed_over": 0}


def test_gate_closes(settings: Settings) -> None:
    """What answers a golden question wrong that is answered right today does not go live, and leaves nothing."""
    ask(settings, SUPPORT, CONTACT)
    before = update(settings)
    change(settings, "ett.txt", "KontaktpersonAnna Ek", "KontaktpersonBo Alm")
    outcome = update(settings)
    assert (outcome.refused, outcome.live, outcome.generation) == (True, False, before.generation)
    assert outcome.gate
    assert [(result.question.text, result.verdict.missing) for result in outcome.gate.worse] == [
        (CONTACT["q"], (("Anna Ek",),))
    ]
    assert (names(settings), live(settings)) == ([before.generation], before.generation)
    assert not list(settings.embeddings.glob(".building*"))


def test_closed_gate_is_tried_again(settings: Settings, encoder: CountingEncoder) -> None:
    """The next time the question is asked again, and nothing is embedded twice."""
    ask(settings, CONTACT)
    update(settings)
    change(settings, "ett.txt", "KontaktpersonAnna Ek", "KontaktpersonBo Alm")
    change(settings, "ett.txt", "Att pröva.", "Att lära.")
    assert update(settings).made.embedded == 1
    ask(settings, CONTACT | {"must": ["Bo Alm"]})
    outcome = update(settings)
    assert (outcome.live, outcome.made.embedded) == (True, 0)


def test_wrong_already(settings: Settings) -> None:
    """A golden question that is answered wrong today as well does not close the gate."""
    ask(settings, CONTACT | {"must": ["Eva"]})
    first = update(settings)
    change(settings, "ett.txt", "Att pröva.", "Att lära.")
    outcome = update(settings)
    assert [(x.gate.worse, len(x.gate.wrong)) for x in (first, outcome) if x.gate] == [((), 1), ((), 1)]
    assert outcome.live


def test_project_gone(settings: Settings) -> None:
    """A golden question about a project that is removed closes the gate as well."""
    ask(settings, CONTACT)
    update(settings)
    (settings.sheets / "ett.txt").unlink()
    assert update(settings).refused


def test_conversation(settings: Settings) -> None:
    """A question of a conversation is held against what the live generation says in the same conversation."""
    ask(settings, SUPPORT | {"chat": "a"}, {"q": "Vem är kontaktperson?", "must": ["Anna Ek"], "chat": "a"}, SUPPORT)
    update(settings)
    change(settings, "tva.txt", "KontaktpersonAnna Ek", "KontaktpersonBo Alm")
    outcome = update(settings)
    assert outcome.gate
    assert [result.question.text for result in outcome.gate.worse] == ["Vem är kontaktperson?"]


def test_forced(settings: Settings) -> None:
    """With a reason it goes live all the same, and the reason is kept."""
    ask(settings, CONTACT)
    update(settings)
    change(settings, "ett.txt", "KontaktpersonAnna Ek", "KontaktpersonBo Alm")
    outcome = update(settings, FORCED)
    assert (outcome.live, outcome.refused, outcome.generation) == (True, False, live(settings))
    assert (manifest(settings).forced, manifest(settings).golden) == (
        FORCED.force,
        {"asked": 1, "wrong": 1, "worse": 1, "passed_over": 0},
    )
    assert update(settings).live, "once live it is what is compared with"


def test_reason_without_need(settings: Settings) -> None:
    """A reason is kept only where the gate was closed."""
    ask(settings, CONTACT)
    assert (update(settings, FORCED).forced, manifest(settings).forced) == ("", "")


def test_live_one_damaged(settings: Settings) -> None:
    """Where what is live can't be asked, nothing can be answered worse than that."""
    ask(settings, CONTACT)
    update(settings)
    (generations.live(settings.embeddings) / VECTORS).write_bytes(b"damaged")
    change(settings, "ett.txt", "KontaktpersonAnna Ek", "KontaktpersonBo Alm")
    outcome = update(settings)
    assert (outcome.live, outcome.gate and len(outcome.gate.wrong)) == (True, 1)


@pytest.mark.parametrize("text", [None, ""])
def test_no_golden_questions(settings: Settings, text: str | None) -> None:
    """Without a golden question there is no gate."""
    if text is not None:
        (settings.sheets / "questions.jsonl").write_text(text)
    assert update(settings).gate is None


def test_damaged_golden_questions(settings: Settings, encoder: CountingEncoder) -> None:
    """A damaged line among the golden questions is told before anything is embedded."""
    ask(settings, CONTACT, {"must": ["x"]})
    with pytest.raises(QuestionsRefused, match=r'questions.jsonl line 2 has no "q"'):
        update(settings)
    assert (encoder.read, settings.embeddings.exists()) == ([], False)


def test_dry_run(settings: Settings, encoder: CountingEncoder) -> None:
    """A dry run tells what would change, embeds nothing and leaves everything as it is."""
    ask(settings, CONTACT)
    update(settings)
    change(settings, "ett.txt", "KontaktpersonAnna Ek", "KontaktpersonBo Alm")
    change(settings, "ett.txt", "Att pröva.", "Att lära.")
    before, asked = visible(settings.embeddings), len(encoder.read)
    outcome = update(settings, Options(dry_run=True))
    assert facts(outcome) == [("kontaktperson", "Anna Ek", "Bo Alm")]
    assert (outcome.made.embedded, outcome.gate, outcome.refused) == (1, None, False)
    assert (visible(settings.embeddings), len(encoder.read)) == (before, asked)


def visible(folder: Path) -> dict[str, bytes]:
    """What readers find in a folder of embeddings: work that was saved for later is hidden."""
    return {name: data for name, data in contents(folder).items() if not name.startswith(".")}


def test_beside(settings: Settings) -> None:
    """A generation made beside the live one leaves that live, and says that it was made so."""
    before = update(settings)
    outcome = update(replace(settings, model="other"), Options(beside=True))
    assert (outcome.live, outcome.refused, live(settings)) == (False, False, before.generation)
    assert names(settings) == [before.generation, outcome.generation]
    made = generations.check(settings.embeddings / outcome.generation)
    assert made.model == "other"


def test_beside_is_made_whatever_it_answers(settings: Settings) -> None:
    """The golden questions keep nothing from being made beside the live one: it is there to be compared."""
    ask(settings, CONTACT)
    before = update(settings)
    change(settings, "ett.txt", "KontaktpersonAnna Ek", "KontaktpersonBo Alm")
    outcome = update(replace(settings, model="other"), Options(beside=True))
    assert (outcome.refused, live(settings)) == (False, before.generation)
    assert generations.check(settings.embeddings / outcome.generation).golden == outcome.gate.to_json()  # type: ignore[union-attr]


def test_old_ones_are_removed(settings: Settings) -> None:
    """Only so many generations are kept as the settings say."""
    made = [update(settings).generation]
    for n in range(4):
        change(settings, "ett.txt", "Att pröva." if not n else f"Att lära {n}.", f"Att lära {n + 1}.")
        made.append(update(replace(settings, keep_generations=3)).generation)
    assert names(settings) == made[2:]


def test_told_which(settings: Settings) -> None:
    """The generations that were removed are told."""
    first = update(settings).generation
    change(settings, "ett.txt", "Att pröva.", "Att lära.")
    assert update(replace(settings, keep_generations=1)).pruned == (first,)


def test_progress(settings: Settings) -> None:
    """Embedding and asking are told apart, each from none to all."""
    ask(settings, CONTACT, SUPPORT)
    embedding: list[tuple[int, int]] = []
    asking: list[tuple[int, int]] = []
    update(settings, steps=Steps(lambda *far: embedding.append(far), lambda *far: asking.append(far)))
    assert (embedding[0], embedding[-1], asking) == ((0, 7), (7, 7), [(0, 2), (1, 2), (2, 2)])


@pytest.fixture
def arriving(tmp_path: Path) -> Path:
    """A folder with a new sheet, and another one of a project that is there."""
    other = sheet("Björken", "Ungdomar lär sig snickra och bygger båtar.").replace("Anna Ek", "Bo Alm")
    return write(tmp_path / "arriving", {"a.txt": sheet("Almen", "Ett nytt projekt."), "b.txt": other})


def test_incoming(settings: Settings, arriving: Path) -> None:
    """Sheets that came in are in the folder when they go live, each as it was."""
    update(settings)
    with gathered([arriving], settings.sheets) as incoming:
        outcome = update(settings, incoming=incoming)
    assert ("new", "Almen") in became(outcome)
    assert outcome.made.sheets.added == ("almen.txt", "bjorken.txt")
    assert (settings.sheets / "almen.txt").read_bytes() == (arriving / "a.txt").read_bytes()
    assert not list(settings.sheets.glob(".*"))


def test_incoming_into_nothing(settings: Settings, arriving: Path) -> None:
    """The folder of sheets is made where there is none."""
    shutil.rmtree(settings.sheets)
    with gathered([arriving / "a.txt"], settings.sheets) as incoming:
        assert update(settings, incoming=incoming).made.projects == 1
    assert [path.name for path in settings.sheets.iterdir()] == ["almen.txt"]


def test_no_folder(settings: Settings) -> None:
    """Without one nothing can be brought up to date."""
    shutil.rmtree(settings.sheets)
    with pytest.raises(FolderError, match="there is no folder"):
        update(settings)


@pytest.mark.parametrize("options", [Options(), Options(dry_run=True)])
def test_incoming_that_does_not_go_live(settings: Settings, arriving: Path, options: Options) -> None:
    """Where the gate closes, and in a dry run, nothing is put into the folder."""
    ask(settings, CONTACT, {"q": "Finns projektet Almen?", "abstain": True})
    update(settings)
    before = contents(settings.sheets)
    with gathered([arriving], settings.sheets) as incoming:
        outcome = update(settings, options, incoming=incoming)
    assert (outcome.refused, contents(settings.sheets)) == (not options.dry_run, before)


def test_forced_incoming(settings: Settings, arriving: Path) -> None:
    """With a reason they are put into the folder."""
    ask(settings, {"q": "Finns projektet Almen?", "abstain": True})
    update(settings)
    with gathered([arriving], settings.sheets) as incoming:
        assert update(settings, FORCED, incoming=incoming).forced == FORCED.force
    assert (settings.sheets / "almen.txt").is_file()


def test_incoming_that_is_there_is_put_in_all_the_same(settings: Settings) -> None:
    """Nothing comes of nothing."""
    update(settings)
    assert update(settings, incoming=Incoming()).made.changes == ()
