"""Golden questions made of answers that somebody judged."""

import re
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from esfbot.evaluate.judge import judge, says
from esfbot.evaluate.sets import TELEPHONE, Question, question_from
from esfbot.model.answer import Answer, Kind, Quote, Row, Say
from esfbot.model.query import Conversation
from esfbot.render.plain import render
from esfbot.settings import Settings
from esfbot.upkeep import golden

Record = dict[str, Any]
Ask = Callable[[str, Conversation], tuple[Answer, Conversation]]

KIND = "reply"
_OPEN = (Kind.LIST, Kind.CONTACTS)
_LONGEST = 100  # characters; what is longer is no value but a text
_QUOTED = 60  # characters of a section that stand for it
_FEWEST_DIGITS = 7  # of a telephone number
_NUMBER = re.compile(r"[+0][\d()/\u2010-\u2015 \u00a0-]*\d")
_AMOUNT = re.compile(r"\d[\d \u00a0\u202f.,]*\s(?:kr|SEK|%|procent|percent)(?!\w)|SEK\s\d[\d \u00a0\u202f.,]*\d")
_DATE = re.compile(r"\b\d{1,2} [a-zåäö]{3,9} \d{4}\b|\b[A-Z][a-z]{2,8} \d{1,2}, \d{4}\b")
_COUNT = re.compile(r"\b\d[\d \u00a0\u202f]*\s[^\W\d_]+")
_YES_OR_NO = re.compile(r"(?:Ja|Nej|Yes|No)[.,]")
_ADDING = threading.Lock()


def replayed(questions: Sequence[str], ask: Ask) -> Answer:
    """The answer to the last of ``questions``, asked one after the other in a new conversation."""
    conversation = Conversation()
    for question in questions:
        answer, conversation = ask(question, conversation)
    return answer


def same(one: Answer, other: Answer) -> bool:
    """Whether two answers say the same, whatever was asked."""
    return (one.blocks, one.projects, one.abstained) == (other.blocks, other.projects, other.abstained)


def shown(answer: Answer, text: str) -> tuple[str, ...]:
    """The values of ``answer`` that stand in ``text`` as well: amounts, dates, names, numbers, and how a section
    begins. Of a list it is the titles."""
    whole = render(answer)
    values = dict.fromkeys(" ".join(value.split()) for value in _values(answer))
    return tuple(value for value in values if value and says(text, value) and says(whole, value))


def _values(answer: Answer) -> Iterator[str]:
    if answer.kind is Kind.LIST:
        yield from (project.title for project in answer.projects)
        return
    for card in answer.cards:
        yield from (value for row in card.rows if (value := _value(row)))
    for tally in answer.tallies:
        yield from (tally.value, tally.text)
    for block in answer.blocks:
        if isinstance(block, Say):
            yield from _said(block.text, counts=not answer.cards)
        elif isinstance(block, Quote) and answer.kind is not Kind.PASSAGES:  # others may answer as well
            yield _beginning(block.text)


def _value(row: Row) -> str:
    if row.field == "withheld" or len(row.text) > _LONGEST:
        return ""
    return f"{TELEPHONE}{row.text}" if row.field == "phone" and re.search("[1-9]", row.text) else row.text


def _beginning(text: str) -> str:
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return line if len(line) <= _QUOTED else line[:_QUOTED].rsplit(" ", 1)[0]


def _said(text: str, *, counts: bool) -> Iterator[str]:
    """What stands in a sentence of the bot's own; how many there are only where it is not told of what is listed."""
    if found := _YES_OR_NO.match(text):
        yield found[0]
    for pattern in (_AMOUNT, _DATE, *([_COUNT] if counts else [])):
        yield from pattern.findall(text)


def right(question: str, answer: Answer, values: Sequence[str], *, named: bool) -> Record:
    """What ``answer`` has to go on being: it says ``values``, and is about the same projects.

    Those that were found by what is asked of them, and are not ``named`` by the question, may become more: new sheets
    are no fault. Of passages the first counts.
    """
    record: Record = {"kind": KIND, "q": question}
    titles = [project.title for project in answer.projects]
    if answer.abstained:
        record["abstain"] = True
    elif values:
        record["must"] = list(values)
    if titles and answer.kind is Kind.PASSAGES:
        record |= {"projects": titles[:1], "first": True}
    elif titles and (named or answer.kind not in _OPEN):
        record["projects"] = titles
    return record


def wrong(question: str, answer: Answer, values: Sequence[str], instead: str) -> Record:
    """What an answer has to be in place of ``answer``: one that says ``instead``, or else none of ``values``."""
    record: Record = {"kind": KIND, "q": question}
    if instead:
        return record | {"must": [_wanted(instead)]}
    return record if answer.abstained else record | {"must_not": list(values), "abstain": None}


def _wanted(text: str) -> str:
    """The text as it is looked for: of a telephone number only the digits count."""
    digits = sum(map(str.isdigit, text))
    return f"{TELEPHONE}{text}" if _NUMBER.fullmatch(text) and digits >= _FEWEST_DIGITS else text


def holds(record: Record, answer: Answer) -> bool:
    """Whether ``answer`` is judged right by ``record``."""
    return judge(question_from(record, ""), answer).right


def add(settings: Settings, before: Sequence[str], record: Record) -> Question | None:
    """Add a golden question, with the questions ``before`` it that it goes on from. Returns the one that asks the same
    already, where there is one, and adds nothing then.

    Raises QuestionsRefused and FolderError as `esfbot.upkeep.golden.add` does.
    """
    with _ADDING:
        known = golden.questions(settings)
        if there := _known(known, [*before, record["q"]]):
            return there
        chat = {"chat": _free({question.chat for question in known})} if before else {}
        for question in before:
            golden.add(settings, {"kind": KIND, "q": question, "abstain": None} | chat)
        golden.add(settings, record | chat)
    return None


def _known(known: Sequence[Question], asked: Sequence[str]) -> Question | None:
    """The golden question that is ``asked`` last, after the others in one conversation."""
    for place, question in enumerate(known):
        chat = [each.text for each in known[:place] if question.chat is not None and each.chat == question.chat]
        if [_plain(text) for text in (*chat, question.text)] == [_plain(text) for text in asked]:
            return question
    return None


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _free(chats: set[str | int | None]) -> str:
    return next(name for number in range(1, len(chats) + 2) if (name := f"{KIND}-{number}") not in chats)
