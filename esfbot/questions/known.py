"""What reading a question asks of the store: the names and the words that the sheets hold."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol


class Posting(Protocol):
    """The names of one field in which a term occurs."""

    @property
    def field(self) -> str:
        """What they are names of: a row of `esfbot.fields`."""

    @property
    def names(self) -> int:
        """How many there are."""

    @property
    def best(self) -> tuple[int, ...]:
        """The ids of the best of them, the shortest first; of few names, and of people's, all."""


class StoredName(Protocol):
    """A name as the store keeps it."""

    @property
    def field(self) -> str:
        """What it is a name of: a row of `esfbot.fields`."""

    @property
    def text(self) -> str:
        """The name as the sheet has it."""

    @property
    def words(self) -> tuple[str, ...]:
        """Its words, folded, in order."""

    @property
    def weights(self) -> tuple[float, ...]:
        """How much each word says of which name is meant: more the rarer it is among names."""

    @property
    def projects(self) -> tuple[str, ...]:
        """The ids of the projects that have the name."""


class Names(Protocol):
    """What reading a question asks of the store: which names and words the sheets hold."""

    def postings(self, terms: Iterable[str]) -> Mapping[str, Sequence[Posting]]:
        """In which names each folded word, or pair of words (see `esfbot.store.terms`), occurs, by field."""

    def names(self, ids: Iterable[int], written: Iterable[str] = ...) -> Sequence[StoredName]:
        """The names with these ids, and those whose folded words, joined, are one of ``written``."""

    def words_spelt(self, word: str) -> Sequence[str]:
        """Words of names that a misspelt word may mean: with its first letter, and about as long."""

    def spread(self, found_stems: Iterable[str]) -> dict[str, int]:
        """In how many passages of the narrative each stem occurs."""

    def said_outside(self, found_stem: str, ids: Collection[str]) -> bool:
        """Whether a stem occurs in the narrative of any other project than those of ``ids``."""

    def with_key(self, field: str, key: str) -> list[str]:
        """Projects that have the e-mail address or telephone number ``key``."""

    def values(self, field: str) -> Mapping[str, str]:
        """The different values of a field that has few: folded, and as a sheet writes each."""
