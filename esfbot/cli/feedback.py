"""The command that shows what people thought of answers."""

import contextlib
import json
from typing import TYPE_CHECKING

import click

from esfbot.cli.options import as_json, with_settings

if TYPE_CHECKING:  # heavy: see esfbot.cli
    from esfbot.settings import Settings
    from esfbot.state.verdicts import Unanswered, Verdict


@click.command()
@as_json
@with_settings
def feedback(settings: "Settings", *, as_json: bool) -> None:
    """Show what people thought of the bot's answers, and the questions that got none, the newest first."""
    from esfbot.state import report
    from esfbot.state.state import State

    verdicts: list[Verdict] = []
    unanswered: list[Unanswered] = []
    if settings.state.exists():  # to look makes no file
        with contextlib.closing(State(settings.state)) as state:
            verdicts, unanswered = state.verdicts.all(), state.verdicts.unanswered()
    if not as_json:
        click.echo(report.text(verdicts, unanswered))
        return
    for record in report.records(verdicts, unanswered):
        click.echo(json.dumps(record, ensure_ascii=False))
