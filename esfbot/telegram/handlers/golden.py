"""Golden questions by reply: a maintainer says of one of the bot's answers that it is right, or wrong."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from esfbot.answers.phrase import phrase
from esfbot.errors import FolderError, QuestionsRefused
from esfbot.evaluate.sets import question_from
from esfbot.model.answer import Answer
from esfbot.render.markup import Line
from esfbot.render.screen import Screen
from esfbot.render.screens import answer_screens
from esfbot.state.memory import Exchange
from esfbot.telegram import calls
from esfbot.telegram.desk import Desk
from esfbot.telegram.handlers.maintaining import unknown
from esfbot.telegram.reply import Reply
from esfbot.telegram.reports import Part, fitted
from esfbot.telegram.said import Said
from esfbot.upkeep import by_reply
from esfbot.upkeep.by_reply import Record
from esfbot.wording.load import say

_MOST_BEFORE = 5  # questions that one may go on from


@dataclass(frozen=True, slots=True)
class _Judged:
    """An answer that is replied to, as it is given now: ``question``, asked after those ``before``, gets it, and may
    have ``named`` its projects. ``values`` are those that the message shows; ``is_shown`` tells whether it shows that
    answer."""

    before: tuple[str, ...]
    question: str
    named: bool
    answer: Answer
    values: tuple[str, ...]
    is_shown: bool


def right(desk: Desk, said: Said) -> Reply:
    """The answer that is replied to has to stay as it is."""
    judged = _judged(desk, said)
    if isinstance(judged, Reply):
        return judged
    if not judged.is_shown:
        return desk.says(said, "golden_other")
    record = by_reply.right(judged.question, judged.answer, judged.values, named=judged.named)
    if not record.keys() & {"must", "projects", "abstain"}:
        return desk.says(said, "golden_nothing")
    if not by_reply.holds(record, judged.answer):
        return desk.says(said, "golden_not_right")
    return _added(desk, said, judged, record)


def wrong(desk: Desk, said: Said) -> Reply:
    """The answer that is replied to has to say something else, which may stand behind the command."""
    judged = _judged(desk, said)
    if isinstance(judged, Reply):
        return judged
    instead = " ".join(said.words.split())
    if not instead and not judged.is_shown:
        return desk.says(said, "golden_other")
    if not instead and not judged.values and not judged.answer.abstained:
        return desk.says(said, "golden_say_what")
    return _added(desk, said, judged, by_reply.wrong(judged.question, judged.answer, judged.values, instead))


def _judged(desk: Desk, said: Said) -> _Judged | Reply:
    """What is replied to, or what to say where it is nothing that can be judged."""
    if not desk.is_maintainer(said.seat):
        return unknown(desk, said)
    if said.edited:  # what was added stays
        return Reply()
    if not said.replied:
        return desk.says(said, "golden_how")
    exchange = desk.state.memory.exchange_of(said.seat.chat, said.replied)
    if exchange is None:
        return desk.says(said, "golden_old")
    answer, _ = desk.service.reply(exchange.query, exchange.before)
    questions = _questions(desk, said, exchange, answer)
    if not questions:
        return desk.says(said, "golden_unasked")
    *before, question = questions
    values = by_reply.shown(answer, said.replied_text)
    named = bool(exchange.query.projects)
    return _Judged(tuple(before), question, named, answer, values, _is_shown(desk, said, exchange, answer))


def _questions(desk: Desk, said: Said, exchange: Exchange, answer: Answer) -> list[str]:
    """The questions that get this answer, asked one after the other: the one that was asked, after no more of those
    before it than it takes. Where a button asked it or a command, it is put in words."""
    query, service = exchange.query, desk.service
    asked = "" if query.text.startswith("/") else query.text
    wordings = filter(None, (asked, phrase(query, service.store.titles(query.projects))))
    before = desk.state.memory.asked_before(said.seat.chat, exchange.message, _MOST_BEFORE)
    for text in dict.fromkeys(wordings):
        for number in range(len(before) + 1):
            questions = [*before[:number][::-1], text]
            again = by_reply.replayed(questions, lambda q, c: service.reply(service.understand(q, c), c))
            if by_reply.same(again, answer):
                return questions
    return []


def _is_shown(desk: Desk, said: Said, exchange: Exchange, answer: Answer) -> bool:
    """Whether the message that is replied to shows this answer: not another page, a project opened from it, or what the
    sheets said before they changed."""
    text = _flat(said.replied_text)
    return any(_flat(_seen(each.text)) in text for each in answer_screens(answer, exchange.query, desk.showing(said)))


def _seen(markup: str) -> str:
    return html.unescape(re.sub(r"</?[a-z]+>", "", markup))


def _flat(text: str) -> str:
    return " ".join(text.split())


def _added(desk: Desk, said: Said, judged: _Judged, record: Record) -> Reply:
    language = desk.language(said)
    try:
        there = by_reply.add(desk.settings, judged.before, record)
    except (QuestionsRefused, FolderError) as error:
        reason = fitted([Part("", ((Line(say("golden_failed", language, reason=error)),),))], language)
        return Reply((calls.send(said, Screen(reason)),))
    if there:
        return desk.says(said, "golden_there", line=there.line)
    lead = say("golden_added", language, question=" → ".join((*judged.before, judged.question)))
    told = Part(lead, tuple((Line(text),) for text in _told(record, language)))
    return Reply((calls.send(said, Screen(fitted([told], language))),))


def _told(record: Record, language: str) -> Iterator[str]:
    """What a golden question asks for, in words."""
    question = question_from(record, "")
    if question.abstain is True:
        yield say("golden_must_abstain", language)
    elif question.abstain is False and not question.must:
        yield say("golden_must_answer", language)
    yield from (say("golden_must", language, text=" / ".join(choices)) for choices in question.must)
    yield from (say("golden_must_not", language, text=text) for text in question.must_not)
    if question.projects:
        yield say("golden_about", language, projects=", ".join(question.projects))
