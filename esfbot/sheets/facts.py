"""Labelled values made into typed facts."""

import re
from collections.abc import Iterable, Sequence

from esfbot.fields import EXTRA, FIELDS, Field, Kind
from esfbot.language.words import fold
from esfbot.model.project import Fact, Line, Problem, Severity, Source, Value
from esfbot.sheets.contacts import contact_facts
from esfbot.sheets.labels import PLACEHOLDER
from esfbot.sheets.layout import BULLET, Labelled
from esfbot.sweden.places import Place, PlaceKind, gazetteer, municipality_named
from esfbot.values.amounts import read_amount, read_count, read_percent
from esfbot.values.dates import read_date, read_open_period, read_period

_CONTACT = ("contact", "email", "phone")
_CODE = re.compile(
    r"(?:(?:programområde|programme area|priority axis)\s*)?(\d+(?:\.\d+)*|[A-Z]\d?[A-Z]?)(?![^\W_])", re.I
)

_REMARK = re.compile(r"\s*\(.*\)$")
_BETWEEN = re.compile(r"[,;/]|\boch\b|\bsamt\b|\band\b")


class FactReader:
    """Turns the labelled lines and the lists of one sheet into facts, and notes what can't be read.

    ``placeholders`` are the numbers of the lines that say a fact is not stated.
    """

    def __init__(self, sheet: str) -> None:
        self.sheet = sheet
        self.problems: list[Problem] = []
        self.placeholders: set[int] = set()

    def read(self, labelled: Iterable[Labelled]) -> list[Fact]:
        """Return the facts of a sheet's labelled lines, in the sheet's order."""
        facts: list[Fact] = []
        persons: list[tuple[str, Line]] = []
        for item in labelled:
            values = [line for line in item.values if not self._is_placeholder(line, item.label)]
            if item.field and item.field.name in _CONTACT:
                persons.extend((item.field.name, line) for line in values)
            elif values:
                facts.extend(self._facts(item, values))
        found, problems = contact_facts(persons, self.sheet)
        self.problems.extend(problems)
        facts.extend(found)
        return sorted(facts, key=lambda fact: fact.source.line)

    def read_list(self, field: Field, items: Sequence[Line]) -> list[Fact]:
        """Return a fact for each item of a list."""
        kept = [item for item in items if not self._is_placeholder(item, field.sv)]
        return [self._fact(field, part.text, part.number, "") for item in kept for part in _items(field, item)]

    def read_dates(self, dates: Iterable[tuple[Field, Line]]) -> list[Fact]:
        """Return the facts of the page's own dates."""
        return [self._fact(field, line.text, line.number, field.sv) for field, line in dates]

    def _facts(self, item: Labelled, values: Sequence[Line]) -> list[Fact]:
        field, line = item.field or EXTRA, values[0].number
        text = " ".join(value.text for value in values)
        if field.many:
            return self.read_list(field, [Line(x.number, BULLET.sub("", x.text, count=1)) for x in values])
        if field.name == "period":
            return self._period(text, line, item.label)
        return [self._fact(field, text, line, item.label)]

    def _period(self, text: str, line: int, label: str) -> list[Fact]:
        start, end = read_period(text) or read_open_period(text)
        if start is None and end is None:
            return [self._unreadable(_TWO_DATES, text, line, label)]
        source = Source(self.sheet, line)
        if start is None or end is None:
            missing = "start" if start is None else "end"
            found, action = f"{label}: {text}", f"Write the {missing}; until then it counts as not stated."
            self.problems.append(Problem(source, Severity.ERROR, found, _TWO_DATES, action))
        return [Fact(name, date, text, source) for name, date in (("start", start), ("end", end)) if date]

    def _fact(self, field: Field, text: str, line: int, label: str) -> Fact:
        text = text.strip()
        expected = _EXPECTED.get(field.kind)
        value = _value(field, text)
        if value is None:
            return self._unreadable(expected or "a value", text, line, label)
        extra = label if field is EXTRA else ""
        return Fact(field.name, value, text, Source(self.sheet, line), _key(field, text), label=extra)

    def _unreadable(self, expected: str, text: str, line: int, label: str) -> Fact:
        source = Source(self.sheet, line)
        self.problems.append(
            Problem(
                source,
                Severity.ERROR,
                f"{label}: {text}",
                expected,
                "Correct the value; until then it is kept as text.",
            )
        )
        return Fact(EXTRA.name, text, text, source, label=label)

    def _is_placeholder(self, line: Line, label: str) -> bool:
        if not PLACEHOLDER.fullmatch(line.text.strip()):
            return False
        self.placeholders.add(line.number)
        self.problems.append(
            Problem(
                Source(self.sheet, line.number),
                Severity.WARNING,
                f"{label}: {line.text.strip()}",
                "a value",
                "Write the value if it is known; until then the fact counts as not stated.",
            )
        )
        return True


_TWO_DATES = "two dates, as 2009-08-03 till 2010-02-02"
_EXPECTED = {
    Kind.AMOUNT: "an amount in kronor, as 1 644 968 kr",
    Kind.PERCENT: "a percentage, as 50%",
    Kind.COUNT: "a whole number",
    Kind.DATE: "a date, as 2009-08-03",
}


def _items(field: Field, item: Line) -> list[Line]:
    """The items that stand on one line: several municipalities, Arvika, Eda och Kil."""
    parts = [part.strip(" .") for part in _BETWEEN.split(item.text)]
    if field.name != "municipality" or not any(_municipality(part) for part in parts):
        return [item]
    return [Line(item.number, part) for part in parts if part]


def _municipality(text: str) -> Place | None:
    """The municipality that an item of a list names, also with a remark behind it: Skövde (flera)."""
    return municipality_named(text) or municipality_named(_REMARK.sub("", text))


def _value(field: Field, text: str) -> Value | None:
    match field.kind:
        case Kind.AMOUNT:
            return read_amount(text)
        case Kind.PERCENT:
            return read_percent(text)
        case Kind.COUNT:
            return read_count(text)
        case Kind.DATE:
            return read_date(text)
        case Kind.PLACE if field.name == "municipality":
            place = _municipality(text)
            return place.name if place else text
        case _ if field.name == "owner":
            return undoubled(" ".join(text.split()))
        case _:
            return " ".join(text.split())


def _key(field: Field, text: str) -> str:
    match field.kind:
        case Kind.PROGRAMME:
            code = _CODE.match(text)
            return code[1].upper() if code else ""
        case Kind.PLACE if field.name == "municipality":
            place = _municipality(text)
            return place.code if place else ""
        case Kind.PLACE:
            return next((place.code for place in gazetteer().named(text) if place.kind is PlaceKind.REGION), "")
        case Kind.NAME if field.name == FIELDS["number"].name:
            return fold(re.sub(r"\W", "", text))
        case _:
            return ""


def undoubled(text: str) -> str:
    """Return an owner that the page states twice, ``Lunds Stift, Lunds Stift``, once."""
    parts = [part.strip() for part in text.split(",")]
    half = len(parts) // 2
    same = [fold(part) for part in parts[:half]] == [fold(part) for part in parts[half:]]
    return ", ".join(parts[:half]) if half and len(parts) % 2 == 0 and same else text
