"""Many people at once: replies a second, how long each waits, what is lost or doubled, and how memory grows.

The real bot runs in a process of its own against the Bot API server of the tests, which is on the loopback address.
"""

import asyncio
import contextlib
import gc
import itertools
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.measure import Measured
from esfbot.service import Service
from esfbot.settings import Settings
from tests.telegram.api.server import TOKEN, BotApi, bot_api

_PEOPLE = 200
_A_SECOND = 25  # questions a second that people ask without waiting for one another
_PATIENCE = 120.0  # seconds after which a reply counts as lost
_QUESTIONS = (
    "Vad är budgeten för {}?",
    "Vem är kontaktperson för {}?",
    "När pågick {}?",
    "Berätta om {}",
    "Vad är syftet med {}?",
)


@dataclass
class _Count:
    """What came back: seconds for each reply, and what went wrong."""

    seconds: list[float] = field(default_factory=list)
    lost: int = 0
    wrong: int = 0


def load(sheets: Path, embeddings: Path, asked: int, early: int, seconds: int) -> list[Measured]:
    """Ask ``asked`` questions as fast as 200 people get answers, and others for ``seconds`` at 25 a second.

    Memory is compared after ``early`` questions and after all of them.
    """
    return asyncio.run(_load(sheets, embeddings, asked, early, seconds))


async def _load(sheets: Path, embeddings: Path, asked: int, early: int, seconds: int) -> list[Measured]:
    service = Service(Settings(sheets=sheets, embeddings=embeddings))
    titles = list(service.store.titles(service.store.find()).values())
    service.close()
    questions = [(text.format(title), title) for title in titles for text in _QUESTIONS]
    rows = []
    async with _bot(embeddings, paced=False) as (server, process):
        count, began = _Count(), time.perf_counter()
        await _in_turn(server, questions, early, count)
        after_early = _memory(process.pid)
        await _in_turn(server, questions, asked - early, count)
        rate = len(count.seconds) / (time.perf_counter() - began)
        growth = _memory(process.pid) / after_early
        group = f"load, {_PEOPLE} people, limits off"
        rows += [Measured(group, "replies", (rate,), "replies/s", _memory(process.pid)), *_waits(group, count)]
        rows.append(_faults(group, server, count, asked))
        ratio = f"{asked:,} questions against {early:,}"
        rows.append(Measured(group, "memory", (growth,), "times", ratio=ratio))
    async with _bot(embeddings, paced=True) as (server, _):
        count = _Count()
        await _at_a_rate(server, questions, seconds, count)
        group = f"load, {_A_SECOND} questions a second, within Telegram's limits"
        rows += [*_waits(group, count), _faults(group, server, count, _A_SECOND * seconds)]
    return rows


@contextlib.asynccontextmanager
async def _bot(embeddings: Path, *, paced: bool) -> AsyncIterator[tuple[BotApi, asyncio.subprocess.Process]]:
    gc.collect()
    gc.freeze()  # what was measured before is not looked through while people wait here
    with tempfile.TemporaryDirectory() as folder:
        async with bot_api() as server:
            given = json.dumps([server.url, str(embeddings), str(Path(folder) / "state.sqlite"), paced])
            process = await asyncio.create_subprocess_exec(sys.executable, "-m", "benchmarks.load", given)
            try:
                await server.polls()
                yield server, process
            finally:
                process.terminate()
                await process.wait()


async def _in_turn(server: BotApi, questions: list[tuple[str, str]], total: int, count: _Count) -> None:
    """Everybody asks, waits for the answer, and asks again, until ``total`` questions have been asked."""
    left = itertools.count()

    async def ask_on(number: int) -> None:
        while (turn := next(left)) < total:
            await _ask(server, number, questions[(turn + number) % len(questions)], count)

    await asyncio.gather(*(ask_on(number) for number in range(1, _PEOPLE + 1)))


async def _at_a_rate(server: BotApi, questions: list[tuple[str, str]], seconds: int, count: _Count) -> None:
    """Questions come in evenly, from one person after the other, whether answers do or not."""
    chance = random.Random(7)  # noqa: S311 - repeatable, and nothing to guess
    tasks = []
    began = time.perf_counter()
    for turn in range(seconds * _A_SECOND):
        await asyncio.sleep(max(0.0, began + turn / _A_SECOND - time.perf_counter()))
        asked = _ask(server, turn % _PEOPLE + 1, chance.choice(questions), count)
        tasks.append(asyncio.create_task(asked))
    await asyncio.gather(*tasks)


async def _ask(server: BotApi, number: int, asked: tuple[str, str], count: _Count) -> None:
    question, title = asked
    person = server.person(number, "sv")
    began = time.perf_counter()
    await person.says(question)
    try:
        heard = await person.hears(_PATIENCE)
    except TimeoutError:
        count.lost += 1
        return
    count.seconds.append(time.perf_counter() - began)
    count.wrong += title not in heard.seen


def _waits(group: str, count: _Count) -> list[Measured]:
    cuts = statistics.quantiles(count.seconds, n=100)
    return [Measured(group, f"p{share}", (1000 * cuts[share - 1],), "ms") for share in (50, 95, 99)]


def _faults(group: str, server: BotApi, count: _Count, asked: int) -> Measured:
    doubled = sum(1 for call in server.calls if call.method == "sendMessage" and call.ok) - len(count.seconds)
    said = f"{count.lost} lost, {doubled} doubled, {count.wrong} in the wrong chat, of {asked:,}"
    return Measured(group, "faults", (float(count.lost + doubled + count.wrong),), "", ratio=said)


def _memory(process: int) -> float:
    """What a process holds in memory, in MB."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    return float(status.split("VmRSS:")[1].split()[0]) / 1024


def main() -> None:
    """Run the bot for the measurement above."""
    from esfbot.telegram.run import run_bot

    api, embeddings, state, paced = json.loads(sys.argv[1])
    settings = Settings(
        telegram_token=TOKEN, telegram_api=api, embeddings=Path(embeddings), state=Path(state), questions_a_minute=0
    )
    service = Service(settings)
    run_bot(settings, service, paced=paced)
    service.close()


if __name__ == "__main__":
    main()
