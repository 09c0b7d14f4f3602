"""Files that people sent, fetched from Telegram to a folder beside the state file."""

import asyncio
import logging
import shutil
from collections.abc import Collection
from pathlib import Path, PurePath

from telegram import Bot
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError

from esfbot.sheets.formats.kinds import SUFFIXES
from esfbot.state.batches import Batch, BatchFile
from esfbot.telegram.post import seconds_of

_logger = logging.getLogger(__name__)
LARGEST = 20_000_000  # bytes that a bot can fetch (core.telegram.org/bots/api#getfile)
ARCHIVE = ".zip"
ENDINGS = SUFFIXES | {ARCHIVE}
_TRIES = 25  # about ten minutes
_LONGEST_PAUSE = 30.0  # seconds between two tries


def ending(name: str) -> str:
    """The ending of a file's name, in lower case with its dot; empty where it is none of those that are taken."""
    found = PurePath(name).suffix.lower()
    return found if found in ENDINGS else ""


class Files:
    """Fetches files. What people call them decides only their ending, never where they go."""

    def __init__(self, bot: Bot, folder: Path, *, pause: float = 1.0) -> None:
        self._bot = bot
        self._folder = folder
        self._pause = pause

    def of(self, batch: Batch) -> Path:
        """The folder of a batch's files."""
        return self._folder / batch.token

    def path(self, batch: Batch, file: BatchFile) -> Path:
        """Where a file is, once it has been fetched."""
        return self.of(batch) / f"{file.message}{ending(file.name)}"

    async def fetch(self, batch: Batch, file: BatchFile) -> str:
        """Fetch a file. Returns why it could not be, empty where it could: ``size``, ``room`` or ``gone``."""
        for attempt in range(_TRIES):
            try:
                found = await self._bot.get_file(file.file_id)
                if (found.file_size or 0) > LARGEST:
                    return "size"
                content = await found.download_as_bytearray()
            except RetryAfter as error:
                await asyncio.sleep(seconds_of(error))
            except BadRequest as error:
                return "size" if "too big" in str(error).lower() else "gone"
            except NetworkError:
                await asyncio.sleep(min(self._pause * 2**attempt, _LONGEST_PAUSE))
            except TelegramError:
                return "gone"
            else:
                return await asyncio.to_thread(self._put, self.path(batch, file), bytes(content))
        return "gone"

    def _put(self, path: Path, content: bytes) -> str:
        if len(content) > LARGEST:
            return "size"
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
        except OSError as error:
            _logger.error("a file can't be kept in %s (%s)", self._folder, error.strerror)  # noqa: TRY400 - said in full
            return "room"
        return ""

    def remove(self, batch: Batch) -> None:
        """Remove the files of a batch."""
        shutil.rmtree(self.of(batch), ignore_errors=True)

    def tidy(self, tokens: Collection[str]) -> None:
        """Remove files of batches that there are no longer."""
        if self._folder.is_dir():
            for folder in self._folder.iterdir():
                if folder.name not in tokens:
                    shutil.rmtree(folder, ignore_errors=True)
