"""An answer as text for a terminal."""

from collections.abc import Iterable

from esfbot.model.answer import Answer, Block, Card, Quote, Row, Say, SheetLines, Table
from esfbot.model.project import Source
from esfbot.render.sources import lines
from esfbot.wording.load import say

_BOLD, _GREY, _PLAIN = "\x1b[1m", "\x1b[90m", "\x1b[0m"


def render(answer: Answer, *, colour: bool = False) -> str:
    """Return the reply as lines of text: facts aligned, sources beside them, in grey with ``colour``."""
    style = Style(colour)
    parts = [_block(block, answer.language, style) for block in answer.blocks]
    if answer.suggestions:
        offers = "\n".join(f"  {offer}" for offer in answer.suggestions)
        parts.append(f"{say('suggestions', answer.language)}\n{offers}")
    return "\n\n".join(parts)


class Style:
    """Marks text for a terminal, or leaves it as it is without ``colour``."""

    def __init__(self, colour: bool) -> None:
        self._colour = colour

    def bold(self, text: str) -> str:
        """Return ``text`` in bold."""
        return f"{_BOLD}{text}{_PLAIN}" if self._colour else text

    def grey(self, text: str) -> str:
        """Return ``text`` in grey."""
        return f"{_GREY}{text}{_PLAIN}" if self._colour else text


def _block(block: Block, language: str, style: Style) -> str:
    match block:
        case Say():
            return block.text
        case Card():
            return _card(block, language, style)
        case Quote():
            return _quote(block, language, style)
        case SheetLines():
            return _sheet_lines(block, style)
        case Table():
            return _table(block, style)


def _card(card: Card, language: str, style: Style) -> str:
    lines = [style.bold(card.project.title)]
    width = max((len(row.label) for row in card.rows), default=0)
    if card.summary:
        lines += _quoted(card.summary, language, style)
    lines += [_row(row, width, language, style) for row in card.rows]
    if card.note:
        lines.append("  " + style.grey(card.note))
    return "\n".join(lines)


def _table(table: Table, style: Style) -> str:
    width = max((len(tally.value) for tally in table.tallies), default=0)
    lines = []
    for tally in table.tallies:
        lines.append(f"{style.bold(f'{tally.value:<{width}}')}  {tally.text}")
        lines += [f"  {project.title}" for project in tally.projects if table.titles]
    return "\n".join(lines)


def _row(row: Row, width: int, language: str, style: Style) -> str:
    return f"  {row.label:<{width}}  {row.text}  {style.grey(_source(row.sources, language))}"


def _quote(quote: Quote, language: str, style: Style) -> str:
    heading = f" – {quote.heading}" if quote.heading else ""
    return "\n".join([f"{style.bold(quote.project.title)}{heading}", *_quoted(quote, language, style)])


def _quoted(quote: Quote, language: str, style: Style) -> list[str]:
    text = "\n".join(f"  {line}" for line in quote.text.split("\n") if line.strip())
    end = f" {say('goes_on', language)}" if quote.cut else ""
    return [text + end, f"  {style.grey(_source([quote.source], language))}"]


def _sheet_lines(block: SheetLines, style: Style) -> str:
    width = len(str(block.lines[-1].number)) if block.lines else 0
    lines = [f"  {style.grey(f'{line.number:>{width}}')}  {line.text}" for line in block.lines]
    return "\n".join([style.bold(block.sheet), *lines])


def _source(sources: Iterable[Source], language: str) -> str:
    return f"[{lines(sources, language)}]"
