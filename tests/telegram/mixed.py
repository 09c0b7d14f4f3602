"""A service for tests of delivery, and how they talk to the bot."""

import functools
from dataclasses import dataclass

import pytest

from esfbot.model.answer import Answer, Kind, Say
from esfbot.model.query import Conversation, Query
from esfbot.telegram.post import Post
from tests.telegram.api.server import BotApi, Person, Sent
from tests.telegram.echo import Echo

READ = 0.7  # seconds that the bot waits for an answer of Telegram's in these tests
_ENGLISH = ("long", "short", "wait", "one", "two", "three")


@dataclass
class Mixed(Echo):
    """Answers ``long`` with two messages, questions in English as `Echo` does, and others as the real service does."""

    def understand(self, question: str, conversation: Conversation) -> Query:
        """The question as it is, or as the real service reads it."""
        if question.split(maxsplit=1)[0] in _ENGLISH:
            return super().understand(question, conversation)
        return self.service.understand(question, conversation)

    def reply(self, query: Query, conversation: Conversation) -> tuple[Answer, Conversation]:
        """Answer in one of the three ways."""
        if query.text.startswith("long"):
            words = [f"word{number}" for number in range(700)]
            return Answer(query.text, "en", Kind.SECTION, (Say(" ".join(words)),)), conversation
        if query.language == "en":
            return super().reply(query, conversation)
        return self.service.reply(query, conversation)


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bot waits less than a second for Telegram's answers, and for replies under way when it stops, and a
    hundredth before it tries again."""
    monkeypatch.setattr("esfbot.telegram.request._READ", READ)
    monkeypatch.setattr("esfbot.telegram.run._LAST_REPLIES", READ)
    monkeypatch.setattr("esfbot.telegram.desk.Post", functools.partial(Post, pause=0.01))


async def ask(person: Person, question: str) -> Sent:
    """Ask in private, and return the answer."""
    await person.says(question)
    return await person.hears()


def sent_to(server: BotApi, chat: int) -> list[Sent]:
    """What the bot sent to a chat and did not delete, as it is now."""
    return [sent for sent in server.sent if sent.chat_id == chat and server.exists(sent)]
