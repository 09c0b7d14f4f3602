"""The command that measures how good the answers are: eval."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from esfbot.cli.failures import Failure
from esfbot.cli.opening import in_colour, opened, progressing
from esfbot.cli.options import as_json, with_settings

if TYPE_CHECKING:  # heavy: see esfbot.cli
    from esfbot.evaluate.run import Results, Tally
    from esfbot.settings import Settings


@click.command("eval")
@click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option(
    "--min",
    "minimum",
    metavar="PERCENT",
    type=click.FloatRange(0, 100),
    default=0.0,
    help="End with exit code 1 when fewer are right.",
)
@click.option(
    "--max-misleading",
    "most",
    metavar="N",
    type=click.IntRange(0),
    help="End with exit code 1 when more mislead.",
)
@as_json
@with_settings
def evaluate(settings: "Settings", files: tuple[Path, ...], *, minimum: float, most: int | None, as_json: bool) -> None:
    """Ask the questions of sets and tell which answers are wrong.

    A FILE holds a question a line, in JSON, with what a right answer says; the README lists the keys. An answer
    misleads when it says what it must not, or does not say that the sheets lack what was asked for.
    """
    results = _results(settings, files)
    _show(results, as_json=as_json)
    if missed := _missed(results.total, minimum, most):
        raise Failure(missed)


def _results(settings: "Settings", files: tuple[Path, ...]) -> "Results":
    from esfbot.evaluate.run import run
    from esfbot.evaluate.sets import read_questions

    questions = [question for path in files for question in read_questions(path)]
    with opened(settings) as service, progressing("questions answered", "Answering questions") as progress:
        return run(service, questions, progress)


def _show(results: "Results", *, as_json: bool) -> None:
    import json

    from esfbot.evaluate import records, report

    if as_json:
        for record in records.evaluated(results):
            click.echo(json.dumps(record, ensure_ascii=False))
    else:
        click.echo(report.evaluated(results, colour=in_colour()))


def _missed(total: "Tally", minimum: float, most: int | None) -> str:
    """What falls short of what was asked for, in a line; empty where nothing does."""
    from esfbot.evaluate.report import percent

    found, expected = [], []
    if total.percent < minimum:
        found.append(f"{percent(total)} right")
        expected.append(f"at least {minimum:g}%")
    if most is not None and total.misleading > most:
        found.append(f"{total.misleading} misleading")
        expected.append(f"at most {most}")
    wanted = f"expected {' and '.join(expected)}. What is wrong with each answer is listed."
    return f"{' and '.join(found)}; {wanted}" if found else ""
