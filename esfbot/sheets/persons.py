"""Names of persons: told from those of offices, and compared with the addresses that are made of them."""

import itertools
import re
from collections.abc import Sequence

from esfbot.language.words import fold

# Mailboxes that belong to an office and not to a person.
_OFFICES = frozenset(
    "info kontakt kansli kansliet registrator diarium kommun kommunen post mail mejl epost projekt projektet esf "
    "office "
    "contact reception vaxel kundtjanst support hej admin myndighet stod namnd utbildning hr personal ekonomi "
    "arbetsmarknad naringsliv socialtjanst rehab".split()
)
_OFFICE_ENDS = ("kontoret", "kontor", "forvaltningen", "forvaltning", "avdelningen", "enheten", "gruppen", "projektet",
                "kansliet", "kansli", "centrum", "center", "service", "namnden", "sekretariat", "skolan")  # fmt: skip
# Words of organisations and of what somebody is, which no name of a person holds.
_NO_NAMES = frozenset(
    "ab kommun kommunen region regionen landsting landstinget lan stad stift hb kb forening foreningen forbund "
    "forbundet "
    "universitet hogskola projektledare projektledaren chef enhetschef samordnare handlaggare ekonom koordinator vd "
    "utvecklingsledare verksamhetsledare rektor strateg konsult saknas vakant arbetsformedlingen "
    "forsakringskassan".split()
)
_PARTICLES = frozenset("de von van af der den la le el al bin".split())
# How people type the three letters where they lack them.
_TYPED = {
    "å": ("a", "aa", "o"),
    "ä": ("a", "ae"),
    "ö": ("o", "oe"),
    "ü": ("u", "ue"),
    "ø": ("o", "oe"),
    "æ": ("a", "ae"),
}
_MOST_SPELLINGS = 16


def is_person(text: str) -> bool:
    """Whether ``text`` reads as a person's name: two to five words with capitals, no office or title among them."""
    words = re.findall(r"[^\W_][\w'’.-]*", text)
    if not 2 <= len(words) <= 5 or re.search(r"[\d@:]", text):
        return False
    capitals = all(word[0].isupper() or word in _PARTICLES for word in words)
    return capitals and not any(_is_office_word(fold(word)) for word in words)


def is_office(text: str) -> bool:
    """Whether a word of ``text`` is one of offices and titles, which no person's name holds."""
    return any(_is_office_word(fold(word)) for word in re.findall(r"[^\W_]+", text))


def without_titles(text: str) -> str:
    """``text`` without the words that say what somebody is: projektledare Anna Berg is Anna Berg."""
    words = (word for word in text.split() if word.strip(".:,") and not is_office(word))
    return " ".join(word for word in words if not word.islower() or word in _PARTICLES or text.islower())


def _is_office_word(word: str) -> bool:
    return word in _NO_NAMES or word.endswith(_OFFICE_ENDS)


def agree(name: str, email: str) -> bool:
    """Whether ``email`` can be an address of the person ``name``: made of the name, or an office's mailbox."""
    words = [spellings(word) for word in re.findall(r"[^\W\d_]+", name)]
    return is_office_address(email) or _made_of(_parts(email), words)


def is_office_address(email: str) -> bool:
    """Whether ``email`` is that of an office and of nobody in it: info@hjo.se, kulturkraft@kulturkraftsyd.se."""
    parts = _parts(email)
    if not parts or any(part in _OFFICES or part.endswith(_OFFICE_ENDS) for part in parts):
        return True
    local, _, domain = email.partition("@")
    return fold(re.sub(r"\W", "", local)) in fold(re.sub(r"\W", "", domain))


def _parts(email: str) -> list[str]:
    """The words, folded, of what stands before the @."""
    return [fold(part) for part in re.split(r"[\W\d_]+", email.partition("@")[0]) if part]


def spellings(word: str) -> tuple[str, ...]:
    """The ways in which a name may stand in an address: Sjöö is sjoo, sjoeo, sjooe and sjoeoe."""
    letters = (_TYPED.get(letter, (fold(letter),)) for letter in word.casefold())
    return tuple("".join(spelling) for spelling in itertools.islice(itertools.product(*letters), _MOST_SPELLINGS))


def _made_of(parts: Sequence[str], words: Sequence[tuple[str, ...]]) -> bool:
    """Whether ``parts`` consist of beginnings of ``words``, each used once: lisa, lsvensson, lisve, deverdier."""
    if not parts:
        return True
    part, others = parts[0], parts[1:]
    for i, forms in enumerate(words):
        rest = [*words[:i], *words[i + 1 :]]
        longest = max(_shared(form, part) for form in forms)
        # A whole name, or its beginning: one letter is an initial, as in lsvensson.
        if any(_made_of([part[n:], *others] if part[n:] else others, rest) for n in range(longest, 0, -1)):
            return True
    return False


def _shared(form: str, part: str) -> int:
    """How many letters ``form`` and ``part`` begin with alike."""
    return next((n for n, (a, b) in enumerate(zip(form, part, strict=False)) if a != b), min(len(form), len(part)))
