"""What the tests of the command line share: running a command as a person does, but in this process."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from esfbot.cli import program
from tests.conftest import SEEDS

Run = Callable[..., Result]

SHEET = """Liten Arena
RegionNorra Mellansverige
ProgramområdeProgramområde 1 Kompetensförsörjning
ProjektfasGenomförande
ProjektägareEda kommun
KontaktpersonEva Ek
E-posteva.ek@eda.se
Telefonnummer0571-28100
Beviljat ESF-stöd100 000 kr
Total projektbudget200 000 kr
Projektperiod2009-01-01 till 2009-12-31
Sammanfattning
Anställda i Eda prövar nya sätt att lära av varandra.
Kommun
Eda
"""


@pytest.fixture
def run(embedded_seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command on the shipped sheets, in an empty folder. A failure that is no exit code fails the test."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ESFBOT_SHEETS", str(SEEDS))
    monkeypatch.setenv("ESFBOT_EMBEDDINGS", str(embedded_seeds))

    def invoke(*arguments: str, given: str | bytes | None = None) -> Result:
        return CliRunner().invoke(program, arguments, input=given, prog_name="esfbot")

    return invoke


@pytest.fixture
def sheets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> Path:
    """A folder with one short sheet, and the settings that lead to it; its embeddings are still to be made."""
    folder = tmp_path / "sheets"
    folder.mkdir()
    (folder / "liten-arena.txt").write_text(SHEET, encoding="utf-8")
    monkeypatch.setenv("ESFBOT_SHEETS", str(folder))
    monkeypatch.setenv("ESFBOT_EMBEDDINGS", str(tmp_path / "embeddings"))
    return folder
