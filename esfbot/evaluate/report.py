"""Results as text for a terminal, in English: they are for those who look after the sheets.

This is here and not in `esfbot.render` since rooms import only from rooms before them.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from esfbot.evaluate.comparison import Asked, Comparison
from esfbot.evaluate.judge import Match, Verdict, WrongProjects
from esfbot.evaluate.run import Result, Results, Tally
from esfbot.render.plain import Style, render

_REPLY = 300  # characters shown of a reply
_MODEL = 30  # characters shown of a model's name
_LANGUAGES: Final = {"sv": "Swedish", "en": "English"}
_COLUMNS = ("asked", "right", "share right", "misleading")
_EXPECTED: Final = {
    Match.EXACTLY: "exactly {}",
    Match.FIRST: "first one of {}",
    Match.ORDERED: "to begin with {}",
}


def evaluated(results: Results, *, colour: bool = False) -> str:
    """What is wrong with each wrong answer, the counts by kind and by language, and the total."""
    style = Style(colour)
    languages = {_language(language): tally for language, tally in results.by_language.items()}
    parts = [wrong(result, style) for result in results.wrong]
    parts += [_table({"kind": results.by_kind, "language": languages}, style), total(results.total)]
    return "\n\n".join(parts)


def compared(comparison: Comparison, *, colour: bool = False) -> str:
    """What each generation answers right, by kind too, and how quickly; then the questions that they answer
    differently well."""
    style = Style(colour)
    parts = [_side_by_side(comparison.asked, style)]
    parts += [_answered(results, comparison.asked, style) for results in comparison.differing]
    if len(parts) == 1:
        parts.append("Each question is answered equally well.")
    return "\n\n".join(parts)


def total(tally: Tally) -> str:
    """The counts in one line: ``104 of 107 right (97.1%), 1 misleading``."""
    return f"{tally.right} of {tally.asked} right ({percent(tally)}), {tally.misleading} misleading"


def percent(tally: Tally) -> str:
    """The share right, rounded down: what is not all right is never shown as 100.0%."""
    return f"{1000 * tally.right // max(tally.asked, 1) / 10:.1f}%"


def wrong(result: Result, style: Style) -> str:
    """A wrong answer: the question, what is wrong, and how the reply begins."""
    question = result.question
    place = style.grey(f"[{question.file} line {question.line}]")
    about = ", ".join([question.kind, _language(result.answer.language), *["misleading"] * result.verdict.misleading])
    rows = [("asked", _flat(question.text)), *faults(result.verdict), ("reply", _beginning(render(result.answer)))]
    return "\n".join(
        [f"{style.bold(question.id)}  {about}  {place}", *(f"  {label:<8}  {text}" for label, text in rows)]
    )


def faults(verdict: Verdict) -> Iterator[tuple[str, str]]:
    """What is wrong with an answer, each with what kind of fault it is."""
    if verdict.needless:
        yield "abstains", "yes; expected an answer"
    if verdict.unfounded:
        yield "abstains", "no; expected to hear that the sheets do not answer"
    yield from (("lacks", " or ".join(choices)) for choices in verdict.missing)
    yield from (("has", unwanted) for unwanted in verdict.unwanted)
    if verdict.projects:
        yield from _projects(verdict.projects)


def _projects(wrong: WrongProjects) -> Iterator[tuple[str, str]]:
    yield "projects", "; ".join(wrong.got) or "none"
    yield "expected", _EXPECTED[wrong.match].format("; ".join(wrong.expected)) if wrong.expected else "none"


def _table(groups: Mapping[str, Mapping[str, Tally]], style: Style) -> str:
    """A line a name, below the heading of its group; figures to the right."""
    width = max(len(name) for heading, tallies in groups.items() for name in (heading, *tallies))
    parts = []
    for heading, tallies in groups.items():
        lines = [style.bold("  ".join([f"{heading:<{width}}", *_COLUMNS]))]
        for name, tally in tallies.items():
            figures = zip(_COLUMNS, (tally.asked, tally.right, percent(tally), tally.misleading), strict=True)
            lines.append("  ".join([f"{name:<{width}}", *(f"{figure:>{len(column)}}" for column, figure in figures)]))
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def _side_by_side(asked: Sequence[Asked], style: Style) -> str:
    """A column a generation, a line a figure."""
    totals = [each.results.total for each in asked]
    rows = [
        ("generation", *(each.candidate.name for each in asked)),
        ("", *("live" if each.candidate.live else "" for each in asked)),
        ("model", *(short(each.candidate.model) for each in asked)),
        ("right", *(f"{tally.right} of {tally.asked}" for tally in totals)),
        ("share right", *map(percent, totals)),
        ("misleading", *(str(tally.misleading) for tally in totals)),
        ("median, ms", *(f"{each.median:.1f}" for each in asked)),
        ("95% within, ms", *(f"{each.slow:.1f}" for each in asked)),
        ("", *("" for _ in asked)),
        ("right by kind", *("" for _ in asked)),
    ]
    for kind in asked[0].results.by_kind:
        tallies = [each.results.by_kind[kind] for each in asked]
        rows.append((kind, *(f"{tally.right} of {tally.asked}" for tally in tallies)))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        "  ".join([f"{row[0]:<{widths[0]}}", *(f"{x:>{n}}" for x, n in zip(row[1:], widths[1:], strict=True))]).rstrip()
        for row in rows
    ]
    return "\n".join([style.bold(lines[0]), *lines[1:]])


def short(model: str) -> str:
    """A model's name, of a long one the end, which tells folders apart."""
    return model if len(model) <= _MODEL else f"…{model[1 - _MODEL :]}"


def _answered(results: Sequence[Result], asked: Sequence[Asked], style: Style) -> str:
    """A question and what is wrong with each generation's answer."""
    question = results[0].question
    place = style.grey(f"[{question.file} line {question.line}]")
    lines = [f"{style.bold(question.id)}  {question.kind}  {place}", f"  {'asked':<8}  {_flat(question.text)}"]
    for each, result in zip(asked, results, strict=True):
        said = "misleading" if result.verdict.misleading else "right" if result.verdict.right else "wrong"
        lines.append(f"  {each.candidate.name}: {said}")
        if not result.verdict.right:
            rows = [*faults(result.verdict), ("reply", _beginning(render(result.answer)))]
            lines += [f"    {label:<8}  {text}" for label, text in rows]
    return "\n".join(lines)


def _language(code: str) -> str:
    return _LANGUAGES.get(code, code)


def _flat(text: str) -> str:
    return " ".join(text.split())


def _beginning(text: str) -> str:
    flat = _flat(text)
    return flat if len(flat) <= _REPLY else flat[:_REPLY].rsplit(" ", 1)[0] + " …"
