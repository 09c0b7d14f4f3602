"""Questions: text that people write, and text that they edit."""

from dataclasses import replace

from esfbot.model.answer import Answer, Kind, Say
from esfbot.model.query import Conversation, Query
from esfbot.render.presses import Rate
from esfbot.render.screen import Button, Keyboard, Screen
from esfbot.render.screens import answer_screens
from esfbot.state.memory import Exchange
from esfbot.state.verdicts import RIGHT, WRONG
from esfbot.telegram import calls
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
    before, _ = desk.state.memory.conversation(said.seat)
    return put(desk, said, desk.service.understand(question, before), before)


def put(
    desk: Desk, said: Said, query: Query, before: Conversation | None = None, *, lead: str = "", below: Keyboard = ()
) -> Reply:
    """Answer a question that has been read, in the conversation ``before`` it (else the one that there is).

    ``lead`` is said before the answer, ``below`` are buttons under it.
    """
    if before is None:
        before, _ = desk.state.memory.conversation(said.seat)
    found, after = desk.service.reply(query, before)
    if lead:
        found = replace(found, blocks=(Say(lead), *found.blocks))
    *others, last = _screens(desk, said, found, query)
    screens = [*others, replace(last, keyboard=(*last.keyboard, *below))]
    asked = replace(query, text=query.text or said.text)  # a command has only that
    exchange = Exchange(said.message, (), asked, tuple(project.id for project in found.projects), before)
    sent = tuple(calls.send(said, screen, answers=said.message) for screen in screens)
    return Reply(sent, after, exchange, _unanswered(desk, found, query))


def edited(desk: Desk, said: Said) -> Reply:
    """Answer a question that was edited in the place of its answer. One whose answer is no longer kept is answered
    anew."""
    if not said.text:
        return Reply()  # a position that moves
    old = desk.state.memory.exchange(said.seat.chat, said.message)
    if old is None or not old.replies:
        return answer(desk, said)
    query = desk.service.understand(said.text, old.before)
    found, after = desk.service.reply(query, old.before)
    screens = _screens(desk, said, found, query)
    ids = tuple(project.id for project in found.projects)
    exchange = replace(old, query=query, projects=ids, feedback=None, replies=old.replies[: len(screens)])
    pairs = zip(old.replies, screens, strict=False)
    sent = [calls.edit(said, reply, screen, answers=said.message) for reply, screen in pairs]
    sent += [calls.send(said, screen, answers=said.message) for screen in screens[len(old.replies) :]]
    sent += [calls.remove(said, reply) for reply in old.replies[len(screens) :]]
    _, last = desk.state.memory.conversation(said.seat)
    moved = after if last == said.message else None
    return Reply(tuple(sent), moved, exchange, _unanswered(desk, found, query))


def not_text(desk: Desk, said: Said) -> Reply:
    """Say what can be sent, where it was something else."""
    return Reply((calls.send(said, Screen(say("not_text", desk.language(said)))),))


def rating(language: str) -> tuple[Button, ...]:
    """The buttons that judge an answer."""
    return tuple(Button(say(f"button_{verdict}", language), Rate(verdict)) for verdict in (RIGHT, WRONG))


def _screens(desk: Desk, said: Said, found: Answer, query: Query) -> tuple[Screen, ...]:
    """The answer as messages; under the last, unless it was only talk, the buttons to judge it."""
    *others, last = answer_screens(found, query, desk.showing(said))
    if found.kind not in _NOT_JUDGED:
        last = replace(last, keyboard=(*last.keyboard, rating(found.language)))
    return (*others, last)


def _unanswered(desk: Desk, found: Answer, query: Query) -> str:
    if not found.abstained:
        return ""
    desk.metrics.no_answer()
    return query.text if desk.settings.keep_unanswered else ""
