"""Commands about the sheets as a whole: embed, check and status."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from esfbot.cli.opening import in_colour, make
from esfbot.cli.options import as_json, with_settings

if TYPE_CHECKING:  # heavy: see esfbot.cli
    from esfbot.errors import EsfbotError
    from esfbot.render.report import State
    from esfbot.settings import Settings
    from esfbot.sheets.folder import Reading


@click.command()
@as_json
@with_settings
def embed(settings: "Settings", *, as_json: bool) -> None:
    """Bring the embeddings up to date with the sheets.

    Only what is new or changed is embedded. Answers come from the old embeddings until the new ones are complete.
    """
    from esfbot.render import records, report

    made = make(settings)
    click.echo(_line(records.embedded(made)) if as_json else report.embedded(made))


@click.command()
@click.argument("sheets_named", metavar="[SHEET]...", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--strict", is_flag=True, help="End with exit code 1 when a file is refused or a problem is an error.")
@as_json
@with_settings
def check(settings: "Settings", sheets_named: tuple[Path, ...], *, strict: bool, as_json: bool) -> None:
    """Read sheets and report their problems; embed nothing.

    Without a SHEET the whole folder is read. With one (a file or a folder) what was read of it is shown as well.
    """
    from esfbot.render import records, report

    reading = _read(sheets_named, settings.sheets)
    if as_json:
        for record in records.checked(reading):
            click.echo(_line(record))
    else:
        click.echo(report.checked(reading, facts=bool(sheets_named), colour=in_colour()))
    if strict and records.failed(reading):
        raise click.exceptions.Exit(1)


@click.command()
@as_json
@with_settings
def status(settings: "Settings", *, as_json: bool) -> None:
    """Tell what is live, and whether the sheets have changed since."""
    from esfbot.render import records, report

    state, wrong = _state(settings)
    click.echo(_line(records.status(state)) if as_json else report.status(state))
    if wrong:
        raise wrong


def _read(named: tuple[Path, ...], folder: Path) -> "Reading":
    from esfbot.sheets.folder import read_files, read_folder
    from esfbot.sheets.read import sheet_files

    if not named:
        return read_folder(folder)
    if len(named) == 1 and named[0].is_dir():
        return read_folder(named[0])
    return read_files(file for path in named for file in (sheet_files(path) if path.is_dir() else [path]))


def _state(settings: "Settings") -> "tuple[State, EsfbotError | None]":
    """What is live, and what is wrong with it or with the sheets' folder."""
    from esfbot.errors import EmbeddingsError, FolderError, NoEmbeddings
    from esfbot.render.report import State
    from esfbot.sheets.folder import read_folder
    from esfbot.store import generations

    wrong: EsfbotError | None = None
    live, manifest, digests = None, None, None
    try:
        live = generations.live(settings.embeddings)
        manifest = generations.read_manifest(live)
        generations.check(live, settings.model)
    except NoEmbeddings:
        pass
    except EmbeddingsError as error:
        wrong = error
    try:
        digests = read_folder(settings.sheets).digests
    except FolderError as error:
        wrong = wrong or error
    return State(
        settings.sheets, settings.embeddings, live.name if live else None, manifest, digests, usable=not wrong
    ), wrong


def _line(record: object) -> str:
    return json.dumps(record, ensure_ascii=False)
