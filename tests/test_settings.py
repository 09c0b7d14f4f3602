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


def test_ids_and_numbers_are_read_as_such(tmp_path: Path) -> None:
    """Ids stand with commas or blanks between, and those of groups are negative; numbers are whole."""
    given = {"ESFBOT_MAINTAINERS": "4711, -1001234", "ESFBOT_ALLOWED": "", "ESFBOT_QUESTIONS_A_MINUTE": "0"}
    settings = read_settings(given, tmp_path)
    assert (settings.maintainers, settings.allowed, settings.questions_a_minute) == ((4711, -1001234), (), 0)


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("MAINTAINERS", "anna", "not ids with commas between"),
        ("WAITING", "many", "not a whole number"),
        ("GROUP_CONTACTS", "hidden", "neither shown nor private"),
        ("WEBHOOK_URL", "http://example.org/hook", "begins with https://"),
        ("LISTEN", "8080", "not an address and a port"),
    ],
)
def test_bad_values_are_refused(tmp_path: Path, name: str, value: str, reason: str) -> None:
    """A value that can't be used is refused with what was expected."""
    with pytest.raises(SettingsError, match=f"ESFBOT_{name} is '{value}' and .*{reason}"):
        read_settings({f"ESFBOT_{name}": value}, tmp_path)
