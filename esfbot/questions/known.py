"""What reading a question asks of the store: the names and the words that the sheets hold."""

from collections.abc import Iterable, Sequence
from typing import Protocol


class StoredName(Protocol):
    """A name as the store keeps it."""

    @property
    def project(self) -> str:
        """The id of the project that has the name."""

    @property
    def field(self) -> str:
        """What it is a name of: a row of `esfbot.fields`."""

    @property
    def text(self) -> str:
        """The name as the sheet has it."""

    @property
    def words(self) -> tuple[str, ...]:
        """Its words, folded, in order."""


class Names(Protocol):
    """What reading a question asks of the store: which names and words the sheets hold."""

    def name_total(self) -> int:
        """How many names there are."""

    def name_counts(self, words: Iterable[str]) -> dict[str, int]:
        """In how many names each folded word occurs."""

    def names_with(self, words: Iterable[str]) -> Sequence[StoredName]:
        """The names in which any of the folded words occurs."""

    def names_written(self, folded: Iterable[str]) -> Sequence[StoredName]:
        """The names whose folded words, joined, are one of these."""

    def words_like(self, word: str, limit: int = ...) -> list[str]:
        """Words of names that a misspelt word may mean."""

    def spread(self, found_stems: Iterable[str]) -> dict[str, int]:
        """In how many passages of the narrative each stem occurs."""

    def projects_saying(self, found_stem: str, limit: int = ...) -> list[str]:
        """Projects in whose narrative a stem occurs."""

    def with_key(self, field: str, key: str) -> list[str]:
        """Projects that have the e-mail address or telephone number ``key``."""

    def values(self, field: str) -> list[str]:
        """The different values of a field that has few, folded."""
