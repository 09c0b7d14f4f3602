"""What buttons and links ask: the card of a project, its parts, and the projects of places."""

from collections.abc import Iterable

from esfbot.model.query import Condition, Operation, Query, Test

# By name: what is done, and of which facts or sections.
_PARTS: dict[str, tuple[Operation, tuple[str, ...]]] = {
    "purpose": (Operation.SHOW, ("purpose",)),
    "goals": (Operation.SHOW, ("goals",)),
    "background": (Operation.SHOW, ("background",)),
    "partners": (Operation.SHOW, ("partner", "co_funder", "participant")),
    "facts": (Operation.SHOW, ()),
    "contact": (Operation.SHOW, ("contact",)),
    "similar": (Operation.SIMILAR, ()),
    "source": (Operation.SOURCE, ()),
}
PARTS = tuple(_PARTS)


def card(project: str, language: str) -> Query:
    """The question for the card of the project with this id."""
    return Query("", language, Operation.SHOW, projects=(project,))


def part(name: str, project: str, language: str) -> Query:
    """The question for one of `PARTS` of the project with this id, in full. Raises KeyError for any other name."""
    operation, fields = _PARTS[name]
    return Query("", language, operation, fields, everything=operation is Operation.SHOW, projects=(project,))


def places(codes: Iterable[str], language: str) -> Query:
    """The question for the projects of the places with these codes."""
    return Query("", language, Operation.LIST, conditions=(Condition("municipality", Test.IN, tuple(codes)),))
