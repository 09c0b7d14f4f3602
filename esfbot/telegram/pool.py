"""Threads that work answers out, beside the event loop."""

import asyncio
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

T = TypeVar("T")


class Pool:
    """So many threads. They are daemons, unlike those of `concurrent.futures`: an answer that takes too long does not
    keep the program from ending."""

    def __init__(self, threads: int) -> None:
        self._work: queue.SimpleQueue[tuple[Future[Any], Callable[[], Any]] | None] = queue.SimpleQueue()
        self._threads = threads
        for number in range(threads):
            threading.Thread(target=self._serve, name=f"answer-{number}", daemon=True).start()

    async def run(self, work: Callable[[], T]) -> T:
        """Have ``work`` done by the next thread that is free, and return what it returns."""
        future: Future[T] = Future()
        self._work.put((future, work))
        return await asyncio.wrap_future(future)

    def close(self) -> None:
        """Let the threads end once they have done what they are at; nobody waits for that."""
        for _ in range(self._threads):
            self._work.put(None)

    def _serve(self) -> None:
        while item := self._work.get():
            future, work = item
            if not future.set_running_or_notify_cancel():
                continue  # nobody waits for it any more
            try:
                result = work()
            except BaseException as error:  # noqa: BLE001 - it is raised where the result is waited for
                future.set_exception(error)
            else:
                future.set_result(result)
