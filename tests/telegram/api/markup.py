"""Telegram's HTML as the Bot API describes it (core.telegram.org/bots/api#html-style), read strictly."""

import re
from typing import Any

_TAGS = {
    "a": ("text_link", re.compile(r' href="(?P<url>[^"<>]+)"')),
    "blockquote": ("blockquote", re.compile("(?P<expandable> expandable)?")),
    "span": ("spoiler", re.compile(' class="tg-spoiler"')),
    "tg-emoji": ("custom_emoji", re.compile(r' emoji-id="(?P<custom_emoji_id>\d+)"')),
    "code": ("code", re.compile('( class="language-(?P<language>[^"<>]*)")?')),
    **{
        tag: (kind, re.compile(""))
        for kind, tags in {
            "bold": "b strong",
            "italic": "i em",
            "underline": "u ins",
            "strikethrough": "s strike del",
            "spoiler": "tg-spoiler",
            "pre": "pre",
        }.items()
        for tag in tags.split()
    },
}
_NAMED = {"&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"'}
_TOKEN = re.compile(
    r"<(?P<end>/?)(?P<tag>[^\s<>/&]+)(?P<attributes>[^<>]*)>|&(?:[a-z]+|#\d+|#x[0-9a-fA-F]+);|[<>&]|[^<>&]+"
)


class MarkupError(ValueError):
    """Text that Telegram can't parse as HTML."""


def units(text: str) -> int:
    """The length of ``text`` as Telegram counts it, in UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def read_html(text: str) -> str:
    """Return what a person sees of ``text``. Raises MarkupError as `parse_html` does."""
    return parse_html(text)[0]


def parse_html(text: str) -> tuple[str, list[dict[str, Any]]]:
    """Return what a person sees of ``text``, and its entities as the Bot API describes them, offsets in UTF-16.

    Raises MarkupError for tags, nesting or entities that Telegram refuses, in its words. It is stricter than Telegram
    where that shows the writer's slip to people: ``>`` and ``&`` must be escaped everywhere, an attribute must be one
    that the documentation has, and what can't be nested is refused, not repaired.
    """
    reader = _Reader(text)
    for token in _TOKEN.finditer(text):
        reader.read(token)
    return reader.finish()


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._seen: list[str] = []
        self._offset = 0
        self._open: list[tuple[str, dict[str, Any]]] = []
        self._entities: list[dict[str, Any]] = []

    def read(self, token: re.Match[str]) -> None:
        if tag := token["tag"]:
            if token["end"]:
                self._close(tag, token)
            else:
                self._begin(tag, token)
            return
        piece = token[0]
        if piece in _NAMED:
            piece = _NAMED[piece]
        elif piece.startswith("&#"):
            piece = self._numbered(token)
        elif piece[0] in "<>&":
            raise MarkupError(f'Unescaped "{piece}" {self._place(token)}')
        self._seen.append(piece)
        self._offset += units(piece)

    def finish(self) -> tuple[str, list[dict[str, Any]]]:
        if self._open:
            raise MarkupError(f'Can\'t find end tag corresponding to start tag "{self._open[-1][0]}"')
        self._entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return "".join(self._seen), self._entities

    def _begin(self, tag: str, token: re.Match[str]) -> None:
        if tag not in _TAGS:
            raise MarkupError(f'Unsupported start tag "{tag}" {self._place(token)}')
        kind, pattern = _TAGS[tag]
        attributes = pattern.fullmatch(token["attributes"])
        if not attributes:
            raise MarkupError(f'Unsupported attributes of the tag "{tag}" {self._place(token)}')
        around = [outer for outer, _ in self._open]
        in_code = "code" in around or ("pre" in around and not (tag == "code" and around[-1] == "pre"))
        if in_code or (tag == "blockquote" and tag in around) or (tag == "a" and tag in around):
            raise MarkupError(f'The tag "{tag}" {self._place(token)} can\'t be nested there')
        details = {name: value for name, value in attributes.groupdict().items() if value}
        if details.pop("expandable", None):
            kind = "expandable_blockquote"
        self._open.append((tag, {"type": kind, "offset": self._offset, **details}))

    def _close(self, tag: str, token: re.Match[str]) -> None:
        if not self._open:
            raise MarkupError(f"Unexpected end tag {self._place(token)}")
        opened, entity = self._open.pop()
        if token["attributes"] or opened != tag:
            raise MarkupError(f'Unmatched end tag {self._place(token)}, expected "</{opened}>", found "</{tag}>"')
        entity["length"] = self._offset - entity["offset"]
        if entity["length"]:
            self._entities.append(entity)

    def _numbered(self, token: re.Match[str]) -> str:
        digits = token[0][2:-1]
        number = int(digits[1:], 16) if digits[0] == "x" else int(digits)
        if not 0 < number < 0x110000 or 0xD800 <= number < 0xE000:
            raise MarkupError(f'Unescaped "{token[0]}" {self._place(token)}')
        return chr(number)

    def _place(self, token: re.Match[str]) -> str:
        return f"at byte offset {len(self._text[: token.start()].encode())}"
