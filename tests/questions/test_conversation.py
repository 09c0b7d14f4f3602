"""Conversations on the shipped sheets: what each turn is about."""

from collections.abc import Sequence

import pytest

from esfbot.model.query import Conversation
from esfbot.render.plain import render
from esfbot.service import Service

A, B, G, V, S = (
    "Arena för nyorientering",
    "BERGSLAGSESURSEN.NU",
    "Gå vidare II",
    "Vinnande Arena",
    "Göra Skillnad",
)
Turn = tuple[str, Sequence[str]]

TALKS: dict[str, Sequence[Turn]] = {
    "a new subject replaces the old": [
        ("Berätta om Vinnande Arena", [V]),
        ("vad är budgeten?", [V]),
        ("och Göra Skillnad?", [S]),
        ("vem äger det?", [S]),
    ],
    "them are those named one after the other": [
        ("Hur mycket ESF-stöd fick Vinnande Arena?", [V]),
        ("och Göra Skillnad?", [S]),
        ("vilket av dem fick mest?", [S]),
        ("jämför dem", [V, S]),
    ],
    "a project is picked by its place in the list": [
        ("Sortera projekten efter budget, störst först", [S, V, B, G, A]),
        ("nummer två", [V]),
        ("nästa", [B]),
        ("och den förra?", [V]),
        ("den sista", [A]),
    ],
    "the other one of two": [
        ("Projekt i Östra Mellansverige", [G, S]),
        ("vilket är störst?", [S]),
        ("nej, den andra", [G]),
    ],
    "an order goes on": [
        ("Vilket projekt har störst budget?", [S]),
        ("näst störst?", [V]),
        ("tredje?", [B]),
        ("och minst?", [A]),
    ],
    "a condition narrows the list down": [
        ("Vilka projekt pågick 2009?", [A, B, G]),
        ("bara de i Norra Mellansverige", [A, B]),
        ("hur många är det?", [A, B]),
    ],
    "a condition is exchanged and the others are kept": [
        ("Vilka projekt startade 2009?", [A, B, G]),
        ("och 2011?", [V]),
        ("och 2009?", [A, B, G]),
        ("i Östra Mellansverige?", [G]),
    ],
    "the opposite order is of all again": [
        ("Visa de två billigaste projekten", [A, G]),
        ("och de två dyraste", [S, V]),
    ],
    "a correction keeps what was asked": [
        ("Vad är budgeten för Vinnande Arena?", [V]),
        ("nej, jag menade Göra Skillnad", [S]),
    ],
    "the answer to which one": [
        ("Vad är budgeten för Arena?", [A, V]),
        ("Vinnande", [V]),
    ],
    "yes to an offer": [
        ("Vem är kontaktperson för Vinnande Laget?", []),
        ("ja", [V]),
    ],
    "a person who is not the contact": [
        ("Vem är kontaktperson i Karlskoga?", [S]),
        ("är det Jenny Lyxell?", [S]),
    ],
    "what is not there is not the subject": [
        ("Vem är kontaktperson för Vinnande Arena?", [V]),
        ("kontakt i Kiruna", []),
        ("och budgeten?", []),
    ],
    "English": [
        ("Which projects ran in 2009?", [A, B, G]),
        ("which of them got the most?", [B]),
        ("phone number?", [B]),
        ("what about Vinnande Arena?", [V]),
    ],
}


def turns(service: Service, talk: Sequence[Turn]) -> list[Turn]:
    """What each turn is about."""
    conversation = Conversation()
    found: list[Turn] = []
    for question, _ in talk:
        answer, conversation = service.answer(question, conversation)
        found.append((question, [project.title for project in answer.projects]))
    return found


@pytest.mark.parametrize("name", TALKS)
def test_each_turn_is_about_what_is_meant(service: Service, name: str) -> None:
    """Pronouns, ellipsis, picks and corrections stand for the projects that a reader would take them for."""
    assert turns(service, TALKS[name]) == [(question, list(titles)) for question, titles in TALKS[name]]


def last(service: Service, *questions: str) -> str:
    """The reply to the last of the questions of one conversation."""
    conversation, reply = Conversation(), ""
    for question in questions:
        answer, conversation = service.answer(question, conversation)
        reply = render(answer)
    return reply


def test_the_last_question_in_the_other_language(service: Service) -> None:
    """The question "och på engelska?" repeats the reply in English."""
    assert "Contact person" in last(service, "Vem är kontaktperson i Ludvika?", "och på engelska?")


def test_a_person_who_is_not_the_contact_is_denied(service: Service) -> None:
    """The reply says no, and whose contact the person is."""
    reply = last(service, "Vem är kontaktperson i Karlskoga?", "är det Jenny Lyxell?")
    assert reply.startswith("Nej.\n\nJenny Lyxell är kontaktperson för BERGSLAGSESURSEN.NU, inte för Göra Skillnad.")


def test_a_complete_list_has_no_more(service: Service) -> None:
    """After a list of all there is nothing left to show."""
    assert last(service, "Lista alla projekt", "visa fler") == "Det var alla."
