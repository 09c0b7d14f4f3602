"""What the bot keeps and lets go, who may use it, and that its log tells nothing of people."""

import logging

import pytest

from esfbot.model.answer import Answer
from esfbot.model.query import Conversation, Query
from esfbot.service import Service
from esfbot.settings import Settings
from tests.telegram.api.server import BotApi
from tests.telegram.conftest import Running
from tests.telegram.echo import Echo, Fixed
from tests.telegram.looking import button, labels, turned


def kept(settings: Settings) -> bytes:
    """All that the bot's file holds."""
    return b"".join(path.read_bytes() for path in settings.state.parent.glob(f"{settings.state.name}*"))


@pytest.mark.parametrize(
    ("language", "days", "says"),
    [
        ("sv", 90, "Frågor som inte får något svar sparas i 90 dagar, bara texten."),
        ("sv", 0, "Frågor som inte får något svar sparas inte."),
        ("en", 30, "Questions that get no answer are kept for 30 days, only their text."),
    ],
)
async def test_what_is_kept_is_told(
    server: BotApi, talking: Running, service: Service, language: str, days: int, says: str
) -> None:
    """/privacy says what is kept and for how long, as it is set, and has a button to delete the conversation."""
    person = server.person(1, language)
    async with talking(service, keep_unanswered=days):
        await person.says("/privacy")
        heard = await person.hears()
    assert says in heard.seen
    assert labels(heard) == [["Radera mitt samtal" if language == "sv" else "Delete my conversation"]]


async def test_a_conversation_is_deleted(
    server: BotApi, talking: Running, service: Service, settings: Settings
) -> None:
    """After the button was pressed the bot knows nothing of what was talked about, can't change an answer or have it
    judged, and its file holds no word of the questions; others' conversations stay."""
    anna, bo = server.person(1, "sv"), server.person(2, "sv")
    async with talking(service):
        for person in (anna, bo):
            await person.says("Vem är kontaktperson för Vinnande Arena, xylofon?")
        answer = await anna.hears()
        await bo.hears()
        await anna.says("/integritet")
        notice = await anna.hears()
        said = await anna.presses(button(notice, "Radera mitt samtal"), notice)
        assert (said.text, said.show_alert) == ("Samtalet är raderat.", True)
        await anna.says("och budgeten?")
        assert "Vilket projekt menar du?" in (await anna.hears()).seen
        await bo.says("och budgeten?")
        assert "6 660 445 kr" in (await bo.hears()).seen
        judged = await anna.presses(button(answer, "👍 Rätt"), answer)
        assert judged.text.startswith("Det svaret är för gammalt")
        await bo.says("/integritet")
        notice = await bo.hears()
        await bo.presses(button(notice, "Radera"), notice)
    assert b"xylofon" not in kept(settings)


async def test_deleting_in_a_group_is_about_who_presses(server: BotApi, talking: Running, service: Service) -> None:
    """In a group the button deletes the conversation of who presses it there, and no other."""
    group, anna, bo = server.group(-1), server.person(1, "sv"), server.person(2, "sv")
    async with talking(service):
        for person in (anna, bo):
            await person.says("/projekt Vinnande Arena", group=group)
            await group.hears()
        await anna.says("/projekt Vinnande Arena")
        await anna.hears()
        await anna.says("/integritet", group=group)
        notice = await group.hears()
        await anna.presses(button(notice, "Radera"), notice)
        for person, says in ((anna, "Vilket projekt menar du?"), (bo, "6 660 445 kr")):
            await person.says("@esf_test_bot och budgeten?", group=group)
            assert says in (await group.hears()).seen
        await anna.says("och budgeten?")
        assert "6 660 445 kr" in (await anna.hears()).seen


async def test_an_allow_list(server: BotApi, talking: Running, service: Service) -> None:
    """With a list only those on it are answered, people and groups, and the maintainers; others are told so in
    private and when they press, and get nothing in groups and by inline mode."""
    anna, bo, maintainer = (server.person(number, "sv") for number in (1, 2, 3))
    theirs, other = server.group(-10), server.group(-11)
    async with talking(service):
        await bo.says("/lista")
        before = await bo.hears()
    async with talking(service, allowed=(1, -10), maintainers=(3,)):
        for person in (anna, maintainer):
            await person.says("/lista")
            assert (await person.hears()).seen.startswith("5 projekt:")
        await bo.says("/lista")
        assert (await bo.hears()).seen == "Den här boten är bara för inbjudna."
        await bo.says("/lista", group=theirs)
        assert (await theirs.hears()).seen.startswith("5 projekt:")
        await bo.says("/lista", group=other)
        await server.confirmed()
        assert other.heard.empty()
        assert (await bo.asks_inline("ludvika")).results == []
        assert (await anna.asks_inline("ludvika")).results != []
        answer = await bo.presses(button(before, "Belopp"), before)
        assert (answer.text, answer.show_alert) == ("Den här boten är bara för inbjudna.", True)


async def test_open_to_everybody(server: BotApi, talking: Running, service: Service) -> None:
    """Without a list everybody is answered, also where there are maintainers."""
    person = server.person(2, "sv")
    async with talking(service, maintainers=(3,)):
        await person.says("/lista")
        assert (await person.hears()).seen.startswith("5 projekt:")


async def test_nothing_of_people_in_the_log(
    server: BotApi, talking: Running, service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    """At INFO the log has no question, no name, no number, no position and no id of anybody, whatever was done."""
    caplog.set_level(logging.INFO)
    person, blocked = server.person(4_700_001, "sv", username="anna_the_tester"), server.person(4_700_002, "sv")
    group = server.group(-4_700_003, title="Hemliga gruppen")
    async with talking(service, maintainers=(4_700_002,)):
        for text in ("Vem är kontaktperson för Vinnande Arena?", "xylofon i Kiruna?", "/projekt Arena", "/radera"):
            await person.says(text)
            heard = await person.hears()
        asked = await person.says("kontakt Vinnande Arena")
        heard = await person.hears()
        await person.presses(button(heard, "Kontaktkort"), heard)
        await person.hears()
        heard = await turned(server, person, "👎 Fel", heard)
        await person.presses("nonsense", heard)
        await person.edits(asked, "telefon till Göra skillnad")
        await server.edited(heard)
        await person.asks_inline("jenny lyxell")
        await person.sends_location(60.149, 15.187)
        await person.hears(15)
        await person.says("@esf_test_bot kontakt i Ludvika", group=group)
        await group.hears()
        blocked.blocked = True
        await blocked.says("kontakt Vinnande Arena")
        group.kicked = True
        await person.says("@esf_test_bot kontakt i Ludvika", group=group)
        await server.confirmed()
    log = "\n".join(f"{record.getMessage()} {record.exc_text or ''}" for record in caplog.records)
    assert "answering as @esf_test_bot" in log
    told = (
        "kontakt", "Arena", "xylofon", "Kiruna", "Ludvika", "Liljeröd", "Lyxell", "600521", "564451", "60.149", "Göra",
        "anna_the", "Person", "4700001", "4700002", "4700003", "Hemliga", "jenny",
    )  # fmt: skip
    assert [word for word in told if word.lower() in log.lower()] == []


class Failing(Echo):
    """A service that fails with the question in its message."""

    def reply(self, query: Query, conversation: Conversation) -> tuple[Answer, Conversation]:
        """Fail."""
        raise RuntimeError(f"can't answer {query.text}")


async def test_a_failure_tells_nothing(
    server: BotApi, talking: Running, service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    """A fault is told to the person under a number, to the log and the maintainers as where it was, and to nobody with
    the words of the question."""
    caplog.set_level(logging.INFO)
    person, maintainer = server.person(1, "sv"), server.person(2, "sv")
    server.known.add(2)
    server.chats[2] = maintainer
    async with talking(Failing(service), maintainers=(2,)):
        await person.says("xylofon?")
        heard = await person.hears()
        alert = await maintainer.hears()
        await person.presses("a:00000000", heard)
    assert "xylofon" not in heard.seen + alert.seen + caplog.text
    assert "RuntimeError at" in alert.seen


async def test_a_press_that_fails_is_answered(server: BotApi, talking: Running, service: Service) -> None:
    """A press whose handling fails is answered too, with the number of the failure."""
    person = server.person(1, "sv")
    async with talking(service):
        await person.says("/lista")
        listed = await person.hears()
    async with talking(Fixed(service, answer=RuntimeError("xylofon"))):
        answer = await person.presses(button(listed, "Belopp"), listed)
    assert answer.text.startswith("Något gick fel så att jag inte kunde svara;")
    assert answer.show_alert
