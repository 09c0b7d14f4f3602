"""People and groups to talk to: what they do reaches the bot, and what the bot does reaches them."""

import asyncio
import re
import time
import uuid
from dataclasses import dataclass, field
from typing import Literal, overload

from tests.telegram.api.inline import inline_message
from tests.telegram.api.markup import units
from tests.telegram.api.messages import BOT, Chat, Document, Message, Sent
from tests.telegram.api.refusals import Json, RefusedRequest
from tests.telegram.api.updates import PATIENCE
from tests.telegram.api.world import Inline, Pressed, World

_COMMAND = re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])")
_MENTION = re.compile(r"(?<!\w)@[A-Za-z0-9_]{3,32}(?!\w)")
_AT_BOT = f"@{BOT['username']}"


@dataclass(slots=True, eq=False)
class Group(Chat):
    """A group with the bot in it, until it is ``kicked``."""

    kicked: bool = False

    @property
    def refusal(self) -> RefusedRequest | None:
        """That the bot was thrown out."""
        return RefusedRequest(403, f"Forbidden: bot was kicked from the {self.kind} chat") if self.kicked else None

    async def hears(self, timeout: float = PATIENCE) -> Sent:
        """Return the bot's next message here; raises TimeoutError where there is none within ``timeout`` seconds."""
        return await asyncio.wait_for(self.heard.get(), timeout)


@dataclass(slots=True, eq=False, kw_only=True)
class Person(Chat):
    """Somebody who writes to the bot; ``blocked`` is whether they have had enough of it."""

    server: World = field(repr=False)
    language_code: str | None = None
    username: str | None = None
    blocked: bool = False

    @property
    def user(self) -> Json:
        """Them as the Bot API describes them."""
        user = {"id": self.id, "is_bot": False, "first_name": f"Person {self.id}"}
        more = {"username": self.username, "language_code": self.language_code}
        return user | {name: value for name, value in more.items() if value}

    @property
    def frame(self) -> Json:
        """Their private chat as the Bot API describes it."""
        names = {name: value for name, value in self.user.items() if name in ("first_name", "username")}
        return {"id": self.id, "type": "private", **names}

    @property
    def refusal(self) -> RefusedRequest | None:
        """That they blocked the bot."""
        return RefusedRequest(403, "Forbidden: bot was blocked by the user") if self.blocked else None

    async def says(
        self, text: str, *, group: int | Chat = 0, topic: int = 0, reply_to: Sent | int | None = None
    ) -> int:
        """Write ``text``, in private or in the group of that id, and return the message's id."""
        return await self.posts(group=group, topic=topic, reply_to=reply_to, **written(text))

    async def posts(
        self, *, group: int | Chat = 0, topic: int = 0, reply_to: Sent | int | None = None, **content: object
    ) -> int:
        """Post a message with any content, such as ``sticker``, and return its id.

        The first message with a ``topic`` begins it. A reply to a message that is gone is no reply.
        """
        chat = self._enter(group)
        frame = {**self.server.frame(chat), "from": self.user}
        if topic:
            assert chat.has_topics, f"{chat.title!r} has no topics"
            chat.begin_topic(topic, frame)
        frame |= chat.thread(topic)
        replied = self.server.messages.get(
            (chat.id, reply_to.message_id if isinstance(reply_to, Sent) else reply_to or 0)
        )
        if replied:
            frame["reply_to_message"] = {n: v for n, v in replied.frame.items() if n != "reply_to_message"}
            if chat.numbers_its_messages and not chat.has_topics:  # a reply begins a thread, which is no topic
                frame["message_thread_id"] = replied.frame.get("message_thread_id", replied.frame["message_id"])
        message = Message({**frame, **content})
        self.server.keep(message)
        self._tell("message", message)
        return int(frame["message_id"])

    async def sends_location(
        self, latitude: float, longitude: float, *, group: int | Chat = 0, reply_to: Sent | int | None = None
    ) -> int:
        """Send a place on the map, in degrees."""
        return await self.posts(group=group, reply_to=reply_to, location=_place(latitude, longitude))

    async def sends_venue(
        self, latitude: float, longitude: float, title: str, address: str = "", *, group: int | Chat = 0
    ) -> int:
        """Send a place with a name; Telegram fills ``location`` too."""
        place = _place(latitude, longitude)
        venue = {"location": place, "title": title, "address": address}
        return await self.posts(group=group, venue=venue, location=place)

    async def sends_document(
        self,
        filename: str,
        data: bytes,
        caption: str = "",
        *,
        group: int | Chat = 0,
        album: str = "",
        reply_to: Sent | int | None = None,
        **described: object,
    ) -> int:
        """Send a file, which the bot can fetch, alone or as one of an ``album``. ``described`` is what Telegram tells
        of it otherwise than it is, such as ``file_size``."""
        content: Json = {"document": self.server.add_file(Document(filename, data, caption)) | described}
        if caption:
            marked = written(caption)
            content |= {"caption": caption, "caption_entities": marked.get("entities", [])}
        content |= {"media_group_id": album} if album else {}
        return await self.posts(group=group, reply_to=reply_to, **content)

    async def edits(self, message_id: int, text: str, *, group: int | Chat = 0) -> None:
        """Change a message of theirs into ``text``."""
        message = self._own(message_id, group)
        message.frame = {name: value for name, value in message.frame.items() if name != "entities"}
        message.frame |= {"edit_date": int(time.time()), **written(text)}
        self._tell("edited_message", message)

    async def deletes(self, message_id: int, *, group: int | Chat = 0) -> None:
        """Delete a message of theirs, which bots are not told."""
        frame = self._own(message_id, group).frame
        del self.server.messages[frame["chat"]["id"], message_id]

    @overload
    async def presses(self, button: str | Json, sent: Sent | None = None) -> Pressed: ...
    @overload
    async def presses(self, button: str | Json, sent: Sent | None = None, *, wait: Literal[True]) -> Pressed: ...
    @overload
    async def presses(self, button: str | Json, sent: Sent | None = None, *, wait: Literal[False]) -> None: ...

    async def presses(self, button: str | Json, sent: Sent | None = None, *, wait: bool = True) -> Pressed | None:
        """Press a button, or one that carries such data, under ``sent``, and return the bot's answer to it.

        Without ``wait`` the press is sent and nothing returned. Raises TimeoutError where there is no answer.
        """
        if not isinstance(button, str):
            assert "callback_data" in button, f"the bot is not told of a press of {button}"
            button = str(button["callback_data"])
        self.server.known.add(self.id)
        query: Json = {"id": str(uuid.uuid4().int >> 65), "from": self.user, "data": button}
        query["chat_instance"] = str(-(sent.chat_id if sent else self.id) * 7919)
        if sent:
            query |= self.server.pressed_message(sent)
        answer = self.server.presses[query["id"]] = asyncio.get_running_loop().create_future()
        self.server.updates.add("callback_query", query, f"press {self.id}")
        return await asyncio.wait_for(answer, PATIENCE) if wait else None

    async def asks_inline(
        self, query: str, offset: str = "", chat_type: str = "sender", timeout: float = PATIENCE
    ) -> Inline:
        """Type ``@bot query`` in a chat, and return what the bot offers; raises TimeoutError where it does not answer.

        ``chat_type`` is that of the chat typed in: ``sender`` is the one with the bot.
        """
        self.server.known.add(self.id)
        number = str(uuid.uuid4().int >> 65)
        asked = {"id": number, "from": self.user, "query": query[:256], "offset": offset, "chat_type": chat_type}
        answer = self.server.inline_queries[number] = asyncio.get_running_loop().create_future()
        self.server.updates.add("inline_query", asked, f"inline {self.id}")
        return await asyncio.wait_for(answer, timeout)

    async def chooses(self, result: Json, query: str = "") -> Sent:
        """Send one of the results to a chat of theirs, and return the message, which the bot can edit by its inline id.

        Telegram gives that id to results with a keyboard only.
        """
        message = inline_message(result)
        self.server.keep_inline(message)
        chosen = {"result_id": result["id"], "from": self.user, "query": query}
        if message.markup:
            chosen["inline_message_id"] = message.inline_id
        self.server.updates.add("chosen_inline_result", chosen, f"choice {self.id}")
        return message.sent()

    async def hears(self, timeout: float = PATIENCE) -> Sent:
        """Return the bot's next message to them; raises TimeoutError where there is none within ``timeout`` seconds."""
        return await asyncio.wait_for(self.heard.get(), timeout)

    def _enter(self, group: int | Chat) -> Chat:
        """The chat that they write in: from now on the bot can write there too."""
        self.server.known.add(self.id)
        if isinstance(group, Chat):
            return group
        if group:
            return self.server.chats.setdefault(group, Group(group, title="Vi", kind="group"))
        return self.server.chats.setdefault(self.id, self)

    def _own(self, message_id: int, group: int | Chat) -> Message:
        """A message of theirs, in private or in any group where none is named."""
        chat_id = group.id if isinstance(group, Chat) else group or self.id
        found = self.server.messages.get((chat_id, message_id))
        others = (message for (_, number), message in self.server.messages.items() if number == message_id)
        for message in [found] if found or group else others:
            if message and message.frame["from"]["id"] == self.id:
                return message
        raise AssertionError(f"message {message_id} is not theirs")

    def _tell(self, kind: str, message: Message) -> None:
        frame = message.frame
        if frame["chat"]["id"] > 0 or not self.server.privacy or is_for_bot(frame):
            self.server.updates.add(kind, dict(frame), f"chat {frame['chat']['id']}")


def written(text: str) -> Json:
    """A text message as a person's client sends it, with the commands and names in it marked."""
    found = [("bot_command", match) for match in _COMMAND.finditer(text)]
    found += [("mention", match) for match in _MENTION.finditer(text)]
    found.sort(key=lambda entity: entity[1].start())
    entities = [
        {"type": kind, "offset": units(text[: match.start()]), "length": units(match[0])} for kind, match in found
    ]
    return {"text": text, **({"entities": entities} if entities else {})}


def is_for_bot(frame: Json) -> bool:
    """Whether a bot in privacy mode is told of a group's message: a command, its name, or a reply to it."""
    text = str(frame.get("text") or frame.get("caption") or "")
    if frame.get("reply_to_message", {}).get("from") == BOT:
        return True
    for entity in frame.get("entities") or frame.get("caption_entities") or ():
        part = _part(text, entity)
        if entity["type"] == "mention" and part.lower() == _AT_BOT:
            return True
        if entity["type"] == "bot_command" and not entity["offset"]:
            return "@" not in part or part.lower().endswith(_AT_BOT)
    return False


def _part(text: str, entity: Json) -> str:
    if text.isascii():
        return text[entity["offset"] : entity["offset"] + entity["length"]]
    wide = text.encode("utf-16-le")
    return wide[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])].decode("utf-16-le")


def _place(latitude: float, longitude: float) -> Json:
    return {"latitude": latitude, "longitude": longitude}
