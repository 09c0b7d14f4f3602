"""Values written for a reader."""

import datetime

from esfbot.fields import Kind, field_named
from esfbot.model.project import Fact
from esfbot.values.amounts import write_amount, write_number, write_percent
from esfbot.values.dates import write_date, write_days

_ROUNDED = 100  # counts from which an average is written without decimals


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


def write_measure(field: str, value: float, language: str) -> str:
    """Write a number worked out from numbers of ``field`` (see `esfbot.fields.measures`): a sum, an average, a
    difference."""
    kind = field_named(field).kind
    if kind is Kind.AMOUNT:
        return write_amount(round(value), language)
    if kind is Kind.PERCENT or field == "esf_share":
        return write_percent(value, language)
    if field == "duration":
        return write_days(value, language)
    return write_number(round(value), language) if value == round(value) or value > _ROUNDED else f"{value:.1f}"
