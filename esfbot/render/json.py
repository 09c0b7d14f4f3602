"""An answer as the JSON object that scripts read."""

from typing import Any

from esfbot.fields import field_named
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
        "suggestions": list(answer.suggestions),
        "ms": round(milliseconds, 1),
    }


def source(where: Source) -> dict[str, Any]:
    """A source as JSON."""
    return {"sheet": where.sheet, "line": where.line}


def _facts(project: str, row: Row) -> list[dict[str, Any]]:
    """The facts of a row; a period is its start and its end."""
    parts = field_named(row.field).parts
    values = str(row.value).split("/") if row.field == "period" else [row.value]
    fields = parts if len(values) == len(parts) and row.field == "period" else (row.field,)
    return [
        {"project": project, "field": field, "value": value, "source": source(row.source)}
        for field, value in zip(fields, values, strict=True)
    ]
