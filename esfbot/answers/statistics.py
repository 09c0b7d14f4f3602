"""Figures about many projects at once: how many, what they got together, when they began and in which regions."""

from dataclasses import replace

from esfbot.answers.chosen import chosen
from esfbot.answers.describe import describe
from esfbot.answers.groups import groups
from esfbot.answers.refusals import none_there
from esfbot.answers.totals import total_text
from esfbot.model.answer import Answer, Block, Kind, Say, Table
from esfbot.model.query import Operation, Query
from esfbot.store.sqlite import SqliteStore
from esfbot.wording.load import say

_AMOUNTS = ("esf_support", "total_budget")
_GROUPS = ("region", "start")


def statistics(query: Query, store: SqliteStore) -> Answer:
    """The figures of the projects that fulfil the query's conditions, or of all."""
    ids = chosen(query, store)
    if not ids:
        return none_there(query, store)
    name = "counted_one" if len(ids) == 1 else "counted"
    lines = [say(name, query.language, count=len(ids), how=describe(query))]
    plain = replace(query, conditions=())  # the first line says which projects are meant
    for field in _AMOUNTS:
        if numbers := list(store.measures(field, ids).values()):
            lines += [
                total_text(replace(plain, operation=operation), field, numbers)
                for operation in ((Operation.SUM, Operation.AVERAGE) if len(numbers) > 1 else (Operation.SUM,))
            ]
    blocks: list[Block] = [Say("\n".join(lines))]
    for group in _GROUPS:
        of_group = groups(replace(query, operation=Operation.COUNT, group=group, order="", limit=0), store)
        blocks += [] if of_group.abstained else [_brief(block) for block in of_group.blocks[:2]]
    return Answer(query.text, query.language, Kind.TOTAL, tuple(blocks))


def _brief(block: Block) -> Block:
    """A table without the titles of its projects: figures are what is asked for."""
    return replace(block, titles=False) if isinstance(block, Table) else block
