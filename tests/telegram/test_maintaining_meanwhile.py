"""What goes on while sheets are published: answers, progress, a second batch, other processes, and going back."""

import asyncio
import itertools
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from esfbot.store import generations
from esfbot.store.lock import held
from esfbot.telegram import child
from esfbot.upkeep.work import Record, Step, Work
from tests.embed.collection import THREE
from tests.telegram.api.server import BotApi, Limits
from tests.telegram.conftest import Running
from tests.telegram.looking import button
from tests.telegram.maintaining import MAINTAINER, Collection, report_of, shows, three, three_live
from tests.telegram.test_maintaining import CHANGED, FIFTH, FOURTH
from tests.telegram.test_maintaining_restart import LARGE

__all__ = ["three", "three_live"]


async def test_questions_meanwhile(server: BotApi, running: Running, three: Collection) -> None:
    """While sheets are published everybody is answered, and the maintainer too; nothing of that waits for it."""
    maintainer, person = server.person(MAINTAINER, "sv"), server.person(1, "sv")
    async with running(three.service, **three.settings):
        await maintainer.sends_document("a.txt", LARGE.encode())
        report = await report_of(server, maintainer)
        with held(three.embeddings):
            await maintainer.presses(button(report, "Publicera"), report)
            for who in (person, maintainer):
                await who.says("Vem är kontaktperson för Granen?")
                assert "Anna Ek" in (await who.hears()).seen
            await server.confirmed()
            assert "Publicerat" not in server.now(report).seen
        await shows(server, report, "Publicerat")


async def test_progress(server: BotApi, talking: Running, three: Collection, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message tells how many passages are done and how long the others may take, then how many golden questions are
    asked; it is edited now and then, however often that changes."""

    async def work(asked: Work, told: Callable[[Step], None]) -> Record:
        for done in range(2_000 if not asked.dry_run else 0):
            told(Step("embedding", done, 4_000))
            await asyncio.sleep(0.001)
        for done in range(1_000 if not asked.dry_run else 0):
            told(Step("asking", done, 1_000))
            await asyncio.sleep(0.001)
        return await child_work(asked, lambda _: None)

    child_work = child.work
    monkeypatch.setattr("esfbot.telegram.child.work", work)
    monkeypatch.setattr("esfbot.telegram.upkeep._EVERY", 0.2)
    person = server.person(MAINTAINER, "sv")
    async with talking(three.service, **three.settings):
        await person.sends_document("a.txt", FOURTH.encode())
        report = await report_of(server, person)
        before = len(server.calls)
        await person.presses(button(report, "Publicera"), report)
        await shows(server, report, "Publicerat")
    texts = [call.parameters["text"] for call in server.calls[before:] if call.method == "editMessageText"]
    assert texts[0] == "Publicerar …"
    embedding = [
        text for text in texts if re.fullmatch(r"\d+ av 4000 textstycken är bearbetade\. Ungefär \d+ s kvar\.", text)
    ]
    asking = [text for text in texts if re.fullmatch(r"Ställer kontrollfrågorna: \d+ av 1000\.", text)]
    assert (len(embedding) > 1, len(asking) > 1, len(texts) < 300) == (True, True, True)


async def test_no_edit_too_many(
    server: BotApi, talking: Running, three: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the press and the result there is one edit where the work takes no longer than the time between two, and
    none of an edit's text twice."""
    monkeypatch.setattr("esfbot.telegram.upkeep._EVERY", 3600.0)
    person = server.person(MAINTAINER, "sv")
    async with talking(three.service, **three.settings):
        await person.sends_document("a.txt", FOURTH.encode())
        report = await report_of(server, person)
        await person.presses(button(report, "Publicera"), report)
        await shows(server, report, "Publicerat")
    texts = [call.parameters["text"].split()[0] for call in server.calls if call.method == "editMessageText"]
    assert texts == ["<b>Det", "Publicerar", "<b>Publicerat:"]


async def test_progress_that_telegram_does_not_take(
    server: BotApi, talking: Running, three: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Edits that tell how far it is may fail; the result comes all the same."""
    monkeypatch.setattr("esfbot.telegram.upkeep._EVERY", 0.05)
    person = server.person(MAINTAINER, "sv")
    async with talking(three.service, **three.settings):
        await person.sends_document("a.txt", LARGE.encode())
        report = await report_of(server, person)
        server.fails("editMessageText", 500, "Internal Server Error")
        server.fails("editMessageText", 429, "Too Many Requests: retry after 1", retry_after=1)
        server.fails("editMessageText", 400, "Bad Request: message is not modified")
        await person.presses(button(report, "Publicera"), report)
        await shows(server, report, "Publicerat")


async def test_a_second_batch_waits(server: BotApi, talking: Running, three: Collection) -> None:
    """Of two batches that are published at the same time the second waits for the first, and its message says so; both
    go live."""
    anna, bo = server.person(MAINTAINER, "sv"), server.person(98, "sv")
    async with talking(three.service, **(three.settings | {"maintainers": (MAINTAINER, 98)})):
        await anna.sends_document("a.txt", LARGE.encode())
        first = await report_of(server, anna)
        await bo.sends_document("b.txt", FIFTH.encode())
        second = await report_of(server, bo)
        await anna.presses(button(first, "Publicera"), first)
        await shows(server, first, "Publicerar")
        await bo.presses(button(second, "Publicera"), second)
        await shows(server, second, "Väntar på att en annan uppdatering av bladen blir klar")
        await shows(server, first, "Publicerat")
        await shows(server, second, "Publicerat")
    assert three.titles == ["Almen", "Björken", "Granen", "Lönnen", "Tallen"]


async def test_another_process_is_at_it(
    server: BotApi, talking: Running, three: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While another process changes the embeddings the message says which, and afterwards it goes on."""
    monkeypatch.setattr("esfbot.telegram.upkeep._EVERY", 0.05)
    person = server.person(MAINTAINER, "sv")
    async with talking(three.service, **three.settings):
        with held(three.embeddings):
            await person.sends_document("a.txt", FOURTH.encode())
            begun = await person.hears()
            waiting = await shows(server, begun, "Väntar på process")
            await person.says("Vem är kontaktperson för Granen?")
            assert "Anna Ek" in (await person.hears()).seen
        await shows(server, waiting, "Eken – nytt")


async def test_within_limits(server: BotApi, running: Running, three: Collection) -> None:
    """Telegram's limits are kept while sheets are published in a group and people ask there."""
    server.limits = Limits()
    group, person = server.group(-7), server.person(2, "sv")
    async with running(three.service, **(three.settings | {"maintainers": (-7,)})):
        await person.sends_document("a.txt", LARGE.encode(), "@esf_test_bot", group=group)
        report = await report_of(server, group)
        await person.presses(button(report, "Publicera"), report)
        for _ in range(5):
            await person.says("@esf_test_bot Vem är kontaktperson för Granen?", group=group)
            while "Anna Ek" not in (await group.hears()).seen:
                pass
        await shows(server, report, "Publicerat")
    assert server.refused_for_limits == 0


async def test_going_back_while_people_ask(server: BotApi, talking: Running, three: Collection, tmp_path: Path) -> None:
    """While generations take each other's place again and again every question is answered, once, and each answer is of
    one generation: amount and contact belong together."""
    other = tmp_path / "other"
    shutil.copytree(three.sheets, other)
    (other / "ett.txt").write_text(CHANGED, encoding="utf-8")
    settings = replace(three.service._settings, sheets=other)
    first = three.service.store.name
    second = (await child.work(Work(settings, {}, tmp_path / "scratch"), lambda _: None))["generation"]
    people = [server.person(number, "sv") for number in range(1, 6)]
    stop = asyncio.Event()

    async def change() -> None:
        for name in itertools.cycle((first, second)):
            if stop.is_set():
                break
            generations.point_to(three.embeddings, name)
            await asyncio.sleep(0.005)

    async with talking(three.service, **three.settings):
        changing = asyncio.create_task(change())
        for _ in range(8):
            for person in people:
                await person.says("Vem är kontaktperson för Björken och vad fick det i ESF-stöd?")
        heard = [(await person.hears(60)).seen.replace("\u00a0", " ") for person in people for _ in range(8)]
        stop.set()
        await changing
        await server.confirmed()
    found = {("Anna Ek" in seen, "Bo Alm" in seen, "100 000 kr" in seen, "120 000 kr" in seen) for seen in heard}
    assert found == {(True, False, True, False), (False, True, False, True)}
    assert len(server.sent) == 40
    assert THREE["ett.txt"] != CHANGED
