"""What a question takes over from the conversation: the last question again, one of its projects, its conditions."""

from dataclasses import replace

from esfbot.language.words import Word
from esfbot.model.query import Condition, Conversation, Operation, Query
from esfbot.questions.marks import Marks
from esfbot.questions.parts import Parts
from esfbot.wording.load import cue, is_function

# What a question that begins or ends so, and names only a new subject, wants to know of it is what was asked last.
_AND = frozenset("och and men but sen hur then da what".split())
_ORDINALS = (
    "forsta first 1a etta ettan 1an",
    "andra second 2a tvaan 2an",
    "tredje third 3e trean 3an",
    "fjarde fourth 4e fyran 4an",
    "femte fifth 5e femman 5an",
    "sjatte sixth 6e",
    "sjunde seventh 7e",
    "attonde eighth 8e",
    "nionde ninth 9e",
    "tionde tenth 10e",
)
_PLACE_IN_LIST = {word: n for n, words in enumerate(_ORDINALS) for word in words.split()}
_ALONE = frozenset("ettan 1an tvaan 2an trean 3an fyran 4an femman 5an".split())  # no other word says so
_NUMBERS = {
    "ett": 0,
    "en": 0,
    "one": 0,
    "tva": 1,
    "two": 1,
    "tre": 2,
    "three": 2,
    "fyra": 3,
    "four": 3,
    "fem": 4,
    "five": 4,
}
_BEFORE_ORDINAL = frozenset("det den the that nummer nr number projekt no alternativ option den har".split())
_BEFORE_NUMBER = frozenset("nummer nr number no alternativ option projekt".split())
_BEHIND_ORDINAL = frozenset("projektet one project i pa av in of da then".split())


def again(parts: Parts, conversation: Conversation) -> Query | None:
    """The last question once more: in the other language, or what it left unsaid. None where it is another one."""
    before = conversation.query
    if before is None or parts.left or parts.subject.names or parts.conditions or parts.fields:
        return None
    asked = parts.operations & {"english", "swedish"}
    if asked:
        return replace(before, language="en" if "english" in asked else "sv")
    words = [word for word in parts.marks.words if word.folded not in cue("polite")]
    if words and all(word.folded in cue("further") or is_function(word.text) for word in words):
        further = any(word.folded in cue("further") for word in words)
        return replace(before, skip=before.skip + len(conversation.focus)) if further and _goes_on(before) else None
    return None


def _goes_on(query: Query) -> bool:
    return (query.operation is Operation.PASSAGES and not query.projects) or bool(query.limit)


def meant(parts: Parts, conversation: Conversation) -> str:
    """The name that was offered in place of an unknown one, where this question accepts the offer: "ja". Empty where
    there was no offer, or more than one."""
    before = conversation.query
    words = [word for word in parts.marks.words if word.folded not in cue("polite") | cue("yes")]
    accepts = any(word.folded in cue("yes") for word in parts.marks.words) and not words
    if not (accepts and before and before.unknown):
        return ""
    unknown = before.unknown[0]
    if len(before.unknown) > 1 or len(unknown.near) != 1:
        return ""
    return unknown.near[0]


def picked(marks: Marks, conversation: Conversation) -> tuple[str, int] | None:
    """The project of the last list that the question picks by its place there, "nummer två", "det andra projektet", and
    the word that says so."""
    listed = conversation.listed
    words = [word.folded for word in marks.words]
    for i, word in enumerate(words):
        before = words[i - 1] if i else ""
        behind = words[i + 1] if i + 1 < len(words) else ""
        place: int | None = None
        ends = not behind or behind in _BEHIND_ORDINAL
        if word in _PLACE_IN_LIST and (word in _ALONE or ((before in _BEFORE_ORDINAL or not before) and ends)):
            place = _PLACE_IN_LIST[word]
        elif word in cue("last") and before in _BEFORE_ORDINAL and ends:
            place = len(listed) - 1
        elif before in _BEFORE_NUMBER and (word in _NUMBERS or (word.isdecimal() and len(word) < 3)):
            place = _NUMBERS[word] if word in _NUMBERS else int(word) - 1
        if place is not None and 0 <= place < len(listed):
            return listed[place], i
    return None


def continues(parts: Parts, conversation: Conversation) -> bool:
    """Whether the question only exchanges the subject or a condition of the last one: "och i Linköping?", "nej, jag
    menade Göra Skillnad", or the answer to "which one?"."""
    words: tuple[Word, ...] = parts.marks.words
    if not words or conversation.query is None:
        return False
    cued = (
        words[0].folded in _AND
        or words[-1].folded in _AND
        or words[0].folded in cue("no")
        or "corrected" in parts.operations
    )
    return cued or conversation.asked_back


def narrows(parts: Parts, conversation: Conversation) -> bool:
    """Whether the question asks for some of the projects last listed: "bara de i Värmland", "vilket av dem", or right
    after the list "vilket fick mest?"."""
    if parts.subject.projects or not conversation.listed:
        return False
    only = any(word.folded in cue("only") for word in parts.marks.words[:2])
    back = parts.refers_back and not (parts.conditions or parts.speaks_of_projects)
    just_listed = conversation.listed == conversation.focus and parts.operation is Operation.RANK
    elliptic = just_listed and not (parts.speaks_of_projects or parts.conditions or parts.topic)
    return parts.refers_to_several or only or back or elliptic


def carried(parts: Parts, conversation: Conversation) -> tuple[Condition, ...]:
    """The conditions of the last question that this one does not replace by others of the same field."""
    before = conversation.query
    if before is None:
        return ()
    fields = {condition.field for condition in parts.conditions}
    return tuple(condition for condition in before.conditions if condition.field not in fields)
