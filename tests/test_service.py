"""The product in one object."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from esfbot.embed.run import embed
from esfbot.errors import NoEmbeddings
from esfbot.model.answer import Kind
from esfbot.model.query import Conversation, Operation, Query
from esfbot.render.plain import render
from esfbot.service import Service
from esfbot.settings import Settings
from tests.conftest import SEEDS


def test_embeddings_that_are_not_there_are_named(tmp_path: Path) -> None:
    """Opening an empty folder says to embed first."""
    with pytest.raises(NoEmbeddings, match=r"there are no embeddings in .*Run: esfbot embed"):
        Service(Settings(embeddings=tmp_path))


def test_embeddings_of_another_model_are_asked_with_it(embedded_seeds: Path) -> None:
    """Embeddings are asked with the model that they were made with, also where the setting names another."""
    opened = Service(Settings(embeddings=embedded_seeds, model="sentence-transformers:other"))
    answer, _ = opened.answer("Hur hjälper man personer med dyslexi?", Conversation())
    assert not answer.abstained
    opened.close()


def test_a_new_generation_is_taken_up_between_two_answers(tmp_path: Path) -> None:
    """A sheet that is embedded while the service runs is known to the next question."""
    sheets = tmp_path / "sheets"
    sheets.mkdir()
    shutil.copy(SEEDS / "gora-skillnad.txt", sheets)
    embed(sheets, tmp_path / "embeddings", "e5-small")
    service = Service(Settings(embeddings=tmp_path / "embeddings"))
    before, _ = service.answer("Kontakt i Vårgårda", Conversation())
    shutil.copy(SEEDS / "vinnande-arena.txt", sheets)
    embed(sheets, tmp_path / "embeddings", "e5-small")
    after, _ = service.answer("Kontakt i Vårgårda", Conversation())
    assert (before.abstained, [project.title for project in after.projects]) == (True, ["Vinnande Arena"])


def test_a_question_about_a_fact_needs_no_encoder(embedded_seeds: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Looking up a contact loads no model."""

    def none(model: str) -> None:
        raise AssertionError(model)

    monkeypatch.setattr("esfbot.service.load_encoder", none)
    answer, _ = Service(Settings(embeddings=embedded_seeds)).answer("Kontakt i Ludvika", Conversation())
    assert "Jenny Lyxell" in render(answer)


def test_several_threads_get_the_answers_that_one_gets(service: Service) -> None:
    """Asking at the same time changes no answer."""
    questions = ["Kontakt i Ludvika", "dyslexi", "Vad är budgeten för Göra Skillnad?", "Vem är statsminister?"] * 5
    alone = [service.answer(question, Conversation())[0] for question in questions]
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(lambda question: service.answer(question, Conversation())[0], questions))
    assert together == alone


def test_the_conversation_remembers_the_projects_last_talked_about(service: Service) -> None:
    """A reply without projects leaves the focus where it was."""
    _, conversation = service.answer("Berätta om Vinnande Arena", Conversation())
    _, after_no = service.answer("Vad blir det för väder?", conversation)
    assert conversation.focus == after_no.focus == ("vinnande-arena",)


def test_a_subject_that_the_sheets_lack_replaces_the_old_one(service: Service) -> None:
    """After "no project in Kiruna" a telephone number is not that of the project before."""
    _, conversation = service.answer("Kontakt i Ludvika", Conversation())
    _, conversation = service.answer("och i Kiruna?", conversation)
    answer, _ = service.answer("telefon?", conversation)
    assert (answer.kind, answer.cards) == (Kind.ASK_BACK, ())


def test_projects_that_are_gone_are_forgotten(service: Service) -> None:
    """A conversation about a project that a newer generation lacks asks which project is meant."""
    answer, _ = service.answer("Vad är budgeten?", Conversation(focus=("gone",)))
    assert answer.kind is Kind.ASK_BACK


def test_a_question_about_projects_that_are_gone_is_forgotten(service: Service) -> None:
    """A list that holds a project which a newer generation lacks is not gone on from; what is left of it is."""
    asked = Query("", "sv", Operation.SHOW, ("total_budget",), projects=("gone", "vinnande-arena"))
    before = Conversation("sv", ("vinnande-arena",), ("gone", "vinnande-arena"), asked)
    answer, after = service.answer("och kontaktpersonen?", before)
    assert [project.title for project in answer.projects] == ["Vinnande Arena"]
    assert after.listed == ("vinnande-arena",)


def test_a_button_for_a_project_that_is_gone_says_so(service: Service) -> None:
    """A question read long ago, about a project that the sheets no longer have, is answered with that."""
    answer, _ = service.reply(Query("", "sv", Operation.SHOW, projects=("gone",)), Conversation())
    assert render(answer) == "Projektet finns inte längre på bladen."
    both = Query("", "sv", Operation.SHOW, ("total_budget",), projects=("gone", "vinnande-arena"))
    assert [project.id for project in service.reply(both, Conversation())[0].projects] == ["vinnande-arena"]


def test_the_welcome_offers_questions_that_are_answered(service: Service) -> None:
    """Every example of the greeting gets an answer."""
    for language in ("sv", "en"):
        offers = service.welcome(language).suggestions
        assert len(offers) == 3
        assert [service.answer(offer, Conversation())[0].abstained for offer in offers] == [False] * 3
