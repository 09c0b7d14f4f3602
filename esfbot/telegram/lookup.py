"""What the keys in buttons and links stand for."""

import functools
from collections.abc import Mapping

from esfbot.model.project import Contact, Project
from esfbot.render.presses import contact_key, project_key
from esfbot.store.sqlite import SqliteStore


def project_of(store: SqliteStore, key: str) -> str | None:
    """The id of the project that ``key`` stands for; None where there is none any more."""
    return _by_key(store).get(key)


@functools.lru_cache(maxsize=1)  # a generation never changes, and one is live
def _by_key(store: SqliteStore) -> Mapping[str, str]:
    return {project_key(id_): id_ for id_ in store.find()}


def contact_of(project: Project, key: str) -> tuple[int, Contact] | None:
    """The contact that ``key`` stands for, with its place among the project's; None where its facts have changed."""
    for place, contact in enumerate(project.contacts):
        if key in {contact_key(fact) for fact in contact.facts}:
            return place, contact
    return None
