"""Text and conversation made into a `Query`."""

from dataclasses import dataclass, replace

from esfbot.language.words import normalise
from esfbot.model.query import Conversation, Operation, Query, Unknown
from esfbot.questions.conditions import ORGANISATIONS
from esfbot.questions.follow import again, carried, continues, meant, narrows, picked
from esfbot.questions.known import Names
from esfbot.questions.marks import mark
from esfbot.questions.near import near_names
from esfbot.questions.operations import Group, addable, averageable, read_limit, read_order, read_skip, sortable
from esfbot.questions.parts import Parts
from esfbot.questions.signature import without_signature
from esfbot.questions.terms import Terms
from esfbot.wording.load import cue

_CONTACT = ("contact", "email", "phone")
# Of which names others may be meant, by what is unknown.
_NEAR = {"project": ("title",), "person": ("contact",), "organisation": ORGANISATIONS}
_OF_ONE = {"overview", "everything"}  # operations that are about one project
_ELLIPTIC = 4  # words with a meaning below which a question with a pronoun goes on about the same projects
_TOTALS = (Operation.SUM, Operation.AVERAGE)
_PAIR = 2


def understand(text: str, conversation: Conversation, names: Names) -> Query:
    """Read a question. The same text, conversation and names always give the same Query.

    Any text at all is read; of a long one only the beginning.
    """
    whole = normalise(text)
    written = without_signature(whole)
    marks = mark(written, names)
    parts = Parts(written, conversation.language or "sv", marks, names)
    if offered := meant(parts, conversation):
        query = understand(offered, conversation, names)
        fields = conversation.query.fields if conversation.query else ()
        return replace(query, text=whole, fields=query.fields or fields)
    if repeated := again(parts, conversation):
        return replace(repeated, text=whole)
    return replace(_Reading(parts, conversation).query(), text=whole)


@dataclass
class _Reading:
    """One question on its way to a Query."""

    parts: Parts
    conversation: Conversation

    def query(self) -> Query:
        """The whole question."""
        parts, subject = self.parts, self.parts.subject
        plain = Query(
            text=parts.text,
            language=parts.language,
            operation=Operation.NOTHING,
            fields=parts.fields,
            topic=parts.topic,
            about=parts.about,
            everything="everything" in parts.operations,
            wants=parts.wanted,
            confirms=parts.confirms,
        )
        if talk := self._talk():
            return replace(plain, operation=Operation.TALK, talk=talk)
        if parts.denied:
            return replace(plain, operation=Operation.SHOW, unknown=(Unknown(parts.denied, "exclusion"),))
        if unknown := subject.unknown or parts.unknown_organisation:
            return replace(plain, operation=Operation.SHOW, unknown=self._with_near(unknown))
        if subject.choices:
            return replace(plain, operation=Operation.SHOW, choices=subject.choices)
        if parts.by_title or any(named.field in ("email", "phone") for named in subject.names):
            return self._of_named(plain)
        if not subject.projects and (pick := picked(parts.marks, self.conversation)):
            return self._of_picked(plain, *pick)
        if subject.projects or parts.conditions or self._is_of_several():
            return self._of_chosen(plain)
        return self._of_any(plain)

    def _is_of_several(self) -> bool:
        parts = self.parts
        if parts.operation is not Operation.NOTHING or parts.group:
            return True
        return self._compares() and len(self.conversation.focus) >= _PAIR

    def _compares(self) -> bool:
        return bool(self.parts.operations & {"compare", "difference"})

    def _talk(self) -> str:
        """Which kind of small talk the question is, where it is nothing else."""
        parts = self.parts
        said = parts.terms.said("talk")
        other = parts.marks.left or parts.marks.keys or parts.marks.places or parts.subject.projects or parts.fields
        if not said or other:
            return ""
        return "help" if "help" in said else said[0]

    def _with_near(self, unknown: tuple[Unknown, ...]) -> tuple[Unknown, ...]:
        """Unknown names with known ones that resemble them."""
        return tuple(
            name
            if name.near or name.kind not in _NEAR
            else replace(name, near=near_names(name.text, self.parts.names, _NEAR[name.kind]))
            for name in unknown
        )

    # Of projects that are named

    def _of_named(self, plain: Query) -> Query:
        """A question about projects that it names by title, number, address or telephone number."""
        parts, subject = self.parts, self.parts.subject
        query = replace(plain, projects=subject.projects, names=subject.names, apart=subject.apart)
        if not parts.by_title:
            besides = [field for field in parts.fields if field not in (*_CONTACT, "address", "website", "title")]
            return replace(query, operation=Operation.SHOW, fields=("contact", *besides), topic="")
        several = len(subject.projects) > 1
        if parts.same_title:
            query = replace(query, conditions=parts.conditions)
        else:
            query = replace(query, aside=parts.conditions)
        if compared := self._compared(query, several=several):
            return compared
        if len(subject.projects) > 1 and parts.operation is Operation.RANK:
            return self._ordered(query, limit=1)
        if several and parts.operation in _TOTALS and not parts.same_title:
            return self._added_up(query)
        if parts.topic and (not parts.fields or parts.sections_only):
            return replace(query, operation=Operation.PASSAGES)
        return replace(query, operation=Operation.SHOW, fields=self._fields_of_named())

    def _compared(self, query: Query, *, several: bool) -> Query | None:
        """Projects side by side, two facts of one, or whether one project is larger or longer than the other."""
        parts = self.parts
        amounts = addable(parts.fields)
        if several and parts.confirms and (order := self._order_of_two()):
            return replace(
                query, operation=Operation.COMPARE, order=order[0], descending=order[1], fields=order[:1], topic=""
            )
        if self._compares() and (several or len(amounts) == _PAIR):
            return replace(query, operation=Operation.COMPARE, fields=parts.fields, topic="")
        return None

    def _order_of_two(self) -> tuple[str, bool] | None:
        """What a question says that one of two projects has more of than the other: "pågick X längre än Y", "startade
        X före Y"."""
        parts = self.parts
        if parts.operation is Operation.RANK:
            return read_order(parts.operations, parts.marks, parts.terms)
        dates = [field for field in parts.fields if field in ("start", "end")]
        said = {word.folded for word in parts.marks.words}
        if dates and said & (cue("sooner") | cue("later")):
            return dates[0], bool(said & cue("later"))
        if said & cue("than") and said & (cue("more") | cue("less")):
            order, _ = read_order(parts.operations, parts.marks, parts.terms)
            return order, bool(said & cue("more"))
        return None

    def _fields_of_named(self) -> tuple[str, ...]:
        """What to show of named projects: what is asked, or what was asked before of another."""
        return self.parts.fields or self._fields_before()

    def _fields_before(self) -> tuple[str, ...]:
        """The facts asked for before, where this question only exchanges the subject."""
        before = self.conversation.query
        if continues(self.parts, self.conversation) and before and before.operation is Operation.SHOW:
            return before.fields
        return ()

    def _of_picked(self, plain: Query, project: str, word: int) -> Query:
        """A question about a project that the last list holds, picked by ``word``."""
        parts = self.parts
        fields = () if parts.fields == ("phone",) and not parts.terms.of("phone") else parts.fields  # "nummer två"
        query = replace(plain, projects=(project,), inherited=True, fields=fields or self._fields_before())
        if set(parts.left) - {word} and not fields:
            return replace(query, operation=Operation.PASSAGES)
        return replace(query, operation=Operation.SHOW, topic="")

    # Of projects that fulfil conditions

    def _of_chosen(self, plain: Query) -> Query:
        """A question about the projects of a person or an organisation, about those that fulfil conditions, or all."""
        parts, subject = self.parts, self.parts.subject
        query = replace(
            plain, conditions=parts.conditions, projects=subject.projects, names=subject.names, apart=subject.apart
        )
        query = self._among_those_before(query)
        if set(_CONTACT) & set(parts.fields) and query.conditions and not parts.names_something:
            query = replace(query, topic="")  # who asks, and why, is no matter of the narrative
        if parts.group:
            return self._grouped(query, parts.group)
        if self._compares() and query.projects:
            return replace(query, operation=Operation.COMPARE, fields=parts.fields, topic="")
        operation = parts.operation
        if operation is Operation.RANK and query.topic and not sortable(parts.fields):
            operation = Operation.NOTHING
        of_projects = parts.speaks_of_projects or set(_CONTACT) & set(parts.fields) or subject.projects
        if (
            query.topic
            and operation is Operation.NOTHING
            and (not parts.fields or parts.sections_only or not of_projects)
        ):
            return replace(query, operation=Operation.PASSAGES, fields=parts.fields if parts.sections_only else ())
        if operation is Operation.RANK:
            return self._ordered(query, read_limit(parts.operations, parts.words_outside_conditions))
        if operation is Operation.COUNT:
            return replace(query, operation=Operation.COUNT, fields=())
        if operation in _TOTALS:
            return self._added_up(query)
        return self._shown(query)

    def _among_those_before(self, query: Query) -> Query:
        """The question narrowed down to what was listed before, or with the conditions of the last one that it does not
        replace."""
        parts, conversation = self.parts, self.conversation
        before = conversation.query
        if query.projects or before is None:
            return query
        if narrows(parts, conversation):
            query = replace(query, projects=conversation.listed, inherited=True)
            if parts.operation is Operation.NOTHING and not parts.fields:
                query = replace(query, fields=before.fields if before.operation is Operation.SHOW else ())
        elif continues(parts, conversation) and parts.conditions and not parts.topic:
            query = replace(query, conditions=(*parts.conditions, *carried(parts, conversation)))
        elif parts.refers_to_several and before.conditions and not parts.conditions:
            query = replace(query, conditions=before.conditions, inherited=True)
        return query

    def _shown(self, query: Query) -> Query:
        """The facts asked for, of every project that is meant, or the projects themselves."""
        parts = self.parts
        lists = parts.confirms or "list" in parts.operations
        placed = () if parts.subject.projects else ("municipality", "region", "county", "title")
        asked = tuple(field for field in parts.fields if field not in placed)
        if not asked and continues(parts, self.conversation) and not parts.operations - {"corrected", "list"}:
            return self._as_before(query)
        if asked == ("participant",) and (parts.places or query.names) and lists:
            asked = ()  # "vilka projekt är Torsby med i"
        asked = asked or (query.fields if query.inherited else ())
        named = query.names and not query.inherited
        if parts.sections_only and lists and not named:
            return replace(query, operation=Operation.PASSAGES, topic=parts.about)
        if asked:
            return replace(query, operation=Operation.SHOW, fields=asked)
        if named and {name.field for name in query.names} <= set(_CONTACT):
            return replace(query, operation=Operation.SHOW, fields=("contact",))
        if named and not lists:
            return replace(query, operation=Operation.SHOW)
        return replace(query, operation=Operation.LIST, fields=())

    def _as_before(self, query: Query) -> Query:
        """What was asked last, of the projects that are meant now."""
        before = self.conversation.query
        if before is None or before.operation in (
            Operation.TALK,
            Operation.PASSAGES,
            Operation.COMPARE,
            Operation.NOTHING,
        ):
            return replace(query, operation=Operation.LIST, fields=())
        if before.operation is Operation.SHOW and not before.fields:
            return replace(query, operation=Operation.SHOW if query.names else Operation.LIST, fields=())
        return replace(
            query,
            operation=before.operation,
            fields=before.fields,
            order=before.order,
            descending=before.descending,
            limit=before.limit,
            group=before.group,
        )

    def _ordered(self, query: Query, limit: int) -> Query:
        parts = self.parts
        order, descending = read_order(parts.operations, parts.marks, parts.terms)
        skip = read_skip(parts.marks, parts.terms)
        return replace(
            query, operation=Operation.RANK, order=order, descending=descending, limit=1 if skip else limit, skip=skip
        )

    def _added_up(self, query: Query) -> Query:
        parts = self.parts
        add = averageable if parts.operation is Operation.AVERAGE else addable
        return replace(query, operation=parts.operation, order=add(parts.fields or parts.terms.fields)[0])

    def _grouped(self, query: Query, group: Group) -> Query:
        """Projects counted, or an amount of theirs added up, by the values of a field."""
        parts = self.parts
        others = [field for field in parts.terms.fields if field != group.field]
        amounts = averageable(others) if "average" in parts.operations else addable(others)
        operation = Operation.AVERAGE if "average" in parts.operations else Operation.SUM
        order, descending = read_order(parts.operations, parts.marks, Terms(parts.terms.matches).without(group.words))
        ordered = parts.operation is Operation.RANK
        if "list" in parts.operations and ordered and not group.limit:
            return replace(
                query,
                operation=Operation.RANK,
                fields=(),
                order=order,
                descending=descending,
                group=group.field,
                limit=1,
                topic="",
            )  # "vilket projekt har störst budget i varje region"
        if not amounts and ordered:
            amounts = [order]
        return replace(
            query,
            operation=operation if amounts else Operation.COUNT,
            fields=(),
            order=amounts[0] if amounts else "",
            group=group.field,
            limit=group.limit,
            descending=group.descending,
            least=group.least,
            topic="",
        )

    # Of whatever was talked about, or of any project

    def _of_any(self, plain: Query) -> Query:
        """A question that names neither a project nor a place."""
        parts, focus = self.parts, self.conversation.focus
        if parts.topic:
            return self._of_topic(plain)
        if parts.values and (parts.of_all or len(focus) != 1):
            return replace(plain, operation=Operation.COUNT, group=parts.values, fields=())
        if parts.fields:
            if parts.sections_only and "list" in parts.operations and not parts.of_all:
                return replace(plain, operation=Operation.PASSAGES, topic=parts.about)
            if (parts.of_all or "list" in parts.operations) and not parts.refers_to_several:
                return replace(plain, operation=Operation.SHOW, every=True)
            several = parts.refers_to_several and self.conversation.listed
            return replace(plain, operation=Operation.SHOW, projects=several or focus, inherited=bool(focus))
        if "list" in parts.operations:
            return replace(plain, operation=Operation.LIST)
        if parts.operations & _OF_ONE and focus:
            return replace(plain, operation=Operation.SHOW, projects=focus, inherited=True)
        return plain

    def _of_topic(self, plain: Query) -> Query:
        """A question with words that nothing accounts for: a name that the sheets lack, or a matter of the
        narrative."""
        parts, subject = self.parts, self.parts.subject
        asks_of_one = bool(parts.fields) and not parts.sections_only and "list" not in parts.operations
        if subject.part_of and (parts.fields or parts.operations & _OF_ONE):
            return replace(plain, operation=Operation.SHOW, choices=subject.part_of)
        if asks_of_one and parts.names_something:
            unknown = Unknown(parts.topic, "project", subject.near)
            return replace(plain, operation=Operation.SHOW, unknown=self._with_near((unknown,)))
        focus = self.conversation.focus
        if parts.refers_back and focus and len(parts.marks.left) < _ELLIPTIC and not parts.operations:
            return replace(plain, operation=Operation.PASSAGES, projects=focus, inherited=True)
        return replace(plain, operation=Operation.PASSAGES)
