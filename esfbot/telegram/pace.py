"""How fast the bot may send (core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this)."""

import asyncio
import time
from collections import deque

# How many, in how many seconds.
_ALL = 6, 0.21  # twenty-eight a second, and no more than thirty in any second though a burst takes a while on its way
_GROUP = 20, 60.5
_PRIVATE = 1, 1.0
_MANY = 1000  # chats whose pace is kept; those that have been quiet are forgotten above it


class Turns:
    """At most ``most`` turns within any ``span`` seconds, each as early as there is room for it."""

    def __init__(self, most: int, span: float) -> None:
        self._span = span
        self._taken: deque[float] = deque(maxlen=most)

    def take(self, now: float) -> float:
        """Take a turn, and return its time: not before ``now``, nor before a turn that was taken earlier."""
        taken = self._taken
        turn = max(now, taken[-1]) if taken else now
        if len(taken) == taken.maxlen:
            turn = max(turn, taken[0] + self._span)
        taken.append(turn)
        return turn

    def are_over(self, now: float) -> bool:
        """Whether a turn taken at ``now`` would not depend on those before."""
        return not self._taken or self._taken[-1] + self._span <= now


class Pace:
    """Thirty messages a second, twenty a minute in a group, and one a second in a private chat.

    Edits in a private chat do not count there, so that leafing through a list is quick. What Telegram refuses all the
    same is for `esfbot.telegram.post` to try again.
    """

    def __init__(self) -> None:
        self._all = Turns(*_ALL)
        self._chats: dict[int, Turns] = {}

    async def turn(self, chat: int, *, edits: bool = False) -> None:
        """Wait for the chat's turn, then for everybody's."""
        if chat < 0 or not edits:
            await _until(self._of(chat).take(time.monotonic()))
        await _until(self._all.take(time.monotonic()))

    def _of(self, chat: int) -> Turns:
        if len(self._chats) > _MANY:
            now = time.monotonic()
            self._chats = {key: turns for key, turns in self._chats.items() if not turns.are_over(now)}
        return self._chats.setdefault(chat, Turns(*_PRIVATE) if chat > 0 else Turns(*_GROUP))


async def _until(turn: float) -> None:
    if (wait := turn - time.monotonic()) > 0:
        await asyncio.sleep(wait)
