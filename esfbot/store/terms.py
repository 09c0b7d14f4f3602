"""The terms that names are found by: their words, and pairs of words that stand together."""

from collections.abc import Sequence

from esfbot.wording.load import is_function


def neighbours(words: Sequence[str]) -> list[tuple[int, int]]:
    """The indices of every two words that follow one another or have only function words between them."""
    found = []
    for i in range(len(words) - 1):
        for j in range(i + 1, len(words)):
            found.append((i, j))
            if not is_function(words[j]):
                break
    return found


def pair(first: str, second: str) -> str:
    """The term that two folded words are together."""
    return f"{first} {second}"


def terms_of(words: Sequence[str]) -> list[str]:
    """The terms that a name of these folded words is found by, each once."""
    return list(dict.fromkeys([*words, *(pair(words[i], words[j]) for i, j in neighbours(words))]))
