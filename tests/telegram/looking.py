"""What a person sees of the bot's messages, and how they come to others by pressing."""

import re
from collections.abc import AsyncIterator

from tests.telegram.api.refusals import Json
from tests.telegram.api.server import BotApi, Person, Sent

_LINK = re.compile(r"https://t\.me/esf_test_bot\?start=([A-Za-z0-9_-]{1,64})")


def labels(sent: Sent) -> list[list[str]]:
    """The labels of the buttons under a message, row by row."""
    return [[one["text"] for one in row] for row in sent.keyboard]


def button(sent: Sent, label: str) -> Json:
    """The button that is called ``label``, else the first that has it in its name."""
    exactly = (one for row in sent.keyboard for one in row if one["text"] == label)
    return next(exactly, None) or sent.button(label)


def copied(sent: Sent) -> list[str]:
    """What the buttons under a message copy, in order."""
    return [one["copy_text"]["text"] for row in sent.keyboard for one in row if "copy_text" in one]


def start_of(sent: Sent, label: str) -> str:
    """What /start gets from the link of a button, also of one that shares the link."""
    found = _LINK.search(sent.button(label)["url"])
    assert found, f"{label!r} has no link to the bot: {sent.button(label)['url']}"
    return found[1]


def entries(sent: Sent) -> list[str]:
    """The titles on a page of a list, without their numbers."""
    return re.findall(r"^<b>\d+\. (.*)</b>$", sent.text, re.M)


async def turned(server: BotApi, person: Person, label: str, sent: Sent) -> Sent:
    """Press a button that changes its message, and return the message as it is then."""
    await person.presses(button(sent, label), sent)
    return await server.edited(sent)


async def pages(server: BotApi, person: Person, sent: Sent) -> AsyncIterator[Sent]:
    """Every page of a list or of a part, from the first on."""
    yield sent
    row = next((row for row in labels(sent) if "›" in row), ["", "1/1", ""])
    for _ in range(int(row[1].partition("/")[2]) - 1):
        sent = await turned(server, person, "›", sent)
        yield sent
