"""Amounts in kronor, percentages and counts."""

import re
from decimal import ROUND_HALF_UP, Decimal

# What people put between groups of three digits.
_SPACE = "\u0020\u00a0\u2007\u2009\u202f"
_GROUPED = rf"\d{{1,3}}(?:[{_SPACE}.,'’]\d{{3}})+(?!\d)|\d+"
_DECIMALS = r"(?:[.,]\d{1,2}(?!\d))?"
UNITS = {
    "kr": 1, "kronor": 1, "krona": 1, "sek": 1, ":-": 1,
    "tkr": 1_000, "ksek": 1_000, "tusen": 1_000, "thousand": 1_000, "k": 1_000,
    "mkr": 1_000_000, "mnkr": 1_000_000, "msek": 1_000_000, "milj": 1_000_000, "miljon": 1_000_000, "mn": 1_000_000,
    "miljoner": 1_000_000, "million": 1_000_000, "millions": 1_000_000, "m": 1_000_000,
    "mdr": 1_000_000_000, "mdkr": 1_000_000_000, "miljard": 1_000_000_000, "miljarder": 1_000_000_000,
    "billion": 1_000_000_000,
}  # fmt: skip
_FOREIGN = re.compile(r"€|\beuro?s?\b|\$|£|\busd\b|\bgbp\b|\bnok\b|\bdkk\b", re.I)
_UNIT = "|".join(sorted((re.escape(unit) for unit in UNITS), key=len, reverse=True))
_AMOUNT = re.compile(
    rf"(?:SEK\s*)?(?P<number>(?:{_GROUPED}){_DECIMALS})(?:,-|[{_SPACE}]*(?P<unit>{_UNIT})(?![^\W_])\.?(?:\s*(?:kr|kronor|sek)\b)?)?",
    re.I,
)


def read_amount(text: str) -> int | None:
    """Return the whole kronor that ``text`` states, or None where it is no amount in kronor.

    ``1 644 968 kr``, ``63 654 915``, ``SEK 1,200,000`` and ``2,5 mnkr`` are amounts; ``15 148 871 €`` is none. Öre are
    rounded to the nearest krona.
    """
    found = _AMOUNT.fullmatch(" ".join(text.split()))
    if not found or _FOREIGN.search(text):
        return None
    return kronor(found["number"], found["unit"])


def kronor(number: str, unit: str | None) -> int:
    """Return a number as written, counted in ``unit`` (a key of `UNITS`), as whole kronor."""
    whole, decimals = number, ""
    if tail := re.search(r"[.,](\d{1,2})$", number):
        whole, decimals = number[: tail.start()], tail[1]
    value = Decimal(re.sub(r"\D", "", whole) + "." + (decimals or "0"))
    return int((value * UNITS[(unit or "kr").lower()]).to_integral_value(ROUND_HALF_UP))


def read_percent(text: str) -> float | int | None:
    """Return the percentage that ``text`` states (``50%``, ``33,5 procent``), or None."""
    found = re.fullmatch(r"(\d{1,3})(?:[.,](\d+))?\s*(?:%|procent|percent)?", text.strip(), re.I)
    if not found:
        return None
    return float(f"{found[1]}.{found[2]}") if found[2] else int(found[1])


def read_count(text: str) -> int | None:
    """Return the whole number that ``text`` states (``1 150``, ``2200 personer``), or None."""
    pattern = rf"(?:ca\.?\s*|cirka\s*)?({_GROUPED})(?:\s*(?:st|personer|deltagare|persons?|people)\.?)?"
    found = re.fullmatch(pattern, " ".join(text.split()), re.I)
    return int(re.sub(r"\D", "", found[1])) if found else None


def write_number(value: int, language: str) -> str:
    """Write ``value`` with its digits grouped: ``1 644 968`` in Swedish, ``1,644,968`` in English."""
    grouped = f"{value:,}"
    return grouped if language == "en" else grouped.replace(",", " ")


def write_amount(kronor: int, language: str) -> str:
    """Write an amount: ``1 644 968 kr`` or ``SEK 1,644,968``."""
    number = write_number(kronor, language)
    return f"SEK {number}" if language == "en" else f"{number} kr"


def write_percent(value: float, language: str) -> str:
    """Write a percentage with at most one decimal: ``40,8 %`` or ``40.8%``."""
    number = f"{value:.1f}".removesuffix(".0")
    return f"{number}%" if language == "en" else number.replace(".", ",") + " %"
