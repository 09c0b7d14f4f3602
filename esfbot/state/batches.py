"""Sheets that maintainers have sent, from the first file until all are published or discarded."""

import secrets
import time
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as insert_or_ignore

from esfbot.state.database import Database
from esfbot.state.memory import Seat
from esfbot.state.schema import batch_files, batches


class Stage(StrEnum):
    """How far a batch has come."""

    GATHERING = "gathering"  # files arrive, are fetched and read
    REPORTED = "reported"  # what would change is told, and to be published or discarded
    PUBLISHING = "publishing"
    KEPT = "kept"  # from going live by the golden questions; to be published all the same or discarded
    DISCARDED = "discarded"  # that is still to be said
    DONE = "done"  # nothing is left but to clear up


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that somebody sent, where Telegram has it; ``size`` is in bytes, 0 where it is not told. ``album`` is the
    same for files that were sent together."""

    file_id: str
    name: str
    size: int
    album: str = ""


@dataclass(frozen=True, slots=True)
class BatchFile:
    """A file of a batch, by the message that it came in. ``refused`` says why it is not taken (see
    `esfbot.telegram.handlers.documents`), empty where it is."""

    message: int
    file_id: str
    name: str
    size: int
    fetched: bool
    refused: str


@dataclass(frozen=True, slots=True)
class Batch:
    """Files that are published or discarded together, those that a maintainer sends to a chat one after the other.

    ``shown`` is the bot's message that tells of them, 0 for none yet. ``force`` is the reason for letting them go live
    although golden questions are answered worse.
    """

    token: str
    seat: Seat
    language: str
    stage: Stage
    shown: int
    force: str
    files: tuple[BatchFile, ...]

    @property
    def taken(self) -> tuple[BatchFile, ...]:
        """The files that are not refused."""
        return tuple(file for file in self.files if not file.refused)

    @property
    def mail(self) -> int:
        """What its messages are kept under while they are sent, beside those of updates, whose numbers are positive."""
        return -int(self.token, 16)


class Batches:
    """The batches there are. Changes of stage are atomic: of two presses at once only one changes anything."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, seat: Seat, message: int, file: Attached, refused: str, language: str) -> str:
        """Take in a file, with what was sent before it in the same seat and is not published yet. Returns the token of
        its batch. The same message a second time changes nothing."""
        with self._database.transaction() as connection:
            known = select(batch_files.c.token).where(batch_files.c.chat == seat.chat, batch_files.c.message == message)
            if token := connection.execute(known).scalar():
                return str(token)
            token = self._open(seat) or self._new(seat, language)
            row = {"token": token, "chat": seat.chat, "message": message, "file_id": file.file_id, "name": file.name}
            row |= {"size": file.size, "fetched": False, "refused": refused}
            connection.execute(insert_or_ignore(batch_files).values(row).on_conflict_do_nothing())
            values = {"stage": Stage.GATHERING, "at": time.time(), "language": language}
            connection.execute(update(batches).where(batches.c.token == token).values(values))
        return token

    def _open(self, seat: Seat) -> str | None:
        where = batches.c.chat == seat.chat, batches.c.thread == seat.thread, batches.c.user == seat.user
        still = batches.c.stage.in_((Stage.GATHERING, Stage.REPORTED))
        with self._database.transaction() as connection:
            return connection.execute(select(batches.c.token).where(*where, still)).scalar()

    def _new(self, seat: Seat, language: str) -> str:
        token = secrets.token_hex(4)
        row = {"token": token, "chat": seat.chat, "thread": seat.thread, "user": seat.user, "language": language}
        row |= {"stage": Stage.GATHERING, "shown": 0, "force": "", "at": time.time()}
        with self._database.transaction() as connection:
            connection.execute(insert(batches).values(row))
        return token

    def waiting(self, seat: Seat) -> tuple[int, int]:
        """How many files of how many bytes together the next one sent in this seat would join."""
        counted = select(func.count(), func.coalesce(func.sum(batch_files.c.size), 0)).where(
            batch_files.c.token == self._open(seat), batch_files.c.refused == ""
        )
        with self._database.transaction() as connection:
            number, size = connection.execute(counted).one()
        return int(number), int(size)

    def get(self, token: str) -> Batch | None:
        """The batch of that token; None where there is none any more."""
        of_batch = select(batch_files).where(batch_files.c.token == token).order_by(batch_files.c.message)
        with self._database.transaction() as connection:
            row = connection.execute(select(batches).where(batches.c.token == token)).first()
            files = connection.execute(of_batch).all()
        if row is None:
            return None
        found = (
            BatchFile(file.message, file.file_id, file.name, file.size, file.fetched, file.refused) for file in files
        )
        seat = Seat(row.chat, row.thread, row.user)
        return Batch(row.token, seat, row.language, Stage(row.stage), row.shown, row.force, tuple(found))

    def tokens(self) -> list[str]:
        """The tokens of all batches, the oldest first."""
        with self._database.transaction() as connection:
            return list(connection.execute(select(batches.c.token).order_by(batches.c.at)).scalars())

    def move(self, token: str, before: Iterable[Stage], after: Stage, *, force: str | None = None) -> bool:
        """Bring a batch from one of the stages ``before`` to ``after``. Returns whether it was at one of them."""
        values = {"stage": after} | ({} if force is None else {"force": force})
        return self._change(batches.c.token == token, batches.c.stage.in_(tuple(before)), **values)

    def reported(self, batch: Batch) -> bool:
        """What would change is worked out. Returns False where that is out of date: more files have arrived."""
        with self._database.transaction():
            now = self.get(batch.token)
            same = now is not None and [x.message for x in now.files] == [x.message for x in batch.files]
            return same and self.move(batch.token, (Stage.GATHERING,), Stage.REPORTED)

    def show(self, token: str, message: int) -> None:
        """The bot's message that tells of a batch."""
        self._change(batches.c.token == token, shown=message)

    def fetched(self, batch: Batch, file: BatchFile, refused: str = "") -> None:
        """A file has been fetched, or can't be taken for the reason ``refused``."""
        where = batch_files.c.chat == batch.seat.chat, batch_files.c.message == file.message
        with self._database.transaction() as connection:
            connection.execute(update(batch_files).where(*where).values(fetched=not refused, refused=refused))

    def expire(self, before: float) -> list[str]:
        """Discard those to which no file has come since this time (seconds since 1970), and that are not being
        published. Returns their tokens."""
        old = batches.c.at < before, batches.c.stage.in_((Stage.GATHERING, Stage.REPORTED, Stage.KEPT))
        with self._database.transaction() as connection:
            found = list(connection.execute(select(batches.c.token).where(*old)).scalars())
            connection.execute(update(batches).where(*old).values(stage=Stage.DISCARDED))
        return found

    def remove(self, token: str) -> None:
        """Nothing is left to do for a batch."""
        with self._database.transaction() as connection:
            connection.execute(delete(batch_files).where(batch_files.c.token == token))
            connection.execute(delete(batches).where(batches.c.token == token))

    def _change(self, *where: ColumnElement[bool], **values: object) -> bool:
        with self._database.transaction() as connection:
            return connection.execute(update(batches).where(*where).values(values)).rowcount > 0
