"""The file that the bot's memory is in."""

import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, create_engine, event
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.pool import StaticPool

from esfbot.errors import FolderError
from esfbot.state.schema import metadata

_WAIT = 5.0  # seconds for another process that writes


class Database:
    """One connection, used by one thread at a time. Safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        """Open the file, and make it where there is none. Raises FolderError where that can't be done."""
        self._path = path
        self._lock = threading.RLock()
        self._inside = False
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
            self._connection = self._connect(path)
        except (OSError, SQLAlchemyError) as error:
            reason = getattr(error, "strerror", None) or getattr(error, "orig", None) or error
            raise FolderError(
                f"{path} can't be opened ({reason})",
                "a file that the bot can keep conversations in",
                "Change its rights, remove it if it is no database, or name another with ESFBOT_STATE.",
            ) from error

    def _connect(self, path: Path) -> Connection:
        arguments: dict[str, Any] = {"check_same_thread": False, "timeout": _WAIT}
        # Errors are logged, and what people wrote is among the parameters.
        url = URL.create("sqlite", database=str(path))
        engine = create_engine(url, poolclass=StaticPool, connect_args=arguments, hide_parameters=True)

        @event.listens_for(engine, "connect")
        def _set_up(connection: Any, _: object) -> None:
            # What is committed survives the end of the process at any moment; a power cut may take the last second.
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")
            connection.execute("PRAGMA secure_delete=ON")  # what people wrote is gone once it is removed

        metadata.create_all(engine)
        connection = engine.connect()
        with connection.begin():  # a file that can only be read is found out now, and not at the first message
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        return connection

    @contextlib.contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Everything in ``with`` is written, or nothing of it. One inside another belongs to the outer one.

        Raises FolderError where the file can't be read or written any more.
        """
        with self._lock:
            if self._inside:
                yield self._connection
                return
            self._inside = True
            try:
                with self._connection.begin():
                    yield self._connection
            except DBAPIError as error:
                raise FolderError(
                    f"{self._path} can't be read or written ({error.orig})",
                    "a file that the bot can keep conversations in",
                    "Free space on its disk or correct its rights, and start the bot anew.",
                ) from error
            finally:
                self._inside = False

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            engine = self._connection.engine
            self._connection.close()
            engine.dispose()
