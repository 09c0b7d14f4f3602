"""Nothing is left of what was removed, in no byte of any file: the indexes, free pages, vectors and the journal too."""

import random
from pathlib import Path

import numpy as np
import pytest

from esfbot.embed.run import embed
from esfbot.embed.vectors import JOURNAL
from esfbot.store import generations
from esfbot.store.sqlite import SqliteStore
from tests.embed.collection import MODEL, CountingEncoder, left_in
from tests.invented.projects import invented
from tests.invented.write import sheet_text

_MANY = 90  # sheets: enough for the database to move rows between pages
_PLACES = 5  # odd words a sheet


def odd_word(chance: random.Random) -> str:
    """A word that no sheet has, and that no stem or prefix of shortens to what others have."""
    return "".join(chance.choice("bdfgklmnprstvz") + chance.choice("aeiou") for _ in range(6)) + "x"


def odd_sheets(folder: Path) -> dict[str, list[str]]:
    """Write many sheets, of all layouts; return the odd words that each alone has: in its title and owner, the name and
    the address of its contact, and its narrative."""
    chance = random.Random(4)  # noqa: S311 - repeatable
    folder.mkdir()
    odd: dict[str, list[str]] = {}
    for project in invented(_MANY):
        words = [odd_word(chance) for _ in range(_PLACES)]
        text = sheet_text(project).replace(project.title, f"{project.title} {words[0]}")
        text = text.replace(project.owner or "\0", f"{project.owner} {words[1]}")
        for person in project.contacts:
            text = text.replace(person.name, f"{person.name} {words[2].capitalize()}")
            text = text.replace(person.email or "\0", f"{words[3]}@exempel.se")
        lines = text.split("\n")
        for word in words:
            lines[chance.randrange(len(lines) // 2, len(lines))] += f" {word}."
        (folder / project.file).write_text("\n".join(lines), encoding="utf-8")
        odd[project.file] = words
    return odd


def found_in(embeddings: Path, words: list[str]) -> list[tuple[str, str]]:
    """Where in the files of the live generation, and beside it, the middle of a word stands: indexes leave out how a
    word begins where the one before it begins alike."""
    files = [*generations.live(embeddings).iterdir(), *(path for path in embeddings.iterdir() if path.is_file())]
    contents = {path.name: path.read_bytes().lower() for path in files}
    return [(name, word) for name, data in contents.items() for word in words if word[3:11].encode() in data]


def test_no_byte_is_left(tmp_path: Path, encoder: CountingEncoder) -> None:
    """Sheets are removed, a few at a time, and others changed; what they alone said stands in no file."""
    sheets, embeddings = tmp_path / "sheets", tmp_path / "embeddings"
    odd = odd_sheets(sheets)
    embed(sheets, embeddings, MODEL)
    kept = [word for words in odd.values() for word in words]
    assert len({word for _, word in found_in(embeddings, kept)}) == len(kept)
    chance, gone = random.Random(5), []  # noqa: S311 - repeatable
    for _ in range(8):
        for name in chance.sample(sorted(odd), 4):
            words = odd.pop(name)
            gone += words
            if chance.random() < 0.5:
                (sheets / name).unlink()
            else:
                text = (sheets / name).read_text(encoding="utf-8")
                for word in words:
                    for form in (word, word.capitalize()):
                        text = text.replace(form, "annat")
                (sheets / name).write_text(text, encoding="utf-8")
        embed(sheets, embeddings, MODEL)
        assert found_in(embeddings, gone) == []
    kept = [word for words in odd.values() for word in words]
    assert len({word for _, word in found_in(embeddings, kept)}) == len(kept)


def test_no_vector_is_left(tmp_path: Path, encoder: CountingEncoder) -> None:
    """The vectors of passages that are gone stand in no row, and there are as many rows as passages."""
    sheets, embeddings = tmp_path / "sheets", tmp_path / "embeddings"
    odd_sheets(sheets)
    embed(sheets, embeddings, MODEL)
    before = {row.tobytes() for row in matrix(embeddings)}
    for path in sorted(sheets.iterdir())[5:40:3]:
        path.unlink()
    embed(sheets, embeddings, MODEL)
    embed(sheets, tmp_path / "fresh", MODEL)
    expected = sorted(row.tobytes() for row in matrix(tmp_path / "fresh"))
    assert sorted(row.tobytes() for row in matrix(embeddings)) == expected
    data = (generations.live(embeddings) / "vectors.npy").read_bytes()
    assert [row for row in before - set(expected) if row in data] == []
    assert len(data) == (generations.live(tmp_path / "fresh") / "vectors.npy").stat().st_size


def matrix(embeddings: Path) -> np.ndarray:
    store = SqliteStore(generations.live(embeddings))
    rows = np.array(store.vectors())
    store.close()
    return rows


def test_no_journal_is_left(
    tmp_path: Path, sheets: Path, encoder: CountingEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a run that was broken off has kept of a sheet goes when that sheet is gone, though nothing else changed."""
    embeddings = tmp_path / "embeddings"
    embed(sheets, embeddings, MODEL)
    live = generations.live(embeddings)
    (sheets / "ny.txt").write_bytes((sheets / "ett.txt").read_bytes().replace("Björken".encode(), b"Almen"))

    def stopped(done: int, _total: int) -> None:
        if done:
            raise KeyboardInterrupt("after the first passages")

    with pytest.raises(KeyboardInterrupt, match="after the first passages"):
        embed(sheets, embeddings, MODEL, stopped)
    assert left_in(embeddings) == {live.name, JOURNAL}
    (sheets / "ny.txt").unlink()
    embed(sheets, embeddings, MODEL)
    assert left_in(embeddings) == {live.name}
