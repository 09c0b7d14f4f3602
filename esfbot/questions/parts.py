"""What the words of a question say, each kind by itself: the facts, the conditions, what to do, and what is left."""

import itertools
from dataclasses import dataclass
from functools import cached_property

from esfbot.fields import FIELDS, Kind
from esfbot.language.tell import tell
from esfbot.language.words import Word, is_shouted
from esfbot.model.query import Condition, Operation, Test
from esfbot.questions.conditions import Conditions, read_conditions, read_places
from esfbot.questions.excluded import without_excluded
from esfbot.questions.known import Names
from esfbot.questions.lexicon import lexicon
from esfbot.questions.marks import IN, Marks
from esfbot.questions.operations import Group, addable, is_limit, read_group, read_operation, read_values
from esfbot.questions.resolve import Subject, resolve
from esfbot.questions.terms import Terms
from esfbot.wording.load import cue, is_function, wants

_PLURAL = frozenset("dem dom deras dessa them those these they".split())
_BEFORE_NAMES = frozenset("for till av i hos pa of for in to at projektet projekt project".split())


@dataclass
class Parts:
    """A question taken apart: every property is something that it says or does not say, whatever was said before."""

    text: str
    spoken: str  # the language of the conversation
    marked: Marks
    names: Names

    @cached_property
    def language(self) -> str:
        """The language to reply in: the one asked for, or the question's own."""
        if "english" in self.operations or "swedish" in self.operations:
            return "en" if "english" in self.operations else "sv"
        named = {i for name in self.marked.names if name.whole for i in range(name.first, name.last)}
        own = tuple(word for i, word in enumerate(self.marked.words) if i not in named)
        return tell(own or self.marked.words, otherwise=self.spoken)

    @cached_property
    def _split(self) -> tuple[Marks, tuple[Condition, ...], frozenset[int]]:
        return without_excluded(self.marked)

    @property
    def marks(self) -> Marks:
        """The words told apart, without the projects that are to be left out."""
        return self._split[0]

    @cached_property
    def subject(self) -> Subject:
        """The projects that the question names."""
        return resolve(self.marks, self.names)

    @cached_property
    def by_title(self) -> bool:
        """Whether projects are named by title or number, and not by who has to do with them."""
        return any(named.field in ("title", "number") for named in self.subject.names)

    @cached_property
    def same_title(self) -> bool:
        """Whether one title stands for several projects, which a place or a time may tell apart."""
        titles = [named for named in self.subject.names if named.field == "title"]
        return len(titles) == 1 and len(titles[0].projects) > 1

    @cached_property
    def all_terms(self) -> Terms:
        """The terms, also those that state conditions."""
        return Terms(self.marks.terms)

    @cached_property
    def is_fragment(self) -> bool:
        """Whether a question is no sentence of its own: "i Stockholm?", "över 20 mkr"."""
        return not self.operations and not any(word.folded in cue("which") for word in self.marks.words)

    @cached_property
    def stated(self) -> Conditions:
        """The conditions besides places. Beside other matters, what a question says of a project that it names, or of
        none, is part of its matter."""
        found = read_conditions(self.text, self.marks, self.all_terms, self.names, self._split[2])
        matter = (self.by_title and not self.same_title) or not self.speaks_of_projects
        said = [i for i in self.marks.left if i not in found.words and not is_limit(self.marks.words[i])]
        phase = "phase" in found.fields  # "de tre största förprojekteringarna" speaks of projects too
        return Conditions() if matter and said and not (self.confirms or phase) else found

    @cached_property
    def placed(self) -> Conditions:
        """The places that the question asks about."""
        return read_places(self.marks)

    @cached_property
    def conditions(self) -> tuple[Condition, ...]:
        """What must hold for the projects: where they are, and all else."""
        return (*self.placed.items, *self.stated.items, *self._split[1])

    @cached_property
    def words_outside_conditions(self) -> list[Word]:
        """The words that state no condition."""
        taken = self.stated.words | self.placed.words
        return [word for i, word in enumerate(self.marks.words) if i not in taken]

    @cached_property
    def terms(self) -> Terms:
        """The terms but those in words that state conditions: "mindre än" is no smallest."""
        return self.all_terms.without(self.stated.words)

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The facts asked for, in the order they are named."""
        asked = list(self.terms.fields)
        if "period" in asked and "duration" in asked:
            asked.remove("duration")
        if {"start", "end"} & set(asked) and "period" in asked:
            asked.remove("period")
        if "esf_share" in asked and "difference" in self.operations:
            return FIELDS["esf_share"].parts  # "how much of the budget was not covered"
        if "esf_share" in asked:
            parts = FIELDS["esf_share"].parts
            of_something_else = self.left and not set(asked) & set(parts)  # "what share of the participants"
            asked = [
                field for field in asked if field not in parts and not (field == "esf_share" and of_something_else)
            ]
        received = any(word.folded in cue("received") for word in self.marks.words)
        if asked and received and "esf_support" in self.terms.said("general") and not addable(asked):
            asked.append("esf_support")  # "när startade det och hur mycket fick det"
        return tuple(asked) or self._supposed

    @cached_property
    def _supposed(self) -> tuple[str, ...]:
        """The fact that a question word asks for where nothing else is asked: "när" for the period."""
        if self.topic or self.operations - {"how_many"} or self.stated.items:
            return ()
        general = self.terms.said("general")
        if any(named.field == "number" for named in self.subject.names):
            general = [field for field in general if field != "phone"]  # "the project with number 2015/00517"
        return tuple(general[:1])

    @cached_property
    def operations(self) -> set[str]:
        """The things to do that are named."""
        return set(self.terms.said("operation"))

    @cached_property
    def operation(self) -> Operation:
        """What to do with several projects."""
        if "how_many" in self.operations and not (self.fields or self.topic):
            return Operation.COUNT
        return read_operation(self.operations, self.measured)

    @cached_property
    def measured(self) -> tuple[str, ...]:
        """The facts that are named, or that a question word asks for: what is to be added up or put in order."""
        named = self.terms.fields or tuple(self.terms.said("general"))
        return (*named, "planned_participants") if self._participants else named

    @cached_property
    def _participants(self) -> frozenset[int]:
        """The word for participants where they are to be added up or compared: "flest deltagare"."""
        if not set(self.terms.said("operation")) & {"sum", "average", "largest", "smallest"}:
            return frozenset()
        said = frozenset(i for i, word in enumerate(self.marks.words) if word.folded in cue("participants"))
        return said - self.stated.words

    @cached_property
    def group(self) -> Group | None:
        """What projects are grouped by."""
        return read_group(self.operations, self.marks, self.terms)

    @cached_property
    def per_project(self) -> bool:
        """Whether the facts of every single project are asked for: "budget per projekt"."""
        words = [word.folded for word in self.marks.words]
        following = itertools.pairwise(words)
        return any(one in cue("per") and other in ("projekt", "project") for one, other in following)

    @cached_property
    def of_all(self) -> bool:
        """Whether all projects are meant, whatever was talked about: "alla", "olika"."""
        return self.per_project or any(word.folded in cue("every") for word in self.marks.words)

    @cached_property
    def values(self) -> str:
        """The field of which every value there is is asked for."""
        return read_values(self.marks, self.terms)

    @cached_property
    def sections_only(self) -> bool:
        """Whether only parts of the narrative are asked for."""
        return bool(self.fields) and all(FIELDS[field].kind is Kind.SECTION for field in self.fields)

    @cached_property
    def topic(self) -> str:
        """What is left for the narrative: the words that nothing else accounts for."""
        return self.marks.text(self.left)

    @cached_property
    def left(self) -> list[int]:
        """The indices of the words of the topic."""
        left = [i for i in self.marks.left if i not in self.stated.words]
        terms = self.all_terms.without(self.stated.words)
        if self.refers_to_several or read_operation(terms.said("operation"), terms.fields) is Operation.RANK:
            counts = cue("next") | cue("third")
            left = [i for i in left if not is_limit(self.marks.words[i]) and self.marks.words[i].folded not in counts]
        return [i for i in left if i not in self._participants]

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
    def speaks_of_projects(self) -> bool:
        """Whether projects are spoken of as such: "vilka projekt", "projects that"."""
        words = [word.folded for word in self.marks.words]
        return any(word.startswith(("projekt", "project")) for word in words) or not cue("only").isdisjoint(words[:2])

    @cached_property
    def refers_back(self) -> bool:
        """Whether a word stands for what was talked about."""
        return any(word.folded in lexicon().pronouns for word in self.marks.words)

    @cached_property
    def refers_to_several(self) -> bool:
        """Whether a word stands for several projects that were talked about."""
        words = [word.folded for word in self.marks.words]
        of_them = ("av projekten", "of the projects", "dessa projekt", "these projects", "de projekten")
        them = bool(_PLURAL & set(words)) or any(phrase in " ".join(words) for phrase in of_them)
        # "för de två" stands for them, "de fem dyraste" does not.
        return them or any(word == "de" and i + 2 >= len(words) for i, word in enumerate(words))

    @cached_property
    def confirms(self) -> bool:
        """Whether the question wants a yes or a no: it begins with its verb, and does not ask the bot for something."""
        words = [word for word in self.marks.words if word.folded not in cue("polite")]
        if len(words) < 2 or words[0].folded not in cue("whether"):
            return False
        return words[1].folded not in cue("addressed")

    @cached_property
    def denied(self) -> str:
        """What the question wants left out in a way that no condition says: a word behind "inte" or "except"."""
        spans = [(name.first, name.last) for name in self.marks.names]
        return next((self.marks.text(range(*span)) for span in spans if self._is_denied(span[0])), "")

    def _is_denied(self, first: int) -> bool:
        before = self.marks.words[max(0, first - 2) : first]
        return not self.confirms and any(word.folded in cue("not") for word in before)

    @cached_property
    def names_something(self) -> bool:
        """Whether what is left of the question stands where a name would: written as one, behind a preposition, or with
        nothing but the fact that is asked of it."""
        words, left = self.marks.words, self.marks.left
        if not left:
            return False
        capital = any(words[i].text[:1].isupper() and i > 0 for i in left) and not is_shouted(words)
        behind = left[0] > 0 and words[left[0] - 1].folded in _BEFORE_NAMES
        facts = {i for match in self.marks.terms for i in range(match.first, match.last)}
        return capital or behind or (len(self.fields) == 1 and len(facts | set(left)) == len(words))

    @cached_property
    def is_where(self) -> bool:
        """Whether what is left of the question is one word that stands where a place would: "i Köpenhamn"."""
        left = self.marks.left
        return len(left) == 1 and left[0] > 0 and self.marks.words[left[0] - 1].folded in IN

    @cached_property
    def places(self) -> tuple[Condition, ...]:
        """The places among the conditions."""
        return tuple(condition for condition in self.conditions if condition.test is Test.IN)
