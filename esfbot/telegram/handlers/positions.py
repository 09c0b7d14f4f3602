"""Positions: somebody shares where they are, or a venue, and gets the projects there."""

from collections.abc import Sequence

from esfbot.errors import BordersError
from esfbot.model.query import Condition, Operation, Query, Test
from esfbot.render.presses import Ask
from esfbot.render.screen import Button, Keyboard, Screen, rows_of
from esfbot.sweden.borders import locate, neighbours
from esfbot.sweden.places import Place
from esfbot.telegram import calls
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
        return _say(desk, said, "no_borders")
    except ValueError:
        place = None
    if place is None:
        return _say(desk, said, "not_in_sweden")
    around = [other for other in neighbours(place) if _has_projects(desk, other)]
    if _has_projects(desk, place):
        lead = say("position_in", language, place=place.name)
        below = _offers(desk, said, around[:_OFFERED])
        return put(desk, said, _query(desk, [place], language), lead=lead, below=below)
    if around:
        lead = say("position_none", language, place=place.name)
        return put(desk, said, _query(desk, around, language), lead=lead)
    return _say(desk, said, "position_nowhere", place=place.name)


def _has_projects(desk: Desk, place: Place) -> bool:
    return bool(desk.service.store.find([_within([place])]))


def _within(places: Sequence[Place]) -> Condition:
    return Condition("municipality", Test.IN, tuple(place.code for place in places))


def _query(desk: Desk, places: Sequence[Place], language: str) -> Query:
    """The question for the contacts of these places, or for the projects where no sheet there has a contact."""
    where = (_within(places),)
    stated = desk.service.store.find([*where, Condition("contact", Test.STATED)])
    if stated:
        return Query("", language, Operation.SHOW, ("contact",), conditions=where)
    return Query("", language, Operation.LIST, conditions=where)


def _offers(desk: Desk, said: Said, places: Sequence[Place]) -> Keyboard:
    """A button for each of ``places``: borders are coarse, and the person may mean the next municipality."""
    language, keep = desk.language(said), desk.state.memory.keep_view
    buttons = [Button(place.name, Ask(keep(_query(desk, [place], language)))) for place in places]
    return rows_of(buttons, _IN_ROW)


def _say(desk: Desk, said: Said, sentence: str, **values: object) -> Reply:
    return Reply((calls.send(said, Screen(say(sentence, desk.language(said), **values))),))
