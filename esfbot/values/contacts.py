"""Telephone numbers and e-mail addresses: kept as published, and in a form that can be compared and dialled."""

import re
from functools import lru_cache

_EMAIL = re.compile(r"(?<![\w.+%'-])[\w.+%'-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-zÅÄÖåäö]{2,}")
# A trunk zero or a country code, then digits with what people put between them. A slash with spaces parts two numbers.
_DIGITS = r"(?:\+\d|\(?0)(?:[\d\s\u00a0()\u2010-\u2015-]|/(?=\d)){5,18}\d"
_IN_A_FIELD = re.compile(rf"(?<!\d){_DIGITS}")
_IN_TEXT = re.compile(rf"(?<![\w@./-]){_DIGITS}(?![\w@])")  # no part of a date or an amount
_LONGEST = 10  # digits of a Swedish number after the trunk zero; longer ones are two numbers run together


def find_emails(text: str) -> list[tuple[str, int, int]]:
    """Every e-mail address in ``text`` with its start and end offset."""
    return [(m[0].rstrip("."), m.start(), m.start() + len(m[0].rstrip("."))) for m in _EMAIL.finditer(text)]


def is_email(text: str) -> bool:
    """Whether ``text`` is one well-formed e-mail address."""
    return text.isascii() and _EMAIL.fullmatch(text) is not None and ".." not in text and text[0] not in ".-"


@lru_cache(maxsize=4096)
def dialled(published: str) -> str:
    """Return a telephone number in E.164 form (``+46240564451``), read as Swedish; empty where it is no valid number.

    Words around the number (``vxl 08-600 84 63``) don't count; of several numbers the first does.
    """
    found = _IN_A_FIELD.search(published)
    return _e164(found[0]) if found else ""


def _e164(digits: str) -> str:
    import phonenumbers  # 20 ms to load, and most questions hold no number

    try:
        number = phonenumbers.parse(digits, "SE")
    except phonenumbers.NumberParseException:
        return ""
    too_long = number.country_code == 46 and len(str(number.national_number)) > _LONGEST
    if too_long or not phonenumbers.is_possible_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def find_phones(text: str) -> list[tuple[str, int, int]]:
    """Every telephone number in ``text`` in E.164 form, with its start and end offset."""
    found = []
    for match in _IN_TEXT.finditer(text):
        number = _e164(match[0])
        if number and sum(c.isdigit() for c in match[0]) >= 7:
            found.append((number, match.start(), match.end()))
    return found
