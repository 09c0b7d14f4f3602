"""Sheets drawn from few words, so that projects have names and paragraphs in common, and some sheets are of one."""

import datetime
import os
import random
from collections.abc import Callable
from pathlib import Path

from esfbot.sheets.withheld import entries

_TITLES = ("Björken", "Björken II", "Granen", "i Lund", "Nya vägar in", "Höstlov")
_NUMBERS = ("2015/00001", "2015/00002")
_OWNERS = ("Provbolaget AB", "Ludvika kommun", "Umeå kommun", "Provbolaget AB i Bergslagen och Dalarna")
_PEOPLE = (
    ("Anna Ek", "anna.ek@exempel.se", "08-123456"),
    ("Per Lind", "per.lind@exempel.se", "070-174 06 05"),
    ("Åsa Öberg-Lind", "asa@exempel.se", ""),
    ("Anna Björk", "", "08-123456"),
)
_SENTENCES = (
    "Ungdomar lär sig snickra.",
    "Båtar byggs av trä!",
    "Personalen läser svenska på arbetstid.",
    "Café och ﬁnskor på Åland²",
    "snake_case i straße, İstanbul och ŁÓDŹ",
    "I Kiruna hälsar Anna Ek och Per Lind.",
)
_LONG = (
    "Ett stycke som är långt nog att stå för sig självt, och som står likadant på många blad som handlar om annat. " * 2
)


def drawn_sheet(chance: random.Random) -> str:
    """The text of a sheet."""
    name, email, phone = chance.choice(_PEOPLE)
    lines = [
        chance.choice(_TITLES),
        "",
        *(["Projektnummer", chance.choice(_NUMBERS)] if chance.random() < 0.4 else []),
        f"Projektägare{chance.choice(_OWNERS)}",
        f"Kontaktperson{name}",
        *([f"E-post{email}"] if email else []),
        *([f"Telefonnummer{phone}"] if phone else []),
        f"Beviljat ESF-stöd{chance.randint(1, 3)}00 000 kr",
        f"Projektperiod{chance.randint(2008, 2009)}-01-01 till 2010-12-31",
        "RegionNorra Mellansverige",
    ]
    for heading in ("Sammanfattning", "Syfte"):
        lines += ["", heading, "", _narrative(chance)]
    lines += ["", "Medfinansiärer", "", *(f" • {owner}" for owner in chance.sample(_OWNERS, chance.randint(1, 2)))]
    lines += ["", "Kommun", "", f" • {chance.choice(('Ludvika', 'Umeå'))}"]
    lines += ["", f"Senast uppdaterad: {chance.randint(2010, 2014)}-05-04"] if chance.random() < 0.6 else []
    return "\n".join(lines) + "\n"


def _narrative(chance: random.Random) -> str:
    paragraphs = [
        _LONG if chance.random() < 0.3 else " ".join(chance.choices(_SENTENCES, k=chance.randint(1, 3)))
        for _ in range(chance.randint(1, 3))
    ]
    return "\n\n".join(paragraphs)


_NAMES = [f"{letter}.txt" for letter in "abcdefgh"]
_SINCE = datetime.date(2020, 1, 1)
_FIRST = datetime.datetime(2014, 1, 1, tzinfo=datetime.UTC).timestamp()
_DAY = 24 * 60 * 60


class Sheets:
    """A folder of sheets to which things happen. ``said`` are all texts that ever stood in it."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.folder = folder
        self.said: set[str] = set()
        self._chance = chance
        folder.mkdir()

    def something_happens(self) -> None:
        ways: dict[Callable[[], None], int] = {
            self.write: 10, self._change: 5, self._remove: 4, self._rename: 4, self._spoil: 2, self._withhold: 1
        }  # fmt: skip
        (way,) = self._chance.choices(list(ways), list(ways.values()))
        way()

    def _name(self) -> str:
        return self._chance.choice(_NAMES)

    def _there(self) -> list[Path]:
        return sorted(path for path in self.folder.glob("*.txt"))

    def _put(self, name: str, text: str) -> None:
        self.said.add(text)
        (self.folder / name).write_text(text, encoding="utf-8")
        # A page without a date has that of its file, as long as its content stays as it is.
        day = _FIRST + len(text) % 3 * _DAY
        os.utime(self.folder / name, (day, day))

    def write(self) -> None:
        """A sheet is new, or another than it was."""
        self._put(self._name(), drawn_sheet(self._chance))

    def _change(self) -> None:
        """A line of a sheet is as on another sheet."""
        for path in self._chance.sample(self._there(), min(1, len(self._there()))):
            lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
            others = drawn_sheet(self._chance).split("\n")
            for n in range(min(len(lines), len(others))):
                if lines[n] and others[n] and self._chance.random() < 0.2:
                    lines[n] = others[n]
            self._put(path.name, "\n".join(lines))

    def _remove(self) -> None:
        (self.folder / self._name()).unlink(missing_ok=True)

    def _rename(self) -> None:
        """A sheet is called otherwise, perhaps as another was."""
        for path in self._chance.sample(self._there(), min(1, len(self._there()))):
            path.rename(self.folder / self._name())

    def _spoil(self) -> None:
        """A file is no sheet any more."""
        (self.folder / self._name()).write_bytes(self._chance.choice([b"", b"\0\1\2", b"Inget blad alls."]))

    def _withhold(self) -> None:
        """Somebody is withheld, or no longer."""
        name, *also = self._chance.choice(_PEOPLE)
        if entries.remove(self.folder, name) is None:
            entries.add(self.folder, entries.Entry(name, _SINCE, also=tuple(filter(None, also))))
