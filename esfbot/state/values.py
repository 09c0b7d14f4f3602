"""The nouns of `esfbot.model` as JSON, and back."""

import datetime
import functools
import json
from typing import Any, TypeVar

from cattrs import Converter

from esfbot.model.query import Operand

T = TypeVar("T")


def to_json(value: object) -> str:
    """``value``, a dataclass or a collection of them, as JSON with its keys in order."""
    return json.dumps(_converter().unstructure(value), ensure_ascii=False, separators=(",", ":"))


def from_json(text: str, kind: type[T]) -> T:
    """The value of type ``kind`` that `to_json` wrote. Raises ValueError where it is none, as after an upgrade."""
    try:
        return _converter().structure(json.loads(text), kind)
    except Exception as error:  # cattrs raises groups of whatever it met
        raise ValueError(f"no {kind.__name__}: {type(error).__name__}") from error


@functools.cache
def _converter() -> Converter:
    converter = Converter(omit_if_default=True)
    # JSON has no dates, and an operand may be a text as well.
    converter.register_unstructure_hook(datetime.date, lambda day: {"date": day.isoformat()})
    converter.register_structure_hook(Operand, _operand)
    return converter


def _operand(value: Any, _: object) -> Operand:
    return datetime.date.fromisoformat(value["date"]) if isinstance(value, dict) else value
