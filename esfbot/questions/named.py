"""Questions about projects that they name, by title, number, address or telephone, or by a place in the last list."""

from dataclasses import replace

from esfbot.fields import FIELDS, Kind
from esfbot.language.words import is_shouted
from esfbot.model.query import Condition, Named, Operation, Query, Test
from esfbot.questions.operations import addable, read_order
from esfbot.questions.reading import Reading
from esfbot.questions.unanswerable import stranger
from esfbot.wording.load import cue

_CONTACT = ("contact", "email", "phone")
_TOTALS = (Operation.SUM, Operation.AVERAGE)
_PAIR = 2
_THAT = ("den for", "det for", "that of")


def of_named(reading: Reading) -> Query:
    """A question about projects that it names by title, number, address or telephone number."""
    parts, subject = reading.parts, reading.parts.subject
    query = replace(reading.plain, projects=subject.projects, names=subject.names, apart=subject.apart)
    if parts.by_title and (than := _than(reading)):
        lists = parts.operation if parts.operation is Operation.COUNT else Operation.LIST
        return replace(query, operation=lists, projects=(), names=(), fields=(), topic="", conditions=than)
    if not parts.by_title:
        besides = [field for field in parts.fields if field not in (*_CONTACT, "address", "website", "title")]
        return replace(query, operation=Operation.SHOW, fields=("contact", *besides), topic="")
    several = len(subject.projects) > 1
    # What one title leaves open, conditions tell apart; of a project that is certain, they can only hold or not.
    told_apart = parts.conditions if parts.same_title else ()
    query = replace(query, conditions=told_apart, aside=() if parts.same_title else parts.conditions)
    shouted = is_shouted(parts.marks.words)
    if parts.confirms and not shouted and (name := stranger(parts, capitals_only=True)):
        query = replace(query, apart=(*query.apart, Named(name, name, "contact", ())), topic="")
    if compared := _compared(reading, query, several=several):
        return compared
    if len(subject.projects) > 1 and parts.operation is Operation.RANK:
        return reading.ordered(query, limit=1)
    if several and parts.operation in _TOTALS and not parts.same_title:
        return reading.added_up(query)
    if parts.topic and (not parts.fields or parts.sections_only):
        return replace(query, operation=Operation.PASSAGES)
    return replace(query, operation=Operation.SHOW, fields=parts.fields or reading.fields_before())


def of_picked(reading: Reading, project: str, word: int) -> Query:
    """A question about a project that the last list holds, picked by ``word``."""
    parts = reading.parts
    fields = () if parts.fields == ("phone",) and not parts.terms.of("phone") else parts.fields  # "nummer två"
    query = replace(reading.plain, projects=(project,), inherited=True, fields=fields or reading.fields_before())
    if set(parts.left) - {word} and not fields:
        return replace(query, operation=Operation.PASSAGES)
    return replace(query, operation=Operation.SHOW, topic="")


def _compared(reading: Reading, query: Query, *, several: bool) -> Query | None:
    """Projects side by side, two facts of one, or whether one project is larger or longer than the other."""
    parts = reading.parts
    amounts = addable(parts.fields)
    either = any(word.folded in cue("either") for word in parts.marks.words)  # "har X eller Y störst budget?"
    if several and parts.confirms and not either and (order := _order_of_two(reading)):
        return replace(
            query, operation=Operation.COMPARE, order=order[0], descending=order[1], fields=order[:1], topic=""
        )
    if reading.compares() and (several or len(amounts) == _PAIR):
        return replace(query, operation=Operation.COMPARE, fields=parts.fields, topic="")
    return None


def _than(reading: Reading) -> tuple[Condition, ...]:
    """What a question about projects in general compares with the one that it names: "vilka projekt är större än FKG
    09?", "projekt i samma region som SAMLA"."""
    parts = reading.parts
    said = {word.folded for word in parts.marks.words}
    general = parts.operations & {"list", "count", "how_many"} or said & {"projekt", "projects"}
    if not general or parts.topic or len(parts.subject.projects) != 1:
        return ()
    than, title = parts.subject.projects[0], parts.subject.names[0].name
    if said & cue("same"):
        fields = [field for field in parts.fields if FIELDS[field].kind is not Kind.SECTION]
        return tuple(Condition(field, Test.SAME, (), title, than=than) for field in fields)
    order = _order_of_two(reading) if said & (cue("than") | cue("sooner") | cue("later")) else _above_that(reading)
    if order is None:
        return ()
    return (*parts.conditions, Condition(order[0], Test.OVER if order[1] else Test.UNDER, (), title, than=than))


def _above_that(reading: Reading) -> tuple[str, bool] | None:
    """What is to be above or below "that of" a project: "med budget över den för FKG 09"."""
    text = " ".join(word.folded for word in reading.parts.marks.words)
    for name, descending in (("over", True), ("under", False)):
        if any(f" {word} {that} " in text for word in cue(name) for that in _THAT):
            return read_order(reading.parts.operations, reading.parts.marks, reading.parts.terms)[0], descending
    return None


def _order_of_two(reading: Reading) -> tuple[str, bool] | None:
    """What a question says that one of two projects has more of than the other: "pågick X längre än Y", "startade
    X före Y"."""
    parts = reading.parts
    if parts.operation is Operation.RANK:
        return read_order(parts.operations, parts.marks, parts.terms)
    dates = [field for field in parts.fields if field in ("start", "end")]
    said = {word.folded for word in parts.marks.words}
    if dates and said & (cue("sooner") | cue("later")):
        return dates[0], bool(said & cue("later"))
    if said & cue("than") and said & (cue("more") | cue("less")):
        order, _ = read_order(parts.operations, parts.marks, parts.terms)
        return order, bool(said & cue("more"))
    return None
