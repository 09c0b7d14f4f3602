"""Conditions in words, so that a reply says how it read the question; the question reader reads the same words back."""

import calendar
import datetime
from collections.abc import Sequence

from esfbot.answers.places import names_of, places_text
from esfbot.fields import Kind, field_named
from esfbot.model.query import TODAY, Condition, Operand, Query, Test
from esfbot.questions.quantities import in_years_or_months
from esfbot.values.amounts import write_amount, write_number, write_percent
from esfbot.values.dates import write_date, write_month, write_span
from esfbot.wording.load import say

_DATES = ("period", "start", "end")


def describe(query: Query) -> str:
    """The conditions of ``query``, to put behind "projekt": a space before, nothing where there are none."""
    wanted = [c for c in query.conditions if c.test is Test.IN and not c.negated]
    name = "how_places" if len(wanted) > 1 else "how_place"
    parts = [say(name, query.language, value=places_text(query))] if wanted else []
    parts += [describe_one(c, query.language) for c in query.conditions if c not in wanted]
    return " " + " ".join(parts) if parts else ""


def describe_one(condition: Condition, language: str) -> str:
    """One condition in words."""
    name, values = _sentence(condition, language)
    text = say(name, language, field=field_named(condition.field).within(language), **values)
    left_out = condition.negated and condition.test is not Test.ONE_OF  # which says so itself
    return say("how_not", language, how=text) if left_out else text


def _sentence(condition: Condition, language: str) -> tuple[str, dict[str, str]]:
    """The name of the sentence that states a condition, and what to put into it."""
    test, field = condition.test, condition.field
    if test is Test.IN:
        return "how_place", {"value": _or(names_of([str(code) for code in condition.operands], language), language)}
    if test in (Test.STATED, Test.LACKING):
        of = "section" if field_named(field).kind is Kind.SECTION else "fact"
        return f"how_{test.value}_{of}", {}
    if condition.than:
        return f"how_than_{_name(test)}", {"value": condition.text}
    if condition.other:
        other = field_named(condition.other).within(language)
        return f"how_fact_{_name(test)}", {"other": other}
    if test in (Test.IS, Test.NAMES, Test.ONE_OF):
        return _by_name(condition)
    if field in _DATES:
        when = "today" if TODAY in condition.operands else _name(test)
        return f"how_{field}_{when}", {"value": _write_time(test, condition.operands, language)}
    tests = (Test.AT_LEAST, Test.AT_MOST) if test is Test.BETWEEN else (test,)
    values = [
        _write_number(one, operand, condition, language) for one, operand in zip(tests, condition.operands, strict=True)
    ]
    if field == "duration" and test is Test.BETWEEN and values[0] == values[1]:
        test = Test.EQUAL
    kind = "duration" if field == "duration" else "count" if _counts(field) else "number"
    return f"how_{kind}_{_name(test)}", {"value": values[0], "high": values[-1]}


def _by_name(condition: Condition) -> tuple[str, dict[str, str]]:
    value = ", ".join(str(operand) for operand in condition.operands)
    if condition.test is Test.ONE_OF:
        return "how_title", {"value": condition.text}
    if condition.test is Test.IS:
        return f"how_{condition.field}", {"value": value}
    return ("how_phase" if condition.field == "phase" else "how_names"), {"value": condition.text or value}


def _or(names: Sequence[str], language: str) -> str:
    return {"sv": " eller ", "en": " or "}[language].join(names)


def _name(test: Test) -> str:
    return test.value.replace(" ", "_")


def _counts(field: str) -> bool:
    return field_named(field).many or field == "contact"


def _write_number(test: Test, operand: Operand, condition: Condition, language: str) -> str:
    kind = field_named(condition.field).kind
    if isinstance(operand, str | datetime.date):
        return str(operand)
    if kind is Kind.AMOUNT:
        return write_amount(round(operand), language)
    if kind is Kind.PERCENT or condition.field == "esf_share":
        return write_percent(operand, language)
    if condition.field == "duration":
        number, unit = in_years_or_months(test, operand)
        return f"{write_number(number, language)} {say(unit + ('s' if number != 1 else ''), language)}"
    return write_number(round(operand), language)


def _write_time(test: Test, operands: Sequence[Operand], language: str) -> str:
    """Days as briefly as they can be written: after 31 December 2010 is after 2010."""
    days = [operand for operand in operands if isinstance(operand, datetime.date)]
    if not days:
        return ""
    if len(days) > 1:
        return write_span(days[0], days[-1], language)
    day = days[0]
    bound = "first" if test in (Test.BEFORE, Test.AT_LEAST) else "last"
    last_of_month = calendar.monthrange(day.year, day.month)[1]
    if (day.month, day.day) == ((1, 1) if bound == "first" else (12, 31)):
        return str(day.year)
    if day.day == (1 if bound == "first" else last_of_month):
        return write_month(day, language)
    return write_date(day, language)
