"""Where facts stand, in words."""

from collections.abc import Iterable

from esfbot.model.project import Source
from esfbot.wording.load import say


def lines(sources: Iterable[Source], language: str) -> str:
    """``one.txt, rad 7–9, 14; two.txt, rad 3``; empty without sources."""
    numbers: dict[str, set[int]] = {}
    for source in sources:
        if source.sheet:
            numbers.setdefault(source.sheet, set()).add(source.line)
    return "; ".join(say("source", language, sheet=sheet, line=_ranges(found)) for sheet, found in numbers.items())


def _ranges(numbers: Iterable[int]) -> str:
    """``7–9, 14`` for 7, 8, 9 and 14."""
    spans: list[list[int]] = []
    for number in sorted(numbers):
        if spans and number == spans[-1][-1] + 1:
            spans[-1][1:] = [number]
        else:
            spans.append([number])
    return ", ".join("–".join(map(str, span)) for span in spans)
