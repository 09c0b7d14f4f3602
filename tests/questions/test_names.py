"""Names found in a question where hundreds of others share their words, and how much is looked up for that."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from pathlib import Path

import pytest

from esfbot.language.words import split
from esfbot.model.project import Project
from esfbot.model.query import Conversation
from esfbot.questions.names import NameMatch, find_names
from esfbot.questions.understand import understand
from esfbot.store.found import StoredName
from esfbot.store.sqlite import SqliteStore
from esfbot.wording.load import is_function
from tests.store.collection import fact, project, stored

TOWNS = [
    "".join(parts).title() for parts in product("bo da fi gra ho".split(), "lm rk nd".split(), "ala eby inge".split())
]
SPECIAL = {
    "framtid": "Jobb i Framtid",
    "sprak": "Jobb med språk i framtid",
    "kraft": "Krafttag nord",
    "kraft-vast": "Krafttag nord väster",
}


def crowd(times: int) -> Iterator[Project]:
    """Projects whose titles share nearly all their words, ``times`` over for each of 45 towns, and a few besides."""
    for n, (round_, town) in enumerate(product(range(times), TOWNS)):
        where = f"{town}{'aeioudlm'[round_]}"
        for kind, title in enumerate([f"Jobb i {where}", f"Framtid {where}", f"Kompetens för språk i {where}"]):
            person = (f"Anna {town}", f"Bo {town}", f"{town} Andersdotter")[kind]
            yield project(
                f"p{n}-{kind}",
                fact("title", title),
                fact("contact", person),
                fact("owner", f"{town} kommun"),
                fact("co_funder", "Arbetsförmedlingen"),
                fact("partner", f"Arbetsförmedlingen {town}"),
            )
    for id_, title in SPECIAL.items():
        yield project(id_, fact("title", title), fact("contact", f"Ulla {id_.title()}"))


class Counted(SqliteStore):
    """A store that counts the names it gives."""

    given = 0

    def names(self, ids: Iterable[int], written: Iterable[str] = ()) -> list[StoredName]:
        found = super().names(ids, written)
        self.given += len(found)
        return found


def counted(folder: Path, times: int) -> Counted:
    stored(folder, list(crowd(times))).close()
    return Counted(folder)


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counted]:
    """A store of 139 projects."""
    store = counted(tmp_path_factory.mktemp("few"), 1)
    yield store
    store.close()


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counted]:
    """A store of 1 084 projects."""
    store = counted(tmp_path_factory.mktemp("many"), 8)
    yield store
    store.close()


@pytest.fixture(params=["few", "many"])
def store(request: pytest.FixtureRequest) -> Counted:
    """Each of the two stores."""
    found: Counted = request.getfixturevalue(request.param)
    return found


def found(store: SqliteStore, question: str) -> list[NameMatch]:
    words = split(question)
    return find_names(words, store, lambda i: not is_function(words[i].text))


def whole(matches: Sequence[NameMatch]) -> set[tuple[str, str, bool]]:
    return {(match.named.field, match.named.name, match.named.exact) for match in matches if match.whole}


@pytest.mark.parametrize(
    ("question", "field", "name", "exact"),
    [
        ("budget för Jobb i Framtid", "title", "Jobb i Framtid", True),
        ("Jobb med språk i framtid", "title", "Jobb med språk i framtid", True),
        ("kontakt Kompetens för språk i Bolmalaa", "title", "Kompetens för språk i Bolmalaa", True),
        ("Kompetens för språk i Bolmlaa", "title", "Kompetens för språk i Bolmalaa", False),
        ("Kompetens för språk i Boblmalaa", "title", "Kompetens för språk i Bolmalaa", False),
        ("krafttagnord", "title", "Krafttag nord", True),
        ("vilka projekt har Andersdotter Darkeby", "contact", "Darkeby Andersdotter", True),
        ("projekt där Bo Grandinge är kontakt", "contact", "Bo Grandinge", True),
        ("projekt med Arbetsförmedlingen", "co_funder", "Arbetsförmedlingen", True),
        ("Arbetsförmedlingen Holmeby som partner", "partner", "Arbetsförmedlingen Holmeby", True),
    ],
)
def test_a_name_among_many_that_share_its_words(
    store: Counted, question: str, field: str, name: str, exact: bool
) -> None:
    """A whole name is found however common its words are, also misspelt."""
    assert (field, name, exact) in whole(found(store, question))


def test_a_part_of_a_title_of_common_words(store: Counted) -> None:
    """Two words that stand together find a title that is longer, though each of them is in very many."""
    parts = {match.named.name for match in found(store, "budget för Jobb språk") if len(match.words) == 2}
    assert parts == {"Jobb med språk i framtid"}


def test_an_organisation_of_all_projects_is_one_name(store: Counted) -> None:
    """What all projects have in their lists stands for all of them."""
    names = {match.named.field: match.named for match in found(store, "Arbetsförmedlingen") if match.whole}
    assert len(names["co_funder"].projects) == store.count() - len(SPECIAL)


def test_a_first_name_stands_for_everyone_who_has_it(store: Counted) -> None:
    """However many people are called Anna, none of them is left out."""
    named = {project for match in found(store, "Vem är Anna?") for project in match.named.projects}
    assert len(named) == (store.count() - len(SPECIAL)) / 3


def test_beside_a_whole_name_no_namesake_is_meant(store: Counted) -> None:
    """Of all who are called Bo only the one whose surname stands there is found."""
    matches = found(store, "Vilka projekt har Bo Grandinge?")
    assert {match.named.name for match in matches if match.named.field == "contact"} == {"Bo Grandinge"}


def test_a_surname_is_no_function_word(store: Counted) -> None:
    """Fors is no "för" with an ending, which stands in many titles."""
    assert not [match for match in found(store, "Vem är Kajsa Fors?") if match.named.field == "title"]


def test_a_word_of_many_titles_tells_none_of_them(store: Counted) -> None:
    """The closest titles are offered, and none is taken for what is meant."""
    matches = [match for match in found(store, "framtid") if match.named.field == "title"]
    assert len(matches) >= 10
    assert not any(match.distinct or match.whole for match in matches)


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("budget för Kraftag nord", {"kraft"}),
        ("budget för Krafttag nord vaster", {"kraft-vast"}),
        ("budget för Krafttag nord västr", {"kraft-vast"}),
        ("budget för Kraftag nord väster", {"kraft-vast"}),
        ("budget för Krafttag nord", {"kraft"}),
    ],
)
def test_the_longest_whole_title_is_meant(store: Counted, question: str, meant: set[str]) -> None:
    """A misspelt whole title is that title, and no shorter one in it."""
    assert set(understand(question, Conversation(), store).projects) == meant


def test_another_word_is_no_slip(tmp_path: Path) -> None:
    """A title is not corrected into a longer one by a word that the sheets' narrative has."""
    projects = [project("a", fact("title", "Ny start")), project("b", fact("title", "Ny start kusten"))]
    store = stored(tmp_path, projects, [("a", "Med kursen börjar allt.")])
    assert understand("kontakt för Ny start kurten", Conversation(), store).projects == ("b",)
    assert understand("kontakt för Ny start kursten", Conversation(), store).projects == ("b",)
    store.close()


@pytest.mark.parametrize(
    "question",
    [
        "Vad är budgeten för Jobb i Framtid?",
        "Vem är kontaktperson för Kompetens för språk i Bolmalaa?",
        "Vem är kontaktperson för Kompetens för språk i Bolmlaa?",
        "Vilka projekt har Bo Grandinge?",
        "projekt med Arbetsförmedlingen som medfinansiär",
        "Vilka projekt finns i Holmeby kommun?",
        "Hur går det med språk, jobb, kompetens och framtid för dem som är i norr?",
    ],
)
def test_few_names_are_looked_at(many: Counted, question: str) -> None:
    """A question looks at a few dozen names, though most of the 1 300 that are stored share a word with it."""
    many.given = 0
    found(many, question)
    assert 0 < many.given <= 50


def test_a_long_text_looks_at_a_limited_number_of_names(many: Counted) -> None:
    """A text that shares words with all names looks at those that it shares most with, and finds what it names."""
    text = " och ".join(f"jobb {town}a framtid {town}e språk {town}i {town} kommun" for town in TOWNS[:30])
    many.given = 0
    matches = found(many, f"{text} och Krafttag nord väster")
    assert 0 < many.given < 250
    assert ("title", "Krafttag nord väster", True) in whole(matches)
