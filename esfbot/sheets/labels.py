"""The labels of the field table, found in a line however it is typed: letter case, spaces, and kinds of hyphen."""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from esfbot import fields
from esfbot.fields import Field, Kind

_HYPHENS = "-\u00ad\u2010-\u2015"
_ODDS_AND_ENDS = 7  # a label shorter than this also begins ordinary words: Land, Fond, Tel
_LONGEST = 250  # letters of a line with a label and its value: a longer one is a paragraph
_INSIDE = re.compile(r"[a-zåäö][A-ZÅÄÖ]")
_COLON = re.compile(r"\s*:\s*")
UNFORESEEN = re.compile(r"(?P<label>[^\W\d_][^:]{1,70}?)\s*:(?:\s+(?P<value>\S.*))?")
PLACEHOLDER = re.compile(
    r"(?:uppgift(?:er)? )?saknas\.?|uppgift(?:er)? ej tillgängliga?|not (?:stated|available|known|applicable)\.?"
    r"|(?:ej|inte) (?:angive[nt]|angivna|tillämpligt|känd|känt)|okän[dt]|unknown|n/?a|x{2,}|[-_–—]+|\?+|\.{2,}|…",
    re.I,
)


class Style(StrEnum):
    """How labels and values stand."""

    FUSED = "fused"
    ALONE = "alone"
    COLON = "colon"


@dataclass(frozen=True, slots=True)
class Found:
    """A label that a line begins with: as the line spells it, its row in the table, and the rest of the line."""

    label: str
    field: Field
    value: str = ""


def plain(text: str) -> str:
    """Return ``text`` as labels are compared: lower case, single spaces, plain hyphens without spaces about them."""
    text = " ".join(text.split()).casefold()
    return re.sub(rf"\s?[{_HYPHENS}]\s?", "-", text)


@functools.cache
def _by_plain() -> dict[str, Field]:
    return {plain(label): field for label, field in fields.labels().items()}


@functools.cache
def _at_start() -> re.Pattern[str]:
    """Any label at the start of a line; of two that fit, the longer."""
    return re.compile("|".join(_spellings(label) for label in fields.labels()), re.I)


@functools.cache
def _each_at_start() -> tuple[re.Pattern[str], ...]:
    """Each label at the start of a line, the longest first."""
    return tuple(re.compile(_spellings(label), re.I) for label in fields.labels())


@functools.cache
def label_at_end() -> re.Pattern[str]:
    """A section's or a list's heading at the end of a line; of two that fit, the longer."""
    headings = [label for label, row in fields.labels().items() if is_heading(row)]
    return re.compile(rf"(?P<heading>{'|'.join(map(_spellings, headings))})\s*$", re.I)


def _spellings(label: str) -> str:
    words = (rf"\s?[{_HYPHENS}]\s?".join(map(re.escape, re.split(r"\s?-\s?", word))) for word in label.split(" "))
    return r"\s+".join(words).replace(r"\s+\s?", r"\s*").replace(r"\s?\s+", r"\s*")


def is_heading(row: Field) -> bool:
    """Whether the labels of ``row`` are headings, of a section or of a list."""
    return row.kind is Kind.SECTION or row.many


def row_of(text: str) -> Field | None:
    """The row of the table that ``text``, with or without a colon at its end, is a label of."""
    return _by_plain().get(plain(text.strip().removesuffix(":")))


def find_label(text: str, style: Style, *, strict: bool) -> Found | None:
    """Find the label of a fact that a line begins with.

    ``strict`` is for where it is not sure yet that the line is among the labelled ones.
    """
    text = text.strip()
    if len(text) > _LONGEST:
        return None
    if style is Style.ALONE:
        row = None if strict and text.endswith(":") else row_of(text)
        if row is None or row.kind is Kind.SECTION or (row.many and strict):
            return None
        return Found(text.removesuffix(":").rstrip(), row)
    return next((found for label in _labels_of(text) if (found := _labelled(text, label, style, strict=strict))), None)


def _labels_of(text: str) -> Iterator[str]:
    """The labels, as spelt, that a line begins with, the longest first: KontaktpersonerErik has two, and
    KontaktpersonErik one, since no word goes from small letters to capitals."""
    longest = _at_start().match(text)
    if longest is None:
        return
    if not _INSIDE.search(longest[0]):
        yield longest[0]
    for pattern in _each_at_start():
        found = pattern.match(text)
        if found and found.end() < longest.end() and not _INSIDE.search(found[0]):
            yield found[0]


def _labelled(text: str, label: str, style: Style, *, strict: bool) -> Found | None:
    """The label with its value, where what follows it may be one."""
    row = _by_plain()[plain(label)]
    if row.kind is Kind.SECTION:
        return None
    value = text[len(label) :]
    colon = _COLON.match(value)
    if style is Style.COLON:
        return Found(label, row, value[colon.end() :]) if colon else None
    if colon:
        return None if strict else Found(label, row, value[colon.end() :])
    value = value.strip()
    return Found(label, row, value) if _plausible(label, row, value, strict=strict) else None


def _plausible(label: str, row: Field, value: str, *, strict: bool) -> bool:
    """Whether ``value`` may follow ``label`` directly: Landsting is not the label Land with the value sting."""
    if not value:
        return not row.many and not strict
    if label[0].islower():
        return False
    if PLACEHOLDER.fullmatch(value):
        return True
    if not value[0].islower():
        return value[0].isalnum() or value[0] in "+(\"'”“»["
    return row.kind is Kind.EMAIL or (not strict and len(label) >= _ODDS_AND_ENDS)
