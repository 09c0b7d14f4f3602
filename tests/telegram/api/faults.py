"""Trouble on demand: requests that are refused, lost or slow."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from tests.telegram.api.refusals import RefusedRequest


class LostConnection(Exception):
    """The connection is to be closed without an answer."""


@dataclass(frozen=True, slots=True)
class _Drop:
    after: bool


@dataclass(frozen=True, slots=True)
class _Hang:
    seconds: float
    after: bool


@dataclass(slots=True)
class Faults:
    """What is to go wrong, by method: with each of its next requests one thing, in the order asked for."""

    _next: dict[str, deque[RefusedRequest | _Drop | _Hang]] = field(default_factory=dict)
    _delays: dict[str, float] = field(default_factory=dict)

    def fails(self, method: str, code: int, description: str, **parameters: int) -> None:
        """Refuse the next request of ``method``, or one more of the next; ``retry_after`` is one of ``parameters``."""
        self._add(method, RefusedRequest(code, description, **parameters))

    def drops(self, method: str, after: bool = False) -> None:
        """Close the connection without an answer to the next request, before it takes effect, or ``after``."""
        self._add(method, _Drop(after))

    def hangs(self, method: str, seconds: float, after: bool = False) -> None:
        """Answer the next request only after so long, spent before it takes effect, or ``after``."""
        self._add(method, _Hang(seconds, after))

    def slow(self, method: str, seconds: float) -> None:
        """Delay all requests of ``method`` from now on."""
        self._delays[method] = seconds

    async def befall(self, method: str, effect: Callable[[], Awaitable[object]]) -> object:
        """Return the result of ``effect``, unless something is to go wrong."""
        if delay := self._delays.get(method):
            await asyncio.sleep(delay)
        queue = self._next.get(method)
        fault = queue.popleft() if queue else None
        if isinstance(fault, RefusedRequest):
            raise fault
        if isinstance(fault, _Drop):
            if fault.after:
                await effect()
            raise LostConnection
        if isinstance(fault, _Hang):
            if not fault.after:
                await asyncio.sleep(fault.seconds)
                return await effect()
            result = await effect()
            await asyncio.sleep(fault.seconds)
            return result
        return await effect()

    def _add(self, method: str, fault: RefusedRequest | _Drop | _Hang) -> None:
        self._next.setdefault(method, deque()).append(fault)
