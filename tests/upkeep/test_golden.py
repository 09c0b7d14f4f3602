"""Golden questions: adding them, what they expect, and those that ship."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from esfbot.errors import FolderError, QuestionsRefused
from esfbot.evaluate.judge import judge
from esfbot.evaluate.run import run
from esfbot.evaluate.sets import question_from, read_questions
from esfbot.model.query import Conversation
from esfbot.service import Service
from esfbot.settings import Settings
from esfbot.upkeep.expected import as_answered, proposed
from esfbot.upkeep.golden import add, golden_file, questions
from esfbot.upkeep.update import update
from tests.conftest import SEEDS

SHIPPED = SEEDS / "questions.jsonl"
MORE = Path(__file__).resolve().parents[1] / "questions" / "small"


@pytest.fixture
def folder(tmp_path: Path) -> Settings:
    """Settings with an empty folder of sheets."""
    return Settings(sheets=tmp_path, embeddings=tmp_path / "embeddings")


def expected(service: Service, text: str) -> dict[str, Any]:
    """What a question expects that has to go on being answered as it is."""
    return as_answered(service.answer(text, Conversation())[0])


def test_shipped(service: Service) -> None:
    """At least thirty golden questions ship with the product, of every kind and in both languages, and all are answered
    right."""
    found = read_questions(SHIPPED)
    results = run(service, found)
    assert [(result.question.id, result.verdict) for result in results.wrong] == []
    assert len(found) >= 30
    assert {"abstain", "contact", "count", "fact", "follow-up", "list", "narrative", "yes-no"} <= set(results.by_kind)
    assert min(tally.asked for tally in results.by_language.values()) >= 10


def test_shipped_are_new() -> None:
    """They are other questions than those that the answers are tried on."""
    others = read_questions(Path(__file__).resolve().parents[1] / "questions" / "seeds.jsonl")
    assert {q.text.casefold() for q in read_questions(SHIPPED)} & {q.text.casefold() for q in others} == set()


def test_shipped_leave_room(embedded_seeds: Path, tmp_path: Path) -> None:
    """They are answered right also when sheets of other projects are added, so that the gate lets those in."""
    shutil.copytree(SEEDS, tmp_path / "sheets")
    shutil.copytree(MORE, tmp_path / "sheets" / "more")
    shutil.copytree(embedded_seeds, tmp_path / "embeddings")
    outcome = update(Settings(sheets=tmp_path / "sheets", embeddings=tmp_path / "embeddings"))
    assert outcome.gate
    assert [(result.question.id, result.verdict) for result in outcome.gate.wrong] == []
    assert (outcome.live, outcome.made.projects) == (True, 5 + len(list(MORE.glob("*.txt"))))


def test_added(folder: Settings) -> None:
    """A question is added on a line of its own, and is read back as it was."""
    first = add(folder, {"q": "Vem är kontakt?", "must": ["Åsa", ["a", "b"]], "id": "ett"})
    second = add(folder, {"q": "Var?", "abstain": True})
    assert questions(folder) == (first, second)
    assert [(first.line, first.id), (second.line, second.id)] == [(1, "ett"), (2, "line 2")]
    assert "Åsa" in golden_file(folder).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("before", "line"), [("", 1), ('{"q": "a"}', 2), ('{"q": "a"}\n\n', 3), ('\ufeff{"q": "a"}\n', 2)]
)
def test_added_to_a_file(folder: Settings, before: str, line: int) -> None:
    """What is there stays as it is, also where its last line does not end."""
    golden_file(folder).write_text(before, encoding="utf-8")
    assert add(folder, {"q": "b"}) == questions(folder)[-1]
    assert (questions(folder)[-1].line, golden_file(folder).read_text(encoding="utf-8").startswith(before)) == (
        line,
        True,
    )


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ({"must": ["x"]}, 'has no "q"'),
        ({"q": "b", "musst": ["x"]}, 'has the unknown key "musst"'),
        ({"q": "b", "must": [""]}, r'has \[""\] as "must"'),
        ({"q": "  VEM är   kontakt?"}, "line 1 asks this; expected a new question"),
        ({"q": "b", "id": "ett"}, "line 1 has the id ett; expected a new id"),
    ],
)
def test_not_added(folder: Settings, record: dict[str, Any], reason: str) -> None:
    """What is no question, or there already, is refused, and the file is as it was."""
    add(folder, {"q": "Vem är kontakt?", "id": "ett"})
    before = golden_file(folder).read_bytes()
    with pytest.raises(QuestionsRefused, match=reason):
        add(folder, record)
    assert golden_file(folder).read_bytes() == before


def test_same_words_in_a_conversation(folder: Settings) -> None:
    """Within conversations the same words may be asked again."""
    for chat in ("a", "b"):
        add(folder, {"q": "Och telefonen?", "chat": chat})
    assert len(questions(folder)) == 2


def test_damaged_file(folder: Settings) -> None:
    """To a file with a damaged line nothing is added."""
    golden_file(folder).write_text("{", encoding="utf-8")
    with pytest.raises(QuestionsRefused, match="line 1 is no JSON"):
        add(folder, {"q": "b"})


def test_no_folder(folder: Settings) -> None:
    """Where the folder of sheets is missing it is told that the file can't be written."""
    nowhere = Settings(sheets=folder.sheets / "nowhere")
    with pytest.raises(FolderError, match=r"questions.jsonl can't be written \(No such file"):
        add(nowhere, {"q": "b"})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Vem är kontakt i Avesta?",
            {"kind": "contacts", "must": ["Jenny Lyxell", "jenny.lyxell@rorlighet.se", "tel:0240-564451"]},
        ),
        (
            "Hur mycket ESF-stöd fick Vinnande Arena?",
            {"kind": "facts", "must": ["2 717 864 kr"], "projects": ["Vinnande Arena"]},
        ),
        ("Ligger Göra Skillnad i Karlskoga?", {"kind": "facts", "projects": ["Göra Skillnad"]}),
        ("Which projects started in 2012?", {"kind": "list", "must": ["Göra Skillnad"]}),
        ("Hur många projekt startade 2011?", {"kind": "total", "projects": ["Vinnande Arena"]}),
        ("Vem är kontakt i Kiruna?", {"kind": "none-there", "abstain": True}),
        (
            "Vilket organisationsnummer har Vinnande Arena?",
            {"kind": "not-stated", "projects": ["Vinnande Arena"], "abstain": True},
        ),
        ("Vad blir det för väder?", {"kind": "outside", "abstain": True}),
        ("Vilket projekt har datasalar på komvux?", {"kind": "passages", "projects": ["Göra Skillnad"], "first": True}),
    ],
)
def test_as_answered(service: Service, text: str, said: dict[str, Any]) -> None:
    """What is answered now is what is expected: facts as shown, numbers by their digits, and "no" where that is it."""
    found = expected(service, text)
    assert {key: found.get(key) for key in said} == said
    assert found.keys() - {"q", "must"} == said.keys() - {"must"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Ligger Göra Skillnad i Karlskoga?", "Ja."),
        ("Hur mycket ESF-stöd har alla projekt fått tillsammans?", "10 774 947 kr"),
        ("Vad är skillnaden i budget mellan Göra Skillnad och Gå vidare II?", "10 630 840 kr"),
    ],
)
def test_sentences(service: Service, text: str, wanted: str) -> None:
    """Of what the bot says itself "yes" and "no", amounts and counts have to be said."""
    assert wanted in expected(service, text)["must"]


def test_groups(service: Service) -> None:
    """Of groups what was counted has to be said, and projects may join them."""
    found = expected(service, "ESF-stöd per region")
    assert "6 112 501 kr (2 projekt)" in found["must"]
    assert "projects" not in found


def test_section(service: Service) -> None:
    """Of a section its beginning has to be said."""
    found = expected(service, "Vad är syftet med Vinnande Arena?")
    assert (found["must"], found["projects"]) == (
        ["Den som bor i Vårgårda ska lättare få ändamålsenlig"],
        ["Vinnande Arena"],
    )


def test_it_is_answered_right(service: Service) -> None:
    """Whatever is asked, an answer is right by what it says itself."""
    for question in read_questions(SHIPPED):
        answer, _ = service.answer(question.text, Conversation())
        record = {"q": question.text, **as_answered(answer)}
        assert judge(question_from(json.loads(json.dumps(record)), ""), answer).right, question.text


def test_proposed_without_expectation(service: Service) -> None:
    """A question that expects nothing expects what is answered now; its name and kind are those given."""
    record, result = proposed(service, {"q": "Vem är kontakt i Avesta?", "id": "avesta", "kind": "contact"}, "x.jsonl")
    assert list(record) == ["id", "kind", "q", "must"]
    assert (record["id"], record["kind"], result.question.must[0]) == ("avesta", "contact", ("Jenny Lyxell",))
    assert result.verdict.right


@pytest.mark.parametrize(
    ("wanted", "right"),
    [
        ({"must": ["Jenny Lyxell"]}, True),
        ({"must": ["Eva Ek"]}, False),
        ({"must_not": ["Jenny Lyxell"]}, False),
        ({"projects": ["BERGSLAGSESURSEN.NU"]}, True),
        ({"projects": ["Vinnande Arena"]}, False),
        ({"abstain": True}, False),
    ],
)
def test_proposed_with_expectation(service: Service, wanted: dict[str, Any], right: bool) -> None:
    """One that expects something is held against that."""
    given = {"q": "Vem är kontakt i Avesta?", **wanted}
    record, result = proposed(service, given, "x.jsonl")
    assert (record, result.verdict.right) == (given, right)
