"""What was done to the embeddings as text for a terminal, in English: it is for those who look after the sheets."""

import datetime
import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from esfbot.embed.changes import FactChange, ProjectChange
from esfbot.embed.scan import Sheets
from esfbot.evaluate.report import faults, short
from esfbot.evaluate.report import wrong as wrong_answer
from esfbot.evaluate.run import Result
from esfbot.evaluate.sets import Question
from esfbot.model.project import Problem, Severity
from esfbot.render.plain import Style, render
from esfbot.render.report import count, problem_line, refusal
from esfbot.upkeep.golden import Gate
from esfbot.upkeep.history import Generation, Status
from esfbot.upkeep.incoming import Incoming
from esfbot.upkeep.update import Outcome

_NAMED = 10  # sheets that a line names
_SHOWN = 50  # projects and problems that are told one by one
_LINES = 30  # of a reply that are shown
_MEGABYTE = 1_000_000


def updated(outcome: Outcome, *, colour: bool = False) -> str:
    """What became of the projects, what is wrong with their sheets, the golden questions, and what is live."""
    style = Style(colour)
    made = outcome.made
    told = ["\n".join(changed(change, style)) for change in made.changes[:_SHOWN]]
    if len(made.changes) > _SHOWN:
        told.append(f"and {count(len(made.changes) - _SHOWN, 'more project')}; --json tells all")
    parts = ["\n".join(told)] if told else []
    parts += _problems(made.problems, style)
    parts += ["\n".join(f"refused: {refusal(each)}" for each in made.sheets.refused)] if made.sheets.refused else []
    parts += gate_lines(outcome.gate, style) if outcome.gate else []
    parts.append("\n".join(_end(outcome)))
    return "\n\n".join(parts)


def changed(change: ProjectChange, style: Style) -> Iterator[str]:
    """What became of a project, its facts below it."""
    yield f"{change.what}: {style.bold(change.title)}  {style.grey(', '.join(change.sheets))}"
    for fact in change.facts:
        yield f"  {fact_changed(fact)}"
    if change.sections:
        yield f"  text: {', '.join(change.sections)}"


def fact_changed(fact: FactChange) -> str:
    """A fact's change: ``kontaktperson: A → B``."""
    return f"{fact.label}: {fact.before or '–'} → {fact.after or '–'}"


def _problems(problems: Sequence[Problem], style: Style) -> Iterator[str]:
    """The problems by severity, the worst first, and by sheet."""
    order = list(Severity)
    ranked = sorted(problems, key=lambda x: (order.index(x.severity), x.source.sheet, x.source.line))
    for sheet, found in itertools.groupby(ranked[:_SHOWN], key=lambda problem: problem.source.sheet):
        yield "\n".join([style.bold(sheet), *(problem_line(problem, style) for problem in found)])
    if len(ranked) > _SHOWN:
        yield f"and {count(len(ranked) - _SHOWN, 'more problem')}; esfbot check shows all"


def gate_lines(gate: Gate, style: Style) -> Iterator[str]:
    """What the golden questions said, with those that are answered worse."""
    for result in gate.worse:
        yield f"worse: {wrong_answer(result, style)}"
    passed_over = f", {gate.passed_over} about withheld people not asked" if gate.passed_over else ""
    right = gate.asked - len(gate.wrong)
    yield f"golden questions: {right} of {gate.asked} right, {len(gate.worse)} answered worse{passed_over}"


def _end(outcome: Outcome) -> Iterator[str]:
    made, sheets = outcome.made, outcome.made.sheets
    parts = [f"{len(names)} {what}" for what, names in _named(sheets).items()]
    yield f"sheets: {', '.join(parts)}, {len(sheets.unchanged)} unchanged, {len(sheets.refused)} refused"
    if made.problems:
        yield f"problems of these: {_severities(made.problems)}"
    if outcome.dry_run:
        yield f"{count(made.embedded, 'passage')} to embed and {made.kept} kept"
        yield "a dry run: nothing was changed, and no golden question asked"
        return
    passages = f"{count(made.embedded, 'passage')} embedded and {made.kept} kept"
    if outcome.refused:
        yield f"{passages}; not published: {outcome.generation or 'nothing'} stays live"
        yield "Correct the sheets or the golden questions, or publish with --force REASON."
        return
    where = "beside the live one" if outcome.beside else "live"
    yield f"{count(made.projects, 'project')} {where} as {outcome.generation}, {passages}, in {outcome.seconds:.1f} s"
    if outcome.beside and not outcome.live:
        yield f"To compare it with the live one: esfbot eval --generation {outcome.generation}"
        yield f"To make it live: esfbot rollback {outcome.generation}"
    if outcome.forced:
        yield f"published in spite of the golden questions: {outcome.forced}"
    if outcome.pruned:
        yield f"old generations removed: {', '.join(outcome.pruned)}"


def _severities(problems: Sequence[Problem]) -> str:
    """How many problems there are of each severity: ``1 error, 3 warnings``."""
    found = Counter(problem.severity for problem in problems)
    return ", ".join(count(found[severity], severity.value) for severity in Severity if found[severity])


def _named(sheets: Sheets) -> dict[str, tuple[str, ...]]:
    return {"added": sheets.added, "changed": sheets.changed, "removed": sheets.removed}


def arrived(incoming: Incoming) -> str:
    """What came in, before anything is made of it."""
    lines = [f"refused: {refusal(each)}" for each in incoming.refused]
    if incoming.others:
        endings = sorted({PurePosixPath(name).suffix.lower() or "none" for name in incoming.others})
        what = f"{count(len(incoming.others), 'file')} with endings that sheets do not have ({_names(endings)})"
        lines.append(f"passed over: {what}")
    lines += [f"there already: {_names(incoming.there)}"] if incoming.there else []
    lines += [f"replaces: {_names(sorted(incoming.replaced))}"] if incoming.replaced else []
    lines.append(f"{count(len(incoming.files), 'sheet')} to add: {_names(sorted(incoming.files))}".rstrip(": "))
    return "\n".join(lines)


def status(found: Status, *, colour: bool = False) -> str:
    """What is live and whether the sheets have changed since, then all generations, the newest first."""
    style = Style(colour)
    live = found.live
    rows = [("embeddings", str(found.embeddings)), ("sheets", str(found.sheets))]
    if live and live.manifest:
        rows += [
            ("live", live.name),
            ("projects", f"{live.manifest.projects} from {count(len(live.manifest.sheets), 'sheet')}"),
            ("passages", str(live.manifest.passages)),
            ("problems", f"{live.manifest.problems}; esfbot check lists them" if live.manifest.problems else "none"),
            ("since then", since(found.since)),
        ]
    else:
        rows.append(("live", "nothing yet; run: esfbot embed"))
    lines = [f"{label:<10}  {text}" for label, text in rows]
    return "\n".join([*lines, "", *_table(found.generations[::-1], style)] if found.generations else lines)


def golden(found: Sequence[Question], file: Path, *, colour: bool = False) -> str:
    """The golden questions, a line each, and how many they are."""
    style = Style(colour)
    names, kinds = (max(map(len, column), default=0) for column in ([q.id for q in found], [q.kind for q in found]))
    lines = [f"{q.id:<{names}}  {style.grey(f'{q.kind:<{kinds}}')}  {q.text}" for q in found]
    return "\n".join([*lines, *[""] * bool(lines), f"{count(len(found), 'golden question')} in {file}"])


def kept(added: Question, result: Result, *, colour: bool = False) -> str:
    """A golden question that was added: what is answered now, and what has to be."""
    wrong = "" if result.verdict.right else ", which is known to be wrong"
    lines = [f"The bot answers now{wrong}:", "", *_reply(result, colour), ""]
    lines += [f"Added to {added.file} line {added.line}. A right answer from now on:"]
    return "\n".join([*lines, *(f"  {label:<11}  {text}" for label, text in _wanted(added))])


def answered_otherwise(result: Result, *, colour: bool = False) -> str:
    """What is wrong with the answer to a question that was not added."""
    lines = ["The bot answers now:", "", *_reply(result, colour), "", "What is wrong with it:"]
    return "\n".join([*lines, *(f"  {label:<8}  {text}" for label, text in faults(result.verdict))])


def _reply(result: Result, colour: bool) -> list[str]:
    lines = [f"  {line}".rstrip() for line in render(result.answer, colour=colour).splitlines()]
    more = len(lines) - _LINES
    return [*lines[:_LINES], f"  and {count(more, 'more line')}"] if more > 0 else lines


def _wanted(question: Question) -> Iterator[tuple[str, str]]:
    """What a question expects, each with the way in which."""
    if question.abstain:
        yield "abstains", "it says that the sheets do not answer"
    yield from (("says", " or ".join(choices)) for choices in question.must)
    yield from (("says not", unwanted) for unwanted in question.must_not)
    if question.projects is not None:
        how = "project first" if question.first or question.ordered else "projects"
        yield how, "; ".join(question.projects) or "none"


def since(changes: Sheets | None) -> str:
    """Which sheets have changed since the live generation was made."""
    if changes is None:
        return "can't be told: the sheets can't be read"
    if not changes:
        return "no sheet has changed"
    return (
        "; ".join(f"{what} {_names(names)}" for what, names in _named(changes).items() if names) + ". Run: esfbot embed"
    )


def _table(generations: Sequence[Generation], style: Style) -> Iterator[str]:
    rows = [("generation", "made", "sheets", "model", "golden", "MB", "")]
    rows += [(each.name, *_told(each), f"{each.size / _MEGABYTE:.1f}", _remarks(each)) for each in generations]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for number, row in enumerate(rows):
        line = "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()
        yield style.bold(line) if not number else line


def _told(generation: Generation) -> tuple[str, str, str, str]:
    """When it was made, from how many sheets, with which model, and the golden questions answered right."""
    manifest = generation.manifest
    if manifest is None:
        return "?", "?", "?", "?"
    golden = manifest.golden
    right = f"{golden['asked'] - golden['wrong']} of {golden['asked']}" if golden else "–"
    made = f"{datetime.datetime.fromisoformat(manifest.created).astimezone():%Y-%m-%d %H:%M}"
    model = f"{short(manifest.model)} ({manifest.backend})" if manifest.backend else short(manifest.model)
    return made, str(len(manifest.sheets)), model, right


def _remarks(generation: Generation) -> str:
    manifest = generation.manifest
    remarks = ["live"] if generation.live else [] if generation.was_live else ["never live"]
    if manifest:
        remarks += [f"forced: {manifest.forced}"] if manifest.forced else []
    remarks += [generation.wrong] if generation.wrong else []
    return "; ".join(remarks)


def _names(sheets: Sequence[str]) -> str:
    more = f" and {len(sheets) - _NAMED} more" if len(sheets) > _NAMED else ""
    return ", ".join(sheets[:_NAMED]) + more
