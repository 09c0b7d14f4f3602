"""What a message holds besides text: contacts and files."""

import re

from tests.telegram.api.messages import Document
from tests.telegram.api.parameters import Upload
from tests.telegram.api.refusals import Json, RefusedRequest, bad_request

_LONGEST_VCARD = 2048  # bytes
_LARGEST_FILE = 50_000_000  # bytes
_PHONE = re.compile(r"\+?[0-9 ()./-]+")
_FEWEST_DIGITS, _MOST_DIGITS = 3, 15  # short numbers of a country; E.164


def read_contact(asked: Json) -> Json:
    """Return a contact as the Bot API describes it; raises RefusedRequest for one that is not taken.

    Telegram's own words for a wrong number or vCard are not documented; these are those of its other methods.
    """
    contact = {name: str(asked.get(name) or "") for name in ("phone_number", "first_name", "last_name", "vcard")}
    for name in ("phone_number", "first_name"):
        if not contact[name].strip():
            raise bad_request(f"{name} is empty")
    digits = sum(map(str.isdigit, contact["phone_number"]))
    if not _PHONE.fullmatch(contact["phone_number"]) or not _FEWEST_DIGITS <= digits <= _MOST_DIGITS:
        raise bad_request("PHONE_NUMBER_INVALID")
    vcard = contact["vcard"]
    if len(vcard.encode()) > _LONGEST_VCARD:
        raise bad_request("VCARD_TOO_LONG")
    if vcard and not (vcard.startswith("BEGIN:VCARD") and vcard.rstrip().endswith("END:VCARD")):
        raise bad_request("VCARD_INVALID")
    return {name: value for name, value in contact.items() if value}


def read_file(asked: Json, files: dict[str, Document], caption: str) -> Document:
    """Return the document of a request: an upload, or a file that Telegram has; raises RefusedRequest without one."""
    given = asked.get("document")
    if isinstance(given, str) and given.startswith("attach://"):
        given = asked.get(given.removeprefix("attach://"))
    if isinstance(given, str) and given:
        if given not in files:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return Document(files[given].filename, files[given].bytes, caption)
    if not isinstance(given, Upload):
        raise bad_request("there is no document in the request")
    if not given.bytes:
        raise bad_request("file must be non-empty")
    if len(given.bytes) > _LARGEST_FILE:
        raise RefusedRequest(413, "Request Entity Too Large")
    return Document(given.filename, given.bytes, caption)
