"""Keeps the bot's token out of the log: the address of every request to Telegram holds it."""

import contextlib
import logging
from collections.abc import Iterator

MASK = "***"


def mask(text: str, token: str) -> str:
    """Return ``text`` without the secret part of ``token``, which is what follows its colon, if it has one."""
    secret = token.rpartition(":")[2]
    return text.replace(secret, MASK) if secret else text


class TokenMask(logging.Filter):
    """Masks the token in a record's message, its arguments, its exception and its stack; lets every record through.

    It belongs on handlers: a logger's filters don't see the records of the loggers below it.
    """

    def __init__(self, token: str) -> None:
        super().__init__()
        self._token = token
        self._formatter = logging.Formatter()

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite ``record`` if it holds the token."""
        message = _message(record)
        if (masked := mask(message, self._token)) != message:
            record.msg, record.args = masked, ()
        if record.exc_info:
            text = record.exc_text or self._formatter.formatException(record.exc_info)
            if (masked := mask(text, self._token)) != text:
                # Handlers that format exceptions themselves start from exc_info, so it must go.
                record.exc_text, record.exc_info = masked, None
        if record.stack_info:
            record.stack_info = mask(record.stack_info, self._token)
        return True


@contextlib.contextmanager
def guarded_log(token: str) -> Iterator[None]:
    """Mask ``token`` in what the root logger's present handlers write; httpx, which logs addresses, only warns."""
    logging.getLogger("httpx").setLevel(logging.WARNING)
    handlers = [*logging.getLogger().handlers, *([logging.lastResort] if logging.lastResort else [])]
    token_mask = TokenMask(token)
    for handler in handlers:
        handler.addFilter(token_mask)
    try:
        yield
    finally:
        for handler in handlers:
            handler.removeFilter(token_mask)


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (TypeError, ValueError, KeyError):  # arguments that don't fit; the handler reports that with all of them
        return f"{record.msg} {record.args}"
