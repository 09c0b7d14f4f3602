"""What a golden question expects where nobody says it: what is answered now."""

from dataclasses import replace
from typing import Any

from esfbot.evaluate.judge import judge
from esfbot.evaluate.run import Answering, Result, run
from esfbot.evaluate.sets import KEYS, question_from
from esfbot.model.answer import Answer
from esfbot.render.plain import render
from esfbot.upkeep.by_reply import right, shown

_EXPECTATIONS = {"must", "must_not", "projects", "abstain"}


def proposed(answering: Answering, record: dict[str, Any], file: str) -> tuple[dict[str, Any], Result]:
    """A golden question as it would be added to ``file``, and how it is answered now. One that expects nothing expects
    what is answered now. Raises QuestionsRefused where it is none."""
    result = run(answering, [question_from(record, file)]).results[0]
    if record.keys() & _EXPECTATIONS:
        return record, result
    expected = as_answered(result.answer) | record
    record = {key: expected[key] for key in KEYS if key in expected}
    question = question_from(record, file)
    return record, replace(result, question=question, verdict=judge(question, result.answer))


def as_answered(answer: Answer) -> dict[str, Any]:
    """The keys of a question set that expect what ``answer`` says: its values, and its projects where others may not
    join them."""
    record = right(answer.question, answer, shown(answer, render(answer)), named=False) | {"kind": answer.kind.value}
    if answer.tallies:  # whose projects are those of all groups
        record.pop("projects", None)
    return record
