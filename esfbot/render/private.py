"""Answers without telephone numbers and e-mail addresses, for chats that others read too."""

import re
from dataclasses import replace

from esfbot.model.answer import Answer, Block, Card, Quote, Say, SheetLines
from esfbot.model.project import Line
from esfbot.wording.load import say

_REACHED_BY = ("email", "phone")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# Seven digits or more, grouped as people group them: telephone numbers, and never years or amounts with their unit.
_PHONE = re.compile(r"(?<![\w/-])(?:\+\d{1,3}|0)[\d\s()/–-]{5,}\d(?![\w/])")


def without_contacts(answer: Answer) -> Answer:
    """``answer`` without the ways to reach people; what is left out is told in its place."""
    hidden = say("hidden", answer.language)
    return replace(answer, blocks=tuple(_hidden(block, hidden) for block in answer.blocks))


def _hidden(block: Block, hidden: str) -> Block:
    match block:
        case Card():
            rows = tuple(row for row in block.rows if row.field not in _REACHED_BY)
            rows = tuple(replace(row, text=_masked(row.text, hidden)) for row in rows)
            summary = block.summary and replace(block.summary, text=_masked(block.summary.text, hidden))
            return replace(block, rows=rows, note=_masked(block.note, hidden), summary=summary)
        case Say(text):
            return Say(_masked(text, hidden))
        case Quote():
            return replace(block, text=_masked(block.text, hidden))
        case SheetLines():
            lines = tuple(Line(line.number, _masked(line.text, hidden)) for line in block.lines)
            return replace(block, lines=lines)
        case _:
            return block


def _masked(text: str, hidden: str) -> str:
    return _PHONE.sub(hidden, _EMAIL.sub(hidden, text))
