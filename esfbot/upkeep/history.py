"""The generations there are, and going back to one."""

import contextlib
from dataclasses import dataclass
from pathlib import Path

from esfbot.embed.scan import Sheets, changes, files_of
from esfbot.errors import EmbeddingsError, EsfbotError, FolderError, NoEmbeddings
from esfbot.settings import Settings
from esfbot.store import generations
from esfbot.store.generations import Manifest
from esfbot.store.lock import held


@dataclass(frozen=True, slots=True)
class Generation:
    """A finished generation: whether it is live, and whether it was before; ``size`` in bytes on disk; ``manifest`` is
    None where it can't be read, and ``wrong`` says why it can't be asked, empty where it can."""

    name: str
    live: bool
    was_live: bool
    size: int
    manifest: Manifest | None
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class Status:
    """What is live and what else is there, oldest first.

    ``since`` tells which sheets have changed since the live one was made, None where that can't be told. ``wrong`` is
    why no question can be answered; None where they can, or where the embeddings need only be made.
    """

    sheets: Path
    embeddings: Path
    generations: tuple[Generation, ...]
    since: Sheets | None
    wrong: EsfbotError | None = None

    @property
    def live(self) -> Generation | None:
        """The live generation."""
        return next((generation for generation in self.generations if generation.live), None)


def status(settings: Settings) -> Status:
    """What is in the folders. Nothing is changed and nothing raised: what is wrong is told."""
    wrong: EsfbotError | None = None
    name = ""
    try:
        name = generations.live(settings.embeddings).name
    except NoEmbeddings:
        pass
    except EmbeddingsError as error:
        wrong = error
    before = generations.were_live(settings.embeddings)
    found = tuple(
        _generation(path, live=path.name == name, was_live=path.name in before)
        for path in generations.generations(settings.embeddings)
    )
    live = next((each for each in found if each.live), None)
    if live and live.wrong:
        try:
            generations.check(settings.embeddings / live.name)
        except EmbeddingsError as error:
            wrong = error
    since = None
    try:
        files = files_of(settings.sheets)
        since = changes(files, live.manifest.sheets, live.manifest.refused) if live and live.manifest else None
    except FolderError as error:
        wrong = wrong or error
    return Status(settings.sheets, settings.embeddings, found, since, wrong)


def _generation(folder: Path, *, live: bool, was_live: bool) -> Generation:
    size = sum(path.stat().st_size for path in folder.iterdir() if path.is_file())
    manifest, wrong = None, ""
    try:
        manifest = generations.read_manifest(folder)
        if live:
            generations.check(folder)
    except EmbeddingsError as error:
        wrong = error.found
    return Generation(folder.name, live, was_live, size, manifest, wrong)


def roll_back(settings: Settings, name: str = "") -> str:
    """Make the generation whose name begins with ``name`` live, or the last one before the live one; return its name.

    Raises EmbeddingsError where there is none or it can't be asked, and Held.
    """
    with held(settings.embeddings, wait=10):
        folder = named(settings, name) if name else _before(settings)
        generations.check(folder)
        generations.point_to(settings.embeddings, folder.name)
    return folder.name


def named(settings: Settings, name: str) -> Path:
    """The folder of the one generation whose name begins with ``name``, or is it. Raises EmbeddingsError."""
    found = generations.generations(settings.embeddings)
    fitting = [path for path in found if path.name.startswith(name)]
    exactly = [path for path in fitting if path.name == name]
    if len(exactly or fitting) != 1:
        known = ", ".join(path.name for path in found) or "none is there"
        number = "no generation" if not fitting else f"{len(fitting)} generations"
        raise EmbeddingsError(f"{number} whose name begins with {name!r}", f"one of: {known}", "Name one of them.")
    return (exactly or fitting)[0]


def _before(settings: Settings) -> Path:
    """The last generation before the live one that was live itself and can be asked."""
    current = generations.live(settings.embeddings)
    for name in sorted(generations.were_live(settings.embeddings), reverse=True):
        with contextlib.suppress(EmbeddingsError):
            if name < current.name:
                generations.check(settings.embeddings / name)
                return settings.embeddings / name
    raise EmbeddingsError(
        f"no generation before {current.name} that was live and can be asked",
        "one to go back to",
        "esfbot status shows those that there are; name one.",
    )


def prune(settings: Settings, keep: int) -> list[str]:
    """Remove the oldest generations until ``keep`` are left, the live one among them; return their names.

    Raises NoEmbeddings where none is live, and Held.
    """
    with held(settings.embeddings, wait=10):
        return generations.prune(settings.embeddings, keep)
