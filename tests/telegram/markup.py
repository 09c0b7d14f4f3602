"""Telegram's HTML as the Bot API describes it (core.telegram.org/bots/api#html-style), read strictly."""

import re

_TAGS = {
    "a": re.compile(r' href="[^"<>]*"'),
    "blockquote": re.compile("( expandable)?"),
    "span": re.compile(' class="tg-spoiler"'),
    "tg-emoji": re.compile(r' emoji-id="\d+"'),
    "code": re.compile('( class="language-[^"<>]*")?'),
    **{
        tag: re.compile("") for tag in ("b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "tg-spoiler", "pre")
    },
}
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"'}
_TOKEN = re.compile(r"<(?P<end>/?)(?P<tag>[a-z-]+)(?P<attributes>[^<>]*)>|&[a-z]+;|[<>&]|[^<>&]+")


class MarkupError(ValueError):
    """Text that Telegram can't parse as HTML."""


def read_html(text: str) -> str:
    """Return what a person sees of ``text``. Raises MarkupError for tags, nesting or entities that Telegram refuses.

    It is stricter than Telegram in two ways: ``>`` and ``&`` must be escaped everywhere, as the documentation asks.
    """
    seen: list[str] = []
    open_tags: list[str] = []
    for token in _TOKEN.finditer(text):
        if tag := token["tag"]:
            _follow(tag, token, open_tags)
        elif token[0] in _ENTITIES:
            seen.append(_ENTITIES[token[0]])
        elif token[0][0] in "<>&":
            raise MarkupError(f'unescaped "{token[0]}" at offset {token.start()}')
        else:
            seen.append(token[0])
    if open_tags:
        raise MarkupError(f'can\'t find end tag corresponding to start tag "{open_tags[-1]}"')
    return "".join(seen)


def _follow(tag: str, token: re.Match[str], open_tags: list[str]) -> None:
    if tag not in _TAGS:
        raise MarkupError(f'unsupported start tag "{tag}" at offset {token.start()}')
    if token["end"]:
        if token["attributes"] or not open_tags or open_tags[-1] != tag:
            raise MarkupError(f'unmatched end tag at offset {token.start()}, found "</{tag}>"')
        open_tags.pop()
        return
    if not _TAGS[tag].fullmatch(token["attributes"]):
        raise MarkupError(f'unsupported attributes of the tag "{tag}" at offset {token.start()}')
    if "pre" in open_tags or "code" in open_tags or (tag == "blockquote" and tag in open_tags):
        raise MarkupError(f'the tag "{tag}" at offset {token.start()} can\'t be nested there')
    open_tags.append(tag)
