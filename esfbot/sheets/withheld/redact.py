"""A sheet's text without the people who are withheld. It is the same line by line: no newline comes or goes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from esfbot.language.words import split
from esfbot.sheets.withheld.alone import Alone
from esfbot.sheets.withheld.forms import (
    address_pattern,
    initial_forms,
    name_forms,
    names_pattern,
    number_pattern,
    turned_forms,
)
from esfbot.sheets.withheld.glance import Glance, Letters
from esfbot.sheets.withheld.marker import ADDRESS, MARKER, NAME, NUMBER
from esfbot.sheets.withheld.neighbours import after, before
from esfbot.sheets.withheld.person import Identifiers, Person


@dataclass(frozen=True, slots=True)
class Redacted:
    """A text with markers (see `esfbot.sheets.withheld.marker`) in place of ``count`` names, addresses and numbers."""

    text: str
    count: int


class Redactor:
    """Takes withheld people out of texts. Made once for a list; safe to use from several threads."""

    def __init__(self, identifiers: Identifiers) -> None:
        self._glances = [Glance(person) for person in identifiers.people]
        self._alone = [(_whole(person), Alone(person.names)) for person in identifiers.people]
        self._pattern = _pattern(identifiers.people)

    def touches(self, text: str) -> bool:
        """Whether `redact` would change ``text``; takes a fraction of a millisecond where it would not."""
        return self._may_touch(text) and next(_found(self._pattern, text), None) is not None

    def names(self, text: str) -> bool:
        """Whether ``text``, such as a question, may be about one of these people: by a name alone, too, or by another
        spelling of a part of it."""
        words = {word.folded for word in split(text)}
        return self.touches(text) or any(alone.is_named_by(words) for _, alone in self._alone)

    def redact(self, text: str) -> Redacted:
        """Return a sheet's ``text`` without these people. First and family names by themselves also go where a whole
        name or an own address stands on the sheet. Redacting twice is redacting once."""
        if not self._may_touch(text):
            return Redacted(text, 0)
        redacted, count = self._without_forms(text)
        here = [alone for whole, alone in self._alone if count and whole.search(text)]
        for alone in here:
            redacted, more = alone.taken_out(redacted)
            count += more
        return Redacted(redacted, count)

    def _may_touch(self, text: str) -> bool:
        letters = Letters.of(text) if self._glances else None
        return letters is not None and any(glance.sees(letters) for glance in self._glances)

    def _without_forms(self, text: str) -> tuple[str, int]:
        """The text without whole names, addresses and numbers. What ended beside one may begin anew, so it is done
        until there is nothing more."""
        total = 0
        while found := list(_found(self._pattern, text)):
            ends = [0, *(match.end() for match in found)]
            starts = [*(match.start() for match in found), len(text)]
            markers = [*(in_place(_marker_of(match), match) for match in found), ""]
            parts = zip(ends, starts, markers, strict=True)
            text = "".join(text[end:start] + marker for end, start, marker in parts)
            total += len(found)
        return text, total


def _found(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """What ``pattern`` finds and means one of the people, none of it overlapping."""
    at = 0
    while match := pattern.search(text, at):
        meant = bool(match[0]) and not _is_others(match)  # of an address without a letter or digit nothing is left
        if meant and match["marker"] is None:
            yield match
        at = match.end() if meant else match.start() + 1


def _is_others(match: re.Match[str]) -> bool:
    """Whether a family name with a first name behind it, or an initial before it, is of two names, or somebody else's:
    Bo Berg, Anna Lind; i Berg Anna Lind; Bo A. Berg."""
    turned = match["turned"] or ""
    if turned and "," not in turned and after(match.string, match.end()):
        return True
    return bool(turned or match["initials"]) and bool(before(match.string, match.start()))


def in_place(marker: str, match: re.Match[str]) -> str:
    """``marker``, with the line breaks of what it replaces. A line that would be blank has one of its own: a blank line
    ends a sheet's facts."""
    _, *lines = match[0].split("\n")
    end = match.string.find("\n", match.end())
    rest = match.string[match.end() : end if end >= 0 else None].strip()
    blank = [True] * (len(lines) - 1) + [not rest]
    return marker + "".join("\n" + (marker if empty else "") for _, empty in zip(lines, blank, strict=False))


def _marker_of(match: re.Match[str]) -> str:
    if match["number"] is not None:
        return NUMBER
    return ADDRESS if match["address"] is not None or match["elsewhere"] else NAME


def _pattern(people: tuple[Person, ...]) -> re.Pattern[str]:
    """All forms of all people: those of an address and a number in the groups of that name, markers that are there
    already in ``marker``, the rest names (see `names_pattern`)."""
    names = [name for person in people for name in person.names]
    emails = [email for person in people for email in person.emails]
    phones = [phone for person in people for phone in person.phones]
    nothing = r"(?!)"
    whole = names_pattern(names, name_forms(names), turned_forms(names), initial_forms(names))
    return re.compile(
        f"(?P<marker>{MARKER.pattern})"
        f"|(?P<address>{address_pattern(emails) if emails else nothing})"
        f"|(?P<number>{number_pattern(phones) if phones else nothing})"
        f"|{whole or f'{nothing}(?P<elsewhere>)(?P<turned>)(?P<initials>)'}"
    )


def _whole(person: Person) -> re.Pattern[str]:
    """The whole name in any form, or an address that is made of it."""
    forms = names_pattern(person.names, name_forms(person.names), turned_forms(person.names))
    return re.compile(forms or "(?!)")
