"""What people said of answers, and questions that got none. Nothing here tells who it was."""

import datetime
import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, insert, select, update

from esfbot.model.query import Query
from esfbot.state.database import Database
from esfbot.state.schema import feedback, unanswered
from esfbot.state.values import to_json

RIGHT, WRONG = "right", "wrong"
REASONS = ("project", "fact", "contact", "missing")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What somebody said of an answer. ``query`` is the question as read, in JSON; ``reason`` is one of `REASONS` or
    empty."""

    date: str
    question: str
    query: str
    projects: tuple[str, ...]
    verdict: str
    reason: str


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question that got no answer, and the day on which it was asked."""

    date: str
    question: str


class Verdicts:
    """Feedback, and questions without an answer."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, query: Query, projects: Sequence[str], verdict: str) -> int:
        """Keep a verdict on the answer to ``query``. Returns its number, for `change`."""
        row = {"date": _today().isoformat(), "question": query.text, "query": to_json(query)}
        row |= {"projects": json.dumps(projects), "verdict": verdict, "reason": ""}
        with self._database.transaction() as connection:
            (number,) = connection.execute(insert(feedback).values(row)).inserted_primary_key or (0,)
        return int(number)

    def change(self, number: int, verdict: str, reason: str = "") -> None:
        """Somebody thought better of it, or says why."""
        with self._database.transaction() as connection:
            values = {"verdict": verdict, "reason": reason}
            connection.execute(update(feedback).where(feedback.c.id == number).values(values))

    def all(self) -> list[Verdict]:
        """Every verdict, the newest first."""
        with self._database.transaction() as connection:
            rows = connection.execute(select(feedback).order_by(feedback.c.id.desc())).all()
        return [
            Verdict(row.date, row.question, row.query, tuple(json.loads(row.projects)), row.verdict, row.reason)
            for row in rows
        ]

    def add_unanswered(self, question: str) -> None:
        """Keep the text of a question that got no answer."""
        with self._database.transaction() as connection:
            connection.execute(insert(unanswered).values(date=_today().isoformat(), question=question))

    def unanswered(self) -> list[Unanswered]:
        """The questions that got no answer, the newest first."""
        query = select(unanswered.c.date, unanswered.c.question).order_by(unanswered.c.id.desc())
        with self._database.transaction() as connection:
            return [Unanswered(*row) for row in connection.execute(query)]

    def prune(self, days: int) -> None:
        """Forget questions without an answer that are older than so many days."""
        oldest = _today() - datetime.timedelta(days=days)
        with self._database.transaction() as connection:
            connection.execute(delete(unanswered).where(unanswered.c.date <= oldest.isoformat()))


def _today() -> datetime.date:
    return datetime.datetime.now(datetime.UTC).date()
