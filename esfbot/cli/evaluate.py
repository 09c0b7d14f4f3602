"""The command that measures how good the answers are: eval."""

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from esfbot.cli.failures import Failure
from esfbot.cli.opening import in_colour, opened, progressing
from esfbot.cli.options import as_json, with_settings

if TYPE_CHECKING:  # heavy: see esfbot.cli
    from esfbot.evaluate.comparison import Candidate
    from esfbot.evaluate.records import Record
    from esfbot.evaluate.run import Tally
    from esfbot.evaluate.sets import Question
    from esfbot.settings import Settings


@click.command("eval")
@click.argument("files", metavar="[FILE]...", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--generation",
    "generations",
    metavar="NAME",
    multiple=True,
    help="Compare this generation with the live one, or two with each other: the beginning of a name will do.",
)
@click.option(
    "--min",
    "minimum",
    metavar="PERCENT",
    type=click.FloatRange(0, 100),
    default=0.0,
    help="End with exit code 1 when fewer are right, of those of the generation named last.",
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
def evaluate(
    settings: "Settings",
    files: tuple[Path, ...],
    *,
    generations: tuple[str, ...],
    minimum: float,
    most: int | None,
    as_json: bool,
) -> None:
    """Ask the questions of sets and tell which answers are wrong.

    A FILE holds a question a line, in JSON, with what a right answer says; the README lists the keys. An answer
    misleads when it says what it must not, or does not say that the sheets lack what was asked for.

    With --generation it is told how many questions each generation answers right, how quickly, and which ones not
    equally well; without a FILE the golden questions are asked then.
    """
    if len(generations) > 2:
        raise click.UsageError("--generation is given at most twice.")
    if not files and not generations:
        raise click.UsageError("Missing argument 'FILE...'.")
    total = _compared(settings, files, generations, as_json=as_json) if generations else None
    if missed := _missed(total or _evaluated(settings, files, as_json=as_json), minimum, most):
        raise Failure(missed)


def _evaluated(settings: "Settings", files: Sequence[Path], *, as_json: bool) -> "Tally":
    """Ask the live generation, show what came of it, and return the counts."""
    from esfbot.evaluate import records, report
    from esfbot.evaluate.run import run
    from esfbot.evaluate.sets import read_questions

    questions = [question for path in files for question in read_questions(path)]
    with opened(settings) as service, progressing("questions answered", "Answering questions") as progress:
        results = run(service, questions, progress)
    _show(records.evaluated(results) if as_json else report.evaluated(results, colour=in_colour()))
    return results.total


def _compared(settings: "Settings", files: Sequence[Path], names: Sequence[str], *, as_json: bool) -> "Tally":
    """Ask generations the same questions, show them side by side, and return the counts of the one named last."""
    from esfbot.evaluate import records, report
    from esfbot.evaluate.comparison import compare
    from esfbot.evaluate.sets import read_questions

    questions = [question for path in files for question in read_questions(path)] or _golden(settings)
    asking = progressing("questions answered", "Answering questions")
    with _candidates(settings, names) as candidates, asking as progress:
        found = compare(candidates, questions, progress)
    _show(records.compared(found) if as_json else report.compared(found, colour=in_colour()))
    return found.asked[-1].results.total


def _golden(settings: "Settings") -> list["Question"]:
    from esfbot.errors import QuestionsRefused
    from esfbot.upkeep.golden import golden_file, questions

    found = list(questions(settings))
    if not found:
        raise QuestionsRefused(f"no golden questions in {golden_file(settings)}", "some to ask", "Name a FILE.")
    return found


@contextlib.contextmanager
def _candidates(settings: "Settings", names: Sequence[str]) -> Iterator[list["Candidate"]]:
    """The generations of these names, opened and warm; one name alone is compared with what is live."""
    from esfbot.errors import EmbeddingsError
    from esfbot.evaluate.comparison import Candidate
    from esfbot.service import Service
    from esfbot.store.generations import live, read_manifest
    from esfbot.upkeep.history import named

    current = live(settings.embeddings)
    folders = [named(settings, name) for name in names]
    folders = folders if len(folders) > 1 else [current, *folders]
    if folders[0] == folders[1]:
        found = f"{folders[0].name} is {'named twice' if len(names) > 1 else 'the live one itself'}"
        raise EmbeddingsError(found, "two generations to compare", "esfbot status shows those that there are.")
    with contextlib.ExitStack() as opened_ones:
        candidates = []
        for folder in folders:
            service = Service(settings, folder)
            opened_ones.callback(service.close)
            service.encoder().encode_query(["värm"])  # loading the model is no part of answering
            candidates.append(Candidate(folder.name, read_manifest(folder).model, folder == current, service))
        yield candidates


def _show(shown: "str | Iterable[Record]") -> None:
    import json

    for each in [shown] if isinstance(shown, str) else shown:
        click.echo(each if isinstance(each, str) else json.dumps(each, ensure_ascii=False))


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
