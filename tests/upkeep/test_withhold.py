"""Somebody who is withheld is in no answer and in no byte of the embeddings, and stays gone."""

import datetime
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from esfbot.model.query import Conversation
from esfbot.render.plain import render
from esfbot.service import Service
from esfbot.settings import Settings
from esfbot.sheets.folder import read_folder
from esfbot.sheets.withheld.entries import FILE, Entry, read_entries
from esfbot.store import generations
from esfbot.upkeep.history import roll_back
from esfbot.upkeep.update import update
from esfbot.upkeep.withhold import lift, withhold

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
TODAY = datetime.date.today()  # noqa: DTZ011 - as the list reads it
CONTACTS = {
    project.id: tuple(fact.published for fact in project.contacts[0].facts) for project in read_folder(SEEDS).projects
}
WAYS = [
    (id_, said) for id_, facts in CONTACTS.items() for said in (facts if id_ == "bergslagsesursen-nu" else facts[:1])
]


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory, embedded_seeds: Path) -> Path:
    """The shipped sheets with two generations, of which the later has one sheet changed."""
    folder = tmp_path_factory.mktemp("twice")
    shutil.copytree(SEEDS, folder / "sheets")
    shutil.copytree(embedded_seeds, folder / "embeddings")
    sheet = folder / "sheets" / "vinnande-arena.txt"
    sheet.write_text(sheet.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    update(Settings(sheets=folder / "sheets", embeddings=folder / "embeddings"))
    assert len(generations.generations(folder / "embeddings")) == 2
    return folder


@pytest.fixture
def settings(twice: Path, tmp_path: Path) -> Settings:
    """A copy of them to work on."""
    shutil.copytree(twice, tmp_path, dirs_exist_ok=True)
    return Settings(sheets=tmp_path / "sheets", embeddings=tmp_path / "embeddings")


def bytes_of(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file below a folder, hidden ones too."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_bytes()


def told_by(folder: Path, facts: tuple[str, ...]) -> list[tuple[str, str]]:
    """Which files hold a person's name, family name, address or number, however it is written."""
    name, email, phone = facts
    digits = re.sub(r"\D", "", phone).lstrip("0")
    forms = [name, name.split()[-1], email, email.partition("@")[0], digits[2:], phone]
    plain = {form.casefold() for form in forms} | {
        form.casefold().translate(str.maketrans("åäöé", "aaoe")) for form in forms
    }
    found = []
    for file, content in bytes_of(folder):
        text = content.decode("utf-8", "replace").casefold()
        spaced = re.sub(r"[\s\-/()\u00a0]", "", text)
        found += [(file, form) for form in plain if form in text or (form.isdigit() and form in spaced)]
    return found


def asked(settings: Settings, question: str) -> tuple[str, bool]:
    service = Service(settings)
    try:
        answer, _ = service.answer(question, Conversation())
        return render(answer), answer.abstained
    finally:
        service.close()


@pytest.mark.parametrize(("project", "said"), WAYS)
def test_no_byte_tells_who_it_is(settings: Settings, project: str, said: str) -> None:
    """By name, address or number: all that is known of the person is gone from every generation, and no other's."""
    assert told_by(settings.embeddings, CONTACTS[project])
    done = withhold(settings, Entry(said, TODAY))
    assert done.sheets == (f"{project}.txt",)
    assert told_by(settings.embeddings, CONTACTS[project]) == []
    assert len(generations.generations(settings.embeddings)) == 2
    for folder in generations.generations(settings.embeddings):
        generations.check(folder)
    for other, facts in CONTACTS.items():
        assert (told_by(settings.embeddings, facts) == []) == (other == project)


def test_fresh_embeddings_hold_no_byte_either(settings: Settings, tmp_path: Path) -> None:
    """Embedded anew from the same sheets, and once more after one of them changed, the person is not there."""
    facts = CONTACTS["bergslagsesursen-nu"]
    withhold(settings, Entry(facts[0], TODAY))
    fresh = Settings(sheets=settings.sheets, embeddings=tmp_path / "fresh")
    update(fresh)
    assert told_by(fresh.embeddings, facts) == []
    sheet = settings.sheets / "bergslagsesursen-nu.txt"
    sheet.write_text(sheet.read_text(encoding="utf-8") + "\nRing gärna Jenny Lyxell.\n", encoding="utf-8")
    update(fresh)
    assert told_by(fresh.embeddings, facts) == []


def test_a_new_sheet_that_names_the_person(settings: Settings) -> None:
    """A sheet that comes later tells of another address of the person: that is gone, on the earlier sheets too."""
    facts = CONTACTS["gora-skillnad"]
    note = settings.sheets / "vinnande-arena.txt"
    note.write_text(note.read_text(encoding="utf-8") + "\nFråga qvistan@annan.example.\n", encoding="utf-8")
    update(settings)
    withhold(settings, Entry(facts[0], TODAY))
    text = (SEEDS / "gora-skillnad.txt").read_text(encoding="utf-8").replace(facts[1], "qvistan@annan.example")
    new = text.replace("Göra Skillnad", "Rosenlyftet")
    (settings.sheets / "ny.txt").write_text(new, encoding="utf-8")
    outcome = update(settings)
    assert outcome.live
    assert told_by(settings.embeddings, (facts[0], "qvistan@annan.example", facts[2])) == []


def test_replies_say_that_it_is_withheld(settings: Settings) -> None:
    """Asked for the contact, the reply names the owner in the person's place; the name itself is unknown."""
    withhold(settings, Entry("Jenny Lyxell", TODAY))
    for question in ("Vem är kontaktperson i Ludvika?", "Vad är telefonnumret till BERGSLAGSESURSEN.NU?"):
        text, _ = asked(settings, question)
        assert "på begäran" in text
        assert "Rörlighet i Bergslagen AB" in text
    text, abstained = asked(settings, "Vem är Jenny Lyxell?")
    assert abstained
    assert "rorlighet" not in text


def test_gone_after_a_rollback(settings: Settings) -> None:
    """Going back to a generation from before brings nobody back."""
    withhold(settings, Entry("0240-564451", TODAY))
    roll_back(settings)
    text, _ = asked(settings, "Vem är kontaktperson i Ludvika?")
    assert "Lyxell" not in text
    assert "på begäran" in text


def test_golden_questions_about_the_person_are_passed_over(settings: Settings) -> None:
    """A golden question that names the person does not keep the next change of the sheets from going live."""
    withhold(settings, Entry("Jenny Lyxell", TODAY))
    (settings.sheets / "vinnande-arena.txt").write_text(
        (SEEDS / "vinnande-arena.txt").read_text(encoding="utf-8"), encoding="utf-8"
    )
    outcome = update(settings)
    assert outcome.live
    assert outcome.gate
    assert outcome.gate.passed_over > 0
    assert [result.question.text for result in outcome.gate.worse] == []


def test_until_the_last_day(settings: Settings) -> None:
    """On the last day it still holds, and an embed on the day after shows the person again."""
    withhold(settings, Entry("Jenny Lyxell", TODAY, until=TODAY))
    assert "Lyxell" not in asked(settings, "kontakt i Ludvika")[0]
    path = settings.sheets / FILE
    path.write_text(path.read_text(encoding="utf-8").replace(TODAY.isoformat(), "2020-01-31"), encoding="utf-8")
    update(settings)
    assert "Jenny Lyxell" in asked(settings, "kontakt i Ludvika")[0]


def test_lifted(settings: Settings) -> None:
    """Taken off the list by any of what stands for the person, who is shown again after an embed."""
    withhold(settings, Entry("Jenny Lyxell", TODAY))
    assert lift(settings, "jenny.lyxell@rorlighet.se")
    assert lift(settings, "jenny.lyxell@rorlighet.se") is None
    assert read_entries(settings.sheets) == ()
    update(settings)
    assert "Jenny Lyxell" in asked(settings, "kontakt i Ludvika")[0]


def test_what_is_known_is_kept_on_the_list(settings: Settings) -> None:
    """The list holds all that stands for the person, so that it holds when the sheet that told it is gone."""
    withhold(settings, Entry("Jenny Lyxell", TODAY, reason="asked for it"))
    (entry,) = read_entries(settings.sheets)
    assert {"jenny.lyxell@rorlighet.se", "+46240564451"} <= set(entry.also)
    assert entry.reason == "asked for it"
    (settings.sheets / "bergslagsesursen-nu.txt").unlink()
    (settings.sheets / "questions.jsonl").unlink()
    note = settings.sheets / "vinnande-arena.txt"
    note.write_text(note.read_text(encoding="utf-8") + "\nRing 0240-56 44 51.\n", encoding="utf-8")
    update(settings)
    assert told_by(settings.embeddings, CONTACTS["bergslagsesursen-nu"]) == []


def test_other_changes_wait(settings: Settings) -> None:
    """Withholding somebody lets no other change of the sheets go live."""
    (settings.sheets / "gora-skillnad.txt").unlink()
    withhold(settings, Entry("Jenny Lyxell", TODAY))
    assert not asked(settings, "Vad är budgeten för Göra Skillnad?")[1]


def test_nothing_is_live_yet(tmp_path: Path) -> None:
    """On a folder that was never embedded the person goes on the list, and the first embed leaves them out."""
    shutil.copytree(SEEDS, tmp_path / "sheets")
    settings = Settings(sheets=tmp_path / "sheets", embeddings=tmp_path / "embeddings")
    done = withhold(settings, Entry("Jenny Lyxell", TODAY))
    assert (done.generation, done.sheets) == ("", ())
    update(settings)
    assert told_by(settings.embeddings, CONTACTS["bergslagsesursen-nu"]) == []
