"""The process that takes sheets in: what it is told, what it tells, and when it ends."""

import asyncio
import json
import signal
import sys
from asyncio.subprocess import PIPE
from pathlib import Path

import pytest

from esfbot.errors import EsfbotError
from esfbot.settings import Settings
from esfbot.store.lock import held
from esfbot.telegram import child
from esfbot.upkeep.work import Step, Work
from tests.telegram.maintaining import LONG, Collection, packed, three, three_live
from tests.telegram.test_maintaining import FOURTH

__all__ = ["three", "three_live"]

NUMBERED = {"1.txt": FOURTH.encode(), "2.txt": b" ", "3.zip": packed({"x/y.txt": FOURTH, "z.txt": " "})}


def files(folder: Path) -> dict[Path, str]:
    """Files by number with what they are called."""
    for name, content in NUMBERED.items():
        (folder / name).write_bytes(content)
    return {folder / name: f"kallad {name}" for name in NUMBERED}


def test_work_without_the_token() -> None:
    """What the process is told has all settings but the token, and is read back as it was."""
    settings = Settings(telegram_token="4711:secret", maintainers=(1, -2), sheets=Path("/sheets"))
    work = Work(settings, {Path("/in/1.txt"): "Ett\n& två.txt"}, Path("/scratch"), dry_run=True, force="a\nreason")
    text = work.to_json()
    assert ("secret" in text, "\n" in text) == (False, False)
    again = Work.from_json(text)
    assert (again.settings.maintainers, again.settings.sheets, again.settings.telegram_token) == (
        (1, -2),
        Path("/sheets"),
        "",
    )
    assert (again.files, again.scratch, again.dry_run, again.force) == (work.files, work.scratch, True, "a\nreason")


async def test_what_it_tells(three: Collection, tmp_path: Path) -> None:
    """It tells the steps, and last what became of it, by the names that the sender knows; it leaves nothing behind."""
    steps: list[Step] = []
    work = Work(three.service._settings, files(tmp_path), tmp_path / "scratch")
    record = await child.work(work, steps.append)
    assert steps[-1] == Step("embedding", 2, 2)
    assert (record["live"], record["became"], record["generation"]) == (True, {"new": 1}, three.service.store.name)
    arrived = record["arrived"]
    assert [each["sheet"] for each in arrived["refused"]] == ["kallad 2.txt", "z.txt"]
    assert [each["found"] for each in arrived["refused"]] == ["kallad 2.txt is empty", "z.txt is empty"]
    assert (arrived["sheets"], arrived["there"]) == (["eken.txt"], ["x/y.txt"])
    assert (tmp_path / "scratch").exists() is False


async def test_what_it_can_not_do(three: Collection, tmp_path: Path) -> None:
    """An error of ours arrives as one, with its three parts."""
    (three.sheets / "questions.jsonl").write_text("{", encoding="utf-8")
    work = Work(three.service._settings, files(tmp_path), tmp_path / "scratch")
    with pytest.raises(EsfbotError, match=r"questions\.jsonl line 1 is no JSON .*; expected one JSON object a line\."):
        await child.work(work, lambda _: None)


async def test_a_process_that_fails(three: Collection, tmp_path: Path) -> None:
    """A process that ends without a last word has died."""
    work = Work(three.service._settings, {tmp_path / "not there.txt": "x"}, Path("/proc/none"))
    with pytest.raises(child.Died, match="exit code 1"):
        await child.work(work, lambda _: None)


async def test_it_ends_with_the_other_program(three: Collection, tmp_path: Path) -> None:
    """It goes on when it is asked to end, since the other program decides, and ends as soon as that is gone."""
    work = Work(three.service._settings, files(tmp_path), tmp_path / "scratch")
    with held(three.embeddings):
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "esfbot.upkeep.worker"), stdin=PIPE, stdout=PIPE, cwd=Path(__file__).parents[2]
        )
        assert process.stdin
        assert process.stdout
        process.stdin.write(work.to_json().encode() + b"\n")
        async with asyncio.timeout(LONG):
            step = json.loads(await process.stdout.readline())["step"]
            for number in (signal.SIGTERM, signal.SIGINT):
                process.send_signal(number)
            await asyncio.sleep(0.1)
            assert (step["what"], process.returncode) == ("waiting", None)
            process.stdin.close()
            assert await process.wait() == 1
            assert await process.stdout.read() == b""
