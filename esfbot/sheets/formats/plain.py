"""Bytes of a text file made into text, and text of any file made into characters that a sheet may hold."""

import codecs
import re

from esfbot.errors import SheetRefused
from esfbot.language.words import normalise

_ACTION = "Remove it from the folder or replace it."
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_REPLACED = "\ufffd"  # what Python writes for bytes that are no letter
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_NO_LETTERS = re.compile(r"[\x0b\x0c\x1b\x7f-\x9f\u2028\u2029]")


def decode(data: bytes, name: str) -> str:
    """Return the bytes of the text file ``name`` as text: NFC, no invisible characters, a newline between lines.

    UTF-8 with or without BOM, UTF-16 and Windows-1252 are read. Raises SheetRefused for what is binary.
    """
    text = _visible(decode_bytes(data, name))
    if odd := _BINARY.search(text):
        found = f"{name} is a binary file (it holds byte {ord(odd[0])})"
        raise SheetRefused(found, "the text of a project page", _ACTION)
    return _NO_LETTERS.sub(" ", text)


def clean(text: str) -> str:
    """Return text that a program wrote into a file as `decode` does, with a space for what is no letter."""
    return _NO_LETTERS.sub(" ", _BINARY.sub(" ", _visible(text)))


def _visible(text: str) -> str:
    return re.sub(r"\r\n?", "\n", normalise(_INVISIBLE.sub("", text)))


def decode_bytes(data: bytes, name: str) -> str:
    """Return ``data`` as it stands in the encoding that it shows; ``name`` is for the error message."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decode_as(data, encoding, name)
    if guess := _utf16_without_bom(data):
        return _decode_as(data, guess, name)
    text = data.decode("utf-8", errors="replace")
    broken = text.count(_REPLACED)
    if not broken or sum(not character.isascii() for character in text) > 2 * broken:
        return text  # a damaged letter or two make no other encoding: whoever parses the text reports them
    return _decode_as(data, "cp1252", name)


def _decode_as(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SheetRefused(
            f"{name} is no text in a known encoding (byte {data[error.start]:#04x} at {error.start})",
            "UTF-8, UTF-16 or Windows-1252",
            "Save it as UTF-8.",
        ) from error


def _utf16_without_bom(data: bytes) -> str:
    """Which UTF-16 it is, judged by where the zero bytes of Latin letters lie; empty for none."""
    head = data[:4000]
    if len(head) < 4 or len(data) % 2:
        return ""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > 0.7 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.7 * half and odd < 0.05 * half:
        return "utf-16-be"
    return ""
