"""What people, the log and the maintainers get when something goes wrong."""

import logging
import re

import pytest

from esfbot.model.answer import Answer, Kind
from esfbot.service import Service
from tests.telegram.api.server import TOKEN, BotApi
from tests.telegram.conftest import Running
from tests.telegram.echo import Echo, Fixed


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("sv", "Något gick fel .* nummer (\\d+) .*"), ("en", "Something went wrong .* number (\\d+) .*")],
)
async def test_failure_is_told_in_one_sentence(
    server: BotApi, running: Running, service: Service, caplog: pytest.LogCaptureFixture, language: str, sentence: str
) -> None:
    """A failing service gives the person one sentence with a number that the log has too, and the log keeps secrets."""
    caplog.set_level(logging.INFO)
    person = server.person(1, language)
    async with running(Fixed(service, answer=RuntimeError(f"no answer to 'vem är Eva' with {TOKEN}"))):
        await person.says("vem är Eva")
        said = re.fullmatch(sentence, (await person.hears()).text)
    assert said
    assert f"failure {said[1]}: RuntimeError at echo.py:" in caplog.text
    assert [
        secret for secret in ("Eva", TOKEN, "loopback-secret", "Traceback", "HTTP Request") if secret in caplog.text
    ] == []


async def test_answer_without_content_is_a_failure(server: BotApi, running: Running, service: Service) -> None:
    """A person is never left without a reply: an answer with nothing to show is told as a failure."""
    person = server.person(1)
    async with running(Fixed(service, answer=Answer("", "sv", Kind.TALK, ()))):
        await person.says("hello")
        assert "Something went wrong" in (await person.hears()).text


async def test_blocked_bot_goes_on(
    server: BotApi, running: Running, service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    """A person who blocked the bot costs a line in the log, and others are still answered."""
    anna, bo = server.person(1), server.person(2)
    anna.blocked = True
    async with running(Echo(service)):
        await anna.says("hello")
        await bo.says("hello")
        await bo.hears()
    assert "send_message was refused (Forbidden)" in caplog.text


async def test_maintainers_get_a_line(server: BotApi, running: Running, service: Service) -> None:
    """The maintainers' chat is told the number and where it failed, and no word of the question."""
    person, maintainer = server.person(1), server.person(99)
    await maintainer.says("/start")
    async with running(Fixed(service, answer=RuntimeError("vem är Eva")), maintainers=(99,)):
        await maintainer.hears()
        await person.says("vem är Eva")
        number = re.search(r"number (\d+)", (await person.hears()).seen)
        told = (await maintainer.hears()).seen
    assert number
    assert (f"failure {number[1]}: RuntimeError at echo.py" in told, "Eva" in told) == (True, False)
