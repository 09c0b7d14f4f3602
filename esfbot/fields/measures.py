"""What of a project can be compared, sorted and added: a number for each field that has one."""

import datetime

from esfbot.fields import FIELDS
from esfbot.fields.row import Kind
from esfbot.model.project import Project, Value

_COUNTED = ("contact",)  # besides the lists: how many there are of them
_MEASURED = (Kind.AMOUNT, Kind.PERCENT, Kind.COUNT, Kind.DATE)


def measures_of(project: Project) -> dict[str, float]:
    """The number of every measurable field that the sheet states: kronor, counts and percentages as they are, dates as
    day ordinals, the length in days, the entries of a list.

    Of a field stated several times the first counts. A length needs a period that does not run backwards, a share of
    the budget a budget.
    """
    found: dict[str, float] = {}
    for fact in project.facts:
        row = FIELDS.get(fact.field)
        number = number_of(fact.value)
        if (row and row.many) or fact.field in _COUNTED:
            found[fact.field] = found.get(fact.field, 0) + 1
        elif row and number is not None and row.kind in _MEASURED:
            found.setdefault(fact.field, number)
    days = found.get("end", 0) - found.get("start", 0) + 1
    if {"start", "end"} <= found.keys() and days > 0:
        found["duration"] = days
    if "esf_support" in found and found.get("total_budget"):
        found["esf_share"] = 100 * found["esf_support"] / found["total_budget"]
    return found


def number_of(value: Value) -> float | None:
    """A number to compare and sort by: the value itself, or a date's ordinal; None for a text."""
    if isinstance(value, datetime.date):
        return float(value.toordinal())
    return None if isinstance(value, str) else float(value)
