"""The product in one object: settings, store and encoder opened once, questions answered one after the other."""

import datetime
import threading
from dataclasses import replace
from pathlib import Path

from esfbot.answers.compose import compose
from esfbot.answers.talk import welcome
from esfbot.encoders import Encoder, load_encoder
from esfbot.errors import EmbeddingsError
from esfbot.model.answer import Answer, Kind, Say
from esfbot.model.query import Conversation, Query
from esfbot.questions.understand import understand
from esfbot.settings import Settings
from esfbot.store import generations
from esfbot.store.sqlite import SqliteStore
from esfbot.wording.load import say


class Service:
    """Answers questions from the live generation, and takes up a newer one between two answers.

    Safe to use from several threads: an answer is made from one generation throughout.
    """

    def __init__(self, settings: Settings) -> None:
        """Open the live generation. Raises EmbeddingsError where there is none or it can't be used."""
        self._settings = settings
        self._lock = threading.Lock()
        self._encoder: Encoder | None = None
        self._folder: Path | None = None
        self._store = self._live_store()

    def _live_store(self) -> SqliteStore:
        folder = generations.live(self._settings.embeddings)
        if folder != self._folder:
            generations.check(folder, self._settings.model)
            self._store = SqliteStore(folder)
            self._folder = folder
        return self._store

    def encoder(self) -> Encoder:
        """The encoder, loaded when it is first needed."""
        with self._lock:
            if self._encoder is None:
                self._encoder = load_encoder(self._settings.model)
            return self._encoder

    def answer(self, question: str, conversation: Conversation) -> tuple[Answer, Conversation]:
        """Answer a question, and return the conversation as it stands after it."""
        store = self.store
        conversation = _still_there(conversation, store)
        return self._reply(understand(question, conversation, store), conversation, store)

    def reply(self, query: Query, conversation: Conversation) -> tuple[Answer, Conversation]:
        """Answer a question that has been read, as a button stands for one; the conversation goes on from it.

        It may have been read long ago: of projects that the live generation no longer has, that is said.
        """
        store = self.store
        conversation = _still_there(conversation, store)
        there = tuple(store.titles(query.projects)) if query.projects else ()
        if query.projects and not there:
            gone = Say(say("project_gone", query.language))
            return Answer(query.text, query.language, Kind.NONE_THERE, (gone,), abstained=True), conversation
        return self._reply(replace(query, projects=there), conversation, store)

    def _reply(self, query: Query, conversation: Conversation, store: SqliteStore) -> tuple[Answer, Conversation]:
        answer = compose(query, store, self.encoder)
        return answer, remembered(conversation, query, answer)

    def _current(self) -> SqliteStore:
        """The live generation's store; the one at hand where what is live now can't be used."""
        try:
            return self._live_store()
        except EmbeddingsError:
            return self._store

    def understand(self, question: str, conversation: Conversation) -> Query:
        """Read a question without answering it."""
        store = self.store
        return understand(question, _still_there(conversation, store), store)

    def welcome(self, language: str) -> Answer:
        """A greeting with examples that work on the live sheets."""
        return welcome(self.store, language)

    def embedded(self) -> datetime.datetime:
        """When the live generation was made (UTC)."""
        store = self.store
        return datetime.datetime.fromisoformat(
            generations.read_manifest(self._settings.embeddings / store.name).created
        )

    @property
    def store(self) -> SqliteStore:
        """The store of the live generation."""
        with self._lock:
            return self._current()

    def close(self) -> None:
        """Let go of the store."""
        self._store.close()


def _still_there(conversation: Conversation, store: SqliteStore) -> Conversation:
    """The conversation without projects that a newer generation no longer has."""
    asked = conversation.query.projects if conversation.query else ()
    if not (conversation.focus or conversation.listed or asked):
        return conversation
    known = store.titles((*conversation.focus, *conversation.listed, *asked))
    return replace(
        conversation,
        query=conversation.query if set(asked) <= known.keys() else None,
        focus=tuple(id_ for id_ in conversation.focus if id_ in known),
        listed=tuple(id_ for id_ in conversation.listed if id_ in known),
    )


def remembered(before: Conversation, query: Query, answer: Answer) -> Conversation:
    """The conversation after ``answer``: its projects are in focus.

    A new subject replaces the old even where the sheets lack it: after "no project in Luleå" the next question is not
    about the project before. What is no question about projects leaves the focus as it was.
    """
    ids = tuple(project.id for project in answer.projects)
    if answer.kind in (Kind.NONE_THERE, Kind.UNKNOWN):
        return Conversation(query.language, query=query)
    asked_back = answer.kind is Kind.ASK_BACK
    if answer.kind in (Kind.TALK, Kind.OUTSIDE):
        return replace(before, language=query.language)
    return Conversation(query.language, ids or before.focus, _listed(before, query, ids), query, asked_back)


def _listed(before: Conversation, query: Query, ids: tuple[str, ...]) -> tuple[str, ...]:
    """The projects that "them" and "the second" stand for: those last shown together, or one after the other, as by
    "och SAMLA?"."""
    if len(ids) > 1 or not ids:
        return ids or before.listed
    one_more = query.continued and not query.inherited and len(before.focus) == 1 and before.focus != ids
    if not one_more:
        return before.listed
    known = before.listed if before.query and before.query.continued else before.focus
    return tuple(dict.fromkeys((*known, *before.focus, *ids)))
