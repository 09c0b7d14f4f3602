"""Who is one person, with which numbers and addresses, and what several people share."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from esfbot.model.project import Fact, Problem, Severity
from esfbot.sheets.contact_check.entries import Entry, Finding, Kind, in_order, newest_first
from esfbot.sheets.contact_check.groups import Groups
from esfbot.sheets.contact_check.slips import near_pairs
from esfbot.sheets.persons import agree

Words = tuple[str, ...]
Person = Sequence[Entry]

_NAMED = 5  # values that a finding names
_COMMON = 3  # people of one name up to which they may be one; more have a common name


def people(entries: Sequence[Entry], same: Mapping[str, str]) -> list[Person]:
    """``entries`` by person, the newest first.

    An address of her own makes a person, and so does a name together with a domain, number, employer or project.
    ``same`` has for an address the one that it is taken for.
    """
    spelt = _names_by_address(entries, same)
    groups: Groups[int] = Groups()
    first: dict[tuple[object, ...], int] = {}
    for n, entry in enumerate(entries):
        for mark in _marks(entry, same, spelt):
            groups.join(first.setdefault(mark, n), n)
    found: dict[int, list[Entry]] = {}
    for n, entry in enumerate(entries):
        found.setdefault(groups.of(n), []).append(entry)
    return [newest_first(person) for person in found.values()]


def differing(persons: Iterable[Person], same: Mapping[str, str]) -> list[Finding]:
    """A finding for each person with other numbers or addresses on one sheet than on another."""
    found = []
    for person in persons:
        numbers = [entry for entry in person if entry.phone]
        addresses = [entry for entry in person if entry.email in same]
        parts, entries = [], []
        if _differ((entry.source.sheet, entry.phones) for entry in numbers):
            parts.append(_values("numbers", numbers, lambda entry: entry.contact.phone))
            entries += numbers
        if _differ((entry.source.sheet, {same[entry.email]}) for entry in addresses):
            parts.append(_values("addresses", addresses, lambda entry: entry.contact.email))
            entries += addresses
        if parts:
            stated = newest_first(dict.fromkeys(entries))
            said = f"{_called(person)} with {', and '.join(parts)}"
            expected = "one number and one address for one person"
            found.append(_finding(Kind.DIFFERING, Severity.WARNING, said, expected, _newest(stated), stated))
    return found


def of_one_name(persons: Iterable[Person]) -> list[Finding]:
    """A note for people of one name in one place who have nothing else in common, but may be one who moved."""
    groups: Groups[int] = Groups()
    first: dict[tuple[Words, str], int] = {}
    stated = [entry for person in persons for entry in _by_name(person)]
    for n, entry in enumerate(stated):
        for place in entry.places:
            groups.join(first.setdefault((entry.person, place), n), n)
    together: dict[int, list[Entry]] = {}
    for n, entry in enumerate(stated):
        together.setdefault(groups.of(n), []).append(entry)
    return [note for entries in together.values() if (note := _of_one_name(newest_first(entries)))]


def _by_name(person: Person) -> list[Entry]:
    """The newest entry of each name that a person has with an address or a number."""
    found: dict[Words, Entry] = {}
    for entry in person:
        if entry.person and (entry.email or entry.phone):
            found.setdefault(entry.person, entry)
    return list(found.values())


def _of_one_name(entries: Sequence[Entry]) -> Finding | None:
    if len(entries) > _COMMON:
        return None
    if len({entry.email for entry in entries if entry.email}) > 1:
        values = _values("addresses", entries, lambda entry: entry.contact.email)
    elif len({entry.phone for entry in entries if entry.phone}) > 1:
        values = _values("numbers", entries, lambda entry: entry.contact.phone)
    else:
        return None
    action = f"Nothing is wrong if they are several people. {_newest(entries)}"
    said, expected = f"the name {entries[0].name} with {values}", "one person's address and number"
    return _finding(Kind.DIFFERING, Severity.NOTE, said, expected, action, entries)


def shared(entries: Iterable[Entry]) -> list[Finding]:
    """A note for each number and address that several people have."""
    by_value: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        if entry.words:
            for number in entry.phones:
                by_value.setdefault(("telephone", number), []).append(entry)
            if entry.email:
                by_value.setdefault(("e-mail", entry.email), []).append(entry)
    return [note for (called, value), having in by_value.items() if (note := _shared(called, value, having))]


def _shared(called: str, value: str, having: list[Entry]) -> Finding | None:
    by_name = {entry.words: entry.name for entry in newest_first(having)}
    if len(by_name) == 1:
        return None
    same = _one_name(by_name, slips=False)
    people_called = {same.of(words): name for words, name in by_name.items()}
    if len(people_called) == 1:
        return None
    expected, action = "one person's own", "Nothing is wrong if it is a switchboard or a mailbox that they share."
    spelt = _one_name(by_name, slips=True)
    if len({spelt.of(words) for words in by_name}) == 1:
        expected, action = "one spelling of a person's name", "Check whether they are one person, and which is right."
    entries = sorted(having, key=in_order)
    fact = entries[0].contact.phone if called == "telephone" else entries[0].contact.email
    shown = value if called == "e-mail" or fact is None else fact.published
    said = f"{called} {shown} of {len(people_called)} names: {_listed(sorted(people_called.values()))}"
    return _finding(Kind.SHARED, Severity.NOTE, said, expected, action, entries)


def _finding(
    kind: Kind, severity: Severity, found: str, expected: str, action: str, entries: Sequence[Entry]
) -> Finding:
    return Finding(kind, Problem(entries[0].source, severity, found, expected, action), tuple(entries))


def _marks(entry: Entry, same: Mapping[str, str], spelt: Mapping[str, Groups[Words]]) -> Iterable[tuple[object, ...]]:
    """What two entries of one person share, any of it."""
    address = same.get(entry.email, entry.email)
    if address and not agree("", address):  # an office's mailbox fits nobody's name, too
        yield "address", address, spelt[address].of(entry.words)
    if entry.person:
        for what in (address.rpartition("@")[2], entry.owner, entry.project, *entry.phones):
            if what:
                yield "name", entry.person, what


def _names_by_address(entries: Iterable[Entry], same: Mapping[str, str]) -> dict[str, Groups[Words]]:
    """The names that stand with each address, those that are one person's together; no name at all goes with all."""
    names: dict[str, set[Words]] = {}
    for entry in entries:
        names.setdefault(same.get(entry.email, entry.email), set()).add(entry.words)
    found = {address: _one_name(given, slips=True) for address, given in names.items()}
    for address, given in names.items():
        if len({found[address].of(words) for words in given if words}) == 1:
            found[address].join((), max(given))
    return found


def _one_name(names: Iterable[Words], *, slips: bool) -> Groups[Words]:
    """Names beside one number or address, those of one person together: they share first and last word, one is a part
    of the other, or, with ``slips``, they differ by one."""
    groups: Groups[Words] = Groups()
    full = sorted(name for name in names if len(name) > 1)
    by_word: dict[str, Words] = {}
    by_ends: dict[Words, Words] = {}
    for name in full:
        groups.join(by_ends.setdefault((name[0], name[-1]), name), name)
        by_word.setdefault(name[0], name)
        by_word.setdefault(name[-1], name)
    for name in names:
        if len(name) == 1 and name[0] in by_word:
            groups.join(name, by_word[name[0]])
    if slips:
        written = {" ".join(name): name for name in full}
        for one, other in near_pairs(written):
            groups.join(written[one], written[other])
    return groups


def _differ(stated: Iterable[tuple[str, Iterable[str]]]) -> bool:
    """Whether two sheets state nothing that is the same."""
    by_sheet: dict[str, set[str]] = {}
    for sheet, values in stated:
        by_sheet.setdefault(sheet, set()).update(values)
    return len(by_sheet) > 1 and not set.intersection(*by_sheet.values())


def _values(what: str, entries: Iterable[Entry], fact_of: Callable[[Entry], Fact | None]) -> str:
    """``2 numbers: 0503-350 00 (Ny start, until 2011-12-31) and ...``, the newest first."""
    found: dict[str, str] = {}
    for entry in newest_first(entries):
        if fact := fact_of(entry):
            found.setdefault(fact.key, f"{fact.published} ({entry.title}{_until(entry)})")
    return f"{len(found)} {what}: {_listed(list(found.values()))}"


def _newest(entries: Sequence[Entry]) -> str:
    """What to do about entries that differ, the newest first."""
    newest = entries[0]
    facts = (newest.email, newest.phone)
    others = [entry for entry in entries if (entry.email, entry.phone) != facts]
    if not others or others[0].recency == newest.recency:
        return "Ask which is right; the projects' days do not tell which is newer."
    return f"{newest.title} is the newest{_until(newest)}; check whether what it states holds."


def _until(entry: Entry) -> str:
    if entry.end:
        return f", until {entry.end}"
    return f", from {entry.start}" if entry.start else ""


def _called(person: Person) -> str:
    return next((entry.name for entry in person if entry.name), "the person with one address")


def _listed(texts: Sequence[str]) -> str:
    """``one, two and three``; of many the first."""
    shown = list(texts[:_NAMED])
    if len(texts) > _NAMED:
        return f"{', '.join(shown)} and {len(texts) - _NAMED} more"
    return f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else "".join(shown)
