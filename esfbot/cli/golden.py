"""Commands for the golden questions: golden add and golden list."""

from typing import TYPE_CHECKING, Any

import click

from esfbot.cli.failures import Failure
from esfbot.cli.opening import in_colour, opened
from esfbot.cli.options import as_json, json_line, with_settings

if TYPE_CHECKING:  # heavy: see esfbot.cli
    from esfbot.settings import Settings


@click.group()
def golden() -> None:
    """Look after the golden questions, which every new generation is asked before it goes live.

    They stand in the folder of sheets, in questions.jsonl: a question a line, with the keys of question sets.
    """


@golden.command("add")
@click.argument("question")
@click.option("--must", metavar="TEXT", multiple=True, help="What the reply has to say; several times for more.")
@click.option("--must-not", metavar="TEXT", multiple=True, help="What the reply must not say.")
@click.option("--project", "projects", metavar="TITLE", multiple=True, help="A project that the reply is about.")
@click.option("--abstain", is_flag=True, help="The reply has to say that the sheets do not answer.")
@click.option("--id", "id_", metavar="NAME", default="", help="What the question is called in reports.")
@click.option("--kind", metavar="NAME", default="", help="The group that it is counted in.")
@click.option("--wrong", is_flag=True, help="Add it although it is answered wrong today.")
@as_json
@with_settings
def add(
    settings: "Settings",
    question: str,
    *,
    must: tuple[str, ...],
    must_not: tuple[str, ...],
    projects: tuple[str, ...],
    abstain: bool,
    id_: str,
    kind: str,
    wrong: bool,
    as_json: bool,
) -> None:
    """Add a QUESTION that the bot must go on answering right.

    Without --must, --must-not, --project and --abstain it has to go on saying what it says now. A question that is not
    answered as it should be today is refused, unless --wrong says that this is known.
    """
    from esfbot.upkeep import records, report
    from esfbot.upkeep.expected import proposed
    from esfbot.upkeep.golden import add as keep
    from esfbot.upkeep.golden import golden_file

    if not question.strip():
        raise click.BadParameter("expected a question, and there is none", param_hint="QUESTION")
    wanted: dict[str, Any] = {"must": list(must), "must_not": list(must_not), "projects": list(projects)}
    given = {"id": id_, "kind": kind, "q": question, **wanted, "abstain": abstain}
    record = {key: value for key, value in given.items() if value}
    if wrong and not (any(wanted.values()) or abstain):
        raise click.UsageError("--wrong needs what a right answer says: --must, --must-not, --project or --abstain.")
    with opened(settings) as service:
        record, result = proposed(service, _clean(record), str(golden_file(settings)))
    if not result.verdict.right and not wrong:
        record = records.answered_otherwise(result)
        click.echo(json_line(record) if as_json else report.answered_otherwise(result, colour=in_colour()))
        raise Failure(
            "the question is answered otherwise today; expected what the options say. "
            "Correct them, or the sheet, or add it with --wrong to say that it is known to be answered wrong."
        )
    added = keep(settings, record)
    click.echo(json_line(records.kept(added, result)) if as_json else report.kept(added, result, colour=in_colour()))


@golden.command("list")
@as_json
@with_settings
def list_(settings: "Settings", *, as_json: bool) -> None:
    """List the golden questions."""
    from esfbot.upkeep import records, report
    from esfbot.upkeep.golden import golden_file, questions

    found = questions(settings)
    if as_json:
        for question in found:
            click.echo(json_line(records.golden(question)))
    else:
        click.echo(report.golden(found, golden_file(settings), colour=in_colour()))


def _clean(record: dict[str, Any]) -> dict[str, Any]:
    """The record in NFC and without bytes that are no text, as they may come from a terminal."""
    from esfbot.language.words import normalise

    def clean(value: Any) -> Any:
        if isinstance(value, list):
            return [clean(each) for each in value]
        return normalise(value) if isinstance(value, str) else value

    return {key: clean(value) for key, value in record.items()}
