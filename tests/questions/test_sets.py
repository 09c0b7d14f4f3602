"""Whole question sets, asked as people would ask them."""

from pathlib import Path

import pytest

from esfbot.embed.run import embed
from esfbot.evaluate.report import evaluated
from esfbot.evaluate.run import run
from esfbot.evaluate.sets import read_questions
from esfbot.service import Service
from esfbot.settings import Settings
from tests.invented.projects import invented
from tests.invented.write import write_sheets

HERE = Path(__file__).parent
SHARED = HERE.parents[2] / "shared"


def assert_answered(service: Service, questions: Path, percent: float) -> None:
    """At least ``percent`` of a set's questions are answered right, and no answer misleads."""
    results = run(service, read_questions(questions))
    assert (results.misleading, results.total.percent >= percent) == ((), True), evaluated(results)


def test_the_invented_collection_is_answered(tmp_path: Path) -> None:
    """Of the questions on 24 invented sheets of all layouts at least 97 % are answered right and none misleads."""
    embed(HERE / "collection", tmp_path, "e5-small")
    assert_answered(Service(Settings(embeddings=tmp_path)), HERE / "collection.jsonl", 97)


def test_the_generated_sheets_are_answered(tmp_path: Path) -> None:
    """Of the questions on 60 generated sheets at least 97 % are answered right and none misleads."""
    write_sheets(invented(60), tmp_path / "sheets")
    embed(tmp_path / "sheets", tmp_path / "embeddings", "e5-small")
    assert_answered(Service(Settings(embeddings=tmp_path / "embeddings")), HERE / "invented.jsonl", 97)


def test_the_shipped_sheets_are_answered(service: Service) -> None:
    """Of the questions on the shipped sheets at least 95 % are answered right and none misleads."""
    assert_answered(service, HERE / "seeds.jsonl", 95)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the development questions are not beside the checkout")
def test_the_development_questions_are_answered_from_the_published_sheets(tmp_path: Path) -> None:
    """Of the development questions at least 97 % are answered right from the published sheets and none misleads."""
    embed(SHARED / "sheets", tmp_path, "e5-small")
    assert_answered(Service(Settings(embeddings=tmp_path)), SHARED / "questions" / "dev.jsonl", 97)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the development questions are not beside the checkout")
def test_the_development_questions_are_answered_from_the_shipped_sheets(service: Service) -> None:
    """The shipped sheets, in other words, answer the development questions too."""
    assert_answered(service, SHARED / "questions" / "dev.jsonl", 95)
