"""Projects that are about the same as another."""

from esfbot.answers.rows import ENTRY, rows_of
from esfbot.model.answer import Answer, Block, Card, Kind, ProjectRef, Say
from esfbot.model.query import Query
from esfbot.store.sqlite import SqliteStore
from esfbot.wording.load import say

_SIMILAR = 5


def similar(query: Query, store: SqliteStore) -> Answer:
    """The few projects whose texts are most like those of the first project asked about, the likest first."""
    (title,) = store.titles(query.projects[:1]).values()
    ids = store.projects_like(query.projects[0], _SIMILAR)
    if not ids:
        text = say("none_similar", query.language, project=title)
        return Answer(query.text, query.language, Kind.NONE_THERE, (Say(text),), abstained=True)
    cards: list[Block] = []
    refs = []
    for project in store.projects(ids, ENTRY):
        refs.append(ProjectRef(project.id, project.title))
        cards.append(Card(refs[-1], tuple(rows_of(project, ENTRY, query.language)[0])))
    lead = Say(say("similar", query.language, project=title))
    return Answer(query.text, query.language, Kind.LIST, (lead, *cards), tuple(refs))
