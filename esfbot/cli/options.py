"""Options that commands share."""

import functools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

Command = Callable[..., Any]

as_json = click.option("--json", "as_json", is_flag=True, help="Write JSON, one object a line.")

force = click.option(
    "--force", metavar="REASON", default="", help="Go live although golden questions are answered worse, and keep why."
)
dry_run = click.option("--dry-run", is_flag=True, help="Tell what would change; embed nothing and change nothing.")
no_wait = click.option("--no-wait", is_flag=True, help="Fail where another process is at it, instead of waiting.")


def json_line(record: object) -> str:
    """A record as a line of JSON, in the letters that it is written with."""
    return json.dumps(record, ensure_ascii=False)


def with_settings(command: Command) -> Command:
    """Call ``command`` with the settings first: what --sheets and --embeddings say, the environment, or `.env`."""

    @click.option(
        "--sheets",
        metavar="DIR",
        type=click.Path(path_type=Path),
        help=_help("Folder of the sheets", "SHEETS", "seeds"),
    )
    @click.option(
        "--embeddings",
        metavar="DIR",
        type=click.Path(path_type=Path),
        help=_help("Folder of the embeddings", "EMBEDDINGS", "embeddings"),
    )
    @functools.wraps(command)
    def run(sheets: Path | None, embeddings: Path | None, **given: Any) -> Any:
        from dataclasses import replace

        from esfbot.settings import read_settings

        settings = read_settings()
        places = replace(settings, sheets=sheets or settings.sheets, embeddings=embeddings or settings.embeddings)
        return command(places, **given)

    return run


def _help(what: str, setting: str, default: str) -> str:
    return f"{what} (else ESFBOT_{setting}, or {default})."
