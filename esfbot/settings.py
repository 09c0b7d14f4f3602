"""Every setting, read once from the environment (and from `.env`) into one frozen value."""

import dataclasses
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from esfbot.errors import SettingsError

PREFIX = "ESFBOT_"
# The engines that passages can be embedded on; the first is the model's own.
BACKENDS = ("", "torch", "openvino", "openvino-int8")


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be set, each as ``ESFBOT_`` and its name in capitals.

    The token is kept out of ``repr``, so that no log or traceback shows it.
    """

    sheets: Path = Path("seeds")
    embeddings: Path = Path("embeddings")
    keep_generations: int = 5
    model: str = "e5-small"
    backend: str = ""
    telegram_token: str = dataclasses.field(default="", repr=False)
    telegram_api: str = "https://api.telegram.org"
    state: Path = Path("esfbot-state.sqlite")
    maintainers: tuple[int, ...] = ()
    allowed: tuple[int, ...] = ()
    group_contacts: str = "shown"
    questions_a_minute: int = 30
    waiting: int = 500
    keep_unanswered: int = 90
    webhook_url: str = ""
    listen: str = ""


_PATHS = ("sheets", "embeddings", "state")
_IDS = ("maintainers", "allowed")
_NUMBERS = ("keep_generations", "questions_a_minute", "waiting", "keep_unanswered")

HELP = {
    "sheets": "folder that the project sheets are read from",
    "embeddings": "folder that holds the embeddings, a subfolder per generation",
    "keep_generations": "generations of embeddings that are kept, the live one among them, to go back to",
    "model": "encoder: `e5-small`, or `sentence-transformers:` and a model's name or folder",
    "backend": "engine that passages are embedded on: `torch`, `openvino`, `openvino-int8`; empty for the model's own",
    "telegram_token": "the bot's token, from @BotFather",
    "telegram_api": "address of the Bot API server",
    "state": "file that the bot keeps conversations, lists and feedback in",
    "maintainers": "Telegram ids of the users and chats that look after the bot, with commas between",
    "allowed": "Telegram ids of the users and chats that may use the bot, with commas between; empty for everybody",
    "group_contacts": "`shown`, or `private` to show telephone numbers and e-mail addresses in private chats only",
    "questions_a_minute": "questions that one person may ask in a minute; 0 for any number",
    "waiting": "questions that may wait for their answer at the same time",
    "keep_unanswered": "days that questions without an answer are kept; 0 keeps none",
    "webhook_url": "address that Telegram sends messages to; empty to fetch them",
    "listen": "address and port of `/healthz`, `/metrics` and the webhook, which is else at `127.0.0.1:8080`",
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
    return Settings(**{name: _typed(name, value) for name, value in found.items()})


def _typed(name: str, value: str) -> Any:
    if name in _PATHS:
        return Path(value).expanduser()
    if name in _IDS:
        return tuple(int(part) for part in re.split(r"[\s,;]+", value.strip(" ,;")) if part)
    return int(value) if name in _NUMBERS else value


def _dotenv(folder: Path) -> dict[str, str]:
    path = folder / ".env"
    if not path.is_file():
        return {}
    from dotenv import dotenv_values

    return {key: value or "" for key, value in dotenv_values(path).items()}


def _unusable(name: str, value: str) -> str:
    if name == "telegram_api" and value and not value.startswith(("http://", "https://")):
        return f"is {value!r} and not a web address that begins with http:// or https://"
    if name in _IDS and not re.fullmatch(r"[\s,;]*(-?\d{1,19}[\s,;]*)*", value):
        return f"is {value!r} and not ids with commas between, as 4711, -1001234"
    if name in _NUMBERS and value and not re.fullmatch(r"\d{1,6}", value):
        return f"is {value!r} and not a whole number"
    if name == "group_contacts" and value not in ("", "shown", "private"):
        return f"is {value!r} and neither shown nor private"
    if name == "backend" and value not in BACKENDS:
        return f"is {value!r} and none of {', '.join(BACKENDS[1:])}"
    if name == "webhook_url" and value and not value.startswith(("https://", "http://127.0.0.1", "http://localhost")):
        return f"is {value!r} and not an address that begins with https://"
    if name == "listen" and value and not re.fullmatch(r"\S+:\d{1,5}", value):
        return f"is {value!r} and not an address and a port, as 127.0.0.1:8080"
    if "\0" in value:
        return "holds a NUL character"
    return ""
