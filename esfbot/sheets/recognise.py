"""Is this page a project's page of the project bank? What tells it from calls, news, and pages of other sites."""

import re
from collections.abc import Sequence

from esfbot.errors import SheetRefused
from esfbot.model.project import Fact, Line
from esfbot.sheets.labels import Style, plain
from esfbot.sheets.layout import Block, Labelled, find_blocks

_ACTION = "Remove it from the folder, or save the project's own page."
_A_PROJECT = "the page of one project in the project bank"
_MARKUP = re.compile(r"\s*<(?:!doctype|html|head|\?xml)\b|(?s:.*?</(?:body|div|table|span|li|p|td)>){5}", re.I)

# Labels that the project bank has and other sites don't, and those it shares with everybody.
_OWN = frozenset(
    plain(label)
    for label in (
        "Programområde", "Projektfas", "Beviljat ESF-stöd", "Total projektbudget", "Planerat antal deltagare",
        "Projektnummer", "Specifikt mål", "Unionens medfinansieringsgrad", "Interventionstyp", "Stödmottagare postnr",
        "Stödmottagare ort", "Stödmottagarens address", "Stödmottagarens adress", "Land som berörs", "Berörd fond",
        "Program CCI", "NUTS-2 kod", "Projektägare organisationsnummer", "Sekundärtema - Motverka barnfattigdom",
        "Insats av strategisk betydelse", "Programme area", "Project phase", "Granted ESF support", "ESF support",
        "Total project budget", "Planned number of participants", "Project number",
    )
)  # fmt: skip
_SHARED = frozenset(
    plain(label)
    for label in (
        "Projektägare", "Project owner", "Projektperiod", "Project period", "Diarienummer", "Region", "Namn",
        "Startdatum", "Slutdatum", "Utlysning", "Antal deltagare", "Kontaktperson", "Contact person",
    )
)  # fmt: skip
_OWNER = frozenset((plain("Projektägare"), plain("Project owner")))
# Without an owner, what only a project has and a call for proposals has not.
_OF_A_PROJECT = frozenset(
    plain(label)
    for label in ("Beviljat ESF-stöd", "Total projektbudget", "Projektfas", "Projektnummer", "Projektperiod",
                  "Granted ESF support", "Total project budget", "Project phase", "Project number", "Project period")
)  # fmt: skip
_SAYS = _OWNER | _OF_A_PROJECT | {plain(label) for label in ("Diarienummer", "Kontaktperson", "Startdatum")}
_SURELY = 8  # labels; as many stand on no other page, even without values
_ENOUGH = 3  # labels of the bank, one of them its own
_ENOUGH_INLINE = 3  # labels of its own, where values stand on the label's line: no layout of the bank does that

# Lines that open pages of other kinds, in any letter case.
_OTHER_PAGES = {
    "a call for proposals": r"utlyst belopp|sista (?:ansöknings|dag)|ansök senast|ansökningsperiod"
    r"|(?:utlysningen|ansökan) (?:öppnar|stänger)|(?:öppnar|stänger|öppningsdatum|stängningsdatum)\s*:?\s*(?:\d|$)"
    r"|application deadline|closing date",
    "a decision": r"beslutsdatum|beslut om (?:stöd|avslag|medfinansiering)\b|sökt belopp",
    "a notice of a vacancy": r"sista ansökningsdag|anställningsform|lönevillkor|om tjänsten",
}
_BEGINS = {kind: re.compile(pattern, re.I) for kind, pattern in _OTHER_PAGES.items()}


def refuse_markup(text: str, sheet: str) -> None:
    """Raise SheetRefused for the source of a web page."""
    if _MARKUP.match(text[:20_000]):
        raise SheetRefused(f"{sheet} is the source of a web page", "its text", "Give it the ending .html.")


def check_project(block: Block | None, lines: Sequence[Line], sheet: str) -> Block:
    """Return the ``block`` of labelled lines; raise SheetRefused where the page is not that of one project."""
    for kind, pattern in _BEGINS.items():
        if odd := _opening(lines, block, pattern):
            raise SheetRefused(f"{sheet} is {kind} (line {odd.number}: {odd.text.strip()[:60]})", _A_PROJECT, _ACTION)
    if block is None:
        raise SheetRefused(
            f"{sheet} holds no facts of a project", "labels such as Projektägare and Projektperiod", _ACTION
        )
    if other := _second_project(block, lines):
        found = f"{sheet} is about several projects (line {other.line.number}: {other.text})"
        raise SheetRefused(found, _A_PROJECT, _ACTION)
    if not _is_of_the_bank(block):
        names = ", ".join(dict.fromkeys(item.label for item in block.labelled if item.field))
        raise SheetRefused(f"{sheet} has too few labels of a project sheet ({names})", _A_PROJECT, _ACTION)
    return block


def check_stated(block: Block, facts: Sequence[Fact], sheet: str) -> None:
    """Raise SheetRefused for labels with nothing of one project to them, as in the project bank's search form."""
    says_something = any(item.values and plain(item.label) in _SAYS for item in block.labelled)
    numbered = any(fact.field == "number" and any(map(str.isdigit, fact.published)) for fact in facts)
    if not says_something and not numbered and block.known < _SURELY:
        raise SheetRefused(f"{sheet} has labels of a project but no values", _A_PROJECT, _ACTION)


def _opening(lines: Sequence[Line], block: Block | None, pattern: re.Pattern[str]) -> Line | None:
    """The line, above the narrative, that ``pattern`` begins."""
    end = block.after if block else 40
    return next((line for line in lines[:end] if pattern.match(line.text.strip())), None)


def _is_of_the_bank(block: Block) -> bool:
    stated = {plain(item.label) for item in block.labelled if item.field}
    own, shared = len(stated & _OWN), len(stated & _SHARED)
    if block.style is Style.COLON and _is_inline(block) and own < _ENOUGH_INLINE:
        return False
    if not own or own + shared < _ENOUGH:
        return False
    return bool(stated & (_OWNER | _OF_A_PROJECT))


def _is_inline(block: Block) -> bool:
    filled = [item for item in block.labelled if item.values]
    inline = sum(item.values[0].number == item.line.number for item in filled)
    return 2 * inline > len(filled)


def _second_project(block: Block, lines: Sequence[Line]) -> Labelled | None:
    """The owner of another project that the page has facts of, as a list of projects does."""
    apart = [
        other
        for other in find_blocks(lines)
        if other.style is block.style
        and other.filled >= _ENOUGH
        and (other.first >= block.after or other.after <= block.first)
    ]
    if not apart and not _restates(block):
        return None
    owners = [
        item for found in (block, *apart) for item in found.labelled if plain(item.label) in _OWNER and item.values
    ]
    return next((item for item in owners[1:] if item.text.casefold() != owners[0].text.casefold()), None)


def _restates(block: Block) -> bool:
    """Whether one block states an amount or a period twice, differently: projects with no space between them."""
    said: dict[str, set[str]] = {}
    for item in block.labelled:
        if plain(item.label) in _OF_A_PROJECT and item.values:
            said.setdefault(plain(item.label), set()).add(item.text)
    return any(len(texts) > 1 for texts in said.values())
