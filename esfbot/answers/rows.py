"""The facts of a project as rows of a reply, copied or computed from what the sheet states."""

import datetime
from collections.abc import Callable, Collection, Iterable

from esfbot.answers.withheld import CONTACT, withheld_facts, withheld_row
from esfbot.fields import FIELDS, Kind, field_named
from esfbot.fields.measures import measures_of
from esfbot.model.answer import Row
from esfbot.model.project import Contact, Fact, LinkKind, Project, Value
from esfbot.sweden.places import PlaceKind, gazetteer
from esfbot.values.amounts import write_percent
from esfbot.values.dates import write_date, write_length
from esfbot.values.write import write_value

# What a card shows of a project that nothing particular is asked of.
OVERVIEW = (
    "owner",
    "number",
    "period",
    "esf_support",
    "total_budget",
    "programme",
    "phase",
    "region",
    "municipality",
    "contact",
)
# What an entry of a list shows.
ENTRY = ("owner", "period", "esf_support")


def rows_of(
    project: Project, fields: Iterable[str], language: str, people: Collection[str] = ()
) -> tuple[list[Row], list[str]]:
    """The rows that show ``fields`` of ``project``, and the fields that its sheet does not state.

    Where the sheet has several contacts, only those are shown that ``people`` names, by name, address or number. In
    place of a contact that is withheld a row says so, and where no other is shown the owner follows.
    """
    rows: list[Row] = []
    missing: list[str] = []
    fields = list(fields)
    asked = [field for field in fields if field in CONTACT]
    for name in fields:
        if name in CONTACT:
            found = _contact_rows(project, asked, language, people) if name == asked[0] else []
            found = [row for row in found if row.field != "owner" or "owner" not in fields]
            stated = project.first(name) is not None or bool(withheld_facts(project, (name,)))
        else:
            found = _rows(project, name, language)
            stated = bool(found)
        rows.extend(found)
        if not stated:
            missing.append(name)
    return rows, missing


def all_fields() -> list[str]:
    """Every field that "all facts" shows, in the table's order."""
    return [
        f.name for f in FIELDS.values() if f.shown and f.kind is not Kind.SECTION and f.name not in ("start", "end")
    ] + ["extra"]


def _contact_rows(project: Project, asked: list[str], language: str, people: Collection[str]) -> list[Row]:
    """The contacts: asked for themselves with all that is known, asked for a number or address with the name beside
    it. What is withheld of them comes last."""
    shown = CONTACT if "contact" in asked else ("contact", *asked)
    named = [c for c in project.contacts if any(f.published in people or f.key in people for f in c.facts)]
    contacts = [contact for contact in named or project.contacts if _has(contact, asked)]
    rows = [_row(fact, language) for contact in contacts for fact in contact.facts if fact.field in shown]
    withheld = withheld_facts(project, asked, {fact.group for contact in named for fact in contact.facts})
    if not withheld:
        return rows
    owner = [] if rows else _rows(project, "owner", language)
    return [*rows, withheld_row(withheld, language, alone=not rows, owned=bool(owner)), *owner]


def _has(contact: Contact, asked: list[str]) -> bool:
    return "contact" in asked or any(fact.field in asked for fact in contact.facts)


def _rows(project: Project, name: str, language: str) -> list[Row]:
    field = field_named(name)
    if name in _DERIVED:
        row = _DERIVED[name](project, language)
        return [row] if row else []
    facts = project.all(name)
    if name == "county":
        return _counties(project, language)
    if field.many and len(facts) > 1:
        return [_list_row(facts, field.called(language))]
    return [_row(fact, language) for fact in facts]


def _row(fact: Fact, language: str) -> Row:
    label = fact.label or field_named(fact.field).called(language)
    value = fact.value.isoformat() if isinstance(fact.value, datetime.date) else fact.value
    return Row(fact.field, label, write_value(fact, language), value, fact.source, fact.key)


def _list_row(facts: tuple[Fact, ...], label: str) -> Row:
    """A list on one row."""
    text = ", ".join(str(fact.value) for fact in facts)
    return Row(facts[0].field, f"{label} ({len(facts)})", text, text, facts[0].source, facts=facts)


def _counties(project: Project, language: str) -> list[Row]:
    """The counties of the municipalities that a sheet lists; where it lists none, those of its places."""
    places = gazetteer().by_code
    links = [link for link in project.places if link.kind is not LinkKind.MENTIONED]
    counties = [link for link in links if places[link.code].kind is PlaceKind.COUNTY]
    if not counties:
        return []
    names = ", ".join(places[link.code].name for link in counties)
    facts = tuple(Fact("county", places[link.code].name, "", link.source, link.code) for link in counties)
    return [Row("county", FIELDS["county"].called(language), names, names, counties[0].source, facts=facts)]


def _period(project: Project, language: str) -> Row | None:
    start, end = project.first("start"), project.first("end")
    if start is None or end is None:
        only = start or end
        return _row(only, language) if only else None
    if not isinstance(start.value, datetime.date) or not isinstance(end.value, datetime.date):
        return None
    text = f"{write_date(start.value, language)} – {write_date(end.value, language)}"
    if end.value >= start.value:
        text += f" ({write_length(start.value, end.value, language)})"
    value = f"{start.value.isoformat()}/{end.value.isoformat()}"
    return Row("period", FIELDS["period"].called(language), text, value, start.source, facts=(start, end))


def _duration(project: Project, language: str) -> Row | None:
    start, end, days = project.first("start"), project.first("end"), measures_of(project).get("duration")
    if start is None or end is None or days is None:
        return None
    if not isinstance(start.value, datetime.date) or not isinstance(end.value, datetime.date):
        return None
    length = write_length(start.value, end.value, language)
    text = f"{length} ({write_date(start.value, language)} – {write_date(end.value, language)})"
    return _computed("duration", text, round(days), (start, end), language)


def _esf_share(project: Project, language: str) -> Row | None:
    support, budget = project.first("esf_support"), project.first("total_budget")
    share = measures_of(project).get("esf_share")
    if support is None or budget is None or share is None:
        return None
    of = {"sv": "av", "en": "of"}[language]
    text = f"{write_percent(share, language)} ({write_value(support, language)} {of} {write_value(budget, language)})"
    return _computed("esf_share", text, round(share, 1), (support, budget), language)


def _computed(name: str, text: str, value: Value, of: tuple[Fact, ...], language: str) -> Row:
    return Row(name, FIELDS[name].called(language), text, value, of[0].source, facts=of)


_DERIVED: dict[str, Callable[[Project, str], Row | None]] = {
    "period": _period,
    "duration": _duration,
    "esf_share": _esf_share,
}
