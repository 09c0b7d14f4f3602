"""Print what the best passages score, to choose anew when one is taken for an answer (`esfbot.answers.narrative`).

    python -m benchmarks.calibrate QUESTIONS [--sheets DIR]

QUESTIONS holds a JSON object a line with the keys ``kind``, ``q``, ``projects`` and ``abstain``. Of the kinds
narrative, english and abstain, those that are read as questions of the narrative are listed with the share and the
score of their best passage; those that the sheets don't answer, and so should score low, are marked with a dash.
"""

import argparse
import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from esfbot.answers.passages import search, topic_of
from esfbot.embed.run import embed
from esfbot.encoders import E5_SMALL
from esfbot.model.query import Conversation, Operation
from esfbot.service import Service
from esfbot.settings import Settings

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
KINDS = ("narrative", "english", "abstain")


@dataclass(frozen=True, slots=True)
class Line:
    """A question with the figures of its best passage. ``right`` is None where the sheets do not answer it."""

    kind: str
    question: str
    named: bool
    share: float
    score: float
    right: bool | None


def main() -> None:
    """Read the questions, search, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.calibrate", description="Print what passages score.")
    parser.add_argument("questions", type=Path)
    parser.add_argument("--sheets", type=Path, default=SEEDS)
    options = parser.parse_args()
    asked = [json.loads(line) for line in options.questions.read_text(encoding="utf-8").splitlines() if line.strip()]
    with tempfile.TemporaryDirectory() as folder:
        embed(options.sheets, Path(folder), E5_SMALL)
        service = Service(Settings(sheets=options.sheets, embeddings=Path(folder)))
        found = [_line(each, service) for each in asked if each.get("kind") in KINDS and not each.get("chat")]
        service.close()
    lines = [line for line in found if line]
    _print(lines)
    _advise(lines)


def _line(asked: dict[str, Any], service: Service) -> Line | None:
    query = service.understand(asked["q"], Conversation())
    if query.operation is not Operation.PASSAGES or query.unknown or query.choices:
        return None
    store = service.store
    among = store.find(query.conditions, query.projects) if query.conditions else query.projects
    if query.conditions and not among:
        return None
    found = search(query.text, topic_of(query.topic, store), store, service.encoder, among)
    if not found:
        return None
    wanted = asked.get("projects") or []
    title = store.titles([found[0].passage.project])[found[0].passage.project]
    right = None if asked.get("abstain") else not wanted or title in wanted
    return Line(asked["kind"], query.text, bool(query.projects), found[0].share, found[0].score, right)


def _print(lines: list[Line]) -> None:
    table = Table("share", "score", "right", "names a project", "kind", "question")
    for line in sorted(lines, key=lambda line: -line.score):
        right = "-" if line.right is None else "yes" if line.right else "no"
        table.add_row(
            f"{line.share:.2f}", f"{line.score:.2f}", right, "yes" if line.named else "", line.kind, line.question
        )
    Console(width=120).print(table)


def _advise(lines: list[Line]) -> None:
    """The score that keeps the questions that sheets answer best apart from the others, named projects left out."""
    free = [line for line in lines if not line.named]
    told, untold = ([line for line in free if (line.right is not None) is wanted] for wanted in (True, False))
    if not told or not untold:
        return

    def errors(score: float) -> int:
        return sum(line.score < score for line in told) + sum(line.score >= score for line in untold)

    best = min((line.score for line in free), key=lambda score: (errors(score), -score))
    below = max((line.score for line in free if line.score < best), default=0.0)
    print(f"Best kept apart between {below:.2f} and {best:.2f}: {errors(best)} of {len(free)} on the wrong side.")


if __name__ == "__main__":
    main()
