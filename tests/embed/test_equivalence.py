"""A generation made step by step answers as one made from scratch, whatever was done to the sheets before."""

import random
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from esfbot.embed.run import embed
from esfbot.model.answer import Answer
from esfbot.model.query import Conversation
from esfbot.service import Service
from esfbot.settings import Settings
from esfbot.store import generations
from tests.embed.collection import MODEL, CountingEncoder
from tests.embed.contents import contents
from tests.embed.drawn import Sheets
from tests.invented.projects import invented
from tests.invented.write import sheet_text, write_sheets

_TIMES, _ROUNDS = 20, 6


@pytest.mark.parametrize("seed", range(_TIMES))
def test_step_by_step(seed: int, tmp_path: Path, encoder: CountingEncoder) -> None:
    """After each of several rounds of changes the store's every method gives what it gives for a new generation."""
    chance = random.Random(seed)  # noqa: S311 - repeatable
    sheets = Sheets(tmp_path / "sheets", chance)
    for _ in range(_ROUNDS):
        for _ in range(chance.randint(1, 4)):
            sheets.something_happens()
        sheets.write()
        embed(sheets.folder, tmp_path / "step", MODEL)
        assert_as_from_scratch(tmp_path, sheets.said)


def test_many_sheets(tmp_path: Path, encoder: CountingEncoder, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same with sheets of all layouts, of which several are added, removed, renamed and changed at once; and people
    get the same answers."""
    monkeypatch.setattr("esfbot.service.load_encoder", lambda _: encoder)
    folder = tmp_path / "sheets"
    projects = invented(60)
    write_sheets(projects[:45], folder)
    embed(folder, tmp_path / "step", MODEL)
    write_sheets(projects[45:], folder)
    for one, other in zip(projects[:40:8], projects[1:40:8], strict=True):
        (folder / one.file).unlink()
        (folder / other.file).rename(folder / one.file)
    for project in projects[4:40:8]:
        path = folder / project.file
        path.write_text(path.read_text(encoding="utf-8").replace("1", "2").replace(". ", ".\n\n"), encoding="utf-8")
    embed(folder, tmp_path / "step", MODEL)
    assert_as_from_scratch(tmp_path, map(sheet_text, projects))
    titles = [project.title for project in projects[::6]]
    questions = [*_QUESTIONS, *(question.format(title) for title in titles for question in _ABOUT)]
    assert answers(tmp_path / "step", questions) == answers(tmp_path / "whole", questions)


_QUESTIONS = (
    "Lista alla projekt",
    "Hur många projekt finns i Nybro?",
    "Summa ESF-stöd per ägare",
    "Vilka projekt handlar om språk?",
    "Hur arbetar man med praktikplatser för ungdomar?",
    "Vem är Maria Lindvret?",
)
_ABOUT = ("Vem är kontakt för {}?", "Vad är syftet med {}?", "Vilka projekt liknar {}?")


def answers(embeddings: Path, questions: Iterable[str]) -> list[Answer]:
    service = Service(Settings(embeddings=embeddings))
    found = [service.answer(question, Conversation())[0] for question in questions]
    service.close()
    return found


def assert_as_from_scratch(folder: Path, said: Iterable[str]) -> None:
    """What is live in ``step`` answers as what is made of the same sheets without it."""
    whole = folder / "whole"
    shutil.rmtree(whole, ignore_errors=True)
    embed(folder / "sheets", whole, MODEL)
    texts = sorted(said)
    found, expected = (contents(generations.live(each), texts) for each in (folder / "step", whole))
    for part, value in expected.items():
        assert found[part] == value, part
