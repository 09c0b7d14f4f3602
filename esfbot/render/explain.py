"""A question as it was read, line by line."""

from collections.abc import Mapping, Sequence

from esfbot.model.query import Condition, Named, Query
from esfbot.sweden.places import gazetteer

_WIDTH = 12


def explain(query: Query, titles: Mapping[str, str], question: str) -> str:
    """Return what a `Query` holds, a line for each part that says something. ``titles`` has those of its projects by
    id; ``question`` is the same query as a question, or empty."""
    parts = {
        "question": query.text,
        "read as": question,
        "operation": query.operation.value,
        "asks": "yes or no" if query.confirms else "",
        "facts": "all that is stated" if query.everything else ", ".join(query.fields),
        "order": _order(query),
        "group": query.group + (f", with at least {query.least} projects" if query.least else ""),
        "limit": str(query.limit or ""),
        "skip": str(query.skip or ""),
        "projects": _projects(query, titles),
        "named": _named(query.names),
        "conditions": _conditions(query.conditions),
        "aside": _conditions(query.aside),
        "apart": _named(query.apart),
        "unknown": "; ".join(
            f"{name.text} ({name.kind}{', near ' + ', '.join(name.near) if name.near else ''})"
            for name in query.unknown
        ),
        "choices": _named(query.choices),
        "topic": query.topic,
        "wants": query.wants if query.topic else "",
        "talk": query.talk,
    }
    return "\n".join(f"{name:<{_WIDTH}}{value}" for name, value in parts.items() if value)


def _order(query: Query) -> str:
    return f"{query.order}, {'largest' if query.descending else 'smallest'} first" if query.order else ""


def _projects(query: Query, titles: Mapping[str, str]) -> str:
    if not query.projects:
        return "all" if query.every else ""
    listed = ", ".join(titles.get(id_, id_) for id_ in query.projects)
    return f"{listed} (from the conversation)" if query.inherited else listed


def _named(names: Sequence[Named]) -> str:
    return "; ".join(
        f"{named.text} = {named.field} {named.name}{'' if named.exact else ' (corrected)'}" for named in names
    )


def _conditions(conditions: Sequence[Condition]) -> str:
    return "; ".join(_condition(condition) for condition in conditions)


def _condition(condition: Condition) -> str:
    places = gazetteer().by_code
    operands = [places[str(o)].name if str(o) in places else str(o) for o in condition.operands]
    words = [condition.field, condition.test.value, ", ".join(operands), condition.other]
    return ("not: " if condition.negated else "") + " ".join(word for word in words if word)
