"""What all tests share: the shipped sheets, embedded once with the encoder that people get."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:  # what only some tests need is loaded by them
    from esfbot.service import Service

SEEDS = Path(__file__).resolve().parents[1] / "seeds"


@pytest.fixture(scope="session")
def embedded_seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of embeddings of the shipped sheets. It is shared: a test that changes it works on a copy."""
    from esfbot.embed.run import embed

    folder = tmp_path_factory.mktemp("seeds") / "embeddings"
    embed(SEEDS, folder, "e5-small")
    return folder


@pytest.fixture(scope="session")
def service(embedded_seeds: Path) -> "Iterator[Service]":
    """The service on the shipped sheets."""
    from esfbot.service import Service
    from esfbot.settings import Settings

    opened = Service(Settings(sheets=SEEDS, embeddings=embedded_seeds))
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings of whoever runs the tests don't count, and the terminal's language is Swedish."""
    for name in [name for name in os.environ if name.startswith("ESFBOT_")]:
        monkeypatch.delenv(name)
    for name in ("LC_ALL", "LC_MESSAGES", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "sv_SE.UTF-8")
