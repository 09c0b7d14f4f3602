"""A small collection, invented and readable, that the question reader and the answers are tried on."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from esfbot.embed.run import embed
from esfbot.model.query import Conversation, Query
from esfbot.questions.understand import understand
from esfbot.service import Service
from esfbot.settings import Settings
from tests.invented.projects import Invented, invented
from tests.invented.write import write_sheets

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The service on the sheets in ``small/``, embedded with the real encoder."""
    folder = tmp_path_factory.mktemp("small") / "embeddings"
    embed(HERE / "small", folder, "e5-small")
    service = Service(Settings(embeddings=folder))
    yield service
    service.close()


class Reader:
    """Reads questions against the names of the small collection."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def __call__(self, text: str, conversation: Conversation | None = None) -> Query:
        return understand(text, conversation or Conversation(), self._service.store)


@pytest.fixture(scope="session")
def read(small: Service) -> Reader:
    """The question reader."""
    return Reader(small)


SIXTY = 60


@pytest.fixture(scope="session")
def truth() -> list[Invented]:
    """Sixty invented projects, as they are."""
    return invented(SIXTY)


@pytest.fixture(scope="session")
def sixty(truth: list[Invented], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The service on the sheets of the sixty, embedded with the real encoder."""
    folder = tmp_path_factory.mktemp("sixty")
    embed(write_sheets(truth, folder / "sheets"), folder / "embeddings", "e5-small")
    service = Service(Settings(sheets=folder / "sheets", embeddings=folder / "embeddings"))
    yield service
    service.close()


@pytest.fixture(scope="session")
def ids(sixty: Service) -> dict[str, str]:
    """The ids of the sixty by title, of those whose title no other has."""
    titles = sixty.store.titles(sixty.store.find())
    once = [title for title, count in Counter(titles.values()).items() if count == 1]
    return {title: id_ for id_, title in titles.items() if title in once}
