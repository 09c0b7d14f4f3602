"""Results as text for a terminal, in English: they are for those who look after the sheets.

This is here and not in `esfbot.render` since rooms import only from rooms before them.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from esfbot.evaluate.judge import Match, Verdict, WrongProjects
from esfbot.evaluate.run import Result, Results, Tally
from esfbot.render.plain import Style, render

_REPLY = 300  # characters shown of a reply
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
    parts = [_wrong(result, style) for result in results.wrong]
    parts += [_table({"kind": results.by_kind, "language": languages}, style), total(results.total)]
    return "\n\n".join(parts)


def total(tally: Tally) -> str:
    """The counts in one line: ``104 of 107 right (97.1%), 1 misleading``."""
    return f"{tally.right} of {tally.asked} right ({percent(tally)}), {tally.misleading} misleading"


def percent(tally: Tally) -> str:
    """The share right, rounded down: what is not all right is never shown as 100.0%."""
    return f"{1000 * tally.right // max(tally.asked, 1) / 10:.1f}%"


def _wrong(result: Result, style: Style) -> str:
    question = result.question
    place = style.grey(f"[{question.file} line {question.line}]")
    about = ", ".join([question.kind, _language(result.answer.language), *["misleading"] * result.verdict.misleading])
    rows = [("asked", _flat(question.text)), *_faults(result.verdict), ("reply", _beginning(render(result.answer)))]
    return "\n".join(
        [f"{style.bold(question.id)}  {about}  {place}", *(f"  {label:<8}  {text}" for label, text in rows)]
    )


def _faults(verdict: Verdict) -> Iterator[tuple[str, str]]:
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


def _language(code: str) -> str:
    return _LANGUAGES.get(code, code)


def _flat(text: str) -> str:
    return " ".join(text.split())


def _beginning(text: str) -> str:
    flat = _flat(text)
    return flat if len(flat) <= _REPLY else flat[:_REPLY].rsplit(" ", 1)[0] + " …"
