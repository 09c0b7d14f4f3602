"""What the bot writes, read as Telegram reads it: formatting taken out, lengths checked."""

import re
import unicodedata
from dataclasses import dataclass

from tests.telegram.api.markup import MarkupError, parse_html, units
from tests.telegram.api.refusals import Json, bad_request

_BLANK = re.compile("[\u200b-\u200f\u2800\u180e\ufeff\ufffc]")
_KEPT = 100  # further entities are not shown
LONGEST_TEXT, LONGEST_CAPTION = 4096, 1024  # in UTF-16 code units, without the markup


@dataclass(frozen=True, slots=True)
class Text:
    """A text as it came, as it is seen, and its formatting; ``count`` is how many entities it asked for."""

    raw: str
    seen: str
    entities: list[Json]
    count: int


def read_text(asked: Json, name: str = "text", entities: str = "entities") -> Text:
    """Read the text of a message; raises RefusedRequest where Telegram does not take it."""
    text = _formatted(asked, name, entities)
    if not any(not char.isspace() and unicodedata.category(char) != "Cc" for char in _BLANK.sub("", text.seen)):
        raise bad_request("message text is empty")
    if units(text.seen) > LONGEST_TEXT:
        raise bad_request("message is too long")
    return _trimmed(text)


def read_caption(asked: Json) -> Text:
    """Read the caption of a file, which may be empty; raises RefusedRequest where Telegram does not take it."""
    text = _formatted(asked, "caption", "caption_entities")
    if units(text.seen) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    return _trimmed(text)


def _formatted(asked: Json, name: str, entities: str) -> Text:
    raw = asked.get(name) or ""
    if not isinstance(raw, str):
        raise bad_request(f'field "{name}" must be of type String')
    mode = str(asked.get("parse_mode") or "").lower()
    if mode == "html":
        try:
            seen, found = parse_html(raw)
        except MarkupError as error:
            raise bad_request(f"can't parse entities: {error}") from error
    elif mode:
        raise bad_request("unsupported parse_mode")
    else:
        seen, found = raw, asked.get(entities) or []
        if not isinstance(found, list) or not all(map(_is_entity, found)):
            raise bad_request("can't parse MessageEntity: expected an Array of MessageEntity")
    return Text(raw, seen, found, len(found))


def _is_entity(entity: object) -> bool:
    return isinstance(entity, dict) and all(isinstance(entity.get(name), int) for name in ("offset", "length"))


def _trimmed(text: Text) -> Text:
    """Without white space at the ends, and with no more entities than Telegram keeps."""
    seen = text.seen.strip()
    if seen == text.seen:
        return Text(text.raw, seen, text.entities[:_KEPT], text.count)
    before = units(text.seen) - units(text.seen.lstrip())
    end = units(seen)
    kept = []
    for entity in text.entities[:_KEPT]:
        start = max(entity["offset"] - before, 0)
        length = min(entity["offset"] + entity["length"] - before, end) - start
        if length > 0:
            kept.append({**entity, "offset": start, "length": length})
    return Text(text.raw, seen, kept, text.count)
