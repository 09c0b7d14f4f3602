"""A web page saved with all that belongs to it in one file (MHTML): its HTML made into text."""

import email
import email.policy
from email.message import EmailMessage, Message

from esfbot.errors import SheetRefused
from esfbot.sheets.formats.html import html_text

_MOST_PARTS = 5000  # a page has a part for each picture, style sheet and frame
_EXPECTED = "a page as a browser saves it"
_ACTION = "Save the page again."


def mhtml_text(data: bytes, name: str) -> str:
    """Return the text of the page in the web archive ``name``. Raises SheetRefused for an archive without a page."""
    if data.count(b"\n--") > _MOST_PARTS:
        raise SheetRefused(f"{name} has more than {_MOST_PARTS:,} parts", _EXPECTED, _ACTION)
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        page = _page(message)
    except (RecursionError, LookupError, ValueError) as error:
        raise SheetRefused(f"{name} is a damaged web archive", _EXPECTED, _ACTION) from error
    if page is None:
        raise SheetRefused(f"{name} is a web archive without a page (HTML)", _EXPECTED, _ACTION)
    payload = page.get_payload(decode=True)
    charset = page.get_content_charset("")
    return html_text(payload if isinstance(payload, bytes) else b"", name, charset)


def _page(message: EmailMessage) -> Message | None:
    """The part that is the page: the one that the archive names, or else the first; later ones are its frames."""
    pages = [part for part in message.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    start = str(message.get_param("start", "") or "").strip()
    location = str(message.get("Snapshot-Content-Location", "")).strip()
    for part in pages:
        if start and str(part.get("Content-ID", "")).strip() == start:
            return part
    named = (part for part in pages if location and str(part.get("Content-Location", "")).strip() == location)
    return next(named, pages[0] if pages else None)
