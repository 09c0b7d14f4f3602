"""Numbers that a question compares something with."""

import pytest

from esfbot.model.query import Test
from esfbot.questions.quantities import Dimension, in_years_or_months, read_quantities

MONEY, SHARE, LENGTH, COUNT = Dimension.MONEY, Dimension.SHARE, Dimension.LENGTH, Dimension.COUNT


@pytest.mark.parametrize(
    ("text", "test", "operands", "dimension"),
    [
        ("över 5 miljoner", Test.OVER, (5_000_000,), MONEY),
        ("mer än 700 tkr", Test.OVER, (700_000,), MONEY),
        ("minst 2 mnkr", Test.AT_LEAST, (2_000_000,), MONEY),
        ("högst en halv miljon", Test.AT_MOST, (500_000,), MONEY),
        ("under 1,5 M", Test.UNDER, (1_500_000,), MONEY),
        ("no more than 2 million", Test.AT_MOST, (2_000_000,), MONEY),
        ("2 miljoner eller mer", Test.AT_LEAST, (2_000_000,), MONEY),
        ("mellan 1 och 7 miljoner", Test.BETWEEN, (1_000_000, 7_000_000), MONEY),
        ("mellan 300 000 och 2 miljoner", Test.BETWEEN, (300_000, 2_000_000), MONEY),
        ("between SEK 2,100,000 and SEK 29,900,000", Test.BETWEEN, (2_100_000, 29_900_000), MONEY),
        ("stöd 2-3 milj", Test.BETWEEN, (2_000_000, 3_000_000), MONEY),
        ("> 5 mkr", Test.OVER, (5_000_000,), MONEY),
        ("en budget på 11 390 540 kr", Test.EQUAL, (11_390_540,), MONEY),
        ("cirka 10 miljoner", Test.BETWEEN, (9_000_000, 11_000_000), MONEY),
        ("mer än hälften av budgeten", Test.OVER, (50,), SHARE),
        ("at least 40 percent", Test.AT_LEAST, (40,), SHARE),
        ("längre än två år", Test.OVER, (732,), LENGTH),
        ("kortare än 6 månader", Test.UNDER, (180,), LENGTH),
        ("längre än två och ett halvt år", Test.OVER, (915,), LENGTH),
        ("fler än 100 deltagare", Test.OVER, (100,), COUNT),
        ("minst tre kommuner", Test.AT_LEAST, (3,), COUNT),
    ],
)
def test_a_number_is_read_with_what_compares_it(
    text: str, test: Test, operands: tuple[float, ...], dimension: Dimension
) -> None:
    """Amounts in kronor, shares in per cent and lengths in days, in figures and in words."""
    (found,) = (quantity for quantity in read_quantities(text) if not quantity.bare)
    assert (found.test, found.operands, found.dimension) == (test, operands, dimension)


def test_a_year_is_as_long_as_any() -> None:
    """A period of one calendar year, leap or not, is neither longer nor shorter than a year."""
    over, under = read_quantities("längre än ett år")[0], read_quantities("kortare än ett år")[0]
    assert not any(days > over.operands[0] or days < under.operands[0] for days in (365, 366))


@pytest.mark.parametrize("text", ["", "om", "1" * 500, "en en en en", "år 2010"])
def test_what_compares_nothing_is_no_condition(text: str) -> None:
    """A number without a word that compares it is marked as such, and a run of digits is none."""
    assert all(found.bare for found in read_quantities(text))


@pytest.mark.parametrize(
    ("text", "written"), [("2 år", (2, "year")), ("7 månader", (7, "month")), ("3 veckor", (3, "week"))]
)
def test_a_bound_is_written_as_it_was_read(text: str, written: tuple[int, str]) -> None:
    """The days of a bound are put back into the unit that they were read from."""
    (found,) = read_quantities(f"längre än {text}")
    assert in_years_or_months(found.test, found.operands[0]) == written
