"""Addresses that nobody can write to and numbers that nobody can dial: what is wrong, and what may be meant."""

import re
import unicodedata
from collections.abc import Iterable

from esfbot.model.project import Fact, Problem, Severity
from esfbot.sheets.contact_check.entries import Entry, Finding, Kind
from esfbot.sheets.contact_check.slips import latin
from esfbot.values.contacts import find_emails, is_email

_AT = re.compile(r"\s*[(\[{]\s*(?:at|a|snabel-?a)\s*[)\]}]\s*", re.I)
_LONGEST = 254  # characters of an address, by RFC 5321
_DIGITS = 12  # that a number has at most, a country code of two digits with it
_FEWEST = 7  # digits of the shortest Swedish numbers, the trunk zero with them


def malformed(entries: Iterable[Entry]) -> list[Finding]:
    """A finding for each address that is none and each number that can't be dialled."""
    return [
        Finding(Kind.MALFORMED, problem, (entry,))
        for entry in entries
        for fact in (entry.contact.email, entry.contact.phone)
        if fact and (problem := _problem(fact))
    ]


def _problem(fact: Fact) -> Problem | None:
    if fact.field == "email":
        called, flaw, expected = "e-mail", email_flaw(fact.published), "an address such as name@place.se"
    else:
        called, flaw = "telephone", "" if fact.key else phone_flaw(fact.published)
        expected = "a telephone number with its area code"
    if not flaw:
        return None
    meant = mended(fact.published) if fact.field == "email" else ""
    action = f"Correct it{f', perhaps to {meant}' if meant else ''}; it is shown as published."
    return Problem(fact.source, Severity.ERROR, f"{called} {fact.published}, with {flaw}", expected, action)


def email_flaw(text: str) -> str:
    """What an address has that none has, in words that follow "with"; empty where it is well-formed."""
    local, _, domain = text.rpartition("@")
    parts = domain.split(".")
    strange = next((char for char in text if not char.isascii() and not char.isspace()), "")
    flaws = (
        (len(text) > _LONGEST, f"more than {_LONGEST} characters"),
        (len(find_emails(text)) > 1, "two addresses in one"),
        ("@" not in text, "no @"),
        (text.count("@") > 1, "more than one @"),
        (re.search(r"\s", text) is not None, "a space in it"),
        (strange != "", _named(strange)),
        (text[-1:] in ".,;:", f"{text[-1:]!r} at its end"),
        (not local, "nothing before the @"),
        ("." not in domain, "no domain such as place.se"),
        (".." in text, "two dots in a row"),
        (local[:1] in ".-" or local[-1:] == ".", "a dot or hyphen where its name begins or ends"),
        (any(part[:1] == "-" or part[-1:] == "-" for part in parts), "a hyphen where a part of its domain ends"),
        (not is_email(text), "characters that no address has"),
    )
    return next((words for is_so, words in flaws if is_so), "")


def phone_flaw(text: str) -> str:
    """Why a number can't be dialled, in words that follow "with"."""
    digits = re.sub(r"\D", "", text)
    if not digits:
        return "no digit"
    if len(digits) > _DIGITS:
        return "more digits than a number has"
    if digits[0] != "0" and "+" not in text:
        return "no area code"
    return "too few digits" if len(digits) < _FEWEST else "digits that make no number"


def mended(text: str) -> str:
    """The address that ``text`` is but for a slip that shows: a dot at its end, ``(at)``, a letter å; empty if none."""
    visible = "".join(char for char in text if unicodedata.category(char) != "Cf")
    typed = _AT.sub("@", latin(visible)).removeprefix("mailto:")
    typed = re.sub(r"\s*([@.])\s*", r"\1", typed.replace(",", "."))
    typed = re.sub(r"([@.])\1+", r"\1", typed).replace(".@", "@").strip(" .,;:<>()-")
    return typed if typed != text.casefold() and not email_flaw(typed) else ""


def _named(char: str) -> str:
    """A character beyond ASCII: by its letter, and its alphabet where that looks Latin; or as one that is not seen."""
    if not char:
        return ""
    if unicodedata.category(char) == "Cf":
        return "an invisible character"
    alphabet = unicodedata.name(char, "").split()[:1]
    named = f" ({alphabet[0].title()})" if alphabet and alphabet != ["LATIN"] else ""
    return f"the letter {char!r}{named}" if char.isalpha() else f"the character {char!r}"
