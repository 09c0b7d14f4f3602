"""What the tests of the bot's memory share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from esfbot.state.state import State


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the file is."""
    return tmp_path / "state.sqlite"


@pytest.fixture
def state(path: Path) -> Iterator[State]:
    """A new file."""
    opened = State(path)
    yield opened
    opened.close()
