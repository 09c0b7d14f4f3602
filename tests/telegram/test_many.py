"""Many people at once: Telegram's limits, the order in a chat, the line of those who wait, who asks too much."""

import asyncio
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esfbot.model.answer import Answer
from esfbot.model.query import Conversation, Query
from esfbot.service import Service
from esfbot.settings import Settings
from esfbot.state.state import State
from esfbot.telegram.pace import Turns
from esfbot.telegram.quota import Quota
from tests.telegram.api.server import PATIENCE, BotApi, Limits
from tests.telegram.conftest import Running
from tests.telegram.echo import Echo
from tests.telegram.mixed import ask, sent_to

ENOUGH = 30.0  # seconds for everybody to be answered; Telegram's limits alone take ten


@dataclass
class Jumbled(Echo):
    """Answers as `Echo` does, and counts how many answers are worked out at once."""

    at_once: list[int] = field(default_factory=lambda: [0])

    def reply(self, query: Query, conversation: Conversation) -> tuple[Answer, Conversation]:
        """Answer."""
        self.at_once.append(self.at_once[-1] + 1)
        try:
            return super().reply(query, conversation)
        finally:
            self.at_once.append(self.at_once[-1] - 1)


async def test_fifty_people_with_five_questions(server: BotApi, running: Running, service: Service) -> None:
    """Fifty people write five questions each at the same moment: everybody hears five answers to their own questions,
    in their order and their own conversation, and nobody anything else."""
    server.limits = Limits()
    people = [server.person(number) for number in range(1, 51)]
    async with running(Echo(service)):
        for number in range(5):
            for person in people:
                await person.says(f"one {number} of {person.id}")
        async with asyncio.timeout(ENOUGH):
            heard = [[await person.hears(ENOUGH) for _ in range(5)] for person in people]
        await server.confirmed()
    for person, answers in zip(people, heard, strict=True):
        asked = [f"one {number} of {person.id}" for number in range(5)]
        before = ["nothing", *(", ".join(asked[:number]) for number in range(1, 5))]
        told = [answer.seen.splitlines()[:2] for answer in answers]
        assert told == [[text, f"Before: {said}"] for text, said in zip(asked, before, strict=True)]
    assert Counter(sent.chat_id for sent in server.sent) == dict.fromkeys(range(1, 51), 5)


async def test_limits_are_kept(
    server: BotApi, running: Running, service: Service, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A group hears no more than twenty messages in a minute by the bot's own restraint, others are answered meanwhile,
    and what the group is still to hear is left for the next start."""
    monkeypatch.setattr("esfbot.telegram.run._LAST_REPLIES", 0.1)
    people = [server.person(number) for number in range(1, 21)]
    group = server.group(-5)
    async with running(Echo(service), questions_a_minute=0):
        for number in range(25):
            await people[0].says(f"@esf_test_bot group {number}", group=group)
        for number in range(2):
            for person in people:
                await person.says(f"private {number}")
        for person in people:
            for _ in range(2):
                await person.hears()
        for _ in range(20):
            await group.hears()
    assert [sent.seen.split("\n")[0] for sent in sent_to(server, -5)] == [f"group {number}" for number in range(20)]
    with closing(State(settings.state)) as state:
        left = [number for number, _ in state.mail.unhandled()]
        begun = [call.begun for number in left for call in state.mail.waiting(number)]
    assert (len(left), begun) == (5, [None])  # what waits for its turn is not taken for sent


async def test_waiting_line_is_bounded(server: BotApi, talking: Running, service: Service) -> None:
    """When as many questions wait as may, the next ones are answered at once with a word on that, presses and searches
    too; once there is room again, questions are answered."""
    people = [server.person(number, "sv") for number in range(1, 7)]
    *early, late, presses, searches = people
    echo = Echo(service)
    async with talking(echo, waiting=3):
        heard = await ask(presses, "one")
        for person in early:
            await person.says("wait for it")
        await asyncio.to_thread(echo.begun.wait, PATIENCE)
        await server.called("sendChatAction", 3)
        assert (await ask(late, "two")).seen.startswith("Många frågar just nu")
        for pressed in (await presses.presses("i", heard), await presses.presses("i")):
            assert (pressed.text[:20], pressed.show_alert) == ("Många frågar just nu", True)
        offered = await searches.asks_inline("ludvika")
        assert (offered.results, offered.cache_time, offered.is_personal) == ([], 0, True)
        echo.go.set()
        assert ["wait for it" in (await person.hears()).seen for person in early] == [True] * 3
        assert "three" in (await ask(late, "three")).seen
        await server.confirmed()


async def test_only_so_many_are_worked_out_at_once(server: BotApi, talking: Running, service: Service) -> None:
    """However many ask, four answers are worked out at the same time, beside the event loop, which goes on."""
    echo = Jumbled(service)
    people = [server.person(number) for number in range(1, 21)]
    async with talking(echo):
        for person in people:
            await person.says("wait for it")
        await asyncio.to_thread(echo.begun.wait, PATIENCE)
        await server.called("sendChatAction", 20)
        assert max(echo.at_once) == 4
        echo.go.set()
        for person in people:
            await person.hears()
    assert max(echo.at_once) == 4


async def test_too_many_questions_are_told_once(server: BotApi, talking: Running, service: Service) -> None:
    """Who asks more than a number of questions a minute is told so once, and no longer answered; others are, and
    presses are no questions."""
    anna, bo = server.person(1), server.person(2)
    async with talking(Echo(service), questions_a_minute=3):
        for number in range(8):
            await anna.says(f"one {number}")
        heard = [(await anna.hears()).seen for _ in range(4)]
        assert "two" in (await ask(bo, "two")).seen
        assert (await anna.presses("i", server.sent[0])).text == ""
        await server.confirmed()
    assert [text.split("\n")[0] for text in heard[:3]] == ["one 0", "one 1", "one 2"]
    assert ("3 questions" in heard[3], len(sent_to(server, 1))) == (True, 4)


async def test_order_is_kept_in_every_chat(server: BotApi, talking: Running, service: Service) -> None:
    """Questions, edits and presses of one chat are worked on in the order in which they were made, also in a group
    where several people ask; a chat that takes long holds up no other."""
    anna, bo, eva, echo = *(server.person(number) for number in (1, 2, 3)), Echo(service)
    group = server.group(-5)
    async with talking(echo):
        await anna.says("@esf_test_bot wait for it", group=group)
        await asyncio.to_thread(echo.begun.wait, PATIENCE)
        for number in range(3):
            await bo.says(f"@esf_test_bot bo {number}", group=group)
            await anna.says(f"@esf_test_bot anna {number}", group=group)
        assert "one" in (await ask(eva, "one")).seen
        assert sent_to(server, -5) == []
        echo.go.set()
        heard = [(await group.hears()).seen.split("\n")[:2] for _ in range(7)]
    assert [title for title, _ in heard] == ["wait for it", "bo 0", "anna 0", "bo 1", "anna 1", "bo 2", "anna 2"]
    assert heard[-2][1] == "Before: bo 0, bo 1"


@pytest.mark.parametrize(("most", "span"), [(1, 10), (5, 2), (20, 605)])
@given(gaps=st.lists(st.integers(0, 100), max_size=60))
def test_turns(most: int, span: int, gaps: list[int]) -> None:
    """Within any span there are no more turns than may be; each is as early as that allows, and in the order asked."""
    turns, now = Turns(most, span), 0
    taken: list[float] = []
    for gap in gaps:
        now += gap
        earliest = [now, *taken[-1:], *(turn + span for turn in taken[-most:][:1] if len(taken) >= most)]
        taken.append(turns.take(now))
        assert taken[-1] == max(earliest)
    assert all(later - early >= span for early, later in zip(taken, taken[most:], strict=False))


def test_a_bursts_limit() -> None:
    """All chats together hear no more than thirty messages within any second."""
    turns = Turns(5, 0.2)
    taken = [turns.take(0.0) for _ in range(300)]
    assert max(sum(start <= turn <= start + 1.0 for turn in taken) for start in taken) <= 30


def test_quota_of_a_minute() -> None:
    """Questions count for a minute; who goes on asking hears of it no more than once a minute."""
    quota = Quota(3)
    answers = [quota.asks(1, 1000.0 + number) for number in range(130)]
    assert [number for number, answer in enumerate(answers) if answer] == [3, 63, 123]
    assert [number for number, answer in enumerate(answers) if answer is None] == [0, 1, 2, 60, 61, 62, 120, 121, 122]
    assert [quota.asks(1, 1190.0), quota.asks(2, 1190.0)] == [None, None]


def test_uneven_questions_are_told_once_a_minute() -> None:
    """Who is answered now and then, as one question after another gets a minute old, is not told each time."""
    quota = Quota(3)
    assert [quota.asks(1, second) for second in (1000.0, 1020.0, 1040.0)] == [None] * 3
    assert [quota.asks(1, 1041.0 + tenth / 10) for tenth in range(600)].count(True) == 1


def test_no_quota() -> None:
    """A number of 0 lets everybody ask as much as they like."""
    quota = Quota(0)
    assert {quota.asks(1, 1000.0) for _ in range(1000)} == {None}


async def test_questions_of_a_day_come_at_once(server: BotApi, talking: Running, service: Service) -> None:
    """Questions that were written over a day while the bot was down are all answered, however many they are."""
    person = server.person(1)
    for hour in range(8):
        await person.says(f"one {hour}")
    for hour, update in enumerate(server.updates.pending.values()):
        update["message"]["date"] -= 3600 * (8 - hour)
    async with talking(Echo(service), questions_a_minute=3):
        heard = [(await person.hears()).seen.split("\n")[0] for _ in range(8)]
    assert heard == [f"one {hour}" for hour in range(8)]
