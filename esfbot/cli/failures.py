"""How a command fails: one line on standard error, and an exit code."""

import errno
import sys
import traceback
from pathlib import Path
from typing import IO, Any

import click

INTERRUPTED = 130  # what shells give a program that Ctrl-C ended: 128 and the number of SIGINT


class Failure(click.ClickException):
    """A failure told in one line; exit code 1."""

    exit_code = 1

    def show(self, file: IO[Any] | None = None) -> None:
        """Write the line to standard error."""
        click.echo(f"esfbot: {' '.join(self.message.split())}", file=file or sys.stderr)


class Program(click.Group):
    """The commands in the order they were added, and what happens when one fails."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click passes it
        """The commands' names, in the order they were added."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command. Its errors become one line, Ctrl-C an exit code."""
        from esfbot.errors import EsfbotError

        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except EsfbotError as error:
            raise Failure(str(error)) from error
        except KeyboardInterrupt:
            raise click.exceptions.Exit(INTERRUPTED) from None
        except Exception as error:  # whatever it is, a person gets a line and no traceback
            if sys.flags.dev_mode or (isinstance(error, OSError) and error.errno == errno.EPIPE):
                raise
            raise Failure(_unexpected(error)) from error


def _unexpected(error: Exception) -> str:
    """A failure that nobody thought of, with the place in our own code where it happened."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "esfbot" in Path(frame.filename).parts]
    place = f" at {Path(frames[-1].filename).name} line {frames[-1].lineno}" if frames else ""
    text = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return (
        f"{text}{place}; expected none. If it is not plain why, run python -X dev -m esfbot and report what it shows."
    )
