"""Lists: paged in place, in the order that is asked for, each entry to open, and buttons that outlive what they are
of."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from esfbot.model.project import Project
from esfbot.render.presses import Idle, Open, Turn, encode, project_key
from esfbot.service import Service
from esfbot.settings import Settings
from tests.invented.publish import publish
from tests.telegram.api.server import BotApi, Sent
from tests.telegram.conftest import Running
from tests.telegram.looking import button, entries, labels, pages, start_of, turned


@pytest.fixture
def changing(service: Service, tmp_path: Path) -> Iterator[tuple[Service, list[Project]]]:
    """A service whose sheets can be published anew, and the projects of the shipped ones."""
    projects = service.store.projects(service.store.find())
    publish(projects, tmp_path / "embeddings")
    opened = Service(Settings(embeddings=tmp_path / "embeddings"))
    yield opened, projects
    opened.close()


async def test_pages_in_place(server: BotApi, talking: Running, sixty: Service) -> None:
    """A list says how many there are and shows ten a page in one message; its pages hold every project once, in the
    sheets' order, and after the last comes the first."""
    person = server.person(1, "sv")
    async with talking(sixty):
        await person.says("/lista")
        shown = [page async for page in pages(server, person, await person.hears())]
        around = await turned(server, person, "›", shown[-1])
        back = await turned(server, person, "‹", around)
    assert [page.seen.split("\n")[0] for page in shown] == ["60 projekt:"] * 6
    assert [len(entries(page)) for page in shown] == [10] * 6
    assert [title for page in shown for title in entries(page)] == list(sixty.store.titles(sixty.store.find()).values())
    assert [label for row in labels(shown[2]) for label in row][:13] == [*map(str, range(21, 31)), "‹", "3/6", "›"]
    assert (around.seen, back.seen, len(server.sent)) == (shown[0].seen, shown[5].seen, 1)


@pytest.mark.parametrize(("label", "field"), [("Belopp", "esf_support"), ("Start", "start")])
async def test_orders(server: BotApi, talking: Running, sixty: Service, label: str, field: str) -> None:
    """A list is put in order by amount or start, the greatest first, and turned round by the same button; those whose
    sheets do not state it come last."""
    stated = sixty.store.measures(field, sixty.store.find())
    values: dict[str, set[float]] = {}
    for id_, title in sixty.store.titles(list(stated)).items():
        values.setdefault(title, set()).add(stated[id_])
    person = server.person(1, "sv")
    async with talking(sixty):
        await person.says("/lista")
        shown = await person.hears()
        for arrow, falling in (("↓", True), ("↑", False)):
            shown = await turned(server, person, label, shown)
            assert button(shown, f"{arrow} {label}")
            ordered: list[str] = []
            async for page in pages(server, person, shown):
                ordered += entries(page)
                shown = page
            expected = sorted(stated.values(), reverse=falling)
            assert all(value in values[title] for value, title in zip(expected, ordered, strict=False))
            assert len(ordered) == 60


async def test_titles_are_in_swedish_order(server: BotApi, talking: Running, service: Service) -> None:
    """A list by title begins with A, and turned round with Ö; letter case makes no difference."""
    person = server.person(1, "sv")
    async with talking(service):
        await person.says("/lista")
        shown = await turned(server, person, "Titel", await person.hears())
        assert shown.seen.startswith("5 projekt, efter titel, i bokstavsordning:")
        assert entries(shown) == [
            "Arena för nyorientering",
            "BERGSLAGSESURSEN.NU",
            "Gå vidare II",
            "Göra Skillnad",
            "Vinnande Arena",
        ]
        turned_round = await turned(server, person, "↑ Titel", shown)
    assert entries(turned_round) == entries(shown)[::-1]


async def test_back_to_the_same_page(server: BotApi, talking: Running, sixty: Service) -> None:
    """An entry opens its card in place of the list, and from there, as from any part of it, back is to the same page,
    in the same order, with the same buttons."""
    person = server.person(1, "sv")
    async with talking(sixty):
        await person.says("/lista")
        ordered = await turned(server, person, "Start", await person.hears())
        page = await turned(server, person, "›", ordered)
        card = await turned(server, person, "13", page)
        assert card.seen.split("\n")[0] == entries(page)[2]
        facts = await turned(server, person, "Alla uppgifter", card)
        assert labels(facts)[:2] == [["‹ Projektet"], ["‹ Listan"]]
        direct = await turned(server, person, "‹ Listan", facts)
        assert (direct.text, direct.keyboard) == (page.text, page.keyboard)
        again = await turned(server, person, "13", direct)
        back = await turned(server, person, "‹ Listan", again)
    assert (back.text, back.keyboard, len(server.sent)) == (page.text, page.keyboard, 1)


async def test_the_number_is_that_of_the_order_shown(server: BotApi, talking: Running, sixty: Service) -> None:
    """What is asked for by its number is that of the list as it is shown, in the order that it was put in."""
    person = server.person(1, "sv")
    async with talking(sixty):
        await person.says("/lista")
        ordered = await turned(server, person, "Belopp", await person.hears())
        page = await turned(server, person, "›", ordered)
        await person.says("nummer 12")
        assert (await person.hears()).seen.split("\n")[0] == entries(page)[1]


async def test_a_list_can_be_judged_on_any_page(server: BotApi, talking: Running, sixty: Service) -> None:
    """The buttons that judge an answer stay under it while it is turned over and opened."""
    person = server.person(1, "sv")
    async with talking(sixty):
        await person.says("/lista")
        shown = await person.hears()
        for label in ("›", "Belopp", "1", "Källa", "‹ Projektet", "‹ Listan"):
            shown = await turned(server, person, label, shown)
            assert labels(shown)[-1] == ["👍 Rätt", "👎 Fel"]


async def test_a_list_can_be_shared(server: BotApi, talking: Running, sixty: Service) -> None:
    """The link that a list shares opens the same list for somebody else, in the same order."""
    anna, bo = server.person(1, "sv"), server.person(2, "sv")
    async with talking(sixty):
        await anna.says("/lista över 10 miljoner")
        ordered = await turned(server, anna, "Belopp", await anna.hears())
        await bo.says(f"/start {start_of(ordered, 'Dela')}")
        theirs = await bo.hears()
    assert (theirs.text, theirs.keyboard[:-1]) == (ordered.text, ordered.keyboard[:-1])


async def test_buttons_work_after_a_restart(server: BotApi, talking: Running, sixty: Service) -> None:
    """A list is turned over, and its entries open, also when the bot was started anew since it was sent."""
    person = server.person(1, "sv")
    async with talking(sixty):
        await person.says("/lista")
        listed = await person.hears()
    async with talking(sixty):
        page = await turned(server, person, "›", listed)
        card = await turned(server, person, "11", page)
        assert card.seen.split("\n")[0] == entries(page)[0]
        await person.says("nummer två")
        assert (await person.hears()).seen.split("\n")[0] == entries(listed)[1]


async def test_a_list_of_an_older_generation(
    server: BotApi, talking: Running, changing: tuple[Service, list[Project]], tmp_path: Path
) -> None:
    """When the sheets have changed since, a page of the old list is not shown: a box says so, and a button under the
    list renews it."""
    service, projects = changing
    person = server.person(1, "sv")
    async with talking(service):
        await person.says("/lista")
        listed = await person.hears()
        publish(projects[1:], tmp_path / "embeddings")
        answer = await person.presses(button(listed, "Belopp"), listed)
        offered = await server.edited(listed)
        assert answer.text == "Den listan är inte aktuell längre: projektbladen har uppdaterats."
        assert (answer.show_alert, offered.text, labels(offered)) == (True, listed.text, [["Visa den på nytt"]])
        renewed = await turned(server, person, "Visa den på nytt", offered)
    assert renewed.seen.startswith("4 projekt, efter ESF-stöd, störst först:")
    assert len(entries(renewed)) == 4


async def test_a_project_that_is_gone(
    server: BotApi, talking: Running, changing: tuple[Service, list[Project]], tmp_path: Path
) -> None:
    """An entry, a part, a contact card and a link of a project that the sheets no longer have say so."""
    service, projects = changing
    gone = projects[0]
    person = server.person(1, "sv")
    async with talking(service):
        await person.says("/lista")
        listed = await person.hears()
        await person.says("/projekt Arena för nyorientering")
        card = await person.hears()
        publish(projects[1:], tmp_path / "embeddings")
        said = [await person.presses(button(listed, "1"), listed)]
        said += [await person.presses(button(card, label), card) for label in ("Syfte", "Liknande", "Kontaktkort")]
        await person.says(f"/start {start_of(card, 'Dela')}")
        link = await person.hears()
    assert [(answer.text, answer.show_alert) for answer in said] == [
        ("Projektet finns inte längre på bladen.", True),
        ("Projektet finns inte längre på bladen.", True),
        ("Projektet finns inte längre på bladen.", True),
        ("Kontaktuppgiften har ändrats. Visa projektet igen.", True),
    ]
    assert gone.title == "Arena för nyorientering"
    assert link.seen == "Länken leder inte längre till något. Skriv en fråga i stället, eller /hjalp."


async def test_a_contact_that_has_changed(
    server: BotApi, talking: Running, changing: tuple[Service, list[Project]], tmp_path: Path
) -> None:
    """The card that a button sends is never another person's: where the sheet now names somebody else, that is
    said."""
    service, projects = changing
    person = server.person(1, "sv")
    async with talking(service):
        await person.says("kontakt Vinnande Arena")
        heard = await person.hears()
        other = [
            replace(fact, value="Bo By", published="Bo By") if fact.field == "contact" else fact
            for fact in projects[4].facts
        ]
        publish([*projects[:4], replace(projects[4], facts=tuple(other))], tmp_path / "embeddings")
        answer = await person.presses(button(heard, "Kontaktkort"), heard)
    assert answer.text == "Kontaktuppgiften har ändrats. Visa projektet igen."


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("", "Den knappen fungerar inte längre. Ställ gärna frågan igen."),
        ("page:2", "Den knappen fungerar inte längre. Ställ gärna frågan igen."),
        ("t:a:b:x", "Den knappen fungerar inte längre. Ställ gärna frågan igen."),
        ("r:splendid", "Den knappen fungerar inte längre. Ställ gärna frågan igen."),
        ("p:KEY:nonsense:sv", "Den knappen fungerar inte längre. Ställ gärna frågan igen."),
        (encode(Turn("ffffffff", "abcdef", 1)), "Den listan finns inte kvar. Ställ gärna frågan igen."),
        ("x:ffffffff:vcf", "Den listan finns inte kvar. Ställ gärna frågan igen."),
        ("a:ffffffff", "Den listan finns inte kvar. Ställ gärna frågan igen."),
        ("c:ffffffff:KEY", "Den listan finns inte kvar. Ställ gärna frågan igen."),
        (encode(Open("AAAAAAAA", "sv")), "Projektet finns inte längre på bladen."),
        ("k:AAAAAAAA:ffff:sv", "Kontaktuppgiften har ändrats. Visa projektet igen."),
        ("l:de", "Den knappen fungerar inte längre. Ställ gärna frågan igen."),
        (encode(Idle()), ""),
    ],
)
async def test_any_press_is_answered(server: BotApi, talking: Running, service: Service, data: str, said: str) -> None:
    """A button of another version, of a list that is no longer kept, or of what is gone says so; none is left
    turning."""
    person = server.person(1, "sv")
    (id_, *_) = service.store.find()
    async with talking(service):
        await person.says("/lista")
        heard = await person.hears()
        answer = await person.presses(data.replace("KEY", project_key(id_)), heard)
    assert answer.text == said


async def test_a_press_under_a_message_of_long_ago(server: BotApi, talking: Running, service: Service) -> None:
    """Of an old message Telegram does not tell the content: its buttons work all the same, and so does one that was
    sent by inline mode, as far as it can."""
    person = server.person(1, "sv")
    async with talking(service):
        await person.says("/lista")
        heard = await person.hears()
        heard.old = True
        shown = await turned(server, person, "Belopp", heard)
        assert shown.seen.startswith("5 projekt, efter ESF-stöd, störst först:")
        inline = Sent(0, 0, "", "", inline_id="inline-1")
        answer = await person.presses(encode(Idle()), inline)
    assert answer.text == "Den knappen fungerar inte längre. Ställ gärna frågan igen."


async def test_contacts_are_paged_too(server: BotApi, talking: Running, sixty: Service) -> None:
    """A list of contacts has its pages and its buttons by page, and says on each how many there are."""
    person = server.person(1, "sv")
    async with talking(sixty):
        await person.says("kontakter till alla projekt")
        shown = [page async for page in pages(server, person, await person.hears())]
    assert [page.seen.split("\n")[0] for page in shown] == ["60 projekt:"] * 6
    assert [row[0] for row in labels(shown[1]) if row[0].isdecimal()] == [str(n) for n in range(11, 21)]
    assert all("\n\n6.\n" not in page.seen for page in shown)
