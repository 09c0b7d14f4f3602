"""Commands that bring the embeddings up to date and back: embed, add, status, rollback, prune and watch."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from esfbot.cli.failures import Failure
from esfbot.cli.opening import in_colour, make, note
from esfbot.cli.options import as_json, dry_run, force, json_line, no_wait, with_settings

if TYPE_CHECKING:  # heavy: see esfbot.cli
    from esfbot.settings import Settings
    from esfbot.upkeep.update import Outcome

REFUSED = 3  # exit code where the golden questions kept a generation from going live


@click.command()
@click.option(
    "--model",
    default="",
    metavar="MODEL",
    help="Embed with another model, beside the live generation, to compare both with eval --generation.",
)
@dry_run
@force
@no_wait
@as_json
@with_settings
def embed(settings: "Settings", *, model: str, dry_run: bool, force: str, no_wait: bool, as_json: bool) -> None:
    """Bring the embeddings up to date with the sheets.

    Only what is new or changed is embedded, and the result goes live when it answers the golden questions as well as
    what is live. Answers come from that until then. The exit code is 3 when it did not go live.
    """
    from dataclasses import replace

    from esfbot.upkeep.update import Options

    options = Options(force, dry_run, beside=bool(model), wait=0 if no_wait else -1)
    outcome = make(replace(settings, model=model or settings.model), options)
    _end(outcome, as_json=as_json)


@click.command()
@click.argument("paths", metavar="FILE...", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--replace", "replacing", is_flag=True, help="Replace a sheet of the same name, instead of keeping both.")
@dry_run
@force
@no_wait
@as_json
@with_settings
def add(
    settings: "Settings",
    paths: tuple[Path, ...],
    *,
    replacing: bool,
    dry_run: bool,
    force: str,
    no_wait: bool,
    as_json: bool,
) -> None:
    """Take in sheets: files, folders and zip archives.

    They are read and checked, copied to the folder of sheets under a name made from the project's number or title, and
    embedded. Where they do not go live nothing is copied. The exit code is 3 then.
    """
    from esfbot.upkeep import records, report
    from esfbot.upkeep.incoming import gathered
    from esfbot.upkeep.update import Options

    with gathered(paths, settings.sheets, replace=replacing) as incoming:
        if not as_json:
            click.echo(report.arrived(incoming))
        if not (incoming.files or incoming.there):
            if as_json:
                click.echo(json_line({"arrived": records.arrived(incoming)}))
            raise Failure("no sheet among what was given; expected at least one. Nothing was added.")
        outcome = make(settings, Options(force, dry_run, wait=0 if no_wait else -1), incoming)
        if as_json:
            click.echo(json_line(records.updated(outcome) | {"arrived": records.arrived(incoming)}))
        else:
            click.echo("\n" + report.updated(outcome, colour=in_colour()))
    _leave(outcome)


@click.command()
@as_json
@with_settings
def status(settings: "Settings", *, as_json: bool) -> None:
    """Tell what is live, whether the sheets have changed since, and which generations there are."""
    from esfbot.upkeep import history, records, report

    found = history.status(settings)
    click.echo(json_line(records.status(found)) if as_json else report.status(found, colour=in_colour()))
    if found.wrong:
        raise found.wrong


@click.command()
@click.argument("generation", default="", required=False)
@as_json
@with_settings
def rollback(settings: "Settings", generation: str, *, as_json: bool) -> None:
    """Make an earlier generation live again: the last one before, or GENERATION.

    The sheets stay as they are, and the next embed takes them up again.
    """
    from esfbot.upkeep import history

    name = history.roll_back(settings, generation)
    click.echo(json_line({"generation": name}) if as_json else f"{name} is live")


@click.command()
@click.option("--keep", metavar="N", type=click.IntRange(1), required=True, help="How many to keep, the live one too.")
@as_json
@with_settings
def prune(settings: "Settings", *, keep: int, as_json: bool) -> None:
    """Remove the oldest generations."""
    from esfbot.upkeep import history

    gone = history.prune(settings, keep)
    click.echo(
        json_line({"removed": gone}) if as_json else "\n".join(f"{name} removed" for name in gone) or "none removed"
    )


@click.command()
@with_settings
def watch(settings: "Settings") -> None:
    """Embed whenever the folder of sheets changes, once it has been still for a moment; Ctrl-C ends it.

    A change that answers golden questions worse does not go live, as with embed, and is tried again with the next one.
    """
    from esfbot.errors import EsfbotError
    from esfbot.upkeep import report
    from esfbot.upkeep.watch import changes

    for number, _ in enumerate(changes(settings.sheets)):
        note(f"embedding what changed in {settings.sheets}" if number else f"watching {settings.sheets}")
        try:
            click.echo(f"{report.updated(make(settings), colour=in_colour())}\n")
        except EsfbotError as error:  # mended by another change
            note(str(error))


def _end(outcome: "Outcome", *, as_json: bool) -> None:
    from esfbot.upkeep import records, report

    click.echo(json_line(records.updated(outcome)) if as_json else report.updated(outcome, colour=in_colour()))
    _leave(outcome)


def _leave(outcome: "Outcome") -> None:
    if outcome.refused:
        raise click.exceptions.Exit(REFUSED)
