"""How fast the bot may send (core.telegram.org/bots/faq#broadcasting-to-users)."""

import logging
from collections.abc import Callable, Coroutine
from typing import Any

from aiolimiter import AsyncLimiter
from telegram.ext import AIORateLimiter

_MANY = 1000  # chats whose pace is kept; those that have been quiet are forgotten above it
_Called = Callable[..., Coroutine[Any, Any, Any]]


class Pace(AIORateLimiter):
    """Thirty messages a second, twenty a minute in a group, and one a second in a private chat.

    The first two are the library's; what Telegram refuses all the same is for `esfbot.telegram.post` to try again,
    since the library would have everybody wait for one chat.
    """

    def __init__(self) -> None:
        super().__init__(max_retries=0)
        logging.getLogger("telegram.ext.AIORateLimiter").setLevel(logging.CRITICAL)  # a traceback a refusal
        self._private: dict[int, AsyncLimiter] = {}

    async def process_request(
        self,
        callback: _Called,
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Any:
        """Wait for the chat's turn, then for everybody's; that it writes is no message and is shown at once."""
        if endpoint == "sendChatAction":
            return await callback(*args, **kwargs)
        chat = data.get("chat_id")
        if isinstance(chat, int) and chat > 0 and endpoint.startswith("send"):
            await self._limiter(chat).acquire()
        return await super().process_request(callback, args, kwargs, endpoint, data, rate_limit_args)

    def _limiter(self, chat: int) -> AsyncLimiter:
        if len(self._private) > _MANY:
            self._private = {key: kept for key, kept in self._private.items() if not kept.has_capacity(kept.max_rate)}
        return self._private.setdefault(chat, AsyncLimiter(1, 1))
