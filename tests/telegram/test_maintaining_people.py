"""Who may maintain the sheets in which chat, and what others are told."""

from tests.telegram.api.server import BotApi
from tests.telegram.conftest import Running
from tests.telegram.looking import button
from tests.telegram.maintaining import MAINTAINER, OTHER, Collection, report_of, shows, staged, three, three_live
from tests.telegram.test_maintaining import FIFTH, FOURTH, fetched

__all__ = ["three", "three_live"]


async def test_two_maintainers_at_once(server: BotApi, talking: Running, three: Collection) -> None:
    """What two maintainers send at the same time stays apart, also in a group of theirs."""
    anna, bo = server.person(MAINTAINER, "sv"), server.person(98, "sv")
    group = server.group(-7)
    settings = three.settings | {"maintainers": (MAINTAINER, -7)}
    async with talking(three.service, **settings):
        await anna.sends_document("a.txt", FOURTH.encode(), group=group, caption="@esf_test_bot")
        await bo.sends_document("b.txt", FIFTH.encode(), group=group, caption="@esf_test_bot")
        reports = [await report_of(server, group), await report_of(server, group)]
        of_anna, of_bo = sorted(reports, key=lambda report: "Almen" in report.seen)
        assert ("Eken – nytt" in of_anna.seen, "Almen" in of_anna.seen) == (True, False)
        assert ("Almen – nytt" in of_bo.seen, "Eken" in of_bo.seen) == (True, False)
        await bo.presses(button(of_anna, "Publicera"), of_anna)
        await shows(server, of_anna, "Publicerat")
        assert three.titles == ["Björken", "Eken", "Granen", "Tallen"]
        await anna.presses(button(of_bo, "Släng"), of_bo)
        await shows(server, of_bo, "Slängda filer: 1.")


async def test_files_of_others(server: BotApi, talking: Running, three: Collection) -> None:
    """Somebody who is no maintainer and sends files is told kindly that only maintainers can add sheets: in private
    always, once for files that come together, in a group where they are meant for the bot. Nothing is fetched."""
    server.privacy = False
    person, other = server.person(OTHER, "sv"), server.person(2, "en")
    async with talking(three.service, **three.settings):
        await person.sends_document("a.txt", FOURTH.encode())
        assert (await person.hears()).seen.startswith("Tack för filen! Bara de som sköter boten kan lägga till")
        for name in "abc":
            await other.sends_document(f"{name}.zip", b"x", album="5")
        assert (await other.hears()).seen.startswith("Thank you for the file! Only those who look after the bot")
        await other.sends_document("x.txt", b"x", group=-5)
        await other.sends_document("y.txt", b"x", "look, @esf_test_bot", group=-5)
        await person.says("hej")
        await person.hears()
        await server.confirmed()
    assert [sent.chat_id for sent in server.sent] == [OTHER, 2, -5, OTHER]
    assert (fetched(server), staged(three)) == (0, [])


async def test_maintainers_in_groups(server: BotApi, talking: Running, three: Collection) -> None:
    """In a group of others a maintainer is asked to send sheets in private. In the maintainers' group all who write
    there can; of an album only one file needs to name the bot, and files that are no sheets may be for the others."""
    server.privacy = False
    person, colleague = server.person(MAINTAINER, "sv"), server.person(2, "sv")
    elsewhere, ours = server.group(-5), server.group(-7)
    async with talking(three.service, **(three.settings | {"maintainers": (MAINTAINER, -7)})):
        await person.sends_document("a.txt", FOURTH.encode(), "@esf_test_bot", group=elsewhere)
        assert (await elsewhere.hears()).seen == "Skicka projektblad till mig i en privat chatt, så svarar jag där."
        await colleague.sends_document("protokoll.xlsx", b"PK", group=ours)
        asked = await colleague.sends_document("a.txt", FOURTH.encode(), "@esf_test_bot", group=ours, album="1")
        await colleague.sends_document("b.txt", FIFTH.encode(), group=ours, album="1")
        report = await report_of(server, ours)
    assert ("Nya projekt: 2." in report.seen, "xlsx" in report.seen, report.reply_to) == (True, False, asked)


async def test_presses_of_others(server: BotApi, talking: Running, three: Collection) -> None:
    """Somebody who is no maintainer can press nothing of this, whatever data they send."""
    person, other = server.person(MAINTAINER, "sv"), server.person(OTHER, "sv")
    async with talking(three.service, **three.settings):
        await person.sends_document("a.txt", FOURTH.encode())
        report = await report_of(server, person)
        await other.says("hej")
        heard = await other.hears()
        name = three.service.store.name
        for data in (*(each["callback_data"] for row in report.keyboard for each in row), f"b:{name}", "n:0"):
            pressed = await other.presses(data, heard)
            assert pressed.text == "Den knappen fungerar inte längre. Ställ gärna frågan igen."
        await server.confirmed()
    assert (three.titles, three.service.store.name) == (["Björken", "Granen", "Tallen"], name)
