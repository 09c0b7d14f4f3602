"""Text and conversation made into a `Query`."""

from dataclasses import replace

from esfbot.language.words import normalise
from esfbot.model.query import Conversation, Operation, Query, Unknown
from esfbot.questions.anything import of_any
from esfbot.questions.follow import again, continues, meant
from esfbot.questions.known import Names
from esfbot.questions.marks import beginning, mark
from esfbot.questions.named import of_named, of_picked
from esfbot.questions.parts import Parts
from esfbot.questions.pick import picked
from esfbot.questions.reading import Reading
from esfbot.questions.several import of_several
from esfbot.questions.signature import without_signature
from esfbot.questions.unanswerable import unanswerable

_PAIR = 2


def understand(text: str, conversation: Conversation, names: Names) -> Query:
    """Read a question. The same text, conversation and names always give the same Query.

    Any text at all is read; of a long one only the beginning.
    """
    whole = normalise(text)
    written = without_signature(beginning(whole))
    marks = mark(written, names)
    parts = Parts(written, conversation.language or "sv", marks, names)
    if offered := meant(parts, conversation):
        query = understand(offered, Conversation(conversation.language), names)
        fields = conversation.query.fields if conversation.query else ()
        return replace(query, text=whole, fields=query.fields or fields)
    if repeated := again(parts, conversation):
        return replace(repeated, text=whole)
    query = _query(Reading(parts, conversation, _plain(parts)))
    return replace(query, text=whole, continued=continues(parts, conversation))


def _plain(parts: Parts) -> Query:
    """What the words of a question say whatever it is about."""
    return Query(
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


def _query(reading: Reading) -> Query:
    """The whole question, by what it is about."""
    parts, subject, plain = reading.parts, reading.parts.subject, reading.plain
    if talk := _talk(parts):
        return replace(plain, operation=Operation.TALK, talk=talk)
    if parts.denied:
        return replace(plain, operation=Operation.SHOW, unknown=(Unknown(parts.denied, "exclusion"),))
    if unknown := subject.unknown or unanswerable(parts):
        return replace(plain, operation=Operation.SHOW, unknown=reading.with_near(unknown))
    if subject.choices:
        return replace(plain, operation=Operation.SHOW, choices=subject.choices)
    if parts.by_title or any(named.field in ("email", "phone") for named in subject.names):
        return of_named(reading)
    if not subject.projects and (pick := picked(parts.marks, reading.conversation)):
        return of_picked(reading, *pick)
    if subject.projects or parts.conditions or _is_of_several(reading):
        return of_several(reading)
    return of_any(reading)


def _is_of_several(reading: Reading) -> bool:
    """Whether something is to be done with several projects, all or those talked about."""
    if reading.parts.operation is not Operation.NOTHING or reading.parts.group:
        return True
    several = max(len(reading.conversation.focus), len(reading.conversation.listed) * reading.parts.refers_to_several)
    return reading.compares() and several >= _PAIR


def _talk(parts: Parts) -> str:
    """Which kind of small talk the question is, where it is nothing else."""
    said = parts.terms.said("talk")
    other = parts.marks.left or parts.marks.keys or parts.marks.places or parts.subject.projects or parts.fields
    if not said or other:
        return ""
    return "help" if "help" in said else said[0]
