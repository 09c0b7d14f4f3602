"""Sheets on their way in: what they are called, and what is refused."""

import datetime
import os
import unicodedata
from pathlib import Path
from types import SimpleNamespace

import pytest

from esfbot.errors import FolderError
from esfbot.sheets.folder import read_folder
from esfbot.upkeep import incoming
from esfbot.upkeep.incoming import Incoming, gathered
from tests.embed.collection import THREE, sheet, write
from tests.upkeep.conftest import contents
from tests.upkeep.zips import encrypted, packed

TODAY = "2026-11-22"
NUMBERED = """2015/00245 - Vägar

Projektnummer:
2015/00245
Projektägare:
Hjo kommun
Namn:
Vägar
Projektperiod:
2015-09-01 - 2018-08-31
"""


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is always the same day."""
    same = SimpleNamespace(today=lambda: datetime.date.fromisoformat(TODAY))
    monkeypatch.setattr(incoming, "datetime", SimpleNamespace(date=same))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of sheets, with three in it."""
    return write(tmp_path / "sheets", THREE)


@pytest.fixture
def given(tmp_path: Path) -> Path:
    """Where what comes in is."""
    (tmp_path / "given").mkdir()
    return tmp_path / "given"


def taken(folder: Path, *paths: Path, replace: bool = False) -> Incoming:
    """What comes in, looked at and put into the folder."""
    with gathered(paths, folder, replace=replace) as found:
        found.put_in(folder)
    return found


def called(folder: Path, given: Path, **sheets: str) -> list[str]:
    """The names that sheets get."""
    write(given, {f"{name}.txt": text for name, text in sheets.items()})
    return list(taken(folder, given).files)


def test_named_by_number(folder: Path, given: Path) -> None:
    """A sheet is called by its project's number."""
    assert called(folder, given, anything=NUMBERED) == ["2015-00245.txt"]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Liten Arena", "liten-arena.txt"),
        ("Gå vidare II", "ga-vidare-ii.txt"),
        ("BERGSLAGSESURSEN.NU", "bergslagsesursen-nu.txt"),
        (unicodedata.normalize("NFD", "Åtgärder på Öland"), "atgarder-pa-oland.txt"),
        ("项目 新しい", "项目-新しい.txt"),
        ("Новая жизнь", "новая-жизнь.txt"),
        ("한국의 봄", "한국의-봄.txt"),
        ("Café_Ståhl / ½ & Co: “nu”", "cafe-stahl-1-2-co-nu.txt"),
        ("../../etc/passwd", "etc-passwd.txt"),
        ("🚀🚀", "anything.txt"),
        ("CON.txt", "con-txt.txt"),
    ],
)
def test_named_by_title(folder: Path, given: Path, title: str, name: str) -> None:
    """Without a number it is called by its title, in small letters with hyphens, in whatever alphabet."""
    assert called(folder, given, anything=sheet(title, "Text.")) == [name]
    assert (folder / name).is_file()


def test_no_name_at_all(folder: Path, given: Path) -> None:
    """Where neither title nor file name has a letter, it is a project."""
    write(given, {"🚀.txt": sheet("🚀🚀", "Text.")})
    assert list(taken(folder, given / "🚀.txt").files) == ["project.txt"]


@pytest.mark.parametrize("letter", ["a", "å", "项", "𠀀"])
def test_long_titles(folder: Path, given: Path, letter: str) -> None:
    """A long title is cut so that any file system takes the name, also with a day added."""
    texts = {f"{n}": sheet(letter * 100, f"Text {n}.") for n in range(3)}
    made = called(folder, given, **texts)
    assert len(set(made)) == 3
    assert max(len(f".{name}.part".encode()) for name in made) <= 255


def test_ending_is_kept(folder: Path, given: Path) -> None:
    """The ending stays, in small letters."""
    write(given, {"A.TXT": sheet("Almen", "Text.")})
    assert list(taken(folder, given / "A.TXT").files) == ["almen.txt"]


def test_nested_folders(folder: Path, given: Path) -> None:
    """Folders within folders are looked through; what is hidden or belongs to a saved page is left."""
    write(given / "2015" / "våren", {"a.txt": sheet("Almen", "Ett."), ".b.txt": sheet("Boken", "Två.")})
    write(given / ".git", {"c.txt": sheet("Cedern", "Tre.")})
    write(given / "2016", {"d.txt": sheet("Denna", "Fyra.")})
    found = taken(folder, given)
    assert (sorted(found.files), found.refused, found.others) == (["almen.txt", "denna.txt"], (), ())


def test_other_files(folder: Path, given: Path) -> None:
    """Files with other endings are passed over in a folder, and refused when they are named; archives must be named."""
    write(given, {"a.txt": sheet("Almen", "Ett."), "b.md": "x", "utan": "x"})
    packed(given / "c.zip", {"d.txt": sheet("Denna", "Fyra.")})
    found = taken(folder, given)
    assert (list(found.files), found.others) == (["almen.txt"], ("b.md", "utan"))
    assert [(each.name, each.reason.action) for each in found.refused] == [("c.zip", "Unpack it, or name it.")]
    named = taken(folder, given / "b.md", given / "utan", given / "c.zip")
    assert [str(each.reason).partition(",")[0] for each in named.refused] == [
        "b.md has an ending that sheets do not have; expected one of .docx",
        "utan has an ending that sheets do not have; expected one of .docx",
    ]
    assert list(named.files) == ["denna.txt"]


def test_archive(folder: Path, given: Path) -> None:
    """An archive is taken for the sheets in it, folders and hidden files as in a folder."""
    files = {
        "mapp/å/a.txt": sheet("Almen", "Ett."),
        "sida.html": "<!doctype html><p>Ingen sida.",
        "sida_files/b.txt": sheet("Boken", "Två."),
        "bild.png": b"\x89PNG",
        "c.zip": b"PK",
        "../d.txt": sheet("Denna", "Fyra."),
    }
    found = taken(folder, packed(given / "A.ZIP", files))
    assert (list(found.files), found.others) == (["almen.txt"], ("bild.png",))
    assert sorted(each.name for each in found.refused) == ["c.zip", "d.txt", "sida.html"]


@pytest.mark.parametrize("kind", ["encrypted", "damaged", "none"])
def test_refused_archive(folder: Path, given: Path, kind: str) -> None:
    """An archive that is refused is told by its name, and the other files go in."""
    archive = packed(given / "a.zip", {"a.txt": sheet("Almen", "Ett.")})
    if kind == "encrypted":
        encrypted(archive)
    else:
        archive.write_bytes(archive.read_bytes()[:60] if kind == "damaged" else b"text")
    write(given, {"b.txt": sheet("Boken", "Två.")})
    found = taken(folder, archive, given / "b.txt")
    assert (list(found.files), [each.name for each in found.refused]) == (["boken.txt"], ["a.zip"])


def test_refused_sheets(folder: Path, given: Path) -> None:
    """What is no sheet is refused by its place, with the reason, and the others go in."""
    write(given / "x", {"tom.txt": "", "nyhet.txt": "En nyhet.\n", "a.txt": sheet("Almen", "Ett.")})
    (given / "x" / "bild.txt").write_bytes(b"\x89PNG\0\1")
    found = taken(folder, given)
    assert [each.name for each in found.refused] == ["x/bild.txt", "x/nyhet.txt", "x/tom.txt"]
    assert list(found.files) == ["almen.txt"]


def test_nothing_changes_when_all_is_refused(folder: Path, given: Path) -> None:
    """Where everything is refused the folder is as it was."""
    before = contents(folder)
    write(given, {"tom.txt": "", "nyhet.txt": "En nyhet.\n"})
    packed(given / "a.zip", {"../../sheets/ett.txt": "x", "/etc/b.txt": "x"})
    taken(folder, given, given / "a.zip")
    assert contents(folder) == before


def test_looking_changes_nothing(folder: Path, given: Path) -> None:
    """Until they are put in nothing is in the folder."""
    before = contents(folder)
    write(given, {"a.txt": sheet("Almen", "Ett.")})
    with gathered([given], folder) as found:
        assert contents(folder) == before
    assert found.among({"ett.txt": folder / "ett.txt"}) == {"ett.txt": folder / "ett.txt", "almen.txt": given / "a.txt"}


def test_unpacked_files_are_removed(folder: Path, given: Path) -> None:
    """What was unpacked is there as long as it is needed."""
    with gathered([packed(given / "a.zip", {"a.txt": sheet("Almen", "Ett.")})], folder) as found:
        (path,) = found.files.values()
        assert path.is_file()
    assert not path.exists()


def test_there_already(folder: Path, given: Path) -> None:
    """A file whose content is in the folder, or came in already, is told and not copied."""
    write(given, {"a.txt": THREE["ett.txt"], "b.txt": sheet("Almen", "Ett."), "c.txt": sheet("Almen", "Ett.")})
    found = taken(folder, given, given / "b.txt", packed(given / "z.zip", {"d.txt": THREE["tva.txt"]}))
    assert (list(found.files), found.there) == (["almen.txt"], ("a.txt", "c.txt", "b.txt", "d.txt"))


def test_folder_into_itself(folder: Path) -> None:
    """The folder's own sheets are there already."""
    before = contents(folder)
    assert taken(folder, folder).there == ("ett.txt", "tre.txt", "tva.txt")
    assert contents(folder) == before


def test_one_name_with_another_content(folder: Path, given: Path) -> None:
    """Names that are taken are told apart by the day, and then by a number; what is there stays."""
    assert called(folder, given, a=sheet("Almen", "Ett.")) == ["almen.txt"]
    assert called(folder, given, a=sheet("Almen", "Två.")) == [f"almen-{TODAY}.txt"]
    assert called(folder, given, a=sheet("Almen", "Tre."), b=sheet("Almen", "Fyra.")) == [
        f"almen-{TODAY}-2.txt",
        f"almen-{TODAY}-3.txt",
    ]
    assert "Ett." in (folder / "almen.txt").read_text(encoding="utf-8")


def test_replaced(folder: Path, given: Path) -> None:
    """A sheet may take the place of the one of its name."""
    called(folder, given, a=sheet("Almen", "Ett."))
    write(given, {"a.txt": sheet("Almen", "Två.")})
    found = taken(folder, given / "a.txt", replace=True)
    assert (list(found.files), set(found.replaced)) == (["almen.txt"], {"almen.txt"})
    assert "Två." in (folder / "almen.txt").read_text(encoding="utf-8")


def test_project_replaced(folder: Path, given: Path) -> None:
    """It takes the place of the sheets of its project, whatever they are called, and of no others."""
    write(
        folder, {"gammal.txt": NUMBERED, "äldre.txt": NUMBERED + "\n", "annan.txt": NUMBERED.replace("00245", "00246")}
    )
    write(given, {"ny.txt": NUMBERED.replace("Vägar", "Vägar och broar")})
    found = taken(folder, given, replace=True)
    assert (list(found.files), set(found.replaced)) == (["2015-00245.txt"], {"gammal.txt", "äldre.txt"})
    assert sorted(path.name for path in folder.iterdir()) == [
        "2015-00245.txt", "annan.txt", "ett.txt", "tre.txt", "tva.txt"
    ]  # fmt: skip


def test_two_that_replace_one(folder: Path, given: Path) -> None:
    """Of two new sheets of one project none takes the place of the other."""
    called(folder, given, a=sheet("Almen", "Ett."))
    write(given, {"a.txt": sheet("Almen", "Två."), "b.txt": sheet("Almen", "Tre.")})
    found = taken(folder, given, replace=True)
    assert (sorted(found.files), set(found.replaced)) == ([f"almen-{TODAY}.txt", "almen.txt"], {"almen.txt"})


def test_among_the_sheets(folder: Path, given: Path) -> None:
    """What gives way is not read any more, before it is gone as well."""
    write(given, {"ny.txt": sheet("Björken", "Nytt.")})
    with gathered([given], folder, replace=True) as found:
        files = {path.name: path for path in folder.iterdir()}
        assert sorted(found.among(files)) == ["bjorken.txt", "tre.txt", "tva.txt"]


def test_days_are_kept(folder: Path, given: Path) -> None:
    """A sheet is as old in the folder as it was: of two sheets of a project the newer counts."""
    write(given, {"a.txt": sheet("Almen", "Ett.")})
    os.utime(given / "a.txt", (1_000_000_000, 1_000_000_000))
    taken(folder, given)
    assert (folder / "almen.txt").stat().st_mtime == 1_000_000_000


def test_rights_are_not(folder: Path, given: Path) -> None:
    """Who may read it is as for any new file."""
    write(given, {"a.txt": sheet("Almen", "Ett."), "b.txt": sheet("Boken", "Två.")})
    (given / "a.txt").chmod(0o400)
    taken(folder, given)
    assert (folder / "almen.txt").stat().st_mode == (folder / "boken.txt").stat().st_mode


def test_all_or_none(folder: Path, given: Path) -> None:
    """Where one can't be written none is, and nothing half written is left."""
    write(given, {"a.txt": sheet("Almen", "Ett."), "b.txt": sheet("Boken", "Två.")})
    before = contents(folder)
    with gathered([given], folder) as found:
        (given / "b.txt").unlink()
        with pytest.raises(FolderError, match=r"can't be written \(No such file or directory\).*with room"):
            found.put_in(folder)
    assert contents(folder) == before


def test_folder_is_a_file(tmp_path: Path, given: Path) -> None:
    """A file where the folder should be is told, and stays."""
    write(given, {"a.txt": sheet("Almen", "Ett.")})
    (tmp_path / "file").write_text("mine")
    with pytest.raises(FolderError, match=r"file can't be written \((File exists|Not a directory)\)"):
        taken(tmp_path / "file", given)
    assert (tmp_path / "file").read_text() == "mine"


def test_no_such_path(folder: Path, tmp_path: Path) -> None:
    """A path that is not there is told."""
    with pytest.raises(FolderError, match=r"there is no .*nowhere; expected a file, a folder or a zip archive"):
        taken(folder, tmp_path / "nowhere")


def test_sheets_are_one_project(folder: Path, given: Path) -> None:
    """A second sheet that was told apart by the day is of the same project."""
    called(folder, given, a=sheet("Almen", "Ett."))
    called(folder, given, a=sheet("Almen", "Två."))
    assert [project.sheets for project in read_folder(folder).projects if project.title == "Almen"] == [
        (f"almen-{TODAY}.txt", "almen.txt")
    ]
