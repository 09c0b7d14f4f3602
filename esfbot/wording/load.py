"""The wording files, read once."""

import functools
import re
import tomllib
from pathlib import Path
from typing import Any

from esfbot.language.words import split, stem

_FOLDER = Path(__file__).parent


@functools.cache
def words() -> dict[str, Any]:
    """What people write: the tables of ``words.toml``."""
    return tomllib.loads((_FOLDER / "words.toml").read_text(encoding="utf-8"))


def is_function(word: str) -> bool:
    """Whether ``word`` carries no meaning of its own. Diacritics may be left out, but not added: man is a function word
    and män is none."""
    spelt, folded = _function_words()
    plain = word.casefold()
    return plain in spelt or (plain.isascii() and plain in folded)


@functools.cache
def _function_words() -> tuple[frozenset[str], frozenset[str]]:
    found = [word for text in words()["function"].values() for word in split(text)]
    return frozenset(word.text.casefold() for word in found), frozenset(word.folded for word in found)


@functools.cache
def pronouns() -> frozenset[str]:
    """Words of either language that stand for what was talked about, folded."""
    return frozenset(word.folded for text in words()["pronoun"].values() for word in split(text))


@functools.cache
def cue(name: str) -> frozenset[str]:
    """Words, folded, that tell how others hang together: ``not``, ``lacking``, ``same`` and so on."""
    return frozenset(word.folded for word in split(words()["cue"][name]))


@functools.cache
def other_names(field: str) -> dict[str, tuple[str, ...]]:
    """What people call the values of ``field`` besides what the sheets do, folded, with spaces around."""
    names: dict[str, list[str]] = words()["value"].get(field, {})
    return {
        value: tuple(f" {' '.join(word.folded for word in split(name))} " for name in others)
        for value, others in names.items()
    }


@functools.cache
def holds() -> dict[str, re.Pattern[str]]:
    """What a folded sentence has to hold, by what a question wants; a name is told by its capital letter."""
    return {name: re.compile(pattern) for name, pattern in words()["holds"].items()}


@functools.cache
def wants() -> dict[str, tuple[str, ...]]:
    """What a sentence has to hold to answer, such as a number or a name, and the phrases that ask for it, folded with
    spaces around."""
    return {
        name: tuple(
            f" {' '.join(w.folded for w in split(phrase))} " for phrases in tables.values() for phrase in phrases
        )
        for name, tables in words()["wants"].items()
    }


@functools.cache
def glossary() -> dict[str, tuple[str, ...]]:
    """The stems of Swedish words by the stem of the English word that means them."""
    entries = tomllib.loads((_FOLDER / "glossary.toml").read_text(encoding="utf-8"))
    return {stem(word, "en"): tuple(stem(other) for other in others) for word, others in entries.items()}


@functools.cache
def sentences(language: str) -> dict[str, str]:
    """What people get to read in ``language`` (``sv`` or ``en``), by name."""
    return tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))


def say(name: str, language: str, /, **values: object) -> str:
    """The sentence called ``name``, with ``values`` put in."""
    return sentences(language)[name].format(**values)


def projects_counted(count: int, language: str) -> str:
    """So many projects, in words: "1 project", "3 projects"."""
    return say("group_project" if count == 1 else "group_projects", language, count=count)
