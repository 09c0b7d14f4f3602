"""Lists, totals, groups, comparisons, and yes and no, on the shipped sheets."""

import pytest

from esfbot.model.answer import Kind
from esfbot.model.query import Conversation
from esfbot.render.plain import render
from esfbot.service import Service

A, B, G = "Arena för nyorientering", "BERGSLAGSESURSEN.NU", "Gå vidare II"
V, S = "Vinnande Arena", "Göra Skillnad"


def ask(service: Service, question: str) -> str:
    """The reply as text."""
    return render(service.answer(question, Conversation())[0])


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("Ligger Göra Skillnad i Karlskoga?", "Ja.\n"),
        ("Ligger Göra Skillnad i Ludvika?", "Nej.\n\nBladet för Göra Skillnad anger inte Ludvika."),
        ("Fick Vinnande Arena mer än 5 miljoner?", "Nej.\n"),
        ("Did Göra Skillnad receive more than 5 million?", "Yes.\n"),
        ("Pågick Vinnande Arena längre än Gå vidare II?", "Ja.\n"),
        ("Startade Vinnande Arena före Gå vidare II?", "Nej.\n"),
        ("Är Jenny Lyxell kontaktperson för Bergslagsresursen?", "Ja.\n"),
        ("Är Jenny Lyxell kontaktperson för Göra Skillnad?", "Nej.\n\nJenny Lyxell är kontaktperson för BERGS"),
        ("Finns det något projekt i Värmland?", "Ja. 1 projekt i Värmland:"),
        ("Finns det något projekt i Kiruna?", "Nej. Inget projekt på bladen anger Kiruna."),
        ("Är alla projekt i fasen genomförande?", "Nej. 3 av 5 är projekt i fasen Genomförande:"),
        ("Har alla projekt en kontaktperson?", "Ja, alla 5 är projekt med uppgift om kontaktperson."),
        ("Täcker ESF-stödet hela budgeten i Vinnande Arena?", "Nej.\n"),
    ],
)
def test_yes_and_no(service: Service, question: str, begins: str) -> None:
    """A question that can be answered by yes or no begins with it, and shows what it rests on."""
    assert ask(service, question).startswith(begins)


def test_a_place_that_the_text_mentions_is_no_plain_no(service: Service) -> None:
    """Where the sheet does not list a place and yet speaks of it, the reply says just that."""
    reply = ask(service, "Ligger Göra Skillnad i Degerfors?")
    assert reply.startswith("Göra Skillnad nämner Degerfors i texten, men anger det inte som sin kommun.")


def test_a_group_counts_every_project(service: Service) -> None:
    """Each value has its projects, and the table tells of how many it is."""
    answer, _ = service.answer("Hur många projekt finns per region?", Conversation())
    assert [(tally.value, tally.number) for tally in answer.tallies] == [
        ("Norra Mellansverige", 2),
        ("Östra Mellansverige", 2),
        ("Västsverige", 1),
    ]
    assert "3 olika, i 5 projekt." in render(answer)


def test_a_project_of_several_places_is_said_to_count_in_each(service: Service) -> None:
    """Sixteen municipalities of one project are sixteen lines, and the reply says so."""
    assert "Ett projekt räknas en gång i varje kommun som det har." in ask(service, "Hur många projekt per kommun?")


def test_the_first_of_each_group(service: Service) -> None:
    """The largest project of each region stands beside it."""
    answer, _ = service.answer("Vilket projekt har störst budget per region?", Conversation())
    assert {tally.value: tally.projects[0].title for tally in answer.tallies} == {
        "Norra Mellansverige": "BERGSLAGSESURSEN.NU",
        "Östra Mellansverige": "Göra Skillnad",
        "Västsverige": "Vinnande Arena",
    }


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("Jämför budget för Vinnande Arena och Göra Skillnad", "Skillnad i Total budget: 4 730 095 kr (Göra Skillnad"),
        ("Skillnaden mellan budget och ESF-stöd för Vinnande Arena", "ESF-stöd för Vinnande Arena: 3 942 581 kr."),
        ("Hur mycket fick Vinnande Arena och Göra Skillnad tillsammans?", "sammanlagt: 8 070 665 kr (2 projekt)."),
        ("Hur stor andel av projekten är i Värmland?", "Det är 20 % av 5 projekt."),
        ("Vilket är det äldsta projektet?", "Start, tidigast först:"),
        ("När startade det största projektet?", "Start         16 januari 2012"),
        ("Hur många projekt handlar om dyslexi?", "inte vad texten säger om ”dyslexi”"),
    ],
)  # fmt: skip
def test_what_is_worked_out_says_how(service: Service, question: str, says: str) -> None:
    """Differences, sums, shares and orders say what they are of; what can't be counted is said not to be."""
    assert says in ask(service, question)


def test_a_total_names_who_lacks_the_fact(service: Service) -> None:
    """A fact that no sheet states is no nought."""
    answer, _ = service.answer("Hur många deltagare planeras sammanlagt?", Conversation())
    assert (answer.kind, answer.abstained) == (Kind.NOT_STATED, True)


@pytest.mark.parametrize(
    ("question", "titles"),
    [
        ("Vilka projekt är större än Vinnande Arena?", [S]),
        ("Vilka projekt startade efter Gå vidare II?", [A, B, V, S]),
        ("Projekt i samma region som Göra Skillnad", [G]),
        ("alla utom Vinnande Arena och Göra Skillnad", [A, B, G]),
        ("Vilka projekt pågick inte 2009?", [V, S]),
        ("Vilka projekt pågick hela 2012?", [V]),
        ("projekt där ESF-stödet är lika stort som budgeten", [A, B, G]),
        ("Vilka projekt har ett avsnitt om transnationellt samarbete?", [V]),
    ],
)  # fmt: skip
def test_lists_are_complete(service: Service, question: str, titles: list[str]) -> None:
    """Every project that fulfils the conditions, and no other."""
    answer, _ = service.answer(question, Conversation())
    assert sorted(project.title for project in answer.projects) == sorted(titles)


def test_a_group_of_what_no_sheet_states_is_no_shared_value(service: Service) -> None:
    """The reply says that the fact is not stated, and nothing of values in common."""
    answer, _ = service.answer("Hur många deltagare planeras sammanlagt per region?", Conversation())
    assert (answer.kind, answer.abstained) == (Kind.NOT_STATED, True)
