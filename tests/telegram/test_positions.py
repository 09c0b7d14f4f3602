"""A shared position or venue is answered with the projects and contacts there."""

import pytest

from esfbot.service import Service
from esfbot.settings import Settings
from tests.telegram.api.server import BotApi
from tests.telegram.conftest import Running
from tests.telegram.looking import button, copied, labels

LUDVIKA, BORLANGE, UPPSALA = (60.149, 15.187), (60.484, 15.436), (59.858, 17.645)


async def test_where_there_are_projects(server: BotApi, talking: Running, service: Service) -> None:
    """A position is answered with its municipality, the projects there and their contacts; near a border it may be the
    next, so the neighbours that have projects are offered."""
    person = server.person(1, "sv")
    async with talking(service):
        await person.sends_location(*LUDVIKA)
        heard = await person.hears(15)
        assert heard.seen.split("\n\n")[:2] == ["Positionen ligger i eller nära Ludvika.", "Kontakt i Ludvika:"]
        assert "BERGSLAGSESURSEN.NU\n" in heard.seen
        assert copied(heard) == ["jenny.lyxell@rorlighet.se", "+46240564451"]
        assert labels(heard)[1:] == [["📄 BERGSLAGSESURSEN.NU"], ["Filipstad", "Smedjebacken"], ["👍 Rätt", "👎 Fel"]]
        await person.presses(button(heard, "Filipstad"), heard)
        assert (await person.hears()).seen.startswith("Kontakt i Filipstad:\n\nArena för nyorientering\n")


async def test_a_venue(server: BotApi, talking: Running, service: Service) -> None:
    """A venue is answered as the position that it is at, in the language of the person's Telegram."""
    person = server.person(1, "en")
    async with talking(service):
        await person.sends_venue(*LUDVIKA, "Ludvika stadshus", "Dan Anderssons gata 1")
        heard = await person.hears(15)
    assert heard.seen.startswith("The position is in or near Ludvika.\n\nContact in Ludvika:\n")


async def test_where_only_the_neighbours_have_projects(server: BotApi, talking: Running, service: Service) -> None:
    """Where the municipality has none, its neighbours' projects and contacts are shown, and none of those that have
    none are named."""
    person = server.person(1, "sv")
    async with talking(service):
        await person.sends_location(*BORLANGE)
        heard = await person.hears(15)
    assert heard.seen.split("\n\n")[:2] == [
        "Inget projekt på bladen anger Borlänge. I grannkommunerna finns:",
        "Kontakt i Ludvika:",
    ]
    assert "Jenny Lyxell" in heard.seen
    assert heard.seen.count("Inget projekt") == 1


async def test_many_around(server: BotApi, talking: Running, sixty: Service) -> None:
    """The contacts of all neighbours that have projects are one list, each with its own line and buttons."""
    person = server.person(1, "sv")
    async with talking(sixty):
        await person.sends_location(56.63, 15.54)
        heard = await person.hears(15)
    assert heard.seen.split("\n")[:2] == [
        "Inget projekt på bladen anger Emmaboda. I grannkommunerna finns:",
        "Kontakt i Nybro, Lessebo, Karlskrona och Kalmar kommun:",
    ]
    lines = [line for line in heard.seen.split("\n") if "@" in line]
    assert len(lines) == len([row for row in labels(heard) if "👤" in row]) == 5
    assert "Inget projekt på bladen anger Nybro" not in heard.seen


@pytest.mark.parametrize(
    ("place", "says"),
    [
        (UPPSALA, "Inget projekt på bladen anger Uppsala eller någon grannkommun."),
        ((59.913, 10.752), "Positionen ligger inte i någon svensk kommun."),
        ((0.0, 0.0), "Positionen ligger inte i någon svensk kommun."),
        ((90.0, 180.0), "Positionen ligger inte i någon svensk kommun."),
    ],
)
async def test_where_there_are_none(
    server: BotApi, talking: Running, service: Service, place: tuple[float, float], says: str
) -> None:
    """Far from any project, abroad and at sea, that is said."""
    person = server.person(1, "sv")
    async with talking(service):
        await person.sends_location(*place)
        assert (await person.hears(15)).seen.startswith(says)


async def test_it_is_talked_about(server: BotApi, talking: Running, service: Service, settings: Settings) -> None:
    """After a position a question goes on about the project there, and where somebody was is not kept."""
    person = server.person(1, "sv")
    async with talking(service):
        await person.sends_location(*LUDVIKA)
        await person.hears(15)
        await person.says("hur stor var budgeten?")
        assert "1 644 968 kr" in (await person.hears()).seen
    kept = b"".join(path.read_bytes() for path in settings.state.parent.glob(f"{settings.state.name}*"))
    assert (b"60.149" in kept, len(kept) > 0) == (False, True)


async def test_in_a_group(server: BotApi, talking: Running, service: Service) -> None:
    """In a group a position is answered where it replies to the bot, and no other."""
    group, person = server.group(-1), server.person(1, "sv")
    async with talking(service):
        await person.says("/om", group=group)
        about = await group.hears()
        server.privacy = False
        await person.sends_location(*LUDVIKA, group=group)
        position = await person.sends_location(*LUDVIKA, group=group, reply_to=about)
        heard = await group.hears(15)
        await server.confirmed()
    assert (heard.seen.split("\n")[0], heard.reply_to) == ("Positionen ligger i eller nära Ludvika.", position)
    assert len(server.sent) == 2
