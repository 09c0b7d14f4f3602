"""Generations compared: the same questions asked of each."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from esfbot.evaluate.run import Answering, Progress, Result, Results, run
from esfbot.evaluate.sets import Question


@dataclass(frozen=True, slots=True)
class Candidate:
    """A generation to be asked: its name, the model that made it, whether it is live, and what answers from it."""

    name: str
    model: str
    live: bool
    answering: Answering


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of asking a generation."""

    candidate: Candidate
    results: Results

    @property
    def median(self) -> float:
        """The time within which half of the answers came, in milliseconds."""
        return self._within(0.5)

    @property
    def slow(self) -> float:
        """The time within which 95 of 100 answers came, in milliseconds."""
        return self._within(0.95)

    def _within(self, share: float) -> float:
        times = sorted(result.milliseconds for result in self.results.results)
        return times[math.ceil(share * len(times)) - 1] if times else 0.0


@dataclass(frozen=True, slots=True)
class Comparison:
    """Generations that were asked the same questions, in the order in which they were named."""

    asked: tuple[Asked, ...]

    @property
    def differing(self) -> Iterator[tuple[Result, ...]]:
        """The results of each question that the generations do not answer equally well, in their order."""
        for results in zip(*(asked.results.results for asked in self.asked), strict=True):
            if len({(result.verdict.right, result.verdict.misleading) for result in results}) > 1:
                yield results


def compare(
    candidates: Sequence[Candidate],
    questions: Sequence[Question],
    progress: Progress = lambda _done, _total: None,
) -> Comparison:
    """Ask every candidate all questions.

    ``progress`` is told how many questions of how many are answered, those of all candidates together.
    """
    total = len(candidates) * len(questions)
    asked: list[Asked] = []
    for candidate in candidates:
        before = len(asked) * len(questions)

        def told(done: int, _total: int, before: int = before) -> None:
            progress(before + done, total)

        asked.append(Asked(candidate, run(candidate.answering, questions, told)))
    return Comparison(tuple(asked))
