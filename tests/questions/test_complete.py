"""Search as one types."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from esfbot.language.words import split
from esfbot.model.project import Fact, LinkKind, Project
from esfbot.model.query import Condition, Test
from esfbot.questions.complete import Offer, Offered, complete
from esfbot.service import Service
from esfbot.store.sqlite import SqliteStore
from esfbot.sweden.places import gazetteer
from tests.invented.parsed import parsed
from tests.invented.projects import invented
from tests.store.collection import fact, link, project, stored

HOW_MANY = 300


@pytest.fixture(scope="module")
def seeds(service: Service) -> SqliteStore:
    """The store of the shipped sheets."""
    return service.store


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    """A store of invented projects, among them namesakes, numbers, and names with hyphens and apostrophes."""
    store = stored(tmp_path_factory.mktemp("many"), [parsed(each) for each in invented(HOW_MANY)])
    yield store
    store.close()


def person(group: int, name: str, email: str = "", phone: str = "") -> list[Fact]:
    """The facts of a contact."""
    facts = [fact("contact", name)] if name else []
    facts += [fact("email", email, email.casefold())] if email else []
    facts += [fact("phone", phone, f"+46{phone.replace('-', '')[1:]}")] if phone else []
    return [replace(each, group=group) for each in facts]


def titled(id_: str, title: str, *facts: Fact) -> Project:
    return project(id_, fact("title", title), *facts)


def shown(offers: Sequence[Offer]) -> list[tuple[str, str]]:
    return [(offer.kind.value, offer.name) for offer in offers]


@pytest.mark.parametrize("typed", ["", "  ", "?", "«", "🙂"])
def test_nothing_typed(many: SqliteStore, typed: str) -> None:
    """Before the first word all projects are offered, in the sheets' order, and nobody's name."""
    titles = many.titles(many.find())
    assert complete(typed, many) == tuple(Offer(Offered.PROJECT, title, "", (id_,)) for id_, title in titles.items())


@pytest.mark.parametrize(
    ("typed", "offers"),
    [
        ("ludv", [("place", "Ludvika")]),
        ("Ludvika", [("place", "Ludvika")]),
        ("LUDVIKA KOMMUN", [("place", "Ludvika")]),
        ("ludvikas k", [("place", "Ludvika")]),
        ("dalarnas län", [("place", "Dalarna")]),
        ("karlskoga", [("place", "Karlskoga"), ("project", "Göra Skillnad")]),
        ("gora sk", [("project", "Göra Skillnad")]),
        ("göra-skillnad", [("project", "Göra Skillnad")]),
        ("sk gö", [("project", "Göra Skillnad")]),
        ("Arena", [("project", "Arena för nyorientering"), ("project", "Vinnande Arena")]),
        ("a f ny", [("project", "Arena för nyorientering")]),
        ("bergslagsesursen.n", [("project", "BERGSLAGSESURSEN.NU")]),
        ("kommunlednings", [("project", "Gå vidare II")]),
        ("elis wik", [("contact", "Elisabeth Wikström")]),
        ("wikström e", [("contact", "Elisabeth Wikström")]),
        ("elisabeth.sedeb", [("contact", "Elisabeth Sedebron")]),
        ("Faiz.Jaber@ linko", [("contact", "Faiz Jaber")]),
        ("0240-564451", [("contact", "Jenny Lyxell")]),
        ("02405", [("contact", "Jenny Lyxell")]),
        ("+46 (0)240 56", [("contact", "Jenny Lyxell")]),
        ("0240-564452", []),
        ("0240", []),
        ("+46", []),
        ("kommun", [("project", "Göra Skillnad"), ("project", "Gå vidare II"), ("project", "Vinnande Arena")]),
        ("zlatan", []),
    ],
)
def test_shipped_sheets(seeds: SqliteStore, typed: str, offers: list[tuple[str, str]]) -> None:
    """Beginnings of words find what they name, however they are written."""
    assert shown(complete(typed, seeds)) == offers


@pytest.mark.parametrize(
    ("typed", "offers"),
    [
        ("ludvkia", [("place", "Ludvika")]),
        ("vinande aren", [("project", "Vinnande Arena")]),
        ("nyoreintering", [("project", "Arena för nyorientering")]),
        ("skilnad", [("project", "Göra Skillnad")]),
        ("elisabet wikstrom", [("contact", "Elisabeth Wikström")]),
        ("bergslagesursennu", [("project", "BERGSLAGSESURSEN.NU")]),
        ("ludvkka lyxel", []),
        ("vnn", []),
    ],
)
def test_misspelt(seeds: SqliteStore, typed: str, offers: list[tuple[str, str]]) -> None:
    """Words of four letters and more may be misspelt, unfinished ones too."""
    assert shown(complete(typed, seeds)) == offers


def test_order(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Whole names come first, then whole words, then what begins earlier, then places, projects and contacts; what is
    found by number or owner comes after all that has the name."""
    lund = "1281"
    projects = [
        titled("a", "Lundaboken"),
        titled("b", "Nya Lundagård"),
        titled("c", "Nya vägar i Lund", *person(0, "Lunda Ek", "lunda.ek@exempel.se")),
        titled("d", "Annat", fact("owner", "Lunds kommun"), *person(0, "Per Lund", "per@exempel.se")),
        project("e", fact("title", "Lund"), places=[link(lund, LinkKind.LISTED), link("0180", LinkKind.MENTIONED)]),
        titled("f", "Lunden", *person(0, "Bo Ek", "lundbo@exempel.se")),
        titled("g", "Lund bygger"),
        titled("h", "Bo-lund"),
        titled("i", "Lund"),
        titled("j", "Bolundia"),
        titled("k", "Granet Ekar"),
        titled("l", "Granen Ekar"),
    ]
    store = stored(tmp_path_factory.mktemp("order"), projects)
    assert shown(complete("lund", store)) == [
        ("place", "Lund"),
        ("project", "Lund"),
        ("project", "Lund"),
        ("project", "Lund bygger"),
        ("project", "Bo-lund"),
        ("contact", "Per Lund"),
        ("project", "Nya vägar i Lund"),
        ("project", "Lundaboken"),
        ("project", "Lunden"),
        ("contact", "Lunda Ek"),
        ("project", "Nya Lundagård"),
        ("project", "Annat"),
        ("contact", "Bo Ek"),
    ]
    assert shown(complete("lnud", store))[:2] == [("place", "Lund"), ("project", "Lund")]
    assert shown(complete("lundagarf", store)) == [("project", "Nya Lundagård")]
    assert shown(complete("lunden", store)) == [("project", "Lunden")]  # and none that is like it
    assert shown(complete("ulnden", store)) == [("project", "Lunden")]
    assert shown(complete("bolund", store)) == [("project", "Bolundia")]
    assert complete("lunden2", store) == ()
    assert shown(complete("granen ekor", store)) == [("project", "Granen Ekar"), ("project", "Granet Ekar")]
    assert complete("stockholm", store) == ()
    store.close()


def test_each_word_stands_for_another(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Two initials are two names, and what only one word can be is left to it."""
    people = [person(0, name) for name in ("Anna Berg", "Anna Alm", "Anders Annasson", "Annabel Andersdotter")]
    projects = [titled(id_, id_.upper(), *facts) for id_, facts in zip("wxyz", people, strict=True)]
    store = stored(tmp_path_factory.mktemp("words"), projects)
    both = [("contact", "Anders Annasson"), ("contact", "Annabel Andersdotter")]
    assert shown(complete("a a", store)) == [("contact", "Anna Alm"), *both]
    assert shown(complete("an anna", store)) == both
    assert complete("anna berg alm", store) == ()
    store.close()


def test_namesakes(tmp_path_factory: pytest.TempPathFactory) -> None:
    """People of one name are one only where their address or number says so and nothing speaks against it."""
    people = {
        "one": person(0, "Bo Ek", "bo@one.se", "0240-564451"),
        "same": person(3, "Bo Ek", "Bo@one.se"),
        "called": person(0, "BO EK", "", "0240-564451"),
        "two": person(0, "Bo Ek", "bo@two.se", "0240-564452"),
        "moved": person(0, "Bo Ek", "bo@two.se", "0240-564453"),
        "again": person(0, "Bo Ek", "bo@two.se", "0240-564452"),
        "either": person(0, "Bo Ek", "bo@two.se"),
        "bare": person(0, "Bo Ek"),
        "also": person(0, "Bo Ek"),
        "both": [*person(0, "Bo Ek", "bo@one.se"), *person(1, "Bo Ek", "bo@four.se")],
        "desk": person(0, "", "bo@desk.se", "0240-564459"),
    }
    projects = [
        replace(titled(id_, "Ett", *facts), sheets=(f"{number:02}.txt",))  # the sheets' names give the order
        for number, (id_, facts) in enumerate(people.items())
    ]
    store = stored(tmp_path_factory.mktemp("namesakes"), projects)
    offers = complete("bo ek", store)
    assert shown(offers) == [("contact", "Bo Ek")] * 7
    apart = [
        ("one", "same", "called", "both"),
        ("two", "again"),
        ("moved",),
        ("either",),
        ("bare",),
        ("also",),
        ("both",),
    ]
    assert [offer.projects for offer in offers] == apart
    assert [offer.projects for offer in complete("bo@two", store)] == [("two", "again"), ("moved",), ("either",)]
    assert [offer.projects for offer in complete("0240 56 44 52", store)] == [("two", "again")]
    # An address of nobody is no person's.
    desk = (Offer(Offered.PROJECT, "Ett", "", ("desk",)),)
    assert complete("bo@desk", store) == complete("0240564459", store) == desk
    store.close()


def test_no_offer_is_two_people(many: SqliteStore) -> None:
    """A contact that is offered has one address and one number, and no project that states either is missing."""
    projects = many.projects(many.find(), ("contact", "email", "phone"))
    stated: dict[str, list[tuple[str, dict[str, str]]]] = {}
    for each in projects:
        for contact in each.contacts:
            assert contact.name
            reached = {found.field: found.key for found in contact.facts[1:]}
            stated.setdefault(str(contact.name.value), []).append((each.id, reached))
    assert len(stated) > HOW_MANY / 2
    for name, known in stated.items():
        offers = [offer for offer in complete(name, many) if (offer.kind, offer.name) == (Offered.CONTACT, name)]
        assert {id_ for offer in offers for id_ in offer.projects} == {id_ for id_, _ in known}
        for offer in offers:
            hers = {pair for id_, reached in known if id_ in offer.projects for pair in reached.items()}
            assert len(hers) == len(dict(hers))
            assert not [id_ for id_, reached in known if hers & reached.items() and id_ not in offer.projects]


def test_places(many: SqliteStore) -> None:
    """A place stands for the projects that a list of it has; where there are none it is not offered."""
    everywhere = gazetteer()
    for place in everywhere.by_code.values():
        there = tuple(many.find([Condition("municipality", Test.IN, (place.code,))]))
        expected = [Offer(Offered.PLACE, place.name, place.code, there)] if there else []
        assert [offer for offer in complete(place.name, many) if offer.code == place.code] == expected


def test_places_of_one_name(many: SqliteStore) -> None:
    """What it is tells a county from the municipality that is called so; neither word finds a place alone."""
    assert [offer.code for offer in complete("Kalmar", many) if offer.code] == ["0880", "08"]
    assert [offer.code for offer in complete("kalmar lä", many) if offer.code] == ["08"]
    assert [offer.code for offer in complete("kalmar komm", many) if offer.code] == ["0880"]
    assert not [offer for word in ("kommun", "county") for offer in complete(word, many) if offer.code]


def test_number_in_any_form(many: SqliteStore) -> None:
    """A telephone number finds its contact from the fifth digit on, however it is written."""
    for each in many.projects(many.find(), ("contact", "email", "phone"))[::5]:
        for contact in each.contacts:
            if not (contact.phone and contact.name):
                continue
            rest = contact.phone.key.removeprefix("+46")
            forms = str(contact.phone.value), f"0{rest}", f"+46{rest}", f"+46 (0){rest}", f"0046{rest}", rest
            # Behind 0046 one digit more is needed.
            beginnings = [form[:end] for form in forms for end in range(5, len(form) + 1)]
            for typed in (b for b in beginnings if sum(map(str.isdecimal, b)) >= 5 + b.startswith("00")):
                found = [offer for offer in complete(typed, many) if offer.name == contact.name.value]
                assert each.id in [id_ for offer in found for id_ in offer.projects], typed


@pytest.mark.parametrize("collection", ["seeds", "many"])
def test_every_beginning_of_a_title(collection: str, request: pytest.FixtureRequest) -> None:
    """A title is found by as much of it as is typed, from the third letter on."""
    store: SqliteStore = request.getfixturevalue(collection)
    for id_, title in store.titles(store.find()).items():
        for end in range(3, len(title) + 1):
            assert Offer(Offered.PROJECT, title, "", (id_,)) in complete(title[:end], store), title[:end]


def test_number_of_a_project(many: SqliteStore) -> None:
    """A project is found by its number, also without the signs in it; no number is like another."""
    for each in many.projects(many.find(), ("number",))[:60]:
        for number in [str(stated.value) for stated in each.all("number")]:
            offer = Offer(Offered.PROJECT, each.title, "", (each.id,))
            assert complete(number, many)[0] == offer
            assert offer in complete(number.replace("/", "").replace("-", ""), many)
            assert not [other for other in complete(f"{number}9", many) if other.kind is Offered.PROJECT]


def fits(typed: Sequence[str], name: Sequence[str]) -> bool:
    """Whether every word typed begins a word of the name, another one each."""
    if not typed:
        return True
    rest = (i for i, word in enumerate(name) if word.startswith(typed[0]))
    return any(fits(typed[1:], [*name[:i], *name[i + 1 :]]) for i in rest)


def words_of(text: str) -> list[str]:
    return [word.folded for word in split(text)]


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_what_is_found_is_what_fits(many: SqliteStore, data: st.DataObject) -> None:
    """Words cut off and shuffled find the projects and contacts whose names they begin, and no others."""
    projects = many.projects(many.find(), ("title", "number", "owner", "contact", "email"))
    stated = [(each.id, found.field, str(found.value)) for each in projects for found in each.facts]
    names = [(id_, field, words_of(value)) for id_, field, value in stated if field != "email"]
    words = data.draw(st.permutations(data.draw(st.sampled_from(names))[2]))[:3]
    typed = [word[: data.draw(st.integers(1, len(word)))] for word in words]
    fitting = {(id_, field == "contact") for id_, field, name in names if fits(typed, name)}
    if len(typed) == 1:
        fitting |= {(id_, True) for id_, field, value in stated if field == "email" and value.startswith(typed[0])}
    found = [offer for offer in complete(" ".join(typed), many) if offer.kind is not Offered.PLACE]
    assert {(id_, offer.kind is Offered.CONTACT) for offer in found for id_ in offer.projects} == fitting


@given(st.text() | st.text("aåioskn @.-0246/+", max_size=20))
def test_any_text(many: SqliteStore, typed: str) -> None:
    """Whatever is typed, what is offered is there, once."""
    offers = complete(typed, many)
    assert len(set(offers)) == len(offers)
    ids = {id_ for offer in offers for id_ in offer.projects}
    assert many.titles(sorted(ids)).keys() == ids
    assert all(offer.projects and (offer.kind is Offered.PLACE) == bool(offer.code) for offer in offers)


def test_each_store_has_its_own(seeds: SqliteStore, many: SqliteStore) -> None:
    """What one generation holds is not offered from another."""
    for _ in range(2):
        assert len(complete("", seeds)) == seeds.count()
        assert len(complete("", many)) == HOW_MANY
