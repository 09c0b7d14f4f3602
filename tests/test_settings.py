"""Settings from the environment and from `.env`."""

from pathlib import Path

import pytest

from esfbot.errors import SettingsError
from esfbot.settings import HELP, Settings, read_settings


def test_nothing_set_gives_the_defaults(tmp_path: Path) -> None:
    """Without settings the shipped sheets and the default model are used."""
    assert read_settings({}, tmp_path) == Settings()


def test_the_environment_is_read_and_comes_before_the_file(tmp_path: Path) -> None:
    """A value in the environment counts, one in `.env` only where the environment has none."""
    (tmp_path / ".env").write_text("ESFBOT_MODEL=of-the-file\nESFBOT_SHEETS=blad\n", encoding="utf-8")
    settings = read_settings({"ESFBOT_MODEL": "of-the-environment"}, tmp_path)
    assert (settings.model, settings.sheets) == ("of-the-environment", Path("blad"))


def test_everything_that_is_wrong_is_named_at_once(tmp_path: Path) -> None:
    """An unknown setting and a bad value are told together, with what is known."""
    given = {"ESFBOT_SHEEETS": "x", "ESFBOT_TELEGRAM_API": "telegram.org", "OTHER": "y"}
    with pytest.raises(SettingsError, match=r"ESFBOT_SHEEETS is no setting; ESFBOT_TELEGRAM_API is 'telegram.org' and"):
        read_settings(given, tmp_path)


def test_the_token_is_in_no_representation() -> None:
    """Logging the settings shows no secret."""
    assert "secret" not in repr(Settings(telegram_token="123:secret"))


def test_every_setting_is_explained() -> None:
    """The help has a sentence for each setting and for nothing else."""
    assert set(HELP) == set(Settings.__dataclass_fields__)
