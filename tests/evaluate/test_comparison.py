"""Generations compared: counts, latency, and what they answer differently well."""

from dataclasses import replace

from esfbot.evaluate.comparison import Asked, Candidate, Comparison, compare
from esfbot.evaluate.records import compared as records
from esfbot.evaluate.report import compared as report
from esfbot.evaluate.report import short
from esfbot.evaluate.run import Result, Results, run
from esfbot.evaluate.sets import Question
from esfbot.model.answer import Answer, Kind, ProjectRef, Say
from esfbot.model.query import Conversation

QUESTIONS = (
    Question("a", "q1", "fact", must=(("one",),), file="set.jsonl", line=1),
    Question("b", "q2", "list", must=(("two",),), projects=("A",), file="set.jsonl", line=2),
    Question("c", "q3", "list", must_not=("two",), file="set.jsonl", line=3),
    Question("d", "q4", "list", must=(("three",),), file="set.jsonl", line=4),
)
LIVE, OTHER = "20261122-1", "20261122-2"


class Saying:
    """Says the same to everything."""

    def __init__(self, *said: str) -> None:
        self._said = " ".join(said)

    def answer(self, question: str, conversation: Conversation) -> tuple[Answer, Conversation]:
        return Answer(question, "sv", Kind.FACTS, (Say(self._said),), (ProjectRef("a", "A"),)), conversation


def found() -> Comparison:
    """Two generations of which one says "one" and the other "two", each answer quicker than the one before."""
    candidates = [
        Candidate(LIVE, "small", live=True, answering=Saying("one")),
        Candidate(OTHER, "a/folder/of/a/model/that/is/large", live=False, answering=Saying("two")),
    ]
    asked = compare(candidates, QUESTIONS).asked
    return Comparison(tuple(replace(each, results=timed(each.results, n)) for n, each in enumerate(asked, 1)))


def timed(results: Results, factor: int) -> Results:
    """The results as if they had taken some milliseconds."""
    return Results(tuple(replace(x, milliseconds=factor * (9.0 - n)) for n, x in enumerate(results.results)))


def asked(*milliseconds: float) -> Asked:
    """A generation whose answers took so long."""
    result = run(Saying("x"), QUESTIONS[:1]).results[0]
    results: list[Result] = [replace(result, milliseconds=each) for each in milliseconds]
    return Asked(Candidate("g", "m", live=True, answering=Saying()), Results(tuple(results)))


def test_latency() -> None:
    """Half of the answers come within the median, and 95 of 100 within the other time."""
    hundred = asked(*range(100, 0, -1))
    assert (hundred.median, hundred.slow) == (50, 95)
    assert (asked(3).median, asked(3).slow) == (3, 3)
    assert (asked(1, 9, 2).median, asked(1, 9, 2).slow) == (2, 9)
    assert (asked().median, asked().slow) == (0, 0)


def test_progress() -> None:
    """It goes from none to all questions of all generations."""
    told: list[tuple[int, int]] = []
    both = [Candidate(name, "m", live=False, answering=Saying("x")) for name in (LIVE, OTHER)]
    compare(both, QUESTIONS[:2], lambda *far: told.append(far))
    assert told == [(0, 4), (1, 4), (2, 4), (2, 4), (3, 4), (4, 4)]


def test_differing() -> None:
    """A question differs where one generation answers it right and another wrong, or one misleads; where both are
    wrong it does not."""
    assert [[result.question.id for result in results] for results in found().differing] == [
        ["q1", "q1"],
        ["q2", "q2"],
        ["q3", "q3"],
    ]


def test_report() -> None:
    """Figures stand side by side, then the questions that are not answered equally well."""
    assert report(found()) == (
        "generation      20261122-1                      20261122-2\n"
        "                      live\n"
        "model                small  …lder/of/a/model/that/is/large\n"
        "right               2 of 4                          1 of 4\n"
        "share right          50.0%                           25.0%\n"
        "misleading               0                               1\n"
        "median, ms             7.0                            14.0\n"
        "95% within, ms         9.0                            18.0\n"
        "\n"
        "right by kind\n"
        "fact                1 of 1                          0 of 1\n"
        "list                1 of 3                          1 of 3\n"
        "\n"
        "q1  fact  [set.jsonl line 1]\n"
        "  asked     a\n"
        "  20261122-1: right\n"
        "  20261122-2: wrong\n"
        "    lacks     one\n"
        "    reply     two\n"
        "\n"
        "q2  list  [set.jsonl line 2]\n"
        "  asked     b\n"
        "  20261122-1: wrong\n"
        "    lacks     two\n"
        "    reply     one\n"
        "  20261122-2: right\n"
        "\n"
        "q3  list  [set.jsonl line 3]\n"
        "  asked     c\n"
        "  20261122-1: right\n"
        "  20261122-2: misleading\n"
        "    has       two\n"
        "    reply     two"
    )


def test_no_difference() -> None:
    """Where all are answered equally well that is said."""
    both = [Candidate(name, "m", live=False, answering=Saying("x")) for name in (LIVE, OTHER)]
    assert report(compare(both, QUESTIONS)).endswith("\n\nEach question is answered equally well.")


def test_short_names() -> None:
    """Of a long name the end is shown."""
    assert (short("e5-small"), len(short("x" * 31)), short("a" * 30 + "b" * 29)) == ("e5-small", 30, "…" + "b" * 29)


def test_records() -> None:
    """Each question that differs is an object with both answers, and the last has what each generation came to."""
    first, *_, last = records(found())
    assert {key: first[key] for key in ("id", "kind", "file", "line", "question")} == {
        "id": "q1", "kind": "fact", "file": "set.jsonl", "line": 1, "question": "a"
    }  # fmt: skip
    assert [(x["generation"], x["right"], x["lacks"], x["text"]) for x in first["answers"]] == [
        (LIVE, True, [], "one"),
        (OTHER, False, [["one"]], "two"),
    ]
    assert [{key: x[key] for key in list(x)[:7]} for x in last["generations"]] == [
        {"generation": LIVE, "model": "small", "live": True, "asked": 4, "right": 2, "percent": 50.0, "misleading": 0},
        {
            "generation": OTHER,
            "model": "a/folder/of/a/model/that/is/large",
            "live": False,
            "asked": 4,
            "right": 1,
            "percent": 25.0,
            "misleading": 1,
        },
    ]
    assert [(x["median_ms"], x["p95_ms"]) for x in last["generations"]] == [(7.0, 9.0), (14.0, 18.0)]
    assert list(last["generations"][0]["by_kind"]) == ["fact", "list"]
