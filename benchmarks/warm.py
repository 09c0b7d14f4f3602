"""Replies of a running service, by kind of question, and the share of the encoder in them."""

import statistics
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.collection import invented_projects, publish
from benchmarks.measure import Measured, each, milliseconds
from benchmarks.questions import Kind, kinds
from esfbot.encoders import query_vector
from esfbot.model.query import Conversation
from esfbot.service import Service
from esfbot.settings import Settings

_WARM = 3  # questions of each kind before those that are measured
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
    rows = [_row(group, service, *asked, runs=runs) for asked in QUESTIONS]
    service.close()
    return rows


def warm_invented(sheets: Path, folder: Path, counts: Sequence[int], calls: int) -> list[Measured]:
    """The same on invented collections of each size, with different questions of each kind, each asked once; how much
    of it is understanding the question, and how that grows from the smaller collections to the largest."""
    rows = []
    understood = {}
    for count in sorted(counts):
        projects = invented_projects(count, sheets)
        embeddings = folder / f"invented-{count}"
        publish(projects, embeddings)
        service = Service(Settings(sheets=sheets, embeddings=embeddings))
        group = f"warm, {count:,} invented projects, {service.store.passage_total():,} passages"
        for kind in kinds(projects, _WARM):  # other questions than those that are measured
            _kind_rows(group, service, kind)
        pairs = {kind.name: _kind_rows(group, service, kind) for kind in kinds(projects, calls)}
        service.close()
        rows += [row for pair in pairs.values() for row in pair]
        understood[count] = {name: understanding.median for name, (_, understanding) in pairs.items()}
    return [*rows, *_growth(understood)]


def _kind_rows(group: str, service: Service, kind: Kind) -> tuple[Measured, Measured]:
    """The rows of one kind of question: replies, and understanding alone."""
    encoder = service.encoder() if kind.encodes else None
    # A question is understood before it is answered, so that no look-up of it is remembered from that.
    understanding, answering, encoding = each(
        kind.questions,
        lambda question: service.understand(question, Conversation()),
        lambda question: service.answer(question, Conversation()),
        lambda question: encoder and query_vector(encoder, question),
    )
    ratio = _against_model(answering, encoding) if kind.encodes else ""
    return (
        Measured(group, kind.name, answering, "ms", ratio=ratio),
        Measured(group, "  of that, understanding", understanding, "ms"),
    )


def _growth(understood: Mapping[int, Mapping[str, float]]) -> list[Measured]:
    """How many times as long understanding takes in the largest collection as in each smaller one, over all kinds."""
    *smaller, largest = understood or (0,)
    rows = []
    for count in smaller:
        times = {name: median / understood[count][name] for name, median in understood[largest].items()}
        most = max(times, key=times.__getitem__)
        ratio = f"{largest / count:,.0f} times the projects; most for {most}"
        group = f"understanding among {largest:,} projects"
        rows.append(Measured(group, f"against {count:,}", tuple(times.values()), "times", ratio=ratio))
    return rows


def _row(group: str, service: Service, kind: str, question: str, encodes: bool, *, runs: int) -> Measured:
    encoder = service.encoder() if encodes else None
    answering, encoding = milliseconds(
        runs,
        lambda: service.answer(question, Conversation()),
        lambda: encoder and query_vector(encoder, question),
    )
    ratio = _against_model(answering, encoding) if encodes else ""
    return Measured(group, f"{kind}: {question}", answering, "ms", ratio=ratio)


def _against_model(answering: Sequence[float], encoding: Sequence[float]) -> str:
    alone = statistics.median(encoding)
    return f"{statistics.median(answering) / alone:.1f} times the model's {alone:.1f} ms"
