"""Where every update is worked on: in its turn, off the event loop, its reply kept before it is sent."""

import asyncio
import datetime
import logging
import time
from collections.abc import Callable, Coroutine
from contextlib import AbstractContextManager
from typing import Any, Protocol

from sqlalchemy.exc import DBAPIError
from telegram import Update
from telegram.ext import CallbackContext

from esfbot.model.answer import Answer
from esfbot.model.query import Conversation, Query
from esfbot.render.presses import generation_key
from esfbot.render.screens import Showing
from esfbot.settings import Settings
from esfbot.state.memory import Seat
from esfbot.state.state import State
from esfbot.store.sqlite import SqliteStore
from esfbot.telegram import calls
from esfbot.telegram.bot import FetchingBot
from esfbot.telegram.inbox import Inbox
from esfbot.telegram.metrics import Metrics
from esfbot.telegram.pace import Pace
from esfbot.telegram.pool import Pool
from esfbot.telegram.post import Post
from esfbot.telegram.quota import Quota
from esfbot.telegram.reply import Reply
from esfbot.telegram.said import Said, said_in
from esfbot.telegram.typing import Typing
from esfbot.telegram.upkeep import Upkeep
from esfbot.wording.load import say

Context = CallbackContext[Any, Any, Any, Any]
_logger = logging.getLogger(__name__)
_LATE = 60.0  # seconds after which a message is one from while the bot was down
_AT_ONCE = 4  # answers worked out at the same time


class Answerer(Protocol):
    """What the bot needs of the service. Its methods are called from several threads."""

    def reply(self, query: Query, conversation: Conversation) -> tuple[Answer, Conversation]:
        """Answer a question that has been read."""
        ...

    def understand(self, question: str, conversation: Conversation) -> Query:
        """Read a question."""
        ...

    def welcome(self, language: str) -> Answer:
        """A greeting with examples in ``language`` (``sv`` or ``en``)."""
        ...

    def embedded(self) -> datetime.datetime:
        """When the live generation was made (UTC)."""
        ...

    def pinned(self) -> AbstractContextManager[None]:
        """Keep to one generation in ``with``, also when another goes live meanwhile."""
        ...

    @property
    def store(self) -> SqliteStore:
        """The store of the live generation."""
        ...


Handler = Callable[["Desk", Said], Reply]


class Desk:
    """What the handlers share. `serves` makes a handler of this kind one of python-telegram-bot's."""

    def __init__(
        self,
        settings: Settings,
        service: Answerer,
        state: State,
        bot: FetchingBot,
        metrics: Metrics,
        pace: Pace | None = None,
    ) -> None:
        self.settings = settings
        self.service = service
        self.state = state
        self.bot = bot
        self.metrics = metrics
        self.inbox = Inbox(state.mail)
        self.post = Post(bot, state, metrics, pace)
        self.upkeep = Upkeep(settings, state, bot, self.post, metrics)
        self._typing = Typing(bot)
        self._quota = Quota(settings.questions_a_minute)
        self._pool = Pool(_AT_ONCE)
        self._waiting = 0
        self._later: dict[int, asyncio.Task[None]] = {}

    # What handlers ask for

    def showing(self, said: Said) -> Showing:
        """What screens need in the chat of ``said``."""
        return Showing(
            keep=self.state.memory.keep_view,
            read=lambda text: self.service.understand(text, Conversation()),
            generation=generation_key(self.service.store.name),
            bot=self.bot.username,
            hides_contacts=not said.private and self.settings.group_contacts == "private",
        )

    def language(self, said: Said) -> str:
        """The language for menus and fixed texts: the one that the person chose, or that of their Telegram."""
        return self.state.memory.language(said.seat.user) or said.language

    def is_maintainer(self, seat: Seat) -> bool:
        """Whether somebody who looks after the bot is talking, or a chat of theirs."""
        return bool({seat.user, seat.chat} & set(self.settings.maintainers))

    def says(self, said: Said, sentence: str, **values: object) -> Reply:
        """One sentence of the bot's own, in the form in which what was said is answered: a message or a notice."""
        return Reply((calls.brief(said, say(sentence, self.language(said), **values)),))

    # How updates are served

    def serves(
        self, handler: Handler, *, counted: bool = False
    ) -> Callable[[Update, Context], Coroutine[Any, Any, None]]:
        """``handler`` as python-telegram-bot takes it; ``counted`` ones count towards what a person may ask."""

        async def callback(update: Update, _: Context) -> None:
            said = said_in(update, self.bot.username)
            if said is None:
                return
            self.metrics.received(said.kind)
            began = time.perf_counter()
            with self._typing.shown(said.seat):
                reply = await self._reply(handler, said, counted=counted)
                await self._send(update.update_id, said.seat, reply)
            self.metrics.took(time.perf_counter() - began)

        return callback

    async def _reply(self, handler: Handler, said: Said, *, counted: bool) -> Reply:
        if not self._allowed(said.seat):
            return self.says(said, "not_allowed") if said.private or said.query else Reply()
        late = said.at < time.time() - _LATE  # what people wrote while the bot was down comes all at once
        if counted and not late and (verdict := self._quota.asks(said.seat.user, time.monotonic())) is not None:
            return self.says(said, "too_many", count=self.settings.questions_a_minute) if verdict else Reply()
        if self._waiting >= self.settings.waiting:
            self.metrics.fault("busy")
            return self.says(said, "busy")
        self._waiting += 1
        try:
            return await self._pool.run(lambda: self._handled(handler, said))
        finally:
            self._waiting -= 1

    def _handled(self, handler: Handler, said: Said) -> Reply:
        """What a handler replies, all of it from one generation."""
        try:
            with self.service.pinned():
                return handler(self, said)
        except DBAPIError:
            # What was live may just have been removed, as when somebody is withheld: the second look finds what is now.
            with self.service.pinned():
                return handler(self, said)

    async def send(self, update_id: int, said: Said, *sent: calls.Call) -> None:
        """Send ``sent`` for an update, and nothing else."""
        await self._send(update_id, said.seat, Reply(sent))

    async def _send(self, update_id: int, seat: Seat, reply: Reply) -> None:
        """Keep the reply, so that it is not worked out again whenever the program ends, and send it."""

        def keep() -> None:
            with self.state.transaction():
                if reply.conversation is not None:
                    message = reply.exchange.message if reply.exchange else 0
                    self.state.memory.remember(seat, reply.conversation, message)
                if reply.exchange:
                    self.state.memory.note(seat, reply.exchange)
                if reply.unanswered:
                    self.state.verdicts.add_unanswered(reply.unanswered)
                self.state.mail.put_out(update_id, [call.to_json() for call in reply.calls])

        await asyncio.to_thread(keep)
        await self.deliver(update_id)

    async def deliver(self, update_id: int) -> None:
        """Send what is kept for an update; what can't be sent yet is sent later, and nobody waits for it."""
        if wait := await self.post.deliver(update_id):
            self._later[update_id] = asyncio.create_task(self._deliver_later(update_id, wait))

    async def _deliver_later(self, update_id: int, wait: float) -> None:
        longest = wait
        try:
            while wait:
                await asyncio.sleep(wait)
                again = await self.post.deliver(update_id)
                longest *= 2  # what arrives each time, and is only never confirmed, comes seldomer and seldomer
                wait = max(again, longest) if again else 0.0
        finally:
            del self._later[update_id]
        await self.finish(update_id)

    async def finish(self, update_id: int) -> None:
        """Nothing is left to do for an update, unless something is still to be sent."""
        if update_id not in self._later:
            await self.inbox.finish(update_id)

    async def close(self) -> None:
        """Let go; what is still to be sent is sent after the next start."""
        await self.upkeep.close()
        later = list(self._later.values())
        for task in later:
            task.cancel()
        await asyncio.gather(*later, return_exceptions=True)
        await self._typing.close()
        self._pool.close()

    # How it is polite

    def _allowed(self, seat: Seat) -> bool:
        allowed = {*self.settings.allowed, *(self.settings.maintainers if self.settings.allowed else ())}
        return not allowed or bool({seat.user, seat.chat} & allowed)
