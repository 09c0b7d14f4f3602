"""What the tests of maintaining in the chat share: three small sheets that are live, and the bot with a maintainer."""

import asyncio
import io
import shutil
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from esfbot.embed.run import embed
from esfbot.service import Service
from esfbot.settings import Settings
from esfbot.state.batches import Batch
from esfbot.state.state import State
from tests.embed.collection import THREE, write
from tests.telegram.api.server import BotApi, Group, Person, Sent

MAINTAINER, OTHER = 99, 1
LONG = 120.0  # seconds: a process is started, and it is niced


@dataclass(frozen=True, slots=True)
class Collection:
    """Sheets and the embeddings of them, and a service on these."""

    sheets: Path
    embeddings: Path
    service: Service

    @property
    def settings(self) -> dict[str, Any]:
        """The settings of a bot that looks after them."""
        settings = {"sheets": self.sheets, "embeddings": self.embeddings, "state": self.state}
        return settings | {"maintainers": (MAINTAINER,)}

    @property
    def state(self) -> Path:
        """The bot's file, beside which it keeps what is sent."""
        return self.sheets.with_name("state.sqlite")

    @property
    def names(self) -> list[str]:
        """The names of the sheets."""
        return sorted(path.name for path in self.sheets.glob("*.txt"))

    @property
    def titles(self) -> list[str]:
        """The titles of the projects that are live."""
        store = self.service.store
        return sorted(store.titles(store.find()).values())


@pytest.fixture(scope="session")
def three_live(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with three sheets in ``sheets`` and their embeddings."""
    folder = tmp_path_factory.mktemp("three")
    embed(write(folder / "sheets", THREE), folder / "embeddings", "e5-small")
    return folder


@pytest.fixture
def three(three_live: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Collection]:
    """The same, of this test's own. The bot waits a moment for further files, and tells soon how far it is."""
    folder = tmp_path / "three"
    shutil.copytree(three_live, folder)
    monkeypatch.setattr("esfbot.telegram.upkeep._STILL", 0.3)
    service = Service(Settings(sheets=folder / "sheets", embeddings=folder / "embeddings"))
    yield Collection(folder / "sheets", folder / "embeddings", service)
    service.close()


def packed(files: Mapping[str, str]) -> bytes:
    """A zip archive of texts by name."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return content.getvalue()


def staged(three: Collection) -> list[Path]:
    """The files that the bot keeps until they are published."""
    return sorted(three.state.with_name("state.sqlite.sheets").glob("*/*"))


def batches(three: Collection) -> list[Batch]:
    """What stands in the bot's file of sheets that were sent."""
    with closing(State(three.state)) as state:
        return [batch for token in state.batches.tokens() if (batch := state.batches.get(token))]


def until(condition: Callable[[], bool]) -> None:
    """Wait in a thread until ``condition`` holds; raises TimeoutError where it does not."""
    end = time.monotonic() + LONG
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.02)


async def cleared(three: Collection) -> None:
    """Wait until nothing is kept of what was sent."""
    await asyncio.to_thread(until, lambda: not (batches(three) or staged(three)))


async def shows(server: BotApi, sent: Sent, text: str) -> Sent:
    """The message once it shows ``text``."""
    while text not in sent.seen:
        sent = await server.edited(sent, LONG)
    return sent


async def report_of(server: BotApi, person: Person | Group) -> Sent:
    """The next message, once it has buttons."""
    sent = await person.hears(LONG)
    while not sent.keyboard:
        sent = await server.edited(sent, LONG)
    return sent
