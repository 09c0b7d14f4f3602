"""What maintainers look at and undo: /status, /rollback and /obesvarade."""

import datetime
import json
import re
import shutil
from contextlib import closing
from dataclasses import asdict, replace

from esfbot.embed.run import embed
from esfbot.state.state import State
from esfbot.store import generations
from esfbot.store.lock import held
from esfbot.values.dates import write_date
from tests.telegram.api.server import BotApi
from tests.telegram.conftest import Running
from tests.telegram.looking import button, labels, turned
from tests.telegram.maintaining import MAINTAINER, Collection, three, three_live
from tests.telegram.test_maintaining import CHANGED, FOURTH

__all__ = ["three", "three_live"]


def two_generations(three: Collection) -> tuple[str, str]:
    """Make another generation live, with a sheet that has changed; return the names of the first and of the other."""
    first = three.service.store.name
    (three.sheets / "ett.txt").write_text(CHANGED, encoding="utf-8")
    embed(three.sheets, three.embeddings, "e5-small")
    return first, three.service.store.name


async def test_status(server: BotApi, talking: Running, three: Collection) -> None:
    """/status tells which generation answers, of how many sheets and projects, when it was made and by which model, the
    golden questions, what has changed in the sheets since, what people thought, and the last generations."""
    person = server.person(MAINTAINER, "sv")
    first, second = two_generations(three)
    folder = three.embeddings / second
    golden = {"asked": 4, "wrong": 1, "worse": 0, "passed_over": 0}
    manifest = replace(generations.read_manifest(folder), golden=golden)
    (folder / "manifest.json").write_text(json.dumps(asdict(manifest)), encoding="utf-8")
    async with talking(three.service, **three.settings):
        await person.says("/status")
        seen = (await person.hears()).seen
        (three.sheets / "ny&.txt").write_text(FOURTH, encoding="utf-8")
        (three.sheets / "tre.txt").unlink()
        await person.says("/status")
        changed = (await person.hears()).seen
    made = datetime.datetime.fromisoformat(manifest.created)
    day = f"{write_date(made.date(), 'sv')} {made:%H:%M} UTC"
    assert seen.splitlines() == [
        f"{second}: 3 projekt ur 3 blad, {manifest.passages} textstycken. Gjord {day} med e5-small.",
        "Kontrollfrågor: 3 av 4 rätt.",
        "Inget blad har ändrats sedan dess.",
        "Omdömen: 0 rätt, 0 fel. Frågor utan svar: 0.",
        "",
        "De senaste generationerna:",
        f"• {second}: gjord {day}, 3 blad; svarar nu; 3 av 4 kontrollfrågor rätt",
        f"• {first}: gjord {made_of(three, first)}, 3 blad",
    ]
    assert "Ändrat sedan dess: + ny&.txt, − tre.txt" in changed


def made_of(three: Collection, name: str) -> str:
    """When a generation was made, as the bot writes it."""
    made = datetime.datetime.fromisoformat(generations.read_manifest(three.embeddings / name).created)
    return f"{write_date(made.date(), 'sv')} {made:%H:%M} UTC"


async def test_status_without_sheets(server: BotApi, talking: Running, three: Collection) -> None:
    """/status tells of the last five generations, and where the sheets or the live generation can't be read it says
    so."""
    person = server.person(MAINTAINER, "en")
    name = three.service.store.name
    for number in range(6):
        shutil.copytree(three.embeddings / name, three.embeddings / f"1999-{number}")
    shutil.move(three.sheets, three.sheets.with_name("elsewhere"))
    async with talking(three.service, **three.settings):
        await person.says("/status")
        seen = (await person.hears()).seen
        (three.embeddings / name / "vectors.npy").write_bytes(b"")
        await person.says("/status")
        damaged = (await person.hears()).seen
    assert "The sheets can't be read." in seen
    assert re.findall(r"^• (\S+):", seen, re.M) == [name, *(f"1999-{number}" for number in (5, 4, 3, 2))]
    assert damaged.startswith(f"No generation answers: generation {name}: vectors.npy is damaged")


async def test_rollback(server: BotApi, talking: Running, three: Collection) -> None:
    """/rollback lists the other generations as buttons; a press goes back and says what answers from now on, and the
    next question is answered from it."""
    person = server.person(MAINTAINER, "sv")
    first, second = two_generations(three)
    async with talking(three.service, **three.settings):
        await person.says("Vem är kontaktperson för Björken?")
        assert "Bo Alm" in (await person.hears()).seen
        await person.says("/rollback")
        asked = await person.hears()
        assert labels(asked) == [[made_of(three, first)]]
        assert f"{second} svarar nu. Till vilken generation" in asked.seen
        done = await turned(server, person, made_of(three, first), asked)
        assert done.seen == (
            f"{first} svarar nu: 3 projekt, gjord {made_of(three, first)}. "
            "Bladen är som de var, och nästa uppdatering tar upp dem igen."
        )
        assert labels(done) == []
        await person.says("Vem är kontaktperson för Björken?")
        assert "Anna Ek" in (await person.hears()).seen
        await person.says("/rollback")
        assert labels(await person.hears()) == [[made_of(three, second)]]


async def test_nowhere_to_go_back_to(server: BotApi, talking: Running, three: Collection) -> None:
    """Where there is one generation, /rollback says so; where the one that was offered is gone or damaged, or another
    process changes the embeddings, the press says so and all stays as it is."""
    person = server.person(MAINTAINER, "sv")
    async with talking(three.service, **three.settings):
        await person.says("/rollback")
        assert (await person.hears()).seen == "Det finns ingen annan generation att gå tillbaka till."
        first, second = two_generations(three)
        await person.says("/rollback")
        asked = await person.hears()
        press = button(asked, made_of(three, first))
        with held(three.embeddings):
            pressed = await person.presses(press, asked)
        assert pressed.text == "Bladen uppdateras just nu. Försök igen när det är klart."
        (three.embeddings / first / "facts.sqlite").write_bytes(b"")
        assert (await person.presses(press, asked)).text.startswith("Den generationen finns inte längre")
        shutil.rmtree(three.embeddings / first)
        assert (await person.presses(press, asked)).text.startswith("Den generationen finns inte längre")
    assert three.service.store.name == second


async def test_unanswered(server: BotApi, talking: Running, three: Collection) -> None:
    """/obesvarade has the questions that got no answer, the latest first with their days, twenty a page; where there is
    none it says so."""
    person = server.person(MAINTAINER, "sv")
    today = datetime.datetime.now(datetime.UTC).date()
    async with talking(three.service, **three.settings):
        await person.says("/obesvarade")
        assert (await person.hears()).seen == "Inga frågor utan svar är sparade."
        await person.says("Finns det projekt i <Kiruna>?")
        await person.hears()
        await person.says("/unanswered")
        heard = await person.hears()
        day = heard.seen.splitlines()[1].split()[0]
        assert abs(datetime.date.fromisoformat(day) - today) <= datetime.timedelta(days=1)
        assert heard.seen == f"Frågor utan svar: 1, de senaste först.\n{day} Finns det projekt i <Kiruna>?"
    with closing(State(three.state)) as state:
        for number in range(45):
            state.verdicts.add_unanswered(f"Fråga {number} {'å' * 300}")
    async with talking(three.service, **three.settings):
        await person.says("/obesvarade")
        first = await person.hears()
        assert labels(first) == [["‹", "1/3", "›"]]
        second = await turned(server, person, "›", first)
        last = await turned(server, person, "›", second)
    numbers = [re.findall(r"Fråga (\d+) å+…$", sent.seen, re.M) for sent in (first, second, last)]
    assert [int(number) for page in numbers for number in page] == list(range(44, -1, -1))
    assert "<Kiruna>" in last.seen
