"""A small invented collection, and an encoder whose vectors a person can work out, so that embedding takes no time."""

import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

MODEL = "e5-small"
SIZE = 32


class CountingEncoder:
    """Counts words: a text's vector has a place a word, by its checksum. ``read`` is what it was given, in order."""

    def __init__(self, size: int = SIZE) -> None:
        self.read: list[str] = []
        self._size = size

    def encode_query(self, sentences: list[str]) -> Any:
        return self._encoded(sentences)

    def encode_document(self, sentences: list[str]) -> Any:
        return self._encoded(sentences)

    def _encoded(self, texts: list[str]) -> Any:
        self.read += texts
        rows = np.zeros((len(texts), self._size))
        for row, text in zip(rows, texts, strict=True):
            for word in text.split():
                row[zlib.crc32(word.encode()) % self._size] += 1
        return rows


def sheet(title: str, summary: str, *, owner: str = "Provbolaget AB", purpose: str = "Att pröva.") -> str:
    """The text of a sheet of the oldest layout."""
    return (
        f"{title}\n\nProjektägare{owner}\nKontaktpersonAnna Ek\nE-postanna.ek@exempel.se\nTelefonnummer08-123456\n"
        "Beviljat ESF-stöd100 000 kr\nTotal projektbudget200 000 kr\nProjektperiod2009-01-01 till 2009-12-31\n"
        f"RegionNorra Mellansverige\n\nSammanfattning\n\n{summary}\n\nSyfte\n\n{purpose}\n\nKommun\n\n • Ludvika\n"
    )


def write(folder: Path, sheets: Mapping[str, str]) -> Path:
    """Write sheets by file name."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in sheets.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def left_in(embeddings: Path) -> set[str]:
    """What is in a folder of embeddings, but for what tells which generations are and were live, and the lock."""
    return {path.name for path in embeddings.iterdir()} - {"CURRENT", ".was-live", ".lock"}


THREE = {
    "ett.txt": sheet("Björken", "Ungdomar lär sig snickra och bygger båtar."),
    "tva.txt": sheet("Granen", "Personal i vården läser svenska på arbetstid.", purpose="Att fler ska få språket."),
    "tre.txt": sheet("Tallen", f"Företag lär sig räkna på energi{' och annat' * 12}.\n\nDe träffas varje månad."),
}
