"""What Telegram knows: chats, messages, queries under way, menus, and what the bot has not been told yet."""

import asyncio
import itertools
import mimetypes
import time
from collections.abc import Iterator
from dataclasses import dataclass

from tests.telegram.api.limits import Limits
from tests.telegram.api.messages import BOT, Chat, Document, Message, Sent
from tests.telegram.api.refusals import Json, RefusedRequest, bad_request, too_many_requests
from tests.telegram.api.updates import PATIENCE, Updates


@dataclass(frozen=True, slots=True)
class Pressed:
    """The bot's answer to a press: ``text`` shows over the chat, or in a box with ``show_alert``."""

    text: str
    show_alert: bool
    url: str


@dataclass(frozen=True, slots=True)
class Inline:
    """The bot's answer to an inline query; ``cache_time`` is in seconds."""

    results: list[Json]
    next_offset: str
    button: Json | None
    cache_time: int
    is_personal: bool


class World:
    """Telegram without its HTTP. ``sent`` holds the bot's messages in order, each as it is now.

    ``chats`` are those where the bot can write, ``known`` the ids of people that it has met anywhere. With ``privacy``
    it is told of a group's messages only what is meant for it. ``menus`` are lists of commands by
    ``(scope type, chat id or 0, language code)``, ``descriptions`` by ``(method, language code)``. ``limits`` are
    Telegram's, if they are to be held, and ``refused_for_limits`` counts what they refused.
    """

    def __init__(self) -> None:
        self.sent: list[Sent] = []
        self.chats: dict[int, Chat] = {}
        self.known: set[int] = set()
        self.privacy = True
        self.menus: dict[tuple[str, int, str], list[Json]] = {}
        self.descriptions: dict[tuple[str, str], str] = {}
        self.limits: Limits | None = None
        self.refused_for_limits = 0
        self.updates = Updates()
        self.messages: dict[tuple[int, int], Message] = {}
        self.inline_messages: dict[str, Message] = {}
        self.presses: dict[str, asyncio.Future[Pressed]] = {}
        self.inline_queries: dict[str, asyncio.Future[Inline]] = {}
        self.files: dict[str, Document] = {}
        self.numbers = itertools.count(1)
        self._supergroups: dict[int, Iterator[int]] = {}

    @property
    def commands(self) -> list[Json]:
        """The menu of commands for everybody."""
        return self.menus.get(("default", 0, ""), [])

    @property
    def unconfirmed(self) -> int:
        """How many updates the bot would be given again if it started anew."""
        return len(self.updates.pending)

    async def polls(self, times: int = 1) -> None:
        """Wait until the bot has asked for updates ``times`` times more than when this is called."""
        await self.updates.polls(times)

    async def confirmed(self) -> None:
        """Wait until there is nothing that the bot would be given again."""
        await self.updates.confirmed()

    def now(self, sent: Sent) -> Sent:
        """Return a message of the bot as it is now; raises AssertionError if it was deleted."""
        return self._kept(sent).sent()

    def exists(self, sent: Sent) -> bool:
        """Whether a message of the bot is still there."""
        return (sent.chat_id, sent.message_id) in self.messages or sent.inline_id in self.inline_messages

    async def edited(self, sent: Sent, timeout: float = PATIENCE) -> Sent:
        """Return a message of the bot once it was changed after ``sent`` was seen; raises TimeoutError if it is not."""
        message = self._kept(sent)
        async with asyncio.timeout(timeout):
            while message.edits <= sent.edits:
                change = asyncio.get_running_loop().create_future()
                message.waiting.append(change)
                await change
        return message.sent()

    def forget_queries(self) -> None:
        """Let the time pass within which the bot can answer presses and inline queries."""
        self.presses.clear()
        self.inline_queries.clear()

    def frame(self, chat: Chat) -> Json:
        """Return what every new message in ``chat`` has."""
        numbers: Iterator[int] = self.numbers
        if chat.numbers_its_messages:
            numbers = self._supergroups.setdefault(chat.id, itertools.count(1))
        number = next(number for number in numbers if number not in chat.topics)
        return {"message_id": number, "date": int(time.time()), "chat": chat.frame}

    def keep(self, message: Message) -> None:
        """Keep a message, so that it can be replied to."""
        self.messages[message.frame["chat"]["id"], message.frame["message_id"]] = message

    def send(self, chat: Chat, message: Message) -> Json:
        """Send a message of the bot, whose frame has its content only, and return its whole frame."""
        self.spend(chat.id)
        message.frame = {**self.frame(chat), "from": BOT, **message.frame}
        message.place = len(self.sent)
        self.keep(message)
        sent = message.sent()
        self.sent.append(sent)
        chat.heard.put_nowait(sent)
        return message.frame

    def change(self, message: Message) -> None:
        """Tell everybody that a message of the bot has changed."""
        message.edits += 1
        message.frame["edit_date"] = int(time.time())
        if message.place >= 0:
            self.sent[message.place] = message.sent()
        for change in message.waiting:
            if not change.done():
                change.set_result(None)
        message.waiting.clear()

    def pressed_message(self, sent: Sent) -> Json:
        """What a press under ``sent`` tells of it: no content where it is old or gone."""
        if sent.inline_id:
            return {"inline_message_id": sent.inline_id}
        message = self.messages.get((sent.chat_id, sent.message_id))
        if message and not sent.old:
            return {"message": dict(message.frame)}
        return {"message": {"chat": self.chats[sent.chat_id].frame, "message_id": sent.message_id, "date": 0}}

    def keep_inline(self, message: Message) -> None:
        """Keep a message that a person sent by inline mode."""
        message.inline_id = f"inline-{next(self.numbers)}"
        self.inline_messages[message.inline_id] = message

    def add_file(self, document: Document) -> Json:
        """Keep a file, and return how the Bot API describes it."""
        number = f"file-{len(self.files) + 1}"
        self.files[number] = document
        mime_type = mimetypes.guess_type(document.filename)[0] or "application/octet-stream"
        described: Json = {"file_id": number, "file_unique_id": f"unique-{number}", "file_size": len(document.bytes)}
        return described | {"file_name": document.filename, "mime_type": mime_type}

    def spend(self, chat_id: int) -> None:
        """Count a message towards the limits; raises RefusedRequest when there are too many."""
        wait = self.limits.spend(chat_id) if self.limits else 0
        if wait:
            self.refused_for_limits += 1
            raise too_many_requests(wait)

    def chat(self, chat_id: object) -> Chat:
        """Return the chat of a request; raises RefusedRequest where the bot can't write."""
        if chat_id in (None, ""):
            raise bad_request("chat_id is empty")
        try:
            number = int(str(chat_id))
        except ValueError:
            raise bad_request("chat not found") from None
        chat = self.chats.get(number)
        if chat is None:
            if number in self.known:
                raise RefusedRequest(403, "Forbidden: bot can't initiate conversation with a user")
            raise bad_request("chat not found")
        if refusal := chat.refusal:
            raise refusal
        return chat

    def _kept(self, sent: Sent) -> Message:
        if sent.inline_id:
            return self.inline_messages[sent.inline_id]
        message = self.messages.get((sent.chat_id, sent.message_id))
        assert message, f"message {sent.message_id} in chat {sent.chat_id} was deleted"
        return message
