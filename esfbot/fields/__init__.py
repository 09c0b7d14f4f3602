"""The one table: a row for everything a sheet can say of a project.

The parser, the question reader, the answers and the help text all read this table, so a new label or a new fact is
one row, in `facts` or in `sections`. Labels are those of the project bank's four layouts in Swedish and English.
"""

import functools

from esfbot.fields.facts import COMPUTED, FACTS
from esfbot.fields.row import Field, Kind, row
from esfbot.fields.sections import SECTIONS

__all__ = ["EXTRA", "FIELDS", "Field", "Kind", "field_named", "labels"]

FIELDS = {field.name: field for field in (*FACTS, *COMPUTED, *SECTIONS)}
EXTRA = row("extra", Kind.TEXT, "Övrigt", "Other")


def field_named(name: str) -> Field:
    """The row called ``name``; a label that no row foresees is stored under ``extra``."""
    return EXTRA if name == EXTRA.name else FIELDS[name]


@functools.cache
def labels() -> dict[str, Field]:
    """Every label that sheets use, in lower case, with its row; longest first, so that the first prefix wins."""
    rows = {label.casefold(): field for field in FIELDS.values() for label in field.labels}
    return dict(sorted(rows.items(), key=lambda item: -len(item[0])))
