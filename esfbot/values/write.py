"""Values written for a reader."""

import datetime

from esfbot.fields import Kind, field_named
from esfbot.model.project import Fact
from esfbot.values.amounts import write_amount, write_number, write_percent
from esfbot.values.dates import write_date


def write_value(fact: Fact, language: str) -> str:
    """Write a fact's value in ``language``; what has no form of its own is shown as published."""
    value = fact.value
    if isinstance(value, datetime.date):
        return write_date(value, language)
    kind = field_named(fact.field).kind
    if kind is Kind.AMOUNT and isinstance(value, int):
        return write_amount(value, language)
    if kind is Kind.PERCENT and not isinstance(value, str):
        return write_percent(value, language)
    if kind is Kind.COUNT and isinstance(value, int):
        return write_number(value, language)
    return str(value)
