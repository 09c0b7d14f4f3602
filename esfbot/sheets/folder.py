"""A folder of sheets, read whole: the projects, what was refused, and what is wrong."""

import datetime
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from esfbot.errors import SheetRefused
from esfbot.model.project import Problem, Project, Sheet
from esfbot.sheets.parse import parse
from esfbot.sheets.projects import make_projects
from esfbot.sheets.read import as_text, read_bytes, sheet_files


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was not taken in, by its name in the folder, and why."""

    name: str
    reason: SheetRefused


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading sheets gave. ``digests`` maps each accepted sheet's name to a digest of its bytes."""

    projects: tuple[Project, ...]
    sheets: tuple[Sheet, ...]
    refused: tuple[Refused, ...]
    problems: tuple[Problem, ...]
    digests: dict[str, str]


def digest(data: bytes) -> str:
    """What a file's content is known by."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def dated(sheet: Sheet, path: Path) -> Sheet:
    """The sheet with its file's date, where the page has none of its own."""
    if sheet.date:
        return sheet
    changed = datetime.datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    return replace(sheet, date=changed.date())


def read_folder(folder: Path) -> Reading:
    """Read every sheet in ``folder``. A file that is no sheet is refused and the others still go in."""
    return read_files(sheet_files(folder), folder)


def read_files(paths: Iterable[Path], folder: Path | None = None) -> Reading:
    """Read the sheets at ``paths``, named by their place in ``folder`` where it is given."""
    sheets: list[Sheet] = []
    refused: list[Refused] = []
    digests: dict[str, str] = {}
    for path in paths:
        name = path.relative_to(folder).as_posix() if folder else path.name
        try:
            data = read_bytes(path)
            sheets.append(dated(parse(as_text(data, path.name), name), path))
            digests[name] = digest(data)
        except SheetRefused as reason:
            refused.append(Refused(name, reason))
    projects, disagreements = make_projects(sheets)
    problems = [problem for sheet in sheets for problem in sheet.problems] + disagreements
    problems.sort(key=lambda problem: (problem.source.sheet, problem.source.line))
    return Reading(tuple(projects), tuple(sheets), tuple(refused), tuple(problems), digests)
