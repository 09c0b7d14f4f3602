"""A message of the bot with its buttons, before it is put in Telegram's terms."""

from dataclasses import dataclass

from esfbot.render.presses import Press


@dataclass(frozen=True, slots=True)
class Button:
    """A button: what it is called, and the one thing that it does: a press that the bot gets, a text to copy, an
    address to open, or a search in a chat of the person's choice."""

    label: str
    press: Press | None = None
    copies: str = ""
    url: str = ""
    search: str | None = None


Keyboard = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """A message: HTML as `esfbot.render.telegram` writes it, and its rows of buttons."""

    text: str
    keyboard: Keyboard = ()


def rows_of(buttons: list[Button], width: int) -> Keyboard:
    """The buttons in rows of at most ``width``."""
    return tuple(tuple(buttons[at : at + width]) for at in range(0, len(buttons), width))
