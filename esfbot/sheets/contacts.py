"""Contact persons: which name, e-mail address and telephone number belong together.

A number is never given to a person by guess: where the sheet does not show whose it is, it stays alone.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from esfbot.model.project import Fact, Line, Problem, Severity, Source
from esfbot.sheets.persons import agree, is_office_address, is_person
from esfbot.sheets.withheld.marker import ADDRESS, FIELD, MARKER, NAME, NUMBER, is_marked
from esfbot.values.contacts import dialled, find_emails, find_phones, is_email

_BETWEEN = re.compile(r"\s*(?:[;/]|,|\boch\b|\band\b|\bsamt\b|&)\s*")
_BETWEEN_PHONES = re.compile(r"\s*(?:[;,]|\beller\b|\boch\b|\bor\b|\band\b|\bsamt\b|\balt\.?)\s*|\s+/\s+")
# What stands between a name and the address or number on the same line.
_GLUE = re.compile(r"(?:\W|\b(?:e-?post|e-?mail|mejl|mail|tel|telefon|tfn|mobil|phone|och|and|eller|or)\b)+", re.I)
_GLUE_AT_END = re.compile(rf"{_GLUE.pattern}$", re.I)
_FIELDS = ("contact", "email", "phone")
_KINDS = {NAME: "contact", ADDRESS: "email", NUMBER: "phone"}
_Person = list[tuple[str, Line]]


def contact_facts(values: Sequence[tuple[str, Line]], sheet: str) -> tuple[list[Fact], list[Problem]]:
    """Return the contact facts of a sheet, those of one person in one group, and what is wrong with them.

    ``values`` are the contact fields with their lines, in the sheet's order: row by row (name, e-mail, number; name,
    e-mail, number) or column by column (two names, two addresses, two numbers). What is withheld of a contact makes a
    fact of the field ``withheld`` in the contact's group, whose value is the field that it is withheld from.
    """
    facts: list[Fact] = []
    problems: list[Problem] = []
    pieces = [piece for name, line in values for piece in _pieces(name, line)]
    runs = [(name, [line for _, line in run]) for name, run in groupby(pieces, key=lambda item: item[0])]
    split = [(name, [part for line in lines for part in _parts(name, line)]) for name, lines in runs]
    names = [line for name, lines in split if name == "contact" for line in lines]
    if len(names) == 1:
        people = _around_one(names[0], runs)
    elif any(len(parts) > 1 for _, parts in split):
        people = _column_by_column(split)
    else:
        people = _row_by_row(split)
    for group, person in enumerate(people):
        for name, line in person:
            if is_marked(line.text):
                facts.extend(_withheld(name, line, sheet, group))
                continue
            facts.append(_fact(name, line, sheet, group))
            problems.extend(_malformed(name, line, sheet))
        problems.extend(_disagreeing(person, sheet))
    return facts, problems


def _pieces(name: str, line: Line) -> _Person:
    """A contact's line taken apart where it holds the address or the number too: Anna Berg, anna@place.se."""
    if name != "contact":
        return [(name, line)]
    if is_marked(line.text):
        return list(_tokens(line))
    found = [("email", start, end) for _, start, end in find_emails(line.text)]
    found += [("phone", start, end) for _, start, end in find_phones(line.text)]
    if not found or len({kind for kind, _, _ in found}) < len(found):
        return [(name, line)]
    found.sort(key=lambda item: item[1])
    ends = [0, *(end for _, _, end in found)]
    starts = [*(start for _, start, _ in found), len(line.text)]
    before, *after = (line.text[end:start] for end, start in zip(ends, starts, strict=True))
    if any(_GLUE.sub("", text) for text in after):
        return [(name, line)]  # more than a name, an address and a number
    while (glue := _GLUE_AT_END.search(before)) and glue[0]:
        before = before[: glue.start()]
    pieces = [(kind, Line(line.number, line.text[start:end].strip())) for kind, start, end in found]
    return [("contact", Line(line.number, before.strip())), *pieces] if before.strip() else pieces


def _tokens(line: Line) -> Iterator[tuple[str, Line]]:
    """What stands on a contact's line beside something withheld: names, addresses, numbers and markers in its order."""
    found = [(start, end, "email") for _, start, end in find_emails(line.text)]
    found += [(start, end, "phone") for _, start, end in find_phones(line.text)]
    found += [(match.start(), match.end(), _KINDS[match[0]]) for match in MARKER.finditer(line.text)]
    last = 0
    for start, end, kind in [*sorted(found), (len(line.text), len(line.text), "")]:
        for part in _BETWEEN.split(line.text[last:start]):
            if is_person(name := _GLUE_AT_END.sub("", part).strip()):
                yield "contact", Line(line.number, name)
        if kind:
            yield kind, Line(line.number, line.text[start:end])
        last = end


def _parts(name: str, line: Line) -> list[Line]:
    """The values that stand on one line."""
    if name == "email" and is_marked(line.text):
        found = [x.text for kind, x in _tokens(line) if is_marked(x.text) or (kind == "email" and is_email(x.text))]
        texts = found or [line.text]
    elif name == "email":
        found = [email for email, _, _ in find_emails(line.text)]
        rest = line.text
        for email in found:
            rest = rest.replace(email, "", 1)
        texts = found if len(found) > 1 and not _GLUE.sub("", rest) else [line.text]
    elif name == "phone":
        texts = [part for part in _BETWEEN_PHONES.split(line.text) if part]
        texts = texts if all(dialled(part) or is_marked(part) for part in texts) else [line.text]
    else:
        texts = [part for part in _BETWEEN.split(line.text) if part]
        texts = texts if len(texts) > 1 and all(is_person(part) or is_marked(part) for part in texts) else [line.text]
    return [Line(line.number, text.strip()) for text in texts]


def _around_one(name: Line, runs: Sequence[tuple[str, list[Line]]]) -> list[_Person]:
    """The only contact with the first address and the first line of numbers; further ones may be somebody else's."""
    person: _Person = [("contact", name)]
    alone: list[_Person] = []
    for kind in ("email", "phone"):
        lines = [line for found, lines in runs if found == kind for line in lines]
        if kind == "email":
            lines = [part for line in lines for part in _parts(kind, line)]
            lines.sort(key=lambda line: not _fit(name.text, line.text))  # hers first
        person.extend((kind, line) for line in lines[:1])
        alone.extend([(kind, line)] for line in lines[1:])
    return [person, *alone]


def _row_by_row(runs: Sequence[tuple[str, list[Line]]]) -> list[_Person]:
    people: list[_Person] = []
    for name, lines in runs:
        if not people or name in {known for known, _ in people[-1]}:
            people.append([])
        people[-1].append((name, lines[0]))
    return people


def _column_by_column(runs: Sequence[tuple[str, list[Line]]]) -> list[_Person]:
    columns: dict[str, list[Line]] = {name: [] for name in _FIELDS}
    for name, lines in runs:
        columns[name].extend(lines)
    people: list[_Person] = [[("contact", line)] for line in columns["contact"]]
    alone: list[_Person] = []
    emails, phones = columns["email"], columns["phone"]
    owners = _owners(people, emails)
    in_order = len(emails) in (0, len(people)) and owners in (None, list(range(len(people))))
    for owner, line in zip(owners or range(len(people)), emails, strict=False):
        if owners or in_order:
            people[owner].append(("email", line))
        else:
            alone.append([("email", line)])
    alone.extend([("email", line)] for line in emails[len(owners or people) :])
    for person, line in zip(people, phones, strict=False):
        # Numbers follow the names' order only where all else does.
        if in_order and len(phones) == len(people):
            person.append(("phone", line))
        else:
            alone.append([("phone", line)])
    alone.extend([("phone", line)] for line in phones[len(people) :])
    return people + alone


def _owners(people: Sequence[_Person], emails: Sequence[Line]) -> list[int] | None:
    """Which person each address belongs to, by their names; None where one is not sure or has two."""
    owners: list[int] = []
    for email in emails:
        fitting = [i for i, person in enumerate(people) if _fit(person[0][1].text, email.text)]
        if len(fitting) != 1 or fitting[0] in owners:
            return None
        owners.append(fitting[0])
    return owners or None


def _fit(name: str, email: str) -> bool:
    """Whether an address can be a person's; of what is withheld, whether both are."""
    if is_marked(email):
        return is_marked(name)
    return is_office_address(email) if is_marked(name) else agree(name, email)


def _withheld(name: str, line: Line, sheet: str, group: int) -> Iterator[Fact]:
    """That something of a contact is withheld, and the numbers that stand beside it and are not."""
    yield Fact(FIELD, name, line.text, Source(sheet, line.number), FIELD, group)
    beside = [part for text in MARKER.split(line.text) for part in _BETWEEN_PHONES.split(text) if name == "phone"]
    yield from (_fact(name, Line(line.number, part.strip()), sheet, group) for part in beside if dialled(part))


def _fact(name: str, line: Line, sheet: str, group: int) -> Fact:
    key = {"email": line.text.casefold(), "phone": dialled(line.text) if name == "phone" else ""}.get(name, "")
    return Fact(name, line.text, line.text, Source(sheet, line.number), key, group)


def _malformed(name: str, line: Line, sheet: str) -> list[Problem]:
    if (name == "email" and not is_email(line.text)) or (name == "phone" and not dialled(line.text)):
        called = "e-mail" if name == "email" else "telephone"
        expected = "an address such as name@place.se" if name == "email" else "a telephone number with its area code"
        found, action = f"{called} {line.text}", "Correct it; it is shown as published."
        return [Problem(Source(sheet, line.number), Severity.ERROR, found, expected, action)]
    return []


def _disagreeing(person: _Person, sheet: str) -> list[Problem]:
    values = dict(person)
    name, email = values.get("contact"), values.get("email")
    if (
        name is None
        or email is None
        or is_marked(name.text)
        or not is_email(email.text)
        or agree(name.text, email.text)
    ):
        return []
    return [
        Problem(
            Source(sheet, email.number),
            Severity.WARNING,
            f"contact {name.text} with e-mail {email.text}",
            "an address made of the person's name",
            "Check which of the two is right; both are shown as published.",
        )
    ]
