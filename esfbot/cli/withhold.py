"""The command that withholds a person: withhold."""

from datetime import datetime
from typing import TYPE_CHECKING

import click

from esfbot.cli.opening import make, note
from esfbot.cli.options import as_json, json_line, with_settings

if TYPE_CHECKING:  # heavy: see esfbot.cli
    from esfbot.settings import Settings
    from esfbot.sheets.withheld.entries import Entry
    from esfbot.upkeep.withhold import Withheld


@click.command()
@click.argument("who", default="", required=False)
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The last day on which it holds.")
@click.option("--reason", default="", metavar="TEXT", help="Why, for those who look after the sheets.")
@click.option("--lift", is_flag=True, help="Take the person off the list; the next embed shows them again.")
@as_json
@with_settings
def withhold(settings: "Settings", who: str, *, until: datetime | None, reason: str, lift: bool, as_json: bool) -> None:
    """Withhold a person: WHO is a name, an e-mail address or a telephone number.

    The person is gone from all answers and all generations at once, and stays gone when the same sheets are read again.
    Without WHO those on the list are shown.
    """
    if not who:
        _list(settings, as_json=as_json)
    elif lift:
        _lift(settings, who, as_json=as_json)
    else:
        _withhold(settings, who, until, reason, as_json=as_json)


def _withhold(settings: "Settings", who: str, until: datetime | None, reason: str, *, as_json: bool) -> None:
    import datetime as dates

    from esfbot.sheets.withheld.entries import Entry
    from esfbot.upkeep.withhold import withhold as withhold_

    today = dates.date.today()  # noqa: DTZ011 - the maintainer's day
    entry = Entry(who, today, until.date() if until else None, reason)
    done = withhold_(settings, entry, lambda holder: note(f"waiting for {holder}"))
    click.echo(json_line(_record(done.entry) | {"sheets": list(done.sheets)}) if as_json else _told(done))


def _told(done: "Withheld") -> str:
    taken = ", ".join([done.entry.who, *done.entry.also])
    lines = [f"withheld: {taken}"]
    if done.sheets:
        lines.append(f"taken out of {', '.join(done.sheets)}; {done.generation} is live")
    else:
        lines.append("found on no sheet that is live; is it spelt as there? An address or a number will do as well")
    lines += [f"the file name {name} tells who it is; rename the file and run: esfbot embed" for name in done.named]
    return "\n".join(lines)


def _lift(settings: "Settings", who: str, *, as_json: bool) -> None:
    from esfbot.errors import FolderError
    from esfbot.upkeep.withhold import lift

    entry = lift(settings, who)
    if entry is None:
        raise FolderError(f"nobody on the list is {who!r}", "somebody on it", "esfbot withhold shows the list.")
    if as_json:
        click.echo(json_line(_record(entry)))
        return
    click.echo(f"{entry.who} is no longer on the list")
    make(settings)


def _list(settings: "Settings", *, as_json: bool) -> None:
    from esfbot.sheets.withheld.entries import read_entries

    for entry in read_entries(settings.sheets):
        until = f" until {entry.until}" if entry.until else ""
        why = f": {entry.reason}" if entry.reason else ""
        text = f"{', '.join([entry.who, *entry.also])}, since {entry.since}{until}{why}"
        click.echo(json_line(_record(entry)) if as_json else text)


def _record(entry: "Entry") -> dict[str, object]:
    until = entry.until.isoformat() if entry.until else None
    said = {"who": entry.who, "also": list(entry.also), "since": entry.since.isoformat()}
    return {**said, "until": until, "reason": entry.reason}
