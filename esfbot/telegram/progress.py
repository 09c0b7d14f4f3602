"""How far work on sheets is, in words."""

import time

from esfbot.upkeep.work import Step
from esfbot.wording.load import say

_MINUTE = 60.0  # seconds
_MINUTES_FROM = 90.0  # seconds from which the time left is told in minutes


class Progress:
    """The last step that was told, and how long the others may take."""

    def __init__(self) -> None:
        self._step = Step("reading")
        self._began = 0.0

    def __call__(self, step: Step) -> None:
        """Take note of a step."""
        if (step.what, step.total) != (self._step.what, self._step.total) or not step.done:
            self._began = time.monotonic()
        self._step = step

    def text(self, language: str) -> str:
        """How far it is, for a person."""
        step = self._step
        match step.what:
            case "waiting":
                return say("sheets_waiting", language, who=step.who)
            case "asking":
                return say("sheets_asking", language, done=step.done, total=step.total)
            case "embedding" if step.total:
                told = say("sheets_embedding", language, done=step.done, total=step.total)
                return f"{told} {self._left(language)}".strip()
        return say("sheets_reading", language)

    def _left(self, language: str) -> str:
        """The time left, by how long it took so far; empty where nothing is done yet."""
        step = self._step
        if not step.done or step.done == step.total:
            return ""
        left = (time.monotonic() - self._began) / step.done * (step.total - step.done)
        if left < _MINUTES_FROM:
            return say("seconds_left", language, count=max(1, round(left)))
        return say("minutes_left", language, count=round(left / _MINUTE))
