"""The command that looks at sheets: check."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from esfbot.cli.opening import in_colour
from esfbot.cli.options import as_json, json_line, with_settings

if TYPE_CHECKING:  # heavy: see esfbot.cli
    from esfbot.settings import Settings
    from esfbot.sheets.folder import Reading


@click.command()
@click.argument("sheets_named", metavar="[SHEET]...", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--contacts",
    is_flag=True,
    help="Report the contacts to look after instead: those of ended projects, malformed or look-alike addresses, and "
    "one person with different numbers.",
)
@click.option("--strict", is_flag=True, help="End with exit code 1 when a file is refused or a problem is an error.")
@as_json
@with_settings
def check(settings: "Settings", sheets_named: tuple[Path, ...], *, contacts: bool, strict: bool, as_json: bool) -> None:
    """Read sheets and report their problems; embed nothing.

    Without a SHEET the whole folder is read. With one (a file or a folder) what was read of it is shown as well.
    Contacts are compared with those of the sheets that are read.
    """
    from esfbot.render import records, report

    reading = _read(sheets_named, settings.sheets)
    if contacts:
        wrong = _check_contacts(reading, as_json=as_json)
    else:
        wrong = records.failed(reading)
        if as_json:
            for record in records.checked(reading):
                click.echo(json_line(record))
        else:
            click.echo(report.checked(reading, facts=bool(sheets_named), colour=in_colour()))
    if strict and wrong:
        raise click.exceptions.Exit(1)


def _check_contacts(reading: "Reading", *, as_json: bool) -> bool:
    """Report on the contacts of what was read; return whether something is an error."""
    import datetime

    from esfbot.render import records, report
    from esfbot.sheets.contact_check.check import check_contacts

    today = datetime.date.today()  # noqa: DTZ011 - a sheet's days are those of the reader's calendar
    findings = check_contacts(reading.projects, today)
    if as_json:
        for record in records.contacts_checked(reading, findings):
            click.echo(json_line(record))
    else:
        click.echo(report.contacts_checked(reading, findings, colour=in_colour()))
    return records.contacts_failed(reading, findings)


def _read(named: tuple[Path, ...], folder: Path) -> "Reading":
    from esfbot.sheets.folder import read_files, read_folder
    from esfbot.sheets.read import sheet_files

    if not named:
        return read_folder(folder)
    if len(named) == 1 and named[0].is_dir():
        return read_folder(named[0])
    return read_files(file for path in named for file in (sheet_files(path) if path.is_dir() else [path]))
