"""What a process of its own is told to do with sheets, and what it tells meanwhile.

These are apart from `esfbot.upkeep.worker`, which does it, so that who only asks for it does not load what it takes.
"""

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from esfbot.settings import Settings

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Work:
    """What to do: take in ``files``, each where it is with what its sender calls it, and go live with them, or with
    ``dry_run`` only tell what would change. ``force`` is a reason to go live in spite of the golden questions.
    ``scratch`` is a folder that is made anew for what is unpacked."""

    settings: Settings
    files: Mapping[Path, str]
    scratch: Path
    dry_run: bool = False
    force: str = ""

    def to_json(self) -> str:
        """The work in one line. The bot's token is left out."""
        settings = dataclasses.asdict(dataclasses.replace(self.settings, telegram_token=""))
        files = {str(path.absolute()): called for path, called in self.files.items()}
        said = {"settings": settings, "files": files, "scratch": self.scratch.absolute()}
        return json.dumps(said | {"dry_run": self.dry_run, "force": self.force}, default=str)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The work that `to_json` wrote."""
        said = json.loads(text)
        usual = Settings()
        settings = {name: type(getattr(usual, name))(value) for name, value in said["settings"].items()}
        files = {Path(path): called for path, called in said["files"].items()}
        return cls(Settings(**settings), files, Path(said["scratch"]), said["dry_run"], said["force"])


@dataclass(frozen=True, slots=True)
class Step:
    """How far it is: ``what`` is ``waiting`` for another process (named by ``who``), ``embedding`` passages or
    ``asking`` golden questions, ``done`` of ``total``."""

    what: str
    done: int = 0
    total: int = 0
    who: str = ""
