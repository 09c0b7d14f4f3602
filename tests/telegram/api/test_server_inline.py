"""Answers to inline queries are taken and refused as Telegram takes and refuses them."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from tests.telegram.api.caller import Caller, bad, calling
from tests.telegram.api.refusals import BAD_QUERY
from tests.telegram.api.server import BotApi, Inline

KEYBOARD = {"inline_keyboard": [[{"text": "More", "callback_data": "more"}]]}


@pytest_asyncio.fixture
async def call(server: BotApi) -> AsyncIterator[Caller]:
    """A caller of the server's methods."""
    async with calling(server) as caller:
        yield caller


def article(number: str = "1", **other: object) -> dict[str, Any]:
    """A result of an inline query."""
    content = {"message_text": "<b>x</b>", "parse_mode": "HTML"}
    return {"type": "article", "id": number, "title": "ESF", "input_message_content": content, **other}


async def test_inline_query(server: BotApi, call: Caller) -> None:
    """A query's answer reaches who asked, once; a result that is chosen becomes a message that the bot can edit."""
    person = server.person(1)
    asking = asyncio.create_task(person.asks_inline("Ludvika", "10", "group"))
    await asyncio.sleep(0)
    (query,) = await call.updates("inline_query")
    assert (query["query"], query["offset"], query["chat_type"], query["from"]["id"]) == ("Ludvika", "10", "group", 1)
    offered = [article(reply_markup=KEYBOARD), article("2")]
    button = {"text": "Help", "start_parameter": "help-1"}
    answer: dict[str, Any] = {"next_offset": "20", "button": button, "cache_time": 0, "is_personal": True}
    assert await call("answerInlineQuery", inline_query_id=query["id"], results=offered, **answer) is True
    assert await asking == Inline(offered, "20", button, 0, True)
    assert await call("answerInlineQuery", inline_query_id=query["id"], results=[]) == bad(BAD_QUERY)
    sent = await person.chooses(offered[0])
    await person.chooses(offered[1])
    await person.presses(sent.button("More"), sent, wait=False)
    (first, second), (press,) = await call.updates("chosen_inline_result"), await call.updates("callback_query")
    assert (first["result_id"], first["inline_message_id"]) == ("1", press["inline_message_id"])
    assert ("inline_message_id" in second, "message" in press) == (False, False)
    asked = {"inline_message_id": press["inline_message_id"], "text": "new"}
    assert await call("editMessageText", **asked) is True
    assert (server.now(sent).seen, sent.seen) == ("new", "x")


async def test_largest_inline_answer(server: BotApi, call: Caller) -> None:
    """Fifty results are taken, with ids and an offset of 64 bytes, of several kinds."""
    asking = asyncio.create_task(server.person(1).asks_inline("x"))
    await asyncio.sleep(0)
    (query,) = await call.updates("inline_query")
    place = {"latitude": 60.1, "longitude": 15.2}
    results = [article("å" * 30 + f"{number:04}") for number in range(48)]
    results.append(article("place", input_message_content=place))
    results.append({"type": "contact", "id": "contact", "phone_number": "112", "first_name": "Ann"})
    assert await call("answerInlineQuery", inline_query_id=query["id"], results=results, next_offset="x" * 64) is True
    answer = await asking
    assert (answer.results, answer.cache_time, answer.is_personal, answer.button) == (results, 300, False, None)


@pytest.mark.parametrize(
    ("answer", "description"),
    [
        ({"results": "x"}, "can't parse inline query results JSON object"),
        ({"results": {}}, "expected an Array of InlineQueryResult"),
        ({"results": [1]}, "can't parse InlineQueryResult: Inline query result must be an object"),
        ({"results": [article()] * 2}, "RESULT_ID_DUPLICATE"),
        ({"results": [article(str(number)) for number in range(51)]}, "RESULTS_TOO_MUCH"),
        ({"results": [article("")]}, "RESULT_ID_INVALID"),
        ({"results": [article("å" * 32 + "x")]}, "RESULT_ID_INVALID"),
        (
            {"results": [article(type="card")]},
            "can't parse InlineQueryResult: Invalid inline query result type specified",
        ),
        ({"results": [article(title=" ")]}, "ARTICLE_TITLE_EMPTY"),
        ({"results": [article(title=None)]}, 'can\'t parse InlineQueryResult: Field "title" must be of type String'),
        ({"results": [article(url="esf")]}, "WEBDOCUMENT_URL_INVALID"),
        (
            {"results": [{"type": "article", "id": "1", "title": "x"}]},
            "can't parse InlineQueryResult: Can't find field \"message_text\"",
        ),
        (
            {"results": [article(input_message_content={"message_text": ""})]},
            "can't parse InlineQueryResult: Input message content is not specified",
        ),
        (
            {"results": [article(input_message_content={"message_text": "x" * 4097})]},
            "can't parse InlineQueryResult: Message is too long",
        ),
        (
            {"results": [article(input_message_content={"message_text": "</b>", "parse_mode": "HTML"})]},
            "can't parse InlineQueryResult: Can't parse entities: Unexpected end tag at byte offset 0",
        ),
        (
            {"results": [{"type": "contact", "id": "1", "phone_number": "x", "first_name": "x"}]},
            "can't parse InlineQueryResult: PHONE_NUMBER_INVALID",
        ),
        (
            {"results": [article(reply_markup={"inline_keyboard": [[{"text": "x", "callback_data": "x" * 65}]]})]},
            "BUTTON_DATA_INVALID",
        ),
        (
            {"results": [article(input_message_content="x")]},
            'can\'t parse InlineQueryResult: Field "input_message_content" must be of type Object',
        ),
        (
            {"results": [article(input_message_content={"latitude": 60.1})]},
            "can't parse InlineQueryResult: Input message content is not specified",
        ),
        ({"results": [article(reply_markup={"force_reply": True})]}, "inline keyboard expected"),
        ({"next_offset": "å" * 33}, "NEXT_OFFSET_INVALID"),
        (
            {"button": [1]},
            "can't parse inline query results button: InlineQueryResultsButton must be an Object",
        ),
        ({"button": {"text": "x", "start_parameter": "a b"}}, "START_PARAM_INVALID"),
        ({"button": {"text": "x", "start_parameter": "x" * 65}}, "START_PARAM_INVALID"),
        ({"button": {"text": "x", "start_parameter": ""}}, "START_PARAM_EMPTY"),
        ({"button": {"text": "", "start_parameter": "x"}}, "SWITCH_PM_TEXT_EMPTY"),
        (
            {"button": {"text": "x"}},
            "can't parse inline query results button: InlineQueryResultsButton must have exactly one optional field",
        ),
    ],
)
async def test_refused_inline_answers(server: BotApi, call: Caller, answer: dict[str, Any], description: str) -> None:
    """Answers that Telegram refuses are refused, and the query can still be answered."""
    asking = asyncio.create_task(server.person(1).asks_inline("x"))
    await asyncio.sleep(0)
    (query,) = await call.updates("inline_query")
    assert await call("answerInlineQuery", inline_query_id=query["id"], **answer) == bad(description)
    assert await call("answerInlineQuery", inline_query_id=query["id"]) is True
    assert (await asking).results == []
