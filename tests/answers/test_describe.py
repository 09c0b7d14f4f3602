"""Conditions in words: every kind of condition has its sentence, in both languages."""

import datetime

import pytest

from esfbot.answers.describe import describe_one
from esfbot.model.query import TODAY, Condition, Test

DAY = datetime.date(2010, 1, 1)
LAST = datetime.date(2010, 12, 31)
MEASURED = ("total_budget", "esf_share", "duration", "partner")
NUMBERS = (Test.OVER, Test.UNDER, Test.AT_LEAST, Test.AT_MOST, Test.EQUAL)
CONDITIONS = [
    *(Condition(field, test, (10,)) for field in MEASURED for test in NUMBERS),
    *(Condition(field, Test.BETWEEN, (10, 20)) for field in MEASURED),
    *(
        Condition(field, test, (DAY,))
        for field in ("period", "start", "end")
        for test in (Test.BEFORE, Test.AFTER, Test.AT_LEAST, Test.AT_MOST)
    ),
    *(Condition(field, Test.WITHIN, (DAY, LAST)) for field in ("period", "start", "end")),
    *(Condition(field, Test.WITHIN, (TODAY,)) for field in ("period", "start", "end")),
    *(Condition(field, test) for field in ("email", "goals") for test in (Test.STATED, Test.LACKING)),
    *(Condition("esf_support", test, other="total_budget") for test in (Test.OVER, Test.UNDER, Test.EQUAL)),
    *(Condition("esf_support", test, text="Lyftet", than="p1") for test in (Test.OVER, Test.UNDER, Test.SAME)),
    Condition("municipality", Test.IN, ("17",)),
    Condition("programme", Test.IS, ("2",)),
    Condition("phase", Test.NAMES, ("genomforande",), "Genomförande"),
    Condition("owner", Test.NAMES, ("kommun",)),
    Condition("title", Test.ONE_OF, ("p1",), "Lyftet", negated=True),
]  # fmt: skip


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_condition_has_its_own_words(language: str) -> None:
    """No two conditions are told alike."""
    told = [describe_one(condition, language) for condition in CONDITIONS]
    assert sorted(set(told)) == sorted(told)


@pytest.mark.parametrize(
    ("condition", "swedish", "english"),
    [
        (Condition("period", Test.WITHIN, (DAY, LAST)), "som pågick 2010", "that ran in 2010"),
        (Condition("start", Test.AFTER, (LAST,)), "som startade efter 2010", "that started after 2010"),
        (Condition("total_budget", Test.OVER, (5,)), "med total budget över 5 kr", "with total budget over SEK 5"),
        (Condition("duration", Test.OVER, (732,)), "som pågick längre än 2 år", "that ran longer than 2 years"),
        (Condition("municipality", Test.IN, ("17",), negated=True), "utom de i Värmland", "except those in Värmland"),
        (Condition("municipality", Test.IN, ("0880",)), "i Kalmar kommun", "in Kalmar municipality"),
        (Condition("partner", Test.LACKING), "utan uppgift om samarbetspartners", "without partners"),
    ],
)  # fmt: skip
def test_conditions_are_told_as_people_say_them(condition: Condition, swedish: str, english: str) -> None:
    """As briefly as it can be said, in either language."""
    assert (describe_one(condition, "sv"), describe_one(condition, "en")) == (swedish, english)
