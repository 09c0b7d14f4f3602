"""Replies when Telegram is in trouble: each arrives once, whatever becomes of the requests on the way."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from esfbot.errors import SettingsError
from esfbot.model.answer import Answer, Kind, Say
from esfbot.render.presses import Idle, Rate, encode
from esfbot.service import Service
from esfbot.settings import Settings
from esfbot.telegram.run import serve
from tests.telegram.api.server import PATIENCE, BotApi
from tests.telegram.conftest import Running
from tests.telegram.echo import Echo, Fixed
from tests.telegram.mixed import Mixed, ask, hasty, sent_to

__all__ = ["hasty"]
pytestmark = pytest.mark.usefixtures("hasty")

NEVER = 60.0  # seconds: longer than a test
SOON: Any = 0.05  # seconds after which to try again; Telegram's are whole ones


def hang(server: BotApi, method: str, *, after: bool = False) -> None:
    """Let the bot wait in vain for an answer to a request, before it takes effect, or ``after``."""
    if method == "getUpdates":  # the bot waits long for them
        server.hangs(method, 0.3, after)
    elif method not in ("sendDocument", "deleteWebhook"):  # like others; and the server would leave the file open
        server.hangs(method, NEVER, after)


TROUBLE: dict[str, Callable[[BotApi, str], None]] = {
    "429": lambda server, method: server.fails(method, 429, "Too Many Requests: retry after 1", retry_after=SOON),
    "500": lambda server, method: server.fails(method, 500, "Internal Server Error"),
    "502": lambda server, method: server.fails(method, 502, "Bad Gateway"),
    "dropped": lambda server, method: server.drops(method),
    "lost": hang,
    "late": lambda server, method: hang(server, method, after=True),
}
START = ("getMe", "deleteWebhook", "setMyCommands", "getUpdates")
REPLIES = (
    "sendMessage",
    "sendContact",
    "sendDocument",
    "sendChatAction",
    "editMessageText",
    "editMessageReplyMarkup",
    "deleteMessage",
    "answerCallbackQuery",
    "answerInlineQuery",
    "getUpdates",
)


@pytest.mark.parametrize("trouble", TROUBLE)
async def test_each_reply_arrives_once(
    server: BotApi, talking: Running, service: Service, monkeypatch: pytest.MonkeyPatch, trouble: str
) -> None:
    """Whatever befalls a request of each method that the bot uses: messages, edits, presses and searches have one reply
    each. What arrived and was only not answered is not sent again within a minute."""
    monkeypatch.setattr("esfbot.telegram.post.UNKNOWN", 61.0 if trouble == "late" else 0.2)
    mixed = Mixed(service)
    people = [server.person(number, "sv") for number in range(1, 10)]
    asks, waits, edits, shortens, rates, idles, contact, file, searches = people
    for method in START:
        TROUBLE[trouble](server, method)
    async with talking(mixed):
        edited, shortened = await edits.says("one"), await shortens.says("long")
        answer, *parts = await edits.hears(), await shortens.hears(), await shortens.hears()
        rated, idle = await ask(rates, "one"), await ask(idles, "one")
        card, listed = await ask(contact, "Kontakt i Ludvika?"), await ask(file, "Kontakter för alla projekt")
        await server.called("setMyCommands", 6)
        for method in REPLIES:
            TROUBLE[trouble](server, method)
        await waits.says("wait for it")
        await server.called("sendChatAction")
        await asks.says("one")
        await edits.edits(edited, "two")
        await shortens.edits(shortened, "short")
        pressed = await asyncio.gather(
            rates.presses(encode(Rate("wrong")), rated),
            idles.presses(encode(Idle()), idle),
            contact.presses(card.button("Kontaktkort"), card),
            file.presses(listed.button("csv"), listed),
            searches.asks_inline("ludvika"),
        )
        mixed.go.set()
        await asyncio.gather(*(person.hears() for person in (asks, waits, contact, file)))
        await asyncio.gather(*(server.edited(sent) for sent in (answer, parts[0], rated)))
        await server.called("deleteMessage", 2)
        if trouble != "late":  # what may have arrived stays under way for a minute
            await server.confirmed()
    assert [bool(each) for each in pressed] == [True] * 5
    assert [len(sent_to(server, person.id)) for person in people] == [1, 1, 1, 1, 1, 1, 2, 2, 0]
    assert [server.now(sent).edits for sent in (answer, parts[0], rated, idle, card, listed)] == [1, 1, 1, 0, 0, 0]
    (_, shown), (_, sent) = sent_to(server, contact.id), sent_to(server, file.id)
    assert (shown.contact is None, sent.document is None) == (False, False)


async def test_too_many_requests_are_waited_out(server: BotApi, talking: Running, service: Service) -> None:
    """After a refusal with 429 the next request comes no earlier than Telegram says, and others are answered
    meanwhile."""
    anna, bo = server.person(1), server.person(2)
    async with talking(Echo(service)):
        server.fails("sendMessage", 429, "Too Many Requests: retry after 1", retry_after=1)
        await anna.says("one")
        await server.called("sendMessage")
        await ask(bo, "two")
        assert sent_to(server, 1) == []
        await anna.hears()
    refused, taken = [
        call for call in server.calls if call.method == "sendMessage" and call.parameters["chat_id"] == "1"
    ]
    assert taken.time - refused.time >= 1.0


async def test_outage_is_sat_out(
    server: BotApi, talking: Running, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reply is tried for as long as an outage lasts, far more often than a dozen times."""
    monkeypatch.setattr("esfbot.telegram.post._LONGEST_PAUSE", 0.01)
    person = server.person(1)
    for _ in range(60):
        server.fails("sendMessage", 502, "Bad Gateway")
    async with talking(Echo(service)):
        assert "one" in (await ask(person, "one")).seen
        await server.confirmed()
    assert len(server.sent) == 1


async def test_parts_come_in_order_after_silence(
    server: BotApi, talking: Running, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When Telegram does not answer to one part of a long reply, it and the parts after it come once the time is up,
    in their order, and somebody else is not kept waiting."""
    monkeypatch.setattr("esfbot.telegram.post.UNKNOWN", 0.5)
    words = [f"word{number}" for number in range(1400)]
    anna, bo = server.person(1), server.person(2)
    server.slow("sendMessage", 0.1)
    async with talking(Fixed(service, answer=Answer("", "en", Kind.SECTION, (Say(" ".join(words)),)))):
        await anna.says("all of it")
        first = await anna.hears()
        server.hangs("sendMessage", NEVER)
        await server.called("sendMessage", 2)
        await ask(bo, "one")
        others = [await anna.hears() for _ in range(2)]
        await server.confirmed()
    assert " ".join(sent.seen for sent in (first, *others)).split() == words
    assert len(sent_to(server, 1)) == 3


async def test_refused_markup_is_sent_as_plain_text(
    server: BotApi, talking: Running, service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    """A reply or an edit whose markup Telegram refuses comes as plain text with its buttons, and is a fault in the
    log."""
    person = server.person(1)
    reason = 'Bad Request: can\'t parse entities: Unsupported start tag "x" at byte offset 0'
    async with talking(Echo(service)):
        server.fails("sendMessage", 400, reason)
        asked = await person.says("one <&> two")
        heard = await person.hears()
        server.fails("editMessageText", 400, reason)
        await person.edits(asked, "two > one")
        edited = await server.edited(heard)
    assert [sent.text.splitlines()[0] for sent in (heard, edited)] == ["one <&> two", "two > one"]
    assert [heard.entities, edited.entities, bool(heard.keyboard), bool(edited.keyboard)] == [0, 0, True, True]
    faults = [record.levelno for record in caplog.records if "refused the markup" in record.message]
    assert (faults, len(server.sent)) == ([logging.ERROR] * 2, 1)


async def test_refused_buttons_are_left_out(server: BotApi, talking: Running, service: Service) -> None:
    """A reply whose buttons Telegram refuses comes without them, and a search whose results it refuses comes empty."""
    person = server.person(1)
    async with talking(Mixed(service)):
        server.fails("sendMessage", 400, "Bad Request: inline keyboard button URL 'x' is invalid: Wrong HTTP URL")
        heard = await ask(person, "one")
        server.fails("answerInlineQuery", 400, "Bad Request: RESULT_ID_DUPLICATE")
        offered = await person.asks_inline("ludvika")
    assert (heard.text.splitlines()[0], heard.keyboard, len(server.sent)) == ("<b>one</b>", [], 1)
    assert (offered.results, offered.next_offset) == ([], "")


@pytest.mark.parametrize("code", [400, 403])
async def test_what_telegram_never_takes_is_given_up(
    server: BotApi, talking: Running, service: Service, caplog: pytest.LogCaptureFixture, code: int
) -> None:
    """A reply that is refused for good is tried once, leaves a line in the log, and the next one is sent."""
    person = server.person(1)
    async with talking(Echo(service)):
        server.fails("sendMessage", code, "Bad Request: chat_write_forbidden" if code == 400 else "Forbidden: kicked")
        await person.says("one")
        assert "two" in (await ask(person, "two")).seen
        await server.confirmed()
    calls = [call for call in server.calls if call.method == "sendMessage"]
    assert (len(calls), caplog.text.count("send_message was refused")) == (2, 1)


async def test_group_that_became_a_supergroup(server: BotApi, talking: Running, service: Service) -> None:
    """A reply to a group that has become a supergroup meanwhile reaches the supergroup, once."""
    person, old, new = server.person(1), server.group(-5, kind="group"), server.group(-1005)
    async with talking(Echo(service)):
        server.fails(
            "sendMessage",
            400,
            "Bad Request: group chat was upgraded to a supergroup chat",
            migrate_to_chat_id=-1005,
        )
        await person.says("@esf_test_bot one", group=old)
        assert "one" in (await new.hears()).seen
        await server.confirmed()
    assert [sent.chat_id for sent in server.sent] == [-1005]


async def test_answer_that_was_deleted(server: BotApi, talking: Running, service: Service) -> None:
    """An edited question whose answer is gone is answered anew."""
    person = server.person(1)
    async with talking(Echo(service)):
        asked = await person.says("one")
        answer = await person.hears()
        del server.messages[1, answer.message_id]
        await person.edits(asked, "two")
        again = await person.hears()
        await person.edits(asked, "three")
        edited = await server.edited(again)
        await server.confirmed()
    assert ("two" in again.seen, "three" in edited.seen, len(sent_to(server, 1))) == (True, True, 1)


async def test_press_whose_time_is_over(server: BotApi, talking: Running, service: Service) -> None:
    """A press that Telegram no longer takes an answer to still does what it is for."""
    person, mixed = server.person(1, "sv"), Mixed(service)
    async with talking(mixed):
        card = await ask(person, "Kontakt i Ludvika?")
        await person.says("wait for it")
        await asyncio.to_thread(mixed.begun.wait, PATIENCE)
        await person.presses(card.button("Kontaktkort"), card, wait=False)
        server.forget_queries()
        mixed.go.set()
        assert "wait for it" in (await person.hears()).seen
        assert (await person.hears()).contact
        await server.confirmed()


async def test_every_press_is_answered(server: BotApi, talking: Running, service: Service) -> None:
    """A press is answered: of this version or another, under a message of which Telegram tells all, little or
    nothing."""
    person = server.person(1)
    buttons = ["i", "r:right", "t:nothing!:000000:0", "o:nothing!:sv", "l:xx", "z:9", "", "x" * 64, "::::"]
    async with talking(Echo(service)):
        heard = await ask(person, "one")
        old = replace(heard, old=True)
        answers = [await person.presses(data, sent) for data in buttons for sent in (heard, old, None)]
        await server.confirmed()
    assert (len(answers), len(server.sent)) == (3 * len(buttons), 1)


async def test_wrong_token_while_running_loses_nothing(
    server: BotApi, talking: Running, settings: Settings, service: Service
) -> None:
    """When Telegram stops taking the token, the bot ends with a line, and what it had to say is said with the next
    one."""
    person = server.person(1)
    task = asyncio.create_task(serve(settings, Echo(service), asyncio.Event(), pause=0.01))
    await server.polls()
    server.fails("sendMessage", 401, "Unauthorized")
    await person.says("one")
    await server.called("sendMessage")
    server.fails("getUpdates", 401, "Unauthorized")
    server.fails("getUpdates", 401, "Unauthorized")  # where what is done is confirmed
    await person.says("two")
    with pytest.raises(SettingsError, match=r"^a token that Telegram rejects"):
        await asyncio.wait_for(task, 2 * PATIENCE)
    async with talking(Echo(service)):
        heard = [(await person.hears()).seen.split()[0] for _ in range(2)]
        await server.confirmed()
    assert (sorted(heard), len(server.sent)) == (["one", "two"], 2)


async def test_failing_service_answers_everything(server: BotApi, talking: Running, service: Service) -> None:
    """Where the service fails, a message, a press and a search are each answered, and only once."""
    person = server.person(1)
    fixed = Fixed(service, answer=Answer("", "en", Kind.TALK, (Say("hello"),)))
    async with talking(fixed):
        await ask(person, "hello")
        fixed.answer = RuntimeError("no answer")
        assert "Something went wrong" in (await ask(person, "one")).seen
        offered = await person.asks_inline("ludvika")
        assert (offered.results, offered.cache_time) == ([], 0)
        await server.confirmed()
    assert len(server.sent) == 2
