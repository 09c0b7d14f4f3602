"""Lines of text as Telegram's HTML, within the limits of a message."""

import html
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

# Of one message, in UTF-16 code units (core.telegram.org/bots/api#sendmessage). Telegram counts without markup; with
# it is a little less text and never too much.
LIMIT = 4096
ENTITIES = 100  # marked places of one message; Telegram shows further ones unmarked
# Symbols by their Unicode category, and yet nothing that Telegram takes for a text.
_UNSEEN = frozenset("\u2800\ufffc")


@dataclass(frozen=True, slots=True)
class Line:
    """A text that is not yet escaped, and the tag that it stands in, if any."""

    text: str
    tag: str = ""

    @property
    def markup(self) -> str:
        """The line as Telegram reads it."""
        text = html.escape(self.text, quote=False)
        return f"<{self.tag}>{text}</{self.tag}>" if self.tag else text

    def cut(self, room: int, inside_word: bool) -> tuple[str, str]:
        """Part the text so that the line of the first part takes ``room`` UTF-16 units at most; drops blanks between.

        The first part is empty where not even a word fits, unless a cut ``inside_word`` will do.
        """
        left = room - units(Line("", self.tag).markup)
        end = 0
        for char in self.text:
            left -= units(html.escape(char, quote=False))
            if left < 0:
                break
            end += 1
        else:
            return self.text, ""
        blank = next((i for i in range(end, 0, -1) if self.text[i].isspace()), end if inside_word else 0)
        return self.text[:blank].rstrip(), self.text[blank:].lstrip()


def messages_of(blocks: Iterable[Iterable[Line]]) -> tuple[str, ...]:
    """The blocks as messages, none of them empty: a block begins in the message of the one before where it fits, and
    one that no message holds where half of that message is left."""
    messages: list[str] = []
    for block in blocks:
        lines = shown(block)
        whole = joined(lines)
        if messages and lines and fits(f"{messages[-1]}\n\n{whole}"):
            messages[-1] += f"\n\n{whole}"
        elif fits(whole):
            messages.extend([whole] if lines else [])
        else:
            half = messages and units(messages[-1]) < LIMIT // 2 and messages[-1].count("</") < ENTITIES // 2
            messages.extend(_part(lines, f"{messages.pop()}\n" if half else ""))
    return tuple(messages)


def _part(lines: Iterable[Line], begun: str) -> list[str]:
    """Part a block that no message holds, from the message that is ``begun`` on. A line is cut only where half a
    message or more is left for its beginning."""
    messages = [begun]
    for whole in lines:
        line = whole
        while seen(line.text):
            before = f"{messages[-1]}\n" if messages[-1] else ""
            if fits(before + line.markup):
                messages[-1] = before + line.markup
                break
            room = LIMIT - units(before)
            head, rest = line.cut(room, inside_word=not before) if room >= LIMIT // 2 else ("", line.text)
            if seen(head):
                messages[-1] = before + Line(head, line.tag).markup
            if head or before:
                messages.append("")
            line = Line(rest, line.tag)
    return [message.rstrip("\n") for message in messages if message]


def fits(message: str) -> bool:
    """Whether Telegram takes ``message`` whole, with all of its markup."""
    return units(message) <= LIMIT and message.count("</") <= ENTITIES


def units(text: str) -> int:
    """The length of ``text`` as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2


def seen(text: str) -> bool:
    """Whether ``text`` has anything to see; Telegram refuses a message of blanks and invisible characters alone."""
    return any(unicodedata.category(char)[0] in "LNPS" and char not in _UNSEEN for char in text)


def shown(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The lines that have anything to see, in composed characters and without blanks around."""
    return tuple(Line(unicodedata.normalize("NFC", line.text).strip(), line.tag) for line in lines if seen(line.text))


def joined(lines: Iterable[Line]) -> str:
    """The lines as Telegram reads them."""
    return "\n".join(line.markup for line in lines)
