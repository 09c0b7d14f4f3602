"""Messages and chats as Telegram keeps them, and what a person sees of them."""

import asyncio
from dataclasses import dataclass, field

from tests.telegram.api.refusals import Json, RefusedRequest

BOT: Json = {"id": 4711, "is_bot": True, "first_name": "ESF", "username": "esf_test_bot"}
_ICON_COLOR = 7322096  # a forum topic has a colour; clients choose this one first


@dataclass(frozen=True, slots=True)
class Document:
    """A file that the bot sent."""

    filename: str
    bytes: bytes
    caption: str


@dataclass(slots=True)
class Sent:
    """A message of the bot as it was when it was looked at.

    ``text`` is as it came, markup included, and ``seen`` what a person reads of it; both are a document's caption.
    ``entities`` counts what the markup formats, also beyond the 100 that Telegram keeps. ``topic`` is 0 outside topics.
    ``edits`` counts the changes so far. ``inline_id`` is set where it was sent by inline mode. A test sets ``old`` for
    a message so old that Telegram does not tell its content when a button under it is pressed.
    """

    message_id: int
    chat_id: int
    text: str
    seen: str
    keyboard: list[list[Json]] = field(default_factory=list)
    topic: int = 0
    reply_to: int | None = None
    contact: Json | None = None
    document: Document | None = None
    edits: int = 0
    entities: int = 0
    inline_id: str = ""
    old: bool = False

    def button(self, label: str) -> Json:
        """Return the first button whose text contains ``label``; raises AssertionError with those that there are."""
        buttons = [button for row in self.keyboard for button in row]
        for button in buttons:
            if label in button["text"]:
                return button
        raise AssertionError(f"no button {label!r}; there are {[button['text'] for button in buttons]}")


@dataclass(slots=True, eq=False)
class Message:
    """A message of anybody's: ``frame`` is what the Bot API tells of it, ``text`` how the bot wrote it."""

    frame: Json
    text: str = ""
    entities: int = 0
    document: Document | None = None
    inline_id: str = ""
    edits: int = 0
    place: int = -1  # in the list of the bot's messages
    waiting: list[asyncio.Future[None]] = field(default_factory=list)

    @property
    def is_of_bot(self) -> bool:
        """Whether the bot sent it."""
        return bool(self.frame["from"]["id"] == BOT["id"])

    @property
    def markup(self) -> Json | None:
        """The inline keyboard under it."""
        return self.frame.get("reply_markup")

    def sent(self) -> Sent:
        """Return what there is to see of it now."""
        frame = self.frame
        markup = frame.get("reply_markup")
        reply = frame.get("reply_to_message")
        return Sent(
            message_id=frame["message_id"],
            chat_id=frame["chat"]["id"],
            text=self.text,
            seen=str(frame.get("text") or frame.get("caption") or ""),
            keyboard=markup["inline_keyboard"] if markup else [],
            topic=frame["message_thread_id"] if "is_topic_message" in frame else 0,
            reply_to=reply["message_id"] if reply else None,
            contact=frame.get("contact"),
            document=self.document,
            edits=self.edits,
            entities=self.entities,
            inline_id=self.inline_id,
        )


@dataclass(slots=True, eq=False)
class Chat:
    """Where the bot writes: a person's private chat, or a group."""

    id: int
    heard: asyncio.Queue[Sent] = field(default_factory=asyncio.Queue)
    topics: dict[int, Json] = field(default_factory=dict)  # by number: the message that began each
    has_topics: bool = False
    title: str = ""
    kind: str = "private"

    @property
    def frame(self) -> Json:
        """The chat as the Bot API describes it."""
        frame: Json = {"id": self.id, "type": self.kind, "title": self.title}
        return frame | ({"is_forum": True} if self.has_topics else {})

    @property
    def refusal(self) -> RefusedRequest | None:
        """Why the bot can't write here, if it can't."""
        return None

    @property
    def numbers_its_messages(self) -> bool:
        """Whether its messages are numbered from 1, as in supergroups; other chats share one row of numbers."""
        return self.kind == "supergroup"

    def thread(self, topic: int) -> Json:
        """What a message in ``topic`` carries besides its own content: it counts as a reply to what began the topic."""
        if not topic:
            return {}
        return {"message_thread_id": topic, "is_topic_message": True, "reply_to_message": self.topics[topic]}

    def begin_topic(self, topic: int, frame: Json) -> None:
        """Make a topic, unless there is one of that number; ``frame`` is a message's, with its sender."""
        begun = {"name": f"Topic {topic}", "icon_color": _ICON_COLOR}
        thread = {"message_id": topic, "message_thread_id": topic, "is_topic_message": True}
        self.topics.setdefault(topic, {**frame, **thread, "forum_topic_created": begun})
