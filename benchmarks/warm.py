"""Replies of a running service, by kind of question, and the share of the encoder in them."""

import statistics
from collections.abc import Sequence
from pathlib import Path

from benchmarks.collection import invented_projects, publish
from benchmarks.measure import Measured, milliseconds
from esfbot.encoders import query_vector
from esfbot.model.project import Project
from esfbot.model.query import Conversation
from esfbot.service import Service
from esfbot.settings import Settings

# Kind, question, and whether the encoder has a part in it.
QUESTIONS = (
    ("fact", "Vad är budgeten för Vinnande Arena?", False),
    ("fact", "Vem äger Gå vidare II?", False),
    ("contact by place", "Vem är kontaktperson i Ludvika?", False),
    ("contact by title", "Vem är kontaktperson för Göra Skillnad?", False),
    ("contact by misspelt title", "Vem är kontaktperson för Vinande Arena?", False),
    ("list", "Lista alla projekt", False),
    ("section", "Vad är syftet med Gå vidare II?", False),
    ("narrative of a named project", "Hur arbetar Vinnande Arena med praktik?", True),
    ("narrative of any project", "Vilka projekt arbetar med praktikplatser för unga?", True),
    ("no answer", "Hur blir vädret i Paris i morgon?", True),
)


def warm(sheets: Path, embeddings: Path, runs: int) -> list[Measured]:
    """Milliseconds a reply, from the question's text to the answer, on the shipped sheets."""
    service = Service(Settings(sheets=sheets, embeddings=embeddings))
    group = f"warm, {service.store.count()} projects"
    rows = [row for asked in QUESTIONS for row in _rows(group, service, *asked, runs=runs)]
    service.close()
    return rows


def warm_invented(sheets: Path, folder: Path, count: int, runs: int) -> list[Measured]:
    """The same on an invented collection of ``count`` projects, and how much of it is understanding the question."""
    projects = invented_projects(count, sheets)
    embeddings = folder / f"invented-{count}"
    publish(projects, embeddings)
    service = Service(Settings(sheets=sheets, embeddings=embeddings))
    group = f"warm, {count:,} invented projects, {service.store.passage_total():,} passages"
    rows = []
    for kind, question, encodes in _invented_questions(projects):
        rows += _rows(group, service, kind, question, encodes, runs=runs, apart=True)
    service.close()
    return rows


def _invented_questions(projects: Sequence[Project]) -> list[tuple[str, str, bool]]:
    project = projects[len(projects) // 2]
    place = project.first("municipality")
    assert place is not None
    title = project.title
    return [
        ("fact", f"Vad är budgeten för {title}?", False),
        ("contact by place", f"Vem är kontaktperson i {place.value}?", False),
        ("contact by misspelt title", f"Vem är kontaktperson för {title[:3]}{title[4:]}?", False),
        ("list", "Lista alla projekt", False),
        ("section", f"Vad är syftet med {title}?", False),
        ("narrative of a named project", f"Hur arbetar {title} med praktik?", True),
        ("narrative of any project", "Vilka projekt arbetar med praktikplatser för unga?", True),
        ("no answer", "Hur blir vädret i Paris i morgon?", True),
    ]


def _rows(
    group: str, service: Service, kind: str, question: str, encodes: bool, *, runs: int, apart: bool = False
) -> list[Measured]:
    """A question's row, and with ``apart`` one for understanding it alone."""
    encoder = service.encoder() if encodes else None
    answering, understanding, encoding = milliseconds(
        runs,
        lambda: service.answer(question, Conversation()),
        lambda: service.understand(question, Conversation()),
        lambda: encoder and query_vector(encoder, question),
    )
    alone = statistics.median(encoding)
    ratio = f"{statistics.median(answering) / alone:.1f} times the model's {alone:.1f} ms" if encodes else ""
    rows = [Measured(group, f"{kind}: {question}", answering, "ms", ratio=ratio)]
    return [*rows, Measured(group, "  of that, understanding", understanding, "ms")] if apart else rows
