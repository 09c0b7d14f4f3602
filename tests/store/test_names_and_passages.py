"""Names, words and vectors looked up, from one thread and from several."""

import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from esfbot.errors import EmbeddingsError
from esfbot.language.words import stem
from esfbot.model.query import Conversation
from esfbot.service import Service
from esfbot.store.sqlite import SqliteStore
from tests.store.collection import fact, project, stored


def texts(store: SqliteStore, *words: str) -> list[str]:
    return [name.text for name in store.names_with(words)]


def test_names_by_a_word(forest: SqliteStore) -> None:
    """A name is found by any of its words, folded, once however many of them are given."""
    assert texts(forest, "granen") == ["Granen", "Tallen och Granen"]
    assert texts(forest, "oberg", "lind", "asa") == ["Åsa Öberg-Lind", "Per Lind"]
    assert texts(forest, "2") == ["Björkens väg 2"]
    assert texts(forest, "gran", "Granen", "") == []


def test_names_by_all_words(forest: SqliteStore) -> None:
    """A name is found by all its words written as one, and by no part of them."""
    assert [(n.projects, n.field, n.words) for n in forest.names((), ["granen", "tallenoch", "perlind"])] == [
        (("gran",), "title", ("granen",)),
        (("gran",), "contact", ("per", "lind")),
    ]


def listed(store: SqliteStore, *terms: str) -> dict[str, list[tuple[str, int, list[str]]]]:
    """The postings of some terms: the field, how many names, and the best of them."""
    return {
        term: [(p.field, p.names, [name.text for name in store.names(p.best)]) for p in postings]
        for term, postings in store.postings(terms).items()
    }


def test_postings(forest: SqliteStore) -> None:
    """Words, and pairs of words with nothing or function words between them, are in the names of a field; terms in no
    name are left out."""
    assert listed(forest, "lind", "granen", "eken", "tallen granen", "granen tallen", "bjorkens 2") == {
        "lind": [("contact", 2, ["Åsa Öberg-Lind", "Per Lind"])],
        "granen": [("title", 2, ["Granen", "Tallen och Granen"])],
        "tallen granen": [("title", 1, ["Tallen och Granen"])],
    }
    assert forest.postings([]) == {}
    assert forest.names([]) == []


def test_weights(forest: SqliteStore) -> None:
    """A rare word says more of which name is meant than one that several names share: log2(1 + names / names with
    it)."""
    [name] = forest.names((), ["perlind"])
    assert name.weights == pytest.approx((3, 2.17), abs=0.001)


def test_a_name_of_many_projects_is_kept_once(tmp_path: Path) -> None:
    """Projects that share a name are told in the sheets' order, with the name as the first of them writes it."""
    owners = ["Gnesta kommun", "GNESTA KOMMUN", "Trosa kommun", "Gnesta Kommun"]
    store = stored(tmp_path, [project(f"p{n}", fact("owner", owner)) for n, owner in enumerate(owners)])
    assert [(n.text, n.projects) for n in store.names_with(["gnesta"])] == [("Gnesta kommun", ("p0", "p1", "p3"))]
    store.close()


def test_a_common_term_lists_the_shortest_names(tmp_path: Path) -> None:
    """Of the many titles that hold a word only those it makes up most of are listed, with how many there are; of the
    people of one first name all are."""
    long, short = "Jobb för alla i nya kommun{}", "Jobb nummer{}"
    titles = [long.format(n) for n in range(30)] + [short.format(n) for n in range(30)]
    projects = [
        project(f"p{n}", fact("title", title), fact("contact", f"Anna Efternamn{n}")) for n, title in enumerate(titles)
    ]
    store = stored(tmp_path, projects)
    [(field, names, best)] = listed(store, "jobb")["jobb"]
    assert (field, names, best) == ("title", 60, [short.format(n) for n in range(len(best))])
    assert 5 <= len(best) <= 25
    assert [(names, len(best)) for _, names, best in listed(store, "anna")["anna"]] == [(60, 60)]
    store.close()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ludvka", "ludvika"),
        ("ludvikka", "ludvika"),
        ("bregslagen", "bergslagen"),
        ("bergslagens", "bergslagen"),
        ("bjorkns", "bjorkens"),
        ("granne", "granen"),
        ("rorlgihet", "rorlighet"),
    ],
)
def test_a_misspelt_word_is_among_those_like_it(forest: SqliteStore, typed: str, meant: str) -> None:
    """Among the words like a misspelt one is the one that was meant."""
    assert meant in forest.words_spelt(typed)


def test_words_spelt(forest: SqliteStore) -> None:
    """A misspelt word may mean any with its first letter that is at most two letters longer or shorter."""
    assert sorted(forest.words_spelt("gramen")) == ["granen"]
    assert sorted(forest.words_spelt("bergslgen")) == ["bergslagen", "bjorkens"]
    assert list(forest.words_spelt("")) == []


@pytest.mark.parametrize(
    "word", ["", "x", "xq", "zzzzzzzzz", '"', 'a"b"c"d', "a OR b", "*", "granen*", "né ar", "\0\0\0"]
)
def test_words_like_anything(forest: SqliteStore, word: str) -> None:
    """Any text can be asked for, also what full-text search gives a meaning to."""
    assert all(isinstance(found, str) for found in forest.words_spelt(word))


def test_words_of_passages(forest: SqliteStore) -> None:
    """Passages are found by Swedish stems: båtarna, båtar and båt are one word."""
    found = forest.passages_by_words([stem("båten")])
    assert {row for row, _ in found} == {0, 1}
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)
    assert min(score for _, score in found) > 0


def test_best_passage_by_words(forest: SqliteStore) -> None:
    """The passage that holds more of the words comes first."""
    assert forest.passages_by_words([stem("ungdom"), stem("plantera")])[0][0] == 3


def test_passages_by_words_among(forest: SqliteStore) -> None:
    """Only passages of the projects given are found, at most as many as wanted."""
    wanted = [stem("ungdomar"), stem("båtar")]
    assert {row for row, _ in forest.passages_by_words(wanted, ["bjork"])} == {0, 1}
    assert forest.passages_by_words(wanted, ["nowhere"]) == []
    assert len(forest.passages_by_words(wanted, limit=2)) == 2
    assert forest.passages_by_words([]) == []


@pytest.mark.parametrize("word", ['"', "a b", "NEAR(a b)", "-x", "stems:x", "*", "AND", "\0"])
def test_passages_by_any_word(forest: SqliteStore, word: str) -> None:
    """No word is taken for an instruction to full-text search."""
    assert forest.passages_by_words([word]) == []
    assert not forest.said_outside(word, ())
    assert forest.spread([word]) == {}


def test_spread(forest: SqliteStore) -> None:
    """A stem counts once a passage; function words are no stems."""
    assert forest.spread([stem("båtar"), stem("ungdomar"), stem("av"), "eken"]) == {
        stem("båtar"): 2,
        stem("ungdomar"): 2,
    }


def test_said_outside(forest: SqliteStore) -> None:
    """A word is said outside some projects where another says it, however often they do."""
    assert not forest.said_outside(stem("båtar"), ["bjork"])
    assert forest.said_outside(stem("båtar"), ["gran"])
    assert forest.said_outside(stem("ungdomar"), {"bjork"})
    assert not forest.said_outside(stem("ungdomar"), {"bjork", "tall"})


def test_said_outside_many(tmp_path: Path) -> None:
    """That the only other project that says a word comes after many makes no difference."""
    said = [(f"p{n}", "Båtar.") for n in range(20)]
    store = stored(tmp_path, [project(f"p{n}", fact("title", "A")) for n in range(20)], said)
    assert store.said_outside(stem("båtar"), {f"p{n}" for n in range(19)})
    assert not store.said_outside(stem("båtar"), {f"p{n}" for n in range(20)})
    store.close()


def test_passages_by_meaning(forest: SqliteStore) -> None:
    """Passages come nearest first, with the cosine; of equals the earlier one."""
    vector = np.array([0.0, 0.6, 0.8, 0.0], dtype=np.float32)
    found = forest.passages_by_meaning(vector)
    assert [row for row, _ in found] == [2, 1, 0, 3]
    assert [score for _, score in found] == pytest.approx([0.8, 0.6, 0, 0])
    assert forest.passages_by_meaning(vector, limit=1) == found[:1]
    assert [row for row, _ in forest.passages_by_meaning(vector, ["bjork"])] == [1, 0]
    assert forest.passages_by_meaning(vector, ["nowhere"]) == []


def test_likeness(forest: SqliteStore) -> None:
    """The likeness of all passages is the mean of their cosines and how far they lie about it."""
    likeness = forest.likeness(np.array([0.0, 0.6, 0.8, 0.0], dtype=np.float32))
    assert (likeness.mean, likeness.deviation) == pytest.approx((0.35, np.std([0, 0.6, 0.8, 0])))


def test_vector_of_another_model(forest: SqliteStore) -> None:
    """A vector of another length is refused with both lengths."""
    with pytest.raises(EmbeddingsError, match=r"vectors have 3 dimensions and those of generation generation have 4"):
        forest.passages_by_meaning(np.ones(3, dtype=np.float32))


def test_passages_in_order(forest: SqliteStore) -> None:
    """Passages come in the order of the rows asked for, each with where it stands."""
    found = forest.passages([3, 0, 99])
    assert [(p.row, p.project, p.source.line) for p in found] == [(3, "tall", 4), (0, "bjork", 1)]


@pytest.fixture
def impatient() -> Iterator[None]:
    """Threads that take turns so often that what two of them share shows."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("impatient")
def test_eight_threads(tmp_path: Path) -> None:
    """Eight threads that ask at once, and together open it, get what one thread gets."""
    projects = [project(f"p{n}", fact("title", f"Projekt{n} av trä")) for n in range(40)]
    said = [(f"p{n}", f"Text nummer{n} om båtar") for n in range(40)]
    alone = stored(tmp_path / "store", projects, said)
    together = SqliteStore(tmp_path / "store")
    ready = threading.Barrier(8)

    def ask(store: SqliteStore, n: int) -> list[object]:
        vector = np.eye(40, dtype=np.float32)[n]
        return [
            store.find(),
            [name.text for name in store.names_with([f"projekt{n}"])],
            store.passages_by_words([f"nummer{n}"]),
            store.passages_by_meaning(vector, limit=3),
            store.words_spelt(f"projekt{n}"),
            store.said_outside(f"nummer{n}", [f"p{n}"]),
            store.words_spelt(f"projekt{n}"),
        ]

    def worker(first: int) -> list[list[object]]:
        ready.wait()
        return [ask(together, n) for n in range(first, 40, 8)]

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(worker, range(8)))
    assert answers == [[ask(alone, n) for n in range(first, 40, 8)] for first in range(8)]
    alone.close()
    together.close()


@pytest.mark.usefixtures("impatient")
def test_stems_in_eight_threads() -> None:
    """Words stemmed in several threads at once get the stems they get alone."""
    words = [f"{a}{b}{c}arna" for a in "bdfgk" for b in ("all", "ing", "ott") for c in ("e", "lig", "het", "or")]
    with ThreadPoolExecutor(8) as pool:
        together = [list(pool.map(stem.__wrapped__, words)) for _ in range(10)]
    alone = [stem.__wrapped__(word) for word in words]
    assert together == [alone] * 10


def test_eight_conversations_at_once(service: Service) -> None:
    """Eight people who ask different things at once each get their own answer."""
    questions = [
        "Vem är kontaktperson för Gå vidare II?",
        "Vad är budgeten för Vinnande Arena?",
        "vem är kontakt i Ludvika?",
        "hur arbetar man med praktikplatser för ungdomar?",
        "Vad är syftet med Göra Skillnad?",
        "Lista alla projekt",
        "Vilka projekt handlar om funktionsnedsättning?",
        "Vem äger Bergslagsresursen.nu?",
    ]
    alone = [service.answer(question, Conversation())[0] for question in questions]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda q: service.answer(q, Conversation())[0], questions * 3))
    assert together == alone * 3
