"""What must hold for the projects asked about, put together from the small readers: numbers, times, what a sheet
states, programme, phase, organisations and places, each perhaps turned round by a "not"."""

import datetime
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from esfbot.fields import Kind
from esfbot.language.words import Word, fold
from esfbot.model.query import TODAY, Condition, Test
from esfbot.questions.known import Names
from esfbot.questions.marks import Marks
from esfbot.questions.named_values import read_phase, read_programme, read_values_of_fields
from esfbot.questions.quantities import Dimension, Quantity, read_quantities
from esfbot.questions.stated import read_compared, read_stated
from esfbot.questions.terms import Terms
from esfbot.questions.times import TimeCondition, read_time_conditions
from esfbot.wording.load import cue

ORGANISATIONS = ("owner", "co_funder", "partner", "participant")
_MOST_OF_A_NAME = 0.6
_DATES = ("start", "end", "period")
_NEGATION_NEAR = 6  # words before a condition that may turn it round, across words without a meaning of their own
# What a negated comparison says of a number that is stated.
_OPPOSITE = {
    Test.OVER: Test.AT_MOST,
    Test.AT_MOST: Test.OVER,
    Test.UNDER: Test.AT_LEAST,
    Test.AT_LEAST: Test.UNDER,
    Test.BEFORE: Test.AT_LEAST,
    Test.AFTER: Test.AT_MOST,
    Test.STATED: Test.LACKING,
    Test.LACKING: Test.STATED,
}
_AMOUNTS = {True: "esf_support", False: "total_budget"}


@dataclass(frozen=True, slots=True)
class Stated:
    """A condition and the ``words`` (indices) that state it, those of the fact it is ``of`` apart: two times may be of
    one "pågick"."""

    condition: Condition
    words: frozenset[int]
    of: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Conditions:
    """The conditions that a question states, with the words that do."""

    stated: tuple[Stated, ...] = ()

    @property
    def items(self) -> tuple[Condition, ...]:
        """The conditions alone."""
        return tuple(stated.condition for stated in self.stated)

    @property
    def words(self) -> frozenset[int]:
        """The words that state them."""
        return frozenset(i for stated in self.stated for i in stated.words | stated.of)

    @property
    def fields(self) -> frozenset[str]:
        """The fields that they are about."""
        return frozenset(condition.field for condition in self.items)


def read_conditions(
    text: str, marks: Marks, terms: Terms, names: Names, excluded: frozenset[int] = frozenset()
) -> Conditions:
    """Read the conditions that a question states, besides the projects it names and its places. ``excluded`` are the
    words of projects that it leaves out."""
    found: list[Stated] = []
    used: set[int] = set()

    def take(more: Iterable[Stated], taken: frozenset[int] = frozenset()) -> None:
        for stated in more:
            if not stated.words & (used | taken):
                found.append(stated)
                used.update(stated.words)

    take(_numbers(read_quantities(text), marks, terms))
    take(_either(list(_times(text, marks, terms))))
    take(Stated(condition, words) for condition, words in read_compared(marks, terms))
    take(Stated(condition, words) for condition, words in read_programme(text, marks, names))
    take(Stated(condition, words) for condition, words in read_phase(marks, terms, names))
    take(Stated(condition, words) for condition, words in read_values_of_fields(marks, terms, names))
    take(_organisations(marks, terms))
    compared = frozenset(i for stated in found for i in stated.of)  # what is compared need not be stated besides
    take((Stated(condition, words) for condition, words in read_stated(marks, terms)), compared)
    return Conditions(tuple(_turned(stated, marks, (used | excluded) - stated.words) for stated in found))


def read_places(marks: Marks) -> Conditions:
    """The places asked about: any one of them will do, unless both are wanted or one is not."""
    wanted: list[Stated] = []
    for mention in marks.places:
        codes = tuple(dict.fromkeys(place.code for place in mention.places))
        stated = Stated(
            Condition("municipality", Test.IN, codes, mention.text), frozenset(range(mention.first, mention.last))
        )
        wanted.append(_turned(stated, marks, before=wanted))
    apart = any(word.folded in cue("both") for word in marks.words)
    positive = [stated for stated in wanted if not stated.condition.negated]
    negative = [stated for stated in wanted if stated.condition.negated]
    return Conditions((*(positive if apart else _joined(positive)), *_joined(negative)))


def _joined(places: Sequence[Stated]) -> list[Stated]:
    if not places:
        return []
    codes = tuple(dict.fromkeys(code for place in places for code in place.condition.operands))
    text = ", ".join(place.condition.text for place in places)
    condition = replace(places[0].condition, operands=codes, text=text)
    return [Stated(condition, frozenset(i for place in places for i in place.words))]


def _turned(stated: Stated, marks: Marks, taken: Collection[int] = (), before: Sequence[Stated] = ()) -> Stated:
    """A condition turned round where a negation stands before it, or before the place that an "or" joins it to."""
    first = min(stated.words | stated.of)
    inside = [i for i in range(first, max(stated.words)) if i not in stated.words | stated.of and i not in taken]
    if any(marks.words[i].folded in cue("not") for i in inside):  # "pågick inte 2009"
        return replace(stated, condition=_negated(stated.condition), words=stated.words | set(inside))
    spans = [(m.first, m.last) for m in marks.places] + [(m.first, m.last) for m in marks.names]
    others = {i for span in spans for i in range(*span)} - stated.words - stated.of
    for i in reversed(range(max(0, first - _NEGATION_NEAR), first)):
        word = marks.words[i].folded
        if i in others:
            joined = {marks.words[j].folded for j in range(i + 1, first)} <= cue("or")
            if joined and before and i in before[-1].words and before[-1].condition.negated:
                return replace(stated, condition=replace(stated.condition, negated=True))
            return stated
        if word in cue("not") and i > 0:  # a question that begins with "not" or "inte" denies nothing
            return replace(stated, condition=_negated(stated.condition), words=stated.words | {i})
        if word in cue("but") or i in marks.left or i in taken:
            return stated
    return stated


def _negated(condition: Condition) -> Condition:
    opposite = _OPPOSITE.get(condition.test)
    if opposite is None or condition.field == "period":
        return replace(condition, negated=True)
    return replace(condition, test=opposite)


def _numbers(quantities: Sequence[Quantity], marks: Marks, terms: Terms) -> Iterator[Stated]:
    for quantity in quantities:
        words = inside(marks.words, quantity.start, quantity.end)
        if not words:
            continue
        number = min(inside(marks.words, quantity.number, quantity.end))
        field, of = _field_of(quantity, min(words), number, max(words), marks, terms)
        if not field or (quantity.bare and not _is_meant(quantity, field, bool(of), min(words), marks)):
            continue
        bounds = tuple(round(bound) if bound == round(bound) else bound for bound in quantity.operands)
        written = marks.written[quantity.start : quantity.end]
        yield Stated(Condition(field, quantity.test, bounds, written), frozenset(words), frozenset(of))


def _field_of(
    quantity: Quantity, first: int, number: int, last: int, marks: Marks, terms: Terms
) -> tuple[str, set[int]]:
    """The fact that a number is compared with, by what it counts and by the fact named nearest, and its words."""
    match quantity.dimension:
        case Dimension.MONEY:
            received = any(word.folded in cue("received") for word in marks.words[:first])
            return terms.nearest(first, last, (Kind.AMOUNT,)) or (_AMOUNTS[received], set())
        case Dimension.SHARE:
            field, of = terms.nearest(first, last, (Kind.PERCENT, Kind.COMPUTED, Kind.AMOUNT)) or ("", set())
            return field if field == "cofunding_rate" else "esf_share", of
        case Dimension.LENGTH:
            _, of = terms.nearest(first, last, names=("period", "duration")) or ("", set())
            return "duration", of
    following = marks.words[last + 1].folded if last + 1 < len(marks.words) else ""
    if following in cue("participants"):
        return "planned_participants", {last + 1}
    return terms.counted_at(last + 1) or terms.counted_before(first, number) or ("", set())


def _is_meant(quantity: Quantity, field: str, named: bool, first: int, marks: Marks) -> bool:
    """Whether a number that nothing compares must be the very one: "har två kontaktpersoner", "har 50 %
    medfinansieringsgrad", "är budgeten 5 000 000 kr?"."""
    had = first > 0 and marks.words[first - 1].folded in cue("having")
    if quantity.dimension is Dimension.MONEY:
        return named and marks.words[0].folded in cue("whether")
    return had and (quantity.dimension is Dimension.COUNT or field == "cofunding_rate")


def _times(text: str, marks: Marks, terms: Terms) -> Iterator[Stated]:
    times = read_time_conditions(text)
    spoken = {time: inside(marks.words, time.start, time.end) for time in times}
    for time, words in spoken.items():
        others = frozenset(i for other in times if other is not time for i in spoken[other])
        if not words or any(word in key for word in words for key in _keys(marks)):
            continue
        own = (time.field, set[int]()) if time.field else None
        near = terms.without(others).nearest(min(words), max(words), names=_DATES)
        field, of = own or near or ("period", set())
        whole = min(words) - 1
        if field == "period" and whole >= 0 and marks.words[whole].folded in cue("whole"):  # "pågick hela 2010"
            written = marks.text(sorted({whole, *words}))
            yield Stated(Condition("start", Test.AT_MOST, (time.first,), written), frozenset(words), frozenset(of))
            yield Stated(Condition("end", Test.AT_LEAST, (time.last,), written), frozenset({whole}))
            continue
        condition = _time_condition(time, field, text)
        yield Stated(condition, frozenset(words), frozenset(of))
        if also := terms.joined_before(of, _DATES, marks):  # "startade och slutade 2009"
            yield Stated(replace(condition, field=also[0]), frozenset(also[1]))


def _either(times: Sequence[Stated]) -> Iterator[Stated]:
    """Days of one start or end, which can lie in but one of them: "startade 2010 och 2011" is from the one to the
    other where they adjoin."""
    kept: list[Stated] = []
    for stated in times:
        last = kept[-1] if kept else None
        if last and (joined := _adjoining(last.condition, stated.condition)):
            kept[-1] = Stated(joined, last.words | stated.words, last.of | stated.of)
        else:
            kept.append(stated)
    yield from kept


def _adjoining(one: Condition, other: Condition) -> Condition | None:
    within = one.test is other.test is Test.WITHIN and one.field == other.field != "period"
    if not within or TODAY in (*one.operands, *other.operands):
        return None
    (first, last), (next_first, next_last) = one.operands, other.operands
    days = [day for day in (first, last, next_first, next_last) if isinstance(day, datetime.date)]
    if len(days) < len(one.operands) * 2 or (days[2] - days[1]).days != 1:
        return None
    return replace(one, operands=(days[0], days[3]), text=f"{one.text}, {other.text}")


def _keys(marks: Marks) -> list[range]:
    """What no number or time is part of: e-mail addresses, telephone numbers, project numbers."""
    numbers = [name for name in marks.names if name.named.field == "number"]
    return [range(key.first, key.last) for key in marks.keys] + [range(name.first, name.last) for name in numbers]


def _time_condition(time: TimeCondition, field: str, text: str) -> Condition:
    operands = {
        Test.BEFORE: (time.first,),
        Test.AFTER: (time.last,),
        Test.AT_LEAST: (time.first,),
        Test.AT_MOST: (time.last,),
    }
    days = (TODAY,) if time.first == TODAY else operands.get(time.test, (time.first, time.last))
    return Condition(time.field or field, time.test, days, text[time.start : time.end])


def _organisations(marks: Marks, terms: Terms) -> Iterator[Stated]:
    """A co-funder, partner or owner that only ordinary words name, or a part: "har Arbetsförmedlingen som
    medfinansiär", "är Samhall med i något projekt"."""
    roles = set(terms.fields) & set(ORGANISATIONS)
    matches = [m for m in marks.weak if m.named.field in roles] or [
        m for m in marks.weak if roles and m.named.field in ORGANISATIONS and m.coverage >= _MOST_OF_A_NAME
    ]
    for match in matches:
        text = " ".join(fold(marks.words[i].text) for i in match.words)
        of = frozenset(i for role in roles for i in terms.of(role))
        yield Stated(Condition(match.named.field, Test.NAMES, (text,), match.named.text), frozenset(match.words), of)


def inside(words: Sequence[Word], start: int, end: int) -> set[int]:
    """The indices of the words that begin at characters ``start`` up to ``end``."""
    return {i for i, word in enumerate(words) if start <= word.start < end}
