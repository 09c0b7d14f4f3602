"""The bot killed at any moment and started anew: every question has its answer, and has it once."""

import asyncio
import json
import random
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

from esfbot.settings import Settings
from esfbot.state.state import State
from tests.telegram.api.server import PATIENCE, BotApi
from tests.telegram.mixed import ask, sent_to
from tests.telegram.process import Start, says, start

__all__ = ["start"]

NEVER = 60.0  # seconds: longer than a test


async def test_killed_while_working_it_out(server: BotApi, start: Start) -> None:
    """Questions that were being answered when the bot was killed, waited behind one, or were written while it was down
    are answered once after the next start, in their order and their conversation."""
    anna, bo = server.person(1), server.person(2)
    async with start() as process:
        await ask(anna, "one")
        for text in ("wait for it", "two"):
            await anna.says(text)
        await says(process, "begun")
        process.kill()
    await anna.says("three")
    await bo.says("one")
    assert server.unconfirmed >= 4
    async with start() as process:
        await says(process, "begun")
        assert "one" in (await bo.hears()).seen
        assert process.stdin
        process.stdin.write(b"go on\n")
        heard = [(await anna.hears()).seen.splitlines()[1] for _ in range(3)]
        await server.confirmed()
    assert heard == ["Before: one", "Before: one, wait for it", "Before: one, wait for it, two"]
    assert Counter(sent.chat_id for sent in server.sent) == {1: 4, 2: 1}


async def test_killed_while_sending(server: BotApi, start: Start) -> None:
    """A reply that was being sent when the bot was killed is not sent again within a minute, since it may have
    arrived; after that it is. Others are answered meanwhile."""
    anna, bo, eva = (server.person(number) for number in (1, 2, 3))
    async with start() as process:
        server.hangs("sendMessage", NEVER, after=True)
        await anna.says("one")
        await anna.hears()
        server.hangs("sendMessage", NEVER)
        await bo.says("two")
        await server.called("sendMessage", 2)
        process.kill()
    async with start() as process:
        assert "three" in (await ask(eva, "three")).seen
        assert [len(sent_to(server, chat)) for chat in (1, 2, 3)] == [1, 0, 1]
        process.terminate()
        assert await asyncio.wait_for(process.wait(), PATIENCE) == 0
    async with start(unknown=0.1):
        assert "two" in (await bo.hears()).seen
        await server.confirmed()
    assert len(sent_to(server, 2)) == 1


async def test_killed_again_and_again(server: BotApi, start: Start, settings: Settings) -> None:
    """Twelve people ask while the bot is killed three times, at moments that nobody chose: nothing is lost, and only
    what was on its way to Telegram when it was killed may come a second time, after a minute."""
    chance = random.Random(11)  # noqa: S311 - no secret
    people = [server.person(number) for number in range(1, 13)]
    on_their_way: Counter[tuple[int, str]] = Counter()
    for round_ in range(3):
        for person in people:
            await person.says(f"one {round_} {person.id}")
        async with start() as process:
            for person in people:
                await person.says(f"two {round_} {person.id}")
            await server.called("sendMessage", len(server.sent) + chance.randrange(1, 20))
            process.kill()
        on_their_way += Counter(begun(settings.state))
    async with start(unknown=0.1):
        await server.confirmed()
    asked = {(p.id, f"{word} {round_} {p.id}") for p in people for round_ in range(3) for word in ("one", "two")}
    heard = Counter((sent.chat_id, sent.seen.splitlines()[0]) for sent in server.sent)
    assert heard.keys() == asked
    assert heard - Counter(asked) <= on_their_way


def begun(path: Path) -> list[tuple[int, str]]:
    """The chats and titles of replies that were on their way."""
    with closing(sqlite3.connect(path)) as file:
        rows = file.execute("SELECT call FROM outbox WHERE begun IS NOT NULL").fetchall()
    calls = [json.loads(call)["parameters"] for (call,) in rows]
    return [(call["chat_id"], call["text"].partition("</b>")[0].removeprefix("<b>")) for call in calls]


async def test_what_is_remembered(server: BotApi, start: Start, settings: Settings) -> None:
    """Lists, cards, verdicts, the language and the conversation from before a kill are there after it, and a press that
    was made while the bot was down is answered."""
    person, rater = server.person(1, "sv"), server.person(2, "sv")
    async with start() as process:
        listed = await ask(person, "Kontakter för alla projekt")
        card = await ask(person, "Kontakt i Ludvika?")
        rated = await ask(rater, "Kontakt i Ludvika?")
        await rater.presses("l:en", rated)
        await rater.presses("r:wrong", rated)
        await server.edited(rated)
        process.kill()
    pressed = asyncio.create_task(person.presses(card.button("Kontaktkort"), card))
    rates = asyncio.create_task(rater.presses("r:wrong:fact", rated))
    await asyncio.sleep(0)
    async with start():
        await asyncio.gather(pressed, rates)
        assert (await person.hears()).contact
        await person.presses(listed.button("csv"), listed)
        assert (await person.hears()).document
        assert "BERGSLAGSESURSEN" in (await ask(person, "och budgeten?")).seen
        await rater.posts(dice={"emoji": "🎲", "value": 3})
        assert "Write a question" in (await rater.hears()).seen
        await server.confirmed()
    with closing(State(settings.state)) as state:
        assert [(each.verdict, each.reason) for each in state.verdicts.all()] == [("wrong", "fact")]


async def test_stopped_in_an_outage(server: BotApi, start: Start) -> None:
    """On SIGTERM the bot ends in time, with exit code 0, also while Telegram does not answer and a question is being
    worked out; both answers come after the next start."""
    anna, bo = server.person(1), server.person(2)
    async with start() as process:
        await ask(anna, "one")
        server.fails("sendMessage", 429, "Too Many Requests: retry after 30", retry_after=30)
        await anna.says("two")
        await server.called("sendMessage", 2)
        await bo.says("wait for it")
        await says(process, "begun")
        server.hangs("getUpdates", NEVER)
        process.terminate()
        assert await asyncio.wait_for(process.wait(), PATIENCE) == 0
    async with start() as process:
        assert "two" in (await anna.hears()).seen
        assert process.stdin
        process.stdin.write(b"go on\n")
        assert "wait" in (await bo.hears()).seen
        await server.confirmed()
    assert len(server.sent) == 3
