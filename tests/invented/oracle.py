"""What is true of invented projects, found with plain loops over them: the yardstick for what is looked up and added.

Conditions are those of `esfbot.model.query`; programme areas and phases are given as the question reader gives them.
"""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence

from esfbot.model.query import TODAY, Condition, Operand, Operation, Query, Test
from esfbot.sweden.places import gazetteer
from tests.invented.draws import in_order
from tests.invented.truth import Invented

# What a reply shows of a project that nothing particular is asked of.
OVERVIEW = ("owner", "number", "period", "esf_support", "total_budget", "programme", "phase", "region", "municipality",
            "contact")  # fmt: skip
EVERYTHING = (*OVERVIEW, "call", "objective", "owner_number", "cofunding_rate", "planned_participants", "co_funder",
              "partner", "participant", "country", "fund", "cci", "nuts2", "intervention", "postal_code", "postal_town",
              "child_poverty", "strategic")  # fmt: skip
_PHASES = {"genomforande": "Genomförande", "forprojektering": "Förprojektering"}
_CONTACT = ("contact", "email", "phone")

Row = tuple[str, str | float]  # a field with its value as shown: dates in ISO form, a list on one row


# What a project states


def texts_of(project: Invented, field: str) -> list[str]:
    """The texts that a project states of ``field``: none, one, or the entries of a list."""
    texts: Mapping[str, Sequence[str | None]] = {
        "title": [project.title],
        "number": [project.number],
        "owner": [project.owner],
        "programme": [project.programme],
        "phase": [project.phase],
        "region": [project.region],
        "municipality": [place.name for place in project.municipalities],
        "co_funder": project.co_funders,
        "partner": project.partners,
        "participant": project.participants,
        "contact": [person.name for person in project.contacts],
        "email": [person.email for person in project.contacts],
        "phone": [person.phone for person in project.contacts],
    }
    further = project.further.get(field)
    return [text for text in texts.get(field, [further if isinstance(further, str) else None]) if text]


def numbers_of(project: Invented) -> dict[str, float]:
    """The numbers that a project states or that follow: kronor, per cent, days, entries of lists, dates as ordinals."""
    numbers: dict[str, float | None] = {
        "esf_support": project.esf_support,
        "total_budget": project.total_budget,
        "planned_participants": project.planned_participants,
        "start": project.start.toordinal(),
        "end": project.end.toordinal(),
        "duration": (project.end - project.start).days + 1,
    }
    rate = project.further.get("cofunding_rate")
    numbers["cofunding_rate"] = rate if isinstance(rate, int) else None
    if project.esf_support is not None and project.total_budget:
        numbers["esf_share"] = 100 * project.esf_support / project.total_budget
    for field in ("municipality", "co_funder", "partner", "participant", "contact"):
        numbers[field] = len(texts_of(project, field)) or None
    return {field: number for field, number in numbers.items() if number is not None}


def codes_of(project: Invented) -> set[str]:
    """The codes of the places that a project belongs to: listed, with what they lie in; its region; its owner's."""
    everywhere = gazetteer()
    listed = [everywhere.by_code[place.code] for place in project.municipalities]
    codes = {place.code for here in listed for place in (here, *everywhere.above(here))}
    codes |= {place.code for place in everywhere.by_code.values() if _is_region(place.code, project.region)}
    if project.owner_place:
        codes |= {project.owner_place.code, project.owner_place.code[:2]}
    return codes


def _is_region(code: str, name: str) -> bool:
    return code.startswith("SE") and gazetteer().by_code[code].name == name


def is_stated(project: Invented, field: str) -> bool:
    """Whether a project's sheet states ``field``: a fact, a section, or what a computed one is worked out from."""
    if field == "period":
        return True
    if field == "county":
        return any(len(code) == 2 for code in codes_of(project))
    return bool(
        texts_of(project, field) or field in numbers_of(project) or any(part.kind == field for part in project.sections)
    )


# Conditions

_COMPARED: Mapping[Test, Callable[[float, Sequence[float]], bool]] = {
    Test.OVER: lambda number, bounds: number > bounds[0],
    Test.AFTER: lambda number, bounds: number > bounds[0],
    Test.UNDER: lambda number, bounds: number < bounds[0],
    Test.BEFORE: lambda number, bounds: number < bounds[0],
    Test.AT_LEAST: lambda number, bounds: number >= bounds[0],
    Test.AT_MOST: lambda number, bounds: number <= bounds[0],
    Test.EQUAL: lambda number, bounds: number == bounds[0],
    Test.BETWEEN: lambda number, bounds: bounds[0] <= number <= bounds[1],
    Test.WITHIN: lambda number, bounds: bounds[0] <= number <= bounds[-1],
}


def holds(project: Invented, condition: Condition, projects: Iterable[Invented]) -> bool:
    """Whether ``condition`` holds for one of ``projects``. What it does not state neither holds nor does it not."""
    if condition.than:
        other = next(other for other in projects if other.title == condition.than)
        return other is not project and _holds_beside(project, condition, other)
    if not condition.negated:
        return _holds(project, condition)
    if condition.test is Test.IN:
        known = bool(codes_of(project))
    elif condition.field in ("municipality", "co_funder", "partner", "participant"):
        known = True  # a list that is not there has none
    else:
        known = is_stated(project, condition.field)
    return known and not _holds(project, condition)


def _holds_beside(project: Invented, condition: Condition, other: Invented) -> bool:
    """Whether a project has more or less of a field than another, or a value of it that the other has too."""
    field = condition.field
    if condition.test is Test.SAME:
        values, others = ({text.casefold() for text in texts_of(x, field)} for x in (project, other))
        return bool(values & others)
    numbers, others_numbers = numbers_of(project), numbers_of(other)
    both = field in numbers and field in others_numbers
    return both and _COMPARED[condition.test](numbers[field], [others_numbers[field]])


def _holds(project: Invented, condition: Condition) -> bool:
    field, test, operands = condition.field, condition.test, condition.operands
    if test is Test.IN:
        return bool(codes_of(project) & set(operands))
    if test is Test.STATED:
        return is_stated(project, field)
    if test is Test.LACKING:
        return not is_stated(project, field)
    if test is Test.ONE_OF:
        return project.title in operands
    if test is Test.IS:
        code = programme_code(project)
        return any(code == operand or code.startswith(f"{operand}.") for operand in operands)
    if test is Test.NAMES:
        return project.phase in [_PHASES[str(operand)] for operand in operands]
    if field == "period":
        return _period_holds(project, test, [_number(operand) for operand in operands])
    numbers = numbers_of(project)
    if condition.other:
        both = field in numbers and condition.other in numbers
        return both and _COMPARED[test](numbers[field], [numbers[condition.other]])
    return field in numbers and _COMPARED[test](numbers[field], [_number(operand) for operand in operands])


def _period_holds(project: Invented, test: Test, days: Sequence[float]) -> bool:
    start, end = project.start.toordinal(), project.end.toordinal()
    return {
        Test.WITHIN: start <= days[-1] and end >= days[0],  # they share a day
        Test.BEFORE: end < days[0],
        Test.AFTER: start > days[-1],
        Test.AT_LEAST: start >= days[0],
        Test.AT_MOST: end <= days[-1],
    }[test]


def _number(operand: Operand) -> float:
    if operand == TODAY:
        operand = datetime.date.today()  # noqa: DTZ011 - as the product does
    return operand.toordinal() if isinstance(operand, datetime.date) else float(operand)


def programme_code(project: Invented) -> str:
    """``2.1`` of ``2.1 Stärka anknytningen``, ``1`` of ``Programområde 1 Kompetensförsörjning``, ``A``."""
    return project.programme.removeprefix("Programområde ").split()[0]


def chosen(projects: Sequence[Invented], query: Query) -> list[Invented]:
    """The projects for which all conditions of ``query`` hold; those that it names by their titles, where it does."""
    return [
        project
        for project in projects
        if (not query.projects or project.title in query.projects)
        and all(holds(project, condition, projects) for condition in query.conditions)
    ]


# Orders, totals and groups


def order_key(project: Invented, field: str) -> float | str | None:
    """What a project is put in order by; None where it does not state it."""
    return in_order(project.title) if field == "title" else numbers_of(project).get(field)


def total(projects: Iterable[Invented], query: Query) -> tuple[float, int] | None:
    """The sum or the average over the projects that state the number, and how many do; None where none does."""
    numbers = [found[query.order] for project in projects if query.order in (found := numbers_of(project))]
    if not numbers:
        return None
    return sum(numbers) / (len(numbers) if query.operation is Operation.AVERAGE else 1), len(numbers)


def groups_of(project: Invented, field: str) -> set[str]:
    """The values of ``field`` that a project counts under, without letter case: places by name, programmes by code,
    people by name and address, of a date its year."""
    lengths = {"municipality": 4, "county": 2}
    if field in lengths:
        codes = [code for code in codes_of(project) if len(code) == lengths[field] and code.isdecimal()]
        return {gazetteer().by_code[code].name.casefold() for code in codes}
    if field == "contact":
        return {f"{person.name}\t{person.email}".casefold() for person in project.contacts}
    if field == "start":
        return {str(project.start.year)}
    if field == "programme":
        return {programme_code(project).casefold()}
    return {text.casefold() for text in texts_of(project, field)}


def grouped(projects: Sequence[Invented], query: Query) -> list[tuple[str, float]]:
    """Every value of the group of ``query`` with how many projects have it, what theirs add up to, or the most (or the
    least) that one of them has; in no order."""
    having: dict[str, list[Invented]] = {}
    for project in projects:
        for value in groups_of(project, query.group):
            having.setdefault(value, []).append(project)
    found = []
    for value, those in having.items():
        name = value.partition("\t")[0]
        if len(those) < query.least:
            continue
        if not query.order:
            found.append((name, float(len(those))))
        elif query.operation is Operation.RANK:
            numbers = [number for project in those if (number := numbers_of(project).get(query.order)) is not None]
            found += [(name, max(numbers) if query.descending else min(numbers))] if numbers else []
        elif added := total(those, query):
            found.append((name, added[0]))
    return found


# Facts as shown


def rows_of(project: Invented, fields: Iterable[str]) -> list[Row]:
    """The rows that show ``fields`` of a project, in no order. Beside a number or an address stands the name."""
    asked = set(fields)
    rows: list[Row] = []
    people = asked & set(_CONTACT)
    for person in project.contacts if people else ():
        known = {"contact": person.name, "email": person.email, "phone": person.phone}
        if any(known[field] for field in people):
            wanted = set(_CONTACT) if "contact" in asked else people | {"contact"}
            rows += [(field, value) for field, value in known.items() if value and field in wanted]
    for field in asked - people:
        rows += _rows(project, field)
    return rows


def _rows(project: Invented, field: str) -> list[Row]:
    numbers = numbers_of(project)
    if field in ("start", "end"):
        return [(field, (project.start if field == "start" else project.end).isoformat())]
    if field == "period":
        return [(field, f"{project.start}/{project.end}")]
    if field == "county":
        names = [gazetteer().by_code[code].name for code in sorted(codes_of(project)) if len(code) == 2]
        return [(field, ", ".join(names))] if names else []
    texts = texts_of(project, field)
    if texts:
        return [(field, ", ".join(texts))]
    return [(field, round(numbers[field], 1))] if field in numbers else []
