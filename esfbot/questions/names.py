"""Names that the sheets know, found in a question: titles, numbers, people and organisations, whole or in part, also
misspelt."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from esfbot.language.words import Word, stem
from esfbot.model.query import Named
from esfbot.questions.known import Names, StoredName
from esfbot.questions.lexicon import lexicon
from esfbot.sweden.places import gazetteer
from esfbot.wording.load import is_function

# Words in more names than this (AB, kommun) find none by themselves.
_TOO_COMMON = 300
_RARE = 20  # names up to which a function word finds them: "Gå vidare"
_LONGEST_NAME = 12
_WHOLE = 0.999
_SHORTEST_WORD = 3  # letters of a word that says which name is meant
_ENDINGS = ("s", "n", "ns", "en", "ens", "et", "ets", "t", "ts")
# Letters of a word in which one may be wrong, and of one that may stand alone; letters of one in which two may be.
_ONE_WRONG, _ALONE, _TWO_WRONG = 4, 5, 8
_ROMAN = {"1": "i", "2": "ii", "3": "iii", "4": "iv", "5": "v", "6": "vi"}
_SAME = {**_ROMAN, **{roman: arabic for arabic, roman in _ROMAN.items()}, "o": "och"}


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A name found at words ``first`` up to ``last``, half open.

    ``words`` are the indices that are its words, ``coverage`` how much of the name they make up, by how rare they are
    among names: 1 for the whole name. ``distinct`` tells that one of them is used for nothing else, ``other`` that a
    word of the question stands where the name has another: "Nätverk Uppsala Stift". ``begins`` and ``ends`` tell that
    the name's first and last words are among them.
    """

    first: int
    last: int
    words: tuple[int, ...]
    named: Named
    coverage: float
    distinct: bool
    other: bool = False
    begins: bool = True
    ends: bool = True

    @property
    def whole(self) -> bool:
        """Whether the whole name stands there."""
        return self.coverage >= _WHOLE


def find_names(words: Sequence[Word], names: Names, may_be_misspelt: Callable[[int], bool]) -> list[NameMatch]:
    """Find every name in ``words``. ``may_be_misspelt`` tells of a word's index whether to look for names like it."""
    forms = [_forms(word.folded) for word in words]
    counts = names.name_counts({form for found in forms for form in found})
    near = [
        _near(words[i].folded, names) if may_be_misspelt(i) and not forms[i] & counts.keys() else {}
        for i in range(len(words))
    ]
    readings = [{form: 0 for form in found if form in counts} | near[i] for i, found in enumerate(forms)]
    stored = _candidates(words, readings, counts, names)
    weigh = _weights(stored, names)
    matches: dict[tuple[int, int, str, str], NameMatch] = {}
    for name in stored:
        for match in _align(words, readings, name, weigh):
            key = match.first, match.last, name.field, " ".join(name.words)
            known = matches.get(key)
            if known:
                projects = tuple(dict.fromkeys((*known.named.projects, name.project)))
                matches[key] = replace(known, named=replace(known.named, projects=projects))
            else:
                matches[key] = match
    found = list(matches.values())
    titled: dict[int, set[str]] = {}
    for match in found:
        if match.named.field == "title":
            for i in match.words:
                titled.setdefault(i, set()).update(match.named.projects)
    found = [replace(match, distinct=_distinct(words, match, titled, names)) for match in found]
    return [match for match in found if match.named.exact or _may_be_meant(words, near, match, names)]


def _may_be_meant(words: Sequence[Word], near: Sequence[dict[str, int]], match: NameMatch, names: Names) -> bool:
    """Whether a misspelt name is likely: of an organisation or in part it needs more than one word, and what would have
    to be corrected must be no word of other projects' narrative, unless the whole name stands there."""
    if len(match.words) == 1:
        short = len(words[match.first].folded) < _ALONE
        if short or match.named.field not in ("title", "contact"):
            return False
    if match.whole and len(match.words) > 1:
        return True
    return not any(_users(words[i], match, names) for i in match.words if near[i])


def _users(word: Word, match: NameMatch, names: Names) -> set[str]:
    """Projects in whose narrative the word occurs, besides those of the name."""
    own = match.named.projects
    return set(names.projects_saying(stem(word.text), len(own) + 1)) - set(own)


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
    from rapidfuzz.distance import OSA  # 20 ms to load, and most questions hold no such word

    most = 2 if len(folded) >= _TWO_WRONG else 1
    found: dict[str, int] = {}
    if len(folded) < _ONE_WRONG or folded.isdecimal():
        return found
    for typed in {folded, folded.removesuffix("s")}:
        for word in names.words_like(typed):
            if word[0] != typed[0]:
                continue  # two letters wrong of exkludering make inkludering
            distance = OSA.distance(typed, word, score_cutoff=most)
            if distance <= most:
                found[word] = min(distance, found.get(word, most))
    if not found:
        return {}
    best = min(found.values())
    return {word: distance for word, distance in found.items() if distance == best}


def _candidates(
    words: Sequence[Word], readings: Sequence[dict[str, int]], counts: dict[str, int], names: Names
) -> list[StoredName]:
    rare = {
        form
        for i, found in enumerate(readings)
        for form in found
        if counts.get(form, 1) <= (_RARE if is_function(words[i].text) else _TOO_COMMON)
    }
    found = list(names.names_with(rare)) if rare else []
    seen = {(name.project, name.field, name.words) for name in found}
    phrases = {
        "".join(word.folded for word in words[i:j])
        for i in range(len(words))
        for j in range(i + 1, min(i + _LONGEST_NAME, len(words)) + 1)
    }
    found.extend(name for name in names.names_written(phrases) if (name.project, name.field, name.words) not in seen)
    return found


def _weights(stored: Sequence[StoredName], names: Names) -> Callable[[str], float]:
    """How much a word says of which name is meant: more the rarer it is among names."""
    counts = names.name_counts({word for name in stored for word in name.words}) if stored else {}
    total = names.name_total()
    return lambda word: math.log2(1 + total / counts.get(word, 1))


def _align(
    words: Sequence[Word], readings: Sequence[dict[str, int]], name: StoredName, weigh: Callable[[str], float]
) -> list[NameMatch]:
    """Where the words of ``name`` stand in the question, in order and together."""
    matches = []
    done = -1
    joined = "".join(name.words)
    for start in range(len(words)):
        if len(name.words) > 1 and words[start].folded == joined:
            pairs = [(start, j) for j in range(len(name.words))]  # "krafttagnord"
            matches.append(_match(words, [dict.fromkeys(name.words, 0)] * len(words), name, pairs, weigh))
            continue
        if start <= done or not readings[start].keys() & set(name.words):
            continue
        pairs = _run(words, readings, name, start)
        whole = len(pairs) == len(name.words)
        beginning = len(pairs) > 1 and pairs[0][1] == 0 and len(pairs) >= len(name.words) / 2  # "Gå vidare"
        if whole or beginning or any(not is_function(words[i].text) for i, _ in pairs):
            matches.append(_match(words, readings, name, pairs, weigh))
            done = pairs[-1][0]
    return matches


def _run(
    words: Sequence[Word], readings: Sequence[dict[str, int]], name: StoredName, start: int
) -> list[tuple[int, int]]:
    """Pairs of a question's word and the name's word that it is, from ``start`` on. Function words may stand between;
    the words of a person's name may come in any order."""
    pairs: list[tuple[int, int]] = []
    left = list(range(len(name.words)))
    i = start
    while i < len(words):
        j = next((j for j in left if name.words[j] in readings[i]), None)
        if j is None:
            bridged = is_function(words[i].text) and i + 1 < len(words)
            if not bridged or not any(name.words[j] in readings[i + 1] for j in left):
                break
        else:
            pairs.append((i, j))
            left = [k for k in left if (k != j if name.field == "contact" else k > j)]
        i += 1
    whole = len(pairs) == len(name.words)
    meant = [i for i, _ in pairs if not is_function(words[i].text)]
    while meant and not whole and pairs[-1][0] > meant[-1]:
        pairs.pop()  # a part of a name does not end in "för"
    return pairs


def _match(
    words: Sequence[Word],
    readings: Sequence[dict[str, int]],
    name: StoredName,
    pairs: list[tuple[int, int]],
    weigh: Callable[[str], float],
) -> NameMatch:
    first, last = pairs[0][0], pairs[-1][0] + 1
    matched = sum(weigh(name.words[j]) for _, j in pairs)
    total = sum(weigh(word) for word in name.words)
    exact = all(readings[i][name.words[j]] == 0 for i, j in pairs)
    other = _other_word(words, readings, name, pairs)
    last += other
    text = " ".join(word.text for word in words[first:last])
    named = Named(text, name.text, name.field, (name.project,), exact)
    of_name = {j for _, j in pairs}
    return NameMatch(
        first=first,
        last=last,
        words=tuple(dict.fromkeys(i for i, _ in pairs)),
        named=named,
        coverage=matched / total,
        distinct=False,
        other=bool(other),
        begins=0 in of_name,
        ends=len(name.words) - 1 in of_name,
    )


def _other_word(
    words: Sequence[Word], readings: Sequence[dict[str, int]], name: StoredName, pairs: list[tuple[int, int]]
) -> int:
    """How many words further the question goes on as the name would, but with another word in it; 0 where it does
    not."""
    i, j = pairs[-1]
    if name.field != "title" or j + 1 >= len(name.words):
        return 0
    goes_on_otherwise = i + 1 < len(words) and name.words[j + 1] not in readings[i + 1]
    if goes_on_otherwise and _is_numeral(words[i + 1].folded) and _is_numeral(name.words[j + 1]):
        return 1  # "Lyftet 3", where the name is Lyftet 2
    if i + 2 < len(words) and j + 2 < len(name.words) and name.words[j + 2] in readings[i + 2]:
        return 0 if is_function(words[i + 1].text) else 2
    return _last_word_differs(words, name, i, j) if pairs[0][1] == 0 else 0


def _last_word_differs(words: Sequence[Word], name: StoredName, i: int, j: int) -> int:
    """How far on stands another word where a title has its last: "Krafttag syd" for Krafttag nord, "Arena för
    integration" for Arena för nyorientering."""
    rest = [word for word in name.words[j + 1 :] if not is_function(word)]
    step = 2 if i + 1 < len(words) and is_function(words[i + 1].text) else 1
    same_bridge = step == 2 and words[i + 1].folded == name.words[j + 1]
    if not rest or not (len(rest) == 1 or same_bridge) or i + step >= len(words):
        return 0
    other = words[i + step]
    asks = (stem(other.folded),) in lexicon().phrases and (stem(rest[0]),) not in lexicon().phrases
    # The title goes on with a function word too; "Ny start i Lund" speaks of Lund, whatever the title has there.
    bridged = step == 1 or len(name.words) > j + 2
    bridged = bridged and (step == 1 or same_bridge or not gazetteer().named(other.text))
    numeral = other.folded.isdecimal() or rest[0].isdecimal() or len(rest[0]) < _SHORTEST_WORD
    return 0 if asks or numeral or not bridged or is_function(other.text) else step


def _is_numeral(folded: str) -> bool:
    return folded.isdecimal() or folded in _ROMAN.values()


def _distinct(words: Sequence[Word], match: NameMatch, titled: Mapping[int, set[str]], names: Names) -> bool:
    """Whether one of the words is no function word, no fact's name, in no other project's title, and said by no other
    project's narrative. ``titled`` has the projects in whose titles each word of the question stands."""
    own = set(match.named.projects)
    for i in match.words:
        folded = words[i].folded
        if is_function(words[i].text) or (stem(folded),) in lexicon().phrases or len(folded) < _SHORTEST_WORD:
            continue
        if folded in names.values("phase"):
            continue  # "Guldlinjen genomförande" names no other project that has the phase in its title
        if titled.get(i, set()) <= own and not _users(words[i], match, names):
            return True
    return False
