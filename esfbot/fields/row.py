"""What a row of the table is."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How a field's value is read, written and compared."""

    TEXT = "text"
    NAME = "name"  # a text that people search by: a person, an organisation, a title
    EMAIL = "email"
    PHONE = "phone"
    AMOUNT = "amount"  # whole kronor
    PERCENT = "percent"
    COUNT = "count"
    DATE = "date"
    PERIOD = "period"  # two dates
    PROGRAMME = "programme"  # a code, a name, or both
    PLACE = "place"
    SECTION = "section"
    COMPOSITE = "composite"  # shown by its parts
    COMPUTED = "computed"  # worked out from its parts


@dataclass(frozen=True, slots=True)
class Field:
    """A row of the table.

    ``labels`` are the sheets' own, longest match first; ``sv`` and ``en`` are what a reply calls the fact; ``words``
    are what people ask for it by, in either language, besides the labels and names. ``parts`` are the fields a
    composite shows or a computed one is worked out from. ``many`` fields are lists, with a heading for a label, and
    ``one`` is what a single entry is called (Swedish, English).
    ``shown`` tells whether "all facts" includes it, ``told`` whether the narrative is searched for it where the sheet
    has no such field, ``groups`` whether projects are grouped by its values (of a date by its year), ``asked`` whether
    a question can ask for it by its name.
    """

    name: str
    kind: Kind
    labels: tuple[str, ...]
    sv: str
    en: str
    words: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    many: bool = False
    shown: bool = True
    told: bool = False
    groups: bool = False
    one: tuple[str, ...] = ()
    asked: bool = True

    def called(self, language: str) -> str:
        """What a reply in ``language`` (``sv`` or ``en``) calls this fact."""
        return self.en if language == "en" else self.sv

    def within(self, language: str, *, single: bool = False) -> str:
        """The same within a sentence, of a list also a ``single`` entry: total budget, ESF-stöd, kommun."""
        called = self.one[language == "en"] if single and self.one else self.called(language)
        return called if called[1:2].isupper() else called[:1].lower() + called[1:]


def row(
    name: str,
    kind: Kind,
    sv: str,
    en: str,
    *,
    labels: str = "",
    words: str = "",
    parts: str = "",
    many: bool = False,
    shown: bool = True,
    told: bool = False,
    groups: bool = False,
    one: str = "",
    asked: bool = True,
) -> Field:
    """A row, its lists written with commas."""
    lists = _listed(labels), sv, en, _listed(words), _listed(parts)
    return Field(name, kind, *lists, many, shown, told, groups, _listed(one), asked)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(" ".join(item.split()) for item in text.split(",") if item.strip())
