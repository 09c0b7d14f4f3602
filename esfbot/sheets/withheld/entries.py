"""The list of people who are withheld: ``withheld.jsonl`` in the sheets folder, a JSON object a line.

{"who": "Anna Berg", "since": "2026-05-04", "until": null, "reason": "asked for it", "also": ["070-174 06 05"]}
"""

import contextlib
import datetime
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from filelock import FileLock

from esfbot.errors import FolderError
from esfbot.sheets.withheld.person import EXPECTED, key_of

FILE = "withheld.jsonl"
_LOCK = ".withheld.lock"
_ACTION = "Correct the line; until then nothing is embedded, so that nobody is shown who must not be."


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody to withhold, by name, e-mail address or telephone number.

    ``until`` is the last day on which it holds, None for good; ``also`` are further names, addresses and numbers of
    the same person.
    """

    who: str
    since: datetime.date
    until: datetime.date | None = None
    reason: str = ""
    also: tuple[str, ...] = ()


def active(entries: Iterable[Entry], today: datetime.date) -> tuple[Entry, ...]:
    """The entries that hold on ``today``, also those with a later ``since``: when in doubt, nobody is shown."""
    return tuple(entry for entry in entries if entry.until is None or today <= entry.until)


def read_entries(sheets: Path) -> tuple[Entry, ...]:
    """Read the list in the folder ``sheets``; it is empty where there is no such file.

    Raises FolderError, naming the line, for a list that can't be read whole: it is never taken for an empty one.
    """
    path = sheets / FILE
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise FolderError(f"{path} can't be read ({reason})", "the list of people to withhold", _ACTION) from error
    lines = enumerate(text.split("\n"), 1)
    return tuple(_entry(line, f"line {number} of {path}") for number, line in lines if line.strip())


def add(sheets: Path, entry: Entry) -> Entry:
    """Put ``entry`` on the list, and return it as it stands there. Of somebody who is on it already the new end and
    reason count, and what else is known of them is kept.

    Raises FolderError where the list can't be read or written, or where the entry names nobody.
    """
    _checked(entry, "the entry")
    with _changing(sheets):
        entries = list(read_entries(sheets))
        place = next((n for n, other in enumerate(entries) if _same(other, entry.who)), len(entries))
        if place < len(entries):
            entry = _updated(entries[place], entry)
        _write(sheets, [*entries[:place], entry, *entries[place + 1 :]])
    return entry


def remove(sheets: Path, who: str) -> Entry | None:
    """Take the entry of ``who`` off the list and return it; None where there is none.

    Raises FolderError where the list can't be read or written.
    """
    with _changing(sheets):
        entries = read_entries(sheets)
        found = next((entry for entry in entries if _same(entry, who)), None)
        if found:
            _write(sheets, [entry for entry in entries if entry is not found])
    return found


def _same(entry: Entry, who: str) -> bool:
    """Whether an entry is of ``who``: the name in any spelling and order, the address, or the number."""
    key = key_of(who)
    return bool(key) and key in {key_of(text) for text in (entry.who, *entry.also)}


def _updated(old: Entry, new: Entry) -> Entry:
    """The entry of somebody who is on the list already. Who was withheld until some day and is again is so anew."""
    further = {
        key_of(text): text for text in reversed((old.who, *old.also, *new.also)) if key_of(text) != key_of(new.who)
    }
    ended = old.until is not None and old.until < new.since
    since = new.since if ended else min(old.since, new.since)
    return replace(new, since=since, reason=new.reason or old.reason, also=tuple(reversed(further.values())))


def _entry(line: str, where: str) -> Entry:
    try:
        said = json.loads(line, object_pairs_hook=_each_once)
    except (ValueError, RecursionError) as error:
        raise FolderError(f"{where} is no JSON ({error})", "a JSON object", _ACTION) from error
    names = {field.name for field in fields(Entry)}
    if not isinstance(said, dict) or not {"who", "since"} <= said.keys() <= names:
        found = ", ".join(map(str, said)) if isinstance(said, dict) else type(said).__name__
        raise FolderError(
            f"{where} has {found or 'nothing'}", f"who and since, and of {sorted(names)} no others", _ACTION
        )
    also = said.get("also") or []
    texts = [said["who"], said.get("reason") or "", *(also if isinstance(also, list) else [also])]
    if not (isinstance(also, list) and all(isinstance(text, str) for text in texts)):
        raise FolderError(f"{where} has {line.strip()[:80]}", "texts, and as also a list of them", _ACTION)
    who, reason, *also = texts
    since = _day(said["since"], where)
    until = None if said.get("until") is None else _day(said["until"], where)
    return _checked(Entry(who, since, until, reason, tuple(also)), where)


def _each_once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object; ValueError where it says something twice, since one of the two would be lost."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands in it twice")
    return found


def _day(value: object, where: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(str(value))
    except ValueError as error:
        raise FolderError(f"{where} has the date {value!r}", "a date as 2026-05-31", _ACTION) from error


def _checked(entry: Entry, where: str) -> Entry:
    """The entry; FolderError where one of its texts is no name, address or number that a person can be known by."""
    if odd := [text for text in (entry.who, *entry.also) if not key_of(text)]:
        raise FolderError(f"{where} names {odd[0]!r}", EXPECTED, _ACTION)
    return entry


@contextlib.contextmanager
def _changing(sheets: Path) -> Iterator[None]:
    """Hold the list in ``with``, so that of two changes at once none is lost; FolderError where it can't be written."""
    if not sheets.is_dir():
        found = f"there is no folder {sheets}"
        raise FolderError(found, "the folder of project sheets", "Name it with --sheets or ESFBOT_SHEETS.")
    lock = FileLock(sheets / _LOCK)
    try:
        lock.acquire()
        yield
    except OSError as error:
        found = f"{sheets / FILE} can't be written ({error.strerror})"
        raise FolderError(found, "a folder that can be written", "Change its rights; the list is as it was.") from error
    finally:
        lock.release()


def _write(sheets: Path, entries: Sequence[Entry]) -> None:
    """Replace the list at once: whoever reads it gets the old one or the new one."""
    path, new = sheets / FILE, sheets / f".{FILE}.new"
    with new.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(asdict(entry), ensure_ascii=False, default=str) + "\n" for entry in entries)
        file.flush()
        os.fsync(file.fileno())
    if path.exists():
        new.chmod(path.stat().st_mode & 0o777)
    new.replace(path)
