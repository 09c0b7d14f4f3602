"""The work on sheets that maintainers send: fetched, read, reported, and published or discarded.

What is to be done stands in the state file (see `esfbot.state.batches`), so that it goes on after a restart. Each batch
has a task, which alone writes to the batch's message; handlers only change the batch's stage and wake its task.
"""

import asyncio
import contextlib
import logging
import secrets
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Coroutine

from telegram import Bot

from esfbot.errors import EsfbotError
from esfbot.render.markup import Line
from esfbot.render.screen import Screen
from esfbot.settings import Settings
from esfbot.state.batches import Batch, Stage
from esfbot.state.state import State
from esfbot.telegram import calls, child, reports
from esfbot.telegram.files import Files
from esfbot.telegram.metrics import Metrics
from esfbot.telegram.outline import outline
from esfbot.telegram.post import Post
from esfbot.telegram.progress import Progress
from esfbot.upkeep.work import Record, Work
from esfbot.wording.load import say

_logger = logging.getLogger(__name__)
_STILL = 1.5  # seconds without another file after which those that have come are read together
# Seconds between two edits that tell how far it is. A group takes twenty messages a minute, edits among them, and
# answers need them.
_EVERY, _EVERY_IN_GROUP = 3.0, 10.0
_KEPT_FOR = 7 * 24 * 3600.0  # seconds after its last file until a batch is discarded
_ALBUMS = 100  # whose files come one after the other; more than are sent within a minute
_FOLDER, _SCRATCH = "sheets", "unpacked"

Step = Callable[[Batch, asyncio.Event], Coroutine[None, None, None]]


class Upkeep:
    """Takes care of batches, one task each; of the work that takes long, one at a time."""

    def __init__(self, settings: Settings, state: State, bot: Bot, post: Post, metrics: Metrics) -> None:
        self._settings = settings
        self._state = state
        self._batches = state.batches
        self._post = post
        self._metrics = metrics
        self._files = Files(bot, settings.state.with_name(f"{settings.state.name}.{_FOLDER}"))
        self._loop: asyncio.AbstractEventLoop | None = None
        self._turn = asyncio.Lock()
        self._changed: dict[str, asyncio.Event] = {}
        self._last: dict[str, str] = {}  # what the message of each batch said last
        self._albums: deque[str] = deque(maxlen=_ALBUMS)
        self._tasks: set[asyncio.Task[None]] = set()
        self._steps: dict[Stage, Step] = {
            Stage.GATHERING: self._gather,
            Stage.PUBLISHING: self._publish,
            Stage.DISCARDED: self._discard,
            Stage.DONE: self._finish,
        }

    async def resume(self) -> None:
        """Go on with what was under way when the program last ended."""
        self._loop = asyncio.get_running_loop()
        tokens = await asyncio.to_thread(self._batches.tokens)
        await asyncio.to_thread(self._files.tidy, tokens)
        for token in tokens:
            self._begin(token)

    def wake(self, token: str) -> None:
        """A batch has changed. May be called from any thread."""
        if self._loop:
            with contextlib.suppress(RuntimeError):  # the program is ending; it goes on after the next start
                self._loop.call_soon_threadsafe(self._begin, token)

    def expire(self) -> None:
        """Discard what nobody has published for a week."""
        for token in self._batches.expire(time.time() - _KEPT_FOR):
            self.wake(token)

    def is_new(self, album: str) -> bool:
        """Whether files that were sent together, by their ``album``, are seen for the first time."""
        if album in self._albums:
            return False
        self._albums.append(album)
        return True

    async def close(self) -> None:
        """Stop; what is under way goes on after the next start."""
        self._loop = None
        while self._tasks:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    # A batch's task

    def _begin(self, token: str) -> None:
        if changed := self._changed.get(token):
            changed.set()
        elif self._loop:
            self._changed[token] = asyncio.Event()
            self._start(self._tend(token, self._changed[token]))

    def _start(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            _logger.error("sheets are left for the next start: %s", outline(error))
            self._metrics.fault("sheets")

    async def _tend(self, token: str, changed: asyncio.Event) -> None:
        """Take a batch from stage to stage until it waits for somebody, or is done."""
        try:
            if batch := await asyncio.to_thread(self._batches.get, token):
                await self._deliver(batch)  # what was to be said when the program last ended
            while batch:
                changed.clear()
                batch = await asyncio.to_thread(self._batches.get, token)
                if batch and (step := self._steps.get(batch.stage)):
                    await step(batch, changed)
                elif not changed.is_set():
                    break
        finally:
            del self._changed[token]

    async def _gather(self, batch: Batch, changed: asyncio.Event) -> None:
        """Fetch the files, read those that come together, and tell what they would change."""
        starting = Screen(say("sheets_receiving", batch.language))
        if not batch.shown:
            await self._say(batch, starting)
            told = await asyncio.to_thread(self._batches.get, batch.token)
            if told and not told.shown:  # nobody is there to be told
                await asyncio.to_thread(self._batches.move, batch.token, tuple(Stage), Stage.DONE)
            return
        await self._hint(batch, say("sheets_receiving", batch.language))
        if not await self._fetched(batch) or not await _still(changed):
            return
        try:
            record = await self._unless(changed, self._work(batch, dry_run=True)) if batch.taken else {}
        except (EsfbotError, child.Died) as error:
            screen = self._broken_off(batch, error)
        else:
            if record is None:
                return
            screen = reports.checked(record, batch)
        await self._say(batch, screen, lambda: self._batches.reported(batch))

    async def _fetched(self, batch: Batch) -> bool:
        """Fetch what is not there yet. Returns whether all is as it was: else the batch is to be looked at anew."""
        same = True
        for file in batch.taken:
            if not file.fetched:
                refused = await self._files.fetch(batch, file)
                await asyncio.to_thread(self._batches.fetched, batch, file, refused)
                same = False
        return same

    async def _publish(self, batch: Batch, _: asyncio.Event) -> None:
        """Go live with the sheets, unless the golden questions are against it."""
        await self._hint(batch, say("sheets_publishing", batch.language))
        after = Stage.KEPT if batch.force else Stage.REPORTED
        try:
            record = await self._work(batch)
        except (EsfbotError, child.Died) as error:
            screen = self._broken_off(batch, error)
        else:
            after = Stage.DONE if record["live"] else Stage.KEPT
            screen = reports.published(record, batch) if record["live"] else reports.kept(record, batch)
        await self._say(batch, screen, lambda: self._batches.move(batch.token, (Stage.PUBLISHING,), after))

    def _broken_off(self, batch: Batch, error: Exception) -> Screen:
        """What is said where nothing could be done; the batch can be published again."""
        if isinstance(error, EsfbotError):
            return reports.failed(batch, str(error))
        number = f"{secrets.randbelow(900_000) + 100_000}"
        _logger.error("failure %s: the process for sheets died (%s)", number, error)
        self._metrics.fault("sheets")
        return reports.failed(batch, say("sheets_died", batch.language, number=number))

    async def _discard(self, batch: Batch, _: asyncio.Event) -> None:
        screen = Screen(say("sheets_discarded", batch.language, count=len(batch.taken)))
        await self._say(batch, screen, lambda: self._batches.move(batch.token, (Stage.DISCARDED,), Stage.DONE))

    async def _finish(self, batch: Batch, _: asyncio.Event) -> None:
        await asyncio.to_thread(self._files.remove, batch)
        await asyncio.to_thread(self._batches.remove, batch.token)
        self._last.pop(batch.token, None)

    # What is said

    async def _say(self, batch: Batch, screen: Screen, moved: Callable[[], bool] = lambda: True) -> None:
        """Show ``screen``, surely and once, with the batch at its next stage; not where that is not to be."""

        def keep() -> bool:
            with self._state.transaction():
                if not moved():
                    return False
                self._state.mail.put_out(batch.mail, [calls.tell(batch, screen).to_json()])
                return True

        if await asyncio.to_thread(keep):
            self._last[batch.token] = screen.text
            await self._deliver(batch)

    async def _deliver(self, batch: Batch) -> None:
        wait = await self._post.deliver(batch.mail)
        while wait:
            await asyncio.sleep(wait)
            wait = await self._post.deliver(batch.mail)

    async def _hint(self, batch: Batch, text: str) -> float:
        """Show what soon gives way to something else. Returns for how long Telegram wants to be left alone."""
        if self._last.get(batch.token) == text:
            return 0.0
        self._last[batch.token] = text
        return await self._post.attempt(calls.tell(batch, Screen(Line(text).markup)))

    # The work that takes long

    async def _work(self, batch: Batch, *, dry_run: bool = False) -> Record:
        """Have the batch worked on in its turn, and tell how far it is. Raises EsfbotError and Died."""
        files = {self._files.path(batch, file): file.name for file in batch.taken}
        asked = Work(self._settings, files, self._files.of(batch) / _SCRATCH, dry_run, batch.force)
        if self._turn.locked():
            await self._hint(batch, say("sheets_queued", batch.language))
        async with self._turn:
            progress = Progress()
            async with self._telling(batch, progress):
                return await child.work(asked, progress)

    async def _unless(self, changed: asyncio.Event, work: Coroutine[None, None, Record]) -> Record | None:
        """What ``work`` returns; None where something has changed before, and it is broken off."""
        working, watching = asyncio.create_task(work), asyncio.create_task(changed.wait())
        try:
            await asyncio.wait((working, watching), return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (working, watching):
                task.cancel()
            await asyncio.gather(working, watching, return_exceptions=True)
        return None if working.cancelled() else working.result()

    @contextlib.asynccontextmanager
    async def _telling(self, batch: Batch, progress: Progress) -> AsyncIterator[None]:
        """Tell how far it is for as long as ``with`` lasts; nothing of that is still on its way after it."""
        ended = asyncio.Event()
        telling = self._start(self._tell(batch, progress, ended))
        try:
            yield
        finally:
            ended.set()
            await asyncio.wait((telling,))

    async def _tell(self, batch: Batch, progress: Progress, ended: asyncio.Event) -> None:
        wait, every = 0.0, _EVERY if batch.seat.chat > 0 else _EVERY_IN_GROUP
        while not await _happens(ended, max(wait, every)):
            wait = await self._hint(batch, progress.text(batch.language))


async def _still(changed: asyncio.Event) -> bool:
    """Whether nothing changes for a moment."""
    return not await _happens(changed, _STILL)


async def _happens(event: asyncio.Event, seconds: float) -> bool:
    """Wait until something happens, at most so long; returns whether it did."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
    return event.is_set()
