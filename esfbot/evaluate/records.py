"""Results as the JSON objects that scripts read."""

from collections.abc import Iterator
from typing import Any

from esfbot.evaluate.run import Result, Results, Tally
from esfbot.render.plain import render

Record = dict[str, Any]


def evaluated(results: Results) -> Iterator[Record]:
    """Each wrong answer, and last the totals; the keys are those that the README lists."""
    yield from map(wrong, results.wrong)
    yield {
        **_counts(results.total),
        "by_kind": {kind: _counts(tally) for kind, tally in results.by_kind.items()},
        "by_language": {language: _counts(tally) for language, tally in results.by_language.items()},
    }


def wrong(result: Result) -> Record:
    """A wrong answer: its question, all that is wrong, and the whole reply."""
    question, answer, verdict = result.question, result.answer, result.verdict
    return {
        "id": question.id,
        "kind": question.kind,
        "file": question.file,
        "line": question.line,
        "question": question.text,
        "language": answer.language,
        "misleading": verdict.misleading,
        "lacks": [list(choices) for choices in verdict.missing],
        "has": list(verdict.unwanted),
        "abstained": answer.abstained,
        "abstain": question.abstain,
        "projects": [project.title for project in answer.projects],
        "expected": verdict.projects and list(verdict.projects.expected),
        "match": verdict.projects and verdict.projects.match.value,
        "text": render(answer),
        "ms": round(result.milliseconds, 1),
    }


def _counts(tally: Tally) -> Record:
    return {"asked": tally.asked, "right": tally.right, "percent": tally.percent, "misleading": tally.misleading}
