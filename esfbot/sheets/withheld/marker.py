"""What stands on a redacted sheet in the place of a person's name, address or number."""

import re

FIELD = "withheld"  # the row of `esfbot.fields` for a contact, an address or a number that is withheld
NAME, ADDRESS, NUMBER = "[undanhållen]", "[undanhållen adress]", "[undanhållet nummer]"
OF_FIELD = {"contact": NAME, "email": ADDRESS, "phone": NUMBER}
MARKER = re.compile("|".join(map(re.escape, OF_FIELD.values())))


def is_marked(text: str) -> bool:
    """Whether somebody or something is withheld in ``text``."""
    return MARKER.search(text) is not None
