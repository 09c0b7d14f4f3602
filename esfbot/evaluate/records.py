"""Results as the JSON objects that scripts read."""

from collections.abc import Iterator
from typing import Any

from esfbot.evaluate.comparison import Asked, Comparison
from esfbot.evaluate.run import Result, Results, Tally
from esfbot.render.plain import render

Record = dict[str, Any]


def evaluated(results: Results) -> Iterator[Record]:
    """Each wrong answer, and last the totals; the keys are those that the README lists."""
    yield from map(wrong, results.wrong)
    yield _totals(results)


def compared(comparison: Comparison) -> Iterator[Record]:
    """Each question that the generations answer differently well, and last what each of them came to."""
    names = [each.candidate.name for each in comparison.asked]
    for results in comparison.differing:
        answers = zip(names, results, strict=True)
        yield {
            **_question(results[0]),
            "answers": [{"generation": name, "right": x.verdict.right, **_answer(x)} for name, x in answers],
        }
    yield {"generations": [_compared(each) for each in comparison.asked]}


def _compared(asked: Asked) -> Record:
    return {
        "generation": asked.candidate.name,
        "model": asked.candidate.model,
        "live": asked.candidate.live,
        **_totals(asked.results),
        "median_ms": round(asked.median, 1),
        "p95_ms": round(asked.slow, 1),
    }


def wrong(result: Result) -> Record:
    """A wrong answer: its question, all that is wrong, and the whole reply."""
    return {**_question(result), **_answer(result)}


def _question(result: Result) -> Record:
    question = result.question
    return {
        "id": question.id,
        "kind": question.kind,
        "file": question.file,
        "line": question.line,
        "question": question.text,
    }


def _answer(result: Result) -> Record:
    question, answer, verdict = result.question, result.answer, result.verdict
    return {
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


def _totals(results: Results) -> Record:
    return {
        **_counts(results.total),
        "by_kind": {kind: _counts(tally) for kind, tally in results.by_kind.items()},
        "by_language": {language: _counts(tally) for language, tally in results.by_language.items()},
    }


def _counts(tally: Tally) -> Record:
    return {"asked": tally.asked, "right": tally.right, "percent": tally.percent, "misleading": tally.misleading}
