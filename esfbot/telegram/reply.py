"""What a handler decides: what is sent, and what is remembered with it."""

from dataclasses import dataclass

from esfbot.model.query import Conversation
from esfbot.state.memory import Exchange
from esfbot.telegram.calls import Call


@dataclass(frozen=True, slots=True)
class Reply:
    """The calls to make, in order; where the conversation stands after them, if it moved; the question that they
    answer, if they do; and its text where it got no answer and is to be kept."""

    calls: tuple[Call, ...] = ()
    conversation: Conversation | None = None
    exchange: Exchange | None = None
    unanswered: str = ""
