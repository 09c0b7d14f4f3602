"""Conditions in words, so that a reply says how it read the question."""

import datetime
from collections.abc import Sequence

from esfbot.answers.places import places_text
from esfbot.fields import Kind, field_named
from esfbot.model.query import Condition, Operand, Query, Test
from esfbot.values.amounts import write_amount
from esfbot.values.dates import write_span
from esfbot.wording.load import say


def describe(query: Query) -> str:
    """The conditions of ``query``, to put behind "projekt": a space before, nothing where there are none."""
    parts = []
    if any(condition.test is Test.IN for condition in query.conditions):
        parts.append(say("how_place", query.language, value=places_text(query)))
    parts += [_describe(c, query.language) for c in query.conditions if c.test is not Test.IN]
    return " " + ", ".join(parts) if parts else ""


def _describe(condition: Condition, language: str) -> str:
    field = field_named(condition.field).called(language)
    name = f"how_{condition.test.name.lower()}" if condition.test is not Test.NAMES else "how_is"
    operands = condition.operands
    if condition.test is Test.BETWEEN:
        low, high = (_write(operand, condition, language) for operand in operands)
        return say(name, language, field=field, low=low, high=high)
    if operands and isinstance(operands[0], datetime.date):
        return say(name, language, field=field, value=_write_dates(operands, language))
    value = ", ".join(_write(operand, condition, language) for operand in operands)
    return say(name, language, field=field, value=value)


def _write(operand: Operand, condition: Condition, language: str) -> str:
    if field_named(condition.field).kind is Kind.AMOUNT and isinstance(operand, int):
        return write_amount(operand, language)
    if condition.test is Test.NAMES:
        return condition.text
    return str(operand)


def _write_dates(operands: Sequence[Operand], language: str) -> str:
    dates = [operand for operand in operands if isinstance(operand, datetime.date)]
    return write_span(dates[0], dates[-1], language)
