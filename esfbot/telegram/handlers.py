"""What the bot does with a message: ask the service, off the event loop, and send what comes back."""

import asyncio
from collections.abc import Callable
from typing import Any, ParamSpec, Protocol, TypeVar

from telegram import LinkPreviewOptions, Message, Update, User
from telegram.ext import CallbackContext

from esfbot.model.answer import Answer
from esfbot.model.query import Conversation
from esfbot.render.telegram import render

Context = CallbackContext[Any, Any, Any, Any]
P = ParamSpec("P")
T = TypeVar("T")

# Fewer than the threads asyncio has on any machine (five and up): those look up host names as well, and must not all
# be taken by questions.
ANSWERS_AT_ONCE = 4


class Answerer(Protocol):
    """What the bot needs of the service. Both methods are called from several threads."""

    def answer(self, question: str, conversation: Conversation) -> tuple[Answer, Conversation]:
        """Answer ``question`` and return the conversation that the next question continues."""
        ...

    def welcome(self, language: str) -> Answer:
        """Return a greeting with examples in ``language`` (``sv`` or ``en``)."""
        ...


class Desk:
    """The handlers, around the service that they share.

    A conversation is remembered for each chat and user, as long as the program runs.
    """

    def __init__(self, service: Answerer) -> None:
        self._service = service
        self._turns = asyncio.Semaphore(ANSWERS_AT_ONCE)

    async def greet(self, update: Update, context: Context) -> None:
        """Greet in the language of the person's Telegram, and begin a new conversation."""
        message, user, conversations = _said(update, context)
        conversations.pop(user.id, None)
        await _reply(message, await self._aside(self._service.welcome, spoken_by(user)))

    async def answer(self, update: Update, context: Context) -> None:
        """Answer the message as the next question of the conversation."""
        message, user, conversations = _said(update, context)
        conversation = conversations.get(user.id, Conversation())
        answer, conversations[user.id] = await self._aside(self._service.answer, message.text or "", conversation)
        await _reply(message, answer)

    async def _aside(self, ask: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call ``ask`` in a thread, and wait for a turn if too many are being answered."""
        async with self._turns:
            return await asyncio.to_thread(ask, *args, **kwargs)


def spoken_by(user: User | None) -> str:
    """The language to address ``user`` in: ``sv`` where their Telegram is in Swedish, else ``en``."""
    tag = (user.language_code if user else None) or ""
    return "sv" if tag.lower().split("-")[0] == "sv" else "en"


async def _reply(message: Message, answer: Answer) -> None:
    texts = render(answer)
    if not texts:
        raise ValueError("an answer with nothing to show")
    for text in texts:
        await message.reply_html(text, link_preview_options=LinkPreviewOptions(is_disabled=True))


def _said(update: Update, context: Context) -> tuple[Message, User, dict[int, Conversation]]:
    """The message, who wrote it, and the chat's conversations by user id."""
    message = update.message
    if message is None or message.from_user is None or context.chat_data is None:
        raise TypeError("an update that is no message from a person: the handler's filter let it through")
    return message, message.from_user, context.chat_data
