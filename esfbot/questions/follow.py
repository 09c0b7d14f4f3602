"""What a question takes over from the conversation: the last question again, the projects it was about, its
conditions."""

from dataclasses import replace

from esfbot.fields import FIELDS
from esfbot.language.words import Word
from esfbot.model.query import Condition, Conversation, Operation, Query
from esfbot.questions.parts import Parts
from esfbot.questions.pick import ordinal
from esfbot.wording.load import cue, is_function

# What a question that begins or ends so, and names only a new subject, wants to know of it is what was asked last.
_AND = frozenset("och and men but sen hur then da what".split())
_DATES = ("period", "start", "end")
_OF_SET = (Operation.LIST, Operation.COUNT, Operation.SUM, Operation.AVERAGE, Operation.RANK)


def again(parts: Parts, conversation: Conversation) -> Query | None:
    """The last question once more: in the other language, the next of an order, or what it left unsaid. None where it
    is another one."""
    before = conversation.query
    if before is None or parts.subject.names or parts.conditions:
        return None
    place = ordinal(parts.marks)
    if place is not None and before.operation is Operation.RANK and before.limit == 1 and not before.group:
        return replace(before, skip=place)
    if parts.left or parts.fields:
        return None
    listed = before.operation is Operation.SHOW and any(FIELDS[field].many for field in before.fields)
    if parts.operation is Operation.COUNT and listed and not parts.speaks_of_projects:
        return before  # "hur många är det?" after a list of municipalities: it says how many there are
    asked = parts.operations & {"english", "swedish"}
    if asked:
        return replace(before, language="en" if "english" in asked else "sv")
    words = [word for word in parts.marks.words if word.folded not in cue("polite")]
    if _only(words, "further") and (_goes_on(before) or of_set(before)):
        return replace(before, skip=before.skip + len(conversation.focus))
    if _only(words, "which") and of_set(before) and before.operation is not Operation.LIST:
        return replace(before, operation=Operation.LIST, fields=(), limit=0, group="", skip=0)
    return None


def _only(words: list[Word], name: str) -> bool:
    """Whether a message is nothing but the words of a cue, and function words."""
    said = [word.folded in cue(name) for word in words]
    return any(said) and all(is_function(word.text) or one for word, one in zip(words, said, strict=True))


def _goes_on(query: Query) -> bool:
    return (query.operation is Operation.PASSAGES and not query.projects) or bool(query.limit)


def meant(parts: Parts, conversation: Conversation) -> str:
    """The name that this question accepts of those the last reply offered: "ja" where there was one, or its words where
    there were several. Empty where it accepts none."""
    before = conversation.query
    if before is None or not (before.unknown or before.choices):
        return ""
    offered = [name for unknown in before.unknown for name in unknown.near] or [named.name for named in before.choices]
    offered = list(dict.fromkeys(offered))
    words = [word for word in parts.marks.words if word.folded not in cue("polite") | cue("yes")]
    accepts = any(word.folded in cue("yes") for word in parts.marks.words)
    if accepts and not words:
        return offered[0] if len(offered) == 1 else ""
    place = ordinal(parts.marks)
    if place is not None:
        return offered[place] if place < len(offered) else ""
    said = [word.folded for word in words if not is_function(word.text)]
    fitting = [name for name in offered if all(word in name.casefold() for word in said)]
    own = parts.conditions or parts.fields or parts.by_title
    return fitting[0] if said and len(fitting) == 1 and not own else ""


def of_set(query: Query | None) -> bool:
    """Whether a query is about a set of projects, and not about some that it names."""
    if query is None or query.unknown or query.choices:
        return False
    shown = query.operation is Operation.SHOW and (bool(query.conditions) or query.every)
    return query.operation in _OF_SET or shown


def continues(parts: Parts, conversation: Conversation) -> bool:
    """Whether the question only exchanges the subject or a condition of the last one: "och i Linköping?", "i Ludvika?",
    "nej, jag menade Göra Skillnad", or the answer to "which one?"."""
    words: tuple[Word, ...] = parts.marks.words
    if not words or conversation.query is None:
        return False
    cued = words[0].folded in _AND or words[-1].folded in _AND or words[0].folded in cue("no")
    fragment = bool(parts.conditions) and not (parts.speaks_of_projects or parts.fields or parts.topic)
    return cued or "corrected" in parts.operations or conversation.asked_back or (fragment and parts.is_fragment)


def narrows(parts: Parts, conversation: Conversation) -> bool:
    """Whether the question asks for some of the projects last listed: "bara de i Värmland", "vilket av dem"."""
    if parts.subject.projects or not conversation.listed:
        return False
    return parts.refers_to_several or any(word.folded in cue("only") for word in parts.marks.words[:2])


def goes_on_about(parts: Parts) -> bool:
    """Whether the question wants something done with the same projects as the last one, and names none: "vilket fick
    mest?", "hur många?", "och minst?"."""
    done = parts.operation in _OF_SET or parts.refers_back
    return done and not (parts.speaks_of_projects or parts.conditions or parts.topic or parts.subject.projects)


def scope(conversation: Conversation) -> Query | None:
    """The last query with what it says of which projects: its own where it was about a set, or those last listed."""
    before = conversation.query
    if before is None:
        return None
    if of_set(before):
        return before
    if len(conversation.listed) > 1 and set(conversation.focus) <= set(conversation.listed):
        return replace(before, projects=conversation.listed, conditions=(), names=())
    return None


def carried(parts: Parts, conversation: Conversation) -> tuple[Condition, ...]:
    """The conditions of this question, and of the last one those that it does not replace by others of the same field.

    A time alone is of the date that the last question spoke of: "vilka startade 2009?", "och 2010?".
    """
    before = conversation.query
    if before is None:
        return parts.conditions
    dates = [condition.field for condition in before.conditions if condition.field in _DATES]
    own = tuple(
        replace(condition, field=dates[0])
        if dates and condition.field == "period" and not parts.all_terms.of("period")
        else condition
        for condition in parts.conditions
    )
    fields = {condition.field for condition in own}
    return (*own, *(condition for condition in before.conditions if condition.field not in fields))
