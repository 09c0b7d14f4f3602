"""What reads the sheets: what it made of an unchanged sheet is kept only as long as it is the same."""

import functools
import hashlib
import sqlite3
import unicodedata
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import esfbot

# What decides what is stored of a sheet.
_ROOMS = ("model", "fields", "values", "language", "sweden", "sheets", "wording", "store", "embed")
# As long as one of them is missing, files are refused that it could read.
_PACKAGES = ("lxml", "mammoth", "phonenumbers", "pypdfium2", "rapidfuzz", "snowballstemmer")


@functools.cache
def reader_version() -> str:
    """A digest of the code, the data and the packages that make a sheet into what is stored."""
    package = Path(esfbot.__file__).parent
    digest = hashlib.blake2b(" ".join(_versions()).encode(), digest_size=16)
    for room in _ROOMS:
        for path in sorted((package / room).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _versions() -> Iterator[str]:
    yield from (unicodedata.unidata_version, sqlite3.sqlite_version)
    for name in _PACKAGES:
        try:
            yield metadata.version(name)
        except metadata.PackageNotFoundError:
            yield "none"
