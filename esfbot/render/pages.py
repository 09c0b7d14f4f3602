"""Lists, ten a page, each entry numbered throughout so that "number twelve" can be asked for."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from esfbot.model.answer import Answer, Block, Card, Kind, Row
from esfbot.render.markup import LIMIT, Line, fits, joined, shown, units
from esfbot.render.telegram import lines_of, row_text, source_line, value_text

SIZE = 10
_LONGEST_TITLE = 100  # characters of a title where ten whole ones don't fit
# Where nothing else fits, what a title, and what stands before and after the entries, get of a message.
_TITLE_ROOM, _AROUND_ROOM = LIMIT // (2 * SIZE), LIMIT // 5

Entry = Callable[[int, Card, str], Iterator[Line]]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list: its text as HTML, the cards on it, its ``number`` from 0, ``of`` how many, and the number of
    its first entry, from 1."""

    text: str
    cards: tuple[Card, ...]
    number: int
    of: int
    first: int


def page_of(answer: Answer, number: int) -> Page:
    """A page of the cards of ``answer``; the nearest where there is none of that number.

    What stands before the cards is said on every page, what comes after them on the last. Where ten entries take more
    than a message, all of them are shown with less: the facts stand on their cards. Where that is too much still, what
    is said around them is cut.
    """
    cards = answer.cards
    of = max(1, -(-len(cards) // SIZE))
    number = min(max(number, 0), of - 1)
    first = number * SIZE
    on_page = cards[first : first + SIZE]
    lead, tail = _around(answer.blocks)
    before = [line for block in lead for line in lines_of(block, answer.language)]
    after = [line for block in tail for line in lines_of(block, answer.language)] if number == of - 1 else []
    entries: tuple[Entry, ...] = (_full, _brief, _title)
    if answer.kind is Kind.CONTACTS and len(cards) > 1:
        entries = (_contacts, *entries[1:])
    numbered = list(enumerate(on_page, first + 1))
    for entry in entries:
        text = _text([before, *(entry(n, card, answer.language) for n, card in numbered), after])
        if fits(text):
            break
    else:
        titles = (_cut(_title(n, card, answer.language), _TITLE_ROOM) for n, card in numbered)
        text = _text([_cut(before, _AROUND_ROOM), *titles, _cut(after, _AROUND_ROOM)])
    return Page(text, on_page, number, of, first + 1)


def _text(parts: Iterable[Iterable[Line]]) -> str:
    return "\n\n".join(joined(lines) for part in parts if (lines := shown(part)))


def _cut(lines: Iterable[Line], room: int) -> Iterator[Line]:
    """The lines, or as much of their beginning as takes ``room`` UTF-16 units with its markup."""
    for line in shown(lines):
        size = units(line.markup) + 1
        if size > room:
            yield from shown([_beginning(line, room)])
            return
        yield line
        room -= size


def _beginning(line: Line, room: int) -> Line:
    def cut(length: int) -> Line:
        return Line(f"{line.text[:length].rstrip()}…", line.tag)

    too_long = bisect_left(range(len(line.text)), True, key=lambda length: units(cut(length).markup) > room)
    return cut(too_long - 1) if too_long > 1 else Line("")


def _around(blocks: Sequence[Block]) -> tuple[list[Block], list[Block]]:
    """What stands before the first card, and what comes after it and is no card."""
    first = next((n for n, block in enumerate(blocks) if isinstance(block, Card)), len(blocks))
    return list(blocks[:first]), [block for block in blocks[first:] if not isinstance(block, Card)]


def _full(number: int, card: Card, language: str) -> Iterator[Line]:
    title, *rest = lines_of(card, language)
    yield Line(f"{number}. {title.text}", title.tag)
    yield from rest


def _brief(number: int, card: Card, language: str) -> Iterator[Line]:
    yield from _title(number, card, language)
    yield Line(source_line([source for row in card.rows[:1] for source in row.sources], language), "i")


def _title(number: int, card: Card, _: str) -> Iterator[Line]:
    title = card.project.title
    yield Line(f"{number}. {title if len(title) <= _LONGEST_TITLE else title[:_LONGEST_TITLE] + '…'}", "b")


def _contacts(number: int, card: Card, language: str) -> Iterator[Line]:
    """A line for each contact, then the project, how it belongs here, and where that stands."""
    contacts = contacts_on(card)
    for n, contact in enumerate(contacts):
        said = " · ".join(value_text(row) for row in contact)
        yield Line(f"{number}. {said}" if n == 0 else said)
    yield Line(card.project.title if contacts else f"{number}. {card.project.title}", "b")
    beside = [row for row in card.rows if row.field == "withheld" or not contacts]
    said_with_label = any(row.field == "withheld" for row in beside)
    yield from (Line(row_text(row) if said_with_label else value_text(row)) for row in beside)
    yield Line(card.note, "i")
    yield Line(source_line([source for row in card.rows for source in row.sources], language), "i")


def contacts_on(card: Card) -> list[tuple[Row, ...]]:
    """The rows of each contact on a card: a name begins a new one, and so does a second address or number."""
    found: list[list[Row]] = []
    for row in card.rows:
        if row.field not in ("contact", "email", "phone"):
            continue
        if not found or row.field in {other.field for other in found[-1]} or row.field == "contact":
            found.append([])
        found[-1].append(row)
    return [tuple(rows) for rows in found]
