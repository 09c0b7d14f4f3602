"""What is true of an invented project: plain values, and only those that a sheet of its layout states."""

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A real municipality or county, by its name and Statistics Sweden's code (four digits or two)."""

    name: str
    code: str


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact person. ``phone`` is as the sheet writes it and ``dialled`` in E.164 form; both or neither."""

    name: str
    email: str | None = None
    phone: str | None = None
    dialled: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A section: its row in `esfbot.fields`, its heading (empty above the first), its lines joined by newlines."""

    kind: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Story:
    """What the narrative of every sheet tells, in these words, so that questions about it have an answer.

    ``participants`` are how many take part and ``group`` who they are; ``partner`` is an organisation they work with;
    ``brand`` is the name of what was developed, which no other project has; ``share`` is the goal, in percent.
    """

    group: str
    participants: int
    method: str
    partner: str
    brand: str
    share: int


@dataclass(frozen=True, slots=True)
class Invented:
    """One project as its sheet states it. None and empty are what the sheet doesn't state.

    ``layout`` is A, B, C or D; amounts are whole kronor. ``municipalities`` are those listed, ``owner_place`` is where
    the owner's name or town says that it sits, ``mentioned`` are the municipalities that the narrative names.
    ``further`` holds the facts of one layout only, by their row in `esfbot.fields`.
    """

    layout: str
    file: str
    title: str
    number: str | None
    owner: str | None
    owner_place: Place | None
    contacts: tuple[Contact, ...]
    start: datetime.date
    end: datetime.date
    esf_support: int | None
    total_budget: int | None
    programme: str
    phase: str | None
    region: str
    municipalities: tuple[Place, ...]
    co_funders: tuple[str, ...]
    partners: tuple[str, ...]
    participants: tuple[str, ...]
    planned_participants: int | None
    further: dict[str, str | int]
    story: Story
    mentioned: tuple[Place, ...]
    sections: tuple[Part, ...]
