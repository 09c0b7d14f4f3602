"""What is wrong with a sheet is reported, with its line, what was expected and what to do."""

import pytest

from esfbot.model.project import Problem, Severity
from esfbot.sheets.parse import parse
from tests.sheets.pages import layout_a, stated, with_lines

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE
SUPPORT = "Beviljat ESF-stöd1 200 300 kr"
PERIOD = "Projektperiod2010-01-01 till 2011-12-31"
MAIL = "E-postanna.berg@hjo.se"
TELEPHONE = "Telefonnummer0503-350 00"
TWO_DATES = "two dates, as 2009-08-03 till 2010-02-02"
AMOUNT = "an amount in kronor, as 1 644 968 kr"
ADDRESS = "an address such as name@place.se"
NUMBER = "a telephone number with its area code"
NO_DATES = "Projektperiod: 2010-02-30 - 2011-01-01"
MUNICIPALITY = "one of Sweden's 290 municipalities"


def problems(text: str) -> tuple[Problem, ...]:
    return parse(text, "x.txt").problems


def listed(*items: str) -> str:
    return layout_a(text="Kommun\n\n" + "\n".join(f" • {item}" for item in items))


def test_no_problem() -> None:
    """A sheet with nothing wrong has no problem."""
    assert problems(layout_a()) == ()


@pytest.mark.parametrize(
    ("text", "line", "severity", "found", "expected"),
    [
        (layout_a(title=""), 1, ERROR, "no title", "the project's name above the labels"),
        (
            with_lines(PERIOD, "Projektperiod2011-12-31 till 2010-01-01"),
            13,
            ERROR,
            "a period from 2011-12-31 to 2010-01-01",
            "an end after the start",
        ),
        (
            with_lines(SUPPORT, "Beviljat ESF-stöd3 000 000 kr"),
            11,
            ERROR,
            "ESF support 3 000 000 kr and total budget 2 200 300 kr",
            "support no larger than the budget",
        ),
        (with_lines(MAIL, "E-postanna.berg(at)hjo.se"), 9, ERROR, "e-mail anna.berg(at)hjo.se", ADDRESS),
        (with_lines(MAIL, "E-postanna..berg@hjo.se"), 9, ERROR, "e-mail anna..berg@hjo.se", ADDRESS),
        (with_lines(TELEPHONE, "Telefonnummer350 00"), 10, ERROR, "telephone 350 00", NUMBER),
        (
            with_lines(MAIL, "E-postbo.ek@hjo.se"),
            9,
            WARNING,
            "contact Anna Berg with e-mail bo.ek@hjo.se",
            "an address made of the person's name",
        ),
        (with_lines(SUPPORT, "Beviljat ESF-stödca 2 mkr"), 11, ERROR, "Beviljat ESF-stöd: ca 2 mkr", AMOUNT),
        (with_lines(SUPPORT, "Beviljat ESF-stöd120 000 EUR"), 11, ERROR, "Beviljat ESF-stöd: 120 000 EUR", AMOUNT),
        (with_lines(PERIOD, "Projektperiodhösten 2010"), 13, ERROR, "Projektperiod: hösten 2010", TWO_DATES),
        (with_lines(PERIOD, "Projektperiod2010-01-01 till"), 13, ERROR, "Projektperiod: 2010-01-01 till", TWO_DATES),
        (with_lines(PERIOD, "Projektperiod2010-02-30 - 2011-01-01"), 13, ERROR, NO_DATES, TWO_DATES),
        (listed("Hjo", "Skövdee"), 20, WARNING, "municipality Skövdee", f"{MUNICIPALITY}, perhaps Skövde"),
        (listed("Hela landet"), 19, WARNING, "municipality Hela landet", MUNICIPALITY),
        (with_lines("ProjektägareHjo kommun", "Projektägaresaknas"), 7, WARNING, "Projektägare: saknas", "a value"),
        (layout_a(text="Medfinansiärer\n\nsaknas"), 19, WARNING, "Medfinansiärer: saknas", "a value"),
        (
            "Nya vindar blåser\n" + layout_a(),
            1,
            NOTE,
            "'Nya vindar blåser' above the title",
            "the title first, or a known banner",
        ),
        (
            with_lines(PERIOD, f"{PERIOD}\nSlutdatum2012-06-30"),
            14,
            WARNING,
            "End: 2012-06-30, and 2010-01-01 till 2011-12-31 on line 13",
            "one value",
        ),
    ],
)
def test_problem(text: str, line: int, severity: Severity, found: str, expected: str) -> None:
    """Each kind of problem is told with its sheet and line, what was found and what was expected."""
    assert [(x.source.sheet, x.source.line, x.severity, x.found, x.expected) for x in problems(text)] == [
        ("x.txt", line, severity, found, expected)
    ]


@pytest.mark.parametrize(
    "placeholder", ["saknas", "Saknas", "Uppgift saknas", "-", "–", "?", "xxx", "N/A", "okänd", "ej angivet"]
)
def test_placeholders(placeholder: str) -> None:
    """A placeholder is no owner, and is reported."""
    sheet = parse(with_lines("ProjektägareHjo kommun", f"Projektägare{placeholder}"), "x.txt")
    assert (sheet.first("owner"), [x.source.line for x in sheet.problems]) == (None, [7])


@pytest.mark.parametrize("owner", ["Saknade Vänner AB", "Okända Teatern", "X-Plan AB", "Na Nong AB"])
def test_no_placeholder(owner: str) -> None:
    """A name that resembles a placeholder is a name."""
    assert stated(parse(with_lines("ProjektägareHjo kommun", f"Projektägare{owner}"), "x.txt"), "owner") == [
        ("owner", owner)
    ]


def test_what_to_do() -> None:
    """Every problem says what to do about it, in a sentence."""
    text = with_lines(MAIL, "E-postanna").replace(SUPPORT, "Beviljat ESF-stödmycket").replace(PERIOD, "Projektperiod?")
    found = problems(f"Nya vindar\n{text}\n\nKommun\n\n • Hjö\n")
    assert len(found) == 5
    assert all(x.action[0].isupper() and x.action.endswith(".") for x in found)


def test_unreadable_values_are_kept() -> None:
    """A value that can't be read is kept under its label, and is no amount."""
    sheet = parse(with_lines(SUPPORT, "Beviljat ESF-stödca 2 mkr"), "x.txt")
    extra = sheet.first("extra")
    assert (sheet.first("esf_support"), extra and (extra.label, extra.value)) == (
        None,
        ("Beviljat ESF-stöd", "ca 2 mkr"),
    )


def test_problems_come_in_the_order_of_lines() -> None:
    """Problems are told from the top of the sheet to its end."""
    text = with_lines(MAIL, "E-postbo.ek@hjo.se").replace(SUPPORT, "Beviljat ESF-stöd3 000 000 kr")
    lines = [x.source.line for x in problems(f"{text}\n\nKommun\n\n • Hjö\n")]
    assert (len(lines), lines) == (3, sorted(lines))
