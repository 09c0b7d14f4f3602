"""What questions ask, read against the names of a small collection."""

import datetime

import pytest

from esfbot.model.query import Conversation, Operation, Test
from tests.questions.conftest import Reader


@pytest.mark.parametrize(
    ("question", "fields"),
    [
        ("Vad är budgeten för Nya vägar?", ("total_budget",)),
        ("budjet nya vägar", ("total_budget",)),
        ("Hur mycket fick Nya vägar?", ("esf_support",)),
        ("How much did Nya vägar cost?", ("total_budget",)),
        ("När startade Nya vägar?", ("start",)),
        ("Hur länge pågick Nya vägar?", ("period",)),
        ("När var Nya vägar?", ("period",)),
        ("kontaktperson och budget för Nya vägar", ("contact", "total_budget")),
        ("Vem driver Nya vägar?", ("owner",)),
        ("telefon nummer till nya vägar", ("phone",)),
        ("Hur stor del av Nya vägars budget var ESF-stöd?", ("esf_share",)),
        ("Vilka medfinansiärer har Nya vägar?", ("co_funder",)),
        ("Vad är syftet med Nya vägar?", ("purpose",)),
        ("Berätta om Nya vägar", ()),
    ],
)
def test_facts_are_asked_for_by_any_of_their_names(read: Reader, question: str, fields: tuple[str, ...]) -> None:
    """The facts asked for are read from the words people use for them."""
    query = read(question)
    assert (query.operation, query.fields, query.projects) == (Operation.SHOW, fields, ("nya-vagar",))


@pytest.mark.parametrize(
    ("name", "project"),
    [
        ("nya vägar", "nya-vagar"),
        ("NYA VÄGAR", "nya-vagar"),
        ("nya vagar", "nya-vagar"),
        ("Nya vägars", "nya-vagar"),
        ("nya vägra", "nya-vagar"),
        ("nya horisonterna", "nya-horisonter"),
        ("Tryggare i arbetet III", "tryggare-i-arbetet-iii"),
        ("tryggare i arbetet 3", "tryggare-i-arbetet-iii"),
        ("tryggare", "tryggare-i-arbetet-iii"),
        ("2019/00345", "2019-00345"),
        ("2019-00345", "2019-00345"),
        ("Vinterljuset", "2019-00345"),
        ("Glasbruket i Orrefors", "nya-horisonter"),
        ("Sara Niia", "2019-00345"),
        ("niia", "2019-00345"),
        ("anna.lind@kalmar.example.se", "nya-horisonter"),
        ("0980-31 92 01", "nya-horisonter"),
        ("+46 980 319201", "nya-horisonter"),
    ],
)
def test_projects_are_found_by_any_of_their_names(read: Reader, name: str, project: str) -> None:
    """A title, number, person, organisation, address or number names its project, also in part and misspelt."""
    assert read(f"kontaktuppgifter {name}").projects == (project,)


def test_a_first_name_that_two_people_have_stands_for_both(read: Reader) -> None:
    """Anna is two contacts, and neither is picked in silence."""
    assert read("Vem är Anna?").projects == ("nya-horisonter", "nya-vagar")


def test_a_part_that_two_titles_share_is_asked_back(read: Reader) -> None:
    """The word "Nya" begins two titles."""
    query = read("budget för projektet Nya")
    assert not query.projects
    assert {named.name for named in (*query.choices,)} in ({"Nya vägar", "Nya horisonter"}, set())
    assert query.choices or query.unknown


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Vad är budgeten för Gröna Broar?", "Gröna Broar"),
        ("Vem är kontaktperson för Nya Broar?", "Nya Broar"),
        ("telefon till Anna Karlsson", "Anna Karlsson"),
        ("Hur når jag Sara Berg?", "Sara Berg"),
        ("mejl till Bo Lind", "Bo Lind"),
        ("kontakt för Tryggare i skolan", "Tryggare i skolan"),
        ("Nya vägar 2 budget", "Nya vägar 2"),
        ("kontakt Vinterljus II", "Vinterljus II"),
        ("vad är 2019/00346", "2019/00346"),
        ("Tryggare i arbetet II telefon", "Tryggare i arbetet II"),
    ],
)
def test_a_name_that_only_resembles_a_known_one_is_unknown(read: Reader, question: str, name: str) -> None:
    """A known first name with another surname, or a known title with another word in it, stands for nothing known."""
    query = read(question)
    assert ([unknown.text for unknown in query.unknown], query.projects) == ([name], ())


@pytest.mark.parametrize(
    ("question", "operation", "fields", "codes"),
    [
        ("Vem är kontaktperson i Kungsör?", Operation.SHOW, ("contact",), ("1960",)),
        ("vem ringer jag i kungsor", Operation.SHOW, ("phone",), ("1960",)),
        ("Vem i Kungsör?", Operation.SHOW, ("contact",), ("1960",)),
        ("Projekt i Kalmar län", Operation.LIST, (), ("08",)),
        ("Is there any project in Lund?", Operation.LIST, (), ("1281",)),
        ("kontakt i Lund och Nybro", Operation.SHOW, ("contact",), ("1281", "0881")),
    ],
)
def test_a_place_is_a_condition(
    read: Reader, question: str, operation: Operation, fields: tuple[str, ...], codes: tuple[str, ...]
) -> None:
    """A municipality, county or region narrows the projects down, and several are any of them."""
    query = read(question)
    assert (query.operation, query.fields, query.conditions[0].operands) == (operation, fields, codes)


def test_an_amount_is_a_condition_on_the_fact_it_is_of(read: Reader) -> None:
    """The words "mindre än 1 miljon i ESF-stöd" is about the support and asks for nothing else of it."""
    query = read("Vilka projekt fick mindre än 1 miljon kronor i ESF-stöd?")
    condition = query.conditions[0]
    assert (query.operation, query.fields) == (Operation.LIST, ())
    assert (condition.field, condition.test, condition.operands) == ("esf_support", Test.UNDER, (1_000_000,))


@pytest.mark.parametrize(
    ("question", "field", "test", "operands"),
    [
        ("projekt som pågick 2010", "period", Test.WITHIN, (datetime.date(2010, 1, 1), datetime.date(2010, 12, 31))),
        ("projekt som startade efter 2010", "start", Test.AFTER, (datetime.date(2010, 12, 31),)),
        ("projects that ended before June 2011", "end", Test.BEFORE, (datetime.date(2011, 6, 1),)),
        ("projekt under mars 2009", "period", Test.WITHIN, (datetime.date(2009, 3, 1), datetime.date(2009, 3, 31))),
        (
            "projekt mellan 2010 och 2012",
            "period",
            Test.WITHIN,
            (datetime.date(2010, 1, 1), datetime.date(2012, 12, 31)),
        ),
    ],
)
def test_a_time_is_a_condition(
    read: Reader, question: str, field: str, test: Test, operands: tuple[datetime.date, ...]
) -> None:
    """Years, months and spans are read with the relation that stands before them."""
    condition = read(question).conditions[0]
    assert (condition.field, condition.test, condition.operands) == (field, test, operands)


@pytest.mark.parametrize(
    ("question", "operation"),
    [
        ("Hur många projekt finns det?", Operation.COUNT),
        ("Hur mycket ESF-stöd har beviljats totalt?", Operation.SUM),
        ("genomsnittlig budget", Operation.AVERAGE),
        ("Vilket projekt har störst budget?", Operation.RANK),
        ("Lista alla projekt", Operation.LIST),
        ("hej", Operation.TALK),
        ("tack så mycket!", Operation.TALK),
        ("", Operation.NOTHING),
        ("???", Operation.NOTHING),
    ],
)
def test_what_is_to_be_done_is_read(read: Reader, question: str, operation: Operation) -> None:
    """Counting, summing, ordering and listing are told from each other and from small talk."""
    assert read(question).operation is operation


def test_words_that_nothing_accounts_for_are_the_topic(read: Reader) -> None:
    """What is no name, fact, place or function word is looked for in the narrative."""
    query = read("Hur många arbetslösa ungdomar får hjälp i Nya vägar?")
    assert (query.operation, query.topic, query.wants) == (Operation.PASSAGES, "arbetslösa ungdomar", "number")


@pytest.mark.parametrize(
    "question",
    [
        "Hur många projekt hjälper spetälska?",
        "Hur många projekt har Bo Alm?",
        "How many projects help lepers?",
        "Vilket projekt har störst budget hos Volvo?",
        "Hur mycket kostade projekten sammanlagt för spetälska?",
        "Vilket projekt om jämställdhet fick mest pengar?",
    ],
)
def test_what_the_narrative_may_tell_is_not_counted(read: Reader, question: str) -> None:
    """To leave out a word that nothing accounts for would count or order other projects than are asked for."""
    query = read(question)
    assert (query.operation, query.unread) == (Operation.PASSAGES, True)


@pytest.mark.parametrize(
    ("question", "operation"),
    [
        ("Hur många projekt finns i systemet?", Operation.COUNT),
        ("How many projects are in the database?", Operation.COUNT),
        ("Hur mycket ESF-stöd har betalats ut sammanlagt?", Operation.SUM),
        ("Hur mycket pengar har satsats på projekten totalt?", Operation.SUM),
        ("Vilka tre projekt har fått mest pengar?", Operation.RANK),
        ("Vilket är det i särklass dyraste projektet någonsin?", Operation.RANK),
        ("whats the biggest project so far", Operation.RANK),
        ("how much money was spent altogether", Operation.SUM),
    ],
)
def test_words_that_are_no_matter_do_not_keep_from_counting(read: Reader, question: str, operation: Operation) -> None:
    """What people say of any project, as that it is registered."""
    assert read(question).operation is operation


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Hur många projekt är Bo Alm kontaktperson för?", "Bo Alm"),
        ("Vilka projekt är Bo Alm kontaktperson för?", "Bo Alm"),
        ("är bosse alm kontakt för några projekt", "bosse alm"),
        ("How many projects is Bosse Alm the contact person of?", "Bosse Alm"),
    ],
)
def test_a_person_whom_the_sheets_lack(read: Reader, question: str, name: str) -> None:
    """Nobody else's projects are told instead."""
    assert [(unknown.text, unknown.kind) for unknown in read(question).unknown] == [(name, "person")]


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Vem är kontaktperson i Köpenhamn?", "place"),
        ("Who is the contact in Copenhagen?", "place"),
        ("Vem är kontaktperson för Köpenhamn?", "project"),
        ("Vem är kontaktperson i Röda Tråden?", "project"),
    ],
)
def test_a_place_that_is_none_in_sweden(read: Reader, question: str, kind: str) -> None:
    """One word behind "i" would be a place; a project's name may stand there too."""
    assert [unknown.kind for unknown in read(question).unknown] == [kind]


@pytest.mark.parametrize(
    ("question", "tests"),
    [
        ("Which projects finished in 2012?", [("end", Test.WITHIN)]),
        ("How many projects were completed before 2012?", [("end", Test.BEFORE)]),
        ("Vilka projekt är avslutade?", [("end", Test.BEFORE)]),
        ("Vilket avslutat projekt hade störst budget?", [("end", Test.BEFORE)]),
        ("Hur många projekt var kortare än ett halvår?", [("duration", Test.UNDER)]),
    ],
)
def test_when_projects_ended(read: Reader, question: str, tests: list[tuple[str, Test]]) -> None:
    """In a year that is named, or by now."""
    assert [(condition.field, condition.test) for condition in read(question).conditions] == tests


@pytest.mark.parametrize(
    "question", ["Störst skillnad mellan budget och ESF-stöd, vilket projekt är det?", "budget per deltagare"]
)
def test_what_no_sheet_states_is_not_put_in_order(read: Reader, question: str) -> None:
    """The order of another amount would be taken for its own."""
    assert [unknown.kind for unknown in read(question).unknown] == ["fact"]


def test_a_project_that_the_sheets_lack_is_no_person(read: Reader) -> None:
    """What stands behind "för" has a contact and is none."""
    assert [unknown.kind for unknown in read("Vem är kontaktperson för projektet Röda Tråden?").unknown] == ["project"]


def test_diacritics_may_be_left_out_but_not_changed(read: Reader) -> None:
    """The word "är" is no misspelt "år", while "ar" may be either."""
    assert read("Vilka är samarbetspartners i Nya vägar?").fields == ("partner",)


def test_a_question_without_a_subject_goes_on_about_the_last_project(read: Reader) -> None:
    """The question "vad är budgeten?" after a project asks for that project's."""
    query = read("Vad är budgeten?", Conversation(focus=("nya-vagar",)))
    assert (query.projects, query.inherited) == (("nya-vagar",), True)


def test_and_in_another_place_asks_the_same_of_it(read: Reader) -> None:
    """The question "och i Lund?" after a contact asks for the contact there."""
    before = read("Vem är kontaktperson i Kungsör?")
    query = read("och i Lund?", Conversation(focus=("nya-vagar",), query=before))
    assert (query.fields, query.conditions[0].text) == (("contact",), "Lund")


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ("projekt som inte är i Lund", "municipality"),
        ("projects not in Kiruna", "municipality"),
        ("kontakter utom Anna Berg", "title"),
        ("alla projekt utom Vinterljus", "title"),
        ("projekt som inte startade 2019", "start"),
    ],
)
def test_what_is_to_be_left_out_is_a_condition_turned_round(read: Reader, question: str, field: str) -> None:
    """A place, a time or a project that a question leaves out is not taken for one that it wants."""
    query = read(question)
    assert ([(c.field, c.negated) for c in query.conditions], query.projects) == ([(field, True)], ())


def test_the_senders_own_name_and_number_are_no_matter_of_the_question(read: Reader) -> None:
    """What stands behind a closing phrase is not asked about, and the question is kept whole."""
    text = "Vem är kontaktperson för Vinterljus? Mvh Anna Berg, 08-465 004 01"
    assert (read(text).projects, read(text).text) == (("2019-00345",), text)


def test_more_words_of_one_title_count_more_than_a_whole_shorter_one(read: Reader) -> None:
    """A misspelt whole title is that title, and not the beginning of another."""
    assert read("budget nya vagra").projects == ("nya-vagar",)


def test_the_language_is_that_of_the_question(read: Reader) -> None:
    """Swedish names do not make an English question Swedish; a word that tells nothing keeps the conversation's."""
    assert read("What is the budget of Nya vägar?").language == "en"
    assert read("Vinterljus").language == "sv"
    assert read("Vinterljus", Conversation(language="en")).language == "en"


@pytest.mark.parametrize(
    "text",
    [
        "a" * 100_000,
        "kontakt " * 20_000,
        "\x00\x01\x1b[2J",
        "' OR 1=1; --",
        "<script>alert(1)</script>",
        "\ud800",
        "١٢٣٤٥٦٧ ２０１０",
        "0" * 5000,
    ],
)
def test_any_text_is_read(read: Reader, text: str) -> None:
    """No text is too long or too odd to be read as a question, or as none."""
    assert read(text).operation in Operation
