"""What the Bot API answers when it refuses a request."""

from typing import Any

Json = dict[str, Any]


class RefusedRequest(Exception):
    """An answer other than 200: its code, its description, and ``parameters`` such as ``retry_after``."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(code, description)
        self.code = code
        self.description = description
        self.parameters = parameters

    @property
    def envelope(self) -> Json:
        """The body of the answer."""
        body: Json = {"ok": False, "error_code": self.code, "description": self.description}
        return body | ({"parameters": self.parameters} if self.parameters else {})


class Malformed(ValueError):
    """An object that can't be read; its reader says what was to be read."""


def bad_request(reason: str) -> RefusedRequest:
    """A refusal with 400, the commonest."""
    return RefusedRequest(400, f"Bad Request: {reason}")


def too_many_requests(seconds: int) -> RefusedRequest:
    """A refusal with 429: the same request is taken after ``seconds``."""
    return RefusedRequest(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


def required(object_: Json, name: str) -> str:
    """A text that an object must have; raises Malformed without it."""
    if name not in object_:
        raise Malformed(f'Can\'t find field "{name}"')
    if not isinstance(object_[name], str):
        raise Malformed(f'Field "{name}" must be of type String')
    return str(object_[name])


BAD_QUERY = "query is too old and response timeout expired or query ID is invalid"
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
