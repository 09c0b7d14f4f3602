"""What the tests of the store share."""

from collections.abc import Iterator

import pytest

from esfbot.store.sqlite import SqliteStore
from tests.store.collection import FOREST, SAID, stored


@pytest.fixture(scope="session")
def forest(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    """A store of three projects with four passages."""
    store = stored(tmp_path_factory.mktemp("forest") / "generation", FOREST, SAID)
    yield store
    store.close()
