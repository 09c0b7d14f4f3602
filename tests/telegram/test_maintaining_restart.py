"""Sheets sent in the chat while the bot is stopped and started, its process for sheets dies, or time passes."""

import asyncio
import signal
import stat
import time
from asyncio.subprocess import Process
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from esfbot.state.batches import Stage
from esfbot.state.state import State
from esfbot.store.lock import held
from esfbot.telegram import child
from esfbot.upkeep.work import Work
from tests.embed.collection import sheet
from tests.telegram.api.server import PATIENCE, BotApi
from tests.telegram.conftest import Running
from tests.telegram.looking import button, labels
from tests.telegram.maintaining import (
    LONG,
    MAINTAINER,
    Collection,
    batches,
    cleared,
    report_of,
    shows,
    staged,
    three,
    three_live,
    until,
)
from tests.telegram.process import Start, start
from tests.telegram.test_maintaining import FIFTH, FOURTH

__all__ = ["start", "three", "three_live"]

LARGE = sheet("Lönnen", "\n\n".join(f"Stycke {n} om trädgård och hantverk{' i staden' * 40}." for n in range(40)))


@dataclass
class Processes:
    """The processes for sheets that were started, in order."""

    found: list[Process] = field(default_factory=list)
    news: asyncio.Event = field(default_factory=asyncio.Event)

    async def number(self, number: int) -> Process:
        """The process of that number, from 1, once there is one."""
        async with asyncio.timeout(PATIENCE):
            while len(self.found) < number:
                self.news.clear()
                await self.news.wait()
        return self.found[number - 1]

    async def start(self, *command: str, **how: Any) -> Process:
        """Start one, and remember it."""
        self.found.append(await asyncio.subprocess.create_subprocess_exec(*command, **how))
        self.news.set()
        return self.found[-1]


@pytest.fixture
def processes(monkeypatch: pytest.MonkeyPatch) -> Processes:
    """What the bot starts."""
    started = Processes()
    monkeypatch.setattr("esfbot.telegram.child.asyncio.create_subprocess_exec", started.start)
    return started


async def test_stopped_before_the_report(
    server: BotApi, talking: Running, three: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files that were sent, fetched or not, are reported after the next start, together, in the message that was
    begun."""
    person = server.person(MAINTAINER, "sv")
    with monkeypatch.context() as patience:
        patience.setattr("esfbot.telegram.upkeep._STILL", 3600.0)
        async with talking(three.service, **three.settings):
            await person.sends_document("a.txt", FOURTH.encode())
            begun = await person.hears()
            await server.confirmed()
            assert begun.seen == "Tar emot filer …"
    await person.sends_document("b.txt", FIFTH.encode())
    async with talking(three.service, **three.settings):
        report = await shows(server, begun, "Nya projekt: 2.")
    assert (len(server.sent), labels(report)) == (1, [["Publicera", "Släng"]])


async def test_stopped_before_the_press(server: BotApi, talking: Running, three: Collection) -> None:
    """A press that is made while the bot is down, of a report from before, publishes after the next start. Others on
    the machine can't read what waits."""
    person = server.person(MAINTAINER, "sv")
    async with talking(three.service, **three.settings):
        await person.sends_document("a.txt", FOURTH.encode())
        report = await report_of(server, person)
    (file,) = staged(three)
    assert (file.read_text(encoding="utf-8"), stat.S_IMODE(file.parents[1].stat().st_mode)) == (FOURTH, 0o700)
    await person.presses(button(report, "Publicera"), report, wait=False)
    async with talking(three.service, **three.settings):
        await shows(server, report, "Publicerat")
        assert three.titles == ["Björken", "Eken", "Granen", "Tallen"]


async def test_stopped_while_publishing(
    server: BotApi, talking: Running, three: Collection, processes: Processes
) -> None:
    """A bot that is stopped while it publishes ends at once, its process with it, and goes on after the next start. The
    press is not waited for: it is confirmed before."""
    person = server.person(MAINTAINER, "sv")
    async with talking(three.service, **three.settings):
        await person.sends_document("a.txt", LARGE.encode())
        report = await report_of(server, person)
        await person.presses(button(report, "Publicera"), report)
        await server.confirmed()
        process = await processes.number(2)
    assert process.returncode == -signal.SIGKILL
    assert [batch.stage for batch in batches(three)] == [Stage.PUBLISHING]
    assert "Lönnen" not in three.titles
    async with talking(three.service, **three.settings):
        await shows(server, report, "Publicerat")
    assert three.titles == ["Björken", "Granen", "Lönnen", "Tallen"]
    assert len(server.sent) == 1


async def test_killed(server: BotApi, start: Start, three: Collection) -> None:
    """The bot is killed while it fetches a file, before it reports and while it publishes. Each time it goes on after
    the next start, in the same message, and its process for sheets is gone before."""
    person = server.person(MAINTAINER, "sv")
    server.hangs("getFile", LONG)
    async with start(**three.settings) as bot:
        await person.sends_document("a.txt", LARGE.encode())
        begun = await person.hears(LONG)
        await server.called("getFile")
        bot.kill()
    async with start(**three.settings) as bot:
        await server.called("getFile", 2)
        await asyncio.to_thread(until, lambda: bool(staged(three)))
        bot.kill()
    async with start(**three.settings) as bot:
        report = await shows(server, begun, "Nya projekt: 1.")
        await person.presses(button(report, "Publicera"), report)
        publishing = await shows(server, report, "Publicerar")
        await asyncio.to_thread(until, (three.embeddings / ".lock-holder").exists)
        bot.kill()
    await asyncio.to_thread(free, three.embeddings)
    assert "Lönnen" not in three.titles
    async with start(**three.settings):
        await shows(server, publishing, "Publicerat")
        await server.confirmed()
        await cleared(three)
    assert three.titles == ["Björken", "Granen", "Lönnen", "Tallen"]
    assert len(server.sent) == 1


def free(embeddings: Path) -> None:
    """Wait until no process changes the embeddings."""
    with held(embeddings, wait=LONG):
        pass


async def test_the_process_dies(server: BotApi, talking: Running, three: Collection, processes: Processes) -> None:
    """Where the process for sheets is killed the maintainer is told, with a number that the log has, nothing is lost,
    and the same batch can be published."""
    person = server.person(MAINTAINER, "sv")
    async with talking(three.service, **three.settings):
        await person.sends_document("a.txt", LARGE.encode())
        report = await report_of(server, person)
        await person.presses(button(report, "Publicera"), report)
        (await processes.number(2)).kill()
        broken = await shows(server, report, "Arbetet bröts. Inget är förlorat")
        assert (labels(broken), three.titles) == ([["Publicera", "Släng"]], ["Björken", "Granen", "Tallen"])
        await person.presses(button(broken, "Publicera"), broken)
        await shows(server, broken, "Publicerat")
    assert three.titles == ["Björken", "Granen", "Lönnen", "Tallen"]


async def test_what_is_done_already(server: BotApi, talking: Running, three: Collection, tmp_path: Path) -> None:
    """Where the process had gone live when the bot was stopped, the bot says after the next start that it is."""
    person = server.person(MAINTAINER, "sv")
    async with talking(three.service, **three.settings):
        await person.sends_document("a.txt", FOURTH.encode())
        report = await report_of(server, person)
    with closing(State(three.state)) as state:
        (token,) = state.batches.tokens()
        assert state.batches.move(token, (Stage.REPORTED,), Stage.PUBLISHING)
    (file,) = staged(three)
    settings = three.service._settings
    await child.work(Work(settings, {file: "a.txt"}, tmp_path / "scratch"), lambda _: None)
    async with talking(three.service, **three.settings):
        done = await shows(server, report, "Publicerat")
    assert (three.service.store.name in done.seen, "Finns redan\n• a.txt" in done.seen) == (True, True)
    assert len(three.names) == 4


async def test_after_a_week(
    server: BotApi, talking: Running, three: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What nobody publishes for a week is discarded, and its message says so; a day before it is still there."""
    person = server.person(MAINTAINER, "sv")
    async with talking(three.service, **three.settings):
        await person.sends_document("a.txt", FOURTH.encode())
        report = await report_of(server, person)
    now, day = time.time(), 24 * 3600.0
    monkeypatch.setattr("esfbot.telegram.upkeep.time.time", lambda: now + 6 * day)
    async with talking(three.service, **three.settings):
        await person.says("/obesvarade")
        await person.hears()
    assert len(staged(three)) == 1
    monkeypatch.setattr("esfbot.telegram.upkeep.time.time", lambda: now + 7.1 * day)
    async with talking(three.service, **three.settings):
        gone = await shows(server, report, "Slängda filer: 1.")
        pressed = await person.presses(button(report, "Publicera"), report)
        await cleared(three)
    assert (labels(gone), pressed.text) == ([], "De filerna är redan publicerade eller slängda.")


async def test_the_message_is_gone(server: BotApi, talking: Running, three: Collection) -> None:
    """Where the message that told of the batch has been deleted, another one tells what became of it."""
    person = server.person(MAINTAINER, "sv")
    async with talking(three.service, **three.settings):
        await person.sends_document("a.txt", FOURTH.encode())
        report = await report_of(server, person)
        del server.messages[MAINTAINER, report.message_id]
        await person.sends_document("b.txt", FIFTH.encode())
        again = await report_of(server, person)
        assert "Nya projekt: 2." in again.seen
        await person.presses(button(again, "Publicera"), again)
        await shows(server, again, "Publicerat")


async def test_a_maintainer_who_left(server: BotApi, talking: Running, three: Collection) -> None:
    """Of what somebody sent who then blocked the bot nothing is kept, and others are answered."""
    person, other = server.person(MAINTAINER, "sv"), server.person(1, "sv")
    await person.sends_document("a.txt", FOURTH.encode())
    person.blocked = True
    async with talking(three.service, **three.settings):
        await server.called("sendMessage")
        await other.says("Vem är kontaktperson för Björken?")
        assert "Anna Ek" in (await other.hears()).seen
        await cleared(three)
