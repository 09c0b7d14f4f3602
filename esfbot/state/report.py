"""Feedback and questions without an answer, as text for a terminal (in English) and as JSON for scripts.

This is here and not in `esfbot.render` since rooms import only from rooms before them.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from esfbot.state.verdicts import Unanswered, Verdict

_REASONS = {
    "": "",
    "project": " (wrong project)",
    "fact": " (wrong fact)",
    "contact": " (contact no longer right)",
    "missing": " (not found)",
}


def text(verdicts: Sequence[Verdict], unanswered: Sequence[Unanswered]) -> str:
    """What people thought of answers, and what got none, each the newest first."""
    right = sum(verdict.verdict == "right" for verdict in verdicts)
    lines = [f"Feedback: {right} right, {len(verdicts) - right} wrong"]
    lines += [f"  {_verdict(verdict)}" for verdict in verdicts]
    lines += ["", f"Questions without an answer: {len(unanswered)}"]
    lines += [f"  {asked.date}  {_flat(asked.question)}" for asked in unanswered]
    return "\n".join(lines)


def records(verdicts: Sequence[Verdict], unanswered: Sequence[Unanswered]) -> Iterator[dict[str, Any]]:
    """The same, one JSON object each: ``verdict`` is ``right``, ``wrong`` or ``unanswered``."""
    for verdict in verdicts:
        yield {
            "date": verdict.date,
            "verdict": verdict.verdict,
            "reason": verdict.reason or None,
            "question": verdict.question,
            "query": json.loads(verdict.query),
            "projects": list(verdict.projects),
        }
    for asked in unanswered:
        yield {"date": asked.date, "verdict": "unanswered", "question": asked.question}


def _verdict(verdict: Verdict) -> str:
    said = f"{verdict.date}  {verdict.verdict}{_REASONS.get(verdict.reason, '')}: {_flat(verdict.question)}"
    return f"{said}  [{', '.join(verdict.projects)}]" if verdict.projects else said


def _flat(question: str) -> str:
    return " ".join(question.split())
