"""What is replied where a contact is withheld on request: that it is, and who owns the project."""

import datetime
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from esfbot.answers.card import card, part
from esfbot.answers.compose import compose
from esfbot.encoders import Encoder, Vectors
from esfbot.model.answer import Answer, Kind
from esfbot.model.query import Conversation, Operation, Query
from esfbot.questions.understand import understand
from esfbot.render.contact_files import contact_cards
from esfbot.render.json import render as render_json
from esfbot.render.pages import page_of
from esfbot.render.plain import render
from esfbot.render.private import without_contacts
from esfbot.render.records import project_record
from esfbot.render.screens import Showing, answer_screens
from esfbot.sheets.parse import parse
from esfbot.sheets.projects import make_projects
from esfbot.sheets.withheld.entries import Entry
from esfbot.sheets.withheld.gather import gather
from esfbot.sheets.withheld.redact import Redactor
from esfbot.store.sqlite import SqliteStore
from tests.conftest import SEEDS
from tests.store.collection import stored

DAY = datetime.date(2026, 5, 4)
ARENA, BERGSLAGEN, SKILLNAD = "vinnande-arena.txt", "bergslagsesursen-nu.txt", "gora-skillnad.txt"
# Of Vinnande Arena the only contact is withheld, of Bergslagsesursen one of two, of Göra Skillnad the address.
WITHHELD = (
    Entry("Katarina Liljeröd", DAY),
    Entry("Jenny Lyxell", DAY),
    Entry("Bo Berg", DAY, also=("info@karlskoga.se",)),
)
ON_REQUEST = "Kontakt undanhållen  på begäran; vänd dig till projektägaren  [vinnande-arena.txt, rad 8–10]"
OWNER = "Projektägare         Kommunstyrelseförvaltningen  [vinnande-arena.txt, rad 7]"


def sheets() -> dict[str, str]:
    """The shipped sheets, two of them changed, without the people who are withheld."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))}
    second = "Telefonnummer0240-564451\nKontaktpersonBo Ek\nE-postbo.ek@exempel.se"
    texts[BERGSLAGEN] = texts[BERGSLAGEN].replace("Telefonnummer0240-564451", second)
    texts[SKILLNAD] = texts[SKILLNAD].replace("elisabeth.sedeborn@karlskoga.se", "info@karlskoga.se")
    without = Redactor(gather(WITHHELD, lambda: list(texts.items())))
    return {name: without.redact(text).text for name, text in texts.items()}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    """A store of those sheets, with a passage of each project that says nothing."""
    projects, _ = make_projects([parse(text, name) for name, text in sheets().items()])
    passages = [(project.id, "Något annat.") for project in projects]
    opened = stored(tmp_path_factory.mktemp("withheld") / "generation", projects, passages)
    yield opened
    opened.close()


class Same:
    """An encoder that takes all questions for the same."""

    def encode_query(self, texts: list[str]) -> Vectors:
        return np.eye(len(texts), 5, dtype=np.float32)

    encode_document = encode_query


def answered(query: Query, store: SqliteStore) -> Answer:
    encoder: Callable[[], Encoder] = Same
    return compose(query, store, encoder)


Ask = Callable[[str], Answer]


@pytest.fixture
def ask(store: SqliteStore) -> Ask:
    """Answers a question."""
    return lambda question: answered(understand(question, Conversation(), store), store)


@pytest.mark.parametrize(
    "question",
    ["Vem är kontaktperson för Vinnande Arena?", "telefon till Vinnande Arena", "mejl till Vinnande Arena",
     "Kontakt i Vårgårda", "Är Katarina Liljeröd kontaktperson för Vinnande Arena?",
     "Är Kalle Persson kontaktperson för Vinnande Arena?",
     "Har Vinnande Arena kontaktperson?", "Saknar Vinnande Arena telefon?"],
)  # fmt: skip
def test_the_contact_is_withheld_and_the_owner_is_named(question: str, ask: Ask) -> None:
    """Each with its line, neither yes nor no, and it counts as no answer."""
    answer = ask(question)
    assert (answer.kind, answer.abstained) == (Kind.NOT_STATED, True)
    assert [row.field for row in answer.cards[0].rows] == ["withheld", "owner"]
    reply = render(answer)
    assert ON_REQUEST in reply
    assert OWNER in reply
    assert not any(word in reply for word in ("Ja.", "Nej.", "anger inte", "Liljeröd"))


def test_in_english(ask: Ask) -> None:
    """The same in the question's language."""
    assert render(ask("Who is the contact of Vinnande Arena?")).startswith(
        "Vinnande Arena\n"
        "  Contact withheld  on request; turn to the project owner  [vinnande-arena.txt, line 8–10]\n"
        "  Project owner     Kommunstyrelseförvaltningen  [vinnande-arena.txt, line 7]"
    )


def test_of_two_contacts_the_other_is_shown(ask: Ask) -> None:
    """With a word that there is one more."""
    answer = ask("Kontakt i Ludvika")
    assert (answer.kind, answer.abstained) == (Kind.CONTACTS, False)
    assert [(row.field, row.text) for row in answer.cards[0].rows] == [
        ("contact", "Bo Ek"),
        ("email", "bo.ek@exempel.se"),
        ("withheld", "en kontaktperson till, på begäran"),
    ]


def test_an_address_that_is_withheld(ask: Ask) -> None:
    """The contact is shown without it, and asked for the number alone there is nothing to say."""
    shown = [(row.field, row.text) for row in ask("kontakt för Göra Skillnad").cards[0].rows]
    assert shown == [
        ("contact", "Elisabeth Sedebron"),
        ("phone", "0586 61180"),
        ("withheld", "e-post, på begäran"),
    ]
    assert [row.field for row in ask("telefon till Göra Skillnad").cards[0].rows] == ["contact", "phone"]
    asked = ask("e-post till Göra Skillnad")
    assert [row.field for row in asked.cards[0].rows] == ["withheld", "owner"]
    assert asked.abstained


def test_all_contacts(ask: Ask) -> None:
    """A list says it where it is so, and counts as answered."""
    answer = ask("Visa kontaktperson för alla projekt")
    rows = {card.project.id: [row.field for row in card.rows] for card in answer.cards}
    assert rows["vinnande-arena"] == ["withheld", "owner"]
    assert not answer.abstained


def test_side_by_side(ask: Ask) -> None:
    """Compared with another project, the one says that it is withheld and the other who it is."""
    answer = ask("Jämför kontaktperson för Vinnande Arena och Gå vidare II")
    assert [[row.field for row in card.rows] for card in answer.cards] == [
        ["withheld", "owner"],
        ["contact", "email", "phone"],
    ]
    assert not answer.abstained


def test_with_another_fact(ask: Ask) -> None:
    """What else is asked for is shown, the owner once, and that is an answer."""
    answer = ask("Visa kontaktperson och projektägare för Vinnande Arena")
    assert [row.field for row in answer.cards[0].rows] == ["withheld", "owner"]
    assert not answer.abstained


@pytest.mark.parametrize("everything", [True, False])
def test_on_cards(store: SqliteStore, *, everything: bool) -> None:
    """A card says it among the project's facts."""
    query = part("facts", "vinnande-arena", "sv") if everything else card("vinnande-arena", "sv")
    rows = [row.field for row in answered(query, store).cards[0].rows]
    assert [rows.count(field) for field in ("withheld", "owner", "contact")] == [1, 1, 0]


@pytest.mark.parametrize("question", ["Katarina Liljeröds telefon", "Jenny Lyxell", "0322-600521",
                                      "katarina.liljerod@vargarda.se", "Vem är Katarina Liljeröd?"])  # fmt: skip
def test_the_person_is_unknown(question: str, ask: Ask) -> None:
    """Asked for by name, address or number, it is as if no sheet had the person."""
    answer = ask(question)
    assert answer.abstained
    assert answer.cards == ()
    assert answer.kind in (Kind.UNKNOWN, Kind.OUTSIDE)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Hur många projekt saknar kontaktperson?", "I 1 av dem undanhålls kontakten på begäran."),
        ("Vilka projekt saknar telefonnummer?", "I 2 av dem undanhålls kontakten på begäran."),
        ("Hur många projekt har kontaktperson?", "I ytterligare 1 projekt undanhålls kontakten på begäran."),
        ("How many projects lack a contact person?", "The contact of 1 of them is withheld on request."),
    ],
)
def test_counts_tell_how_many_are_withheld(question: str, said: str, ask: Ask) -> None:
    """Whose contact is withheld has one all the same, and the reply says of how many that is so."""
    assert said in render(ask(question))


def test_other_counts_say_nothing_of_it(ask: Ask) -> None:
    """Where all that lack a fact do lack it, nothing is added."""
    assert "undanhålls" not in render(ask("Hur många projekt saknar diarienummer?"))


def test_in_telegram(ask: Ask) -> None:
    """A page of contacts says it with its label, and nothing can be pressed to reach the person."""
    page = page_of(ask("Visa kontaktperson för alla projekt"), 0)
    assert "Kontakt undanhållen: på begäran; vänd dig till projektägaren" in page.text
    assert "Projektägare: Kommunstyrelseförvaltningen" in page.text
    assert "Kontakt undanhållen: en kontaktperson till, på begäran" in page.text
    answer = ask("telefon till Vinnande Arena")
    showing = Showing(lambda _: "1", lambda text: Query(text, "sv", Operation.SHOW), "1", "bot")
    (screen,) = answer_screens(answer, card("vinnande-arena", "sv"), showing)
    assert not any(button.copies for row in screen.keyboard for button in row)


def test_in_groups(ask: Ask) -> None:
    """Where numbers and addresses are hidden, it is still said."""
    assert ON_REQUEST.partition("  [")[0] in render(without_contacts(ask("telefon till Vinnande Arena")))


def test_in_files_and_records(store: SqliteStore) -> None:
    """No contact card is made of the person; a record has nobody and tells what is withheld."""
    arena, bergslagen = store.projects(["vinnande-arena", "bergslagsesursen-nu"])
    assert contact_cards(arena, DAY) == ()
    assert [contact.name for contact in contact_cards(bergslagen, DAY)] == ["Bo Ek"]
    record = project_record(arena, [])
    assert [record[name] for name in ("contact", "email", "phone", "contacts")] == [None, None, None, []]
    assert record["withheld"] == ["contact", "email", "phone"]
    assert "withheld" not in record["facts"]
    assert [found["line"] for found in record["sources"]["withheld"]] == [8, 9, 10]


def test_as_json(ask: Ask) -> None:
    """Each value that is withheld is a fact with its line, and so is the owner."""
    facts = render_json(ask("kontakt för Vinnande Arena"), 1)["facts"]
    assert [(fact["field"], fact["value"], fact["source"]["line"]) for fact in facts] == [
        ("withheld", "contact", 8),
        ("withheld", "email", 9),
        ("withheld", "phone", 10),
        ("owner", "Kommunstyrelseförvaltningen", 7),
    ]


def test_nothing_is_asked_for_by_the_fields_name(store: SqliteStore) -> None:
    """That contacts are withheld is no fact that people ask for."""
    assert "withheld" not in understand("Visa kontakt undanhållen för alla", Conversation(), store).fields
