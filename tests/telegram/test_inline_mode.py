"""Inline mode: ``@bot ludvika`` in any chat."""

import re

import pytest

from esfbot.service import Service
from tests.telegram.api.markup import read_html
from tests.telegram.api.server import BotApi, Inline
from tests.telegram.conftest import Running


def titles(offered: Inline, kind: str = "") -> list[str]:
    """The titles of the results of one kind, or of all."""
    return [result["title"] for result in offered.results if result["id"].startswith(kind)]


def text(offered: Inline, number: int = 0) -> str:
    """What is sent when a result is chosen."""
    return read_html(offered.results[number]["input_message_content"]["message_text"])


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ludvika", {"place": ["Ludvika"]}),
        ("Lud", {"place": ["Ludvika"]}),
        ("vinn", {"project": ["Vinnande Arena"]}),
        ("jenny", {"contact": ["Jenny Lyxell"]}),
        ("0240-5644", {"contact": ["Jenny Lyxell"]}),
        ("katarina.liljerod@", {"contact": ["Katarina Liljeröd"]}),
        ("dalarna", {"place": ["Dalarna"]}),
        ("gora skilnad", {"project": ["Göra Skillnad"]}),
    ],
)
async def test_what_is_offered(
    server: BotApi, talking: Running, service: Service, typed: str, found: dict[str, list[str]]
) -> None:
    """Projects, contacts and places are offered as one types, by the beginnings of their names."""
    person = server.person(1, "sv")
    async with talking(service):
        offered = await person.asks_inline(typed)
    assert {kind: titles(offered, kind)[:1] for kind in found} == found
    assert (offered.button, offered.is_personal) == (None, True)


async def test_nothing_typed_yet(server: BotApi, talking: Running, service: Service) -> None:
    """Before anything is typed all projects are offered, each with owner and time."""
    person = server.person(1, "sv")
    async with talking(service):
        offered = await person.asks_inline("")
    assert titles(offered) == list(service.store.titles(service.store.find()).values())
    assert offered.results[0]["description"] == "Landstingets kansli · 3 augusti 2009 – 2 februari 2010 (6 månader)"


async def test_what_is_sent(server: BotApi, talking: Running, service: Service) -> None:
    """Who chooses a project sends its card, a contact how it is reached, a place its projects; each with a button that
    opens the same in the bot."""
    person = server.person(1, "sv")
    async with talking(service):
        sent = {}
        for typed in ("vinnande", "jenny", "ludvika"):
            offered = await person.asks_inline(typed)
            sent[typed] = await person.chooses(offered.results[0], typed)
            payload = sent[typed].button("Öppna i boten")["url"].rpartition("=")[2]
            await person.says(f"/start {payload}")
            assert (await person.hears()).seen == sent[typed].seen
    assert sent["vinnande"].seen.startswith("Vinnande Arena\nArbetslösa i utanförskap")
    assert "Telefon: 0240-564451 · +46240564451" in sent["jenny"].seen
    assert sent["ludvika"].seen.startswith("1 projekt i Ludvika:\n\nBERGSLAGSESURSEN.NU\n")


async def test_pages(server: BotApi, talking: Running, sixty: Service) -> None:
    """More than fit are offered page by page, each once, until there are no more."""
    person = server.person(1, "sv")
    found: list[str] = []
    offset, sizes = "", []
    async with talking(sixty):
        while True:
            offered = await person.asks_inline("", offset)
            sizes.append(len(offered.results))
            found += [result["id"] for result in offered.results]
            offset = offered.next_offset
            if not offset:
                break
        beyond = await person.asks_inline("", "999")
        nonsense = await person.asks_inline("", "x")
    assert (sizes, len(set(found)), beyond.results) == ([20, 20, 20], 60, [])
    assert [result["id"] for result in nonsense.results] == found[:20]


async def test_a_place_with_many_projects(server: BotApi, talking: Running, sixty: Service) -> None:
    """Of a place with more projects than a page the first ten are sent, with how many there are."""
    person = server.person(1, "sv")
    async with talking(sixty):
        offered = await person.asks_inline("småland och öarna")
    said = text(offered)
    assert (offered.results[0]["description"], said.split("\n")[0]) == ("11 projekt", "11 projekt i Småland och Öarna:")
    assert re.findall(r"^(\d+)\. ", said, re.M) == [str(number) for number in range(1, 11)]


async def test_somebody_on_several_projects(server: BotApi, talking: Running, sixty: Service) -> None:
    """A person who is the contact of several projects is offered once, with all of them."""
    person = server.person(1, "sv")
    async with talking(sixty):
        offered = await person.asks_inline("märta o'dal")
    assert titles(offered, "contact") == ["Åsa-Märta O'Dalmark"]
    assert offered.results[0]["description"] == "Unghjulet i Nybro, Broar till industrin, Styrkenyckeln"
    assert text(offered).count("Åsa-Märta O'Dalmark") == 3


@pytest.mark.parametrize(
    ("language", "bar", "greeting"),
    [("sv", "Inget hittades. Fråga boten", "Hej!"), ("en", "Nothing found. Ask the bot", "Hello!")],
)
async def test_nothing_found(
    server: BotApi, talking: Running, service: Service, language: str, bar: str, greeting: str
) -> None:
    """Where nothing is found, a bar leads to the bot, which greets who comes by it."""
    person = server.person(1, language)
    async with talking(service):
        offered = await person.asks_inline("zxqwv")
        assert offered.results == []
        assert offered.button
        assert offered.button["text"] == bar
        await person.says(f"/start {offered.button['start_parameter']}")
        assert (await person.hears()).seen.startswith(greeting)


async def test_odd_searches(server: BotApi, talking: Running, service: Service) -> None:
    """Whatever is typed, there is an answer."""
    person = server.person(1, "sv")
    async with talking(service):
        for typed in ("<b>", "'; DROP", "😀", "x" * 256, "@", "0240 0240 0240", "\u200b", "och och och"):
            assert (await person.asks_inline(typed)).is_personal


async def test_contacts_are_not_sent_to_groups(server: BotApi, talking: Running, service: Service) -> None:
    """Where contacts are private in groups, results typed in a group, or nobody says where, are without them, and what
    is offered in private is not kept for a group."""
    person = server.person(1, "sv")
    async with talking(service, group_contacts="private"):
        for chat, reached in (
            ("sender", True),
            ("private", True),
            ("group", False),
            ("supergroup", False),
            ("", False),
        ):
            for typed in ("jenny", "bergslags", "0240-564451", "jenny.lyxell@"):
                offered = await person.asks_inline(typed, chat_type=chat)
                assert ("jenny.lyxell@rorlighet.se" in text(offered), "564451" in text(offered)) == (reached, reached)
                assert offered.cache_time == 0
                assert "Jenny Lyxell" in text(offered)
    async with talking(service):
        assert "564451" in text(await person.asks_inline("jenny", chat_type="group"))
