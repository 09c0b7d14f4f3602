"""What the source button tells of a project whose sheets disagree."""

import datetime
import os

from esfbot.embed.run import embed
from tests.telegram.api.server import BotApi
from tests.telegram.conftest import Running
from tests.telegram.looking import button, labels, turned
from tests.telegram.maintaining import Collection, three, three_live
from tests.telegram.mixed import ask
from tests.telegram.test_maintaining import CHANGED

__all__ = ["three", "three_live"]


def disagreeing(three: Collection) -> None:
    """Put a newer sheet of Björken beside the older one, with another amount and another contact."""
    newer = three.sheets / "ny.txt"
    newer.write_text(CHANGED.replace("08-123456", "65 43 21"), encoding="utf-8")
    tomorrow = (datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1)).timestamp()
    os.utime(newer, (tomorrow, tomorrow))
    embed(three.sheets, three.embeddings, "e5-small")


async def test_which_value_counts(server: BotApi, talking: Running, three: Collection) -> None:
    """Above the sheets as published it says which value counts and which other stands where; a project of one sheet has
    nothing of that."""
    disagreeing(three)
    person = server.person(1, "sv")
    async with talking(three.service):
        card = await turned(server, person, "Källa", await ask(person, "Berätta om Björken"))
        other = await turned(server, person, "Källa", await ask(person, "Berätta om Granen"))
    lines = card.seen.replace("\u00a0", " ").splitlines()
    told = lines[: lines.index("")]
    assert "ESF-stöd: 120 000 kr gäller [ny.txt, rad 7]; 100 000 kr står i [ett.txt, rad 7]" in told
    assert "Kontaktperson: Bo Alm gäller [ny.txt, rad 4]; Anna Ek står i [ett.txt, rad 4]" in told
    assert lines[len(told) + 1] == "Bladet för Björken, som det publicerades:"
    assert "gäller" not in other.seen


async def test_in_english(server: BotApi, talking: Running, three: Collection) -> None:
    """In English amounts and the rest are written as English does."""
    disagreeing(three)
    person = server.person(1, "en")
    async with talking(three.service):
        card = await turned(server, person, "Source", await ask(person, "Tell me about Björken"))
    assert "ESF support: SEK 120,000 counts [ny.txt, line 7]; SEK 100,000 stands in [ett.txt, line 7]" in card.seen


async def test_hidden_in_groups(server: BotApi, talking: Running, three: Collection) -> None:
    """Where a group is not to see contacts, the numbers and addresses on which sheets disagree are hidden as well,
    whatever they look like."""
    disagreeing(three)
    person, group = server.person(1, "sv"), server.group(-5)
    async with talking(three.service, group_contacts="private"):
        await person.says("@esf_test_bot Berätta om Björken", group=group)
        heard = await group.hears()
        assert "Källa" in [label for row in labels(heard) for label in row]
        await person.presses(button(heard, "Källa"), heard)
        card = await server.edited(heard)
    assert "ESF-stöd: 120" in card.seen
    for hidden in ("123456", "65 43 21", "@exempel"):
        assert hidden not in card.seen
