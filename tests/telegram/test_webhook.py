"""Updates that Telegram brings, and what else the bot serves: `/healthz` and `/metrics`."""

import asyncio
import io
import json
import logging
import socket
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing
from dataclasses import replace
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from esfbot.errors import SettingsError
from esfbot.service import Service
from esfbot.settings import Settings
from esfbot.telegram.run import serve
from tests.telegram.api.server import PATIENCE, TOKEN, BotApi
from tests.telegram.conftest import Running
from tests.telegram.echo import Echo
from tests.telegram.mixed import Mixed, ask, hasty, sent_to
from tests.telegram.process import Start, says, start

__all__ = ["hasty", "start"]
pytestmark = pytest.mark.usefixtures("hasty")

PATH = "/hook.v1+(test)"  # means something else where it is taken for a pattern
SECRET = "X-Telegram-Bot-Api-Secret-Token"
SOON: Any = 0.05  # seconds after which to try again; Telegram's are whole ones
Hooked = dict[str, str]


@pytest.fixture
def hooked(unused_tcp_port: int) -> Hooked:
    """The settings of a bot that Telegram brings updates to."""
    listen = f"127.0.0.1:{unused_tcp_port}"
    return {"listen": listen, "webhook_url": f"http://{listen}{PATH}"}


@pytest_asyncio.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    """Somebody who makes requests."""
    async with aiohttp.ClientSession() as opened:
        yield opened


def update(number: int, text: str = "one", person: int = 1) -> str:
    """An update as Telegram brings it."""
    user = {"id": person, "is_bot": False, "first_name": "Anna"}
    chat = {"id": person, "type": "private", "first_name": "Anna"}
    message = {"message_id": number, "date": 1, "chat": chat, "from": user, "text": text}
    return json.dumps({"update_id": number, "message": message})


async def bring(session: aiohttp.ClientSession, server: BotApi, hooked: Hooked, body: str | bytes | io.BytesIO) -> int:
    """Bring something as Telegram does, and return the status of the answer."""
    secret = (await server.called("setWebhook")).parameters["secret_token"]
    async with session.post(hooked["webhook_url"], data=body, headers={SECRET: secret}) as response:
        return response.status


async def get(session: aiohttp.ClientSession, hooked: Hooked, path: str) -> str:
    """What is served at a path."""
    async with session.get(f"http://{hooked['listen']}{path}") as response:
        assert response.status == 200
        return await response.text()


async def test_updates_are_brought(server: BotApi, talking: Running, service: Service, hooked: Hooked) -> None:
    """Messages, edits, presses and searches that Telegram brings are answered once, and confirmed."""
    person = server.person(1)
    async with talking(Mixed(service), **hooked):
        asked = await person.says("one")
        heard = await person.hears()
        await person.edits(asked, "two")
        assert "two" in (await server.edited(heard)).seen
        assert (await person.presses("i", heard)).text == ""
        assert (await person.asks_inline("ludvika")).results
        await server.confirmed()
    assert (len(server.sent), [call for call in server.calls if call.method == "getUpdates"]) == (1, [])


async def test_the_secret(server: BotApi, talking: Running, service: Service, hooked: Hooked) -> None:
    """Telegram is given a secret that tells nothing of the token, and is the same after a restart."""
    for number in (1, 2):
        async with talking(Echo(service), **hooked):
            await server.called("setWebhook", number)
    first, second = [call.parameters for call in server.calls if call.method == "setWebhook"]
    assert (first["url"], first["secret_token"]) == (hooked["webhook_url"], second["secret_token"])
    assert (len(first["secret_token"]), TOKEN.partition(":")[2] in first["secret_token"]) == (64, False)
    assert sorted(first["allowed_updates"]) == ["callback_query", "edited_message", "inline_query", "message"]


async def test_who_does_not_know_the_secret(
    server: BotApi, talking: Running, service: Service, hooked: Hooked, session: aiohttp.ClientSession
) -> None:
    """What comes with a wrong secret or none is refused and not answered, though the same is when it comes with it."""
    person = server.person(1)
    async with talking(Echo(service), **hooked):
        await ask(person, "hello")
        for headers in ({}, *({SECRET: secret} for secret in ("", "wrong", "ö" * 64, TOKEN))):
            for body in (update(7), "not JSON"):
                async with session.post(hooked["webhook_url"], data=body, headers=headers) as response:
                    assert response.status == 403
        assert len(server.sent) == 1
        assert await bring(session, server, hooked, update(7)) == 200
    assert len(server.sent) == 2


async def test_brought_again(
    server: BotApi, talking: Running, service: Service, hooked: Hooked, session: aiohttp.ClientSession
) -> None:
    """An update that is brought several times, at once, while it is under way or when it is done, also after a
    restart, is answered once and confirmed each time."""
    person, echo = server.person(1), Echo(service)
    async with talking(echo, **hooked):
        await ask(person, "hello")
        several = [asyncio.create_task(bring(session, server, hooked, update(7, "wait for it"))) for _ in range(3)]
        await asyncio.to_thread(echo.begun.wait, PATIENCE)
        several.append(asyncio.create_task(bring(session, server, hooked, update(7, "wait for it"))))
        await asyncio.wait(several, timeout=0.1)
        assert [task.done() for task in several] == [False] * 4
        echo.go.set()
        assert await asyncio.gather(*several) == [200] * 4
        assert await bring(session, server, hooked, update(7, "wait for it")) == 200
    async with talking(echo, **hooked):
        await server.called("setWebhook", 2)
        assert await bring(session, server, hooked, update(7, "wait for it")) == 200
        assert await bring(session, server, hooked, update(8, "two")) == 200
    assert [sent.seen.split("\n")[0] for sent in server.sent] == ["hello", "wait for it", "two"]


NOTHING = [
    b"",
    b"null",
    b"[]",
    b"7",
    b"not JSON",
    b"\xff\xfe",
    b"{}",
    b'{"update_id": null}',
    b'{"update_id": "7"}',
    b'{"update_id": true}',
    b'{"update_id": 7.5}',
    b'{"update_id": -7}',
    b'{"update_id": 1180591620717411303424}',
    b'{"update_id": 7, "message": 5}',
    b'{"update_id": 7, "message": {}}',
    b'{"update_id": 7, "message": {"message_id": 1, "date": 1e300, "chat": {"id": 1, "type": "private"}}}',
    b'{"update_id": 7, "callback_query": {"id": "1"}}',
    b"[" * 100_000,
]


async def test_what_is_no_update(
    server: BotApi,
    talking: Running,
    service: Service,
    hooked: Hooked,
    session: aiohttp.ClientSession,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """What is no update is refused with 400, without a traceback, and the next update is answered; one of a kind that
    the bot does not know is confirmed."""
    person = server.person(1)
    async with talking(Echo(service), **hooked):
        found = {body: await bring(session, server, hooked, body) for body in NOTHING}
        assert found == dict.fromkeys(NOTHING, 400)
        assert await bring(session, server, hooked, b'{"update_id": 7, "poll_of_tomorrow": {"id": 1}}') == 200
        assert "one" in (await ask(person, "one")).seen
    assert [record.exc_info for record in caplog.records if record.levelno >= logging.WARNING and record.exc_info] == []


async def test_other_requests(
    server: BotApi, talking: Running, service: Service, hooked: Hooked, session: aiohttp.ClientSession
) -> None:
    """Other methods and addresses are none of the webhook's, and what is far too long is not read."""
    async with talking(Echo(service), **hooked):
        await server.called("setWebhook")
        async with session.get(hooked["webhook_url"]) as response:
            assert response.status == 405
        async with session.post(f"http://{hooked['listen']}/hookXv1test") as response:
            assert response.status == 404
        with pytest.raises((aiohttp.ClientError, AssertionError)):
            assert await bring(session, server, hooked, io.BytesIO(b" " * 2_000_000)) == 200
        assert await bring(session, server, hooked, b'{"update_id": 7}') == 200


async def test_health_and_metrics(
    server: BotApi, talking: Running, service: Service, hooked: Hooked, session: aiohttp.ClientSession
) -> None:
    """`/healthz` tells the generation, and `/metrics` counts updates, replies, questions without an answer, faults and
    how long replies take."""
    person = server.person(1, "sv")
    async with talking(service, **hooked):
        heard = await ask(person, "Kontakt i Ludvika?")
        await ask(person, "Kontakt i Kiruna?")
        await person.presses("i", heard)
        await person.asks_inline("ludvika")
        server.fails("sendMessage", 400, "Bad Request: can't parse entities")
        await ask(person, "Lista alla projekt")
        await server.confirmed()
        assert json.loads(await get(session, hooked, "/healthz")) == {"status": "ok", "generation": service.store.name}
        lines = dict(line.rsplit(" ", 1) for line in metrics(await get(session, hooked, "/metrics")))
    counted = {
        'esfbot_updates_total{kind="message"}': 3,
        'esfbot_updates_total{kind="press"}': 1,
        'esfbot_updates_total{kind="inline"}': 1,
        'esfbot_replies_total{method="send_message"}': 3,
        'esfbot_replies_total{method="answer_callback_query"}': 1,
        'esfbot_replies_total{method="answer_inline_query"}': 1,
        "esfbot_no_answers_total": 1,
        'esfbot_faults_total{kind="markup"}': 1,
        'esfbot_latency_seconds_bucket{le="+Inf"}': 5,
        "esfbot_latency_seconds_count": 5,
        f'esfbot_generation{{name="{service.store.name}"}}': 1,
    }
    assert {name: float(lines[name]) for name in counted} == counted


def metrics(text: str) -> Iterator[str]:
    """The lines that give a number."""
    return (line for line in text.splitlines() if not line.startswith("#"))


async def test_served_beside_polling(
    server: BotApi, talking: Running, service: Service, hooked: Hooked, session: aiohttp.ClientSession
) -> None:
    """With an address to listen at and no webhook, updates are fetched, and health and metrics served."""
    person = server.person(1)
    async with talking(Echo(service), listen=hooked["listen"]):
        await ask(person, "one")
        assert json.loads(await get(session, hooked, "/healthz"))["status"] == "ok"
        assert "esfbot_replies_total" in await get(session, hooked, "/metrics")
        async with session.post(hooked["webhook_url"], data=update(7)) as response:
            assert response.status == 404


async def test_slow_reply_is_confirmed_early(
    server: BotApi, talking: Running, service: Service, hooked: Hooked, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An update whose reply takes long is confirmed before, so that Telegram brings the next ones; it is answered
    once."""
    monkeypatch.setattr("esfbot.telegram.web._PATIENCE", 0.1)
    person, echo = server.person(1), Echo(service)
    async with talking(echo, **hooked):
        await person.says("wait for it")
        await asyncio.to_thread(echo.begun.wait, PATIENCE)
        await server.confirmed()
        assert server.sent == []
        echo.go.set()
        await person.hears()
    assert len(server.sent) == 1


async def test_stopping_answers_telegram(server: BotApi, talking: Running, service: Service, hooked: Hooked) -> None:
    """A reply under way when the bot is stopped is sent and its update confirmed; what is written then is answered
    after the next start."""
    anna, bo, echo = server.person(1), server.person(2), Echo(service)
    async with talking(echo, **hooked) as stop:
        await anna.says("wait for it")
        await asyncio.to_thread(echo.begun.wait, PATIENCE)
        stop.set()
        await asyncio.sleep(0.05)
        await bo.says("two")
        echo.go.set()
        await anna.hears()
    assert (len(server.sent), server.unconfirmed) == (1, 1)
    async with talking(echo, **hooked):
        assert "two" in (await bo.hears()).seen
        await server.confirmed()
    assert len(server.sent) == 2


@pytest.mark.parametrize(
    "trouble",
    [
        lambda server: server.fails("setWebhook", 429, "Too Many Requests: retry after 1", retry_after=SOON),
        lambda server: server.fails("setWebhook", 502, "Bad Gateway"),
        lambda server: server.drops("setWebhook"),
    ],
    ids=["429", "502", "dropped"],
)
async def test_trouble_at_the_start(
    server: BotApi, talking: Running, service: Service, hooked: Hooked, trouble: Callable[[BotApi], None]
) -> None:
    """When Telegram is in trouble as the webhook is to be set, it is set a little later."""
    person = server.person(1)
    trouble(server)
    async with talking(Echo(service), **hooked):
        assert "one" in (await ask(person, "one")).seen


async def test_back_to_fetching(server: BotApi, talking: Running, service: Service, hooked: Hooked) -> None:
    """A bot that is started without the webhook that it had before fetches updates."""
    person = server.person(1)
    async with talking(Echo(service), **hooked):
        await ask(person, "one")
    await person.says("two")
    async with talking(Echo(service)):
        assert "two" in (await person.hears()).seen
        await server.confirmed()
    assert len(server.sent) == 2


async def test_address_that_is_taken(server: BotApi, settings: Settings, service: Service) -> None:
    """An address that something else listens at, or that is not this machine's, is an error in a line."""
    with closing(socket.create_server(("127.0.0.1", 0))) as other:
        listen = f"127.0.0.1:{other.getsockname()[1]}"
        for address in (listen, "192.0.2.1:8080", "127.0.0.1:99999"):
            chosen = replace(settings, listen=address, webhook_url=f"http://{listen}/")
            with pytest.raises(SettingsError, match=r"can't be listened at \(.+\); .*set ESFBOT_LISTEN\.$") as raised:
                await asyncio.wait_for(serve(chosen, Echo(service), asyncio.Event()), PATIENCE)
            assert (address in str(raised.value), "\n" in str(raised.value)) == (True, False)


async def test_many_at_once(server: BotApi, talking: Running, service: Service, hooked: Hooked) -> None:
    """Sixty people who write twice at the same moment are each answered twice, in order."""
    people = [server.person(number) for number in range(1, 61)]
    async with talking(Echo(service), **hooked):
        for text in ("one", "two"):
            for person in people:
                await person.says(text)
        heard = [[(await person.hears()).seen.split("\n")[0] for _ in range(2)] for person in people]
        await server.confirmed()
    assert (heard, len(server.sent)) == ([["one", "two"]] * 60, 120)


async def test_killed_and_started_anew(server: BotApi, start: Start, hooked: Hooked) -> None:
    """What was under way when the bot was killed, or brought while it was down, is answered once after the next
    start."""
    anna, bo = server.person(1), server.person(2)
    async with start(**hooked) as process:
        await ask(anna, "one")
        for text in ("wait for it", "two"):
            await anna.says(text)
        await says(process, "begun")
        process.kill()
    await bo.says("one")
    async with start(**hooked) as process:
        await says(process, "begun")
        assert process.stdin
        process.stdin.write(b"go on\n")
        heard = [(await anna.hears()).seen.splitlines()[1] for _ in range(2)]
        await bo.hears()
        await server.confirmed()
        process.terminate()
        assert await asyncio.wait_for(process.wait(), PATIENCE) == 0
    assert heard == ["Before: one", "Before: one, wait for it"]
    assert Counter(sent.chat_id for sent in server.sent) == {1: 3, 2: 1}
    assert len(sent_to(server, 1)) == 3
