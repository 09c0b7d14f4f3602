"""A folder of sheets: which files are read, and that a bad one keeps no other out."""

import hashlib
import os
import re
import unicodedata
from pathlib import Path

import pytest

from esfbot.errors import FolderError
from esfbot.sheets.folder import read_files, read_folder
from esfbot.sheets.read import sheet_files
from tests.sheets.pages import HERE, layout_a


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one good sheet."""
    write(tmp_path / "good.txt", layout_a())
    return tmp_path


def test_names(folder: Path) -> None:
    """Sheets in folders of the folder are read too, in the order of their names; hidden files and other kinds are
    not."""
    for number, name in enumerate(["a/b/deep.txt", "LOUD.TXT", "a/z.txt"]):
        write(folder / name, layout_a(f"Projekt {number}"))
    for name in ["._good.txt", ".hidden.txt", ".git/x.txt", "a/.cache/x.txt", "README.md", "notes.txt~", "x.text"]:
        write(folder / name, layout_a("Inget projekt"))
    reading = read_folder(folder)
    assert [sheet.name for sheet in reading.sheets] == ["LOUD.TXT", "a/b/deep.txt", "a/z.txt", "good.txt"]
    assert (sorted(project.title for project in reading.projects), reading.refused) == (
        ["Fler vägar", "Projekt 0", "Projekt 1", "Projekt 2"],
        (),
    )


def test_a_bad_file_keeps_no_other_out(folder: Path) -> None:
    """What is no sheet is refused by name and reason, and the others go in."""
    write(folder / "empty.txt", "")
    write(folder / "news.txt", "Nytt i dag\n\nProjekten går bra.\n")
    (folder / "binary.txt").write_bytes(b"Projekt\x00\x01")
    (folder / "page.pdf").write_bytes(b"<html><body>")
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    (folder / "gone.txt").symlink_to(folder / "nowhere.txt")
    (folder / "round.txt").symlink_to(folder / "round.txt")
    (folder / "folder.txt").mkdir()
    os.mkfifo(folder / "pipe.txt")  # reading it would wait for ever
    for name in ("large.txt", "large.html", "large.mhtml", "large.pdf", "large.docx"):
        with (folder / name).open("wb") as file:
            file.truncate(200_000_000)
    reading = read_folder(folder)
    assert [sheet.name for sheet in reading.sheets] == ["good.txt"]
    found = {refused.name: refused.reason.found for refused in reading.refused}
    assert {name: re.sub(r"\(.*\)", "(...)", text) for name, text in found.items()} == {
        "binary.txt": "binary.txt is a binary file (...)",
        "empty.txt": "empty.txt is empty",
        "gone.txt": "gone.txt can't be read (...)",
        **{f"large.{kind}": f"large.{kind} has 200,000,000 bytes" for kind in ("docx", "html", "mhtml", "pdf", "txt")},
        "news.txt": "news.txt holds no facts of a project",
        "page.pdf": "page.pdf is a web page (...)",
        "picture.txt": "picture.txt is a picture",
        "pipe.txt": "pipe.txt is no regular file",
        "round.txt": "round.txt can't be read (...)",
    }


def test_kinds(tmp_path: Path) -> None:
    """Sheets of every kind are read, in folders of the folder too, whatever letters their names are in."""
    names = ["Å/ett.HTML", "a/två.htm", "tre.MHTML", "fyra.mht", "проект.pdf", "作品.DocX", "αβγ/a b.txt"]
    for name in [*names, "a.doc", "a.odt", "a.html.bak", "a.pdfx", "html", ".pdf", "~$a.docx", ".a.html"]:
        write(tmp_path / name, "")
    assert sorted(path.relative_to(tmp_path).as_posix() for path in sheet_files(tmp_path)) == sorted(names)


def test_the_order_of_names(tmp_path: Path) -> None:
    """Names come in one order whether their letters are composed or not."""
    composed = ["aa.txt", "ä.txt", "åk/x.txt", "öl.pdf"]
    for form in ("NFC", "NFD"):
        folder = tmp_path / form
        for name in composed:
            write(folder / unicodedata.normalize(form, name), "")
        found = [unicodedata.normalize("NFC", x.relative_to(folder).as_posix()) for x in sheet_files(folder)]
        assert found == sorted(composed)


@pytest.mark.parametrize("ending", ["_files", "_filer", "-filer", ".files"])
def test_what_a_browser_saves_to_go_with_a_page(tmp_path: Path, ending: str) -> None:
    """The frames and advertisements that stand in the folder of a saved page are no sheets."""
    kept = ["a/Projekt 1.2.html", "b_files/x.html", f"c{ending}/y.html"]
    for name in [*kept, f"a/Projekt 1.2{ending}/saved_resource.html", f"a/Projekt 1.2{ending}/more/ad.htm"]:
        write(tmp_path / name, "")
    assert sorted(path.relative_to(tmp_path).as_posix() for path in sheet_files(tmp_path)) == sorted(set(kept))


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read anything")
def test_unreadable(folder: Path) -> None:
    """A file that may not be read is refused, and one in a folder that may not be opened is not seen."""
    write(folder / "secret.txt", layout_a("Hemligt")).chmod(0)
    reading = read_folder(folder)
    assert [(x.name, x.reason.found) for x in reading.refused] == [
        ("secret.txt", "secret.txt can't be read (Permission denied)")
    ]


def test_no_folder(tmp_path: Path) -> None:
    """A folder that is missing, or is a file, is an error that says what to do."""
    for path in (tmp_path / "none", write(tmp_path / "file.txt", "")):
        with pytest.raises(FolderError, match=f"^there is no folder {path}; .*Name one with --sheets or ESFBOT_SHEETS"):
            read_folder(path)


def test_an_empty_folder(tmp_path: Path) -> None:
    """A folder without sheets has no projects, no problems, and is no error."""
    reading = read_folder(tmp_path)
    assert (reading.projects, reading.sheets, reading.refused, reading.problems) == ((), (), (), ())


def test_digests(folder: Path) -> None:
    """Accepted sheets have a digest of their bytes, and refused ones none."""
    write(folder / "empty.txt", "")
    data = (folder / "good.txt").read_bytes()
    assert read_folder(folder).digests == {"good.txt": hashlib.blake2b(data, digest_size=16).hexdigest()}


def test_chosen_files(folder: Path) -> None:
    """Sheets that are named one by one go by their file's name."""
    path = write(folder / "a" / "other.txt", layout_a("Annat"))
    assert [sheet.name for sheet in read_files([path]).sheets] == ["other.txt"]
    assert [sheet.name for sheet in read_files([path], folder).sheets] == ["a/other.txt"]


def test_all_refused_pages_together() -> None:
    """A folder of other pages only has no project."""
    reading = read_folder(HERE / "refused")
    assert (reading.projects, len(reading.refused)) == ((), len(list((HERE / "refused").glob("*.txt"))))
