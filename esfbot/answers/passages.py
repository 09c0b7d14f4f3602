"""The narrative searched by words and by meaning together, and the sentences that answer picked out."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from esfbot.encoders import Encoder, query_vector
from esfbot.language.sentences import sentence_spans
from esfbot.language.words import fold, split, stem
from esfbot.store.found import StoredPassage
from esfbot.store.sqlite import SqliteStore
from esfbot.store.sqlite_file import stems
from esfbot.wording.load import glossary, holds, is_function

_FOUND = 40  # passages that each of the two rankings offers
_HALF = 0.5
_END = 6  # letters that one end of a compound must have to be taken for it
_PREFIX = 2  # letters of be-, an-, ut-
_PART = 4  # letters from which a word is found as part of a compound
_LONGEST_QUOTE = 520  # characters
_READ_CLOSELY = 25  # passages whose sentences are weighed one by one
_NEAR = 25  # characters
_HOLDS_WANTED = 1.5  # what it is worth, in the same measure, to hold the number or the name asked for
# How many standard deviations of likeness it is worth to hold the whole topic. Of 2 to 15, six ranked the right project
# first most often in 21 questions of meaning.
_WORDS_WEIGH = 6.0


@dataclass(frozen=True, slots=True)
class Topic:
    """The matter of a question: ``words`` are groups of stems, of each of which any one will do, with the group's
    weight, higher the rarer its words are in the sheets."""

    words: tuple[tuple[tuple[str, ...], float], ...]

    def share(self, text: str) -> float:
        """How much of the topic ``text`` holds, from 0 to 1."""
        total = sum(weight for _, weight in self.words)
        if not total:
            return 0.0
        held = set(stems(text))
        return sum(weight * max(_held(word, held) for word in group) for group, weight in self.words) / total


def topic_of(text: str, store: SqliteStore) -> Topic:
    """The topic of the words of a question that nothing else accounts for."""
    words = [word.text for word in split(text) if not is_function(word.text) and len(word.text) > 1]
    groups = [(stem(word), *glossary().get(stem(word, "en"), ())) for word in words]
    spread = store.spread({word for group in groups for word in group})
    total = store.passage_total()
    weights = [math.log(1 + total / max(0.5, sum(spread.get(word, 0) for word in group))) for group in groups]
    return Topic(tuple(zip(groups, weights, strict=True)))


def _held(word: str, held: set[str]) -> float:
    """How much of a word a text holds, from 0 to 1.

    All of it where it stands alone or at either end of a compound (praktik in praktikplats, coach in externcoach), half
    where the text has one end of the compound (förare of lastbilsförare).
    """
    if word in held:
        return 1.0
    if len(word) >= _PART and any(other.startswith(word) or _ends_in(other, word) for other in held):
        return 1.0
    ends = (other for other in held if len(other) >= _END and len(other) < len(word))
    return _HALF if any(word.startswith(other) or _ends_in(word, other) for other in ends) else 0.0


def _ends_in(compound: str, word: str) -> bool:
    """Whether ``word`` is the last part of a compound, and not of a verb with a prefix, as skriva of beskriva."""
    return compound.endswith(word) and len(compound) - len(word) > _PREFIX


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that may answer.

    ``cosine`` is its likeness in meaning to the question and ``above`` by how many standard deviations that exceeds the
    likeness of all passages to it; ``share`` is how much of the topic it holds (0 to 1); ``score`` ranks, higher is
    better.
    """

    passage: StoredPassage
    cosine: float
    above: float
    share: float
    score: float


def search(
    question: str, topic: Topic, store: SqliteStore, encoder: Callable[[], Encoder], among: Sequence[str] = ()
) -> list[Found]:
    """Find the passages that may answer ``question``, best first, in the projects ``among`` or in all."""
    vector = query_vector(encoder(), question)
    likeness = store.likeness(vector)
    by_meaning = store.passages_by_meaning(vector, among, _FOUND)
    words = [word for group, _ in topic.words for word in group]
    by_words = store.passages_by_words(words, among, _FOUND)
    rows = dict.fromkeys(row for row, _ in [*by_meaning, *by_words])
    cosines = dict(by_meaning)
    found = []
    for passage in store.passages(list(rows)):
        cosine = cosines.get(passage.row)
        cosine = float(store.vector(passage.row) @ vector) if cosine is None else cosine
        share = topic.share(f"{passage.heading} {passage.text}")
        above = (cosine - likeness.mean) / likeness.deviation
        found.append(Found(passage, cosine, above, share, above + _WORDS_WEIGH * share))
    # A vector may differ in its last digit from one made again; that must not decide between two passages.
    return sorted(found, key=lambda f: (-round(f.score, 4), f.passage.source.sheet, f.passage.source.line))


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Sentences of a passage that answer: offsets in its text, and how well the best of them does; higher is better."""

    found: Found
    start: int
    end: int
    score: float


def excerpts(found: Sequence[Found], topic: Topic, wants: str = "") -> list[Excerpt]:
    """The sentences of each of the best passages that answer best, the best first.

    ``wants`` says what a sentence that answers would hold, such as a ``number`` or a ``name``.
    """
    chosen = [_excerpt(candidate, topic, wants) for candidate in found[:_READ_CLOSELY]]
    return sorted(chosen, key=lambda excerpt: -round(excerpt.score, 4))


def _excerpt(found: Found, topic: Topic, wants: str) -> Excerpt:
    text = found.passage.text
    spans = sentence_spans(text) or [(0, len(text))]
    worths = [_worth(text[slice(*span)], topic, wants) for span in spans]
    first = last = max(range(len(spans)), key=lambda i: (worths[i], -i))
    score = found.above + worths[first]
    # The sentence before often says who or what the answering one speaks of.
    while first > 0 and spans[last][1] - spans[first - 1][0] <= _LONGEST_QUOTE:
        first -= 1
        if last + 1 < len(spans) and spans[last + 1][1] - spans[first][0] <= _LONGEST_QUOTE:
            last += 1
    while last + 1 < len(spans) and spans[last + 1][1] - spans[first][0] <= _LONGEST_QUOTE:
        last += 1
    return Excerpt(found, spans[first][0], spans[last][1], score)


def _worth(sentence: str, topic: Topic, wants: str) -> float:
    worth = _WORDS_WEIGH * topic.share(sentence)
    if wants == "name":
        return worth + (_HOLDS_WANTED if any(word.text[0].isupper() for word in split(sentence)[1:]) else 0)
    if not wants:
        return worth
    sentence = fold(sentence)
    found = list(holds()[wants].finditer(sentence))
    if not found:
        return worth
    # A number right before one of the topic's words counts it: "50 chefer".
    counted = any(topic.share(sentence[match.end() : match.end() + _NEAR]) for match in found)
    return worth + _HOLDS_WANTED + (_HOLDS_WANTED if counted else 0)
