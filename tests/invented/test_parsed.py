"""Projects made straight from the truth are those that are read from their sheets."""

import pytest

from esfbot.model.project import Project
from esfbot.sheets.folder import read_folder
from tests.invented.parsed import parsed
from tests.invented.projects import Invented, invented
from tests.invented.write import write_sheets


@pytest.fixture(scope="module")
def truth() -> list[Invented]:
    return invented(60)


@pytest.fixture(scope="module")
def read(truth: list[Invented], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Project]:
    """What is read of their sheets, by sheet."""
    found = read_folder(write_sheets(truth, tmp_path_factory.mktemp("parsed"))).projects
    return {project.sheets[0]: project for project in found}


def stated(project: Project) -> tuple[object, ...]:
    """What a project states, wherever it stands."""
    facts = sorted((fact.field, str(fact.value), fact.key, fact.group) for fact in project.facts)
    sections = [(section.kind, section.heading, section.text) for section in project.sections]
    return project.title, project.sheets, facts, sections, {link.code: link.kind for link in project.places}


def test_they_state_the_same(truth: list[Invented], read: dict[str, Project]) -> None:
    """Facts with their keys, contacts, sections and places are the same."""
    assert [stated(parsed(project)) for project in truth] == [stated(read[project.file]) for project in truth]
