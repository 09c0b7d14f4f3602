"""The words of a question told apart: which are names, places, numbers, facts, things to do, and which are left."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from esfbot.language.words import Word, end_of_words, is_shouted, split
from esfbot.questions.known import Names
from esfbot.questions.lexicon import Match, Stems, Term, find_terms, near_term, stems_of
from esfbot.questions.names import NameMatch, find_names
from esfbot.questions.quantities import Dimension, read_quantities
from esfbot.questions.times import read_time_conditions
from esfbot.sweden.find import PlaceMention, find_places
from esfbot.values.contacts import find_emails, find_phones
from esfbot.wording.load import cue, is_function

# Words of a question that are looked at; a longer one is a text, and its beginning tells enough.
MOST_WORDS = 60
_MOST_OF_A_NAME = 0.6
IN = frozenset("i in inom within fran from".split())  # what stands before a place
_INFLECTED = 8  # what a longer phrase loses of which only the stems stand there
_AS_A_TITLE = 10  # what a capital is worth to a title of one ordinary word


@dataclass(frozen=True, slots=True)
class KeyMention:
    """An e-mail address or a telephone number, in the form that is compared, at words ``first`` up to ``last``."""

    field: str
    key: str
    text: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Marks:
    """A question as ``written``, its words and what they are. Mentions do not overlap, but names that stand in one
    place may be several.

    ``weak`` are names of which only ordinary words stand there. ``left`` are the indices of words with a meaning that
    nothing else accounts for.
    """

    written: str
    words: tuple[Word, ...]
    keys: tuple[KeyMention, ...]
    names: tuple[NameMatch, ...]
    places: tuple[PlaceMention, ...]
    terms: tuple[Match, ...]
    weak: tuple[NameMatch, ...]
    left: tuple[int, ...]

    def text(self, indices: Sequence[int]) -> str:
        """These words as written."""
        return " ".join(self.words[i].text for i in indices)


Mention = KeyMention | NameMatch | PlaceMention | Match


def beginning(text: str) -> str:
    """The part of a text that is read: up to its `MOST_WORDS`-th word."""
    return text[: end_of_words(text, MOST_WORDS)]


def mark(text: str, names: Names) -> Marks:
    """Tell the words of ``text`` apart."""
    words = split(text)
    stems = stems_of(words)
    known = _known_words(words, stems, names)
    keys = _keys(text, words)
    terms = find_terms(words, stems)
    in_terms = {i for match in terms for i in range(match.first, match.last)}
    places = find_places(words, known=lambda folded: folded in known)
    in_places = {i for place in places if place.exact for i in range(place.first, place.last)}

    def may_be_misspelt(i: int) -> bool:
        return i not in in_terms | in_places and not is_function(words[i].text)

    times = _measuring(text, words)
    places = tuple(p for p in places if p.exact or not times & set(range(p.first, p.last)))  # 1 mars is no Mark
    found = [
        match
        for match in find_names(words, names, may_be_misspelt)
        if not _is_of(match, words, times) and not _is_place(match, words, places)
    ]
    claims = [*_key_claims(keys), *_name_claims(words, found), *_place_claims(places), *_term_claims(terms)]
    accepted, used = _accept(claims)
    misspelt = _misspelt_terms(words, stems, used, known)
    used |= {match.first for match in misspelt}
    left = tuple(i for i in range(len(words)) if i not in used and not is_function(words[i].text))
    kept = [m for m in accepted if isinstance(m, NameMatch)]
    return Marks(
        written=text,
        words=words,
        keys=tuple(m for m in accepted if isinstance(m, KeyMention)),
        names=tuple(kept),
        places=tuple(m for m in accepted if isinstance(m, PlaceMention)),
        terms=tuple(sorted([*(m for m in accepted if isinstance(m, Match)), *misspelt], key=lambda m: m.first)),
        weak=tuple(m for m in found if m not in kept and set(m.words) & set(left)),
        left=left,
    )


def _measuring(text: str, words: Sequence[Word]) -> set[int]:
    """The words that state a time, an amount or a length: the May of a date is no person."""
    numbers = (q for q in read_quantities(text) if q.dimension is not Dimension.COUNT)
    spans = [(time.start, time.end) for time in read_time_conditions(text)] + [(q.start, q.end) for q in numbers]
    return {i for span in spans for i in _between(words, *span)}


def _between(words: Sequence[Word], start: int, end: int) -> list[int]:
    return [i for i, word in enumerate(words) if start <= word.start < end]


def _is_of(match: NameMatch, words: Sequence[Word], taken: Collection[int]) -> bool:
    """Whether a part of a name is nothing but words of something else, as the May of a date."""
    telling = {i for i in match.words if not is_function(words[i].text)}
    return not match.whole and bool(telling) and telling <= set(taken)


def _is_place(match: NameMatch, words: Sequence[Word], places: Sequence[PlaceMention]) -> bool:
    """Whether a name is a place's: a part of a title that is but the place in it, or an owner called as the
    municipality that the question asks about, "i Kalmar kommun"."""
    for place in places:
        span = range(place.first, place.last)
        if not place.exact or not set(match.words) & set(span):
            continue
        owner = match.named.field != "title" and set(match.words) <= set(span)
        before = words[place.first - 1].folded if place.first else ""
        there = before in IN or (before in cue("or") and any(other.last == place.first - 1 for other in places))
        if _is_of(match, words, span) or (owner and there):
            return True
    return False


def _known_words(words: Sequence[Word], stems: Sequence[Stems], names: Names) -> set[str]:
    """The folded words that are no misspelling: function words, and words that the sheets' narrative has."""
    said = names.spread({s.sv for s in stems})
    return {w.folded for w, s in zip(words, stems, strict=True) if s.sv in said or is_function(w.text)}


def _keys(text: str, words: Sequence[Word]) -> list[KeyMention]:
    found = [("email", email.casefold(), email, start, end) for email, start, end in find_emails(text)]
    found += [("phone", number, text[start:end].strip(), start, end) for number, start, end in find_phones(text)]
    mentions = []
    for field, key, written, start, end in found:
        inside = [i for i, word in enumerate(words) if start <= word.start < end]
        if inside:
            mentions.append(KeyMention(field, key, written, inside[0], inside[-1] + 1))
    return mentions


@dataclass(frozen=True, slots=True)
class _Claim:
    """A mention that wants its words to itself; the stronger claim gets them."""

    strength: float
    first: int
    last: int
    mention: Mention


def _key_claims(keys: Sequence[KeyMention]) -> list[_Claim]:
    return [_Claim(100, key.first, key.last, key) for key in keys]


def _place_claims(places: Sequence[PlaceMention]) -> list[_Claim]:
    return [
        _Claim((70 if place.exact else 57) + (place.last - place.first - 1) * 10, place.first, place.last, place)
        for place in places
    ]


def _term_claims(terms: Sequence[Match]) -> list[_Claim]:
    return [_Claim(_term_strength(match), match.first, match.last, match) for match in terms]


def _term_strength(match: Match) -> float:
    """Longer phrases before shorter; a fact before what to do: "project number of projects" counts nothing."""
    fact = any(term.kind == "field" for term in match.terms)
    several = match.last - match.first > 1
    return (
        60
        + 5 * (match.last - match.first - 1)
        + (6 if fact and several else 0)
        - (_INFLECTED if match.inflected and several else 0)
    )


def _name_claims(words: Sequence[Word], matches: Sequence[NameMatch]) -> list[_Claim]:
    claims = []
    for match in matches:
        letters = match.whole or any(len(words[i].folded) > 1 for i in match.words)  # not the D of D'Orsane alone
        strength = _name_strength(match, sum(not is_function(words[i].text) for i in match.words)) if letters else 0
        if strength and _is_written_as_title(words, match):
            strength += _AS_A_TITLE
        if strength:
            claims.append(_Claim(strength + match.coverage, match.first, match.last, match))
    return claims


def _is_written_as_title(words: Sequence[Word], match: NameMatch) -> bool:
    """Whether a title of one ordinary word is written with a capital within the sentence: "projektet Tillsammans"."""
    single = match.whole and len(match.words) == 1 and match.named.field == "title" and match.first > 0
    return single and words[match.first].text[:1].isupper() and not is_shouted(words)


def _name_strength(match: NameMatch, telling: int) -> float:
    """How strong a claim a name has: whole before part, several words before one, as written before corrected.

    ``telling`` is how many of its words are no function words: of a part, others don't count.
    """
    exact, title = match.named.exact, match.named.field == "title"
    several = (len(match.words) if match.whole or match.other or match.begins else telling) > 1
    if match.named.field == "number" and not match.whole:
        return 0  # 2018 is a year before it is a part of 2018/00128
    if match.other:
        return 85 + 2 * (len(match.words) + 1) if several else 73
    if match.whole:
        if several:
            return 86 + 2 * len(match.words) if exact else 79
        return (75 if match.distinct else 56) if exact else 50
    if several and exact and title and match.coverage >= _MOST_OF_A_NAME:
        return 85 + 2 * len(match.words)  # more words of one title before fewer that are another's whole
    if several and (match.distinct or match.coverage >= _MOST_OF_A_NAME):
        return 72 if exact else 62
    if several and exact and title and match.begins and match.last - match.first == len(match.words):
        return 64  # what a title begins with, "Kompetens nu", however ordinary its words
    if match.named.field == "contact" or match.distinct:
        return 58 if exact else 45
    return 0


def _accept(claims: Sequence[_Claim]) -> tuple[list[Mention], set[int]]:
    """The strongest claims that leave each other's words alone; names of one place and likeness stand side by side."""
    accepted: list[_Claim] = []
    used: set[int] = set()
    for claim in sorted(claims, key=lambda claim: (-claim.strength, claim.first)):
        span = set(range(claim.first, claim.last))
        if not span & used or any(_beside(claim, other) for other in accepted):
            accepted.append(claim)
            used |= span
    return [claim.mention for claim in sorted(accepted, key=lambda claim: claim.first)], used


def _beside(claim: _Claim, other: _Claim) -> bool:
    """Whether two claims are names in the same words of which neither is the better reading."""
    one, two = claim.mention, other.mention
    if not isinstance(one, NameMatch) or not isinstance(two, NameMatch) or one.words != two.words:
        return False
    return one.whole == two.whole and one.named.exact == two.named.exact


def _misspelt_terms(words: Sequence[Word], stems: Sequence[Stems], used: set[int], known: set[str]) -> list[Match]:
    found = []
    for i, word in enumerate(words):
        if i in used or word.folded in known or is_function(word.text):
            continue
        terms: tuple[Term, ...] = near_term(word, stems[i])
        if terms:
            found.append(Match(i, i + 1, terms, exact=False))
    return found
