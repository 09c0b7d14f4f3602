"""Replies held against what is true of the invented projects."""

import datetime
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from esfbot.answers.phrase import phrase
from esfbot.model.answer import Answer, Card, Kind, Say
from esfbot.model.query import Conversation, Operation, Query
from esfbot.service import Service
from tests.invented import oracle
from tests.invented.truth import Invented
from tests.questions.queries import with_ids

_FEW = 10  # projects up to which a count also names them


class World:
    """Invented projects, ``truth``, and the ``service`` on their sheets.

    It is no dataclass, since a failed test would print them all.
    """

    def __init__(self, truth: Sequence[Invented], service: Service) -> None:
        files = {project.file: project for project in truth}
        stored = service.store.projects(service.store.find(), ["title"])
        self.truth = truth
        self.service = service
        self.by_id = {project.id: files[project.sheets[0]] for project in stored}
        self.ids = {project.title: id_ for id_, project in self.by_id.items()}  # of a title that several have the last

    def answer(self, query: Query) -> Answer:
        """The reply to the question that asks ``query``."""
        asked = with_ids(query, self.ids)
        question = phrase(asked, {id_: project.title for id_, project in self.by_id.items()})
        return self.service.answer(question, Conversation())[0]

    def about(self, answer: Answer) -> list[Invented]:
        """The projects that a reply is about."""
        return [self.by_id[project.id] for project in answer.projects]


def assert_true(query: Query, world: World) -> None:
    """The reply to the question that asks ``query`` tells what a loop over the truth finds."""
    answer = world.answer(query)
    expected = oracle.chosen(world.truth, query)
    if not expected:
        assert (answer.kind, answer.projects) == (Kind.NONE_THERE, ()), answer.question
        return
    check = _of_groups if query.group else _CHECKS[query.operation]
    check(query, answer, expected, world)


def _same_projects(answer: Answer, expected: Sequence[Invented], world: World) -> None:
    assert sorted(x.file for x in world.about(answer)) == sorted(x.file for x in expected), answer.question


def _list(query: Query, answer: Answer, expected: Sequence[Invented], world: World) -> None:
    _same_projects(answer, expected, world)


def _count(query: Query, answer: Answer, expected: Sequence[Invented], world: World) -> None:
    assert said(answer).startswith(f"{len(expected)} proje"), answer.question
    _same_projects(answer, expected if len(expected) <= _FEW else (), world)


def _total(query: Query, answer: Answer, expected: Sequence[Invented], world: World) -> None:
    added = oracle.total(expected, query)
    if added is None:
        assert answer.kind is Kind.NOT_STATED, answer.question
        return
    number, of = added
    assert written(number, query.order, query.language) in said(answer), answer.question
    assert re.search(rf"\({of} proje", said(answer)), answer.question


def _rank(query: Query, answer: Answer, expected: Sequence[Invented], world: World) -> None:
    """In the order of their numbers; equals in any order, and none of them left out at the end."""
    keys = {x.file: key for x in expected if (key := oracle.order_key(x, query.order)) is not None}
    if not keys:
        assert answer.kind is Kind.NOT_STATED, answer.question
        return
    ordered = sorted(keys.values(), reverse=query.descending)
    last = ordered[: query.limit or None][-1]
    wanted = ordered[: len(ordered) - ordered[::-1].index(last)]
    shown = world.about(answer)
    assert [keys[x.file] for x in shown] == wanted, answer.question
    assert len({x.file for x in shown}) == len(shown), answer.question


def _of_groups(query: Query, answer: Answer, expected: Sequence[Invented], world: World) -> None:
    groups = oracle.grouped(expected, query)
    ranked = query.operation is Operation.RANK  # the first of each group, of all groups
    if query.limit and groups and not ranked:
        numbers = sorted((number for _, number in groups), reverse=query.descending)
        last = numbers[: query.limit][-1]
        groups = [(x, n) for x, n in groups if (n >= last if query.descending else n <= last)]
    found = [(_group_of(tally.value, query.group), round(tally.number, 6)) for tally in answer.tallies]
    assert Counter(found) == Counter((name, round(number, 6)) for name, number in groups), answer.question
    if query.limit and not ranked:
        numbers = [number for _, number in found]
        assert numbers == sorted(numbers, reverse=query.descending), answer.question


def _group_of(value: str, field: str) -> str:
    """A value as shown, as `oracle.groups_of` tells it from others."""
    if field == "programme":
        value = value.removeprefix("Programområde ").split()[0]
    return value.casefold()


def _facts(query: Query, answer: Answer, expected: Sequence[Invented], world: World) -> None:
    """Every fact of every project, and none beside them; the sections asked for from their beginnings."""
    fields = query.fields or (oracle.EVERYTHING if query.everything else oracle.OVERVIEW)
    shown: dict[str, list[oracle.Row]] = {project.file: [] for project in expected}
    for card in answer.cards:
        shown[world.by_id[card.project.id].file] += rows_on(card)
    assert {file: Counter(rows) for file, rows in shown.items()} == {
        project.file: Counter(oracle.rows_of(project, fields)) for project in expected
    }, answer.question
    quotes = {(world.by_id[quote.project.id].file, " ".join(quote.text.split())) for quote in answer.quotes}
    for project in expected:
        for part in project.sections:
            if part.kind in fields:
                text = " ".join(part.text.split())
                assert any(file == project.file and text.startswith(said) for file, said in quotes), answer.question
    if any(oracle.rows_of(project, fields) for project in expected):
        _same_projects(answer, expected, world)


_CHECKS: Mapping[Operation, Callable[[Query, Answer, Sequence[Invented], World], None]] = {
    Operation.LIST: _list,
    Operation.COUNT: _count,
    Operation.SUM: _total,
    Operation.AVERAGE: _total,
    Operation.RANK: _rank,
    Operation.SHOW: _facts,
    Operation.COMPARE: _facts,
}


def said(answer: Answer) -> str:
    """What a reply says itself, before and behind the facts."""
    return "\n".join(block.text for block in answer.blocks if isinstance(block, Say))


def rows_on(card: Card) -> list[oracle.Row]:
    """The facts of a card, dates in ISO form."""
    return [
        (row.field, row.value.isoformat() if isinstance(row.value, datetime.date) else row.value) for row in card.rows
    ]


def written(number: float, field: str, language: str) -> str:
    """A sum or an average of ``field`` as people write it."""
    if field in ("esf_support", "total_budget"):
        amount = _grouped(f"{number:,.0f}", language)
        return f"SEK {amount}" if language == "en" else f"{amount} kr"
    if field == "duration":
        return f"({_grouped(f'{number:,.0f}', language)} da"
    if field in ("cofunding_rate", "esf_share"):
        return _grouped(f"{number:,.1f}".removesuffix(".0"), language) + ("%" if language == "en" else " %")
    decimals = 0 if number == round(number) or number > 100 else 1
    return _grouped(f": {number:,.{decimals}f}", language)


def _grouped(digits: str, language: str) -> str:
    """Digits as Swedish groups them: 1 234,5."""
    return digits if language == "en" else digits.replace(",", " ").replace(".", ",")
