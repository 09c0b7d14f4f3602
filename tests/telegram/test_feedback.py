"""What people say of answers, and questions that got none: what is kept of it, and what is not."""

import datetime
import json
import sqlite3
from pathlib import Path

import pytest

from esfbot.service import Service
from esfbot.settings import Settings
from esfbot.state.state import State
from esfbot.state.verdicts import Unanswered, Verdict
from tests.telegram.api.server import BotApi
from tests.telegram.conftest import Running
from tests.telegram.looking import button, labels, turned

TODAY = datetime.datetime.now(datetime.UTC).date()
QUESTION = "Vem är kontaktperson för Vinnande Arena?"


def verdicts(settings: Settings) -> list[Verdict]:
    """What is kept of what people said, the newest first."""
    state = State(settings.state)
    try:
        return state.verdicts.all()
    finally:
        state.close()


def unanswered(settings: Settings) -> list[Unanswered]:
    """The questions without an answer that are kept, the newest first."""
    state = State(settings.state)
    try:
        return state.verdicts.unanswered()
    finally:
        state.close()


def project(service: Service, title: str) -> str:
    """The id of the project of that title."""
    return next(id_ for id_, its in service.store.titles(service.store.find()).items() if its == title)


async def test_right(server: BotApi, talking: Running, service: Service, settings: Settings) -> None:
    """A press says that an answer was right: what is kept is the question, how it was read, the projects shown, the
    verdict and the day; the other buttons stay."""
    person = server.person(1, "sv")
    async with talking(service):
        await person.says(QUESTION)
        heard = await person.hears()
        assert labels(heard)[-1] == ["👍 Rätt", "👎 Fel"]
        answer = await person.presses(button(heard, "👍 Rätt"), heard)
        after = await server.edited(heard)
    assert (answer.text, answer.show_alert) == ("Tack! Det hjälper oss att bli bättre.", False)
    assert labels(after) == labels(heard)[:-1]
    (kept,) = verdicts(settings)
    assert abs(datetime.date.fromisoformat(kept.date) - TODAY) <= datetime.timedelta(days=1)
    assert (kept.question, kept.projects, kept.verdict, kept.reason) == (
        QUESTION,
        (project(service, "Vinnande Arena"),),
        "right",
        "",
    )
    assert json.loads(kept.query)["fields"] == ["contact"]


@pytest.mark.parametrize(
    ("label", "reason"),
    [
        ("Fel projekt", "project"),
        ("Fel uppgift", "fact"),
        ("Kontakten stämmer inte längre", "contact"),
        ("Svaret saknas", "missing"),
    ],
)
async def test_wrong_and_why(
    server: BotApi, talking: Running, service: Service, settings: Settings, label: str, reason: str
) -> None:
    """Who says that an answer was wrong is asked why, by buttons, and can leave it at that."""
    person = server.person(1, "sv")
    async with talking(service):
        await person.says(QUESTION)
        heard = await person.hears()
        answer = await person.presses(button(heard, "👎 Fel"), heard)
        asked = await server.edited(heard)
        assert answer.text == "Tack. Vad var fel?"
        assert labels(asked) == [
            *labels(heard)[:-1],
            ["Fel projekt", "Fel uppgift"],
            ["Kontakten stämmer inte längre", "Svaret saknas"],
        ]
        (before,) = verdicts(settings)
        after = await turned(server, person, label, asked)
    (kept,) = verdicts(settings)
    assert [(one.verdict, one.reason) for one in (before, kept)] == [("wrong", ""), ("wrong", reason)]
    assert labels(after) == labels(heard)[:-1]


async def test_nothing_tells_who_it_was(server: BotApi, talking: Running, service: Service, settings: Settings) -> None:
    """What is kept of a verdict and of a question without an answer has no column for a person, and no name in it."""
    person = server.person(4_700_001, "sv", username="anna_the_tester")
    async with talking(service):
        await person.says(QUESTION)
        heard = await person.hears()
        await turned(server, person, "👍 Rätt", heard)
        await person.says("Kontakt i Kiruna?")
        await person.hears()
        await server.confirmed()
    connection = sqlite3.connect(settings.state)
    rows = {table: connection.execute(f"SELECT * FROM {table}") for table in ("feedback", "unanswered")}  # noqa: S608
    columns = {table: [column[0] for column in cursor.description] for table, cursor in rows.items()}
    said = str([cursor.fetchall() for cursor in rows.values()])
    connection.close()
    assert columns == {
        "feedback": ["id", "date", "question", "query", "projects", "verdict", "reason"],
        "unanswered": ["id", "date", "question"],
    }
    assert QUESTION in said
    assert not any(who in said for who in ("4700001", "anna_the_tester", "Person 47"))


async def test_nothing_is_kept_without_a_press(
    server: BotApi, talking: Running, service: Service, settings: Settings
) -> None:
    """Answers that nobody judges leave no verdict, and answered questions are not among those without an answer."""
    person = server.person(1, "sv")
    async with talking(service):
        for question in (QUESTION, "/lista", "/kontakt", "hej", "/statistik"):
            await person.says(question)
            await person.hears()
    assert (verdicts(settings), unanswered(settings)) == ([], [])


@pytest.mark.parametrize("question", ["hej", "/start", "/hjalp", "/om", "/kontakt", "kontakt"])
async def test_talk_is_not_judged(server: BotApi, talking: Running, service: Service, question: str) -> None:
    """There is nothing to judge under what is no answer: a greeting, help, or a question back."""
    person = server.person(1, "sv")
    async with talking(service):
        await person.says(question)
        heard = await person.hears()
    assert "👍 Rätt" not in [label for row in labels(heard) for label in row]


async def test_a_refusal_is_judged(server: BotApi, talking: Running, service: Service) -> None:
    """That the sheets lack something is an answer, which may be wrong."""
    person = server.person(1, "en")
    async with talking(service):
        await person.says("Who is the contact in Kiruna?")
        assert labels(await person.hears())[-1] == ["👍 Right", "👎 Wrong"]


async def test_an_example_is_judged(server: BotApi, talking: Running, service: Service, settings: Settings) -> None:
    """An answer to a question that a button asked is judged as one that was written, each by itself."""
    person = server.person(1, "sv")
    async with talking(service):
        await person.says("/start")
        greeting = await person.hears()
        first, second, _ = [row[0] for row in labels(greeting)]
        await person.presses(button(greeting, first), greeting)
        one = await person.hears()
        await person.presses(button(greeting, second), greeting)
        other = await person.hears()
        await turned(server, person, "👍 Rätt", one)
        await turned(server, person, "👎 Fel", other)
    assert [(kept.question, kept.verdict) for kept in verdicts(settings)] == [(second, "wrong"), (first, "right")]


async def test_a_choice_is_judged(server: BotApi, talking: Running, sixty: Service, settings: Settings) -> None:
    """The answer after "which one?" is judged with the question that was asked in the first place."""
    person = server.person(1, "sv")
    async with talking(sixty):
        await person.says("kontakt för broar")
        asked = await person.hears()
        await person.presses(button(asked, "2"), asked)
        await turned(server, person, "👍 Rätt", await person.hears())
    (kept,) = verdicts(settings)
    assert (kept.question, kept.projects) == ("kontakt för broar", (project(sixty, "Klara broar"),))


async def test_an_edited_question_is_judged(
    server: BotApi, talking: Running, service: Service, settings: Settings
) -> None:
    """A verdict is about the question as it was edited; one on what it was before stays as it is."""
    person = server.person(1, "sv")
    async with talking(service):
        asked = await person.says("Vem äger Göra skillnad?")
        heard = await turned(server, person, "👍 Rätt", await person.hears())
        await person.edits(asked, QUESTION)
        edited = await server.edited(heard)
        await turned(server, person, "👎 Fel", edited)
    assert [(kept.question, kept.verdict) for kept in verdicts(settings)] == [
        (QUESTION, "wrong"),
        ("Vem äger Göra skillnad?", "right"),
    ]


async def test_another_press_changes_the_verdict(
    server: BotApi, talking: Running, service: Service, settings: Settings
) -> None:
    """Who thinks better of it, by the buttons as they were, changes the verdict and adds none."""
    person = server.person(1, "sv")
    async with talking(service):
        await person.says(QUESTION)
        heard = await person.hears()
        await person.presses(button(heard, "👎 Fel"), heard)
        await person.presses(button(heard, "👍 Rätt"), heard)
    assert [kept.verdict for kept in verdicts(settings)] == ["right"]


async def test_too_late(server: BotApi, talking: Running, service: Service, settings: Settings) -> None:
    """An answer whose question is no longer kept can't be judged, and that is said."""
    person = server.person(1, "sv")
    async with talking(service):
        await person.says(QUESTION)
        heard = await person.hears()
    connection = sqlite3.connect(settings.state)
    with connection:
        connection.execute("UPDATE exchanges SET at = at - ?", [3 * 24 * 3600])
    connection.close()
    async with talking(service):
        answer = await person.presses(button(heard, "👍 Rätt"), heard)
    assert answer.text == "Det svaret är för gammalt för att bedöma. Ställ gärna frågan igen."
    assert verdicts(settings) == []


async def test_questions_without_an_answer(
    server: BotApi, talking: Running, service: Service, settings: Settings
) -> None:
    """Of a question that got no answer its text is kept with the day, and nothing else."""
    person = server.person(1, "sv")
    async with talking(service):
        for question in ("Kontakt i Kiruna?", "Vad är budgeten för Gröna Broar?", QUESTION):
            await person.says(question)
            await person.hears()
    assert [(one.question, len(one.date)) for one in unanswered(settings)] == [
        ("Vad är budgeten för Gröna Broar?", 10),
        ("Kontakt i Kiruna?", 10),
    ]


@pytest.mark.parametrize(("days", "left"), [(90, ["new"]), (10, []), (0, [])])
async def test_how_long_they_are_kept(
    server: BotApi, talking: Running, service: Service, settings: Settings, days: int, left: list[str]
) -> None:
    """Questions without an answer go after ninety days or as many as are set; with 0 none is kept at all."""
    state = State(settings.state)
    for question, age in (("new", 60), ("old", 91)):
        state.verdicts.add_unanswered(question)
        connection = sqlite3.connect(settings.state)
        with connection:
            date = (TODAY - datetime.timedelta(days=age)).isoformat()
            connection.execute("UPDATE unanswered SET date = ? WHERE question = ?", [date, question])
        connection.close()
    state.close()
    person = server.person(1, "sv")
    async with talking(service, keep_unanswered=days):
        await person.says("Kontakt i Kiruna?")
        await person.hears()
    asked = ["Kontakt i Kiruna?"] if days else []
    assert [one.question for one in unanswered(settings)] == [*asked, *left]


async def test_status_counts_them(server: BotApi, talking: Running, service: Service) -> None:
    """The maintainers see how many answers were judged right and wrong, and how many questions got none."""
    person = server.person(1, "sv")
    async with talking(service, maintainers=(1,)):
        for question, label in ((QUESTION, "👍 Rätt"), ("Kontakt i Kiruna?", "👎 Fel")):
            await person.says(question)
            await turned(server, person, label, await person.hears())
        await person.says("/status")
        heard = await person.hears()
    assert "Omdömen: 1 rätt, 1 fel. Frågor utan svar: 1." in heard.seen.split("\n")


async def test_in_a_group_anybody_can_judge(
    server: BotApi, talking: Running, service: Service, settings: Settings
) -> None:
    """In a group who reads an answer can say that it is wrong, not only who asked."""
    group, anna, bo = server.group(-1), server.person(1, "sv"), server.person(2, "sv")
    async with talking(service):
        await anna.says(f"@esf_test_bot {QUESTION}", group=group)
        heard = await group.hears()
        asked = await turned(server, bo, "👎 Fel", heard)
        await turned(server, bo, "Fel projekt", asked)
    assert [(kept.question, kept.verdict, kept.reason) for kept in verdicts(settings)] == [
        (QUESTION, "wrong", "project")
    ]


def test_the_file_is_for_its_owner(settings: Settings) -> None:
    """Nobody else on the machine can read what is kept."""
    State(settings.state).close()
    assert Path(settings.state).stat().st_mode & 0o077 == 0
