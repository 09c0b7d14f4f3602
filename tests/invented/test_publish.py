"""Invented sheets can be asked without the encoder, at a size that no other test has."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from esfbot.model.query import Conversation
from esfbot.service import Service
from esfbot.settings import Settings
from esfbot.sheets.folder import read_folder
from tests.invented.projects import Invented, invented
from tests.invented.publish import publish
from tests.invented.write import write_sheets

COUNT = 200


@pytest.fixture(scope="module")
def projects() -> list[Invented]:
    return invented(COUNT)


@pytest.fixture(scope="module")
def service(projects: list[Invented], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The service on their sheets, with random vectors."""
    folder = tmp_path_factory.mktemp("published")
    publish(read_folder(write_sheets(projects, folder / "sheets")).projects, folder / "embeddings")
    opened = Service(Settings(sheets=folder / "sheets", embeddings=folder / "embeddings"))
    yield opened
    opened.close()


def test_all_are_there(service: Service) -> None:
    """Every project is in the store, with its passages."""
    assert service.store.count() == COUNT
    assert service.store.passage_total() > 3 * COUNT


def test_a_fact(projects: list[Invented], service: Service) -> None:
    """A fact of a named project is looked up without a vector."""
    project = next(x for x in projects if x.title == "Kraftsteget II")
    answer, _ = service.answer("Hur mycket ESF-stöd fick Kraftsteget II?", Conversation())
    shown = [(row.field, row.value, row.source.sheet) for card in answer.cards for row in card.rows]
    assert shown == [("esf_support", project.esf_support, project.file)]


def test_published_twice(tmp_path: Path) -> None:
    """A second generation takes the place of the first."""
    read = read_folder(write_sheets(invented(3), tmp_path / "sheets")).projects
    first, _ = publish(read, tmp_path / "embeddings")
    second, passages = publish(read[:2], tmp_path / "embeddings")
    assert first != second
    assert (tmp_path / "embeddings" / "CURRENT").read_text(encoding="utf-8").strip() == second.name
    assert {passage.project for passage in passages} == {project.id for project in read[:2]}
