"""Which projects a query is about."""

from esfbot.model.query import Query
from esfbot.store.sqlite import SqliteStore


def chosen(query: Query, store: SqliteStore) -> list[str]:
    """The ids of the projects that a query is about: those it names, those that fulfil its conditions, or all.

    Where a title is named and no project of that title fulfils the conditions, it is all of that title: what else a
    question says of a project by name is no reason to deny it.
    """
    if query.projects and not query.conditions:
        return list(query.projects)
    found = store.find(query.conditions, query.projects)
    by_title = any(named.field == "title" for named in query.names)
    return found or (list(query.projects) if by_title else [])
