"""Answer → messages for Telegram: HTML within its limits, parted between blocks, then lines, at last between words."""

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from esfbot.model.answer import Answer, Block, Card, Quote, Row, Say, SheetLines, Table
from esfbot.model.project import Source
from esfbot.render.sources import lines
from esfbot.wording.load import say

# Of one message, in UTF-16 code units (core.telegram.org/bots/api#sendmessage). Telegram counts without markup; with
# it is a little less text and never too much.
LIMIT = 4096
ENTITIES = 100  # marked places of one message; Telegram shows further ones unmarked
# Symbols by their Unicode category, and yet nothing that Telegram takes for a text.
_UNSEEN = frozenset("\u2800\ufffc")


@dataclass(frozen=True, slots=True)
class _Line:
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
        left = room - _units(_Line("", self.tag).markup)
        end = 0
        for char in self.text:
            left -= _units(html.escape(char, quote=False))
            if left < 0:
                break
            end += 1
        else:
            return self.text, ""
        blank = next((i for i in range(end, 0, -1) if self.text[i].isspace()), end if inside_word else 0)
        return self.text[:blank].rstrip(), self.text[blank:].lstrip()


def render(answer: Answer) -> tuple[str, ...]:
    """Return ``answer`` as messages for parse mode HTML, in their order, none of them empty.

    There is none when the answer holds nothing that can be seen.
    """
    blocks = [tuple(_lines(block, answer.language)) for block in answer.blocks]
    if offers := [_Line(f"• {text.strip()}") for text in answer.suggestions if _seen(text)]:
        blocks.append((_Line(say("suggestions", answer.language)), *offers))
    messages: list[str] = []
    for block in blocks:
        lines = tuple(
            _Line(unicodedata.normalize("NFC", line.text).strip(), line.tag) for line in block if _seen(line.text)
        )
        whole = "\n".join(line.markup for line in lines)
        if messages and lines and _fits(f"{messages[-1]}\n\n{whole}"):
            messages[-1] += f"\n\n{whole}"
        elif _fits(whole):
            messages.extend([whole] if lines else [])
        else:
            messages.extend(_part(lines))
    return tuple(messages)


def _lines(block: Block, language: str) -> Iterator[_Line]:
    match block:
        case Say(text):
            yield _Line(text)
        case Card(project, rows, note, summary):
            yield _Line(project.title, "b")
            if summary:
                yield _quoted(summary, language)
            yield _Line(note, "i")
            yield from (_Line(_row(row)) for row in rows)
            yield _Line(
                _source_line(
                    [*(source for row in rows for source in row.sources), *([summary.source] if summary else [])],
                    language,
                ),
                "i",
            )
        case Quote():
            yield _Line(block.project.title, "b")
            yield _Line(block.heading)
            yield _quoted(block, language)
            yield _Line(_source_line([block.source], language), "i")
        case SheetLines(sheet, numbered):
            yield _Line(sheet, "b")
            yield from (_Line(f"{line.number}  {line.text}") for line in numbered)
        case Table(tallies, titles):
            for tally in tallies:
                yield _Line(f"{tally.value}: {tally.text}")
                yield from (_Line(f"• {project.title}") for project in tally.projects if titles)


def _quoted(quote: Quote, language: str) -> _Line:
    return _Line(f"{quote.text.rstrip()} {say('goes_on', language)}" if quote.cut else quote.text, "blockquote")


def _row(row: Row) -> str:
    """``label: value``; a telephone number is followed by its dialled form, which Telegram makes a link of."""
    text = row.text
    if row.field == "phone" and row.key and re.sub(r"[^\d+]", "", text) != row.key:
        text = f"{text} · {row.key}"
    return ": ".join(part for part in (row.label, text) if part)


def _source_line(sources: Iterable[Source], language: str) -> str:
    """``Källa: one.txt, rad 7–9``; empty without sources."""
    places = lines(sources, language)
    return say("sources", language, places=places) if places else ""


def _part(lines: Iterable[_Line]) -> list[str]:
    """Part a block that no message holds. A line is cut only where half a message or more is left for its beginning."""
    messages = [""]
    for whole in lines:
        line = whole
        while _seen(line.text):
            before = f"{messages[-1]}\n" if messages[-1] else ""
            if _fits(before + line.markup):
                messages[-1] = before + line.markup
                break
            room = LIMIT - _units(before)
            head, rest = line.cut(room, inside_word=not before) if room >= LIMIT // 2 else ("", line.text)
            if _seen(head):
                messages[-1] = before + _Line(head, line.tag).markup
            if head or before:
                messages.append("")
            line = _Line(rest, line.tag)
    return [message for message in messages if message]


def _fits(message: str) -> bool:
    return _units(message) <= LIMIT and message.count("</") <= ENTITIES


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _seen(text: str) -> bool:
    """Whether ``text`` has anything to see; Telegram refuses a message of blanks and invisible characters alone."""
    return any(unicodedata.category(char)[0] in "LNPS" and char not in _UNSEEN for char in text)
