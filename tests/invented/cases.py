"""The special cases, with which every collection begins: what is easily confused, and what sheets leave out."""

import datetime
from dataclasses import dataclass

_DAY = datetime.date.fromisoformat


@dataclass(frozen=True, slots=True)
class Case:
    """What of a project is not left to chance; None and empty leave it.

    ``home`` is the municipality it belongs to, ``people`` are the contacts' names (empty: the sheet has none),
    ``money`` is ``none``, ``support`` (no budget) or ``equal``, ``listed`` how many municipalities the sheet lists:
    -1 for all of the county.
    """

    layout: str
    title: str = ""
    home: str = ""
    owner: str = ""
    people: tuple[str, ...] | None = None
    period: tuple[datetime.date, datetime.date] | None = None
    money: str = ""
    listed: int | None = None
    with_whom: tuple[str, ...] = ()
    transnational: bool = False
    national: bool = False


def _period(start: str, end: str) -> tuple[datetime.date, datetime.date]:
    return _DAY(start), _DAY(end)


_RING = "Samordningsförbundet Tångringen"
_TABLE = "Stiftelsen Långbordet"
_FUNDERS = ("Arbetsförmedlingen Borås", "Stiftelsen Havrelyktan")

CASES = (
    # One title on two projects, told apart by place and period (no number), by number, by layout, by period alone.
    Case("A", "Språkbron", "Ludvika", listed=1, period=_period("2009-03-01", "2011-02-28")),
    Case("A", "Språkbron", "Umeå", listed=3, period=_period("2012-01-01", "2014-12-31")),
    Case("C", "Nya vägar in", "Kumla", period=_period("2018-02-01", "2020-01-31")),
    Case("C", "Nya vägar in", "Falkenberg", period=_period("2019-09-01", "2022-08-31")),
    Case("B", "Steget före", "Härnösand", listed=2),
    Case("D", "Steget före", "Kalmar"),
    Case("A", "Höstlov", owner=_TABLE, home="Tierp", listed=1, period=_period("2008-09-01", "2008-12-31")),
    Case("A", "Höstlov", owner=_TABLE, home="Tierp", listed=1, period=_period("2010-09-01", "2010-12-31")),
    # Titles that others begin with.
    Case("A", "Kraftsteget", "Hedemora", listed=1),
    Case("A", "Kraftsteget II", "Hedemora", listed=2),
    Case("C", "Kraftsteget Norr", "Boden"),
    Case("B", "Öppna dörrar", "Trelleborg", listed=1),
    Case("D", "Öppna dörrar till vården", "Varberg"),
    # Titles of one ordinary word.
    Case("A", "Arbete", "Sundsvall", listed=1),
    Case("B", "Vidare", "Nacka", listed=1),
    Case("C", "Redo", "Arboga"),
    Case("D", "Tillsammans", "Luleå"),
    Case("A", "Nyckeln", "Skara", listed=4),
    # Two people of one name.
    Case("A", "", "Karlstad", people=("Maria Lindvret",), listed=1),
    Case("A", "", "Gävle", people=("Maria Lindvret",), listed=1),
    Case("C", "", "Växjö", people=("Maria Lindvret",)),
    # One person on three projects of one owner, which has a fourth with somebody else.
    Case("A", "", "Nybro", _RING, ("Åsa-Märta O'Dalmark",), listed=2),
    Case("A", "", "Nybro", _RING, ("Åsa-Märta O'Dalmark",), listed=5),
    Case("B", "", "Nybro", _RING, ("Åsa-Märta O'Dalmark",), listed=1),
    Case("B", "", "Nybro", _RING, ("Örjan Älvöga-Ekhage",), listed=3),
    # What sheets leave out.
    Case("A", money="none"),
    Case("B", money="none"),
    Case("C", money="none"),
    Case("A", money="support"),
    Case("C", money="support"),
    Case("A", people=()),
    Case("B", people=()),
    Case("C", people=()),
    Case("A", people=(), money="none"),
    Case("A", owner="saknas"),
    # Two contacts.
    Case("A", "", "Kramfors", people=("Per-Olof Ängsspång", "Amina Farahvand")),
    Case("A", "", "Sala", people=("Love Norsljung", "Love Kvarntuva")),
    Case("B", "", "Piteå", people=("Viveka D'Orsane", "Sölve Bokglänta")),
    Case("C", "", "Ystad", people=("Renée af Tjäderborg", "Knut Säfgryning")),
    # Amounts and places.
    Case("A", money="equal", listed=1),
    Case("B", money="equal", listed=0),
    Case("C", money="equal", national=True),
    Case("A", home="Karlstad", listed=-1),
    Case("B", home="Kungsbacka", listed=-1),
    Case("A", listed=0),
    # Organisations that several work with.
    Case("A", home="Borås", with_whom=_FUNDERS, listed=2),
    Case("A", home="Vara", with_whom=_FUNDERS, listed=1),
    Case("B", home="Borås", with_whom=_FUNDERS, listed=1),
    # The shortest and the longest, and years that begin and end with them.
    Case("A", period=_period("2010-02-01", "2010-02-28")),
    Case("A", period=_period("2008-01-01", "2008-12-31")),
    Case("B", period=_period("2016-01-01", "2019-12-31"), transnational=True),
    Case("C", period=_period("2020-12-31", "2022-01-01")),
    Case("D", period=_period("2024-01-01", "2027-12-31")),
    # More of the layout that says least.
    Case("D", "Kraftsteget Väst", "Borås"),
    Case("D", "", "Kiruna"),
    Case("D", "", "Nybro", _RING),
    # Names with hyphens and apostrophes.
    Case("A", "Rock'n'jobb Åre-Östersund", "Åre", "Kooperativet Ö'varvet", listed=2, transnational=True),
    Case("C", "Ö-hopp - från kust till kaj", "Öckerö", "L'Étoile & Ängel-Åberg AB"),
)
