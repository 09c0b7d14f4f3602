"""People who are withheld: put on the list and taken off it, and taken out of every generation there is."""

import contextlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from esfbot.embed.run import Folder, drafted_again
from esfbot.errors import EmbeddingsError, NoEmbeddings, SheetRefused
from esfbot.settings import Settings
from esfbot.sheets.read import as_text, read_bytes
from esfbot.sheets.withheld import entries
from esfbot.sheets.withheld.entries import Entry
from esfbot.sheets.withheld.gather import gather
from esfbot.sheets.withheld.person import Identifiers, Person
from esfbot.sheets.withheld.redact import Redactor
from esfbot.store import generations
from esfbot.store.lock import held
from esfbot.store.sqlite import SqliteStore


@dataclass(frozen=True, slots=True)
class Withheld:
    """What withholding somebody did: the entry as it stands on the list, all that stands for the person, the names of
    the sheets that held any of it, the generation that is live now (empty where there is none), and the files whose
    names tell who it is."""

    entry: Entry
    person: Person
    sheets: tuple[str, ...]
    generation: str
    named: tuple[str, ...] = ()


def withhold(settings: Settings, entry: Entry, waiting: Callable[[str], None] = lambda _holder: None) -> Withheld:
    """Put somebody on the list with all that is known of them, and take them out of the live generation and all others.

    Other changes among the sheets wait for the next `esfbot.upkeep.update`. Raises FolderError, Held, EmbeddingsError.
    """
    with held(settings.embeddings, wait=-1, waiting=waiting):
        listed = entries.add(settings.sheets, entry)
        folder = Folder.of(settings.sheets)
        everywhere = generations.generations(settings.embeddings)
        people = gather(folder.withheld, lambda: _texts(folder, everywhere))
        person = dict(zip(folder.withheld, people.people, strict=True)).get(listed, Person())
        # Kept on the list, so that it holds also when the sheet that told it is gone.
        also = sorted({*person.names, *person.emails, *person.phones} - {listed.who})
        listed = entries.add(settings.sheets, replace(listed, also=tuple(also)))
        people = gather(Folder.of(settings.sheets).withheld, lambda: _texts(folder, everywhere))
        redactor = Redactor(people)
        named = tuple(name for name in folder.files if redactor.touches(re.sub(r"[\W_]+", " ", name)))
        try:
            live = generations.live(settings.embeddings)
        except NoEmbeddings:
            return Withheld(listed, person, (), "", named)
        standing = _standing_on(live, people)
        name = _redacted(settings, live, people) if standing else live.name
        take_out(settings, people)
    return Withheld(listed, person, standing, name, named)


def lift(settings: Settings, who: str) -> Entry | None:
    """Take somebody off the list; the next `esfbot.upkeep.update` reads the sheets with them again. None where nobody
    of that name, address or number is on it. Raises FolderError."""
    return entries.remove(settings.sheets, who)


def take_out(settings: Settings, people: Identifiers) -> list[str]:
    """Take ``people`` out of all generations but the live one; return the names of those that were removed, because
    they can't be read. Hold the embeddings' lock."""
    live = generations.live(settings.embeddings)
    removed = []
    for folder in generations.generations(settings.embeddings):
        try:
            if folder != live and people.people and generations.read_manifest(folder).withheld != people.digest:
                _made_anew(folder, people, folder.name)
        except EmbeddingsError:
            generations.remove(folder)
            removed.append(folder.name)
    return removed


def _redacted(settings: Settings, live: Path, people: Identifiers) -> str:
    """Let a generation without these people go live in the place of ``live``, which is removed."""
    name = _made_anew(live, people)
    generations.point_to(settings.embeddings, name)
    generations.remove(live)
    return name


def _made_anew(folder: Path, people: Identifiers, name: str = "") -> str:
    before = generations.check(folder)
    with drafted_again(folder, people) as draft:
        manifest = replace(
            draft.manifest,
            golden=before.golden,
            forced=before.forced,
            created=before.created if name else draft.manifest.created,
        )
        return str(draft.finish(manifest, name))


def _texts(folder: Folder, everywhere: Iterable[Path]) -> Iterator[tuple[str, str]]:
    """The texts of a folder's sheets, and of those that generations keep, each by a name of its own."""
    for name, path in folder.files.items():
        with contextlib.suppress(SheetRefused):
            yield name, as_text(read_bytes(path), path.name)
    for generation in everywhere:
        for name, text in _kept(generation):
            yield f"{generation.name}/{name}", text


def _kept(generation: Path) -> Iterator[tuple[str, str]]:
    with contextlib.suppress(EmbeddingsError, SQLAlchemyError):
        generations.read_manifest(generation)
        store = SqliteStore(generation)
        try:
            yield from ((sheet.identity.sheet, sheet.text) for sheet in store.sheets())
        finally:
            store.close()


def _standing_on(generation: Path, people: Identifiers) -> tuple[str, ...]:
    redactor = Redactor(people)
    return tuple(name for name, text in _kept(generation) if redactor.touches(text))
