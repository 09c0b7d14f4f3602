"""How many questions one person may ask."""

from collections import deque

_WINDOW = 60.0  # seconds
_MANY = 10_000  # people whose questions are counted; those who have been quiet are forgotten above it


class Quota:
    """Counts questions by person over a minute; ``most`` of 0 counts nothing."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._asked: dict[int, deque[float]] = {}
        self._told: dict[int, float] = {}

    def asks(self, user: int, now: float) -> bool | None:
        """None where one more question at ``now`` (in seconds) is all right, else whether the person is to be told:
        they are, once a minute."""
        if not self._most:
            return None
        if len(self._asked) > _MANY:
            self._asked = {key: times for key, times in self._asked.items() if times[-1] > now - _WINDOW}
            self._told = {key: told for key, told in self._told.items() if told > now - _WINDOW}
        times = self._asked.setdefault(user, deque())
        while times and times[0] <= now - _WINDOW:
            times.popleft()
        if len(times) < self._most:
            times.append(now)
            return None
        if self._told.get(user, -_WINDOW) > now - _WINDOW:
            return False
        self._told[user] = now
        return True
