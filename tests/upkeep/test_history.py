"""The generations there are, going back to one, and removing old ones."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from esfbot.errors import EmbeddingsError, Held, NoEmbeddings
from esfbot.model.query import Conversation
from esfbot.render.plain import render
from esfbot.service import Service
from esfbot.settings import Settings
from esfbot.store import generations
from esfbot.store.generations import CURRENT, MANIFEST
from esfbot.store.lock import held
from esfbot.store.sqlite_file import VECTORS
from esfbot.upkeep import history
from esfbot.upkeep.history import named, prune, roll_back, status
from esfbot.upkeep.update import Options, update
from tests.upkeep.conftest import CONTACT, ask, change, contents, live, names

QUESTION = "Vem är kontaktperson för Björken?"


@pytest.fixture
def three(settings: Settings) -> list[str]:
    """Three generations in which a project has another contact each time; the last is live."""
    made = [update(settings).generation]
    for old, new in (("Anna Ek", "Bo Alm"), ("Bo Alm", "Cia Ask")):
        change(settings, "ett.txt", f"Kontaktperson{old}", f"Kontaktperson{new}")
        made.append(update(settings).generation)
    return made


def rewrite(settings: Settings, name: str, **changes: Any) -> None:
    """Change the manifest of a generation."""
    path = settings.embeddings / name / MANIFEST
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | changes), encoding="utf-8")


def test_roll_back(settings: Settings, three: list[str]) -> None:
    """Rolling back makes the generation before live, and rolling back again the one before that."""
    assert [roll_back(settings), live(settings)] == [three[1]] * 2
    assert [roll_back(settings), live(settings)] == [three[0]] * 2
    assert names(settings) == three


def test_bot_follows(settings: Settings, three: list[str]) -> None:
    """Who has the live generation open answers from the other one at the next question."""
    service = Service(settings)
    try:
        said = [render(service.answer(QUESTION, Conversation())[0])]
        roll_back(settings)
        said.append(render(service.answer(QUESTION, Conversation())[0]))
    finally:
        service.close()
    assert [("Cia Ask" in text, "Bo Alm" in text) for text in said] == [(True, False), (False, True)]


def test_sheets_stay(settings: Settings, three: list[str]) -> None:
    """The sheets are as they were, and the next run takes them up again."""
    before = contents(settings.sheets)
    roll_back(settings)
    assert (contents(settings.sheets), update(settings).made.sheets.changed) == (before, ("ett.txt",))


def test_by_name(settings: Settings, three: list[str]) -> None:
    """A generation is named by as much of the beginning of its name as no other has."""
    shortest = next(three[0][:n] for n in range(1, 99) if not three[1].startswith(three[0][:n]))
    assert roll_back(settings, shortest) == live(settings) == three[0]
    assert roll_back(settings, three[2]) == live(settings) == three[2]


def test_name_that_begins_another(settings: Settings, three: list[str]) -> None:
    """A whole name is that generation, also where another one's goes on from it."""
    (settings.embeddings / three[1]).rename(settings.embeddings / f"{three[0]}-2")
    assert named(settings, three[0]).name == three[0]


def test_several_fit(settings: Settings, three: list[str]) -> None:
    """Where several generations fit, all are named and nothing happens."""
    with pytest.raises(EmbeddingsError, match=rf"3 generations whose name begins with .*: {three[0]}"):
        roll_back(settings, "2")
    assert live(settings) == three[2]


@pytest.mark.parametrize("name", ["1999", "../", "CURRENT", "."])
def test_none_fits(settings: Settings, three: list[str], name: str) -> None:
    """Where none fits, those that there are are named."""
    with pytest.raises(EmbeddingsError, match=rf"no generation whose name begins with .*: {three[0]}, "):
        roll_back(settings, name)


def test_first_one(settings: Settings, three: list[str]) -> None:
    """Before the first there is none."""
    roll_back(settings, three[0])
    with pytest.raises(EmbeddingsError, match=rf"no generation before {three[0]} .* esfbot status shows"):
        roll_back(settings)


def test_nothing_live(settings: Settings) -> None:
    """Where nothing is live there is nothing to go back from, and nothing to remove."""
    with pytest.raises(NoEmbeddings, match="Run: esfbot embed"):
        roll_back(settings)
    with pytest.raises(NoEmbeddings, match="Run: esfbot embed"):
        prune(settings, 1)


def test_beside_is_passed_over(settings: Settings) -> None:
    """One that was made beside the live one is gone back to only by its name."""
    first = update(settings).generation
    beside = update(replace(settings, model="other"), Options(beside=True)).generation
    change(settings, "ett.txt", "Att pröva.", "Att lära.")
    update(settings)
    assert roll_back(settings) == first
    assert roll_back(settings, beside) == live(settings) == beside


def test_broken_off_before_going_live_is_passed_over(
    settings: Settings, three: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that was finished but whose run died before it went live answered nobody: it is not gone back to, and said to
    be no more than it is."""
    change(settings, "ett.txt", "Cia Ask", "Eva Al")
    with monkeypatch.context() as broken:
        broken.setattr(generations, "point_to", _die)
        with pytest.raises(KeyboardInterrupt, match="before going live"):
            update(settings)
    left = names(settings)[-1]
    last = update(settings).generation
    assert [each.was_live for each in status(settings).generations] == [True, True, True, False, False]
    assert (names(settings), roll_back(settings)) == ([*three, left, last], three[2])


def _die(*_: object) -> None:
    raise KeyboardInterrupt("before going live")


def test_what_is_gone_was_not_live(settings: Settings, three: list[str]) -> None:
    """What is known of generations goes with them."""
    assert generations.were_live(settings.embeddings) == {*three[:2]}
    prune(settings, 2)
    assert generations.were_live(settings.embeddings) == {three[1]}


def test_damaged_is_passed_over(settings: Settings, three: list[str]) -> None:
    """One that is damaged is not gone back to, and by its name it is refused."""
    (settings.embeddings / three[1] / VECTORS).write_bytes(b"damaged")
    with pytest.raises(EmbeddingsError, match=rf"{three[1]}: vectors.npy is damaged"):
        roll_back(settings, three[1])
    assert roll_back(settings) == three[0]


def test_another_format_is_passed_over(settings: Settings, three: list[str]) -> None:
    """One that another version wrote is not gone back to, and by its name it is refused."""
    rewrite(settings, three[1], format=1)
    with pytest.raises(EmbeddingsError, match=rf"{three[1]}: it has format 1 and this version reads"):
        roll_back(settings, three[1])
    assert roll_back(settings) == three[0]


def test_prune(settings: Settings, three: list[str]) -> None:
    """The oldest are removed, and told."""
    assert prune(settings, 2) == three[:1]
    assert names(settings) == three[1:]
    assert (prune(settings, 2), names(settings)) == ([], three[1:])


@pytest.mark.parametrize("keep", [1, 2])
def test_live_one_stays(settings: Settings, three: list[str], keep: int) -> None:
    """The live one is never removed, however old it is."""
    roll_back(settings, three[0])
    prune(settings, keep)
    assert names(settings) == [three[0], *three[4 - keep :]]
    assert generations.check(generations.live(settings.embeddings)).projects == 3


def test_held(settings: Settings, three: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Where another process is at it for long, who it is is told, and nothing happens."""
    monkeypatch.setattr(history, "held", lambda embeddings, wait: held(embeddings))
    with held(settings.embeddings):
        for attempt in (lambda: roll_back(settings), lambda: prune(settings, 1)):
            with pytest.raises(Held, match=r"process \d+ .* is changing"):
                attempt()
    assert (names(settings), live(settings)) == (three, three[2])


def test_status(settings: Settings) -> None:
    """It is told what is live, what else is there, and how each came about."""
    ask(settings, CONTACT)
    first = update(settings).generation
    change(settings, "ett.txt", "KontaktpersonAnna Ek", "KontaktpersonBo Alm")
    second = update(settings, Options(force="moved")).generation
    found = status(settings)
    assert [(each.name, each.live, each.wrong) for each in found.generations] == [
        (first, False, ""),
        (second, True, ""),
    ]
    assert [(m.model, len(m.sheets), m.forced) for each in found.generations if (m := each.manifest)] == [
        ("e5-small", 3, ""),
        ("e5-small", 3, "moved"),
    ]
    sizes = [sum(map(len, contents(settings.embeddings / each.name).values())) for each in found.generations]
    assert [each.size for each in found.generations] == sizes
    assert (found.live and found.live.name, bool(found.since), found.wrong) == (second, False, None)


def test_status_of_changes(settings: Settings) -> None:
    """Sheets that are other than when the live generation was made are told."""
    update(settings)
    change(settings, "ett.txt", "Att pröva.", "Att lära.")
    (settings.sheets / "tva.txt").rename(settings.sheets / "fyra.txt")
    (settings.sheets / "tom.txt").write_text("")
    since = status(settings).since
    assert since
    assert (since.added, since.changed, since.removed) == (("fyra.txt", "tom.txt"), ("ett.txt",), ("tva.txt",))


def test_status_of_nothing(settings: Settings) -> None:
    """Nothing live is a state too, and looking at it makes nothing."""
    found = status(settings)
    assert (found.generations, found.live, found.since, found.wrong) == ((), None, None, None)
    assert not settings.embeddings.exists()


def test_status_of_damage(settings: Settings, three: list[str]) -> None:
    """What is damaged is told as such, and what is live besides as what is wrong."""
    (settings.embeddings / three[0] / MANIFEST).write_text("{")
    (settings.embeddings / three[2] / VECTORS).write_bytes(b"damaged")
    found = status(settings)
    assert [bool(each.manifest) for each in found.generations] == [False, True, True]
    assert "manifest.json can't be read" in found.generations[0].wrong
    assert "vectors.npy is damaged" in str(found.wrong)


def test_status_without_sheets(settings: Settings, three: list[str], tmp_path: Path) -> None:
    """What is live is told even where the folder of sheets is gone."""
    found = status(replace(settings, sheets=tmp_path / "nowhere"))
    assert (found.live and found.live.name, found.since) == (three[2], None)
    assert "there is no folder" in str(found.wrong)


def test_status_where_current_is_damaged(settings: Settings, three: list[str]) -> None:
    """Where it can't be told which is live, that is what is wrong, and the others are told."""
    (settings.embeddings / CURRENT).write_text("nowhere")
    found = status(settings)
    assert (found.live, len(found.generations), "there is no such generation" in str(found.wrong)) == (None, 3, True)
    assert roll_back(settings, three[1]) == live(settings)
