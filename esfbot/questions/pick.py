"""A project of the last list, picked by its place there: "nummer två", "det andra projektet", "nästa"."""

from esfbot.model.query import Conversation
from esfbot.questions.marks import Marks
from esfbot.wording.load import cue

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
_PLACES = {word: n for n, words in enumerate(_ORDINALS) for word in words.split()}
_ALONE = frozenset("ettan 1an tvaan 2an trean 3an fyran 4an femman 5an".split())  # no other word says so
_NUMBERS = {
    word: n
    for n, words in enumerate(("ett en one", "tva two", "tre three", "fyra four", "fem five"))
    for word in words.split()
}
_BEFORE_ORDINAL = frozenset("det den the that nummer nr number projekt no alternativ option har for".split())
_BEFORE_NUMBER = frozenset("nummer nr number no alternativ option".split())
_BEHIND_ORDINAL = frozenset("projektet one project i pa av in of da then".split())
_DIGITS = 2


def picked(marks: Marks, conversation: Conversation) -> tuple[str, int] | None:
    """The project that the question picks, and the word that says so; None where it picks none of the last list."""
    listed = conversation.listed
    for i in range(len(marks.words)):
        place = _place(marks, i, conversation)
        if place == 1 and len(listed) == 2 and conversation.focus == listed[1:]:
            place = 0  # "nej, den andra" of two is the other one
        if place is not None and 0 <= place < len(listed):
            return listed[place], i
    return None


def ordinal(marks: Marks) -> int | None:
    """The place, counted from 0, that a message of nothing but an ordinal names: "tredje?"."""
    filling = cue("polite") | cue("yes") | cue("no") | {"den", "det", "the"}
    words = [word.folded for word in marks.words if word.folded not in filling]
    return _PLACES.get(words[0]) if len(words) == 1 else None


def _place(marks: Marks, i: int, conversation: Conversation) -> int | None:
    """The place in the last list that word ``i`` names."""
    words = [word.folded for word in marks.words]
    word, before = words[i], words[i - 1] if i else ""
    behind = words[i + 1] if i + 1 < len(words) else ""
    alone = not set(words[:i]) - cue("polite") - cue("no")
    ends = not behind or behind in _BEHIND_ORDINAL
    if word in _PLACES and (word in _ALONE or ((before in _BEFORE_ORDINAL or alone) and ends)):
        return _PLACES[word]
    if word in cue("last") and before in _BEFORE_ORDINAL and ends:
        return len(conversation.listed) - 1
    if before in _BEFORE_NUMBER and (word in _NUMBERS or (word.isdecimal() and len(word) <= _DIGITS)):
        return _NUMBERS[word] if word in _NUMBERS else int(word) - 1
    step = (word in cue("following")) - (word in cue("previous"))
    if step and ends and (alone or before in _BEFORE_ORDINAL):
        return _beside(conversation, step)
    return None


def _beside(conversation: Conversation, step: int) -> int | None:
    """The place next to that of the one project last talked about."""
    focus, listed = conversation.focus, conversation.listed
    return listed.index(focus[0]) + step if len(focus) == 1 and focus[0] in listed else None
