"""What came in and what is to go out: no update is lost or handled twice, whenever the process ends."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as insert_or_ignore

from esfbot.state.database import Database
from esfbot.state.schema import inbox, outbox


@dataclass(frozen=True, slots=True)
class Waiting:
    """A call that is to be sent. ``begun`` is when a sending began whose outcome is not known (seconds since 1970)."""

    id: int
    call: str
    begun: float | None


class Mail:
    """The inbox and the outbox."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def receive(self, updates: Iterable[tuple[int, str]]) -> set[int]:
        """Take in updates (number, JSON). Returns the numbers of those that are new."""
        new = set()
        with self._database.transaction() as connection:
            for update_id, body in updates:
                row = {"update_id": update_id, "body": body, "received": time.time(), "done": False}
                done = connection.execute(insert_or_ignore(inbox).values(row).on_conflict_do_nothing())
                if done.rowcount:
                    new.add(update_id)
        return new

    def unhandled(self) -> list[tuple[int, str]]:
        """The updates that are not done, in order: what was under way when the process ended."""
        query = select(inbox.c.update_id, inbox.c.body).where(inbox.c.done.is_(False)).order_by(inbox.c.update_id)
        with self._database.transaction() as connection:
            return [(row.update_id, row.body) for row in connection.execute(query)]

    def put_out(self, update_id: int, calls: Sequence[str]) -> None:
        """Keep what is to be sent for an update; from then on the update is not worked on again, only sent."""
        with self._database.transaction() as connection:
            if calls:
                connection.execute(insert(outbox), [{"update_id": update_id, "call": call} for call in calls])
            connection.execute(update(inbox).where(inbox.c.update_id == update_id).values(body=""))

    def waiting(self, update_id: int) -> list[Waiting]:
        """What is still to be sent for an update, in order."""
        query = select(outbox.c.id, outbox.c.call, outbox.c.begun).where(outbox.c.update_id == update_id)
        with self._database.transaction() as connection:
            return [Waiting(*row) for row in connection.execute(query.order_by(outbox.c.id))]

    def begin(self, id_: int) -> None:
        """A sending begins; until it is told how it ended, its outcome is not known."""
        self._change(id_, begun=time.time())

    def replace(self, id_: int, call: str) -> None:
        """The sending that was begun surely did not arrive; ``call`` is to be sent now, the same or another."""
        self._change(id_, call=call, begun=None)

    def _change(self, id_: int, **values: object) -> None:
        with self._database.transaction() as connection:
            connection.execute(update(outbox).where(outbox.c.id == id_).values(values))

    def sent(self, id_: int) -> None:
        """It has been sent, or never can be."""
        with self._database.transaction() as connection:
            connection.execute(delete(outbox).where(outbox.c.id == id_))

    def done(self, update_id: int) -> None:
        """Nothing is left to do for an update."""
        with self._database.transaction() as connection:
            connection.execute(delete(outbox).where(outbox.c.update_id == update_id))
            connection.execute(update(inbox).where(inbox.c.update_id == update_id).values(body="", done=True))

    def forget(self, before: float) -> None:
        """Forget the numbers of updates that were done before this time."""
        with self._database.transaction() as connection:
            connection.execute(delete(inbox).where(inbox.c.done, inbox.c.received < before))
