"""What makes an answer right, wrong and misleading."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esfbot.evaluate.judge import Match, Verdict, WrongProjects, comparable, judge, says
from esfbot.evaluate.sets import Question
from esfbot.model.answer import Answer, Card, Kind, ProjectRef, Row, Say
from esfbot.model.project import Source

TEXT = "Ny start pågick 22 juni 2009 – 2 February 2010 och fick 5 352 801 kr. Ring 0240-56 44 51."


def answer(*titles: str, text: str = TEXT, abstained: bool = False, suggestions: tuple[str, ...] = ()) -> Answer:
    """An answer that says ``text`` and is about the projects of these titles."""
    projects = tuple(ProjectRef(title.casefold(), title) for title in titles)
    return Answer("?", "sv", Kind.FACTS, (Say(text),), projects, suggestions, abstained)


@pytest.mark.parametrize(
    "wanted",
    [
        "5352801",
        "5,352,801 KR",
        "5.352.801",
        "5\u00a0352\u202f801",
        "2009-06-22",
        "june 22, 2009",
        "22nd Jun 2009",
        "2010-02-02",
        "2 feb. 2010",
        "ny START",
        "pa\u030agick",
        "22 juni 2009 - 2",
        "tel:0240564451",
        "tel:0240-56 44 51",
        "tel:24056",
    ],
)
def test_what_makes_no_difference(wanted: str) -> None:
    """Letter case, composition, digit grouping, written dates, dashes and the grouping of a telephone number."""
    assert says(TEXT, wanted)


@pytest.mark.parametrize(
    "wanted", ["5352802", "352801000", "2009-06-23", "22 juli 2009", "Nystart", "tel:0241564451", "0240564451"]
)
def test_what_makes_a_difference(wanted: str) -> None:
    """Other numbers, other days, other words; and without ``tel:`` the parts of a telephone number stay apart."""
    assert not says(TEXT, wanted)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 234 567", "1234567"),
        ("1 234 5678", "1234 5678"),
        ("1 23 456", "1 23456"),
        ("2009-06 123", "2009-06 123"),
        ("0240-564 451", "0240-564 451"),
        ("1234 567", "1234567"),
        ("1,234.5", "1234.5"),
        ("1st May, 2009", "2009-05-01"),
        ("maj 2009", "maj 2009"),
        ("3  OKTOBER\n2009", "2009-10-03"),
    ],
)
def test_comparable(text: str, expected: str) -> None:
    """Groups of three digits join the number before them; a day, a month's name and a year become one date."""
    assert comparable(text) == expected


@given(st.integers(0, 10**12), st.sampled_from([" ", ",", ".", "\u00a0", "\u202f", "\u2009"]))
def test_every_amount_is_the_same_however_it_is_grouped(amount: int, separator: str) -> None:
    """Whatever separates the groups of digits, the number is that without it."""
    assert comparable(f"{amount:,}".replace(",", separator)) == str(amount)


def test_a_right_answer() -> None:
    """Nothing is wrong where all that must be said is said and nothing that must not."""
    question = Question("?", must=(("2009-06-22",), ("tel:0240564451",)), must_not=("6660445",), projects=("ny start",))
    verdict = judge(question, answer("Ny start"))
    assert (verdict, verdict.right, verdict.misleading) == (Verdict(), True, False)


def test_any_one_of_the_choices_will_do() -> None:
    """A list inside ``must`` is fulfilled by one of its texts; where none is there, all are named."""
    assert judge(Question("?", must=(("London", "5352801"),)), answer()).right
    assert judge(Question("?", must=(("London", "Paris"),)), answer()).missing == (("London", "Paris"),)


def test_what_is_missing_does_not_mislead() -> None:
    """An answer that only lacks something is wrong, and leads nobody astray."""
    verdict = judge(Question("?", must=(("Lund",), ("Ny start",))), answer())
    assert (verdict.missing, verdict.right, verdict.misleading) == ((("Lund",),), False, False)


def test_what_must_not_be_said_misleads() -> None:
    """An answer that shows a wrong fact misleads, also where it abstains."""
    verdict = judge(Question("?", must_not=("5352801", "Lund"), abstain=None), answer(abstained=True))
    assert (verdict.unwanted, verdict.right, verdict.misleading) == (("5352801",), False, True)


@pytest.mark.parametrize(
    ("expected", "abstained", "needless", "unfounded"),
    [
        (False, False, False, False),
        (False, True, True, False),
        (True, True, False, False),
        (True, False, False, True),
        (None, True, False, False),
        (None, False, False, False),
    ],
)
def test_abstaining(expected: bool | None, abstained: bool, needless: bool, unfounded: bool) -> None:
    """To abstain needlessly is wrong; an answer where the sheets have none misleads; null takes either."""
    verdict = judge(Question("?", abstain=expected), answer(abstained=abstained))
    assert (verdict.needless, verdict.unfounded) == (needless, unfounded)
    assert (verdict.right, verdict.misleading) == (not (needless or unfounded), unfounded)


@pytest.mark.parametrize(
    ("titles", "right"), [(("B", "A"), True), (("a", "b"), True), (("A",), False), (("A", "B", "C"), False)]
)
def test_exactly_these_projects(titles: tuple[str, ...], right: bool) -> None:
    """Without more said, the projects are exactly these, in any order."""
    assert judge(Question("?", projects=("A", "B")), answer(*titles)).right == right


@pytest.mark.parametrize(("titles", "right"), [(("B", "C"), True), (("A",), True), (("C", "A"), False), ((), False)])
def test_first_project(titles: tuple[str, ...], right: bool) -> None:
    """With ``first`` the first project is one of these; what follows makes no difference."""
    assert judge(Question("?", projects=("A", "B"), first=True), answer(*titles)).right == right


@pytest.mark.parametrize(("titles", "right"), [(("A", "B", "C"), True), (("B", "A"), False), (("A",), False)])
def test_projects_in_order(titles: tuple[str, ...], right: bool) -> None:
    """With ``ordered`` the projects begin with these, in this order."""
    assert judge(Question("?", projects=("A", "B"), ordered=True), answer(*titles)).right == right


def test_no_project() -> None:
    """An empty list expects no project; without a list any will do."""
    assert judge(Question("?", projects=()), answer("A")).projects == WrongProjects(("A",), (), Match.EXACTLY)
    assert judge(Question("?"), answer("A")).right


def test_the_whole_reply_counts() -> None:
    """What is looked for may stand in a fact, beside its source or in what is offered next, as a person reads it."""
    card = Card(ProjectRef("ny", "Ny start"), (Row("contact", "Kontakt", "Eva Ek", "Eva Ek", Source("ny.txt", 7)),))
    said = Answer("?", "sv", Kind.CONTACTS, (card,), (), ("Vad kostade det?",))
    assert judge(Question("?", must=(("Eva Ek",), ("[ny.txt, rad 7]",), ("kostade",))), said).right
