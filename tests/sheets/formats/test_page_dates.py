"""The day that a page states of its last change or publication."""

import datetime

import pytest

from esfbot.sheets.dates import is_date_line, page_date
from esfbot.sheets.parse import parse
from tests.sheets.pages import layout_a

MAY = datetime.date(2020, 5, 4)


@pytest.mark.parametrize(
    "line",
    [
        "Senast uppdaterad: 4 maj 2020",
        "Senast uppdaterad 2020-05-04",
        "SENAST UPPDATERAD: 2020-05-04",
        "Senast uppdaterad: 2020-05-04 10:15",
        "Senast uppdaterad: 4 maj 2020 kl. 10.15",
        "Senast uppdaterad: 2020-05-04T10:15:00Z",
        "Senast uppdaterad: måndag 4 maj 2020",
        "Senast uppdaterad den 4 maj 2020",
        "Senast uppdaterad av Anna Berg 2020-05-04",
        "Senast uppdaterad 2020-05-04 av Anna Berg.",
        "Senast uppdaterad: 2020-05-04 | Sidansvarig: Anna Berg",
        "Sidan senast uppdaterad: 20200504",
        "Sidan uppdaterades senast 2020-05-04",
        "Uppdaterad 2020-05-04",
        "Uppdaterad: 4 maj 2020",
        "Uppdaterat 2020-05-04",
        "Senast ändrad: 2020-05-04",
        "Ändrad 2020-05-04",
        "Senast granskad: 2020-05-04",
        "Senaste uppdatering: 2020-05-04",
        "Publicerad 2020-05-04",
        "Publicerad: 4 maj 2020",
        "Sidan publicerades 4 maj 2020",
        "Publiceringsdatum: 2020-05-04",
        "Last updated: May 4, 2020",
        "Last updated on 4 May 2020",
        "Last modified: Monday, 4 May 2020",
        "Page last updated: 2020-05-04",
        "Updated 2020-05-04 by Anna Berg",
        "Published: 4 May 2020",
        "Publicerad 2019-01-02 | Senast uppdaterad 2020-05-04",
        "Publicerad: 2021-01-02. Uppdaterad: 2020-05-04.",
        "• Senast uppdaterad: 2020-05-04",
    ],
)
def test_lines_that_state_it(line: str) -> None:
    """A line that says when the page was changed or published, in Swedish or English, gives its date; a change counts
    before the publication."""
    assert (page_date(f"Titel\n\n{line}\n\nText."), is_date_line(line)) == (MAY, True)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Uppdaterad information med anledning av covid-19",
        "Uppdaterad information 2020-05-04 med anledning av covid-19",
        "2020-05-04",
        "Projektperiod2020-05-04 till 2021-05-04",
        "Startdatum:\n2020-05-04",
        "Planen uppdaterades 2020-05-04.",
        "Uppdaterad plan 2020-05-04",
        "Uppdaterad 2020-05-04 med nya mål för projektet.",
        "Publicerad rapport 2020-05-04",
        "Publicerad i Dagens Nyheter 2020-05-04 som en artikel",
        "Rapporten är publicerad 2020-05-04",
        "Senast uppdaterad: i dag",
        "Senast uppdaterad: maj 2020",
        "Senast uppdaterad: 2020-13-04",
        "Senast uppdaterad: 0001-01-01",
        "Senast uppdaterad:\n\n\n\n2020-05-04",
        "Senast uppdaterad:\nProjektet startade 2020-05-04.",
        "Senast uppdaterad " + "x" * 100_000 + " 2020-05-04",
    ],
)
def test_what_does_not_state_it(text: str) -> None:
    """Dates of the project, of its text and of banners are not the page's."""
    assert page_date(text) is None


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_the_date_below_its_label(between: str) -> None:
    """The date may stand on the next line."""
    assert page_date(f"Titel\nSenast uppdaterad:{between}den 4 maj 2020\nText") == MAY


def test_the_last_of_several() -> None:
    """Of several changes the last counts, and of several publications where no change is stated."""
    assert page_date("Publicerad 2022-01-01\nÄndrad 2019-01-01\nUppdaterad 2020-05-04") == MAY
    assert page_date("Publicerad 2019-01-01\nPublicerad 2020-05-04") == MAY


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("Senast ändrad 2020-05-04", layout_a() + "\n{}\n"),
        ("Senast uppdaterad 2020-05-04 av Anna Berg", layout_a() + "\n{}\n"),
        ("Uppdaterad: 4 maj 2020", layout_a().replace("Fler vägar\n", "Fler vägar\n\n{}\n")),
        ("Senast ändrad 2020-05-04", layout_a().replace("Fler vägar\n", "{}\n\nFler vägar\n")),
    ],
)
def test_such_a_line_is_furniture(line: str, text: str) -> None:
    """In words that the field table does not foresee, the line is no text of the project, no title and no problem."""
    plain, sheet = parse(layout_a(), "x.txt"), parse(text.format(line), "x.txt")
    assert ([x.text for x in sheet.furniture if x.text == line], sheet.problems) == ([line], ())
    assert [x.text for x in sheet.sections] == [x.text for x in plain.sections]
    assert [x.value for x in sheet.facts] == [x.value for x in plain.facts]


def test_a_line_that_the_field_table_foresees() -> None:
    """A line in the table's words is the page's date among the facts, as before."""
    sheet = parse(layout_a() + "\nSenast uppdaterad: 4 maj 2020\n", "x.txt")
    updated = sheet.first("updated")
    assert (updated and updated.value, sheet.problems) == (MAY, ())
