"""Questions: text that people write, and text that they edit."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from esfbot.model.answer import Answer, Kind, Say
from esfbot.model.query import Conversation, Query
from esfbot.render.presses import Rate
from esfbot.render.screen import Button, Keyboard, Screen
from esfbot.render.screens import answer_screens
from esfbot.state.memory import Exchange
from esfbot.state.verdicts import RIGHT, WRONG
from esfbot.telegram import calls
from esfbot.telegram.calls import Call
from esfbot.telegram.desk import Desk
from esfbot.telegram.reply import Reply
from esfbot.telegram.said import Said
from esfbot.wording.load import say

_NOT_JUDGED = (Kind.TALK, Kind.ASK_BACK)


def answer(desk: Desk, said: Said) -> Reply:
    """Answer what was written as the next question of the conversation."""
    return ask(desk, said, said.text)


def ask(desk: Desk, said: Said, question: str) -> Reply:
    """Answer ``question`` where ``said`` was said, as the next of the conversation there."""
    return put(desk, said, desk.service.understand(question, conversation(desk, said)))


def conversation(desk: Desk, said: Said) -> Conversation:
    """The conversation that what was said goes on with; of an edited question the one that it was asked in."""
    old = _answered(desk, said)
    return old.before if old else desk.state.memory.conversation(said.seat)[0]


def put(desk: Desk, said: Said, query: Query, *, lead: str = "", below: Keyboard = ()) -> Reply:
    """Answer a question that has been read; one that was edited, in the place of its answer.

    ``lead`` is said before the answer, ``below`` are buttons under it.
    """
    before = conversation(desk, said)
    found, after = desk.service.reply(query, before)
    if lead:
        found = replace(found, blocks=(Say(lead), *found.blocks))
    screens = _screens(desk, said, found, query, below)
    written = "" if said.query else said.text  # of a press it is the button's data
    asked = replace(query, text=query.text or written)  # a command has only that
    exchange = Exchange(_number(said), (), asked, tuple(project.id for project in found.projects), before)
    unanswered = _unanswered(desk, found, query)
    if old := _answered(desk, said):
        exchange = replace(exchange, replies=old.replies[: len(screens)])
        _, last = desk.state.memory.conversation(said.seat)
        moved = after if last == said.message else None  # an older question leaves what is talked about now
        return Reply(_in_place(said, screens, old.replies), moved, exchange, unanswered)
    sent = tuple(calls.send(said, screen, answers=exchange.message) for screen in screens)
    return Reply(sent, after, exchange, unanswered)


def _answered(desk: Desk, said: Said) -> Exchange | None:
    """The answer that an edited question got, where it is still kept."""
    found = desk.state.memory.exchange(said.seat.chat, said.message) if said.edited else None
    return found if found and found.replies else None


def _in_place(said: Said, screens: Sequence[Screen], replies: Sequence[int]) -> tuple[Call, ...]:
    """Show ``screens`` in the messages ``replies``, and in more of them or fewer, as it takes."""
    changed = [
        calls.edit(said, reply, screen, answers=said.message) for reply, screen in zip(replies, screens, strict=False)
    ]
    more = [calls.send(said, screen, answers=said.message) for screen in screens[len(replies) :]]
    return (*changed, *more, *(calls.remove(said, reply) for reply in replies[len(screens) :]))


def not_text(desk: Desk, said: Said) -> Reply:
    """Say what can be sent, where it was something else."""
    return desk.says(said, "not_text")


def rating(language: str) -> tuple[Button, ...]:
    """The buttons that judge an answer."""
    return tuple(Button(say(f"button_{verdict}", language), Rate(verdict)) for verdict in (RIGHT, WRONG))


def _number(said: Said) -> int:
    """What a question is kept by: its message; of one that a button asked, a number that no message has."""
    digest = hashlib.blake2b(said.query.encode(), digest_size=6).digest()
    return -int.from_bytes(digest) if said.query else said.message


def _screens(desk: Desk, said: Said, found: Answer, query: Query, below: Keyboard = ()) -> tuple[Screen, ...]:
    """The answer as messages; under the last ``below`` and, unless it was only talk, the buttons to judge it."""
    *others, last = answer_screens(found, query, desk.showing(said))
    judged = () if found.kind in _NOT_JUDGED else (rating(found.language),)
    return (*others, replace(last, keyboard=(*last.keyboard, *below, *judged)))


def _unanswered(desk: Desk, found: Answer, query: Query) -> str:
    if not found.abstained:
        return ""
    desk.metrics.no_answer()
    return query.text if desk.settings.keep_unanswered else ""
