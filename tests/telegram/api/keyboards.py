"""Keyboards under messages, checked as Telegram checks them."""

import re
from typing import cast
from urllib.parse import urlsplit

from tests.telegram.api.refusals import Json, Malformed, bad_request, required

_ACTIONS = (
    "url callback_data web_app login_url switch_inline_query switch_inline_query_current_chat "
    "switch_inline_query_chosen_chat copy_text callback_game pay".split()
)
_MOST_BUTTONS, _MOST_IN_ROW = 100, 8  # undocumented; named in python-telegram-bot's constants
_LONGEST_DATA = 64  # bytes
_LONGEST_COPY = 256
_SWITCHES = ("switch_inline_query", "switch_inline_query_current_chat")
_SCHEMES = ("http", "https", "tg")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(?!\d)")  # "esf.se:80" has none


def read_markup(asked: Json, *, inline: bool = False) -> Json | None:
    """Return the inline keyboard of a request, None without one; raises RefusedRequest for one that is not taken.

    With ``inline``, no other kind of keyboard is taken, as when messages are edited. It is stricter than Telegram where
    Telegram would leave out in silence what the writer meant to be seen: buttons without text or with two actions, and
    more buttons than fit.
    """
    markup = asked.get("reply_markup")
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    rows = markup.get("inline_keyboard")
    if rows is None:
        if inline and markup:
            raise bad_request("inline keyboard expected")
        _check_other(markup)
        return None
    rows = _rows(rows, "inline_keyboard")
    if sum(map(len, rows)) > _MOST_BUTTONS or any(len(row) > _MOST_IN_ROW for row in rows):
        raise bad_request("reply markup is too long")
    for row in rows:
        for button in row:
            _check(button)
    rows = [row for row in rows if row]
    return {"inline_keyboard": rows} if rows else None


def _check(button: object) -> None:
    try:
        if not isinstance(button, dict):
            raise Malformed("InlineKeyboardButton must be an Object")
        text = required(button, "text")
        actions = [action for action in _ACTIONS if action in button]
        if len(actions) != 1 or (not button[actions[0]] and not actions[0].startswith("switch_inline_query")):
            raise Malformed("Text buttons are not allowed in the inline keyboard")
        if actions[0] in _SWITCHES:
            required(button, actions[0])
    except Malformed as error:
        raise bad_request(f"can't parse InlineKeyboardButton: {error}") from None
    if not text.strip():
        raise bad_request("inline keyboard button text must be non-empty")
    _check_action(actions[0], button[actions[0]])


def _check_action(action: str, value: object) -> None:
    if action == "callback_data" and not (isinstance(value, str) and len(value.encode()) <= _LONGEST_DATA):
        raise bad_request("BUTTON_DATA_INVALID")
    if action == "url":
        _check_url(str(value))
    if action in ("web_app", "login_url") and not str(_inner(value, "url")).startswith("https://"):
        raise bad_request("BUTTON_URL_INVALID")
    if action == "copy_text" and not 1 <= len(str(_inner(value, "text") or "")) <= _LONGEST_COPY:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")


def _inner(value: object, name: str) -> object:
    return value.get(name) if isinstance(value, dict) else None


def _check_url(url: str) -> None:
    """Telegram reads ``mailto:a@esf.se`` as a host and the name of who visits it; here it is refused as ``tel:`` is."""
    scheme = _SCHEME.match(url)
    name = scheme[1].lower() if scheme else "http"
    if name not in _SCHEMES:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Unsupported URL protocol")
    try:
        host = urlsplit(url if scheme else f"http://{url}").hostname or ""
    except ValueError:
        host = ""
    if name != "tg" and ("." not in host.strip(".") or any(map(str.isspace, url))):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def _check_other(markup: Json) -> None:
    """Check a keyboard in place of the letters, or a request to answer."""
    for row in _rows(markup.get("keyboard", []), "keyboard"):
        for button in row:
            text = button if isinstance(button, str) else button.get("text") if isinstance(button, dict) else None
            if not isinstance(text, str) or not text:
                raise bad_request("keyboard button text must be non-empty")


def _rows(rows: object, name: str) -> list[list[object]]:
    if not isinstance(rows, list):
        raise bad_request(f'field "{name}" must be of type Array')
    if not all(isinstance(row, list) for row in rows):
        raise bad_request("expected an Array of InlineKeyboardButton")
    return cast("list[list[object]]", rows)
