"""An answer as the JSON object that scripts read."""

import datetime
from typing import Any

from esfbot.fields import Kind, field_named
from esfbot.model.answer import Answer, Row
from esfbot.model.project import Source
from esfbot.render.plain import render as render_plain


def render(answer: Answer, milliseconds: float) -> dict[str, Any]:
    """Return the reply as one JSON object: the keys are those that the README lists."""
    return {
        "question": answer.question,
        "language": answer.language,
        "kind": answer.kind.value,
        "abstained": answer.abstained,
        "text": render_plain(answer),
        "projects": [{"id": project.id, "title": project.title} for project in answer.projects],
        "facts": [fact for card in answer.cards for row in card.rows for fact in _facts(card.project.id, row)],
        "passages": [
            {"project": quote.project.id, "section": quote.heading, "text": quote.text, "source": source(quote.source)}
            for quote in answer.quotes
        ],
        "groups": [
            {"value": tally.value, "number": tally.number, "projects": [project.id for project in tally.projects]}
            for tally in answer.tallies
        ],
        "suggestions": list(answer.suggestions),
        "ms": round(milliseconds, 1),
    }


def source(where: Source) -> dict[str, Any]:
    """A source as JSON."""
    return {"sheet": where.sheet, "line": where.line}


def _facts(project: str, row: Row) -> list[dict[str, Any]]:
    """The facts of a row, each with its own source; a computed one comes before those that it was computed from."""
    facts = [(fact.field, fact.value, fact.source) for fact in row.facts]
    if not facts or field_named(row.field).kind is Kind.COMPUTED:
        facts.insert(0, (row.field, row.value, row.source))
    return [
        {
            "project": project,
            "field": field,
            "value": value.isoformat() if isinstance(value, datetime.date) else value,
            "source": source(where),
        }
        for field, value, where in facts
    ]
