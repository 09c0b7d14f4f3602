"""How many messages Telegram takes in a time."""

import math
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Limits:
    """Telegram's limits as its FAQ for bots tells them; None takes one away.

    A private chat takes ``burst`` messages at once and one more after each second. With ``edits``, an edit counts as a
    message does. ``clock`` gives seconds.
    """

    per_second: int | None = 30
    burst: int | None = 3
    group_per_minute: int | None = 20
    edits: bool = True
    clock: Callable[[], float] = time.monotonic
    _all: deque[float] = field(default_factory=deque)
    _groups: dict[int, deque[float]] = field(default_factory=dict)
    _free_at: dict[int, float] = field(default_factory=dict)

    def spend(self, chat_id: int) -> int:
        """Count a message to a chat and return 0, or the seconds to wait first: then it is not counted."""
        now = self.clock()
        wait = _wait(self._all, self.per_second, 1.0, now)
        if chat_id < 0:
            recent = self._groups.setdefault(chat_id, deque())
            wait = max(wait, _wait(recent, self.group_per_minute, 60.0, now))
        else:
            recent = None
            free_at = max(self._free_at.get(chat_id, now), now)
            if self.burst is not None:
                wait = max(wait, free_at - now - (self.burst - 1))
        if wait > 0:
            return math.ceil(wait)
        self._all.append(now)
        if recent is None:
            self._free_at[chat_id] = free_at + 1.0
        else:
            recent.append(now)
        return 0


def _wait(recent: deque[float], most: int | None, span: float, now: float) -> float:
    """Seconds until there were fewer than ``most`` times within the last ``span`` seconds."""
    if most is None:
        recent.clear()
        return 0.0
    while recent and recent[0] <= now - span:
        recent.popleft()
    return recent[len(recent) - most] + span - now if len(recent) >= most else 0.0
