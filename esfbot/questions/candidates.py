"""Which of all names may stand in a question: those that share a telling word, two words that stand together, or their
whole spelling with it. However many names share a word, only the likeliest are looked up."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from esfbot.language.words import Word
from esfbot.questions.known import Names, Posting, StoredName
from esfbot.store.terms import neighbours, pair
from esfbot.wording.load import is_function

_RARE = 20  # names up to which a term with a function word finds them: "Gå vidare"
_MOST = 120  # names that are looked at, without people's: a long text shares words with many more
_PERSON = "contact"
_LONGEST_NAME = 12
_ENDINGS = ("s", "n", "ns", "en", "ens", "et", "ets", "t", "ts")
# Letters of a word in which one may be wrong, and of one in which two may be.
_ONE_WRONG, _TWO_WRONG = 4, 8
_ROMAN = {"1": "i", "2": "ii", "3": "iii", "4": "iv", "5": "v", "6": "vi"}
_SAME = {**_ROMAN, **{roman: arabic for arabic, roman in _ROMAN.items()}, "o": "och"}


@dataclass(frozen=True, slots=True)
class Asked:
    """The words of a question as names may have them.

    ``readings`` are, of each word, the words of names that it may be with how many letters differ, and ``corrected``
    the indices of those that are no word of a name but like some. ``functions`` tells which words are function words,
    ``everywhere`` which are in more titles than were looked up. ``at`` has the indices at which a word of a name may
    stand, ``written`` those at which a folded word does.
    """

    words: Sequence[Word]
    readings: Sequence[Mapping[str, int]]
    corrected: frozenset[int]
    functions: Sequence[bool]
    everywhere: frozenset[int]
    at: Mapping[str, Sequence[int]]
    written: Mapping[str, Sequence[int]]


def find_candidates(
    words: Sequence[Word], names: Names, may_be_misspelt: Callable[[int], bool]
) -> tuple[Asked, Sequence[StoredName]]:
    """Read ``words`` as words of names, and look up the names that they may stand for, in the sheets' order."""
    forms = [_forms(word.folded) for word in words]
    held = dict(names.postings({form for found in forms for form in found}))
    near = {
        i: found
        for i, word in enumerate(words)
        if may_be_misspelt(i) and not forms[i] & held.keys() and (found := _near(word.folded, names))
    }
    if near:
        held.update(names.postings({word for found in near.values() for word in found}))
    readings = [near.get(i) or {form: 0 for form in found if form in held} for i, found in enumerate(forms)]
    functions = [is_function(word.text) for word in words]
    single, together = _single(words, readings, functions), _pairs(words, readings, functions)
    pairs = names.postings(together) if together else {}
    ids = _likeliest([*_finding(single, _others_than_met(held, pairs)), *_finding(together, pairs)])
    asked = Asked(
        words=words,
        readings=readings,
        corrected=frozenset(near),
        functions=functions,
        everywhere=frozenset(
            i
            for i, forms in enumerate(readings)
            if any(single[form] > _RARE and _is_cut(held[form], ids) for form in forms)
        ),
        at=_indices(readings),
        written=_indices([[word.folded] for word in words]),
    )
    return asked, names.names(ids, _phrases(words, pairs))


def _single(
    words: Sequence[Word], readings: Sequence[Mapping[str, int]], functions: Sequence[bool]
) -> dict[str, float]:
    """The single words of names that may be meant, and up to how many names each finds them: function words tell
    little, and so do those that only a letter makes of other words, as "för" of Fors."""
    found: dict[str, float] = {}
    for word, forms, function in zip(words, readings, functions, strict=True):
        for form in forms:
            tells = not function and (form == word.folded or not is_function(form))
            found[form] = max(found.get(form, 0), math.inf if tells else _RARE)
    return found


def _pairs(words: Sequence[Word], readings: Sequence[Mapping[str, int]], functions: Sequence[bool]) -> dict[str, float]:
    """The pairs of neighbouring words that may be meant, and up to how many names each finds them: two function words
    find none by themselves."""
    most = {0: math.inf, 1: _RARE, 2: 0}
    return {
        pair(one, other): most[functions[i] + functions[j]]
        for i, j in neighbours([word.text for word in words])
        for one in readings[i]
        for other in readings[j]
    }


def _others_than_met(
    held: Mapping[str, Sequence[Posting]], pairs: Mapping[str, Sequence[Posting]]
) -> dict[str, list[Posting]]:
    """The postings of single words but for people with a first name or surname that stands there in a whole name:
    beside Anna Berg no other Anna is meant."""
    met = {
        word for term, postings in pairs.items() if any(p.field == _PERSON for p in postings) for word in term.split()
    }
    return {
        word: [posting for posting in postings if posting.field != _PERSON or word not in met]
        for word, postings in held.items()
    }


def _finding(terms: Mapping[str, float], known: Mapping[str, Sequence[Posting]]) -> list[Posting]:
    """The postings of the terms that are in few enough names to find them."""
    return [
        posting
        for term, most in terms.items()
        if sum(posting.names for posting in known.get(term, ())) <= most
        for posting in known.get(term, ())
    ]


def _likeliest(postings: Sequence[Posting]) -> set[int]:
    """The ids of the names in these postings. Of very many it is those that the most and the rarest terms find, and
    all people: of those who share a name none is likelier than another."""
    people = {id_ for posting in postings if posting.field == _PERSON for id_ in posting.best}
    score: dict[int, float] = {}
    for posting in postings:
        for id_ in posting.best:
            score[id_] = score.get(id_, 0) + 1 / posting.names
    others = sorted(score.keys() - people, key=lambda id_: (-score[id_], id_))
    return people.union(others[:_MOST])


def _is_cut(postings: Sequence[Posting], ids: set[int]) -> bool:
    """Whether more titles hold a word than are among ``ids``."""
    return any(
        posting.field == "title" and (posting.names > len(posting.best) or not ids.issuperset(posting.best))
        for posting in postings
    )


def _phrases(words: Sequence[Word], pairs: Mapping[str, Sequence[Posting]]) -> set[str]:
    """What whole names may stand in the question, each written as one word: runs of words that names have together."""
    found = set()
    for i in range(len(words)):
        joined = ""
        for j in range(i, min(i + _LONGEST_NAME, len(words))):
            if j > i and pair(words[j - 1].folded, words[j].folded) not in pairs:
                break
            joined += words[j].folded
            found.add(joined)
    return found


def _indices(words: Sequence[Sequence[str] | Mapping[str, int]]) -> Mapping[str, Sequence[int]]:
    found: dict[str, list[int]] = {}
    for i, each in enumerate(words):
        for word in each:
            found.setdefault(word, []).append(i)
    return found


def _forms(folded: str) -> set[str]:
    """A word as it may stand in a name: as it is, without a genitive or definite ending, with a genitive s, with the
    other kind of numeral."""
    forms = {folded}
    if len(folded) > 3:
        forms.add(folded + "s")
        forms.update(folded.removesuffix(ending) for ending in _ENDINGS if len(folded) - len(ending) > 2)
    if folded in _SAME:
        forms.add(_SAME[folded])
    return forms


def _near(folded: str, names: Names) -> dict[str, int]:
    """Words of names like a misspelt one, with how many letters differ."""
    most = 2 if len(folded) >= _TWO_WRONG else 1
    if len(folded) < _ONE_WRONG or folded.isdecimal():
        return {}
    from rapidfuzz import process  # takes as long to load as all the rest, and most questions hold no such word
    from rapidfuzz.distance import OSA

    found: dict[str, int] = {}
    for typed in {folded, folded.removesuffix("s")}:
        # The first letter is right: two letters wrong of exkludering make inkludering.
        like = process.extract(typed, names.words_spelt(typed), scorer=OSA.distance, score_cutoff=most, limit=None)
        for word, distance, _ in like:
            found[word] = min(distance, found.get(word, most))
    best = min(found.values(), default=0)
    return {word: distance for word, distance in found.items() if distance == best}
