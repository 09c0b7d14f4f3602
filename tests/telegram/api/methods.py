"""The methods that write to people and answer them."""

from collections.abc import Callable
from typing import cast

from tests.telegram.api.contents import read_contact, read_file
from tests.telegram.api.inline import read_answer
from tests.telegram.api.keyboards import read_markup
from tests.telegram.api.messages import BOT, Chat, Message
from tests.telegram.api.parameters import flag, whole
from tests.telegram.api.refusals import BAD_QUERY, NOT_MODIFIED, Json, bad_request
from tests.telegram.api.texts import read_caption, read_text
from tests.telegram.api.world import Pressed, World

_ACTIONS = frozenset(
    "typing upload_photo record_video upload_video record_voice upload_voice upload_document choose_sticker "
    "find_location record_video_note upload_video_note".split()
)
_LONGEST_NOTICE = 200  # the answer to a press, in characters
_START_LINK = f"https://t.me/{BOT['username']}?start="  # other links are for games
_LARGEST_DOWNLOAD = 20_000_000  # bytes


class Methods:
    """The methods, by name in ``methods``."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.methods: dict[str, Callable[[Json], object]] = {
            "sendMessage": self.send_message,
            "sendContact": self.send_contact,
            "sendDocument": self.send_document,
            "sendChatAction": self.send_chat_action,
            "editMessageText": self.edit_message_text,
            "editMessageReplyMarkup": self.edit_message_reply_markup,
            "deleteMessage": self.delete_message,
            "answerCallbackQuery": self.answer_callback_query,
            "answerInlineQuery": self.answer_inline_query,
            "getFile": self.get_file,
        }

    def send_message(self, asked: Json) -> Json:
        """Answer sendMessage."""
        text = read_text(asked)
        frame = _shown(text.seen, text.entities, "text", "entities")
        if options := _link_preview(asked):
            frame["link_preview_options"] = options
        return self._send(asked, Message(frame, text.raw, text.count))

    def send_contact(self, asked: Json) -> Json:
        """Answer sendContact."""
        return self._send(asked, Message({"contact": read_contact(asked)}))

    def send_document(self, asked: Json) -> Json:
        """Answer sendDocument."""
        caption = read_caption(asked)
        document = read_file(asked, self._world.files, caption.raw)
        message = Message({}, caption.raw, caption.count, document)
        if caption.seen:
            message.frame = _shown(caption.seen, caption.entities, "caption", "caption_entities")
        context = self._context(asked)
        message.frame["document"] = self._world.add_file(document)
        return self._send(asked, message, context)

    def send_chat_action(self, asked: Json) -> bool:
        """Answer sendChatAction."""
        if asked.get("action") not in _ACTIONS:
            raise bad_request("wrong parameter action in request")
        self._topic(self._world.chat(asked.get("chat_id")), asked)
        return True

    def edit_message_text(self, asked: Json) -> Json | bool:
        """Answer editMessageText; without a keyboard the message loses the one that it had."""
        text, markup = read_text(asked), read_markup(asked, inline=True)
        options = _link_preview(asked)
        message = self._edited(asked)
        if "text" not in message.frame:
            raise bad_request("there is no text in the message to edit")
        shown = _shown(text.seen, text.entities, "text", "entities")
        if shown == _shown(message.frame["text"], message.frame.get("entities", []), "text", "entities") and (
            markup == message.markup
        ):
            raise bad_request(NOT_MODIFIED)
        rest = ("text", "entities", "reply_markup", "link_preview_options")
        frame = {name: value for name, value in message.frame.items() if name not in rest} | shown
        frame |= {"link_preview_options": options} if options else {}
        return self._change(message, frame, markup, text.raw, text.count)

    def edit_message_reply_markup(self, asked: Json) -> Json | bool:
        """Answer editMessageReplyMarkup."""
        markup = read_markup(asked, inline=True)
        message = self._edited(asked)
        if markup == message.markup:
            raise bad_request(NOT_MODIFIED)
        frame = {name: value for name, value in message.frame.items() if name != "reply_markup"}
        return self._change(message, frame, markup, message.text, message.entities)

    def delete_message(self, asked: Json) -> bool:
        """Answer deleteMessage; of other people's messages the bot, which is no administrator, deletes private ones."""
        chat = self._world.chat(asked.get("chat_id"))
        message = self._world.messages.get((chat.id, whole(asked, "message_id")))
        if not message:
            raise bad_request("message to delete not found")
        if not message.is_of_bot and chat.id < 0:
            raise bad_request("message can't be deleted")
        del self._world.messages[chat.id, message.frame["message_id"]]
        return True

    def answer_callback_query(self, asked: Json) -> bool:
        """Answer answerCallbackQuery, once for each press."""
        text = str(asked.get("text") or "")
        if len(text) > _LONGEST_NOTICE:
            raise bad_request("MESSAGE_TOO_LONG")
        url = str(asked.get("url") or "")
        if url and not url.startswith(_START_LINK):
            raise bad_request("URL_INVALID")
        answer = self._world.presses.pop(str(asked.get("callback_query_id")), None)
        if not answer:
            raise bad_request(BAD_QUERY)
        if not answer.done():
            answer.set_result(Pressed(text, flag(asked, "show_alert"), url))
        return True

    def answer_inline_query(self, asked: Json) -> bool:
        """Answer answerInlineQuery, once for each query."""
        offered = read_answer(asked)
        answer = self._world.inline_queries.pop(str(asked.get("inline_query_id")), None)
        if not answer:
            raise bad_request(BAD_QUERY)
        if not answer.done():
            answer.set_result(offered)
        return True

    def get_file(self, asked: Json) -> Json:
        """Answer getFile; the file itself is at ``/file/bot<token>/<file_path>``."""
        number = str(asked.get("file_id") or "")
        if not number:
            raise bad_request("file_id not specified")
        document = self._world.files.get(number)
        if not document:
            raise bad_request("invalid file_id")
        if len(document.bytes) > _LARGEST_DOWNLOAD:
            raise bad_request("file is too big")
        size = {"file_size": len(document.bytes), "file_path": f"documents/{number}"}
        return {"file_id": number, "file_unique_id": f"unique-{number}", **size}

    def _send(self, asked: Json, message: Message, context: tuple[Chat, Json] | None = None) -> Json:
        chat, around = context or self._context(asked)
        message.frame = around | message.frame
        return self._world.send(chat, message)

    def _context(self, asked: Json) -> tuple[Chat, Json]:
        """Where a message goes, and what it carries of that: its topic, what it replies to, its keyboard."""
        markup = read_markup(asked)
        chat = self._world.chat(asked.get("chat_id"))
        topic = self._topic(chat, asked)
        around = chat.thread(topic)
        if replied := self._replied(chat, asked):
            around["reply_to_message"] = {n: v for n, v in replied.frame.items() if n != "reply_to_message"}
            if not topic and "is_topic_message" in replied.frame:
                around |= {"message_thread_id": replied.frame["message_thread_id"], "is_topic_message": True}
        return chat, around | ({"reply_markup": markup} if markup else {})

    def _topic(self, chat: Chat, asked: Json) -> int:
        """The topic of a request; the general one, number 1, is written to without naming it."""
        topic = max(whole(asked, "message_thread_id"), 0)
        if topic and topic not in chat.topics:
            raise bad_request("message thread not found")
        return topic

    def _replied(self, chat: Chat, asked: Json) -> Message | None:
        parameters = asked.get("reply_parameters") or {}
        if not isinstance(parameters, dict):
            raise bad_request("object expected as reply parameters")
        number = whole(parameters, "message_id")
        if not number:
            return None
        if parameters.get("chat_id"):
            chat = self._world.chat(parameters["chat_id"])
        replied = self._world.messages.get((chat.id, number))
        if not replied and not flag(parameters, "allow_sending_without_reply"):
            raise bad_request("message to be replied not found")
        return replied

    def _edited(self, asked: Json) -> Message:
        """The message that a request edits."""
        if asked.get("inline_message_id"):
            message = self._world.inline_messages.get(str(asked["inline_message_id"]))
            if not message:
                raise bad_request("MESSAGE_ID_INVALID")
            return message
        if not asked.get("chat_id") and not asked.get("message_id"):
            raise bad_request("message identifier is not specified")
        chat = self._world.chat(asked.get("chat_id"))
        message = self._world.messages.get((chat.id, whole(asked, "message_id")))
        if not message:
            raise bad_request("message to edit not found")
        if not message.is_of_bot:
            raise bad_request("message can't be edited")
        return message

    def _change(self, message: Message, frame: Json, markup: Json | None, text: str, count: int) -> Json | bool:
        if self._world.limits and self._world.limits.edits and not message.inline_id:
            self._world.spend(frame["chat"]["id"])
        message.frame = frame | ({"reply_markup": markup} if markup else {})
        message.text, message.entities = text, count
        self._world.change(message)
        return True if message.inline_id else message.frame


def _shown(text: str, entities: list[Json], text_name: str, entities_name: str) -> Json:
    return {text_name: text, **({entities_name: entities} if entities else {})}


def _link_preview(asked: Json) -> Json:
    options = asked.get("link_preview_options") or {}
    if not isinstance(options, dict):
        raise bad_request("object expected as link preview options")
    return cast("Json", options)
