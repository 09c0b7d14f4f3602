"""Names that the sheets know, found in a question: titles, numbers, people and organisations, whole or in part, also
misspelt."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from esfbot.language.words import Word, stem
from esfbot.model.query import Named
from esfbot.questions.candidates import Asked, find_candidates
from esfbot.questions.known import Names, StoredName
from esfbot.questions.lexicon import lexicon
from esfbot.sweden.places import gazetteer
from esfbot.wording.load import cue, is_function

_WHOLE = 0.999
_SHORTEST_WORD = 3  # letters of a word that says which name is meant
_ALONE = 5  # letters of a misspelt word that may stand for a name by itself
_ROMAN = frozenset("i ii iii iv v vi".split())


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
    asked, stored = find_candidates(words, names, may_be_misspelt)
    found = [match for name in stored for match in _align(asked, name)]
    titled: dict[int, set[str]] = {}
    for match in found:
        if match.named.field == "title":
            for i in match.words:
                titled.setdefault(i, set()).update(match.named.projects)
    telling = _telling(asked, names)
    found = [replace(m, distinct=True) if _distinct(asked, m, telling, titled, names) else m for m in found]
    return _without_shorter(asked, [m for m in found if m.named.exact or _may_be_meant(asked, m, names)], names)


def _may_be_meant(asked: Asked, match: NameMatch, names: Names) -> bool:
    """Whether a misspelt name is likely: of an organisation or in part it needs more than one word, and what would have
    to be corrected must be no word of other projects' narrative, unless the whole name stands there."""
    if len(match.words) == 1:
        short = len(asked.words[match.first].folded) < _ALONE
        if short or match.named.field not in ("title", "contact"):
            return False
    return (match.whole and len(match.words) > 1) or _is_slip(asked, match, names)


def _is_slip(asked: Asked, match: NameMatch, names: Names) -> bool:
    """Whether what would have to be corrected is no word of other projects' narrative."""
    own = set(match.named.projects)
    corrected = [i for i in match.words if i in asked.corrected]
    return not any(names.said_outside(stem(asked.words[i].text), own) for i in corrected)


def _without_shorter(asked: Asked, matches: Sequence[NameMatch], names: Names) -> list[NameMatch]:
    """The matches without those whose words, and more, are a whole name, though misspelt: "Nya vägra" is Nya vägar and
    not Nya with another word behind it. Another whole name makes way only for what is no word but a slip."""
    whole = [match for match in matches if match.whole and not match.named.exact and len(match.words) > 1]
    sure = [set(match.words) for match in whole if _is_slip(asked, match, names)]
    likely = [set(match.words) for match in whole]
    return [m for m in matches if not any(set(m.words) < words for words in (sure if m.whole else likely))]


def _align(asked: Asked, name: StoredName) -> list[NameMatch]:
    """Where the words of ``name`` stand in the question, in order and together."""
    matches = []
    done = -1
    as_one = asked.written.get("".join(name.words), ()) if len(name.words) > 1 else ()  # "krafttagnord"
    places = {i for word in name.words for i in asked.at.get(word, ())}
    for start in sorted(places.union(as_one)):
        if start in as_one:
            matches.append(_match(asked, name, [(start, j) for j in range(len(name.words))], exact=True))
            continue
        if start <= done or (len(name.words) > 1 and asked.functions[start] and not _goes_on(asked, places, start)):
            continue
        pairs = _run(asked, name, start)
        whole = len(pairs) == len(name.words)
        beginning = len(pairs) > 1 and pairs[0][1] == 0 and len(pairs) >= len(name.words) / 2  # "Gå vidare"
        if whole or beginning or any(not asked.functions[i] for i, _ in pairs):
            exact = all(asked.readings[i][name.words[j]] == 0 for i, j in pairs)
            matches.append(_match(asked, name, pairs, exact=exact))
            done = pairs[-1][0]
    return matches


def _goes_on(asked: Asked, places: set[int], i: int) -> bool:
    """Whether another word of a name that may stand at ``places`` follows word ``i``, at most one function word on."""
    return i + 1 in places or (i + 2 in places and asked.functions[i + 1])


def _run(asked: Asked, name: StoredName, start: int) -> list[tuple[int, int]]:
    """Pairs of a question's word and the name's word that it is, from ``start`` on. Function words may stand between;
    the words of a person's name may come in any order."""
    pairs: list[tuple[int, int]] = []
    readings, functions = asked.readings, asked.functions
    left = list(range(len(name.words)))
    i = start
    while i < len(readings):
        j = next((j for j in left if name.words[j] in readings[i]), None)
        if j is None:
            people = name.field == "contact" and asked.words[i].folded in cue("or")  # "Anna Berg och Bo Berg" are two
            bridged = functions[i] and i + 1 < len(readings) and not people
            bridged = bridged and asked.words[i].folded not in cue("not")  # "Broar (not Nord)"
            if not bridged or not any(name.words[j] in readings[i + 1] for j in left):
                break
        else:
            pairs.append((i, j))
            left = [k for k in left if (k != j if name.field == "contact" else k > j)]
        i += 1
    whole = len(pairs) == len(name.words)
    meant = [i for i, _ in pairs if not functions[i]]
    while meant and not whole and pairs[-1][0] > meant[-1] and asked.words[pairs[-1][0]].folded in cue("joining"):
        pairs.pop()  # a part of a name does not end in "för"
    return pairs


def _match(asked: Asked, name: StoredName, pairs: Sequence[tuple[int, int]], *, exact: bool) -> NameMatch:
    other = _other_word(asked, name, pairs)
    first, last = pairs[0][0], pairs[-1][0] + 1 + other
    of_name = {j for _, j in pairs}
    text = " ".join(word.text for word in asked.words[first:last])
    return NameMatch(
        first=first,
        last=last,
        words=tuple(dict.fromkeys(i for i, _ in pairs)),
        named=Named(text, name.text, name.field, name.projects, exact),
        coverage=sum(name.weights[j] for j in of_name) / sum(name.weights),
        distinct=False,
        other=bool(other),
        begins=0 in of_name,
        ends=len(name.words) - 1 in of_name,
    )


def _other_word(asked: Asked, name: StoredName, pairs: Sequence[tuple[int, int]]) -> int:
    """How many words further the question goes on as the name would, but with another word in it; 0 where it does
    not."""
    words, readings = asked.words, asked.readings
    i, j = pairs[-1]
    if name.field != "title" or j + 1 >= len(name.words) or (i + 1 < len(words) and parted(words[i], words[i + 1])):
        return 0
    goes_on_otherwise = i + 1 < len(words) and name.words[j + 1] not in readings[i + 1]
    if goes_on_otherwise and _is_numeral(words[i + 1].folded) and _is_numeral(name.words[j + 1]):
        return 1  # "Lyftet 3", where the name is Lyftet 2
    if i + 2 < len(words) and j + 2 < len(name.words) and name.words[j + 2] in readings[i + 2]:
        return 0 if asked.functions[i + 1] else 2
    return _last_word_differs(asked, name, i, j) if pairs[0][1] == 0 else 0


def _last_word_differs(asked: Asked, name: StoredName, i: int, j: int) -> int:
    """How far on stands another word where a title has its last: "Krafttag syd" for Krafttag nord, "Arena för
    integration" for Arena för nyorientering."""
    rest = [word for word in name.words[j + 1 :] if not is_function(word)]
    words = asked.words
    step = 2 if i + 1 < len(words) and asked.functions[i + 1] else 1
    same_bridge = step == 2 and words[i + 1].folded == name.words[j + 1]
    apart = step == 2 and words[i + 1].folded in cue("or")  # "Öppna dörrar och Redo" are two
    if step == 2 and not same_bridge and (apart or words[i + 1].folded not in cue("joining")):
        return 0  # "Vidga normen fler deltagare" goes on about something else
    if not rest or not (len(rest) == 1 or same_bridge) or i + step >= len(words):
        return 0
    other = words[i + step]
    asks = (stem(other.folded),) in lexicon().phrases and (stem(rest[0]),) not in lexicon().phrases
    # The title goes on with a function word too; "Ny start i Lund" speaks of Lund, whatever the title has there.
    bridged = step == 1 or len(name.words) > j + 2
    bridged = bridged and (step == 1 or same_bridge or not gazetteer().named(other.text))
    numeral = other.folded.isdecimal() or rest[0].isdecimal() or len(rest[0]) < _SHORTEST_WORD
    return 0 if asks or numeral or not bridged or asked.functions[i + step] else step


def parted(word: Word, following: Word) -> bool:
    """Whether a comma or the like stands between two words that follow each other."""
    return following.start - word.end > 1


def _is_numeral(folded: str) -> bool:
    return folded.isdecimal() or folded in _ROMAN


def _telling(asked: Asked, names: Names) -> frozenset[int]:
    """The words that may tell a name from all others: no function words, facts or phases, which stand in many titles,
    and none that is in more titles than were looked up."""
    phases = names.values("phase")  # "Guldlinjen genomförande" names no other project that has the phase in its title
    phrases = lexicon().phrases
    return frozenset(
        i
        for i, word in enumerate(asked.words)
        if not (asked.functions[i] or i in asked.everywhere or len(word.folded) < _SHORTEST_WORD)
        and (stem(word.folded),) not in phrases
        and word.folded not in phases
    )


def _distinct(
    asked: Asked, match: NameMatch, telling: frozenset[int], titled: Mapping[int, set[str]], names: Names
) -> bool:
    """Whether one of the words that may tell it is in no other project's title, and said by no other project's
    narrative. ``titled`` has the projects in whose titles each word of the question stands."""
    own = set(match.named.projects)
    return any(
        i in telling and titled.get(i, set()) <= own and not names.said_outside(stem(asked.words[i].text), own)
        for i in match.words
    )
