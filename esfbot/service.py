"""The product in one object: settings, store and encoder opened once, questions answered one after the other."""

import contextlib
import datetime
import logging
import threading
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass, replace
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
from esfbot.store.generations import Manifest
from esfbot.store.sqlite import SqliteStore
from esfbot.wording.load import say

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Generation:
    folder: Path
    store: SqliteStore
    manifest: Manifest


class Service:
    """Answers questions from the live generation, and takes up a newer one between two answers.

    Safe to use from several threads: an answer is made from one generation throughout, and so is all that is looked up
    in `pinned`. Questions are read by the model that the generation was made with.
    """

    def __init__(self, settings: Settings, generation: Path | None = None) -> None:
        """Open the live generation, or the folder ``generation`` and no other. Raises EmbeddingsError where there is
        none or it can't be used."""
        self._settings = settings
        self._lock = threading.Lock()
        self._encoders: dict[str, Encoder] = {}
        self._fixed = generation
        self._opening = threading.Lock()
        self._broken: Path | None = None
        self._unusable = ""
        self._pinned: ContextVar[_Generation | None] = ContextVar("generation", default=None)
        self._current = self._opened(generation or generations.live(settings.embeddings))

    def _opened(self, folder: Path) -> _Generation:
        manifest = generations.check(folder)
        return _Generation(folder, SqliteStore(folder), manifest)

    def _generation(self) -> _Generation:
        """The live generation, or the one pinned; the one at hand where what is live now can't be used.

        Whoever notices another opens it; the others go on with the one at hand until then.
        """
        if pinned := self._pinned.get():
            return pinned
        if not self._fixed and self._opening.acquire(blocking=False):
            try:
                self._take_up()
            except EmbeddingsError as error:
                if str(error) != self._unusable:  # said once, not at each question
                    self._unusable = str(error)
                    _logger.warning("Still answering from %s: %s", self._current.folder.name, error)
            finally:
                self._opening.release()
        return self._current

    def _take_up(self) -> None:
        folder = generations.live(self._settings.embeddings)
        if folder not in (self._current.folder, self._broken):
            self._broken = folder
            self._current = self._opened(folder)
            self._broken = None

    @contextlib.contextmanager
    def pinned(self) -> Iterator[None]:
        """Keep to one generation in ``with``, also when another goes live meanwhile."""
        token = self._pinned.set(self._generation())
        try:
            yield
        finally:
            self._pinned.reset(token)

    def encoder(self) -> Encoder:
        """The encoder of the generation, loaded when it is first needed."""
        return self._encoder_of(self._generation().manifest.model)

    def _encoder_of(self, model: str) -> Encoder:
        with self._lock:
            if model not in self._encoders:
                self._encoders = {model: load_encoder(model)}
            return self._encoders[model]

    def answer(self, question: str, conversation: Conversation) -> tuple[Answer, Conversation]:
        """Answer a question, and return the conversation as it stands after it."""
        generation = self._generation()
        conversation = _still_there(conversation, generation.store)
        return self._reply(understand(question, conversation, generation.store), conversation, generation)

    def reply(self, query: Query, conversation: Conversation) -> tuple[Answer, Conversation]:
        """Answer a question that has been read, as a button stands for one; the conversation goes on from it.

        It may have been read long ago: of projects that the live generation no longer has, that is said.
        """
        generation = self._generation()
        conversation = _still_there(conversation, generation.store)
        there = tuple(generation.store.titles(query.projects)) if query.projects else ()
        if query.projects and not there:
            gone = Say(say("project_gone", query.language))
            return Answer(query.text, query.language, Kind.NONE_THERE, (gone,), abstained=True), conversation
        return self._reply(replace(query, projects=there), conversation, generation)

    def _reply(self, query: Query, conversation: Conversation, generation: _Generation) -> tuple[Answer, Conversation]:
        answer = compose(query, generation.store, lambda: self._encoder_of(generation.manifest.model))
        return answer, remembered(conversation, query, answer)

    def understand(self, question: str, conversation: Conversation) -> Query:
        """Read a question without answering it."""
        store = self.store
        return understand(question, _still_there(conversation, store), store)

    def welcome(self, language: str) -> Answer:
        """A greeting with examples that work on the live sheets."""
        return welcome(self.store, language)

    def embedded(self) -> datetime.datetime:
        """When the live generation was made (UTC)."""
        return datetime.datetime.fromisoformat(self._generation().manifest.created)

    @property
    def store(self) -> SqliteStore:
        """The store of the live generation."""
        return self._generation().store

    def close(self) -> None:
        """Let go of the store."""
        self._current.store.close()


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
