"""Text as sentences."""

import re

# An abbreviation's full stop ends no sentence.
_ABBREVIATIONS = frozenset(
    "bl.a t.ex d.v.s dvs osv m.m mm m.fl ca kl nr resp inkl exkl ev enl fr.o.m t.o.m s.k sk forts etc mfl jfr st tel"
    " utb kompetensutv kap e.g i.e approx no mr ms dr fig vs".split()
)
# A line break ends a sentence too, unless the next line goes on in the middle of one.
_END = re.compile(r"[.!?…]+[\"”’)\]]*(?=\s)|\n(?:[ \t\u00a0]*\n)+|\n+(?![ \t\u00a0]*[a-zåäöéü]{2})")
_LOOK_AHEAD = 8  # characters behind a full stop that tell whether the sentence goes on
_LAST_WORD = re.compile(r"[\w.]+$")


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Return the offsets of the sentences of ``text``."""
    spans = []
    start = 0
    for end in _END.finditer(text):
        if end[0][0] == "." and _is_abbreviation(text[start : end.start()], text[end.end() : end.end() + _LOOK_AHEAD]):
            continue
        spans.append((start, end.end()))
        start = end.end()
    spans.append((start, len(text)))
    return [_stripped(text, *span) for span in spans if text[slice(*span)].strip()]


def _is_abbreviation(before: str, after: str) -> bool:
    word = _LAST_WORD.search(before)
    if word is None:
        return False
    follows = after.lstrip()[:1]
    numbered = word[0].isdigit() and len(word[0]) < 3 and before.strip() == word[0]
    return numbered or word[0].casefold() in _ABBREVIATIONS or follows.islower()


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())
