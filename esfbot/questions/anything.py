"""Questions that name neither a project nor a condition: about those before, about all, or of the narrative."""

from dataclasses import replace

from esfbot.model.query import Condition, Operation, Query, Test, Unknown
from esfbot.questions.reading import Reading
from esfbot.wording.load import cue

_OF_ONE = {"overview", "everything"}  # operations that are about one project
_ELLIPTIC = 4  # words with a meaning below which a question with a pronoun goes on about the same projects


def of_any(reading: Reading) -> Query:
    """A question that names neither a project nor a place."""
    parts, focus = reading.parts, reading.conversation.focus
    if parts.topic:
        return _of_topic(reading)
    has = any(word.folded in cue("asks_having") for word in parts.marks.words)
    if parts.fields and parts.confirms and has and parts.speaks_of_projects:  # "har alla projekt en kontaktperson?"
        stated = tuple(Condition(field, Test.STATED) for field in parts.fields)
        return replace(reading.plain, operation=Operation.LIST, conditions=stated, fields=(), every=parts.of_all)
    if parts.values and (parts.of_all or len(focus) != 1):
        return replace(reading.plain, operation=Operation.COUNT, group=parts.values, fields=())
    if parts.fields:
        if parts.sections_only and "list" in parts.operations and not parts.of_all:
            return replace(reading.plain, operation=Operation.PASSAGES, topic=parts.about)
        there = not focus and any(word.folded in cue("there") for word in parts.marks.words)
        if (parts.of_all or there or "list" in parts.operations) and not parts.refers_to_several:
            return replace(reading.plain, operation=Operation.SHOW, every=True)
        several = parts.refers_to_several and reading.conversation.listed
        return replace(reading.plain, operation=Operation.SHOW, projects=several or focus, inherited=bool(focus))
    if any(word.folded in cue("person") for word in parts.marks.words) and focus:
        return replace(reading.plain, operation=Operation.SHOW, projects=focus, fields=("contact",), inherited=True)
    if "list" in parts.operations:
        return replace(reading.plain, operation=Operation.LIST)
    if parts.operations & _OF_ONE and focus:
        return replace(reading.plain, operation=Operation.SHOW, projects=focus, inherited=True)
    return reading.plain


def _of_topic(reading: Reading) -> Query:
    """A question with words that nothing accounts for: a name that the sheets lack, or a matter of the
    narrative."""
    parts, subject = reading.parts, reading.parts.subject
    asks_of_one = bool(parts.fields) and not parts.sections_only and "list" not in parts.operations
    if subject.part_of and (parts.fields or parts.operations & _OF_ONE):
        return replace(reading.plain, operation=Operation.SHOW, choices=subject.part_of)
    if asks_of_one and parts.names_something:
        unknown = reading.with_near((Unknown(parts.topic, "project", subject.near),))
        if parts.is_where and not unknown[0].near:
            unknown = (Unknown(parts.topic, "place"),)
        return replace(reading.plain, operation=Operation.SHOW, unknown=unknown)
    focus = reading.conversation.focus
    elliptic = len(parts.left) == 1 and not parts.speaks_of_projects
    if focus and (elliptic or (parts.refers_back and len(parts.marks.left) < _ELLIPTIC)) and not parts.operations:
        return replace(reading.plain, operation=Operation.PASSAGES, projects=focus, inherited=True)
    return replace(reading.plain, operation=Operation.PASSAGES)
