"""The bot's memory in one object."""

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path

from esfbot.state.batches import Batches
from esfbot.state.database import Database
from esfbot.state.mail import Mail
from esfbot.state.memory import Memory
from esfbot.state.verdicts import Verdicts

_DAY = 24 * 3600.0
# How long Telegram offers an update again is a day, and how long people can edit a message two days
# (core.telegram.org/bots/api#getting-updates and #updating-messages).
_UPDATES, _EXCHANGES = 2 * _DAY, 2 * _DAY
_CONVERSATIONS = 30 * _DAY
_VIEWS = 180 * _DAY


class State:
    """Opens the file. ``mail``, ``memory``, ``verdicts`` and ``batches`` write to it. Safe to use from several
    threads."""

    def __init__(self, path: Path) -> None:
        """Raises FolderError where the file can't be opened."""
        self._database = Database(path)
        self.mail = Mail(self._database)
        self.memory = Memory(self._database)
        self.verdicts = Verdicts(self._database)
        self.batches = Batches(self._database)

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """What is written in ``with`` is written together, or none of it."""
        with self._database.transaction():
            yield

    def prune(self, unanswered_days: int) -> None:
        """Forget what is past its time; questions without an answer after ``unanswered_days``."""
        now = time.time()
        with self.transaction():
            self.mail.forget(now - _UPDATES)
            self.memory.prune(
                exchanges_before=now - _EXCHANGES, conversations_before=now - _CONVERSATIONS, views_before=now - _VIEWS
            )
            self.verdicts.prune(unanswered_days)

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()
