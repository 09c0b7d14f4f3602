"""Groups: what the bot answers there, to whom, where, and what it keeps to itself."""

import re
from typing import Any

import pytest

from esfbot.service import Service
from tests.telegram.api.markup import read_html
from tests.telegram.api.server import BotApi, Group, Person, Sent
from tests.telegram.conftest import Running
from tests.telegram.looking import button, copied, labels, pages, turned


@pytest.mark.parametrize(
    "text",
    [
        "/kontakt Ludvika",
        "/kontakt@esf_test_bot Ludvika",
        "@esf_test_bot Vem är kontaktperson i Ludvika?",
        "Vem är kontaktperson i Ludvika, @ESF_test_bot?",
    ],
)
async def test_what_is_meant_for_it(server: BotApi, talking: Running, service: Service, text: str) -> None:
    """Commands and mentions are answered, in a reply to the message."""
    group, person = server.group(-1), server.person(1, "sv")
    async with talking(service):
        asked = await person.says(text, group=group)
        heard = await group.hears()
    assert ("Jenny Lyxell" in heard.seen, heard.reply_to, heard.topic) == (True, asked, 0)


@pytest.mark.parametrize(
    "text",
    [
        "Vem är kontaktperson i Ludvika?",
        "/kontakt@another_bot Ludvika",
        "@another_bot Vem är kontaktperson i Ludvika?",
        "/radera",
        "mejla esf_test_bot",
    ],
)
async def test_what_is_not(server: BotApi, talking: Running, service: Service, text: str) -> None:
    """What is said to others, or is a command of nobody's, gets no answer, also where the bot is told of all."""
    group, person = server.group(-1), server.person(1, "sv")
    server.privacy = False
    async with talking(service):
        await person.says(text, group=group)
        await person.posts(group=group, dice={"emoji": "🎲", "value": 3})
        await server.confirmed()
    assert server.sent == []


async def test_replies_to_it_go_on(server: BotApi, talking: Running, service: Service) -> None:
    """A reply to the bot goes on with what the same person asked; somebody else has a conversation of their own."""
    group, anna, bo = server.group(-1), server.person(1, "sv"), server.person(2, "sv")
    async with talking(service):
        await anna.says("/projekt Vinnande Arena", group=group)
        answer = await group.hears()
        await anna.says("och budgeten?", group=group, reply_to=answer)
        assert "Total budget: 6 660 445 kr" in (await group.hears()).seen
        await bo.says("och budgeten?", group=group, reply_to=answer)
        assert "Vilket projekt menar du?" in (await group.hears()).seen
        await anna.says("@esf_test_bot när slutade det?", group=group)
        assert "31 augusti 2014" in (await group.hears()).seen


async def test_topics(server: BotApi, talking: Running, service: Service) -> None:
    """An answer, and what a press sends, is in the topic of the question; each topic has conversations of its own."""
    group, person = server.group(-1, topics=True), server.person(1, "sv")
    async with talking(service):
        asked = await person.says("/kontakt Vinnande Arena", group=group, topic=7)
        heard = await group.hears()
        assert (heard.topic, heard.reply_to) == (7, asked)
        await person.presses(button(heard, "Kontaktkort"), heard)
        sent = await group.hears()
        assert (sent.topic, sent.contact is not None) == (7, True)
        await person.says("@esf_test_bot och budgeten?", group=group, topic=8)
        other = await group.hears()
        assert (other.topic, "Vilket projekt menar du?" in other.seen) == (8, True)
        await person.says("@esf_test_bot och budgeten?", group=group, topic=7)
        assert "6 660 445 kr" in (await group.hears()).seen


async def test_anybody_can_turn_a_list(server: BotApi, talking: Running, sixty: Service) -> None:
    """A list in a group can be turned over by all who read it; what is asked next goes on for who pressed."""
    group, anna, bo = server.group(-1), server.person(1, "sv"), server.person(2, "sv")
    async with talking(sixty):
        await anna.says("/lista", group=group)
        page = await turned(server, bo, "›", await group.hears())
        card = await turned(server, bo, "12", page)
        await bo.says("@esf_test_bot och ägaren?", group=group)
        assert card.seen.split("\n")[0] in (await group.hears()).seen


async def test_a_group_of_which_the_bot_was_thrown_out(server: BotApi, talking: Running, service: Service) -> None:
    """That the bot can't answer in one group keeps nobody else waiting."""
    group, person = server.group(-1), server.person(1, "sv")
    async with talking(service):
        group.kicked = True
        await person.says("/lista", group=group)
        await person.says("/lista")
        assert (await person.hears()).seen.startswith("5 projekt:")
        await server.confirmed()


# Where contacts are private in groups

# The numbers and addresses on the sheets in awkward/, by what tells each.
NUMBERS = ("980319221", "8465004", "701740621", "46500")
QUESTIONS = (
    "kontakt Ringlinjen",
    "Berätta om Ringlinjen",
    "alla fakta om Ringlinjen",
    "kontakt i Nacka",
    "kontakter till alla projekt",
    "vem har evaek@bo.example.se?",
    "vem har 0980-319222?",
    "e-post till Eva Ek",
    "vilka projekt finns?",
    "Jämför Ringlinjen och Tyst svar",
    "vilka projekt ringer?",
    "bakgrund till Ringlinjen",
    "partner till Ringlinjen",
    "ägare till Ringlinjen",
    "projekt per ägare",
    "Har Ringlinjen numret 0980-319221?",
    "projektet Ringlnjen",
    "hjälp",
)


def leaks(*texts: str) -> list[str]:
    """What in ``texts`` somebody can be reached by."""
    found = []
    for text in texts:
        plain = text.replace("@esf_test_bot", "")
        digits = re.sub(r"[\s()/.\u2010-\u2015+-]", "", plain)
        found += [f"{number} in {text}" for number in NUMBERS if number in digits]
        found += [f"at sign in {text}"] if re.search(r"@|\(at\)", plain) else []
    return found


def said_in(sent: Sent) -> list[str]:
    """All that a message says: its text and what stands on its buttons or is copied by them."""
    return [sent.seen, *(label for row in labels(sent) for label in row), *copied(sent)]


@pytest.mark.parametrize("question", QUESTIONS)
async def test_nothing_is_leaked(server: BotApi, talking: Running, awkward: Service, question: str) -> None:
    """In a group no answer, no page or part of it, and nothing that a button does tells a number or an address."""
    group, person = server.group(-1), server.person(1, "sv")
    async with talking(awkward, group_contacts="private"):
        await person.says(f"@esf_test_bot {question}", group=group)
        first = await group.hears()
        await _press_all(server, person, group, first, depth=2 if "finns" in question else 1)
        await server.confirmed()
    assert [leak for sent in server.sent for leak in leaks(*said_in(sent))] == []
    assert all(sent.contact is None and sent.document is None for sent in server.sent)
    shown = [call.parameters for call in server.calls if call.method.startswith(("send", "edit", "answer"))]
    texts = [str(said["text"]) for said in shown if "text" in said]
    assert [leak for text in texts for leak in leaks(read_html(text))] == []
    keyboards = [str(said["reply_markup"]) for said in shown if "reply_markup" in said]
    assert not any("copy_text" in keyboard for keyboard in keyboards)


async def _press_all(server: BotApi, person: Person, group: Group, first: Sent, depth: int) -> None:
    """Press every button under a message, and those under what comes of it."""
    for one in [one for row in first.keyboard for one in row if "callback_data" in one]:
        if one["callback_data"].startswith("r:"):
            continue
        before = server.now(first)
        answer = await person.presses(one, before)
        assert leaks(answer.text) == []
        await server.confirmed()
        after = server.now(first)
        if depth and after.edits > before.edits:
            await _press_all(server, person, group, after, depth - 1)
        while depth and not group.heard.empty():
            await _press_all(server, person, group, group.heard.get_nowait(), depth - 1)


@pytest.mark.parametrize("question", ["kontakt Ringlinjen", "kontakter till alla projekt", "Berätta om Ringlinjen"])
async def test_the_way_to_the_private_chat(server: BotApi, talking: Running, awkward: Service, question: str) -> None:
    """Where contacts are left out, a button opens the private chat with them."""
    group, person = server.group(-1), server.person(1, "sv")
    async with talking(awkward, group_contacts="private"):
        await person.says(f"@esf_test_bot {question}", group=group)
        heard = await group.hears()
        link = heard.button("Visa kontaktuppgifter privat")["url"]
        assert link.startswith("https://t.me/esf_test_bot?start=")
        await person.says(f"/start {link.partition('=')[2]}")
        private = await person.hears()
    assert "Eva Ek" in heard.seen
    assert ("0980-319 221" in private.seen, copied(private)[:2]) == (True, ["eva.ek@bo.example.se", "+46980319221"])


async def test_buttons_from_before_it_was_set(server: BotApi, talking: Running, awkward: Service) -> None:
    """Buttons under messages from when contacts were shown send none to the group: they open the private chat."""
    group, person = server.group(-1), server.person(1, "sv")
    async with talking(awkward):
        await person.says("@esf_test_bot kontakter till alla projekt", group=group)
        listed = await group.hears()
        await person.says("/projekt Ringlinjen", group=group)
        card = await group.hears()
        assert "0980-319 221" in listed.seen
    async with talking(awkward, group_contacts="private"):
        answers = [await person.presses(listed.button(label), listed) for label in ("Eva Ek", "vcf", "csv")]
        source = await turned(server, person, "Källa", card)
        said = [page.seen async for page in pages(server, person, source)]
        await server.confirmed()
    assert [answer.url.partition("=")[2][:2] for answer in answers] == ["c_", "l_", "l_"]
    assert (len(server.sent), leaks(*said)) == (2, [])


async def test_the_sheet_without_contacts(server: BotApi, talking: Running, awkward: Service) -> None:
    """The lines of the sheet are shown with what was left out of each, and with all other numbers as published."""
    group, person = server.group(-1), server.person(1, "sv")
    async with talking(awkward, group_contacts="private"):
        await person.says("/projekt Ringlinjen", group=group)
        source = await turned(server, person, "Källa", await group.hears())
    assert "10  Telefonnummer[visas privat]\n" in source.seen
    assert "13  Telefonnummer[visas privat]\n14  Beviljat ESF-stöd10 000 000 kr\n" in source.seen
    assert "\n16  Projektperiod2020-01-01 till 2090-12-31\n" in source.seen


async def test_private_chats_show_them(server: BotApi, talking: Running, awkward: Service) -> None:
    """The setting is about groups: in private contacts are shown, in groups too where it is not set."""
    group, person = server.group(-1), server.person(1, "sv")
    async with talking(awkward, group_contacts="private"):
        await person.says("kontakt Ringlinjen")
        assert "0980-319 221" in (await person.hears()).seen
    async with talking(awkward):
        await person.says("/kontakt Ringlinjen", group=group)
        assert "0980-319 221" in (await group.hears()).seen


async def test_an_anonymous_administrator(server: BotApi, talking: Running, service: Service) -> None:
    """Who writes in the name of the group is answered, though Telegram says that a bot wrote."""
    group, person = server.group(-1), server.person(1, "sv")
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    entity = {"type": "bot_command", "offset": 0, "length": 8}
    said: dict[str, Any] = {"text": "/kontakt Ludvika", "entities": [entity]}
    said |= {"from": anonymous, "sender_chat": group.frame}
    async with talking(service):
        await person.posts(group=group, **said)
        assert "Jenny Lyxell" in (await group.hears()).seen
