"""The one table."""

from collections import Counter

from esfbot import fields
from esfbot.fields import FIELDS


def test_a_label_belongs_to_one_row() -> None:
    """No two rows claim the same label of the sheets."""
    labels = Counter(label.casefold() for field in FIELDS.values() for label in field.labels)
    assert [label for label, count in labels.items() if count > 1] == []


def test_longer_labels_come_first() -> None:
    """A label that begins with another is tried before it."""
    labels = list(fields.labels())
    assert labels == sorted(labels, key=len, reverse=True)


def test_parts_are_rows() -> None:
    """What a row is shown or worked out from is in the table."""
    assert [part for field in FIELDS.values() for part in field.parts if part not in FIELDS] == []


def test_every_row_is_called_something_in_both_languages() -> None:
    """A reply can name each fact."""
    assert [field.name for field in FIELDS.values() if not (field.sv and field.en)] == []
