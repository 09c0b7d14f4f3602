"""Page furniture: lines that belong to the web page a sheet was saved from, and say nothing of the project."""

import re

from esfbot.sheets.dates import is_date_line
from esfbot.sheets.labels import Style, find_label
from esfbot.values.dates import read_date

_MONTH = r"(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)[a-z]*"
# The whole line, in any letter case. Dates and names inside a banner change, so banners are patterns.
FURNITURE = {
    "print logo": r"logotyp på utskrifter",
    "close button": r"stäng|close|×",
    "language link": r"in english|på svenska|in swedish",
    "covid-19 banner": r"(?:uppdaterad |ny |viktig )*information (?:med anledning av|om|kring|gällande) "
    r"(?:det )?(?:nya )?(?:covid|corona).*",
    "dated banner": rf"\d{{1,2}}(?:[-–]\d{{1,2}})? {_MONTH}(?: \d{{4}})?\s*(?:kl\.? ?[\d.:–-]+\s*)?[-–:,].*",
    "webinar banner": r"(?:välkommen (?:till|på) |anmäl dig till |missa inte |nytt )?"
    r"(?:webb?inari|frukostseminari)\w*\b.*",
    "outage banner": r".*\b(?:driftstopp|driftstörning\w*|driftavbrott|driftinformation|planerat underhåll)\b.*",
    "banner link": r"(?:läs )?mer information(?: och anmälan| här)?\.?|läs mer(?: och anmäl dig| här)?\.?"
    r"|anmäl dig(?: här)?\.?",
    "page tools": r"skriv ut(?: sidan)?|print|dela(?: sidan)?|share|lyssna|tipsa en vän|tillbaka|till toppen"
    r"|till projektbanken|tillbaka till (?:toppen|sökresultatet|projektbanken)"
    r"|dela på (?:facebook|twitter|linkedin)|facebook|twitter|linkedin|e-posta sidan"
    r"|ladda ner som pdf|hoppa till innehåll(?:et)?|till innehållet",
    "breadcrumb": r"(?:start|startsidan|hem)\s*[/>»].*|du är här:?.*",
    "menu word": r"hem|start|startsida|startsidan|meny|sök|projektbanken|sök projekt|english|svenska",
    "fact box": r"(?:kort )?(?:projekt)?fakta(?: om projektet)?|projektinformation|projektuppgifter"
    r"|information om projektet|(?:project )?facts|project information|about the project|key facts",
    "page editor": r"sid(?:an)?s?ansvarig\b.*|sidansvarig\b.*|webbansvarig\b.*",
    "side column": r"bild i högerkolumn|relaterad information|kontakta oss|om webbplatsen|om kakor \(cookies\)",
    "cookie notice": r".*\b(?:använder kakor|använder cookies|uses cookies)\b.*|information \(1\)|cookies|lär dig mer",
    "image": r"(?:bild|image|logotyp|logo):?",
    "rule": r"[-_=*•·~–—]{1,}",
}
_BANNERS = ("covid-19 banner", "dated banner", "webinar banner", "outage banner", "banner link", "image")
_ONLY_ABOVE = (*_BANNERS, "menu word", "fact box")  # below the title these words may be the project's own
_LONGEST = 200  # letters; below the title a longer line is a paragraph that happens to hold such words


def _any_of(names: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{FURNITURE[name]})" for name in names), re.I)


_ABOVE = _any_of(list(FURNITURE))
_BELOW = _any_of([name for name in FURNITURE if name not in _ONLY_ABOVE])
_BANNER = _any_of([*_BANNERS, "print logo", "close button"])


def is_furniture(text: str, *, above_title: bool) -> bool:
    """Whether a stripped line is page furniture.

    Banners are only looked for ``above_title``: below it the same words may be the project's own.
    """
    if not text:
        return True
    if above_title:
        return _ABOVE.fullmatch(text) is not None or is_date_line(text)
    return (len(text) <= _LONGEST and _BELOW.fullmatch(text) is not None) or _is_unforeseen_date(text)


def _is_unforeseen_date(text: str) -> bool:
    """Whether a line says when the page was changed, in words or a form that the field table does not foresee."""
    if not is_date_line(text):
        return False
    found = find_label(text, Style.COLON, strict=True) or find_label(text, Style.FUSED, strict=True)
    return found is None or found.field.name != "updated" or read_date(found.value) is None


def may_be_title(text: str) -> bool:
    """Whether a line that looks like furniture may still be a title: DELA, in capitals, is no menu word."""
    return text.isupper() and not _BANNER.fullmatch(text)


def is_menu_word(text: str) -> bool:
    """Whether a line is furniture that can stand between a title and its labels, as "Lyssna" can and a banner can't."""
    return is_furniture(text, above_title=True) and not _BANNER.fullmatch(text)
