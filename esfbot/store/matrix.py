"""The matrix of a generation's vectors in the making, written row by row: however large, little of it is in memory."""

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class Matrix:
    """A file of ``rows`` times ``width`` float32 in numpy's format. Use it in ``with``.

    Its rows are those of the matrix at ``before``, of the same width, as far as there are any, and else zero until
    written.
    """

    def __init__(self, path: Path, rows: int, width: int, before: Path | None = None) -> None:
        self.width = width
        if before:
            shutil.copyfile(before, path)
        self._file = path.open("rb+" if before else "wb+")
        # Whatever the number of rows, the head is equally long: numpy leaves room for it to grow.
        head = {"descr": "<f4", "fortran_order": False, "shape": (rows, width)}
        np.lib.format.write_array_header_1_0(self._file, head)
        self._begin = self._file.tell()
        self._file.truncate(self._begin + rows * width * 4)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def put(self, rows: Sequence[int], vectors: Vectors) -> None:
        """Write the vectors of ``rows``."""
        for row, vector in zip(rows, np.ascontiguousarray(vectors, dtype="<f4"), strict=True):
            self._file.seek(self._begin + row * self.width * 4)
            self._file.write(vector.tobytes())
