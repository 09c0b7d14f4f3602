"""The command that shows what was read: show."""

from typing import TYPE_CHECKING

import click

from esfbot.cli.opening import in_colour, opened
from esfbot.cli.options import as_json, with_settings

if TYPE_CHECKING:  # heavy: see esfbot.cli
    from esfbot.settings import Settings
    from esfbot.store.sqlite import SqliteStore

_NAMED = 10  # projects that an error message names
_AT_ONCE = 200  # projects loaded together: few enough for memory, many enough for speed


@click.command()
@click.argument("project", required=False)
@as_json
@with_settings
def show(settings: "Settings", project: str | None, *, as_json: bool) -> None:
    """Show what was read of a PROJECT, or list all of them.

    PROJECT is an id, a number, or a title or part of one that fits no other project.
    """
    with opened(settings) as service:
        store = service.store
        ids = store.find() if project is None else [_named(project, store)]
        if as_json:
            _records(store, ids)
        elif project is None:
            _list(store, ids)
        else:
            _page(store, ids[0])


def _records(store: "SqliteStore", ids: list[str]) -> None:
    import json

    from esfbot.render.records import project_record

    for at in range(0, len(ids), _AT_ONCE):
        for project in store.projects(ids[at : at + _AT_ONCE]):
            record = project_record(project, store.sections(project.id), store.dates(project.sheets))
            click.echo(json.dumps(record, ensure_ascii=False))


def _list(store: "SqliteStore", ids: list[str]) -> None:
    width = max(map(len, ids), default=0)
    for at in range(0, len(ids), _AT_ONCE):
        for id_, title in store.titles(ids[at : at + _AT_ONCE]).items():
            click.echo(f"{id_:<{width}}  {title}")


def _page(store: "SqliteStore", id_: str) -> None:
    from esfbot.render.report import project_page

    for project in store.projects([id_]):
        page = project_page(project, store.sections(id_), store.dates(project.sheets), colour=in_colour())
        click.echo(page)


def _named(text: str, store: "SqliteStore") -> str:
    """The id of the one project that ``text`` names. Raises EsfbotError where there is none or more than one."""
    from esfbot.errors import EsfbotError

    fitting = _fitting(text, store)
    if len(fitting) == 1:
        return fitting[0]
    if not fitting:
        raise EsfbotError(
            f"no project {text!r}", "an id, a number or a title of the sheets", "esfbot show lists all projects."
        )
    named = ", ".join(fitting[:_NAMED]) + (f" and {len(fitting) - _NAMED} more" if len(fitting) > _NAMED else "")
    raise EsfbotError(f"{len(fitting)} projects that fit {text!r}", "one", f"Name one by its id: {named}.")


def _fitting(text: str, store: "SqliteStore") -> list[str]:
    """The ids of the projects that ``text`` fits best: as id, as number or title, as a title's beginning, as a part."""
    from esfbot.language.words import split

    ids = store.find()
    if text in ids:
        return [text]
    words = " ".join(word.folded for word in split(text))
    found = store.names((), [words.replace(" ", "")])
    written = [id_ for name in found if name.field in ("title", "number") for id_ in name.projects]
    if written or not words:
        return list(dict.fromkeys(written))
    titles = {id_: " ".join(word.folded for word in split(title)) for id_, title in store.titles(ids).items()}
    beginning = [id_ for id_, title in titles.items() if title.startswith(words)]
    return beginning or [id_ for id_, title in titles.items() if words in title]
