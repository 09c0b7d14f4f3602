"""The token stays out of the log, however it gets into a record."""

import io
import logging
from collections.abc import Iterator

import pytest

from esfbot.telegram.masking import TokenMask, guarded_log

TOKEN = "123:secret-part"


@pytest.fixture
def log() -> Iterator[tuple[logging.Logger, io.StringIO]]:
    """A logger whose handler masks the token, and what it writes."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.addFilter(TokenMask(TOKEN))
    logger = logging.getLogger(__name__)
    logger.setLevel(logging.DEBUG)
    logger.propagate = False
    logger.addHandler(handler)
    yield logger, written
    logger.removeHandler(handler)


class Address:
    """Something whose text holds the token, as the addresses of httpx do."""

    def __str__(self) -> str:
        return f"https://telegram.example/bot{TOKEN}/getMe"


@pytest.mark.parametrize(
    ("message", "arguments", "written"),
    [
        (f"with {TOKEN} in it", (), "with 123:*** in it\n"),
        ("only the secret-part", (), "only the ***\n"),
        ("POST %s: %d", (Address(), 200), "POST https://telegram.example/bot123:***/getMe: 200\n"),
        ("%(who)s", ({"who": TOKEN},), "123:***\n"),
        ("nothing of %s", ("the kind",), "nothing of the kind\n"),
        ("one place %s", (TOKEN, "two arguments"), "one place %s ('123:***', 'two arguments')\n"),
    ],
)
def test_message_and_arguments(
    log: tuple[logging.Logger, io.StringIO], message: str, arguments: tuple[object, ...], written: str
) -> None:
    """Messages are masked after their arguments were put in, also where those don't fit; others stay as they are."""
    logger, stream = log
    logger.info(message, *arguments)
    assert stream.getvalue() == written


def test_exception_and_stack(log: tuple[logging.Logger, io.StringIO]) -> None:
    """Tracebacks keep their lines and lose the token, those of causes included."""
    logger, stream = log
    try:
        try:
            raise ConnectionError(f"no way to {Address()}")
        except ConnectionError as error:
            raise RuntimeError("gave up") from error
    except RuntimeError:
        logger.exception("failed", stack_info=True)
    text = stream.getvalue()
    assert "ConnectionError: no way to https://telegram.example/bot123:***/getMe" in text
    assert "RuntimeError: gave up" in text
    assert "secret-part" not in text


def test_guarded_log_covers_all_loggers_and_then_lets_go(caplog: pytest.LogCaptureFixture) -> None:
    """While guarded, records of any logger are masked and httpx only warns; the handlers are left as they were."""
    caplog.set_level(logging.INFO)
    before = [list(handler.filters) for handler in logging.getLogger().handlers]
    with guarded_log(TOKEN):
        logging.getLogger("some.library").info("at %s", Address())
        logging.getLogger("httpx").info("HTTP Request: POST %s", Address())
    assert caplog.messages == ["at https://telegram.example/bot123:***/getMe"]
    assert [list(handler.filters) for handler in logging.getLogger().handlers] == before
