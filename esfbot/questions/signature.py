"""Where a letter's question ends and its sender begins."""

import re

from esfbot.language.words import split

_CLOSING = re.compile(
    r"\b(?:mvh|med vänliga? hälsning(?:ar)?|vänliga hälsningar|hälsningar|tack på förhand"
    r"|thanks in advance|kind regards|best regards|regards)\b",
    re.I,
)


def without_signature(text: str) -> str:
    """The text up to a closing phrase: the sender's own name and number are no matter of the question."""
    closing = _CLOSING.search(text)
    return text[: closing.start()] if closing and split(text[: closing.start()]) else text
