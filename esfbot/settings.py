"""Every setting, read once from the environment (and from `.env`) into one frozen value."""

import dataclasses
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from esfbot.errors import SettingsError

PREFIX = "ESFBOT_"


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be set, each as ``ESFBOT_`` and its name in capitals.

    The token is kept out of ``repr``, so that no log or traceback shows it.
    """

    sheets: Path = Path("seeds")
    embeddings: Path = Path("embeddings")
    model: str = "e5-small"
    telegram_token: str = dataclasses.field(default="", repr=False)
    telegram_api: str = "https://api.telegram.org"


HELP = {
    "sheets": "folder that the project sheets are read from",
    "embeddings": "folder that holds the embeddings, a subfolder per generation",
    "model": "encoder: `e5-small`, or `sentence-transformers:` and a model's name or folder",
    "telegram_token": "the bot's token, from @BotFather",
    "telegram_api": "address of the Bot API server",
}


def read_settings(environ: Mapping[str, str] | None = None, folder: Path | None = None) -> Settings:
    """Read the settings from ``environ`` (default: the process's), and from ``.env`` in ``folder`` what is not there.

    Raises SettingsError naming every setting that is unknown or can't be used.
    """
    given = os.environ if environ is None else environ
    values = {**_dotenv(folder or Path.cwd()), **given}
    names = {field.name for field in dataclasses.fields(Settings)}
    found: dict[str, str] = {}
    wrong: list[str] = []
    for key in sorted(values):
        if not key.startswith(PREFIX):
            continue
        name = key.removeprefix(PREFIX).lower()
        if name not in names:
            wrong.append(f"{key} is no setting")
        elif reason := _unusable(name, values[key]):
            wrong.append(f"{key} {reason}")
        elif values[key]:
            found[name] = values[key]
    if wrong:
        known = ", ".join(PREFIX + name.upper() for name in sorted(names))
        raise SettingsError("; ".join(wrong), f"settings among {known}", "Correct or remove them.")
    paths = {name: Path(found.pop(name)).expanduser() for name in ("sheets", "embeddings") if name in found}
    return Settings(**paths, **found)  # type: ignore[arg-type]


def _dotenv(folder: Path) -> dict[str, str]:
    path = folder / ".env"
    if not path.is_file():
        return {}
    from dotenv import dotenv_values

    return {key: value or "" for key, value in dotenv_values(path).items()}


def _unusable(name: str, value: str) -> str:
    if name == "telegram_api" and value and not value.startswith(("http://", "https://")):
        return f"is {value!r} and not a web address that begins with http:// or https://"
    if "\0" in value:
        return "holds a NUL character"
    return ""
