"""Addresses, domains and names that are another one but for a slip or for letters that look alike."""

import re
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz.distance import OSA

from esfbot.language.words import fold, texts_of_words
from esfbot.model.project import Fact, Problem, Severity
from esfbot.sheets.contact_check.entries import Entry, Finding, Kind, in_order
from esfbot.sheets.contact_check.malformed import email_flaw
from esfbot.sheets.contact_check.slips import alike_pairs, difference, latin
from esfbot.sheets.persons import agree, spellings
from esfbot.sweden.places import gazetteer
from esfbot.values.contacts import is_email

Pair = tuple[str, str]
Stated = Mapping[str, Sequence[Entry]]

_LONG = 6  # letters of a word from which one slip makes it that word mistyped rather than another word
_SWAPPED = 5  # and two letters swapped: gmial.com
_FEW = 2  # addresses that a mistyped domain has at most; one with more is in use
_USUAL_ENDS = frozenset({"se", "nu", "com", "org", "net", "eu", "info", "no", "dk", "fi", "ax"})
_NAME = 5  # letters of a name from which one slip leaves it recognisable
_LONG_NAME = 12  # and two slips


def addresses(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """The entries of each address that is well-formed, but perhaps for letters that only look right."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        if not email_flaw(latin(entry.email)):
            found.setdefault(entry.email, []).append(entry)
    return found


def alike_domains(stated: Stated) -> list[Pair]:
    """Every two domains of which one may be the other mistyped, that one first."""
    by_domain: dict[str, list[str]] = {}
    for address in stated:
        by_domain.setdefault(_domain(address), []).append(address)
    found = []
    for pair in alike_pairs(by_domain):
        rare, usual = sorted(pair, key=lambda x: (len(by_domain[x]), any(map(_is_place, x.split("."))), x))
        if len(by_domain[rare]) <= _FEW and _is_mistyped(rare, usual):
            found.append((rare, usual))
    return found


def alike_addresses(stated: Stated) -> list[Pair]:
    """Every two addresses at one domain of which one may be the other mistyped, the one that is less sure first."""
    by_domain: dict[str, list[str]] = {}
    for address in stated:
        by_domain.setdefault(_domain(address), []).append(_local(address))
    found = []
    for domain, names in sorted(by_domain.items()):
        for one, other in alike_pairs(names):
            pair = f"{one}@{domain}", f"{other}@{domain}"
            if _is_one_person(pair, stated):
                first, second = sorted(pair, key=lambda address: _trust(address, stated[address]))
                found.append((first, second))
    return found


def domain_findings(pairs: Iterable[Pair], stated: Stated) -> list[Finding]:
    """A finding for each pair of domains, with all contacts at the rare one and the first at the usual one."""
    by_domain: dict[str, list[Entry]] = {}
    for address, entries in stated.items():
        by_domain.setdefault(_domain(address), []).extend(entries)
    found = []
    for rare, usual in pairs:
        suspects, others = sorted(by_domain[rare], key=in_order), sorted(by_domain[usual], key=in_order)
        said = f"domain {rare}, which looks like {usual} ({difference(rare, usual)})"
        action = f"Correct it if {usual} is meant, which {_times(len(others))}; it is shown as published."
        found.append(_finding(said, "one spelling of a domain", action, (*suspects, others[0])))
    return found


def address_findings(pairs: Iterable[Pair], stated: Stated) -> list[Finding]:
    """A finding for each pair of addresses, with everyone who has one of the two."""
    found = []
    for suspect, other in pairs:
        entries = (*sorted(stated[suspect], key=in_order), *sorted(stated[other], key=in_order))
        said = f"e-mail {suspect}, which looks like {other} ({difference(suspect, other)})"
        action = "Check which of the two is right; both are shown as published."
        if _fits(other, stated[other]) and not _fits(suspect, stated[suspect]):
            action = f"Check which of the two is right; only {other} fits the name it stands with."
        found.append(_finding(said, "one address for one person", action, entries))
    return found


def name_findings(entries: Iterable[Entry], pairs: Iterable[Pair]) -> list[Finding]:
    """A finding for each contact whose name its address has but for a slip.

    Addresses that are the less sure one of ``pairs`` are left out: they have a finding that tells more.
    """
    told = {suspect for suspect, _ in pairs}
    return [
        _finding(
            f"contact {entry.name} with e-mail {entry.contact.email.published}, nearly the same name",
            "an address made of the person's name",
            "Check which of the two is right; both are shown as published.",
            (entry,),
        )
        for entry in entries
        if entry.contact.email and entry.email not in told and _nearly_agree(entry.name, entry.email)
    ]


def _finding(found: str, expected: str, action: str, entries: tuple[Entry, ...]) -> Finding:
    email: Fact | None = entries[0].contact.email
    source = email.source if email else entries[0].source
    return Finding(Kind.LOOKALIKE, Problem(source, Severity.WARNING, found, expected, action), entries)


def _is_mistyped(rare: str, usual: str) -> bool:
    """Whether a domain may be another mistyped: long, no place where the other has one, no other end that is usual."""
    (name, _, end), (other, _, other_end) = rare.rpartition("."), usual.rpartition(".")
    if end != other_end and name == other:
        return not _USUAL_ENDS.issuperset((end, other_end))
    both = zip(name.split("."), other.split("."), strict=False)
    differing = [(one, another) for one, another in both if fold(one) != fold(another)]
    if differing and all(_is_place(one) and _is_place(another) for one, another in differing):
        return False  # mora.se and nora.se
    slip = difference(name, other)
    return slip.looks_alike or slip.word >= (_SWAPPED if slip.is_swap else _LONG)


def _is_place(word: str) -> bool:
    """Whether ``word`` is a municipality or county."""
    return fold(word) in gazetteer().by_name


def _is_one_person(pair: Pair, stated: Stated) -> bool:
    """Whether two addresses at one domain may be one mistyped, and are not two people's: anna.berg and anne.berg."""
    one, other = pair
    slip = difference(_local(one), _local(other))
    names, others = ({entry.words: entry.name for entry in stated[x] if entry.words} for x in pair)
    if names.keys() & others.keys() or slip.is_sure:
        return True
    if any(agree(name, other) and not agree(name, one) for name in names.values()):
        return True
    if any(agree(name, one) and not agree(name, other) for name in others.values()):
        return True
    own = (agree(name, one) for name in names.values())
    theirs = (agree(name, other) for name in others.values())
    if names and others and all(own) and all(theirs):
        return False
    return slip.word >= _LONG


def _trust(address: str, entries: Sequence[Entry]) -> tuple[bool, bool, int, str]:
    return _fits(address, entries), address.isascii(), len(entries), address


def _fits(address: str, entries: Iterable[Entry]) -> bool:
    """Whether everyone named beside an address can have it."""
    return all(agree(entry.name, address) for entry in entries if entry.words)


def _nearly_agree(name: str, email: str) -> bool:
    """Whether an address does not fit a name but would without a slip, or two where it is long."""
    if not name or not is_email(email) or agree(name, email):
        return False
    typed = "".join(re.findall(r"[^\W\d_]", _local(email)))
    return any(
        len(made) >= _NAME and OSA.distance(typed, made, score_cutoff=2) <= (1 if len(made) < _LONG_NAME else 2)
        for made in _made_of(name)
    )


def _made_of(name: str) -> set[str]:
    """What addresses are usually made of a name: all of it, first and last name, an initial and the last, or one."""
    words = [spellings(word) for word in texts_of_words(name)]
    if len(words) < 2:
        return {form for forms in words for form in forms}
    found = {first + last for first in words[0] for last in words[-1]}
    found |= {last + first for first in words[0] for last in words[-1]}
    found |= {first[0] + last for first in words[0] for last in words[-1]}
    found |= {"".join(forms[0] for forms in words), *words[0], *words[-1]}
    return found


def _local(address: str) -> str:
    return address.rpartition("@")[0]


def _domain(address: str) -> str:
    return address.rpartition("@")[2]


def _times(number: int) -> str:
    return "one contact has" if number == 1 else f"{number} contacts have"
