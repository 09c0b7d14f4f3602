"""What the tests of looking after sheets share: three short sheets, and an encoder that only counts words."""

import json
from pathlib import Path
from typing import Any

import pytest

from esfbot import service
from esfbot.embed import engine
from esfbot.settings import Settings
from esfbot.store import generations
from tests.embed.collection import MODEL, THREE, CountingEncoder, write

CONTACT = {"q": "Vem är kontaktperson för Björken?", "must": ["Anna Ek"]}
SUPPORT = {"q": "Hur mycket ESF-stöd fick Granen?", "must": ["100000"]}


@pytest.fixture
def encoder(monkeypatch: pytest.MonkeyPatch) -> CountingEncoder:
    """The encoder that everything loads, whatever the model's name."""
    counting = CountingEncoder()
    monkeypatch.setattr(engine, "load_encoder", lambda *_: counting)
    monkeypatch.setattr(service, "load_encoder", lambda _: counting)
    return counting


@pytest.fixture
def settings(tmp_path: Path, encoder: CountingEncoder) -> Settings:
    """A folder of three sheets, whose embeddings are still to be made."""
    return Settings(sheets=write(tmp_path / "sheets", THREE), embeddings=tmp_path / "embeddings", model=MODEL)


def change(settings: Settings, name: str, old: str, new: str) -> None:
    """Write something else on a sheet."""
    path = settings.sheets / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def ask(settings: Settings, *records: dict[str, Any]) -> None:
    """Make these the golden questions."""
    lines = [json.dumps(record, ensure_ascii=False) for record in records]
    (settings.sheets / "questions.jsonl").write_text("\n".join([*lines, ""]), encoding="utf-8")


def names(settings: Settings) -> list[str]:
    """The names of all generations, oldest first."""
    return [path.name for path in generations.generations(settings.embeddings)]


def live(settings: Settings) -> str:
    """The name of the live generation."""
    return generations.live(settings.embeddings).name


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, hidden ones too, with what is in it."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
