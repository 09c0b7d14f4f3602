"""The list of people who are withheld: nothing on it is lost, and what can't be read is never taken for empty."""

import datetime
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esfbot.errors import FolderError
from esfbot.sheets.withheld.entries import FILE, Entry, active, add, read_entries, remove

DAY = datetime.date(2026, 5, 4)
LATER = datetime.date(2027, 1, 1)
JENNY = Entry("Jenny Lyxell", DAY, None, "bad om det", ("jenny.lyxell@rorlighet.se",))
BO = Entry("070-174 06 05", DAY, LATER)


def test_no_list(tmp_path: Path) -> None:
    """A folder without the file withholds nobody."""
    assert read_entries(tmp_path) == ()


def test_added_and_read(tmp_path: Path) -> None:
    """What is added stands on the list, in order, a line each."""
    assert add(tmp_path, JENNY) == JENNY
    add(tmp_path, BO)
    assert read_entries(tmp_path) == (JENNY, BO)
    assert (tmp_path / FILE).read_text(encoding="utf-8") == (
        '{"who": "Jenny Lyxell", "since": "2026-05-04", "until": null, "reason": "bad om det",'
        ' "also": ["jenny.lyxell@rorlighet.se"]}\n'
        '{"who": "070-174 06 05", "since": "2026-05-04", "until": "2027-01-01", "reason": "", "also": []}\n'
    )


@pytest.mark.parametrize("who", ["Jenny Lyxell", "LYXELL, jenny", "lyxell jenny", "Jenny.Lyxell@Rorlighet.se"])
def test_the_same_person_twice(who: str, tmp_path: Path) -> None:
    """The entry is brought up to date: the new end counts, and what else is known of the person is kept."""
    add(tmp_path, JENNY)
    add(tmp_path, BO)
    now = add(tmp_path, Entry(who, LATER, LATER, "", ("0240-564451",)))
    assert read_entries(tmp_path) == (now, BO)
    assert (now.since, now.until, now.reason) == (DAY, LATER, "bad om det")
    known = {"Jenny Lyxell", "jenny.lyxell@rorlighet.se", "0240-564451"}
    assert {text.casefold() for text in (now.who, *now.also)} >= {text.casefold() for text in known} - {
        JENNY.who.casefold()
    }
    assert len(now.also) == 2


def test_withheld_anew(tmp_path: Path) -> None:
    """Of somebody whose time was over it begins anew."""
    add(tmp_path, replace(JENNY, until=DAY))
    assert add(tmp_path, Entry("Jenny Lyxell", LATER)).since == LATER


def test_removed(tmp_path: Path) -> None:
    """By any form of the name, an address or a number; who is not there is told."""
    add(tmp_path, JENNY)
    add(tmp_path, BO)
    assert remove(tmp_path, "+46 70 174 06 05") == BO
    assert remove(tmp_path, "Eva Al") is None
    assert remove(tmp_path, "Lyxell, Jenny") == JENNY
    assert read_entries(tmp_path) == ()
    assert not list(tmp_path.glob("*.new"))


def test_the_last_day_counts() -> None:
    """An entry holds on its last day and not on the next; without one it holds for good."""
    entries = (JENNY, BO)
    assert active(entries, LATER) == entries
    assert active(entries, LATER + datetime.timedelta(1)) == (JENNY,)
    assert active(entries, DAY - datetime.timedelta(9)) == entries


LINE = '{"who": "Jenny Lyxell", "since": "2026-05-04"}'


@pytest.mark.parametrize(
    ("line", "found", "expected"),
    [
        ("Jenny Lyxell", "is no JSON", "a JSON object"),
        ('{"who": "Jenny Lyxell", "since": "2026-05-04"', "is no JSON", "a JSON object"),
        ('"Jenny Lyxell"', "has str", "who and since"),
        ("[]", "has list", "who and since"),
        ("{}", "has nothing", "who and since"),
        ('{"who": "Jenny Lyxell"}', "has who", "who and since"),
        ('{"who": "Jenny Lyxell", "since": "2026-05-04", "untill": null}', "untill", "who and since"),
        ('{"who": "Eva Al", "who": "Bo Ek", "since": "2026-05-04"}', "stands in it twice", "a JSON object"),
        ('{"who": "Jenny", "since": "2026-05-04"}', "names 'Jenny'", "a first and a family name"),
        ('{"who": "", "since": "2026-05-04"}', "names ''", "a first and a family name"),
        ('{"who": 7, "since": "2026-05-04"}', "has", "texts"),
        ('{"who": "12 34", "since": "2026-05-04"}', "names '12 34'", "a telephone number"),
        ('{"who": "Jenny Lyxell", "since": "i maj"}', "has the date 'i maj'", "a date"),
        ('{"who": "Jenny Lyxell", "since": null}', "has the date None", "a date"),
        ('{"who": "Jenny Lyxell", "since": "2026-05-04", "until": "2026-02-30"}', "the date '2026-02-30'", "a date"),
        ('{"who": "Jenny Lyxell", "since": "2026-05-04", "also": "x"}', "has", "a list"),
        ('{"who": "Jenny Lyxell", "since": "2026-05-04", "also": [["x"]]}', "has", "a list"),
        ('{"who": "Jenny Lyxell", "since": "2026-05-04", "also": ["?"]}', "names '\\?'", "a first"),
        ("[" * 100_000, "is no JSON", "a JSON object"),
    ],
)  # fmt: skip
def test_a_line_that_can_not_be_read(line: str, found: str, expected: str, tmp_path: Path) -> None:
    """The message names the line, and nothing is changed: neither by reading nor by adding."""
    text = f"{LINE}\n\n{line}\n"
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    for act in (read_entries, lambda folder: add(folder, BO), lambda folder: remove(folder, "Jenny Lyxell")):
        with pytest.raises(
            FolderError, match=rf"line 3 of .*{FILE}.*{found}.*; expected .*{expected}.*Correct the line"
        ):
            act(tmp_path)
    assert (tmp_path / FILE).read_text(encoding="utf-8") == text


def test_a_list_saved_by_an_editor(tmp_path: Path) -> None:
    """Blank lines, line ends of Windows and a byte order mark are no faults."""
    (tmp_path / FILE).write_bytes(b"\xef\xbb\xbf" + f"{LINE}\r\n\r\n{LINE}".encode())
    assert [entry.who for entry in read_entries(tmp_path)] == ["Jenny Lyxell"] * 2


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", LINE.encode("utf-16"), b'{"who": "\xe5sa \xe5hs"}'])
def test_bytes_that_are_no_text(data: bytes, tmp_path: Path) -> None:
    """A list in another encoding is not read in part."""
    (tmp_path / FILE).write_bytes(data)
    with pytest.raises(FolderError, match=r"can't be read \(it is not UTF-8\)"):
        read_entries(tmp_path)


def test_a_folder_in_its_place(tmp_path: Path) -> None:
    """What is no file is no empty list."""
    (tmp_path / FILE).mkdir()
    with pytest.raises(FolderError, match="can't be read"):
        read_entries(tmp_path)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    """It is told, and not made."""
    with pytest.raises(FolderError, match="there is no folder"):
        add(tmp_path / "none" / "here", JENNY)


def test_an_entry_that_names_nobody(tmp_path: Path) -> None:
    """It is not put on the list."""
    with pytest.raises(FolderError, match="the entry names 'Jenny'; expected a first and a family name"):
        add(tmp_path, Entry("Jenny", DAY))
    assert not (tmp_path / FILE).exists()


@given(
    st.sampled_from(["Åsa Öberg", "Zoë O'Brien", "a.b@x.se", "08-600 84 63"]),
    st.dates(),
    st.none() | st.dates(),
    st.text(),
)
def test_what_is_written_is_read(who: str, since: datetime.date, until: datetime.date | None, reason: str) -> None:
    """Whatever stands in an entry comes back."""
    reason = reason.encode("utf-8", "ignore").decode()
    with tempfile.TemporaryDirectory() as folder:
        entry = Entry(who, since, until, reason, ("Bo Ek",))
        add(Path(folder), entry)
        assert read_entries(Path(folder)) == (entry,)
