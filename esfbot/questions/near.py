"""Known names that resemble one the sheets lack: offers, never taken as meant."""

from collections.abc import Collection

from esfbot.language.words import split
from esfbot.questions.known import Names

_LIKE = 4  # letters that a word must begin with like another
_LOOKED_AT = 60
_OFFERED = 3
_WORSE = 15.0  # of 100, by which an offer may resemble the name less than the best does


def near_names(text: str, names: Names, fields: Collection[str] = ("title",)) -> tuple[str, ...]:
    """The names of ``fields`` that share a word with ``text``, or have one like it, the likest first."""
    from rapidfuzz.fuzz import ratio  # 20 ms to load, and few questions need it

    words = [word.folded for word in split(text) if len(word.folded) >= _LIKE]
    spelt = {other for word in words for other in names.words_spelt(word) if other[:_LIKE] == word[:_LIKE]}
    postings = names.postings({*words, *spelt}).values()
    ids = [id_ for found in postings for posting in found if posting.field in fields for id_ in posting.best]
    folded = " ".join(word.folded for word in split(text))
    alike = {name.text: ratio(folded, " ".join(name.words)) for name in names.names(ids[:_LOOKED_AT])}
    best = max(alike.values(), default=0.0)
    ordered = sorted(alike, key=lambda name: (-alike[name], name))
    return tuple(name for name in ordered if alike[name] >= best - _WORSE)[:_OFFERED]
