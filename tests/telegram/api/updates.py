"""Updates on their way to the bot, and how it asks for them."""

import asyncio
import contextlib
import itertools
from collections.abc import Callable, Iterable

from tests.telegram.api.refusals import Json, RefusedRequest

PATIENCE = 5.0  # seconds that a test waits before it fails
_LONGEST_POLL = 50
_FAR = 10  # an offset further ahead than this confirms nothing
_FIRST = 500_000_000
_KINDS = frozenset(
    "message edited_message channel_post edited_channel_post inline_query chosen_inline_result callback_query "
    "shipping_query pre_checkout_query poll poll_answer my_chat_member chat_join_request chat_boost removed_chat_boost "
    "business_connection business_message edited_business_message deleted_business_messages purchased_paid_media "
    "managed_bot guest_message".split()
)
_ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_TAKEN_OVER = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
_BY_WEBHOOK = "Conflict: terminated by setWebhook request"


class Updates:
    """What the bot has not confirmed yet, in order, by update_id.

    ``allowed`` holds the kinds of updates that it wants: others are dropped as they come, as Telegram drops them.
    ``rows`` names for each the row that it stands in, and ``listener`` is called with each that comes.
    """

    def __init__(self) -> None:
        self.pending: dict[int, Json] = {}
        self.allowed = _KINDS
        self.rows: dict[int, str] = {}
        self.listener: Callable[[int], None] | None = None
        self._numbers = itertools.count(_FIRST)
        self._last = _FIRST - 1
        self._poll: asyncio.Future[str] | None = None
        self._polls = asyncio.Condition()
        self._emptied = asyncio.Event()
        self._polled = 0

    def add(self, kind: str, content: Json, row: str) -> None:
        """Put an update before the bot; those of one ``row`` reach its webhook one after the other."""
        if kind not in self.allowed:
            return
        self._last = next(self._numbers)
        self.pending[self._last] = {"update_id": self._last, kind: content}
        self.rows[self._last] = row
        if self.listener:
            self.listener(self._last)
        self._end_poll("")

    def allow(self, kinds: Iterable[str] | None) -> None:
        """Take ``allowed_updates`` of a request: without it nothing changes, an empty list asks for the usual kinds."""
        if kinds is not None:
            self.allowed = frozenset(kinds) & (_KINDS | _ON_REQUEST) or _KINDS

    async def polls(self, times: int = 1) -> None:
        """Wait until the bot has asked for updates ``times`` times more than when this is called."""
        goal = self._polled + times
        async with asyncio.timeout(PATIENCE), self._polls:
            await self._polls.wait_for(lambda: self._polled >= goal)

    async def poll(self, offset: int, limit: int, timeout: int) -> list[Json]:
        """Answer getUpdates. Who waits is refused with a conflict when somebody else begins to wait."""
        async with self._polls:
            self._polled += 1
            self._polls.notify_all()
        limit, timeout = min(max(limit, 1), 100), min(max(timeout, 0), _LONGEST_POLL)
        self._confirm(offset)
        if not self.pending and timeout:
            self._end_poll(_TAKEN_OVER)
            self._poll = asyncio.get_running_loop().create_future()
            with contextlib.suppress(TimeoutError):
                conflict = await asyncio.wait_for(self._poll, timeout)
                if conflict:
                    raise RefusedRequest(409, conflict)
        return list(itertools.islice(self.pending.values(), limit))

    async def confirmed(self) -> None:
        """Wait until nothing is pending."""
        async with asyncio.timeout(PATIENCE):
            while self.pending:
                self._emptied.clear()
                await self._emptied.wait()

    def forget(self, numbers: Iterable[int]) -> None:
        """Take updates as confirmed."""
        for number in numbers:
            if self.pending.pop(number, None):
                del self.rows[number]
        if not self.pending:
            self._emptied.set()

    def refuse_poll(self) -> None:
        """End the request that waits, because a webhook is set."""
        self._end_poll(_BY_WEBHOOK)

    def _confirm(self, offset: int) -> None:
        """Forget updates before ``offset``; a negative one keeps as many of the last and forgets the others."""
        if offset < 0:
            self.forget(list(self.pending)[:offset])
        elif offset <= self._last + _FAR:
            self.forget(list(itertools.takewhile(lambda number: number < offset, self.pending)))

    def _end_poll(self, conflict: str) -> None:
        if self._poll and not self._poll.done():
            self._poll.set_result(conflict)
