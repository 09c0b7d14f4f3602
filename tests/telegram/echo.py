"""Services to talk to in tests: what they answer shows the question, and the conversation that it was asked in."""

import datetime
import threading
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from esfbot.model.answer import Answer, Card, Kind, ProjectRef, Row, Say
from esfbot.model.project import Source
from esfbot.model.query import Conversation, Operation, Query
from esfbot.service import Service
from esfbot.store.sqlite import SqliteStore


@dataclass
class Echo:
    """Answers with a card: the question is its title, and one row tells what was asked before.

    A question that begins with ``wait`` is answered once ``go`` is set; ``begun`` is set when it is reached.
    ``service`` is the real one, for what is not asked in words.
    """

    service: Service
    begun: threading.Event = field(default_factory=threading.Event)
    go: threading.Event = field(default_factory=threading.Event)

    def understand(self, question: str, conversation: Conversation) -> Query:
        """The question as it is."""
        return Query(question, "en", Operation.SHOW)

    def reply(self, query: Query, conversation: Conversation) -> tuple[Answer, Conversation]:
        """Answer, and remember the question as the conversation's focus."""
        if query.text.startswith("wait"):
            self.begun.set()
            self.go.wait(10)
        before = ", ".join(conversation.focus) or "nothing"
        row = Row("owner", "Before", before, before, Source("echo.txt", 1))
        project = ProjectRef("1", query.text)
        answer = Answer(query.text, "en", Kind.FACTS, (Card(project, (row,)),), (project,))
        return answer, Conversation(focus=(*conversation.focus, query.text))

    def welcome(self, language: str) -> Answer:
        """Greet in ``language``."""
        greeting = {"sv": "Hej och välkommen!", "en": "Hello and welcome!"}[language]
        return Answer("", language, Kind.TALK, (Say(greeting),))

    def pinned(self) -> AbstractContextManager[None]:
        """Keep to the real service's generation."""
        return self.service.pinned()

    def embedded(self) -> datetime.datetime:
        """When the real service's sheets were embedded."""
        return self.service.embedded()

    @property
    def store(self) -> SqliteStore:
        """The real service's store."""
        return self.service.store


@dataclass
class Fixed(Echo):
    """Gives the same answer to every question, or raises it where it is an exception."""

    answer: Answer | Exception = field(kw_only=True)

    def reply(self, query: Query, conversation: Conversation) -> tuple[Answer, Conversation]:
        """Return or raise the answer."""
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer, conversation
