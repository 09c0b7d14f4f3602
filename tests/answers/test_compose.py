"""What is replied, on the shipped sheets."""

import pytest

from esfbot.model.answer import Kind
from esfbot.model.query import Conversation
from esfbot.render.plain import render
from esfbot.service import Service


def ask(service: Service, question: str) -> str:
    """The reply as text."""
    return render(service.answer(question, Conversation())[0])


def test_a_contact_of_a_place_says_who_and_where_it_stands(service: Service) -> None:
    """The reply has name, address, number and project, each with its line, how the place belongs to it, and that it is
    over."""
    assert ask(service, "Vem är kontaktperson i Ludvika?") == (
        "Kontakt i Ludvika:\n"
        "\n"
        "BERGSLAGSESURSEN.NU\n"
        "  Kontaktperson  Jenny Lyxell  [bergslagsesursen-nu.txt, rad 12]\n"
        "  E-post         jenny.lyxell@rorlighet.se  [bergslagsesursen-nu.txt, rad 13]\n"
        "  Telefon        0240-564451  [bergslagsesursen-nu.txt, rad 14]\n"
        "  Ludvika står i bladets kommunlista (rad 132). Projektet avslutades 22 juni 2010."
    )


def test_a_question_of_the_narrative_quotes_the_sentences_that_say_so(service: Service) -> None:
    """The project is found by what its sheet tells, and the words stand in the quote."""
    answer, _ = service.answer("Vilket projekt handlar om långtidssjukskrivna?", Conversation())
    assert (answer.projects[0].title, answer.kind) == ("Vinnande Arena", Kind.PASSAGES)
    assert "långtidssjukskrivna" in answer.quotes[0].text


@pytest.mark.parametrize(
    ("question", "kind", "says"),
    [
        ("Kontakt i Kiruna?", Kind.NONE_THERE, "Inget projekt på bladen anger Kiruna."),
        ("Vad är budgeten för Gröna Broar?", Kind.UNKNOWN, "Det finns inget projekt som heter Gröna Broar på bladen."),
        ("Hur når jag Jenny Karlsson?", Kind.UNKNOWN, "Ingen kontaktperson på bladen heter Jenny Karlsson."),
        (
            "Vem har nummer 08-465 004 99?",
            Kind.UNKNOWN,
            "Ingen kontaktperson på bladen har telefonnumret 08-465 004 99.",
        ),
        (
            "Vilket diarienummer har Göra Skillnad?",
            Kind.NOT_STATED,
            "Bladet för Göra Skillnad anger inte diarienummer.",
        ),
        ("Vilken lön har Faiz Jaber?", Kind.NOT_STATED, "Bladet för Gå vidare II säger inget om det."),
        ("Vad blir det för väder?", Kind.OUTSIDE, "Det säger projektbladen inget om."),
        ("Vad är budgeten?", Kind.ASK_BACK, "Vilket projekt menar du?"),
    ],
)
def test_each_kind_of_no_says_what_is_missing_and_offers_a_next_step(
    service: Service, question: str, kind: Kind, says: str
) -> None:
    """No project there, no such name, not stated, not what sheets tell: four replies, each with a suggestion."""
    answer, _ = service.answer(question, Conversation())
    assert (answer.kind, answer.abstained, bool(answer.suggestions)) == (kind, True, True)
    assert render(answer).startswith(says)


def test_a_place_that_is_only_mentioned_has_no_contact(service: Service) -> None:
    """Degerfors stands in a text and in no list: the project is offered and its contact is not shown."""
    answer, _ = service.answer("kontakt i Degerfors", Conversation())
    assert (answer.projects, answer.cards) == ((), ())
    assert "Göra Skillnad nämner Degerfors i texten" in answer.suggestions[0]


def test_a_person_beside_another_project_is_told_apart(service: Service) -> None:
    """The reply says whose contact the named person is, so that nobody takes one for the other."""
    reply = ask(service, "Är Jenny Lyxell kontaktperson för Göra Skillnad?")
    assert reply.startswith("Nej.\n\nJenny Lyxell är kontaktperson för BERGSLAGSESURSEN.NU, inte för Göra Skillnad.")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (
            "Är Kalle Persson kontaktperson för Vinnande Arena?",
            "Nej.\n\nIngen kontaktperson på bladen heter Kalle Persson.",
        ),
        ("Är det Kalle Persson som är ansvarig för Vinnande Arena?", "Nej.\n\nIngen kontaktperson på bladen heter"),
        ("Is Kalle Persson the contact for Vinnande Arena?", "No.\n\nNo contact person on the sheets is called Kalle"),
    ],
)
def test_a_person_whom_the_sheets_lack_is_denied(service: Service, question: str, said: str) -> None:
    """The reply says so before it tells whose project it is; nobody else is taken for the person who was named."""
    reply = ask(service, question)
    assert reply.startswith(said)
    assert "katarina.liljerod@vargarda.se" in reply


def test_other_words_are_no_person(service: Service) -> None:
    """What a contact is asked to be like is not denied as a name."""
    reply = ask(service, "Har Vinnande Arena en svensktalande trevlig kontaktperson?")
    assert "Nej" not in reply


def test_a_place_beside_a_project_that_does_not_list_it_is_said(service: Service) -> None:
    """A project that is asked for by name with a wrong place is shown with a word about the place."""
    assert "Bladet för Göra Skillnad anger inte Kiruna." in ask(service, "kontakt Göra Skillnad Kiruna")


def test_an_organisation_that_takes_part_is_not_the_project(service: Service) -> None:
    """Asked for an organisation's number, the reply says that what it shows is the project's."""
    reply = ask(service, "telefon till Ludvika lasarett")
    assert reply.startswith("Ludvika lasarett står på bladet för BERGSLAGSESURSEN.NU som deltagande aktörer (rad ")


def test_a_place_without_projects_beside_one_with_some_is_named(service: Service) -> None:
    """Of two places the one that no sheet lists is said."""
    assert "Inget projekt på bladen anger Kiruna." in ask(service, "kontakt i Ludvika och Kiruna")


def test_all_facts_are_all_that_the_sheet_states(service: Service) -> None:
    """Asked for everything, the reply has each fact of the project, the lists among them."""
    answer, _ = service.answer("Alla fakta om Bergslagsresursen", Conversation())
    (project,) = service.store.projects([answer.projects[0].id])
    stated = {fact.field for fact in project.facts} - {"title"}
    shown = {row.field for row in answer.cards[0].rows} | {
        fact.field for row in answer.cards[0].rows for fact in row.facts
    }
    assert stated <= shown
    assert "Zmide i Krylbo AB" in render(answer)


def test_a_name_that_fits_several_is_asked_back(service: Service) -> None:
    """Two titles hold the word Arena, and neither is picked in silence: what is asked is not shown, only what tells
    them apart."""
    answer, _ = service.answer("Vad är budgeten för arena?", Conversation())
    assert (answer.kind, {project.title for project in answer.projects}) == (
        Kind.ASK_BACK,
        {"Arena för nyorientering", "Vinnande Arena"},
    )
    assert {row.field for card in answer.cards for row in card.rows} == {"owner", "period"}


def test_a_total_says_over_how_many_projects_it_runs(service: Service) -> None:
    """A sum is that of all projects, and says how many they are."""
    reply = ask(service, "Hur mycket ESF-stöd har beviljats totalt?")
    assert reply.startswith("ESF-stöd sammanlagt: 10 774 947 kr (5 projekt).")


def test_a_computed_fact_shows_what_it_was_computed_from(service: Service) -> None:
    """A share comes with the two amounts."""
    reply = ask(service, "Hur stor del av Vinnande Arenas budget var ESF-stöd?")
    assert "40,8 % (2 717 864 kr av 6 660 445 kr)" in reply


def test_an_english_question_gets_an_english_reply(service: Service) -> None:
    """Amounts and labels are written as the question's language does."""
    assert ask(service, "What is the budget of Göra Skillnad?") == (
        "Göra Skillnad\n  Total budget  SEK 11,390,540  [gora-skillnad.txt, line 12]"
    )


def test_no_contact_is_shown_of_a_project_that_the_reply_is_not_about(service: Service) -> None:
    """Every card belongs to one of the reply's projects, whatever is asked."""
    questions = [
        "Kontakt i Värmland",
        "vem är Elisabeth",
        "kontakter i Norra Mellansverige",
        "kontakt spendrups",
        "hej",
    ]
    for question in questions:
        answer, _ = service.answer(question, Conversation())
        assert {card.project for card in answer.cards} <= set(answer.projects)


def test_every_quote_stands_on_the_sheet_where_it_says(service: Service) -> None:
    """The first line of a quote is found on the line that its source names."""
    from tests.conftest import SEEDS

    for question in ("projekt om praktik", "Vad är syftet med Gå vidare II?", "dyslexi", "Sammanfatta Göra Skillnad"):
        for quote in service.answer(question, Conversation())[0].quotes:
            lines = (SEEDS / quote.source.sheet).read_text(encoding="utf-8").split("\n")
            assert quote.text.split("\n")[0].strip() in lines[quote.source.line - 1]


def test_every_fact_stands_on_the_line_it_names(service: Service) -> None:
    """Names, addresses and numbers are copied from the line that the reply gives as their source."""
    from tests.conftest import SEEDS

    for project in service.store.projects(service.store.find()):
        for fact in project.facts:
            lines = (SEEDS / fact.source.sheet).read_text(encoding="utf-8").split("\n")
            assert fact.published in lines[fact.source.line - 1]
