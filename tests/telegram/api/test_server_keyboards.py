"""Keyboards are taken and refused as Telegram takes and refuses them."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from tests.telegram.api.caller import Caller, bad, calling, keyboard
from tests.telegram.api.server import BotApi

BUTTON = {"text": "More", "callback_data": "more"}


@pytest_asyncio.fixture
async def call(server: BotApi) -> AsyncIterator[Caller]:
    """A caller of the server's methods."""
    async with calling(server) as caller:
        yield caller


@pytest.mark.parametrize(
    "button",
    [
        {"text": "x", "callback_data": "å" * 32},
        {"text": "x", "url": "https://esf.se/a?b=c#d"},
        {"text": "x", "url": "esf.se"},
        {"text": "x", "url": "tg://resolve?domain=x"},
        {"text": "x", "copy_text": {"text": "å" * 256}},
        {"text": "x", "switch_inline_query": ""},
        {"text": "x", "switch_inline_query_current_chat": "Ludvika"},
        {"text": "x", "switch_inline_query_chosen_chat": {"allow_user_chats": True}},
    ],
)
async def test_buttons(server: BotApi, call: Caller, button: dict[str, Any]) -> None:
    """Buttons with one action each are shown."""
    person = server.person(1)
    await person.says("hello")
    await call("sendMessage", chat_id=1, text="x", reply_markup=keyboard(button))
    assert (await person.hears()).keyboard == [[button]]


@pytest.mark.parametrize(
    ("markup", "description"),
    [
        (keyboard({"text": "x", "callback_data": "å" * 32 + "x"}), "BUTTON_DATA_INVALID"),
        (keyboard({"text": " ", "callback_data": "x"}), "inline keyboard button text must be non-empty"),
        (keyboard({"callback_data": "x"}), "can't parse InlineKeyboardButton: Can't find field \"text\""),
        (
            keyboard({"text": "x"}),
            "can't parse InlineKeyboardButton: Text buttons are not allowed in the inline keyboard",
        ),
        (
            keyboard({"text": "x", "callback_data": ""}),
            "can't parse InlineKeyboardButton: Text buttons are not allowed in the inline keyboard",
        ),
        (
            keyboard({"text": "x", "callback_data": "x", "url": "esf.se"}),
            "can't parse InlineKeyboardButton: Text buttons are not allowed in the inline keyboard",
        ),
        (
            keyboard({"text": "x", "switch_inline_query": 1}),
            'can\'t parse InlineKeyboardButton: Field "switch_inline_query" must be of type String',
        ),
        (keyboard({"text": "x", "copy_text": {"text": "x" * 257}}), "BUTTON_COPY_TEXT_INVALID"),
        (keyboard({"text": "x", "copy_text": {"text": ""}}), "BUTTON_COPY_TEXT_INVALID"),
        (keyboard({"text": "x", "web_app": {"url": "http://esf.se"}}), "BUTTON_URL_INVALID"),
        (keyboard({"text": "x", "url": "esf"}), "inline keyboard button URL 'esf' is invalid: Wrong HTTP URL"),
        (
            keyboard({"text": "x", "url": "https://esf.se/a b"}),
            "inline keyboard button URL 'https://esf.se/a b' is invalid: Wrong HTTP URL",
        ),
        (
            keyboard({"text": "x", "url": "tel:+46240564451"}),
            "inline keyboard button URL 'tel:+46240564451' is invalid: Unsupported URL protocol",
        ),
        (
            keyboard({"text": "x", "url": "mailto:a@esf.se"}),
            "inline keyboard button URL 'mailto:a@esf.se' is invalid: Unsupported URL protocol",
        ),
        (keyboard(*[BUTTON] * 101), "reply markup is too long"),
        ({"inline_keyboard": [[BUTTON] * 9]}, "reply markup is too long"),
        (
            {"inline_keyboard": [[1]]},
            "can't parse InlineKeyboardButton: InlineKeyboardButton must be an Object",
        ),
        ({"inline_keyboard": [BUTTON]}, "expected an Array of InlineKeyboardButton"),
        ({"inline_keyboard": BUTTON}, 'field "inline_keyboard" must be of type Array'),
        ({"keyboard": [[{"text": ""}]]}, "keyboard button text must be non-empty"),
        ([], "object expected as reply markup"),
        ("{", "can't parse reply keyboard markup JSON object"),
    ],
)
async def test_refused_keyboards(server: BotApi, call: Caller, markup: object, description: str) -> None:
    """Keyboards that Telegram refuses, or would show without a button that was meant to be there, are refused."""
    await server.person(1).says("hello")
    assert await call("sendMessage", chat_id=1, text="x", reply_markup=markup) == bad(description)
    assert server.sent == []


async def test_other_keyboards(server: BotApi, call: Caller) -> None:
    """Keyboards in place of the letters are taken, and are not under the message."""
    await server.person(1).says("hello")
    sent = await call("sendMessage", chat_id=1, text="x", reply_markup={"keyboard": [["Yes", {"text": "No"}]]})
    assert ("reply_markup" in sent, server.sent[0].keyboard) == (False, [])


async def test_largest_keyboard(server: BotApi, call: Caller) -> None:
    """A keyboard of 100 buttons, 8 in a row, is shown."""
    person = server.person(1)
    await person.says("hello")
    rows = [[BUTTON] * 8] * 12 + [[BUTTON] * 4]
    await call("sendMessage", chat_id=1, text="x", reply_markup={"inline_keyboard": rows})
    heard = await person.hears()
    assert heard.keyboard == rows
    with pytest.raises(AssertionError, match=r"^no button 'Less'; there are \['More', "):
        heard.button("Less")
