"""The vectors of a generation's passages, searched exactly."""

import functools
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from esfbot.errors import EmbeddingsError
from esfbot.store.found import Likeness

Vectors = NDArray[np.float32]


class VectorIndex:
    """A matrix of normalised float32 rows, one a passage. Safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        self._generation = path.parent.name
        # Mapped, so that processes share it; as a plain array, which numpy handles quicker.
        self.rows: Vectors = np.asarray(np.load(path, mmap_mode="r"))
        self._cosines_of = functools.lru_cache(maxsize=4)(self._cosines_with)

    def row(self, number: int) -> Vectors:
        """One vector."""
        found: Vectors = self.rows[number]
        return found

    def nearest(self, vector: Vectors, limit: int, among: Sequence[int] | None = None) -> list[tuple[int, float]]:
        """The rows most like ``vector``, of ``among`` where given, with the cosine, higher is better.

        Raises EmbeddingsError where the vector is not as long as the rows.
        """
        scores = self._cosines(vector)
        rows = None if among is None else np.array(among, dtype=np.int64)
        if rows is not None:
            scores = scores[rows]
        # Only the best are put in order: of all of them it would take longer than their products.
        best = np.argpartition(-scores, limit)[:limit] if limit < len(scores) else np.arange(len(scores))
        best = best[np.lexsort((best, -scores[best]))]
        return [(int(i if rows is None else rows[i]), float(scores[i])) for i in best]

    def likeness(self, vector: Vectors) -> Likeness:
        """How like all rows are to ``vector``."""
        cosines = self._cosines(vector)
        if not len(cosines):
            return Likeness(0.0, 1.0)
        return Likeness(float(cosines.mean()), max(float(cosines.std()), 1e-6))

    def groups_like(self, group: str, of_rows: Sequence[str], limit: int) -> list[str]:
        """The groups most like ``group``, by the mean of their rows; ``of_rows`` tells the group of each row."""
        names = sorted(set(of_rows))
        if group not in names:
            return []
        numbers = {name: number for number, name in enumerate(names)}
        means = np.zeros((len(names), self.rows.shape[1]), dtype=np.float32)
        np.add.at(means, [numbers[name] for name in of_rows], self.rows)
        means /= np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-9)
        # What differs less does so by the order of the rows.
        scores = np.round(means @ means[numbers[group]], 5)
        order = np.lexsort((np.arange(len(names)), -scores))
        return [names[i] for i in order if names[i] != group][:limit]

    def _cosines(self, vector: Vectors) -> Vectors:
        return self._cosines_of(vector.tobytes())

    def _cosines_with(self, vector: bytes) -> Vectors:
        """The cosines of all rows with a question's vector, given as bytes: worked out once a question."""
        asked = np.frombuffer(vector, dtype=np.float32)
        if self.rows.shape[1] != len(asked):
            raise EmbeddingsError(
                f"the model's vectors have {len(asked)} dimensions and those of generation {self._generation} have"
                f" {self.rows.shape[1]}",
                "vectors of the model that embedded the sheets",
                "Run: esfbot embed",
            )
        cosines: Vectors = self.rows @ asked
        return cosines
