"""What somebody said to the bot, taken out of an update of Telegram's."""

import re
from dataclasses import dataclass, field
from typing import Any

from telegram import CallbackQuery, Message, MessageEntity, Update, User
from telegram.constants import ChatType

from esfbot.language.words import fold
from esfbot.state.batches import Attached
from esfbot.state.memory import Seat

_LONGEST_NAME = 200  # characters of a file's name that are kept, from its end
_COMMAND = re.compile(r"/(?P<name>\w+)(?:@(?P<bot>\w+))?(?!\S)")


@dataclass(frozen=True, slots=True)
class Said:
    """A message, a press of a button, an inline search or a file.

    ``message`` is the message that was written or, of a press, the one that the button is under (0 where Telegram does
    not say). ``text`` is what was written, without a mention of the bot; of a press it is the button's data, of an
    inline search what was typed. ``language`` is that of the person's Telegram. ``query`` is the id that a press or an
    inline search is answered by, ``keyboard`` the buttons that the pressed one is among, ``offset`` from where the
    search goes on, ``where`` a position in degrees (latitude, longitude), ``at`` when a message was written or edited
    (seconds since 1970); ``searches`` tells an inline search from a press under a message that Telegram tells nothing
    of. ``replied`` is the bot's message that this one replies to (0 for none), and ``replied_text`` what stands there.
    Of a ``file``, ``to_bot`` tells whether it is meant for the bot and not only sent where the bot is.
    """

    seat: Seat
    message: int
    text: str
    language: str
    private: bool = True
    edited: bool = False
    query: str = ""
    searches: bool = False
    offset: str = ""
    chat_type: str = ""
    keyboard: tuple[tuple[dict[str, Any], ...], ...] = field(default=(), repr=False)
    where: tuple[float, float] | None = None
    at: float = 0.0
    replied: int = 0
    replied_text: str = field(default="", repr=False)
    file: Attached | None = None
    to_bot: bool = True

    @property
    def kind(self) -> str:
        """What sort of thing was said, for counting."""
        if self.query:
            return "inline" if self.searches else "press"
        if self.file:
            return "file"
        return "edit" if self.edited else "position" if self.where else "message"

    @property
    def words(self) -> str:
        """What stands behind a command."""
        if not self.text.startswith("/"):
            return self.text
        _, *words = self.text.split(maxsplit=1)
        return words[0] if words else ""


def said_in(update: Update, bot: str) -> Said | None:
    """What an update says to the bot called ``bot``; None where there is nothing that it answers."""
    if update.callback_query:
        return _press(update.callback_query)
    if update.inline_query:
        query = update.inline_query
        seat = Seat(0, 0, query.from_user.id)
        return Said(
            seat,
            0,
            query.query,
            spoken_by(query.from_user),
            query=query.id,
            searches=True,
            offset=query.offset,
            chat_type=query.chat_type or "",
        )
    message = update.effective_message
    if message is None or message.from_user is None:
        return None
    if message.from_user.is_bot and message.sender_chat is None:  # with it, it is an anonymous administrator of a group
        return None
    return _message(message, bot, edited=update.edited_message is not None)


def spoken_by(user: User | None) -> str:
    """The language to address ``user`` in: ``sv`` where their Telegram is in Swedish, else ``en``."""
    tag = (user.language_code if user else None) or ""
    return "sv" if tag.lower().split("-")[0] == "sv" else "en"


def addressed(message: Message, bot: str) -> bool:
    """Whether a message is meant for the bot: in private all are; in a group commands, mentions and replies to it."""
    if message.chat.type == ChatType.PRIVATE:
        return True
    if command := _COMMAND.match(message.text or ""):
        return not command["bot"] or command["bot"].lower() == bot.lower()
    return _replied(message, bot) is not None or bool(_mentions(message, bot))


def _replied(message: Message, bot: str) -> Message | None:
    """The bot's message that a message replies to."""
    answered = message.reply_to_message
    of_bot = answered is not None and answered.from_user is not None and answered.from_user.username == bot
    return answered if of_bot else None


def command_in(message: Message) -> str:
    """The command that a message begins with, folded, without its slash; empty for none.

    Telegram marks only commands of English letters as such, and people write /hjälp.
    """
    found = _COMMAND.match(message.text or "")
    return fold(found["name"]) if found else ""


def _message(message: Message, bot: str, *, edited: bool) -> Said | None:
    user = message.from_user
    to_bot = addressed(message, bot)
    if user is None or not (to_bot or message.document):  # of files it depends on the chat
        return None
    replied = _replied(message, bot)
    place = message.venue.location if message.venue else message.location
    text = message.text or ""
    for mention in reversed(_mentions(message, bot)):
        text = text[: mention[0]] + text[mention[1] :]
    return Said(
        seat=Seat(message.chat.id, _thread(message), user.id),
        message=message.message_id,
        text=" ".join(text.split()) if message.chat.type != ChatType.PRIVATE else text.strip(),
        language=spoken_by(user),
        private=message.chat.type == ChatType.PRIVATE,
        edited=edited,
        where=(place.latitude, place.longitude) if place else None,
        at=(message.edit_date or message.date).timestamp(),
        replied=replied.message_id if replied else 0,
        replied_text=(replied.text or "") if replied else "",
        file=_file(message),
        to_bot=to_bot,
    )


def _file(message: Message) -> Attached | None:
    found = message.document
    if found is None:
        return None
    name = (found.file_name or "")[-_LONGEST_NAME:]
    return Attached(found.file_id, name, int(found.file_size or 0), message.media_group_id or "")


def _press(press: CallbackQuery) -> Said:
    message = press.message
    thread = _thread(message) if isinstance(message, Message) else 0
    return Said(
        seat=Seat(message.chat.id if message else 0, thread, press.from_user.id),
        message=message.message_id if message else 0,
        text=press.data or "",
        language=spoken_by(press.from_user),
        private=message is None or message.chat.type == ChatType.PRIVATE,
        query=press.id,
        keyboard=_keyboard(message) if isinstance(message, Message) else (),
    )


def _keyboard(message: Message) -> tuple[tuple[dict[str, Any], ...], ...]:
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    return tuple(tuple(button.to_dict() for button in row) for row in rows)


def _thread(message: Message) -> int:
    return (message.message_thread_id or 0) if message.is_topic_message else 0


def _mentions(message: Message, bot: str) -> list[tuple[int, int]]:
    """Where in a message's text, or what stands under its file, the bot is mentioned: from and to, in characters."""
    spans = []
    text = message.text or message.caption or ""
    marked = message.parse_entities if message.text else message.parse_caption_entities
    for entity, name in marked([MessageEntity.MENTION]).items():
        if name.lower() == f"@{bot.lower()}":
            start = len(text.encode("utf-16-le")[: 2 * entity.offset].decode("utf-16-le"))
            spans.append((start, start + len(name)))
    return sorted(spans)
