"""What is wrong with the facts of one sheet, and between two sheets of one project."""

import datetime
import re
from collections.abc import Sequence

from esfbot.fields import FIELDS
from esfbot.model.project import Fact, Line, Problem, Severity, Source
from esfbot.sweden.places import nearest_municipality

# The Swedish letters as they look where UTF-8 was read as Windows-1252, and what stands for bytes that are no letter.
_DAMAGED = re.compile("\u00c3[\u00a5\u00a4\u00b6\u2026\u201e\u2013]|\ufffd")


def damaged_letters(lines: Sequence[Line], sheet: str) -> list[Problem]:
    """Return one problem for a sheet whose letters were lost when it was saved, at the first of them."""
    damaged = [(line, match[0]) for line in lines if (match := _DAMAGED.search(line.text))]
    if not damaged:
        return []
    (line, letter), more = damaged[0], len(damaged) - 1
    found = f"{letter!r} in place of a letter" + (f", and on {more} more lines" if more else "")
    action = "Save the page again, as UTF-8; until then such words are not found."
    return [Problem(Source(sheet, line.number), Severity.WARNING, found, "text with all its letters", action)]


def fact_problems(facts: Sequence[Fact], sheet: str) -> list[Problem]:
    """Return the problems that the facts of one sheet show, each with its line."""
    first: dict[str, Fact] = {}
    for fact in facts:
        first.setdefault(fact.field, fact)
    return [
        *_missing_title(first, sheet),
        *_backward_period(first),
        *_support_above_budget(first),
        *_differing(facts),
        *_unknown_municipalities(facts),
    ]


def _missing_title(first: dict[str, Fact], sheet: str) -> list[Problem]:
    if "title" in first:
        return []
    action = "Write the project's name on a line of its own above the labels."
    return [Problem(Source(sheet, 1), Severity.ERROR, "no title", "the project's name above the labels", action)]


def _backward_period(first: dict[str, Fact]) -> list[Problem]:
    start, end = first.get("start"), first.get("end")
    days = [fact.value for fact in (start, end) if fact and isinstance(fact.value, datetime.date)]
    if end is None or len(days) < 2 or days[0] <= days[1]:
        return []
    found, action = f"a period from {days[0]} to {days[1]}", "Check the dates; they are kept as published."
    return [Problem(end.source, Severity.ERROR, found, "an end after the start", action)]


def _support_above_budget(first: dict[str, Fact]) -> list[Problem]:
    support, budget = first.get("esf_support"), first.get("total_budget")
    if support is None or budget is None:
        return []
    if not isinstance(support.value, int) or not isinstance(budget.value, int) or support.value <= budget.value:
        return []
    found = f"ESF support {support.published} and total budget {budget.published}"
    action = "Check the amounts; they are kept as published."
    return [Problem(support.source, Severity.ERROR, found, "support no larger than the budget", action)]


def _differing(facts: Sequence[Fact]) -> list[Problem]:
    """Fields that a project has one of, stated twice and differently: a start date beside another period."""
    seen: dict[str, Fact] = {}
    problems = []
    for fact in facts:
        row = FIELDS.get(fact.field)
        if row is None or row.many or fact.field in ("contact", "email", "phone", "updated"):
            continue
        other = seen.setdefault(fact.field, fact)
        if (other.key or other.value) != (fact.key or fact.value):
            found = f"{row.en}: {fact.published}, and {other.published} on line {other.source.line}"
            action = "Remove the wrong one; the first counts."
            problems.append(Problem(fact.source, Severity.WARNING, found, "one value", action))
    return problems


def _unknown_municipalities(facts: Sequence[Fact]) -> list[Problem]:
    problems = []
    for fact in facts:
        if fact.field != "municipality" or fact.key:
            continue
        near = nearest_municipality(fact.published)
        expected = "one of Sweden's 290 municipalities" + (f", perhaps {near.name}" if near else "")
        action = "Correct the name; until then the project is not found by it."
        problems.append(Problem(fact.source, Severity.WARNING, f"municipality {fact.published}", expected, action))
    return problems


def disagreement(kept: Fact, other: Fact) -> Problem:
    """The problem that two sheets of one project state a fact differently; ``kept`` is the one that counts."""
    row = FIELDS.get(kept.field)
    name = row.en if row else kept.label
    found = f"{name}: {other.published}, and {kept.published} on {kept.source.sheet} line {kept.source.line}"
    action = f"Remove the wrong one; {kept.source.sheet} counts."
    return Problem(other.source, Severity.WARNING, found, "two sheets of one project that agree", action)
