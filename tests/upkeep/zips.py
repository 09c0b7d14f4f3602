"""Zip archives as they should not be."""

import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_LOCAL, _CENTRAL = b"PK\x03\x04", b"PK\x01\x02"
_FLAGS = {_LOCAL: 6, _CENTRAL: 8}  # where the flags of an entry stand behind its mark
_SIZES = {_LOCAL: 22, _CENTRAL: 24}  # and how large it says that it is


def packed(path: Path, files: Mapping[str, Any], method: int = zipfile.ZIP_DEFLATED) -> Path:
    """An archive with these files by name, each a text or bytes; a name that begins with ``->`` is a link to that."""
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name.removeprefix("->"), (2020, 5, 4, 12, 30, 0))
            entry.filename = name.removeprefix("->")  # with whatever it has in it
            entry.external_attr = (0o120777 if name.startswith("->") else 0o100644) << 16
            entry.compress_type = method
            archive.writestr(entry, content)
    return path


def encrypted(path: Path) -> Path:
    """The archive with the mark of encryption on every entry."""
    return _patched(path, _FLAGS, struct.pack("<H", 1))


def lying(path: Path, size: int) -> Path:
    """The archive whose entries say that they have ``size`` bytes."""
    return _patched(path, _SIZES, struct.pack("<I", size))


def _patched(path: Path, places: Mapping[bytes, int], value: bytes) -> Path:
    data = bytearray(path.read_bytes())
    for mark, behind in places.items():
        at = data.find(mark)
        while at >= 0:
            data[at + behind : at + behind + len(value)] = value
            at = data.find(mark, at + 1)
    path.write_bytes(data)
    return path
