"""Answers without telephone numbers and e-mail addresses, for chats that others read too."""

import re
from collections.abc import Collection
from dataclasses import replace

from esfbot.model.answer import Answer, Block, Card, ProjectRef, Quote, Row, Say, SheetLines, Table, Tally
from esfbot.model.project import Line
from esfbot.wording.load import say

_REACHED_BY = ("email", "phone")
_AT = re.compile(r"@|[(\[]at[)\]]", re.I)
# A trunk zero or a country code, then digits with what people put between them; also glued to a label. A digit, or one
# and a sign, before it makes it a part of a date or a number such as 2014/00180.
_PHONE = re.compile(r"(?<!\d)(?<!\d[./,-])(?:\+\d|00[1-9]|0\)?[1-9])[\d()/\u2010-\u2015 \t\u00a0-]*\d")
_FEWEST_DIGITS = 7
# Groups of three digits behind other digits are the rest of an amount: 10 050 000 000.
_REST_OF_AMOUNT = re.compile(r"\d{3}(?:[ \u00a0]\d{3})*")


def without_contacts(answer: Answer, known: Collection[str] = ()) -> Answer:
    """``answer`` without the ways to reach people; what is left out is told in its place.

    ``known`` are numbers as sheets publish them, to be left out of their lines whatever they look like. The answer's
    ``questions`` stay as they are, since they are to be asked.
    """
    mask = _Mask(say("hidden", answer.language), known)
    return replace(
        answer,
        blocks=tuple(mask.block(block) for block in answer.blocks),
        projects=tuple(map(mask.project, answer.projects)),
        suggestions=tuple(map(mask, answer.suggestions)),
    )


def masked(text: str, language: str) -> str:
    """``text`` without telephone numbers and e-mail addresses."""
    return _Mask(say("hidden", language))(text)


class _Mask:
    """Puts ``hidden`` in the place of what people are reached by."""

    def __init__(self, hidden: str, known: Collection[str] = ()) -> None:
        self._hidden = hidden
        self._known = sorted(known, key=len, reverse=True)

    def __call__(self, text: str) -> str:
        return _PHONE.sub(self._number, self._without_addresses(text))

    def block(self, block: Block) -> Block:
        """A block without them."""
        match block:
            case Card(project, rows, note, summary):
                shown = tuple(self._row(row) for row in rows if row.field not in _REACHED_BY)
                return Card(self.project(project), shown, self(note), summary and self._quote(summary))
            case Say(text):
                return Say(self._line(text))
            case Quote():
                return self._quote(block)
            case SheetLines(sheet, lines):
                return SheetLines(self(sheet), tuple(Line(line.number, self._line(line.text)) for line in lines))
            case Table(tallies, titles):
                return Table(tuple(map(self._tally, tallies)), titles)

    def project(self, project: ProjectRef) -> ProjectRef:
        """A project, by a title without them."""
        return ProjectRef(project.id, self(project.title))

    def _row(self, row: Row) -> Row:
        return replace(row, label=self(row.label), text=self(row.text))

    def _quote(self, quote: Quote) -> Quote:
        return replace(quote, project=self.project(quote.project), heading=self(quote.heading), text=self(quote.text))

    def _tally(self, tally: Tally) -> Tally:
        projects = tuple(map(self.project, tally.projects))
        return replace(tally, value=self(tally.value), text=self(tally.text), projects=projects)

    def _line(self, text: str) -> str:
        for number in self._known:
            text = text.replace(number, self._hidden)
        return self(text)

    def _number(self, match: re.Match[str]) -> str:
        found, before = match[0], match.string[max(match.start() - 2, 0) : match.start()]
        if sum(map(str.isdigit, found)) < _FEWEST_DIGITS:
            return found
        in_amount = before[:1].isdigit() and before[1:].isspace() and _REST_OF_AMOUNT.fullmatch(found)
        return found if in_amount else self._hidden

    def _without_addresses(self, text: str) -> str:
        """Words with an at sign in them are addresses, and where it stands at an end the next word belongs to it."""
        if not _AT.search(text):
            return text
        parts = re.split(r"(\s+)", text)  # words at even places, blanks between
        masked = list(parts)
        for place in range(0, len(parts), 2):
            if found := _AT.search(parts[place]):
                around = [place]
                around += [place - 2] if place and found.start() == 0 else []
                around += [place + 2] if place + 2 < len(parts) and parts[place].endswith(found[0]) else []
                for other in around:
                    masked[other] = self._hidden
        return "".join(masked)
