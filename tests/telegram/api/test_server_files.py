"""Contacts and documents are taken and refused as Telegram takes and refuses them."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from tests.telegram.api.caller import Caller, bad, calling
from tests.telegram.api.server import TOKEN, BotApi

VCARD = "BEGIN:VCARD\nVERSION:3.0\nFN:Ann\nEND:VCARD"


@pytest_asyncio.fixture
async def call(server: BotApi) -> AsyncIterator[Caller]:
    """A caller of the server's methods."""
    async with calling(server) as caller:
        yield caller


async def test_contact(server: BotApi, call: Caller) -> None:
    """A contact arrives with its card."""
    person = server.person(1)
    await person.says("hello")
    contact = {"phone_number": "+46 (0)240-56 44 51", "first_name": "Ann", "vcard": VCARD}
    await call("sendContact", chat_id=1, last_name="", **contact)
    assert (await person.hears()).contact == contact
    contact |= {"phone_number": "112", "vcard": VCARD.replace("Ann", "x" * (2048 - len(VCARD) + 3))}
    await call("sendContact", chat_id=1, **contact)
    assert (await person.hears()).contact == contact


@pytest.mark.parametrize(
    ("asked", "description"),
    [
        ({"phone_number": ""}, "phone_number is empty"),
        ({"first_name": " "}, "first_name is empty"),
        ({"phone_number": "ring Ann"}, "PHONE_NUMBER_INVALID"),
        ({"phone_number": "12"}, "PHONE_NUMBER_INVALID"),
        ({"phone_number": "0240-56 44 51, 0240-56 44 52"}, "PHONE_NUMBER_INVALID"),
        ({"phone_number": "1" * 16}, "PHONE_NUMBER_INVALID"),
        ({"vcard": VCARD.replace("Ann", "Ä" * 1010)}, "VCARD_TOO_LONG"),
        ({"vcard": "Ann"}, "VCARD_INVALID"),
        ({"chat_id": 2}, "chat not found"),
    ],
)
async def test_refused_contacts(server: BotApi, call: Caller, asked: dict[str, Any], description: str) -> None:
    """Contacts without a number that could be called, or with a card too large, are refused."""
    await server.person(1).says("hello")
    contact = {"chat_id": 1, "phone_number": "0240-564451", "first_name": "Ann", "vcard": VCARD}
    assert await call("sendContact", **{**contact, **asked}) == bad(description)


@pytest.mark.parametrize("field", ["document", "attached"])
async def test_document(server: BotApi, call: Caller, field: str) -> None:
    """A file arrives under its name, can be sent again by its id, and be fetched."""
    person = server.person(1)
    await person.says("hello")
    form = aiohttp.FormData({"chat_id": "1", "caption": "<b>Sheet</b>", "parse_mode": "HTML"})
    form.add_field(field, b"a,b", filename="sheet.csv")
    if field != "document":
        form.add_field("document", f"attach://{field}")
    async with call.session.post(f"{server.url}/bot{TOKEN}/sendDocument", data=form) as response:
        document = (await response.json())["result"]["document"]
    heard = await person.hears()
    assert heard.document
    assert (heard.document.filename, heard.document.bytes, heard.seen) == ("sheet.csv", b"a,b", "Sheet")
    assert (document["file_name"], document["mime_type"], document["file_size"]) == ("sheet.csv", "text/csv", 3)
    again = await call("sendDocument", chat_id=1, document=document["file_id"])
    found = await call("getFile", file_id=again["document"]["file_id"])
    async with call.session.get(f"{server.url}/file/bot{TOKEN}/{found['file_path']}") as response:
        assert await response.read() == b"a,b"
    for token, path in (("1:other", found["file_path"]), (TOKEN, "documents/other")):
        async with call.session.get(f"{server.url}/file/bot{token}/{path}") as response:
            assert (response.status, (await response.json())["description"]) == (404, "Not Found")


async def test_refused_documents(server: BotApi, call: Caller) -> None:
    """A document needs a file with something in it, and a caption of no more than 1024 code units."""
    await server.person(1).says("hello")
    assert await call("sendDocument", chat_id=1) == bad("there is no document in the request")
    assert await call("sendDocument", chat_id=1, document="x") == bad("wrong file identifier/HTTP URL specified")
    assert await call("sendDocument", chat_id=1, caption="x" * 1025) == bad("message caption is too long")
    assert await call("getFile", file_id="x") == bad("invalid file_id")
    form = aiohttp.FormData({"chat_id": "1"})
    form.add_field("document", b"", filename="sheet.csv")
    async with call.session.post(f"{server.url}/bot{TOKEN}/sendDocument", data=form) as response:
        assert (await response.json())["description"] == "Bad Request: file must be non-empty"


async def test_largest_document(server: BotApi, call: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    """A document up to the largest size is taken, one up to another size can be fetched; its caption can be long."""
    monkeypatch.setattr("tests.telegram.api.contents._LARGEST_FILE", 3)
    monkeypatch.setattr("tests.telegram.api.methods._LARGEST_DOWNLOAD", 2)
    await server.person(1).says("hello")
    codes = []
    for size in (2, 3, 4):
        form = aiohttp.FormData({"chat_id": "1", "caption": "x" * 1024})
        form.add_field("document", b"x" * size, filename="sheet.csv")
        async with call.session.post(f"{server.url}/bot{TOKEN}/sendDocument", data=form) as response:
            codes.append(response.status)
    found = [await call("getFile", file_id=number) for number in server.files]
    assert (codes, found[0]["file_size"], found[1]) == ([200, 200, 413], 2, bad("file is too big"))
    assert await call("getFile") == bad("file_id not specified")
