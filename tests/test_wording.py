"""The words people write and the sentences they get."""

import re
from pathlib import Path
from string import Formatter

import esfbot
from esfbot.language.words import split
from esfbot.wording.load import is_function, say, sentences, words

PACKAGE = Path(esfbot.__file__).parent


def placeholders(sentence: str) -> set[str]:
    """The names of the values that a sentence takes."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def test_both_languages_have_the_same_sentences_with_the_same_values() -> None:
    """A sentence that one language has, the other has too."""
    swedish = {name: placeholders(text) for name, text in sentences("sv").items()}
    assert swedish == {name: placeholders(text) for name, text in sentences("en").items()}


def test_every_sentence_is_used() -> None:
    """No sentence is kept that nobody can get."""
    code = "".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    made = {
        f"unknown_{kind}"
        for kind in ("project", "person", "organisation", "fact", "alternative", "email", "phone", "exclusion", "place")
    }
    made |= {
        name for name in sentences("sv") if name.startswith(("how_", "order_", "most_", "ask_"))
    }  # see test_describe
    made |= {name for name in sentences("sv") if name.startswith(("button_", "part_", "reason_", "menu_", "card_"))}
    made |= {"year", "years", "month", "months", "week", "weeks", "day", "days", "yes", "no"}
    assert [name for name in sentences("sv") if not re.search(rf"[\"']{name}[\"']", code) and name not in made] == []


def test_every_sentence_that_code_asks_for_is_there() -> None:
    """Each name given to `say`, or to the bot's desk to say, is a sentence."""
    code = "".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    assert set(re.findall(r'\bsays?\(\s*(?:said,\s*)?"(\w+)"', code)) <= set(sentences("sv"))


def test_values_are_put_in() -> None:
    """A sentence is said with its values."""
    assert say("none_in", "sv", place="Kiruna") == "Inget projekt på bladen anger Kiruna."


def test_a_function_word_may_lack_its_diacritics_but_have_no_others() -> None:
    """Man is a function word, män is none; for and för both are."""
    assert [is_function(word) for word in ("man", "män", "för", "for", "FÖR")] == [True, False, True, True, True]


def test_the_words_of_an_operation_mean_that_one_alone() -> None:
    """No phrase names two operations."""
    phrases: dict[str, set[str]] = {}
    for name, languages in words()["operation"].items():
        for listed in languages.values():
            for phrase in listed:
                phrases.setdefault(" ".join(word.folded for word in split(phrase)), set()).add(name)
    assert {phrase: names for phrase, names in phrases.items() if len(names) > 1} == {}


def test_operations_are_in_english_and_swedish() -> None:
    """Each operation can be asked for in both languages."""
    assert [name for name, languages in words()["operation"].items() if set(languages) != {"sv", "en"}] == []
