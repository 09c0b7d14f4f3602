"""What comes in: each update is taken in once, confirmed when it is done, and none keeps the others waiting."""

import asyncio
import itertools
import json
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing

import aiohttp
import pytest

from esfbot.errors import EsfbotError, FolderError
from esfbot.service import Service
from esfbot.settings import Settings
from esfbot.state.state import State
from esfbot.telegram.run import serve
from tests.telegram.api.refusals import Json
from tests.telegram.api.server import PATIENCE, BotApi
from tests.telegram.conftest import Running
from tests.telegram.echo import Echo
from tests.telegram.mixed import Mixed, ask, hasty, sent_to

__all__ = ["hasty"]
pytestmark = pytest.mark.usefixtures("hasty")

NEVER = 60.0  # seconds: longer than a test
Poll = Callable[[int, int, int], Awaitable[list[Json]]]


async def test_updates_are_confirmed_when_done(server: BotApi, talking: Running, service: Service) -> None:
    """An update is not confirmed before its reply is sent, though others are asked for meanwhile, and then it is."""
    person, echo = server.person(1), Echo(service)
    async with talking(echo):
        await person.says("wait for it")
        await asyncio.to_thread(echo.begun.wait, PATIENCE)
        await server.polls(2)
        assert server.unconfirmed == 1
        echo.go.set()
        await person.hears()
        await server.confirmed()


async def test_an_early_one_does_not_wait_for_a_late_one(server: BotApi, talking: Running, service: Service) -> None:
    """While the oldest update is under way, newer ones are handled and come no second time, however many they are."""
    server.privacy = False
    slow, others, last, echo = server.person(1), server.person(2), server.person(3), Echo(service)
    async with talking(echo):
        await slow.says("wait for it")
        await asyncio.to_thread(echo.begun.wait, PATIENCE)
        for number in range(110):  # said to each other: the bot has nothing to reply
            await others.says(f"hello {number}", group=-5)
            if number in (55, 109):
                await server.polls(2)
        assert "one" in (await ask(last, "one")).seen
        assert server.unconfirmed <= 100
        echo.go.set()
        await slow.hears()
        await server.confirmed()
    assert [sent.chat_id for sent in server.sent] == [3, 1]


async def test_one_update_for_those_in_a_hurry(
    server: BotApi, talking: Running, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Telegram gives a single update to who asks again for the same within half a second; new ones come all the same
    while an older one is under way."""
    given = server.updates.poll
    last = [0.0, -1.0]

    async def poll(offset: int, limit: int, timeout: int) -> list[Json]:
        now = asyncio.get_running_loop().time()
        hurry = offset == last[1] and now < last[0] + 0.5
        last[:] = now, offset
        return await given(offset, 1 if hurry else limit, timeout)

    monkeypatch.setattr(server.updates, "poll", poll)
    slow, other, echo = server.person(1), server.person(2), Echo(service)
    async with talking(echo):
        await slow.says("wait for it")
        await asyncio.to_thread(echo.begun.wait, PATIENCE)
        for text in ("one", "two"):
            assert text in (await ask(other, text)).seen
        echo.go.set()
        await slow.hears()
        await server.confirmed()
    assert len(server.sent) == 3


async def test_numbers_begin_anew(server: BotApi, talking: Running, service: Service) -> None:
    """After a quiet week Telegram numbers updates from anywhere: also lower ones are answered once and confirmed."""
    person = server.person(1)
    async with talking(Echo(service)):
        await ask(person, "one")
        await server.confirmed()
        server.updates._numbers = itertools.count(1000)
        server.updates._last = 999
        for text in ("two", "three"):
            assert text in (await ask(person, text)).seen
        await server.confirmed()
    assert len(server.sent) == 3


async def test_stop_while_starting(server: BotApi, settings: Settings, service: Service) -> None:
    """A bot that is told to stop while Telegram does not answer to its first request stops."""
    server.hangs("getMe", NEVER)
    stop = asyncio.Event()
    task = asyncio.create_task(serve(settings, Echo(service), stop))
    await server.called("getMe")
    stop.set()
    await asyncio.wait_for(task, PATIENCE)
    assert [call.method for call in server.calls] == ["getMe"]


async def test_stop_in_an_outage(server: BotApi, talking: Running, service: Service) -> None:
    """A bot that is told to stop while Telegram takes no messages stops, and what it had to say comes after the
    next start, also if it has waited for its turn."""
    person = server.person(1)
    async with talking(Echo(service)):
        server.fails("sendMessage", 429, "Too Many Requests: retry after 30", retry_after=30)
        await person.says("one")
        await person.says("two")
        await server.called("sendMessage")
    assert (server.sent, server.unconfirmed) == ([], 2)
    async with talking(Echo(service)):
        for text in ("one", "two"):
            assert text in (await person.hears()).seen
        await server.confirmed()
    assert len(server.sent) == 2


async def test_start_after_an_outage(server: BotApi, talking: Running, settings: Settings, service: Service) -> None:
    """A reply left from before that Telegram does not take now keeps nobody else waiting, but the next of its chat."""
    anna, bo = server.person(1), server.person(2)
    await anna.says("hello")
    call = {"method": "send_message", "parameters": {"chat_id": 1, "text": "left over"}}
    with closing(State(settings.state)) as state:
        state.mail.receive([(7, "{}")])
        state.mail.put_out(7, [json.dumps(call)])
    server.fails("sendMessage", 429, "Too Many Requests: retry after 1", retry_after=1)
    async with talking(Echo(service)):
        await server.called("sendMessage")
        assert "one" in (await ask(bo, "one")).seen
        assert sent_to(server, 1) == []
        assert [(await anna.hears()).seen.split()[0] for _ in range(2)] == ["left", "hello"]


async def test_what_another_version_kept(
    server: BotApi, talking: Running, settings: Settings, service: Service
) -> None:
    """An update or a reply that was kept by another version and can't be read is put aside, and the bot starts."""
    bodies = ["{}", "[]", "null", "not JSON", '{"update_id": "x"}', '{"update_id": 7, "message": {}}']
    with closing(State(settings.state)) as state:
        state.mail.receive(enumerate(bodies))
        state.mail.receive([(100, bodies[0])])
        state.mail.put_out(100, ["not JSON", '{"way": "by pigeon"}'])
    person = server.person(1)
    async with talking(Echo(service)):
        await ask(person, "one")
    with closing(State(settings.state)) as state:
        assert (state.mail.unhandled(), state.mail.waiting(100)) == ([], [])


async def test_updates_of_every_kind_are_kept(
    server: BotApi, talking: Running, settings: Settings, service: Service
) -> None:
    """What was taken in and not worked on when the program ended is answered after the next start, in order and once,
    whatever it is."""
    person, mixed = server.person(1, "sv"), Mixed(service)
    mixed.go.set()
    async with talking(mixed):
        asked = await person.says("one")
        answer = await person.hears()
        card = await ask(person, "Kontakt i Ludvika?")
    card.old = True
    await person.says("two")
    await person.edits(asked, "three")
    pressed = asyncio.create_task(person.presses(card.button("Kontaktkort"), card))
    offered = asyncio.create_task(person.asks_inline("ludvika"))
    await asyncio.sleep(0)
    await person.posts(dice={"emoji": "🎲", "value": 3})
    with closing(State(settings.state)) as state:
        state.mail.receive([(number, json.dumps(update)) for number, update in server.updates.pending.items()])
    async with talking(mixed):
        heard = [await person.hears() for _ in range(3)]
        await server.confirmed()
    assert ("two" in heard[0].seen, bool(heard[1].contact), "fråga" in heard[2].seen) == (True, True, True)
    assert ("three" in server.now(answer).seen, bool((await offered).results)) == (True, True)
    assert ((await pressed).text, len(server.sent)) == ("", 5)


async def test_second_bot_with_the_same_file(
    server: BotApi, talking: Running, settings: Settings, service: Service
) -> None:
    """A second bot that would send what waits in the same file does not start, and says so in a line."""
    person = server.person(1)
    async with talking(Echo(service)):
        await ask(person, "one")
        with pytest.raises(EsfbotError, match=r"^another bot that keeps its conversations in .*state\.sqlite; "):
            await serve(settings, Echo(service), asyncio.Event())
        await ask(person, "two")


async def test_the_one_that_goes_leaves_the_other_alone(server: BotApi, settings: Settings, service: Service) -> None:
    """A bot that ends because another one uses its token does not ask for updates a last time: the other one would
    be refused."""
    task = asyncio.create_task(serve(settings, Echo(service), asyncio.Event(), pause=0.01))
    await server.polls()
    for _ in range(2):
        server.fails("getUpdates", 409, "Conflict: terminated by other getUpdates request")
    await server.person(1).says("one")
    with pytest.raises(EsfbotError, match=r"^another program that answers with the same token; "):
        await asyncio.wait_for(task, 2 * PATIENCE)
    assert server.calls[-1].parameters.get("timeout") != "0"


async def test_a_file_that_fails(server: BotApi, settings: Settings, service: Service) -> None:
    """When nothing can be kept any more the bot ends with a line, and what it could not keep is not confirmed."""
    task = asyncio.create_task(serve(settings, Echo(service), asyncio.Event(), pause=0.01))
    await server.polls()
    with sqlite3.connect(settings.state) as file:
        file.execute("DROP TABLE inbox")
    file.close()
    await server.person(1).says("one")
    with pytest.raises(FolderError, match=r"can't be read or written \(no such table: inbox\)"):
        await asyncio.wait_for(task, 2 * PATIENCE)
    assert (server.sent, server.unconfirmed) == ([], 1)


async def test_updates_that_can_not_be_read(
    server: BotApi, talking: Running, service: Service, caplog: pytest.LogCaptureFixture, unused_tcp_port: int
) -> None:
    """Updates that the library can't make anything of are confirmed and counted, alone and among others; those others
    are answered, and nothing of what can't be read is logged. The next start does not meet them again."""
    person, listen = server.person(1), f"127.0.0.1:{unused_tcp_port}"
    server.updates.add("callback_query", {"id": "1", "data": "secret"}, "press 1")
    with caplog.at_level("INFO"):
        async with talking(Echo(service), listen=listen), aiohttp.ClientSession() as session:
            await server.confirmed()
            await person.says("one")
            server.updates.add("message", {"message_id": 5, "text": "secret", "chat": {"id": 1}}, "chat 1")
            await person.says("two")
            assert ["one" in (await person.hears()).seen, "two" in (await person.hears()).seen] == [True, True]
            await server.confirmed()
            async with session.get(f"http://{listen}/metrics") as response:
                assert 'esfbot_faults_total{kind="unreadable"} 2.0' in await response.text()
        async with talking(Echo(service)):
            assert "three" in (await ask(person, "three")).seen
    assert ("secret" in caplog.text, caplog.text.count("is passed over")) == (False, 2)
