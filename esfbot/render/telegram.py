"""Answer → messages for Telegram: HTML within its limits, parted between blocks, then lines, at last between words."""

import re
from collections.abc import Iterable, Iterator

from esfbot.model.answer import Answer, Block, Card, Quote, Row, Say, SheetLines, Table
from esfbot.model.project import Source
from esfbot.render.markup import Line, messages_of, seen
from esfbot.render.sources import lines
from esfbot.wording.load import say


def render(answer: Answer) -> tuple[str, ...]:
    """Return ``answer`` as messages for parse mode HTML, in their order, none of them empty.

    There is none when the answer holds nothing that can be seen.
    """
    blocks = [tuple(lines_of(block, answer.language)) for block in answer.blocks]
    if offers := [Line(f"• {text.strip()}") for text in answer.suggestions if seen(text)]:
        blocks.append((Line(say("suggestions", answer.language)), *offers))
    return messages_of(blocks)


def lines_of(block: Block, language: str) -> Iterator[Line]:
    """A block, line by line."""
    match block:
        case Say(text):
            yield Line(text)
        case Card(project, rows, note, summary):
            yield Line(project.title, "b")
            if summary:
                yield _quoted(summary, language)
            yield Line(note, "i")
            yield from (Line(row_text(row)) for row in rows)
            stands = [source for row in rows for source in row.sources] + ([summary.source] if summary else [])
            yield Line(source_line(stands, language), "i")
        case Quote():
            yield Line(block.project.title, "b")
            yield Line(block.heading)
            yield _quoted(block, language)
            yield Line(source_line([block.source], language), "i")
        case SheetLines(sheet, numbered):
            yield Line(sheet, "b")
            yield from (Line(f"{line.number}  {line.text}") for line in numbered)
        case Table(tallies, titles):
            for tally in tallies:
                yield Line(f"{tally.value}: {tally.text}")
                yield from (Line(f"• {project.title}") for project in tally.projects if titles)


def _quoted(quote: Quote, language: str) -> Line:
    return Line(f"{quote.text.rstrip()} {say('goes_on', language)}" if quote.cut else quote.text, "blockquote")


def row_text(row: Row) -> str:
    """``label: value``."""
    return ": ".join(part for part in (row.label, value_text(row)) if part)


def value_text(row: Row) -> str:
    """The value; a telephone number is followed by its dialled form, which Telegram makes a link of."""
    if row.field == "phone" and row.key and re.sub(r"[^\d+]", "", row.text) != row.key:
        return f"{row.text} · {row.key}"
    return row.text


def source_line(sources: Iterable[Source], language: str) -> str:
    """``Källa: one.txt, rad 7–9``; empty without sources."""
    places = lines(sources, language)
    return say("sources", language, places=places) if places else ""
