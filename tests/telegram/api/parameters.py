"""The parameters of a request, in whichever of the ways that the Bot API takes them."""

import json
from dataclasses import dataclass

from aiohttp import web
from aiohttp.web_request import FileField

from tests.telegram.api.refusals import Json, bad_request

# Lists and objects are written as JSON in an address or a form, and can be in a body of JSON. How Telegram names them
# when it can't read them:
_NESTED = {
    "allowed_updates": "allowed updates",
    "button": "inline query results button",
    "caption_entities": "message entities",
    "commands": "commands",
    "entities": "message entities",
    "link_preview_options": "link preview options",
    "reply_markup": "reply keyboard markup",
    "reply_parameters": "reply parameters",
    "results": "inline query results",
    "scope": "BotCommandScope",
}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file in a request."""

    filename: str
    bytes: bytes


async def read_parameters(request: web.Request) -> Json:
    """Return the parameters from the address and a form or JSON; raises RefusedRequest where they can't be read."""
    if request.content_type == "application/json":
        body = _decoded(await request.text(), "request")
        if not isinstance(body, dict):
            raise bad_request("can't parse request JSON object")
        values: Json = body
    else:
        values = dict(request.query)
        for name, value in (await request.post()).items():
            values[name] = Upload(value.filename, value.file.read()) if isinstance(value, FileField) else value
    for name in _NESTED.keys() & values.keys():
        if isinstance(values[name], str):
            values[name] = _decoded(values[name], _NESTED[name]) if values[name] else None
    return values


def whole(asked: Json, name: str, default: int = 0) -> int:
    """A parameter as a whole number, 0 where it is not one."""
    value = asked.get(name)
    if value in (None, ""):
        return default
    try:
        return int(value)
    except (TypeError, ValueError):
        return 0


def flag(asked: Json, name: str) -> bool:
    """A parameter as yes or no."""
    return str(asked.get(name, "")).strip().lower() in ("true", "yes", "1")


def _decoded(text: str, what: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        raise bad_request(f"can't parse {what} JSON object") from None
