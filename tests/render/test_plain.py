"""Replies in a terminal, and as JSON."""

import datetime
import json

from esfbot.model.answer import Answer, Card, Kind, ProjectRef, Quote, Row, Say
from esfbot.model.project import Fact, Source
from esfbot.render.json import render as as_json
from esfbot.render.plain import render

PROJECT = ProjectRef("ny-start", "Ny start")
START = Fact("start", datetime.date(2009, 5, 1), "2009-05-01", Source("ny.txt", 9))
END = Fact("end", datetime.date(2010, 6, 2), "2010-06-02", Source("ny.txt", 11))
ANSWER = Answer(
    question="kontakt och period",
    language="sv",
    kind=Kind.FACTS,
    blocks=(
        Say("Här är det:"),
        Card(
            PROJECT,
            (
                Row("contact", "Kontaktperson", "Eva Ek", "Eva Ek", Source("ny.txt", 7)),
                Row(
                    "period",
                    "Period",
                    "1 maj 2009 – 2 juni 2010",
                    "2009-05-01/2010-06-02",
                    START.source,
                    facts=(START, END),
                ),
                Row("esf_support", "ESF-stöd", "5 000 kr", 5000, Source("ny.txt", 8)),
            ),
            "Lund står i bladets kommunlista (rad 20).",
        ),
        Quote(PROJECT, "Syfte", "Att börja om.", Source("ny.txt", 30), cut=True),
    ),
    projects=(PROJECT,),
    suggestions=("Berätta om Ny start",),
)


def test_facts_are_aligned_with_their_source_behind() -> None:
    """Labels are padded to the longest, and each row says where it stands."""
    assert render(ANSWER) == (
        "Här är det:\n"
        "\n"
        "Ny start\n"
        "  Kontaktperson  Eva Ek  [ny.txt, rad 7]\n"
        "  Period         1 maj 2009 – 2 juni 2010  [ny.txt, rad 9, 11]\n"
        "  ESF-stöd       5 000 kr  [ny.txt, rad 8]\n"
        "  Lund står i bladets kommunlista (rad 20).\n"
        "\n"
        "Ny start – Syfte\n"
        "  Att börja om. […]\n"
        "  [ny.txt, rad 30]\n"
        "\n"
        "Prova:\n"
        "  Berätta om Ny start"
    )


def test_colour_is_only_added() -> None:
    """The coloured reply without its colour codes is the plain one."""
    import re

    coloured = render(ANSWER, colour=True)
    assert coloured != render(ANSWER)
    assert re.sub(r"\x1b\[\d*m", "", coloured) == render(ANSWER)


def test_json_holds_every_fact_with_its_source() -> None:
    """Amounts are numbers, dates are ISO, and a period is its start and its end."""
    facts = as_json(ANSWER, 1.26)["facts"]
    assert facts[1:] == [
        {"project": "ny-start", "field": "start", "value": "2009-05-01", "source": {"sheet": "ny.txt", "line": 9}},
        {"project": "ny-start", "field": "end", "value": "2010-06-02", "source": {"sheet": "ny.txt", "line": 11}},
        {"project": "ny-start", "field": "esf_support", "value": 5000, "source": {"sheet": "ny.txt", "line": 8}},
    ]


def test_json_has_the_keys_that_scripts_read() -> None:
    """The object can be written, and has its keys in their order."""
    answer = json.loads(json.dumps(as_json(ANSWER, 1.26)))
    assert list(answer) == [
        "question", "language", "kind", "abstained", "text", "projects", "facts", "passages", "groups", "suggestions",
        "ms",
    ]  # fmt: skip
    assert (answer["kind"], answer["abstained"], answer["ms"]) == ("facts", False, 1.3)
    assert answer["passages"] == [
        {"project": "ny-start", "section": "Syfte", "text": "Att börja om.", "source": {"sheet": "ny.txt", "line": 30}}
    ]
