"""Ask the questions of sets and judge every answer."""

import itertools
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from esfbot.evaluate.judge import Verdict, judge
from esfbot.evaluate.sets import Question
from esfbot.model.answer import Answer
from esfbot.model.query import Conversation

Progress = Callable[[int, int], None]


class Answering(Protocol):
    """What can be asked: a `Service`, or whatever answers as it does."""

    def answer(self, question: str, conversation: Conversation) -> tuple[Answer, Conversation]:
        """Answer a question, and return the conversation as it stands after it."""
        ...


@dataclass(frozen=True, slots=True)
class Result:
    """A question of a set, the answer, what is wrong with it, and how long answering took."""

    question: Question
    answer: Answer
    verdict: Verdict
    milliseconds: float


@dataclass(frozen=True, slots=True)
class Tally:
    """How many questions were asked, and of their answers how many are right and how many mislead."""

    asked: int
    right: int
    misleading: int

    @property
    def percent(self) -> float:
        """The share of right answers, 0 to 100; 0 where nothing was asked."""
        return 100 * self.right / max(self.asked, 1)


@dataclass(frozen=True, slots=True)
class Results:
    """All results, in the order in which the questions were asked."""

    results: tuple[Result, ...]

    @property
    def wrong(self) -> tuple[Result, ...]:
        """Those whose answer is not right."""
        return tuple(result for result in self.results if not result.verdict.right)

    @property
    def misleading(self) -> tuple[Result, ...]:
        """Those whose answer misleads."""
        return tuple(result for result in self.results if result.verdict.misleading)

    @property
    def total(self) -> Tally:
        """The count of all."""
        return _tally(self.results)

    @property
    def by_kind(self) -> dict[str, Tally]:
        """The counts by kind of question, in the order of the kinds' names."""
        return _tallies(self.results, lambda result: result.question.kind)

    @property
    def by_language(self) -> dict[str, Tally]:
        """The counts by language of the reply (``en``, ``sv``)."""
        return _tallies(self.results, lambda result: result.answer.language)


def run(
    answering: Answering, questions: Sequence[Question], progress: Progress = lambda _done, _total: None
) -> Results:
    """Ask every question, those of one chat as one conversation, and judge the answers.

    ``progress`` is told how many questions of how many are answered.
    """
    results: list[Result] = []
    progress(0, len(questions))
    for _, chat in itertools.groupby(enumerate(questions), key=_conversation):
        conversation = Conversation()
        for _, question in chat:
            began = time.perf_counter()
            answer, conversation = answering.answer(question.text, conversation)
            milliseconds = 1000 * (time.perf_counter() - began)
            results.append(Result(question, answer, judge(question, answer), milliseconds))
            progress(len(results), len(questions))
    return Results(tuple(results))


def _conversation(numbered: tuple[int, Question]) -> tuple[object, ...]:
    """What consecutive questions of one conversation share; without a chat a question shares nothing."""
    number, question = numbered
    return (question.file, question.chat) if question.chat is not None else (number,)


def _tally(results: Sequence[Result]) -> Tally:
    right = sum(result.verdict.right for result in results)
    return Tally(len(results), right, sum(result.verdict.misleading for result in results))


def _tallies(results: Sequence[Result], group: Callable[[Result], str]) -> dict[str, Tally]:
    names = sorted({group(result) for result in results})
    return {name: _tally([result for result in results if group(result) == name]) for name in names}
