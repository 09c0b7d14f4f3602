"""What the tests of embedding share."""

from pathlib import Path

import pytest

from esfbot.embed import run
from tests.embed.collection import THREE, CountingEncoder, write


@pytest.fixture
def encoder(monkeypatch: pytest.MonkeyPatch) -> CountingEncoder:
    """The encoder that `embed` loads, whatever the model's name: one that only counts words."""
    counting = CountingEncoder()
    monkeypatch.setattr(run, "load_encoder", lambda _: counting)
    return counting


@pytest.fixture
def sheets(tmp_path: Path) -> Path:
    """A folder of three sheets."""
    return write(tmp_path / "sheets", THREE)


@pytest.fixture
def embeddings(tmp_path: Path) -> Path:
    """Where embeddings go; nothing is there yet."""
    return tmp_path / "embeddings"
