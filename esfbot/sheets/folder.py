"""A folder of sheets, read whole: the projects, what was refused, and what is wrong."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
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
            sheets.append(parse(as_text(data, path.name), name))
            digests[name] = hashlib.blake2b(data, digest_size=16).hexdigest()
        except SheetRefused as reason:
            refused.append(Refused(name, reason))
    projects, disagreements = make_projects(sheets)
    problems = [problem for sheet in sheets for problem in sheet.problems] + disagreements
    problems.sort(key=lambda problem: (problem.source.sheet, problem.source.line))
    return Reading(tuple(projects), tuple(sheets), tuple(refused), tuple(problems), digests)
