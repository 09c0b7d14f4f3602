"""The command line. Nothing here but commands: they read what is typed, call one function, and show what comes back.

These modules import only click at the top, so that help is there at once and a question about a fact is answered in a
fraction of a second; each command loads what it needs.
"""

import io
import sys

import click

from esfbot.cli.evaluate import evaluate
from esfbot.cli.failures import Program
from esfbot.cli.feedback import feedback
from esfbot.cli.golden import golden
from esfbot.cli.sheets import check
from esfbot.cli.show import show
from esfbot.cli.talk import ask, bot, chat
from esfbot.cli.upkeep import add, embed, prune, rollback, status, watch
from esfbot.cli.withhold import withhold


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="esfbot", message="%(prog)s %(version)s", help="Show the version and leave.")
def program() -> None:
    """Answer questions about projects of the European Social Fund in Sweden, from their published sheets."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Bytes that are no text, and characters that a terminal lacks, are shown as such and stop nothing.
            stream.reconfigure(errors="replace")


for command in (
    *(embed, add, ask, chat, bot, feedback, check, show),
    *(status, rollback, prune, watch, withhold, golden, evaluate),
):
    program.add_command(command)


def main() -> None:
    """Run the command that the process was started with, and end it with the command's exit code."""
    program(prog_name="esfbot")
