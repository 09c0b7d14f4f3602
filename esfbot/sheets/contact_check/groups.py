"""Things put into groups, two at a time."""

from collections.abc import Hashable
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)


class Groups(Generic[T]):
    """Which things belong together (a disjoint-set forest); one that was never joined is a group of its own."""

    def __init__(self) -> None:
        self._above: dict[T, T] = {}

    def join(self, one: T, other: T) -> None:
        """Make one group of those that two things are in."""
        first, second = self.of(one), self.of(other)
        if first != second:
            self._above[first] = second

    def of(self, thing: T) -> T:
        """The thing that stands for the group of ``thing``: the same for all in it until the next are joined."""
        top = thing
        while top in self._above:
            top = self._above[top]
        while thing != top:
            self._above[thing], thing = top, self._above[thing]
        return top
