"""Sheets taken in: read, without the people who are withheld, and written to a generation in the making."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from esfbot.embed.scan import Files, digest_of
from esfbot.errors import SheetRefused
from esfbot.model.project import Sheet
from esfbot.sheets.folder import dated, digest
from esfbot.sheets.parse import parse
from esfbot.sheets.projects import identity_of
from esfbot.sheets.read import as_text, read_bytes
from esfbot.sheets.withheld.entries import Entry
from esfbot.sheets.withheld.gather import gather
from esfbot.sheets.withheld.person import Identifiers
from esfbot.sheets.withheld.redact import Redactor
from esfbot.store.found import StoredSheet
from esfbot.store.sqlite import SqliteStore
from esfbot.store.sqlite_writer import SqliteWriter


@dataclass(frozen=True, slots=True)
class Taken:
    """The names of the sheets that are not as they were, those that are gone among them, and who is withheld."""

    touched: frozenset[str]
    people: Identifiers


def take_in(files: Files, entries: Sequence[Entry], writer: SqliteWriter, withheld: str) -> Taken:
    """Bring the writer's sheets up to date with ``files``, one after the other.

    ``entries`` are those who are withheld now, and ``withheld`` is the digest of those who were when the others were
    written: where it is another, those that somebody stands on, or stood on, are read again as well.
    """
    known, refused = writer.digests()
    last = known | refused
    gone = last.keys() - files.keys()
    changed = {name for name, path in files.items() if last.get(name) != digest_of(path)}
    writer.remove_sheets(gone)
    redacted = writer.redacted() & files.keys()
    folder = _Folder(files, writer, changed | redacted)
    people = gather(entries, folder.read_anew)
    if people.digest != withheld:
        people = gather(entries, folder.all)
        changed |= redacted | _touched(writer, known.keys() - changed - gone, Redactor(people))
    redactor = Redactor(people)
    for name in files:
        if name in changed:
            _take(name, files[name], writer, redactor)
    accepted = writer.digests()[0].keys()
    return Taken(frozenset(changed | gone) & (known.keys() | accepted), people)


class _Folder:
    """The texts of a folder's sheets before anybody is taken out of them."""

    def __init__(self, files: Files, writer: SqliteWriter, anew: Iterable[str]) -> None:
        self._files = files
        self._writer = writer
        self._anew = frozenset(anew)

    def read_anew(self) -> Iterator[tuple[str, str]]:
        """Those that are not written yet as they are, or from which somebody was taken out."""
        for name in sorted(self._anew):
            try:
                yield name, as_text(read_bytes(self._files[name]), self._files[name].name)
            except SheetRefused:
                continue

    def all(self) -> Iterator[tuple[str, str]]:
        """All of them."""
        yield from self.read_anew()
        yield from ((name, text) for name, text in self._writer.texts() if name not in self._anew)


def _touched(writer: SqliteWriter, names: Iterable[str], redactor: Redactor) -> set[str]:
    among = set(names)
    return {name for name, text in writer.texts() if name in among and redactor.touches(text)}


def _take(name: str, path: Path, writer: SqliteWriter, redactor: Redactor) -> None:
    """Read a file as a sheet, or keep why it is none."""
    data = b""
    try:
        data = read_bytes(path)
        without = redactor.redact(as_text(data, path.name))
        sheet = dated(parse(without.text, name), path)
    except SheetRefused as reason:
        writer.put_refusal(name, digest(data) if data else "", reason)
        return
    writer.put_sheet(_stored(sheet, digest(data), redacted=without.count > 0))


def take_again(before: SqliteStore, writer: SqliteWriter, people: Identifiers, *, anew: bool) -> Taken:
    """Take the sheets of a finished generation as they are kept there, without the ``people`` who are withheld: those
    that they stand on, or with ``anew`` all of them."""
    redactor = Redactor(people)
    touched = set()
    for stored in before.sheets():
        without = redactor.redact(stored.text)
        if not (anew or without.count):
            continue
        sheet = parse(without.text, stored.identity.sheet)
        if not sheet.date and stored.identity.date:
            sheet = replace(sheet, date=datetime.date.fromisoformat(stored.identity.date))
        writer.put_sheet(_stored(sheet, stored.digest, redacted=stored.redacted or without.count > 0))
        touched.add(stored.identity.sheet)
    return Taken(frozenset(touched), people)


def _stored(sheet: Sheet, found: str, *, redacted: bool) -> StoredSheet:
    return StoredSheet(identity_of(sheet), found, sheet.text, sheet.problems, redacted)
