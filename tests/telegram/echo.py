"""A service to talk to in tests: its answers show the question and the conversation that it was asked in."""

import threading
from dataclasses import dataclass, field

from esfbot.model.answer import Answer, Card, Kind, ProjectRef, Row, Say
from esfbot.model.project import Source
from esfbot.model.query import Conversation


@dataclass
class Echo:
    """Answers with a card: the question is its title, and one row tells what was asked before.

    A question that begins with ``wait`` is answered once ``go`` is set; ``begun`` is set when it is reached.
    """

    begun: threading.Event = field(default_factory=threading.Event)
    go: threading.Event = field(default_factory=threading.Event)

    def answer(self, question: str, conversation: Conversation) -> tuple[Answer, Conversation]:
        """Answer, and remember the question as the conversation's focus."""
        if question.startswith("wait"):
            self.begun.set()
            self.go.wait(10)
        before = ", ".join(conversation.focus) or "nothing"
        row = Row("owner", "Before", before, before, Source("echo.txt", 1))
        answer = Answer(question, "en", Kind.FACTS, (Card(ProjectRef("1", question), (row,)),))
        return answer, Conversation(focus=(*conversation.focus, question))

    def welcome(self, language: str) -> Answer:
        """Greet in ``language``."""
        greeting = {"sv": "Hej och välkommen!", "en": "Hello and welcome!"}[language]
        return Answer("", language, Kind.TALK, (Say(greeting),))


@dataclass(frozen=True)
class Fixed:
    """Gives the same answer to every question, or raises it where it is an exception."""

    reply: Answer | Exception

    def answer(self, question: str, conversation: Conversation) -> tuple[Answer, Conversation]:
        """Return or raise the reply."""
        if isinstance(self.reply, Exception):
            raise self.reply
        return self.reply, conversation

    def welcome(self, language: str) -> Answer:
        """Greet as `Echo` does."""
        return Echo().welcome(language)
