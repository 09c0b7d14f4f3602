"""Positions: somebody shares where they are, or a venue, and gets the projects there."""

from collections.abc import Sequence
from dataclasses import replace

from esfbot.answers.card import places
from esfbot.errors import BordersError
from esfbot.model.query import Condition, Operation, Query, Test
from esfbot.render.presses import Ask
from esfbot.render.screen import Button, Keyboard, rows_of
from esfbot.sweden.borders import locate, neighbours
from esfbot.sweden.places import Place
from esfbot.telegram.desk import Desk
from esfbot.telegram.handlers.questions import put
from esfbot.telegram.reply import Reply
from esfbot.telegram.said import Said
from esfbot.wording.load import say

_OFFERED = 6  # neighbours; near a border the position may be in one of them
_IN_ROW = 3


def at_position(desk: Desk, said: Said) -> Reply:
    """The projects and contacts of the municipality that a position lies in, or of its neighbours."""
    language = desk.language(said)
    try:
        place = locate(*said.where) if said.where else None
    except BordersError:
        return desk.says(said, "no_borders")
    except ValueError:
        place = None
    if place is None:
        return desk.says(said, "not_in_sweden")
    around = [other for other in neighbours(place) if _has_projects(desk, other)]
    if _has_projects(desk, place):
        lead = say("position_in", language, place=place.name)
        below = _offers(desk, said, around[:_OFFERED])
        return put(desk, said, _query(desk, [place], language), lead=lead, below=below)
    if around:
        lead = say("position_none", language, place=place.name)
        return put(desk, said, _query(desk, around, language), lead=lead)
    return desk.says(said, "position_nowhere", place=place.name)


def _has_projects(desk: Desk, place: Place) -> bool:
    return bool(desk.service.store.find(places([place.code], "").conditions))


def _query(desk: Desk, around: Sequence[Place], language: str) -> Query:
    """The question for the contacts of these places, or for the projects where no sheet there has a contact."""
    query = places([place.code for place in around], language)
    stated = desk.service.store.find([*query.conditions, Condition("contact", Test.STATED)])
    return replace(query, operation=Operation.SHOW, fields=("contact",)) if stated else query


def _offers(desk: Desk, said: Said, around: Sequence[Place]) -> Keyboard:
    """A button for each of the places: borders are coarse, and the person may mean the next municipality."""
    language, keep = desk.language(said), desk.state.memory.keep_view
    buttons = [Button(place.name, Ask(keep(_query(desk, [place], language)))) for place in around]
    return rows_of(buttons, _IN_ROW)
