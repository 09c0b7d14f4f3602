"""A question on its way to a `Query`: its parts, the conversation it is asked in, and what holds however it goes on."""

from dataclasses import dataclass, replace

from esfbot.fields import FIELDS
from esfbot.model.query import Conversation, Operation, Query, Unknown
from esfbot.questions.conditions import ORGANISATIONS
from esfbot.questions.follow import continues
from esfbot.questions.near import near_names
from esfbot.questions.operations import addable, averageable, read_order, read_skip
from esfbot.questions.parts import Parts

# Of which names others may be meant, by what is unknown.
_NEAR = {"project": ("title",), "person": ("contact",), "organisation": ORGANISATIONS}


@dataclass(frozen=True)
class Reading:
    """``plain`` is the query without what is done and of which projects."""

    parts: Parts
    conversation: Conversation
    plain: Query

    def compares(self) -> bool:
        """Whether projects or amounts are to be compared."""
        return bool(self.parts.operations & {"compare", "difference"})

    def with_near(self, unknown: tuple[Unknown, ...]) -> tuple[Unknown, ...]:
        """Unknown names with known ones that resemble them."""
        return tuple(
            name
            if name.near or name.kind not in _NEAR
            else replace(name, near=near_names(name.text, self.parts.names, _NEAR[name.kind]))
            for name in unknown
        )

    def fields_before(self) -> tuple[str, ...]:
        """The facts asked for before, where this question only exchanges the subject."""
        before = self.conversation.query
        if continues(self.parts, self.conversation) and before and before.operation is Operation.SHOW:
            return before.fields
        return ()

    def ordered(self, query: Query, limit: int) -> Query:
        """The projects in the order that the question names, ``limit`` of them."""
        parts = self.parts
        order, descending = read_order(parts.operations, parts.marks, parts.terms)
        skip = read_skip(parts.marks, parts.terms)
        # What is asked of those that come first, besides what the order is by.
        besides = tuple(field for field in query.fields if order not in (field, *FIELDS[field].parts))
        return replace(
            query,
            operation=Operation.RANK,
            fields=besides,
            order=order,
            descending=descending,
            limit=1 if skip else limit,
            skip=skip,
        )

    def added_up(self, query: Query) -> Query:
        """The sum or the average of what the question names."""
        parts = self.parts
        add = averageable if parts.operation is Operation.AVERAGE else addable
        return replace(query, operation=parts.operation, order=add(parts.measured)[0])
