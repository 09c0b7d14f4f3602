"""What the bot sends, as calls of the Bot API that can be kept until they have been made."""

import base64
import json
from dataclasses import asdict, dataclass, replace
from typing import Any, Self

from esfbot.render.contact_files import ContactCard, name_parts, vcard
from esfbot.render.presses import encode
from esfbot.render.screen import Button, Keyboard, Screen
from esfbot.state.batches import Batch
from esfbot.telegram.said import Said

Parameters = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Call:
    """A call: the method of python-telegram-bot's `Bot`, and its parameters as the Bot API has them.

    ``answers`` is the question (its message) that what is sent answers, 0 for none; ``batch`` are the sheets (see
    `esfbot.state.batches`) that it tells of, by their token.
    """

    method: str
    parameters: Parameters
    answers: int = 0
    batch: str = ""

    @property
    def once(self) -> bool:
        """Whether doing it twice would be seen: a message sent is, a message edited to the same is not."""
        return self.method.startswith("send_") and self.method != "send_chat_action"

    def to_json(self) -> str:
        """The call as JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The call that `to_json` wrote."""
        return cls(**json.loads(text))

    def with_parameters(self, **parameters: Any) -> "Call":
        """The same with other parameters; None takes one away."""
        changed = {**self.parameters, **parameters}
        return replace(self, parameters={name: value for name, value in changed.items() if value is not None})


def send(said: Said, screen: Screen, *, answers: int = 0) -> Call:
    """Send ``screen`` to where ``said`` was said; in a group as a reply to it."""
    return Call("send_message", _to(said) | _shown(screen), answers)


def edit(said: Said, message: int, screen: Screen, *, answers: int = 0) -> Call:
    """Put ``screen`` in the place of a message of the bot's."""
    return Call("edit_message_text", {"chat_id": said.seat.chat, "message_id": message} | _shown(screen), answers)


def tell(batch: Batch, screen: Screen) -> Call:
    """Show ``screen`` in the message that tells of a batch; the first time in a new one."""
    where: Parameters = {"chat_id": batch.seat.chat}
    if batch.shown:
        return Call("edit_message_text", where | {"message_id": batch.shown} | _shown(screen), batch=batch.token)
    if batch.seat.thread:
        where["message_thread_id"] = batch.seat.thread
    if batch.seat.chat < 0:  # in a group others write meanwhile
        where["reply_parameters"] = {"message_id": batch.files[0].message, "allow_sending_without_reply": True}
    return Call("send_message", where | _shown(screen), batch=batch.token)


def rekey(said: Said, keyboard: Keyboard, *, keep: bool) -> Call:
    """Give the message that a button was pressed under other buttons; with ``keep`` these come in the place of the rows
    that hold buttons of the pressed one's kind."""
    kind = said.text.partition(":")[0] + ":"
    kept = [list(row) for row in said.keyboard if keep and not any(_is_press(button, kind) for button in row)]
    rows = [*kept, *markup(keyboard)["inline_keyboard"]]
    where = {"chat_id": said.seat.chat, "message_id": said.message}
    return Call("edit_message_reply_markup", where | {"reply_markup": {"inline_keyboard": rows}})


def _is_press(button: Parameters, kind: str) -> bool:
    return str(button.get("callback_data", "")).startswith(kind)


def remove(said: Said, message: int) -> Call:
    """Delete a message of the bot's."""
    return Call("delete_message", {"chat_id": said.seat.chat, "message_id": message})


def toast(said: Said, text: str = "", *, alert: bool = False) -> Call:
    """Answer a press: Telegram shows ``text`` for a moment, or until it is closed where it is an ``alert``."""
    return Call("answer_callback_query", {"callback_query_id": said.query, "text": text[:200], "show_alert": alert})


def brief(said: Said, text: str) -> Call:
    """One sentence, in the form in which what was said is answered; a search comes to nothing, and is not kept."""
    if said.searches:
        nothing = {"results": [], "is_personal": True, "cache_time": 0}
        return Call("answer_inline_query", {"inline_query_id": said.query} | nothing)
    return toast(said, text, alert=True) if said.query else send(said, Screen(text))


def contact(said: Said, card: ContactCard, language: str) -> Call:
    """Send a contact card; as a file where no number can be dialled, since Telegram wants one of a contact."""
    text = vcard(card, language)
    if not card.phone:
        return document(said, f"{card.shown}.vcf", text.encode())
    first, last = name_parts(card.name)
    named = {"first_name": (first or card.shown)[:64], "last_name": last[:64]}
    return Call("send_contact", _to(said) | {"phone_number": card.phone, "vcard": text, **named})


def inline(said: Said, results: list[Parameters], next_offset: str, button: Parameters | None) -> Call:
    """Answer an inline search with a page of results."""
    shown: Parameters = {"results": results, "next_offset": next_offset, "is_personal": True, "cache_time": 30}
    return Call("answer_inline_query", {"inline_query_id": said.query} | shown | ({"button": button} if button else {}))


def article(id_: str, title: str, description: str, screen: Screen) -> Parameters:
    """A result of an inline search: ``screen`` is what is sent when it is chosen."""
    shown = _shown(screen)
    content = {"message_text": shown["text"], "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}
    result: Parameters = {"type": "article", "id": id_, "title": title, "description": description}
    result["input_message_content"] = content
    return result | ({"reply_markup": shown["reply_markup"]} if screen.keyboard else {})


def document(said: Said, name: str, content: bytes) -> Call:
    """Send a file."""
    file = {"name": name, "base64": base64.b64encode(content).decode()}
    return Call("send_document", _to(said) | {"document": file})


def menu(said: Said, commands: list[tuple[str, str]]) -> Call:
    """Give a private chat a menu of its own: each command with what it does."""
    scope = {"type": "chat", "chat_id": said.seat.chat}
    return Call("set_my_commands", {"commands": commands, "scope": scope})


def markup(keyboard: Keyboard) -> Parameters:
    """A keyboard as the Bot API has it."""
    return {"inline_keyboard": [[_button(button) for button in row] for row in keyboard if row]}


def _to(said: Said) -> Parameters:
    where: Parameters = {"chat_id": said.seat.chat}
    if said.seat.thread:
        where["message_thread_id"] = said.seat.thread
    if not said.private and said.message and not said.query:
        where["reply_parameters"] = {"message_id": said.message, "allow_sending_without_reply": True}
    return where


def _shown(screen: Screen) -> Parameters:
    shown: Parameters = {"text": screen.text, "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}
    return shown | {"reply_markup": markup(screen.keyboard)} if screen.keyboard else shown


def _button(button: Button) -> Parameters:
    if button.press:
        does: Parameters = {"callback_data": encode(button.press)}
    elif button.copies:
        does = {"copy_text": {"text": button.copies}}
    elif button.url:
        does = {"url": button.url}
    else:
        does = {"switch_inline_query": button.search or ""}
    return {"text": button.label, **does}
