"""Golden questions that keep sheets from going live, and going live in spite of them."""

import datetime
import json

from esfbot.store.generations import read_manifest
from tests.telegram.api.server import BotApi, Person, Sent
from tests.telegram.conftest import Running
from tests.telegram.looking import button, labels
from tests.telegram.maintaining import MAINTAINER, Collection, cleared, report_of, shows, three, three_live
from tests.telegram.test_maintaining import CHANGED, FOURTH

__all__ = ["three", "three_live"]

GOLDEN = (
    {"q": "Hur mycket fick Björken i ESF-stöd?", "must": ["100 000 kr"], "projects": ["Björken"]},
    {"q": "Vem är kontaktperson för Björken?", "must": ["Anna Ek"], "must_not": ["Bo Alm"]},
    {"q": "Finns det projekt i Kiruna?", "abstain": True},
    {"q": "Hur mycket fick Granen i ESF-stöd?", "must": ["1 kr"]},
)


def ask_golden(three: Collection) -> None:
    """Put the questions into the folder of sheets: the live generation answers the last one wrong."""
    lines = (json.dumps(each, ensure_ascii=False) for each in GOLDEN)
    (three.sheets / "questions.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


async def kept(server: BotApi, person: Person) -> Sent:
    """What is said once a changed sheet was kept from going live."""
    await person.sends_document("ny.txt", CHANGED.encode())
    report = await report_of(server, person)
    await person.presses(button(report, "Publicera"), report)
    return await shows(server, report, "Inte publicerat")


async def test_kept_from_going_live(server: BotApi, talking: Running, three: Collection) -> None:
    """Sheets with which golden questions are answered worse do not go live: the message says which questions and why,
    and the sheets are not in the folder. They can be discarded."""
    ask_golden(three)
    person = server.person(MAINTAINER, "sv")
    async with talking(three.service, **three.settings):
        name = three.service.store.name
        told = await kept(server, person)
        assert labels(told) == [["Publicera ändå", "Släng"]]
        lines = told.seen.replace("\u00a0", " ").splitlines()
        assert lines[:9] == [
            f"Inte publicerat: kontrollfrågor som {name} besvarar rätt skulle få sämre svar. Den svarar fortfarande.",
            "",
            "Kontrollfrågor: 1 av 4 rätt.",
            "• Hur mycket fick Björken i ESF-stöd?",
            "saknar: 100 000 kr",
            "• Vem är kontaktperson för Björken?",
            "saknar: Anna Ek",
            "säger fel: Bo Alm",
            "",
        ]
        assert (three.service.store.name, three.names) == (name, ["ett.txt", "tre.txt", "tva.txt"])
        await person.presses(button(told, "Släng"), told)
        await shows(server, told, "Slängda filer: 1.")
        await cleared(three)


async def test_published_anyway(server: BotApi, talking: Running, three: Collection) -> None:
    """A maintainer can publish them all the same: the generation says that it was forced, by whom and when."""
    ask_golden(three)
    person = server.person(MAINTAINER, "sv")
    async with talking(three.service, **three.settings):
        told = await kept(server, person)
        await person.presses(button(told, "Publicera ändå"), told)
        done = await shows(server, told, "Publicerat")
        manifest = read_manifest(three.embeddings / three.service.store.name)
        await person.says("/status")
        status = (await person.hears()).seen
    today = datetime.datetime.now(datetime.UTC).date()
    assert manifest.forced.removesuffix(f"{today}") == f"maintainer {MAINTAINER} in Telegram, "
    assert f"Publicerat trots kontrollfrågorna: {manifest.forced}" in done.seen
    assert f"publicerad trots kontrollfrågorna: {manifest.forced}" in status
    assert manifest.golden == {"asked": 4, "wrong": 3, "worse": 2, "passed_over": 0}
    assert len(three.names) == 4


async def test_the_first_press_never_forces(server: BotApi, talking: Running, three: Collection) -> None:
    """The button of the report does not publish what was kept, and data that would force a report does not either."""
    ask_golden(three)
    person = server.person(MAINTAINER, "sv")
    async with talking(three.service, **three.settings):
        await person.sends_document("ny.txt", CHANGED.encode())
        report = await report_of(server, person)
        press = button(report, "Publicera")["callback_data"]
        early = await person.presses(f"{press}:forced", report)
        assert early.text == "De filerna är redan publicerade eller slängda."
        await person.presses(press, report)
        told = await shows(server, report, "Inte publicerat")
        again = await person.presses(press, told)
    assert again.text == "De filerna är redan publicerade eller slängda."
    assert len(three.names) == 3


async def test_a_new_batch_beside_a_kept_one(server: BotApi, talking: Running, three: Collection) -> None:
    """What is sent after that is a batch of its own, and goes live with the golden questions told."""
    ask_golden(three)
    person = server.person(MAINTAINER, "sv")
    async with talking(three.service, **three.settings):
        await kept(server, person)
        await person.sends_document("a.txt", FOURTH.encode())
        report = await report_of(server, person)
        assert "Björken" not in report.seen
        await person.presses(button(report, "Publicera"), report)
        done = await shows(server, report, "Publicerat")
    assert "Kontrollfrågor: 3 av 4 rätt." in done.seen
    assert three.titles == ["Björken", "Eken", "Granen", "Tallen"]


async def test_golden_questions_that_can_not_be_read(server: BotApi, talking: Running, three: Collection) -> None:
    """Where the file of golden questions is damaged nothing goes live; the reason is told, and once it is mended the
    same batch can be published."""
    path = three.sheets / "questions.jsonl"
    path.write_text("{not JSON <b>\n", encoding="utf-8")
    person = server.person(MAINTAINER, "sv")
    async with talking(three.service, **three.settings):
        await person.sends_document("a.txt", FOURTH.encode())
        report = await report_of(server, person)
        await person.presses(button(report, "Publicera"), report)
        failed = await shows(server, report, "Det gick inte.")
        assert "questions.jsonl line 1 is no JSON" in failed.seen
        assert (labels(failed), len(three.names)) == ([["Publicera", "Släng"]], 3)
        path.unlink()
        await person.presses(button(failed, "Publicera"), failed)
        await shows(server, failed, "Publicerat")
    assert three.titles == ["Björken", "Eken", "Granen", "Tallen"]
