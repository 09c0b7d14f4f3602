"""Answers to inline queries, checked as Telegram checks them."""

import re
from urllib.parse import urlsplit

from tests.telegram.api.contents import read_contact
from tests.telegram.api.keyboards import read_markup
from tests.telegram.api.messages import BOT, Message
from tests.telegram.api.parameters import flag, whole
from tests.telegram.api.refusals import Json, Malformed, RefusedRequest, bad_request, required
from tests.telegram.api.texts import read_text
from tests.telegram.api.world import Inline

_MOST_RESULTS = 50
_LONGEST_ID = _LONGEST_OFFSET = 64  # bytes
_START = re.compile("[A-Za-z0-9_-]{1,64}")
_KINDS = (
    "article audio contact document game gif location mpeg4_gif photo sticker venue video voice".split()  # of results
)
_CACHED = 300  # seconds, where the bot says nothing


def read_answer(asked: Json) -> Inline:
    """Read an answer to an inline query; raises RefusedRequest for one that is not taken."""
    results = [] if asked.get("results") is None else asked["results"]
    if not isinstance(results, list):
        raise bad_request("expected an Array of InlineQueryResult")
    for result in results:
        inline_message(result)
    button = _read_button(asked.get("button"))
    if len(results) > _MOST_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    if len({result["id"] for result in results}) < len(results):
        raise bad_request("RESULT_ID_DUPLICATE")
    offset = str(asked.get("next_offset") or "")
    if len(offset.encode()) > _LONGEST_OFFSET:
        raise bad_request("NEXT_OFFSET_INVALID")
    return Inline(results, offset, button, whole(asked, "cache_time", _CACHED), flag(asked, "is_personal"))


def inline_message(result: object) -> Message:
    """Return the message that a person sends with ``result``; raises RefusedRequest for one that is not taken."""
    try:
        if not isinstance(result, dict):
            raise Malformed("Inline query result must be an object")
        kind = required(result, "type").lower()
        number = required(result, "id")
        if kind not in _KINDS:
            raise Malformed("Invalid inline query result type specified")
        frame, text, count = _content(result, kind)
        if kind == "article":
            title = required(result, "title")
    except Malformed as error:
        raise bad_request(f"can't parse InlineQueryResult: {error}") from None
    if not 1 <= len(number.encode()) <= _LONGEST_ID:
        raise bad_request("RESULT_ID_INVALID")
    if kind == "article" and not title.strip():
        raise bad_request("ARTICLE_TITLE_EMPTY")
    for name in ("url", "thumbnail_url"):
        if result.get(name) and urlsplit(str(result[name])).scheme not in ("http", "https"):
            raise bad_request("WEBDOCUMENT_URL_INVALID")
    if markup := read_markup(result, inline=True):
        frame["reply_markup"] = markup
    # Nobody but the people of its chat knows where an inline message is: the bot has its inline id alone.
    return Message({"message_id": 0, "chat": {"id": 0}, "from": BOT, **frame}, text, count)


def _content(result: Json, kind: str) -> tuple[Json, str, int]:
    """The message's own content, the text as it came, and how many entities it has."""
    content = result.get("input_message_content")
    if kind == "contact" and content is None:
        content = result
    elif content is None:
        if kind == "article":
            raise Malformed('Can\'t find field "message_text"')
        return {}, "", 0
    if not isinstance(content, dict):
        raise Malformed('Field "input_message_content" must be of type Object')
    try:
        if content.get("message_text"):
            text = read_text(content, "message_text")
            return {"text": text.seen, "entities": text.entities}, text.raw, text.count
        if "phone_number" in content:
            return {"contact": read_contact(content)}, "", 0
    except RefusedRequest as refused:
        reason = refused.description.removeprefix("Bad Request: ")
        raise Malformed(reason[:1].upper() + reason[1:]) from None
    if "latitude" in content and "longitude" in content:
        return {"location": {name: content[name] for name in ("latitude", "longitude")}}, "", 0
    raise Malformed("Input message content is not specified")


def _read_button(button: object) -> Json | None:
    if button is None:
        return None
    try:
        if not isinstance(button, dict):
            raise Malformed("InlineQueryResultsButton must be an Object")
        text = required(button, "text")
        if ("start_parameter" in button) == ("web_app" in button):
            raise Malformed("InlineQueryResultsButton must have exactly one optional field")
        start = required(button, "start_parameter") if "start_parameter" in button else None
    except Malformed as error:
        raise bad_request(f"can't parse inline query results button: {error}") from None
    if not text.strip():
        raise bad_request("SWITCH_PM_TEXT_EMPTY")
    if start == "":
        raise bad_request("START_PARAM_EMPTY")
    if start is not None and not _START.fullmatch(start):
        raise bad_request("START_PARAM_INVALID")
    return button
