"""Asking questions, counting results, and showing them."""

from dataclasses import dataclass, field, replace

from esfbot.evaluate.records import evaluated as records
from esfbot.evaluate.report import evaluated as report
from esfbot.evaluate.run import Results, Tally, run
from esfbot.evaluate.sets import Question
from esfbot.model.answer import Answer, Kind, ProjectRef, Say
from esfbot.model.query import Conversation


@dataclass
class Echo:
    """Answers what it is asked and how many questions its conversation had before."""

    heard: list[str] = field(default_factory=list)

    def answer(self, question: str, conversation: Conversation) -> tuple[Answer, Conversation]:
        self.heard.append(f"{question}{len(conversation.focus)}")
        language = "en" if question.isascii() else "sv"
        answer = Answer(question, language, Kind.TALK, (Say(question),), (ProjectRef("a", "A"), ProjectRef("b", "B")))
        return answer, Conversation(language, focus=(*conversation.focus, question))


def results() -> Results:
    """Three results, of which one is right, one lacks things and one misleads."""
    return run(
        Echo(),
        (
            Question("Är det så?", "q1", "fact", must=(("så",),)),
            Question("Is it\nso?", "q2", "list", must=(("yes", "indeed"), ("no",)), projects=("B",), first=True,
                     file="set.jsonl", line=2),
            Question(f"Är det {'x' * 9} " * 30, "q3", "fact", must_not=("xxx",), projects=(), abstain=True,
                     file="set.jsonl", line=3),
        ),
    )  # fmt: skip


def test_a_chat_is_a_conversation() -> None:
    """Consecutive questions of one chat and file share a conversation; all others begin one."""
    asked = [
        ("a", None, "x"), ("b", None, "x"),
        ("c", "1", "x"), ("d", "1", "x"), ("e", "2", "x"), ("f", "2", "x"), ("g", "2", "y"),
        ("h", None, "y"), ("i", "2", "y"), ("j", 2, "y"), ("k", 2, "y"), ("l", 0, "y"), ("m", 0, "y"),
    ]  # fmt: skip
    echo = Echo()
    run(echo, [Question(text, chat=chat, file=file) for text, chat, file in asked])
    assert " ".join(echo.heard) == "a0 b0 c0 d1 e0 f1 g0 h0 i0 j0 k1 l0 m1"


def test_progress() -> None:
    """It is told before the first question and after each."""
    told: list[tuple[int, int]] = []
    run(Echo(), [Question("a", chat="c"), Question("b", chat="c")], lambda *counts: told.append(counts))
    assert told == [(0, 2), (1, 2), (2, 2)]


def test_results_in_order() -> None:
    """Each question comes with its answer, what is wrong and the time taken."""
    found = results().results
    assert [(result.question.id, result.verdict.right) for result in found] == [
        ("q1", True), ("q2", False), ("q3", False)
    ]  # fmt: skip
    assert [result.answer.question for result in found] == [result.question.text for result in found]
    assert all(result.milliseconds >= 0 for result in found)


def test_counts() -> None:
    """The counts are by kind of question and by language of the reply, in the order of their names."""
    found = results()
    assert found.total == Tally(asked=3, right=1, misleading=1)
    assert list(found.by_kind.items()) == [("fact", Tally(2, 1, 1)), ("list", Tally(1, 0, 0))]
    assert list(found.by_language.items()) == [("en", Tally(1, 0, 0)), ("sv", Tally(2, 1, 1))]
    assert [result.question.id for result in found.misleading] == ["q3"]


def test_nothing_asked() -> None:
    """Of no questions none is right."""
    assert (run(Echo(), ()).total, Tally(0, 0, 0).percent) == (Tally(0, 0, 0), 0)


def test_report() -> None:
    """A wrong answer is shown with all that is wrong and its reply shortened; then come the tables and the total."""
    reply = " ".join(["Är det xxxxxxxxx"] * 17)
    assert report(results()) == (
        "q2  list, English  [set.jsonl line 2]\n"
        "  asked     Is it so?\n"
        "  lacks     yes or indeed\n"
        "  lacks     no\n"
        "  projects  A; B\n"
        "  expected  first one of B\n"
        "  reply     Is it so?\n"
        "\n"
        "q3  fact, Swedish, misleading  [set.jsonl line 3]\n"
        f"  asked     {' '.join(['Är det xxxxxxxxx'] * 30)}\n"
        "  abstains  no; expected to hear that the sheets do not answer\n"
        "  has       xxx\n"
        "  projects  A; B\n"
        "  expected  none\n"
        f"  reply     {reply} Är det …\n"
        "\n"
        "kind      asked  right  share right  misleading\n"
        "fact          2      1        50.0%           1\n"
        "list          1      0         0.0%           0\n"
        "\n"
        "language  asked  right  share right  misleading\n"
        "English       1      0         0.0%           0\n"
        "Swedish       2      1        50.0%           1\n"
        "\n"
        "1 of 3 right (33.3%), 1 misleading"
    )


def test_order_in_the_report() -> None:
    """It is told how the projects are held against those expected."""
    ordered = Question("a", projects=("B", "A"), ordered=True)
    assert "  expected  to begin with B; A\n" in report(run(Echo(), [ordered]))
    assert "  expected  exactly A\n" in report(run(Echo(), [Question("a", projects=("A",))]))


def test_needless_no_in_the_report() -> None:
    """Where the reply says no and should not, that an answer was expected is told."""

    class No(Echo):
        def answer(self, question: str, conversation: Conversation) -> tuple[Answer, Conversation]:
            answer, after = super().answer(question, conversation)
            return replace(answer, abstained=True), after

    assert "  abstains  yes; expected an answer\n" in report(run(No(), [Question("a")]))


def test_share_is_rounded_down() -> None:
    """What is not all right is never shown as all right."""
    questions = [Question("a", must=(("b",),)), *[Question("a")] * 1999]
    assert report(run(Echo(), questions)).endswith("1999 of 2000 right (99.9%), 0 misleading")


def test_records() -> None:
    """Each wrong answer is an object with the whole reply, and the last has the counts."""
    first, second, last = records(results())
    assert first.pop("ms") >= 0
    assert first == {
        "id": "q2",
        "kind": "list",
        "file": "set.jsonl",
        "line": 2,
        "question": "Is it\nso?",
        "language": "en",
        "misleading": False,
        "lacks": [["yes", "indeed"], ["no"]],
        "has": [],
        "abstained": False,
        "abstain": False,
        "projects": ["A", "B"],
        "expected": ["B"],
        "match": "first",
        "text": "Is it\nso?",
    }
    assert (second["misleading"], second["has"], second["abstain"], second["expected"]) == (True, ["xxx"], True, [])
    assert (last["asked"], last["right"], last["misleading"]) == (3, 1, 1)
    assert last["by_kind"]["fact"] == {"asked": 2, "right": 1, "percent": 50.0, "misleading": 1}
    assert list(last["by_language"]) == ["en", "sv"]


def test_right_projects_are_not_told() -> None:
    """Where the projects are right nothing is said of those expected."""
    wrong, _ = records(run(Echo(), [Question("a", must=(("b",),), projects=("A", "B"))]))
    assert (wrong["expected"], wrong["match"]) == (None, None)
