"""Tell names of places from the same words meant otherwise: Vara from vara, Åre from are, Lund from Anna Lund."""

import re
from collections.abc import Callable, Sequence

from esfbot.language.words import Word
from esfbot.sweden import cues
from esfbot.sweden.mention import Candidate, gap, is_title

Known = Callable[[str], bool]

# Folded words of organisations, which have places in their names: Försäkringskassan Lund, Lunds Stift. The definite
# endings need nine letters, as given names end in them too (Ellen, Elisabet).
_ORGANISATION = re.compile(
    r".{7,}(en|et)|.*(kassan|skolan|skola|stift|forening|forbund|bolag|verk|sjukhus|sameby|teater|museum|ab)"
)
_NOT_GIVEN = cues.OPENERS | cues.CUES_BEFORE | cues.CUES_BEFORE_CAPITAL | cues.CONNECTORS | cues.GLUE


def meant(words: Sequence[Word], candidates: Sequence[Candidate], known: Known) -> list[Candidate]:
    """Return those of ``candidates``, which stand in the order of the text, that are meant as places."""
    alone = _is_all(words, candidates)
    lower = _lower_case(words, candidates)
    accepted = [alone or _is_meant(words, candidate, lower, known) for candidate in candidates]
    if any(accepted) and not all(accepted):
        _accept_lists(words, candidates, accepted)
    return [candidate for candidate, is_place in zip(candidates, accepted, strict=True) if is_place]


def is_in_a_persons_name(words: Sequence[Word], candidate: Candidate, known: Known) -> bool:
    """Tell whether ``candidate`` seems to be a family name: after a capital letter that nothing else explains."""
    first, last = candidate.mention.first, candidate.mention.last
    if candidate.mention.cue or first == 0 or gap(words, first) != 1 or not is_title(words[candidate.span.first]):
        return False
    before = words[first - 1]
    if not is_title(before) or before.folded in _NOT_GIVEN or known(before.folded):
        return False
    return not _is_organisation(words, first - 1) and not _is_organisation(words, last)


def _is_meant(words: Sequence[Word], candidate: Candidate, lower: int, known: Known) -> bool:
    form, mention = candidate.span.form, candidate.mention
    if form in cues.FAMILY_NAMES and is_in_a_persons_name(words, candidate, known):
        return False
    if form in cues.GIVEN_NAMES and _is_given_name(words, candidate, known):
        return False
    if form not in cues.ORDINARY:
        return True
    if form in cues.VERBS:
        before = candidate.preposition
        cued = bool(before and before not in cues.NO_PREPOSITIONS.get(form, ())) or candidate.after in cues.VERBS[form]
    else:
        cued = mention.cue
    return cued or (form not in cues.ALSO_CAPITAL and _is_capital(words, candidate, lower))


def _is_all(words: Sequence[Word], candidates: Sequence[Candidate]) -> bool:
    """Tell whether the text is nothing but names and words such as "and"."""
    named = sum(c.mention.last - c.mention.first for c in candidates)
    return bool(named) and named + sum(1 for word in words if word.folded in cues.FILLERS) >= len(words)


def _lower_case(words: Sequence[Word], candidates: Sequence[Candidate]) -> int:
    """Return how many more words begin with a small letter than with a capital, besides the first word and names."""
    named = {index for c in candidates for index in range(c.mention.first, c.mention.last)}
    others = [word.text[0] for index, word in enumerate(words) if index and index not in named]
    return len(others) - 2 * sum(1 for letter in others if letter.isupper())


def _is_capital(words: Sequence[Word], candidate: Candidate, lower: int) -> bool:
    """Tell whether a capital letter shows a name: neither that of a sentence nor one of a Title Written Like This."""
    first = candidate.span.first
    if first == 0 or gap(words, first) != 1 or not is_title(words[first]):
        return False
    if _is_organisation(words, candidate.mention.last):
        return True
    # Of a verb, every doubt counts: "What Are the Goals".
    return lower > 0 or (lower == 0 and (candidate.span.form not in cues.VERBS or len(words) == 2))


def _is_given_name(words: Sequence[Word], candidate: Candidate, known: Known) -> bool:
    last = candidate.mention.last
    if candidate.mention.cue or last >= len(words) or gap(words, last) != 1 or not is_title(words[last]):
        return False
    after = words[last].folded
    return not (after in cues.CUES_AFTER or after in cues.CONNECTORS or known(after) or _is_organisation(words, last))


def _is_organisation(words: Sequence[Word], index: int) -> bool:
    return index < len(words) and is_title(words[index]) and _ORGANISATION.fullmatch(words[index].folded) is not None


def _accept_lists(words: Sequence[Word], candidates: Sequence[Candidate], accepted: list[bool]) -> None:
    """Accept what stands in one list with an accepted place: Eda and Kil of "Arvika, Eda eller Kil"."""
    pairs = [(i, i + 1) for i in range(len(candidates) - 1)]
    for beside, index in pairs + [(right, left) for left, right in reversed(pairs)]:
        if accepted[beside] and not accepted[index] and _may_stand_in_list(words, candidates[index]):
            left, right = sorted((beside, index))
            accepted[index] = _is_listed(words, candidates[left], candidates[right])


def _may_stand_in_list(words: Sequence[Word], candidate: Candidate) -> bool:
    form, word = candidate.span.form, words[candidate.span.first]
    return form not in cues.ALSO_CAPITAL and (form not in cues.VERBS or is_title(word))


def _is_listed(words: Sequence[Word], left: Candidate, right: Candidate) -> bool:
    start, end = left.mention.last, right.mention.first
    if start == end:
        # A comma or the end of a sentence, where a verb may begin the next one.
        return gap(words, end) > 1 and not {left.span.form, right.span.form} & cues.VERBS.keys()
    return end - start == 1 and words[start].folded in cues.CONNECTORS
