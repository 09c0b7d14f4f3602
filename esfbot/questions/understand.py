"""Text and conversation made into a `Query`."""

from dataclasses import dataclass, replace
from functools import cached_property

from esfbot.fields import FIELDS, Kind
from esfbot.language.tell import tell
from esfbot.language.words import Word, normalise
from esfbot.model.query import Condition, Conversation, Operation, Query, Test, Unknown
from esfbot.questions.conditions import Conditions, read_conditions
from esfbot.questions.known import Names
from esfbot.questions.lexicon import Match, lexicon
from esfbot.questions.marks import Marks, mark
from esfbot.questions.operations import addable, is_limit, read_limit, read_operation, read_order, sortable
from esfbot.questions.resolve import Subject, resolve
from esfbot.questions.signature import without_signature
from esfbot.wording.load import is_function, wants

_CONTACT = ("contact", "email", "phone")
_PLURAL = frozenset("dem de dom deras dessa them those these they".split())
_BEFORE_NAMES = frozenset("for till av i hos pa of for in to at projektet projekt project".split())
_NEGATIONS = frozenset("inte ej utom forutom exklusive icke except excluding not without".split())
_OF_ONE = {"overview", "everything"}  # operations that are about one project
_NEGATION_NEAR = 3  # words before a mention that may negate it
_ELLIPTIC = 4  # words with a meaning below which a question with a pronoun goes on about the same projects
# What a question that begins or ends so, and names only a new subject, wants to know of it is what was asked last.
_AND = frozenset("och and men but sen hur then da what".split())


def understand(text: str, conversation: Conversation, names: Names) -> Query:
    """Read a question. The same text, conversation and names always give the same Query.

    Any text at all is read; of a long one only the beginning.
    """
    whole = normalise(text)
    text = without_signature(whole)
    marks = mark(text, names)
    language = tell(marks.words, otherwise=conversation.language or "sv")
    query = _Reading(text, language, marks, conversation, resolve(marks, names), names).query()
    return replace(query, text=whole)


@dataclass
class _Reading:
    """One question on its way to a Query: every property is something that it does or does not hold."""

    text: str
    language: str
    marks: Marks
    conversation: Conversation
    subject: Subject
    names: Names

    @cached_property
    def named_fields(self) -> tuple[str, ...]:
        """The facts that the question names, in its order, whether it asks for them or sets conditions on them."""
        found = [t.value for match in self._terms for t in match.terms if t.kind == "field"]
        return tuple(dict.fromkeys(found))

    @cached_property
    def _terms(self) -> list[Match]:
        """The terms but those in words that state an amount or a time: "mindre än" is no smallest."""
        taken = self.measured.words
        return [match for match in self.marks.terms if not taken & set(range(match.first, match.last))]

    @cached_property
    def measured(self) -> Conditions:
        """The conditions besides places. Of a named project they are none: what a question says of it is its matter."""
        if self.subject.projects and not self._same_title:
            return Conditions()
        fields = tuple(t.value for match in self.marks.terms for t in match.terms if t.kind == "field")
        return read_conditions(self.text, self.marks, fields, self.names)

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The facts asked for, in the order they are named."""
        asked = [field for field in self.named_fields if field not in self.measured.fields]
        if "period" in asked and "duration" in asked:
            asked.remove("duration")
        if {"start", "end"} & set(asked) and "period" in asked:
            asked.remove("period")
        if "esf_share" in asked:
            asked = [field for field in asked if field not in FIELDS["esf_share"].parts]
        return tuple(asked) or self._supposed

    @cached_property
    def _supposed(self) -> tuple[str, ...]:
        """The fact that a question word asks for where nothing else is asked: "när" for the period."""
        if self.topic or self.operations or self.measured.items:
            return ()
        general = [t.value for match in self._terms for t in match.terms if t.kind == "general"]
        if any(named.field == "number" for named in self.subject.names):
            general = [field for field in general if field != "phone"]  # "the project with number 2015/00517"
        return tuple(general[:1])

    @cached_property
    def operations(self) -> set[str]:
        """The things to do that are named."""
        return {t.value for match in self._terms for t in match.terms if t.kind == "operation"}

    @cached_property
    def operation(self) -> Operation:
        """What to do with several projects."""
        return read_operation(self.operations, self.named_fields)

    @cached_property
    def sections_only(self) -> bool:
        """Whether only parts of the narrative are asked for."""
        return bool(self.fields) and all(FIELDS[field].kind is Kind.SECTION for field in self.fields)

    @cached_property
    def topic(self) -> str:
        """What is left for the narrative: the words that nothing else accounts for."""
        left = [i for i in self.marks.left if i not in self.measured.words]
        if self.operation is Operation.RANK:
            left = [i for i in left if not is_limit(self.marks.words[i])]
        return self.marks.text(left)

    @cached_property
    def about(self) -> str:
        """The matter of the question: all of it but function words and the title that says which project is meant."""
        marks = self.marks
        titles = [match for match in marks.names if match.named.field in ("title", "number")]
        subject = {i for match in titles or marks.names for i in range(match.first, match.last)}
        return marks.text([i for i, word in enumerate(marks.words) if i not in subject and not is_function(word.text)])

    @cached_property
    def wanted(self) -> str:
        """What a sentence that answers would hold: a number, a name, or nothing certain."""
        text = f" {' '.join(word.folded for word in self.marks.words)} "
        return next((name for name, phrases in wants().items() if any(phrase in text for phrase in phrases)), "")

    @cached_property
    def refers_back(self) -> bool:
        """Whether a word stands for what was talked about."""
        return any(word.folded in lexicon().pronouns for word in self.marks.words)

    @cached_property
    def _same_title(self) -> bool:
        """Whether one title stands for several projects, which a place or a time may tell apart."""
        titles = [named for named in self.subject.names if named.field == "title"]
        return len(titles) == 1 and len(titles[0].projects) > 1

    @cached_property
    def _among_listed(self) -> bool:
        """Whether the question is about the projects last listed: "vilket av dem"."""
        plural = any(word.folded in _PLURAL for word in self.marks.words)
        return plural and bool(self.conversation.listed) and not self.subject.projects

    @cached_property
    def places(self) -> tuple[Condition, ...]:
        """The places asked about, any one of which will do."""
        codes = [place.code for mention in self.marks.places for place in mention.places]
        text = ", ".join(mention.text for mention in self.marks.places)
        return (Condition("municipality", Test.IN, tuple(dict.fromkeys(codes)), text),) if codes else ()

    def query(self) -> Query:
        """The whole question."""
        plain = Query(
            text=self.text,
            language=self.language,
            operation=Operation.NOTHING,
            fields=self.fields,
            topic=self.topic,
            about=self.about,
            everything="everything" in self.operations,
            wants=self.wanted,
        )
        if talk := self._talk():
            return replace(plain, operation=Operation.TALK, talk=talk)
        if excluded := self._excluded():
            return replace(plain, operation=Operation.SHOW, unknown=(Unknown(excluded, "exclusion"),))
        if self.subject.unknown:
            return replace(plain, operation=Operation.SHOW, unknown=self.subject.unknown)
        if self.subject.choices:
            return replace(plain, operation=Operation.SHOW, choices=self.subject.choices)
        if self.subject.projects:
            return self._of_named(plain)
        conditions = (*self.places, *self.measured.items)
        if conditions or self.operation is not Operation.NOTHING:
            return self._of_chosen(replace(plain, conditions=conditions))
        return self._of_any(plain)

    def _talk(self) -> str:
        """Which kind of small talk the question is, where it is nothing else."""
        marks = self.marks
        said = [t.value for match in marks.terms for t in match.terms if t.kind == "talk"]
        if not said or marks.left or marks.keys or marks.places or self.subject.projects or self.fields:
            return ""
        return "help" if "help" in said else said[0]

    def _excluded(self) -> str:
        """What the question wants left out: a name, a place or a condition behind "inte", "utom" or "except"."""
        marks = self.marks
        spans = [(name.first, name.last) for name in marks.names] + [
            (place.first, place.last) for place in marks.places
        ]
        spans += [(i, i + 1) for i in sorted(self.measured.words)]
        for first, last in spans:
            before = marks.words[max(0, first - _NEGATION_NEAR) : first]
            if any(word.folded in _NEGATIONS for word in before):
                return marks.text(range(first, last))
        return ""

    def _of_named(self, plain: Query) -> Query:
        """A question about projects that it names."""
        subject = self.subject
        query = replace(plain, projects=subject.projects, names=subject.names, apart=subject.apart)
        if any(named.field in ("email", "phone") for named in subject.names):
            besides = [field for field in self.fields if field not in (*_CONTACT, "address", "website", "title")]
            return replace(query, operation=Operation.SHOW, fields=("contact", *besides), topic="")
        by_title = any(named.field in ("title", "number") for named in subject.names)
        if not by_title or self._same_title:
            query = replace(query, conditions=(*self.places, *self.measured.items))
        else:
            query = replace(query, aside=self.places)
        if "compare" in self.operations and len(subject.projects) > 1:
            return replace(query, operation=Operation.SHOW, topic="")
        if len(subject.projects) > 1 and by_title and self.operation is Operation.RANK:
            return self._ordered(query, limit=1)
        if self.topic and (not self.fields or self.sections_only):
            return replace(query, operation=Operation.PASSAGES)
        return replace(query, operation=Operation.SHOW, fields=self._fields_of_named())

    def _fields_of_named(self) -> tuple[str, ...]:
        """What to show of named projects: what is asked; of a person, how to reach them; of an organisation, its
        part."""
        if self.fields:
            return self.fields
        named_by = {named.field for named in self.subject.names}
        if named_by <= {"contact", "email", "phone"}:
            return ("contact",)
        if self._continues() and self.conversation.query:
            return self.conversation.query.fields
        return ()

    def _of_chosen(self, query: Query) -> Query:
        """A question about the projects that fulfil conditions, or about all."""
        if self._among_listed or (self.refers_back and not query.conditions and self.conversation.listed):
            query = replace(query, projects=self.conversation.listed, inherited=True)
        if set(_CONTACT) & set(self.fields) and query.conditions and not self._names_something():
            query = replace(query, topic="")  # who asks, and why, is no matter of the narrative
        orders_a_fact = self.operation is Operation.RANK and sortable(self.fields)
        if query.topic and (
            self.operation is Operation.NOTHING or (self.operation is Operation.RANK and not orders_a_fact)
        ):
            return replace(query, operation=Operation.PASSAGES)
        if self.operation is Operation.RANK:
            return self._ordered(query, read_limit(self.operations, self.marks.words))
        if self.operation is Operation.COUNT:
            return replace(query, operation=Operation.COUNT, fields=())
        if self.operation is not Operation.NOTHING:
            named = addable(self.fields) or addable(self.named_fields)
            return replace(query, operation=self.operation, order=named[0])
        asked = tuple(field for field in self.fields if field not in ("municipality", "region", "title"))
        if not asked and not self.operations and self._continues() and self.conversation.query:
            asked = self.conversation.query.fields
        if asked and not self.sections_only:
            return replace(query, operation=Operation.SHOW, fields=asked)
        return replace(query, operation=Operation.LIST, fields=())

    def _ordered(self, query: Query, limit: int) -> Query:
        order, descending = read_order(self.operations, self.fields)
        return replace(query, operation=Operation.RANK, order=order, descending=descending, limit=limit)

    def _of_any(self, plain: Query) -> Query:
        """A question that names neither a project nor a place."""
        focus = self.conversation.focus
        if self.topic:
            return self._of_topic(plain)
        if self.fields:
            if self.sections_only and "list" in self.operations:
                return replace(plain, operation=Operation.PASSAGES, topic=self.about)
            return replace(plain, operation=Operation.SHOW, projects=focus, inherited=bool(focus))
        if "list" in self.operations:
            return replace(plain, operation=Operation.LIST)
        if self.operations & _OF_ONE and focus:
            return replace(plain, operation=Operation.SHOW, projects=focus, inherited=True)
        return plain

    def _of_topic(self, plain: Query) -> Query:
        """A question with words that nothing accounts for: a name that the sheets lack, or a matter of the
        narrative."""
        asks_of_one = bool(self.fields) and not self.sections_only and "list" not in self.operations
        if self.subject.part_of and (self.fields or self.operations & _OF_ONE):
            return replace(plain, operation=Operation.SHOW, choices=self.subject.part_of)
        if asks_of_one and self._names_something():
            unknown = Unknown(self.topic, "project", self.subject.near)
            return replace(plain, operation=Operation.SHOW, unknown=(unknown,))
        focus = self.conversation.focus
        if self.refers_back and focus and len(self.marks.left) < _ELLIPTIC and not self.operations:
            return replace(plain, operation=Operation.PASSAGES, projects=focus, inherited=True)
        return replace(plain, operation=Operation.PASSAGES)

    def _names_something(self) -> bool:
        """Whether what is left of the question stands where a name would: written as one, behind a preposition, or with
        nothing but the fact that is asked of it."""
        words, left = self.marks.words, self.marks.left
        if not left:
            return False
        capital = any(words[i].text[:1].isupper() and i > 0 for i in left) and not words[0].text.isupper()
        behind = left[0] > 0 and words[left[0] - 1].folded in _BEFORE_NAMES
        facts = {i for match in self.marks.terms for i in range(match.first, match.last)}
        return capital or behind or (len(self.fields) == 1 and len(facts | set(left)) == len(words))

    def _continues(self) -> bool:
        """Whether the question only exchanges the subject: "och i Linköping?"."""
        words: tuple[Word, ...] = self.marks.words
        return bool(words) and (words[0].folded in _AND or words[-1].folded in _AND)
