"""What the tests of embedding share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from esfbot.embed import engine
from tests.embed.collection import THREE, CountingEncoder, write
from tests.embed.processes import Processes


@pytest.fixture
def encoder(monkeypatch: pytest.MonkeyPatch) -> CountingEncoder:
    """The encoder that `embed` loads, whatever the model's name: one that only counts words."""
    counting = CountingEncoder()
    monkeypatch.setattr(engine, "load_encoder", lambda *_: counting)
    return counting


@pytest.fixture
def sheets(tmp_path: Path) -> Path:
    """A folder of three sheets."""
    return write(tmp_path / "sheets", THREE)


@pytest.fixture
def embeddings(tmp_path: Path) -> Path:
    """Where embeddings go; nothing is there yet."""
    return tmp_path / "embeddings"


@pytest.fixture(scope="session")
def processes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Processes]:
    """Processes of their own that embed, and get signals."""
    with Processes(tmp_path_factory.mktemp("notes")) as started:
        yield started
