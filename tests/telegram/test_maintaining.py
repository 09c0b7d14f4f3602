"""Sheets sent in the chat: the report of what they would change, publishing, discarding, and what is refused."""

import asyncio
import re

import pytest

from tests.embed.collection import THREE, sheet
from tests.telegram.api.server import BotApi
from tests.telegram.conftest import Running
from tests.telegram.looking import button, labels
from tests.telegram.maintaining import (
    MAINTAINER,
    Collection,
    cleared,
    packed,
    report_of,
    shows,
    three,
    three_live,
)

__all__ = ["three", "three_live"]

FOURTH = sheet("Eken", "Äldre lär ungdomar att laga cyklar.")
FIFTH = sheet("Almen", "Ett kafé drivs tillsammans.", owner="Kaféet & Vänner <AB>")
CHANGED = THREE["ett.txt"].replace("100 000 kr", "120 000 kr").replace("Anna Ek", "Bo Alm").replace("anna.ek", "bo.alm")


def fetched(server: BotApi) -> int:
    """How many files the bot has asked for."""
    return sum(call.method == "getFile" for call in server.calls)


async def test_published(server: BotApi, talking: Running, three: Collection) -> None:
    """A maintainer who sends a sheet gets a report of what it would change; at a press the bot goes live with it and
    says so in the same message, and the sheet is in the folder under a name of its own."""
    person = server.person(MAINTAINER, "sv")
    async with talking(three.service, **three.settings):
        await person.sends_document("../Eken.TXT", FOURTH.encode())
        report = await report_of(server, person)
        assert report.seen.splitlines() == [
            "Det här ändras om du publicerar:",
            "Nya projekt: 1. Ändrade: 0. Borttagna: 0.",
            "Textstycken att bearbeta: 2.",
            "",
            "Projekt",
            "Eken – nytt",
            "eken.txt",
        ]
        assert labels(report) == [["Publicera", "Släng"]]
        assert three.titles == ["Björken", "Granen", "Tallen"]
        await person.presses(button(report, "Publicera"), report)
        done = await shows(server, report, "Publicerat")
        assert three.titles == ["Björken", "Eken", "Granen", "Tallen"]
        assert f"Publicerat: {three.service.store.name} svarar nu, med 4 projekt." in done.seen
        assert (labels(done), three.names) == ([], ["eken.txt", "ett.txt", "tre.txt", "tva.txt"])
        await person.says("Vem är kontaktperson för Eken?")
        assert "Anna Ek" in (await person.hears()).seen
        await server.confirmed()
        await cleared(three)


async def test_fact_by_fact(server: BotApi, talking: Running, three: Collection) -> None:
    """Of a project that changes the report has each fact before and after, in the maintainer's language but for the
    facts' labels; the result tells it again."""
    person = server.person(MAINTAINER, "en")
    async with talking(three.service, **three.settings):
        await person.sends_document("ny.txt", CHANGED.encode())
        report = await report_of(server, person)
        assert labels(report) == [["Publish", "Discard"]]
        for text in ("New projects: 0. Changed: 1.", "Björken – changed", "esf-stöd: 100 000 kr → 120 000 kr"):
            assert text in report.seen.replace("\u00a0", " ")
        assert "kontaktperson: Anna Ek → Bo Alm" in report.seen
        assert "To look at on the sheets" in report.seen
        await person.presses(button(report, "Publish"), report)
        done = await shows(server, report, "Published")
        assert "kontaktperson: Anna Ek → Bo Alm" in done.seen


async def test_an_album_is_one_batch(server: BotApi, talking: Running, three: Collection) -> None:
    """Files that are sent together, and one that follows before the report, get one report and are published at one
    press."""
    person = server.person(MAINTAINER, "sv")
    async with talking(three.service, **three.settings):
        for name, text in (("a.txt", FOURTH), ("b.txt", FIFTH), ("c.txt", CHANGED)):
            await person.sends_document(name, text.encode(), album="7")
        report = await report_of(server, person)
        assert "Nya projekt: 2. Ändrade: 1." in report.seen
        assert "Kaféet" not in report.text
        await person.presses(button(report, "Publicera"), report)
        await shows(server, report, "Publicerat")
    assert three.titles == ["Almen", "Björken", "Eken", "Granen", "Tallen"]
    assert len(server.sent) == 1


async def test_more_files_after_the_report(server: BotApi, talking: Running, three: Collection) -> None:
    """A file that comes after the report joins the others; the report is made anew in its place, and a press of the old
    one's button says so."""
    person = server.person(MAINTAINER, "sv")
    async with talking(three.service, **three.settings):
        await person.sends_document("a.txt", FOURTH.encode())
        old = await report_of(server, person)
        await person.sends_document("b.txt", FIFTH.encode())
        taken = await shows(server, old, "Tar emot filer")
        assert labels(taken) == []
        pressed = await person.presses(button(old, "Publicera"), old)
        assert (pressed.text, pressed.show_alert) == ("Fler filer har kommit. Vänta på den nya rapporten.", True)
        report = await shows(server, taken, "Nya projekt: 2.")
        assert "Eken – nytt" in report.seen
    assert (len(server.sent), fetched(server)) == (1, 2)


async def test_an_archive(server: BotApi, talking: Running, three: Collection) -> None:
    """The sheets of a zip archive are taken; what is none among them, and what is there already, is named."""
    person = server.person(MAINTAINER, "sv")
    files = {"mapp/Ek.txt": FOURTH, "mapp/Al.txt": FIFTH, "tom.txt": " ", "kopia.txt": THREE["tva.txt"], "x.png": "x"}
    async with talking(three.service, **three.settings):
        await person.sends_document("blad.zip", packed(files))
        report = await report_of(server, person)
        assert "Nya projekt: 2." in report.seen
        assert re.search(r"Finns redan\n• .*kopia\.txt", report.seen)
        assert "Förbigånget: inga blad\n• x.png" in report.seen
        assert re.search(r"Tas inte emot\n• .*tom\.txt: .*is empty", report.seen)
        await person.presses(button(report, "Publicera"), report)
        await shows(server, report, "Publicerat")
    assert three.titles == ["Almen", "Björken", "Eken", "Granen", "Tallen"]


async def test_tricks_with_archives(server: BotApi, talking: Running, three: Collection) -> None:
    """An archive that unpacks to a multiple of what text does, one whose entries lead out of it, and one that is none
    are refused with a reason, by the names that their sender knows; nothing is written outside and nothing changes."""
    person = server.person(MAINTAINER, "sv")
    archives = {
        "bomb.zip": packed({"a.txt": "0" * 50_000_000}),
        "ut.zip": packed({"../../ut.txt": FOURTH, "/tmp/ut.txt": FOURTH, "C:\\ut.txt": FIFTH}),  # noqa: S108
        "trasig.zip": b"PK\x03\x04 and nothing more",
        "7.zip": b"no archive",
    }
    async with talking(three.service, **three.settings):
        for name, content in archives.items():
            await person.sends_document(name, content, album="1")
        report = await report_of(server, person)
        for name in ("bomb.zip", "trasig.zip", "7.zip"):
            assert re.search(rf"• {re.escape(name)}: {re.escape(name)} ", report.seen), report.seen
        assert "ut.txt" in report.seen
        await person.presses(button(report, "Släng"), report)
        await shows(server, report, "Slängda filer: 4.")
        await cleared(three)
    assert [path.name for path in three.sheets.parent.parent.rglob("ut*.txt")] == []
    assert three.titles == ["Björken", "Granen", "Tallen"]


async def test_refused_before_they_are_fetched(
    server: BotApi, talking: Running, three: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files of other kinds, files that are too large, and more than may wait at once are named with the reason, and
    never fetched."""
    monkeypatch.setattr("esfbot.telegram.handlers.documents.MOST_FILES", 2)
    person = server.person(MAINTAINER, "sv")
    async with talking(three.service, **three.settings):
        await person.sends_document("bild.png", b"\x89PNG", album="1")
        await person.sends_document("txt", b"no ending", album="1")
        await person.sends_document("stor.pdf", b"%PDF", album="1", file_size=20_000_001)
        for name, text in (("a.txt", FOURTH), ("b.txt", FIFTH), ("c.txt", CHANGED)):
            await person.sends_document(name, text.encode(), album="1")
        report = await report_of(server, person)
    assert (
        "• bild.png: inget projektblad; jag tar emot .docx, .htm, .html, .mht, .mhtml, .pdf, .txt, .zip" in report.seen
    )
    assert "• txt: inget projektblad" in report.seen
    assert "• stor.pdf: för stor; högst 20 MB" in report.seen
    assert "• c.txt: för många filer på en gång" in report.seen
    assert "Nya projekt: 2." in report.seen
    assert fetched(server) == 2


async def test_files_that_telegram_does_not_give(
    server: BotApi, talking: Running, three: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that Telegram says is too large after all, or has no longer, is named with the reason; trouble with the
    network passes."""
    monkeypatch.setattr("tests.telegram.api.methods._LARGEST_DOWNLOAD", 1_000)
    person = server.person(MAINTAINER, "sv")
    server.fails("getFile", 502, "Bad Gateway")
    async with talking(three.service, **three.settings):
        await person.sends_document("a.txt", FOURTH.encode(), album="1")
        await person.sends_document("b.txt", b"x" * 1_001, album="1", file_size=0)
        await person.sends_document("c.txt", b"x", album="1", file_id="gone")
        report = await report_of(server, person)
    assert "Eken – nytt" in report.seen
    assert "• b.txt: för stor" in report.seen
    assert "• c.txt: kunde inte hämtas" in report.seen


async def test_nothing_to_publish(server: BotApi, talking: Running, three: Collection) -> None:
    """Of files that are no sheets, or are there already, the report says that they change nothing, and they can only be
    discarded."""
    person = server.person(MAINTAINER, "sv")
    async with talking(three.service, **three.settings):
        await person.sends_document("bild.png", b"\x89PNG")
        first = await report_of(server, person)
        await person.presses(button(first, "Släng"), first)
        await shows(server, first, "Slängda filer: 0.")
        await person.sends_document("igen.txt", THREE["ett.txt"].encode())
        second = await report_of(server, person)
    assert first.seen.startswith("Filerna ändrar ingenting.")
    assert second.seen == "Filerna ändrar ingenting.\n\nFinns redan\n• igen.txt"
    assert (labels(first), labels(second)) == ([["Släng"]], [["Släng"]])


async def test_pressed_twice(server: BotApi, talking: Running, three: Collection) -> None:
    """Two presses at once publish once; the second says that it is under way, and a later one that it is done."""
    person = server.person(MAINTAINER, "sv")
    async with talking(three.service, **three.settings):
        await person.sends_document("a.txt", FOURTH.encode())
        report = await report_of(server, person)
        press = button(report, "Publicera")
        both = await asyncio.gather(person.presses(press, report), person.presses(press, report))
        assert sorted(pressed.text for pressed in both) == ["", "Det håller redan på att publiceras."]
        assert (await person.presses(button(report, "Släng"), report)).text == "Det håller redan på att publiceras."
        await shows(server, report, "Publicerat")
        await server.confirmed()
        later = await person.presses(press, report)
    assert later.text == "De filerna är redan publicerade eller slängda."
    assert len(list(three.embeddings.glob("2*"))) == 2


async def test_discarded(server: BotApi, talking: Running, three: Collection) -> None:
    """What is discarded leaves no file behind and changes nothing; what is sent after that is a new batch."""
    person = server.person(MAINTAINER, "sv")
    async with talking(three.service, **three.settings):
        await person.sends_document("a.txt", FOURTH.encode())
        report = await report_of(server, person)
        await person.presses(button(report, "Släng"), report)
        assert labels(await shows(server, report, "Slängda filer: 1.")) == []
        await person.sends_document("b.txt", FIFTH.encode())
        again = await report_of(server, person)
    assert ("Almen – nytt" in again.seen, "Eken" in again.seen) == (True, False)
    assert (three.titles, len(three.names)) == (["Björken", "Granen", "Tallen"], 3)


async def test_a_report_fits_a_message(server: BotApi, talking: Running, three: Collection) -> None:
    """However much there is to tell, it is one message, with markup escaped, that says how much is left out."""
    person = server.person(MAINTAINER, "sv")
    title = "Projekt <b>{}</b> & Co " + "med ett långt namn " * 8
    files = {f"{number}.txt": sheet(title.format(number), "Text.") for number in range(60)}
    files |= {f"<i>{number}</i>.txt": " " for number in range(60)}
    async with talking(three.service, **three.settings):
        await person.sends_document("många.zip", packed(files))
        report = await report_of(server, person)
        await person.presses(button(report, "Publicera"), report)
        done = await shows(server, report, "Publicerat")
    for sent in (report, done):
        assert "<b>0</b> & Co" in sent.seen
        assert len(re.findall(r"^och \d+ till$", sent.seen, re.M)) >= 2
        assert len(sent.seen.encode("utf-16-le")) <= 2 * 4096
    assert "Nya projekt: 60." in report.seen
