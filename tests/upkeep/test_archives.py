"""Zip archives: what is unpacked of them, and what is refused."""

import datetime
import struct
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from esfbot.errors import FolderError, SheetRefused
from esfbot.upkeep import archives
from esfbot.upkeep.archives import unpack
from tests.upkeep.conftest import contents
from tests.upkeep.zips import encrypted, lying, packed

TEXT = "Ett projekt.\n"
BIG = bytes(4_000_000)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """Where archives are unpacked, two folders down, so that what leads out of it is seen."""
    return tmp_path / "two" / "down"


def refusals(archive: Path, target: Path) -> dict[str, str]:
    """Why entries are refused, by what they are called."""
    refused, _ = unpack(archive, target)
    return {each.name: str(each.reason) for each in refused}


def test_unpacked(tmp_path: Path, target: Path) -> None:
    """Sheets are unpacked where they stand in the archive; other files are named and left."""
    archive = packed(tmp_path / "a.zip", {"a.txt": TEXT, "två/tre/b.HTML": TEXT, "bild.jpg": b"x", "utan": b"x"})
    assert unpack(archive, target) == ([], ["bild.jpg", "utan"])
    assert contents(target) == {"a.txt": TEXT.encode(), "två/tre/b.HTML": TEXT.encode()}


def test_days_are_kept(tmp_path: Path, target: Path) -> None:
    """A sheet is as old as the archive says."""
    unpack(packed(tmp_path / "a.zip", {"a.txt": TEXT}), target)
    moment = datetime.datetime.fromtimestamp((target / "a.txt").stat().st_mtime)  # noqa: DTZ006 - archives have no zone
    assert moment == datetime.datetime(2020, 5, 4, 12, 30)  # noqa: DTZ001 - the same


def test_day_that_there_is_not(tmp_path: Path, target: Path) -> None:
    """A sheet without a day is unpacked all the same."""
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        entry = zipfile.ZipInfo("a.txt")
        entry.date_time = (1980, 0, 0, 0, 0, 0)
        archive.writestr(entry, TEXT)
    assert (unpack(tmp_path / "a.zip", target), contents(target)) == (([], []), {"a.txt": TEXT.encode()})


def test_what_is_hidden(tmp_path: Path, target: Path) -> None:
    """What is hidden, and what a Mac adds, is no matter."""
    files = {".a.txt": TEXT, "x/.git/b.txt": TEXT, "__MACOSX/._c.txt": b"\0", ".DS_Store": b"\0"}
    assert (unpack(packed(tmp_path / "a.zip", files), target), contents(target)) == (([], []), {})


@pytest.mark.parametrize(
    "name",
    [
        "../ut.txt",
        "../../ut.txt",
        "a/../../ut.txt",
        "a/../ut.txt",
        "..",
        "/ut.txt",
        "//server/ut.txt",
        "..\\ut.txt",
        "a\\..\\..\\ut.txt",
        "\\ut.txt",
        "\\\\server\\ut.txt",
        "C:\\ut.txt",
        "C:/ut.txt",
        "c:ut.txt",
    ],
)
def test_paths_that_lead_out(tmp_path: Path, target: Path, name: str) -> None:
    """An entry that leads out of the archive is refused by its whole name, nothing is written for it, and the others
    go in."""
    archive = packed(tmp_path / "a.zip", {name: TEXT, "a.txt": TEXT})
    (reason,) = refusals(archive, target).values()
    assert reason.startswith(f"{name} leads out of the archive; expected a path within it. ")
    archive.unlink()
    assert contents(tmp_path) == {"two/down/a.txt": TEXT.encode()}


def test_windows_paths(tmp_path: Path, target: Path) -> None:
    """Archives made on Windows may part folders by backslashes, and folders may end with one."""
    unpack(packed(tmp_path / "a.zip", {"mapp\\": b"", "mapp\\två\\a.txt": TEXT}), target)
    assert contents(target) == {"mapp/två/a.txt": TEXT.encode()}


def test_links(tmp_path: Path, target: Path) -> None:
    """Links are refused, and nothing behind them is read or written."""
    (tmp_path / "secret.txt").write_text("secret")
    archive = packed(tmp_path / "a.zip", {"->a.txt": "../../secret.txt", "->ut": "/", "ut/b.txt": TEXT})
    assert list(refusals(archive, target)) == ["a.txt", "ut"]
    assert contents(target) == {"ut/b.txt": TEXT.encode()}


def test_encrypted(tmp_path: Path, target: Path) -> None:
    """An encrypted archive is refused as such."""
    with pytest.raises(SheetRefused, match=r"a.zip is encrypted; expected an archive without a password"):
        unpack(encrypted(packed(tmp_path / "a.zip", {"a.txt": TEXT})), target)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK",
        b"no archive",
        b"PK\x03\x04 only the beginning",
        b"PK\x05\x06",
        b"PK\x05\x06" + bytes(10),
        struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, 46, 4, 0),
    ],
)
def test_no_archive(tmp_path: Path, target: Path, data: bytes) -> None:
    """What is no archive, or only a piece of one, is refused as damaged."""
    (tmp_path / "a.zip").write_bytes(data)
    with pytest.raises(SheetRefused, match=r"a.zip is damaged \(.+\); expected a zip archive"):
        unpack(tmp_path / "a.zip", target)


@pytest.mark.parametrize("at", [40, 60])
def test_damaged_entry(tmp_path: Path, target: Path, at: int) -> None:
    """Of an archive with a damaged entry the others go in."""
    long = "".join(chr(97 + n * n % 23) for n in range(500))
    archive = packed(tmp_path / "a.zip", {"a.txt": long, "b.txt": TEXT})
    data = bytearray(archive.read_bytes())
    data[at] ^= 0xFF
    archive.write_bytes(data)
    (reason,) = refusals(archive, target).values()
    assert "a.txt can't be unpacked" in reason
    assert contents(target) == {"b.txt": TEXT.encode()}


def test_cut_off(tmp_path: Path, target: Path) -> None:
    """Every beginning of an archive is refused, and never half taken in."""
    whole = packed(tmp_path / "a.zip", {"a.txt": TEXT * 50}).read_bytes()
    for length in range(0, len(whole), 7):
        (tmp_path / "a.zip").write_bytes(whole[:length])
        with pytest.raises(SheetRefused, match="is damaged"):
            unpack(tmp_path / "a.zip", target)
    assert contents(target) == {}


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_unusual_methods(tmp_path: Path, target: Path, method: int) -> None:
    """Methods that unpack to any size in memory are refused."""
    (reason,) = refusals(packed(tmp_path / "a.zip", {"a.txt": TEXT}, method), target).values()
    assert "a.txt can't be unpacked (it is packed in an unusual way)" in reason


def test_stored(tmp_path: Path, target: Path) -> None:
    """Files that are only put together are taken."""
    assert refusals(packed(tmp_path / "a.zip", {"a.txt": TEXT}, zipfile.ZIP_STORED), target) == {}
    assert contents(target) == {"a.txt": TEXT.encode()}


def test_bomb_by_ratio(tmp_path: Path, target: Path) -> None:
    """An archive that unpacks to many times its size is refused, whatever its entries are."""
    archive = packed(tmp_path / "a.zip", {"a.txt": BIG, "b.txt": BIG})
    with pytest.raises(SheetRefused, match=r"a.zip has [\d,]+ bytes and unpacks to 8,000,000; expected an archive of"):
        unpack(archive, target)
    assert contents(target) == {}


def test_bomb_by_size(tmp_path: Path, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive that holds more than is ever needed is refused."""
    monkeypatch.setattr(archives, "MOST_BYTES", 20)
    archive = packed(tmp_path / "a.zip", {"a.txt": TEXT, "b.txt": TEXT})
    with pytest.raises(SheetRefused, match=r"a.zip holds 2 files with 26 bytes; expected at most 10,000 with 20"):
        unpack(archive, target)


def test_bomb_by_count(tmp_path: Path, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive with more files than are ever needed is refused, hidden ones among them."""
    monkeypatch.setattr(archives, "MOST_FILES", 2)
    archive = packed(tmp_path / "a.zip", {"a.txt": TEXT, ".b.txt": TEXT, "c.jpg": b""})
    with pytest.raises(SheetRefused, match=r"a.zip holds 3 files with 26 bytes; expected at most 2 with"):
        unpack(archive, target)


def test_bomb_by_list(tmp_path: Path, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive whose list alone would fill the memory is refused before the list is read."""
    archive = packed(tmp_path / "a.zip", {f"{n}.txt": b"" for n in range(50)})
    monkeypatch.setattr(archives, "_LIST_BYTES", 1_000)
    monkeypatch.setattr(zipfile, "ZipFile", None)
    with pytest.raises(SheetRefused, match=r"a.zip lists too many files; expected at most 10,000"):
        unpack(archive, target)


@pytest.mark.parametrize("said", [0, 10, 100_000])
def test_lying_header(tmp_path: Path, target: Path, said: int) -> None:
    """What unpacks to more than its header says is refused, and no more is unpacked than that."""
    archive = lying(packed(tmp_path / "a.zip", {"a.txt": BIG}), said)
    tracemalloc.start()
    try:
        (reason,) = refusals(archive, target).values()
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert "a.txt can't be unpacked" in reason
    assert (contents(target), most < len(BIG) / 2) == ({}, True)


def test_too_large_for_a_sheet(tmp_path: Path, target: Path) -> None:
    """A file that is too large for a sheet is refused before it is unpacked."""
    large = bytes(range(256)) * 20_000
    archive = packed(tmp_path / "a.zip", {"a.txt": large, "b.pdf": large, "c.txt": TEXT}, zipfile.ZIP_STORED)
    assert refusals(archive, target) == {
        "a.txt": "a.txt has 5,120,000 bytes; expected at most 5,000,000. Add the sheets themselves, or fewer at a time."
    }
    assert sorted(contents(target)) == ["b.pdf", "c.txt"]


def test_one_name_twice(tmp_path: Path, target: Path) -> None:
    """Of two entries of one name the first is taken and the second refused."""
    archive = packed(tmp_path / "a.zip", {"a.txt": "first", "b.txt": "second"})
    archive.write_bytes(archive.read_bytes().replace(b"b.txt", b"a.txt"))
    assert refusals(archive, target)["a.txt"].startswith("a.txt stands in the archive twice; expected each name once")
    assert contents(target) == {"a.txt": b"first"}


def test_file_and_folder_of_one_name(tmp_path: Path, target: Path) -> None:
    """A name can't be a file and a folder."""
    archive = packed(tmp_path / "a.zip", {"a.txt": TEXT, "a.txt/b.txt": TEXT, "c.txt/d.txt": TEXT, "c.txt": TEXT})
    assert list(refusals(archive, target)) == ["a.txt/b.txt", "c.txt"]
    assert sorted(contents(target)) == ["a.txt", "c.txt/d.txt"]


@pytest.mark.parametrize(
    "name",
    ["Åtgärder på Öland.txt", "A\u030atga\u0308rder.txt", "项目/新しい.txt", "🚀.txt", "с новым годом.txt", " .txt"],
)
def test_names_in_any_alphabet(tmp_path: Path, target: Path, name: str) -> None:
    """A file may be called whatever people call things."""
    assert refusals(packed(tmp_path / "a.zip", {name: TEXT}), target) == {}
    assert contents(target) == {name: TEXT.encode()}


def test_names_that_do_not_say_that_they_are_in_utf8(tmp_path: Path, target: Path) -> None:
    """Names in UTF-8 are read as such also where the archive does not say so, and old ones as they always were."""
    archive = packed(tmp_path / "a.zip", {"xxxxxx.txt": TEXT, "y.txt": TEXT})
    data = archive.read_bytes().replace(b"xxxxxx", "åäö".encode()).replace(b"y.txt", b"\x86.txt")
    archive.write_bytes(data)
    assert refusals(archive, target) == {}
    assert sorted(contents(target)) == ["å.txt", "åäö.txt"]


def test_long_names(tmp_path: Path, target: Path) -> None:
    """Names longer than file systems take are shortened, with their ending."""
    archive = packed(tmp_path / "a.zip", {f"{'å' * 300}.txt": TEXT, f"{'项' * 300}/{'b' * 400}.html": TEXT})
    assert refusals(archive, target) == {}
    assert sorted(Path(name).suffix for name in contents(target)) == [".html", ".txt"]


def test_deep_folders(tmp_path: Path, target: Path) -> None:
    """What lies in more folders than anybody needs is refused."""
    names = {f"{'a/' * 14}b.txt": TEXT, f"{'a/' * 15}b.txt": TEXT, f"{'å' * 250 + '/'}" * 13 + "b.txt": TEXT}
    (reason,) = refusals(packed(tmp_path / "a.zip", names), target).values()
    assert "lies in 15 folders; expected at most 14" in reason
    assert len(contents(target)) == 2


def test_characters_that_do_something(tmp_path: Path, target: Path) -> None:
    """Characters that would do something on a terminal are not shown."""
    archive = packed(tmp_path / "a.zip", {"\x1b[2Ja\n.txt": TEXT, "../\x1b[2J.txt": TEXT})
    refused, _ = unpack(archive, target)
    shown = [*contents(target), *(str(each.reason) for each in refused), *(each.name for each in refused)]
    assert all(text.isprintable() for text in shown)
    assert len(shown) == 3


def test_not_readable(tmp_path: Path, target: Path) -> None:
    """An archive that can't be read, or a disk without room, is told as that."""
    with pytest.raises(FolderError, match=r"a.zip can't be unpacked \(No such file or directory\)"):
        unpack(tmp_path / "a.zip", target)
    target.rmdir()
    target.write_text("in the way")
    with pytest.raises(FolderError, match=r"a.zip can't be unpacked \(File exists\); expected .* room in"):
        unpack(packed(tmp_path / "a.zip", {"a.txt": TEXT}), target)
