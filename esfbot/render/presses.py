"""What a button of the chat does when it is pressed, within the 64 bytes that Telegram gives back.

Most presses say all that is needed, so that they work at any time. A list is kept as a view (see `esfbot.state`), and
its buttons name the generation that it was made from.
"""

import base64
import dataclasses
import hashlib
from dataclasses import dataclass
from typing import Any

from esfbot.model.answer import Row
from esfbot.model.project import Fact

LIMIT = 64  # bytes (core.telegram.org/bots/api#inlinekeyboardbutton)
_SEPARATOR = ":"


@dataclass(frozen=True, slots=True)
class Turn:
    """Show a page (from 0) of the list that ``view`` stands for."""

    view: str
    generation: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class Open:
    """Show the card of a project, with the way back to a list, if it was opened from one."""

    project: str
    language: str
    back: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Show a part of what is known of a project, in place of its card: one of `esfbot.answers.card.PARTS`."""

    project: str
    part: str
    language: str
    page: int = 0
    back: str = ""


@dataclass(frozen=True, slots=True)
class Choose:
    """It is this project that the question ``view`` meant."""

    view: str
    project: str


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask the question that ``view`` stands for."""

    view: str


@dataclass(frozen=True, slots=True)
class SendCard:
    """Send the contact card of a project's contact."""

    project: str
    contact: str
    language: str


@dataclass(frozen=True, slots=True)
class SendFile:
    """Send the contacts of the projects of a list as a file: ``vcf`` or ``csv``."""

    view: str
    form: str


@dataclass(frozen=True, slots=True)
class Rate:
    """The answer above is ``right`` or ``wrong``, or wrong for a reason (see `esfbot.state.verdicts.REASONS`)."""

    verdict: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Speak:
    """Address me in this language from now on."""

    language: str


@dataclass(frozen=True, slots=True)
class Forget:
    """Delete my conversation."""


@dataclass(frozen=True, slots=True)
class Publish:
    """Let the sheets of a batch (see `esfbot.state.batches`) go live; ``force`` where the golden questions are against
    it."""

    batch: str
    force: str = ""


@dataclass(frozen=True, slots=True)
class Discard:
    """Throw the sheets of a batch away."""

    batch: str


@dataclass(frozen=True, slots=True)
class GoBack:
    """Let the generation of that name answer from now on."""

    generation: str


@dataclass(frozen=True, slots=True)
class TurnUnanswered:
    """Show a page (from 0) of the questions that got no answer."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class Idle:
    """Nothing: the button only tells something, as which page it is."""


OfMaintainers = Publish | Discard | GoBack | TurnUnanswered
Press = Turn | Open | Part | Choose | Ask | SendCard | SendFile | Rate | Speak | Forget | OfMaintainers | Idle

_CODES: dict[str, type[Press]] = {
    "t": Turn,
    "o": Open,
    "p": Part,
    "c": Choose,
    "a": Ask,
    "k": SendCard,
    "x": SendFile,
    "r": Rate,
    "l": Speak,
    "d": Forget,
    "u": Publish,
    "w": Discard,
    "b": GoBack,
    "n": TurnUnanswered,
    "i": Idle,
}
_CODE_OF = {kind: code for code, kind in _CODES.items()}


def encode(press: Press) -> str:
    """``press`` as the data of a button. Raises ValueError where it is too long or could not be read back."""
    values = [str(getattr(press, field.name)) for field in dataclasses.fields(press)]
    if any(_SEPARATOR in value for value in values):
        raise ValueError(f"{type(press).__name__} holds a {_SEPARATOR!r}, which parts it")
    data = _SEPARATOR.join([_CODE_OF[type(press)], *values]).rstrip(_SEPARATOR)
    if len(data.encode()) > LIMIT:
        raise ValueError(f"{type(press).__name__} takes {len(data.encode())} bytes, and a button has {LIMIT}")
    return data


def decode(data: str) -> Press | None:
    """The press that a button's data stands for; None for data that no button of this version has."""
    code, *values = data.split(_SEPARATOR)
    kind = _CODES.get(code)
    if kind is None:
        return None
    fields = dataclasses.fields(kind)
    if len(values) > len(fields):
        return None
    try:
        typed: list[Any] = [int(v or 0) if field.type is int else v for field, v in zip(fields, values, strict=False)]
        return kind(*typed)
    except (TypeError, ValueError):
        return None


def project_key(id_: str) -> str:
    """Eight letters, digits, ``-`` and ``_`` that stand for a project's id, in buttons and in links."""
    return base64.urlsafe_b64encode(hashlib.blake2b(id_.encode(), digest_size=6).digest()).decode()


def contact_key(first: Row | Fact) -> str:
    """What tells a contact by the first fact shown of it: value and place, so that no button gives another's."""
    said = f"{first.field}={first.value} {first.source.sheet}:{first.source.line}"
    return hashlib.blake2b(said.encode(), digest_size=4).hexdigest()


def generation_key(name: str) -> str:
    """What tells a generation from others, in a list's buttons."""
    return hashlib.blake2b(name.encode(), digest_size=3).hexdigest()
