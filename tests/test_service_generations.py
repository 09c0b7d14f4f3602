"""The service while generations come and go: which one it answers from, and with which model."""

import itertools
import logging
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from esfbot.embed import engine
from esfbot.embed.run import embed
from esfbot.model.query import Conversation
from esfbot.service import Service
from esfbot.settings import Settings
from esfbot.store import generations
from esfbot.store.sqlite_file import DATABASE
from tests.embed.collection import MODEL, CountingEncoder, sheet, write

OTHER = "sentence-transformers:other"
THREADS = 4


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The models that were loaded to read questions; sheets and questions are read by an encoder that counts words."""
    models: list[str] = []

    def load(model: str) -> CountingEncoder:
        models.append(model)
        return CountingEncoder()

    monkeypatch.setattr(engine, "load_encoder", lambda *_: CountingEncoder())
    monkeypatch.setattr("esfbot.service.load_encoder", load)
    return models


@pytest.fixture
def folder(tmp_path: Path, loaded: list[str]) -> Path:
    """A folder whose sheets have been embedded once."""
    published(tmp_path, "Alfa")
    return tmp_path


def published(folder: Path, version: str, model: str = MODEL) -> Path:
    """Make a generation live in which every project, owner and text tells its version; return its folder."""
    names = ("Björken", "Granen", "Tallen")
    sheets = {
        f"{name}.txt": sheet(f"{name} {version}", f"Ungdomar snickrar. {version}.", owner=f"{version} kommun AB")
        for name in names
    }
    embed(write(folder / "sheets", sheets), folder / "embeddings", model)
    return generations.live(folder / "embeddings")


def opened(folder: Path, model: str = MODEL) -> Service:
    return Service(Settings(sheets=folder / "sheets", embeddings=folder / "embeddings", model=model))


def titles(service: Service) -> set[str]:
    """The versions that the titles of all projects tell."""
    return {title.split()[-1] for title in service.store.titles(service.store.find()).values()}


def test_pinned(folder: Path) -> None:
    """What is pinned stays, in that thread, while another generation goes live; then that is taken up."""
    service = opened(folder)
    with service.pinned(), ThreadPoolExecutor(1) as another:
        assert titles(service) == {"Alfa"}
        another.submit(published, folder, "Beta").result()
        assert another.submit(titles, service).result() == {"Beta"}
        assert titles(service) == {"Alfa"}
        answer, _ = service.answer("Vem äger Björken?", Conversation())
        assert "Alfa" in repr(answer)
        with service.pinned():
            assert titles(service) == {"Alfa"}
        assert titles(service) == {"Alfa"}
    assert titles(service) == {"Beta"}
    service.close()


def test_pinned_until_an_error(folder: Path) -> None:
    """Whatever ends it, what was pinned is let go of."""
    service = opened(folder)
    with pytest.raises(KeyError, match="ended"), service.pinned():
        raise KeyError("ended")
    published(folder, "Beta")
    assert titles(service) == {"Beta"}
    service.close()


def test_swaps_under_load(folder: Path) -> None:
    """While generations come and go every answer is made from one of them, and so are two in one `pinned`."""
    service = opened(folder)
    done = threading.Event()
    questions = ("Kontakt i Ludvika", "Vilka projekt handlar om snickra?", "Vem äger Granen?", "Lista alla projekt")

    def versions_in(answers: object) -> tuple[str, ...]:
        return tuple(sorted(set(re.findall("Alfa|Beta|Gamma|Delta|Epsilon", repr(answers)))))

    def ask(first: int) -> list[tuple[str, ...]]:
        """The versions that are in each of many answers, and in two together."""
        told = []
        for number in itertools.count(first):
            last_round = done.is_set()
            with service.pinned():
                told.append(
                    versions_in([service.answer(questions[(number + n) % 4], Conversation())[0] for n in (0, 1)])
                )
            told.append(versions_in(service.answer(questions[number % 4], Conversation())[0]))
            if last_round:
                break
        return told

    with ThreadPoolExecutor(THREADS) as threads:
        asking = [threads.submit(ask, first) for first in range(THREADS)]
        try:
            for version in ("Beta", "Gamma", "Delta", "Epsilon"):
                published(folder, version)
        finally:
            done.set()
        told = [versions for each in asking for versions in each.result()]
    assert {len(versions) for versions in told} == {1}
    # While one thread opens a generation the others go on with the one before: only now is nobody at it.
    assert versions_in(service.answer(questions[0], Conversation())[0]) == ("Epsilon",)
    service.close()


def test_the_encoder_is_that_of_the_generation(folder: Path, loaded: list[str]) -> None:
    """Questions are read by the model that the live generation names, whatever the setting says, loaded once."""
    service = opened(folder, model=OTHER)
    for _ in range(2):
        service.answer("Hur lär sig ungdomar att snickra?", Conversation())
    assert loaded == [MODEL]
    published(folder, "Beta", OTHER)
    for _ in range(2):
        service.answer("Hur lär sig ungdomar att snickra?", Conversation())
    assert loaded == [MODEL, OTHER]
    service.close()


def test_a_pinned_generation_keeps_its_encoder(folder: Path, loaded: list[str]) -> None:
    """Its questions are read by its own model, also after a generation of another has gone live."""
    service = opened(folder)
    with service.pinned():
        published(folder, "Beta", OTHER)
        answer, _ = service.answer("Hur lär sig ungdomar att snickra?", Conversation())
        assert "Alfa" in repr(answer)
    assert loaded == [MODEL]
    service.close()


def damage(generation: Path) -> None:
    content = bytearray((generation / DATABASE).read_bytes())
    content[len(content) // 2] ^= 1
    (generation / DATABASE).write_bytes(content)


def test_a_damaged_generation_is_not_taken_up(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Where what goes live is damaged the service answers from what it has, says so once, and takes up the next."""
    service = opened(folder)
    first = service.store.name
    pointer = folder / "embeddings" / generations.CURRENT
    second = published(folder, "Beta")
    damage(second)
    with caplog.at_level(logging.WARNING):
        assert [titles(service) for _ in range(3)] == [{"Alfa"}] * 3
    (message,) = [record.getMessage() for record in caplog.records]
    assert message.startswith(f"Still answering from {first}: generation {second.name}: {DATABASE} is damaged")
    caplog.clear()
    pointer.write_bytes(b"\xff")
    with caplog.at_level(logging.WARNING):
        assert [titles(service) for _ in range(3)] == [{"Alfa"}] * 3
    assert [record.getMessage().startswith(f"Still answering from {first}") for record in caplog.records] == [True]
    published(folder, "Gamma")
    assert titles(service) == {"Gamma"}
    service.close()


def test_rolled_back(folder: Path) -> None:
    """An earlier generation that is made live again is taken up as a newer one is."""
    service = opened(folder)
    first = service.store.name
    published(folder, "Beta")
    assert titles(service) == {"Beta"}
    generations.point_to(folder / "embeddings", first)
    assert (titles(service), service.store.name) == ({"Alfa"}, first)
    service.close()


def test_a_given_generation_is_kept_to(folder: Path) -> None:
    """A service opened on one generation never leaves it."""
    first = generations.live(folder / "embeddings")
    service = Service(Settings(embeddings=folder / "embeddings"), first)
    published(folder, "Beta")
    assert titles(service) == {"Alfa"}
    service.close()
