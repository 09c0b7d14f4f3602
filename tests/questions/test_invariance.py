"""What a reply must not depend on, what it must never show, and what any text may cost."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from esfbot.fields import FIELDS
from esfbot.language.words import split
from esfbot.model.answer import Answer, Kind
from esfbot.model.query import Conversation
from esfbot.render.plain import render
from esfbot.service import Service
from tests.invented.projects import invented

PROJECTS = invented(60)
MOST_STATEMENTS = 200  # that one question may need: a section that 25 projects lack is looked for in the rest of each

thorough = settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])

QUESTIONS = (
    "Hur mycket ESF-stöd fick Kraftsteget II?",
    "Vem är kontaktperson för Styrkenyckeln?",
    "Vad är telefonnumret till kontaktpersonen för Klara broar II?",
    "mejl till Högre jobb",
    "När pågick Återstartsvalet?",
    "What is the total budget of Egna avtal?",
    "Who owns Kustspegeln?",
    "Berätta om Hopplyktan",
    "Ge mig alla fakta om GRUNDMOTORN",
    "Vad är syftet med Klara broar II?",
    "Vilka är medfinansiärer i Skogskuren?",
    "Vem äger projekt 2014/00732?",
    "Vem är kontaktperson i Ludvika?",
    "Vilka projekt finns i Borås?",
    "Which projects are there in Kalmar county?",
    "Hur många projekt finns i Västsverige?",
    "Visa budget för projekt i Kramfors",
    "Vilka projekt startade efter 2015?",
    "Vilka projekt pågick i mars 2012?",
    "Vilka projekt fick mer än 5 miljoner kronor i ESF-stöd?",
    "Which projects ran longer than three years?",
    "Which projects have more than three municipalities?",
    "Vilka projekt saknar medfinansiärer?",
    "Vilka projekt finns utom de i Skåne?",
    "Vilka projekt finns inom programområde 2?",
    "Hur mycket ESF-stöd har beviljats totalt?",
    "What is the average budget?",
    "Vilket projekt har störst budget?",
    "Vilka fem projekt fick mest ESF-stöd?",
    "How many projects are there per region?",
    "Vilken ägare har flest projekt?",
    "Jämför Egna avtal och Högre jobb",
    "Hade Egna avtal större budget än Högre jobb?",
    "Vem är Åsa-Märta O'Dalmark?",
    "Vem har adressen maria.karimzadel@regionhalland.example.se?",
    "Vem har telefonnummer 031-390 06 14?",
    "Vilka projekt äger Samordningsförbundet Tångringen?",
    "Vad är Älgflaggan?",
    "Vilket projekt arbetar med träslöjd?",
    "Hur många deltagare når Kustspegeln?",
    "Vem är kontaktperson för Gröna Broar?",
    "Vilka projekt finns i Malmö?",
    "Vad blir det för väder i morgon?",
    "Vad är budgeten?",
)
CHANGES: dict[str, Callable[[str], str]] = {
    "upper case": str.upper,
    "lower case": str.lower,
    "no mark": lambda text: text.rstrip("?"),
    "a mark": lambda text: text.rstrip("?") + "?",
    "a mark apart": lambda text: text.rstrip("?") + " ?",
    "several marks": lambda text: text.rstrip("?") + "?!",
    "an exclamation": lambda text: text.rstrip("?") + "!",
    "dots": lambda text: text.rstrip("?") + "...",
    "hello": lambda text: f"Hej! {text}",
    "hello before a comma": lambda text: f"Hej, {text}",
    "kindly": lambda text: f"{text.rstrip('?')}, snälla?",
    "please": lambda text: f"{text.rstrip('?')} please",
    "thanks": lambda text: f"{text} Tack!",
    "thanks in advance": lambda text: f"{text} Thanks in advance",
    "could you tell me": lambda text: f"Kan du säga mig {text}",
}


def told(answer: Answer) -> tuple[Any, ...]:
    """What a reply tells, without how."""
    facts = [(card.project.id, row.field, row.value) for card in answer.cards for row in card.rows]
    numbers = [(tally.value, tally.number) for tally in answer.tallies]
    return answer.kind, answer.abstained, [project.id for project in answer.projects], facts, numbers


# "Kan du säga mig" goes before a question word only.
PUT = [
    (question, change)
    for question in QUESTIONS
    for change in CHANGES
    if change != "could you tell me" or question.startswith(("V", "N", "Hur ", "Wh"))
]


@pytest.mark.parametrize(("question", "change"), PUT)
def test_how_it_is_put(question: str, change: str, sixty: Service) -> None:
    """Letter case, marks at the end and polite words change nothing that a reply tells."""
    plain, _ = sixty.answer(question, Conversation())
    changed, _ = sixty.answer(CHANGES[change](question), Conversation())
    assert told(changed) == told(plain), CHANGES[change](question)


# Questions that nobody would ask

NAMES = sorted(
    {project.title for project in PROJECTS}
    | {project.owner for project in PROJECTS if project.owner}
    | {person.name for project in PROJECTS for person in project.contacts}
    | {project.story.partner for project in PROJECTS}
    | {project.story.brand for project in PROJECTS}
    | {project.number for project in PROJECTS if project.number}
)
PLACES = sorted({place.name for x in PROJECTS for place in (*x.municipalities, *x.mentioned)})
FACTS = sorted({word for field in FIELDS.values() if field.asked for word in (field.sv, field.en, *field.words)})
KEYS = sorted({key for x in PROJECTS for person in x.contacts for key in (person.email, person.phone) if key})
WORDS = """
    vem vad när vilka hur många är har i för till och inte utom med kontakt ring mejla numret telefon budget projekt
    alla störst minst jämför mellan 2012 5 miljoner who what of the not most per after between Anna Maria Berg ? ,
""".split()
FIRST_AND_LAST = sorted({word for x in PROJECTS for person in x.contacts for word in person.name.split()})

MIXED = st.lists(
    st.one_of(*(st.sampled_from(words) for words in (NAMES, PLACES, FACTS, WORDS, FIRST_AND_LAST, KEYS))),
    min_size=1,
    max_size=7,
).map(" ".join)
ASKED_FOR_A_CONTACT = st.tuples(
    st.sampled_from(
        ("Vem är kontaktperson för", "telefon till", "Mejladress till", "Who is the contact of", "Ring", "Vem är")
    ),
    st.one_of(*(st.sampled_from(words) for words in (NAMES, PLACES, FIRST_AND_LAST, KEYS))),
    st.sampled_from(("", "i", "för", "på", "och", "eller", "inte", "utom", ",")),
    st.one_of(st.just(""), *(st.sampled_from(words) for words in (NAMES, PLACES, FACTS))),
).map(" ".join)


def sheets_by_contact() -> dict[str, set[str]]:
    """The sheets that every contact's name, address and number stand on."""
    sheets: dict[str, set[str]] = {}
    for project in PROJECTS:
        for person in project.contacts:
            for shown in (person.name, person.email, person.phone):
                if shown:
                    sheets.setdefault(shown, set()).add(project.file)
    return sheets


SHEETS = sheets_by_contact()


def about(answer: Answer, service: Service) -> set[str]:
    """The sheets of the projects that a reply is about, or counts under a name."""
    projects = [*answer.projects, *(project for tally in answer.tallies for project in tally.projects)]
    stored = service.store.projects([project.id for project in projects], ["title"])
    return {sheet for project in stored for sheet in project.sheets}


@settings(thorough, max_examples=400)
@given(question=MIXED | ASKED_FOR_A_CONTACT)
def test_no_contact_of_another_project(question: str, sixty: Service) -> None:
    """An address or a number that a reply shows is of a project that the reply is about, and so is a name, unless the
    question itself holds a part of it or it is offered in place of an unknown one."""
    answer, _ = sixty.answer(question, Conversation())
    whole, without_offers = render(answer), render(replace(answer, suggestions=()))
    own, asked = about(answer, sixty), {word.folded for word in split(question)}
    strangers = [shown for shown, sheets in SHEETS.items() if not sheets & own and shown in whole]
    assert [shown for shown in strangers if shown in KEYS] == [], question
    names = [shown for shown in strangers if shown not in KEYS and shown in without_offers]
    assert [name for name in names if not {word.folded for word in split(name)} & asked] == [], question


@contextmanager
def statements(service: Service) -> Iterator[list[str]]:
    """The SQL statements that run meanwhile."""
    run: list[str] = []

    def note(_: object, __: object, statement: str, *___: object) -> None:
        run.append(statement)

    engine = service.store._engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield run
    finally:
        event.remove(engine, "before_cursor_execute", note)


def assert_answered(text: str, service: Service) -> None:
    """Some reply to ``text`` comes from a bounded number of look-ups."""
    with statements(service) as run:
        answer, _ = service.answer(text, Conversation())
    assert answer.kind in Kind
    assert render(answer).strip(), text
    assert len(run) <= MOST_STATEMENTS, text


@thorough
@given(text=st.text(st.characters(), max_size=1500))
def test_any_text(text: str, sixty: Service) -> None:
    """Any text gets a reply: letters of all scripts, control characters, halves of characters."""
    assert_answered(text, sixty)


ODD = (
    *(
        "\0",
        "\x1b[2J",
        "\u202e",
        "😀",
        "🇸🇪",
        "\u0301",
        "%",
        "'",
        '"',
        "\\",
        ";--",
        "( ",
        "NEAR(",
        "*",
        "\n",
        "\t",
        "٣",
        "０",
    ),
    *("1" * 40, "-" * 30, "a" * 80, "åäö" * 20),
)
PARTS = st.one_of(*(st.sampled_from(words) for words in (QUESTIONS, NAMES, PLACES, FACTS, KEYS, WORDS, ODD)))


@thorough
@given(parts=st.lists(PARTS, max_size=150), between=st.sampled_from((" ", "", ", ", "\n")))
def test_texts_made_of_questions(parts: list[str], between: str, sixty: Service) -> None:
    """So do questions strung together, with what breaks patterns between them, however long."""
    assert_answered(between.join(parts), sixty)


def calls(text: str, service: Service) -> int:
    """How many functions a reply to ``text`` calls."""
    count = 0

    def note(_: object, what: str, __: object) -> None:
        nonlocal count
        count += what in ("call", "c_call")

    sys.setprofile(note)
    try:
        service.answer(text, Conversation())
    finally:
        sys.setprofile(None)
    return count


LONG = 4000  # characters, about as many as a message of Telegram can have
REPEATED = (
    "Visa budget för projekt i Kramfors",
    "Kraftsteget II",
    "031-390 06 05",
    "a.b@hjo.se",
    "1 2 3",
    "2012",
    "å",
    "٣",
)


@pytest.mark.parametrize("part", REPEATED)
def test_only_the_beginning_of_a_long_text_is_read(part: str, sixty: Service) -> None:
    """A text twice as long as a message takes no more work than a message, but for little."""
    text = f"{part} " * LONG
    assert_answered(text[:LONG], sixty)
    assert calls(text[: 2 * LONG], sixty) <= 1.05 * calls(text[:LONG], sixty) + 1000
