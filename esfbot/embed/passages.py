"""Passages: what is embedded and found. They follow the sheet's structure and know their lines."""

import hashlib
import math
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from esfbot.fields import field_named
from esfbot.language.sentences import sentence_spans
from esfbot.model.project import Project, Section, Source

# A passage's length in characters. The model reads 512 tokens and Swedish has about three characters a token; shorter
# passages are found better and quoted whole.
LONGEST = 700
_SHORTEST = 120
_LONGEST_TITLE = 120
_LONGEST_HEADING = 80
# What the model reads at once, less its marks for beginning and end and its word "passage".
_TOKENS = 500
# Tokens a character, measured on random letters, which share no words with the model: rarer letters have fewer pieces.
_COMMON, _RARE, _SPACE = 0.6, 0.85, 0.4
_COMMON_LETTER = re.compile("[abcdefghiklmnoprstuvy]")
_RARE_LETTER = re.compile("[jqwxzåäö]")


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a section, at most `LONGEST` characters.

    ``section`` is its section's place among the project's and ``heading`` what stands above it; ``embedded`` is the
    text that the encoder reads: the project's title and the heading before the piece itself. ``key`` identifies it
    across generations.
    """

    project: str
    section: int
    heading: str
    text: str
    source: Source
    embedded: str
    key: str


def passages_of(project: Project) -> Iterator[Passage]:
    """Cut the narrative of ``project`` into passages."""
    for position, section in enumerate(project.sections):
        heading = section.heading or field_named(section.kind).sv
        room = _TOKENS - most_tokens(embedded_text(project.title, heading, ""))
        for start, end in _fitting(section.text, _pieces(section.text), room):
            text = section.text[start:end]
            line = section.source.line + section.text.count("\n", 0, start)
            embedded = embedded_text(project.title, heading, text)
            key = _key(section, embedded)
            yield Passage(project.id, position, heading, text, Source(section.source.sheet, line), embedded, key)


def embedded_text(title: str, heading: str, text: str) -> str:
    """What the encoder reads of a passage: ``text`` below the project's title and the section's heading."""
    return f"{title[:_LONGEST_TITLE]}. {heading[:_LONGEST_HEADING]}: {' '.join(text.split())}"


def _key(section: Section, embedded: str) -> str:
    """By sheet, section and content, never by content alone: standard sentences recur across sheets."""
    parts = f"{section.source.sheet}\x1f{section.kind}\x1f{section.heading}\x1f{embedded}"
    return hashlib.blake2b(parts.encode(), digest_size=16).hexdigest()


def most_tokens(text: str) -> int:
    """How many tokens of the model ``text`` has at most. Ordinary Swedish has about half as many."""
    plain = unicodedata.normalize("NFKC", text)
    common, rare, spaces = len(_COMMON_LETTER.findall(plain)), len(_RARE_LETTER.findall(plain)), plain.count(" ")
    others = len(plain) - common - rare - spaces
    return math.ceil(_COMMON * common + _RARE * rare + _SPACE * spaces + others)


def _fitting(text: str, pieces: Iterable[tuple[int, int]], room: int) -> Iterator[tuple[int, int]]:
    """The pieces, those halved that may have more than ``room`` tokens: symbols, emoji, other scripts."""
    for start, end in pieces:
        if end - start < 2 or most_tokens(text[start:end]) <= room:
            yield start, end
            continue
        middle = (start + end) // 2
        space = text.rfind(" ", start, middle)
        cut = space if space > start else middle
        halves = (_stripped(text, *half) for half in ((start, cut), (cut, end)))
        yield from _fitting(text, (half for half in halves if half[0] < half[1]), room)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Offsets of paragraphs, short ones joined with what follows and long ones cut between sentences."""
    start = end = -1
    for left, right in _units(text):
        if start < 0:
            start, end = left, right
        elif right - start > LONGEST or (end - start >= _SHORTEST and _paragraph_between(text, end, left)):
            yield start, end
            start, end = left, right
        else:
            end = right
    if start >= 0:
        yield start, end


def _paragraph_between(text: str, end: int, start: int) -> bool:
    return "\n" in text[end:start]


def _units(text: str) -> Iterator[tuple[int, int]]:
    """Sentences, the longest cut at a space."""
    for first, end in sentence_spans(text):
        start = first
        while end - start > LONGEST:
            cut = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
            cut = cut if cut > 0 else start + LONGEST
            yield start, cut
            start = cut + (text[cut] == " ")
        yield start, end
