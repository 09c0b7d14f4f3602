"""What the bot knows of its conversations: where each stands, what a button stands for, what was answered."""

import base64
import hashlib
import json
import time
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from esfbot.model.query import Conversation, Query
from esfbot.state.database import Database
from esfbot.state.schema import conversations, exchanges, languages, replies, views
from esfbot.state.values import from_json, to_json


@dataclass(frozen=True, slots=True)
class Seat:
    """Who talks where: a person in a chat and its topic (0 for none). Each has a conversation of their own."""

    chat: int
    thread: int
    user: int


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and its answer: the messages that it was answered with, and the conversation it was asked in."""

    message: int
    replies: tuple[int, ...]
    query: Query
    projects: tuple[str, ...]
    before: Conversation
    feedback: int | None = None


class Memory:
    """Conversations, languages, views and exchanges."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def conversation(self, seat: Seat) -> tuple[Conversation, int]:
        """Where the conversation stands, and the message that it stands after (0 for none)."""
        query = select(conversations.c.value, conversations.c.message).where(*_at(seat))
        with self._database.transaction() as connection:
            row = connection.execute(query).first()
        return (_conversation(row.value), row.message) if row else (Conversation(), 0)

    def remember(self, seat: Seat, conversation: Conversation, message: int) -> None:
        """Keep where the conversation stands after ``message``."""
        values = {"message": message, "value": to_json(conversation), "at": time.time()}
        row = {"chat": seat.chat, "thread": seat.thread, "user": seat.user, **values}
        with self._database.transaction() as connection:
            connection.execute(insert(conversations).values(row).on_conflict_do_update(set_=values))

    def forget(self, chat: int, user: int) -> None:
        """Forget what a person asked in a chat, in all its topics."""
        with self._database.transaction() as connection:
            asked = select(exchanges.c.message).where(exchanges.c.chat == chat, exchanges.c.user == user)
            connection.execute(delete(replies).where(replies.c.chat == chat, replies.c.message.in_(asked)))
            for table in (conversations, exchanges):
                connection.execute(delete(table).where(table.c.chat == chat, table.c.user == user))

    def language(self, user: int) -> str:
        """The language that a person chose; empty where they did not."""
        query = select(languages.c.language).where(languages.c.user == user)
        with self._database.transaction() as connection:
            return connection.execute(query).scalar() or ""

    def choose_language(self, user: int, language: str) -> None:
        """Keep the language that a person chose."""
        with self._database.transaction() as connection:
            values = {"language": language}
            connection.execute(insert(languages).values(user=user, **values).on_conflict_do_update(set_=values))

    def keep_view(self, query: Query) -> str:
        """Keep a question as read, for buttons to stand for. Returns its token, the same each time: eight letters,
        digits, ``-`` and ``_``.

        The text of the question is left out, since what was read of it is enough.
        """
        text = to_json(replace(query, text=""))
        token = base64.urlsafe_b64encode(hashlib.blake2b(text.encode(), digest_size=6).digest()).decode()
        values = {"used": time.time()}
        row = insert(views).values(token=token, query=text, **values).on_conflict_do_update(set_=values)
        with self._database.transaction() as connection:
            connection.execute(row)
        return token

    def view(self, token: str) -> Query | None:
        """The question that a token stands for, or None where it is no longer kept."""
        with self._database.transaction() as connection:
            text = connection.execute(select(views.c.query).where(views.c.token == token)).scalar()
            if text is None:
                return None
            connection.execute(update(views).where(views.c.token == token).values(used=time.time()))
        try:
            return from_json(text, Query)
        except ValueError:
            return None

    def note(self, seat: Seat, exchange: Exchange) -> None:
        """Keep a question that is being answered; an edited one takes the place of what it was."""
        values = {
            "replies": json.dumps(exchange.replies),
            "query": to_json(exchange.query),
            "projects": json.dumps(exchange.projects),
            "before": to_json(exchange.before),
            "feedback": exchange.feedback,
            "at": time.time(),
        }
        row = {"chat": seat.chat, "thread": seat.thread, "user": seat.user, "message": exchange.message, **values}
        with self._database.transaction() as connection:
            connection.execute(insert(exchanges).values(row).on_conflict_do_update(set_=values))

    def answered(self, chat: int, message: int, reply: int) -> None:
        """A message of the bot's has gone out that answers the question ``message``."""
        found = self.exchange(chat, message)
        if found is None or reply in found.replies:
            return
        row = insert(replies).values(chat=chat, reply=reply, message=message).on_conflict_do_nothing()
        with self._database.transaction() as connection:
            connection.execute(row)
            self._change(chat, message, replies=json.dumps((*found.replies, reply)))

    def gone(self, chat: int, message: int, reply: int) -> None:
        """A message of the bot's that answered the question ``message`` has been deleted."""
        found = self.exchange(chat, message)
        with self._database.transaction() as connection:
            connection.execute(delete(replies).where(replies.c.chat == chat, replies.c.reply == reply))
            if found:
                left = [kept for kept in found.replies if kept != reply]
                self._change(chat, message, replies=json.dumps(left))

    def exchange(self, chat: int, message: int) -> Exchange | None:
        """What the question ``message`` was answered with, where that is still kept."""
        query = select(exchanges).where(exchanges.c.chat == chat, exchanges.c.message == message)
        with self._database.transaction() as connection:
            row = connection.execute(query).first()
        if row is None:
            return None
        try:
            asked = from_json(row.query, Query)
        except ValueError:
            return None
        return Exchange(
            message=row.message,
            replies=tuple(json.loads(row.replies)),
            query=asked,
            projects=tuple(json.loads(row.projects)),
            before=_conversation(row.before),
            feedback=row.feedback,
        )

    def exchange_of(self, chat: int, reply: int) -> Exchange | None:
        """The question that the bot's message ``reply`` answers."""
        query = select(replies.c.message).where(replies.c.chat == chat, replies.c.reply == reply)
        with self._database.transaction() as connection:
            message = connection.execute(query).scalar()
        return None if message is None else self.exchange(chat, message)

    def asked_before(self, chat: int, message: int, most: int) -> list[str]:
        """What the person who asked the question ``message`` had asked there before it, the last first."""
        asked = select(exchanges).where(exchanges.c.chat == chat, exchanges.c.message == message)
        with self._database.transaction() as connection:
            row = connection.execute(asked).first()
            if row is None:
                return []
            same = (getattr(exchanges.c, name) == getattr(row, name) for name in ("chat", "thread", "user"))
            before = select(exchanges.c.query).where(*same, exchanges.c.at < row.at).order_by(exchanges.c.at.desc())
            return [json.loads(query)["text"] for query in connection.execute(before.limit(most)).scalars()]

    def judged(self, chat: int, message: int, feedback: int) -> None:
        """The answer to the question ``message`` has been judged, see `esfbot.state.verdicts`."""
        with self._database.transaction():
            self._change(chat, message, feedback=feedback)

    def _change(self, chat: int, message: int, **values: object) -> None:
        with self._database.transaction() as connection:
            where = exchanges.c.chat == chat, exchanges.c.message == message
            connection.execute(update(exchanges).where(*where).values(values))

    def prune(self, *, exchanges_before: float, conversations_before: float, views_before: float) -> None:
        """Forget what was not used since these times (seconds since 1970)."""
        with self._database.transaction() as connection:
            connection.execute(delete(exchanges).where(exchanges.c.at < exchanges_before))
            kept = select(exchanges.c.message).where(exchanges.c.chat == replies.c.chat)
            connection.execute(delete(replies).where(replies.c.message.not_in(kept)))
            connection.execute(delete(conversations).where(conversations.c.at < conversations_before))
            connection.execute(delete(views).where(views.c.used < views_before))


def _at(seat: Seat) -> list[ColumnElement[bool]]:
    columns = conversations.c
    return [columns.chat == seat.chat, columns.thread == seat.thread, columns.user == seat.user]


def _conversation(text: str) -> Conversation:
    """The conversation as kept; one that an older version kept in another form is begun anew."""
    try:
        return from_json(text, Conversation)
    except ValueError:
        return Conversation()
