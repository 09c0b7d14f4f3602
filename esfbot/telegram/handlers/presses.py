"""Presses of buttons. Each is answered, whatever has become of what the button stood for."""

import datetime
from collections.abc import Callable
from dataclasses import replace

from esfbot.answers.card import card, part
from esfbot.model.query import Conversation, Query
from esfbot.render.contact_files import contact_cards, csv, vcf
from esfbot.render.plain import render as render_plain
from esfbot.render.presses import (
    Ask,
    Choose,
    Forget,
    Idle,
    Open,
    Part,
    Rate,
    SendCard,
    SendFile,
    Speak,
    Turn,
    decode,
)
from esfbot.render.screen import Button, Screen, rows_of
from esfbot.render.screens import NEW, answer_screens, card_screen, list_screen, part_screen
from esfbot.state.verdicts import REASONS, RIGHT
from esfbot.telegram import calls
from esfbot.telegram.desk import Desk
from esfbot.telegram.lookup import contact_of, project_of
from esfbot.telegram.reply import Reply
from esfbot.telegram.said import Said
from esfbot.wording.load import say

_LONGEST_TOAST = 200  # characters (core.telegram.org/bots/api#answercallbackquery)


def press(desk: Desk, said: Said) -> Reply:
    """Do what the button is for."""
    pressed = decode(said.text)
    if pressed is None or not said.seat.chat or not said.message:
        return _alert(desk, said, "button_gone")
    handler: Callable[..., Reply] = _HANDLERS[type(pressed)]
    return handler(desk, said, pressed)


def _turn(desk: Desk, said: Said, pressed: Turn) -> Reply:
    """Another page of a list, in its place. A list of sheets that are no longer live is not mixed with theirs."""
    query = desk.state.memory.view(pressed.view)
    if query is None:
        return _alert(desk, said, "list_gone")
    showing = desk.showing(said)
    if pressed.generation != showing.generation:
        renew = Button(say("button_renew", query.language), Turn(pressed.view, showing.generation))
        text = say("list_old", query.language)
        return Reply((calls.toast(said, text, alert=True), calls.rekey(said, ((renew,),), keep=False)))
    found, _ = desk.service.reply(query, Conversation())
    if not found.cards:
        (screen, *_) = answer_screens(found, query, showing)
    else:
        screen = list_screen(found, query, showing, pressed.page)
    return _in_place(said, screen)


def _open(desk: Desk, said: Said, pressed: Open) -> Reply:
    """The card of a project, and the conversation is about it from then on."""
    id_ = project_of(desk.service.store, pressed.project)
    if id_ is None:
        return _alert(desk, said, "project_gone")
    before, _ = desk.state.memory.conversation(said.seat)
    found, after = desk.service.reply(card(id_, pressed.language), before)
    new = pressed.back == NEW
    screen = card_screen(found, pressed.language, desk.showing(said), "" if new else pressed.back)
    after = replace(after, listed=before.listed)
    shown = calls.send(said, screen) if new else calls.edit(said, said.message, screen)
    return Reply((calls.toast(said), shown), after)


def _part(desk: Desk, said: Said, pressed: Part) -> Reply:
    """A part of a project in the place of its card; where the sheet has none, a word on that."""
    id_ = project_of(desk.service.store, pressed.project)
    if id_ is None:
        return _alert(desk, said, "project_gone")
    try:
        query = part(pressed.part, id_, pressed.language)
    except KeyError:
        return _alert(desk, said, "button_gone")
    found, _ = desk.service.reply(query, Conversation())
    if found.abstained:
        text = render_plain(replace(found, suggestions=()))
        return Reply((calls.toast(said, text[:_LONGEST_TOAST], alert=True),))
    return _in_place(said, part_screen(found, pressed, desk.showing(said)))


def _choose(desk: Desk, said: Said, pressed: Choose) -> Reply:
    """The question that was asked, about the project that was meant."""
    query = desk.state.memory.view(pressed.view)
    id_ = project_of(desk.service.store, pressed.project)
    if query is None or id_ is None:
        return _alert(desk, said, "list_gone" if query is None else "project_gone")
    meant = tuple(replace(named, projects=(id_,)) for named in query.choices if id_ in named.projects)
    return _answered(desk, said, replace(query, projects=(id_,), names=meant, choices=()))


def _ask(desk: Desk, said: Said, pressed: Ask) -> Reply:
    """A question that was offered."""
    query = desk.state.memory.view(pressed.view)
    return _alert(desk, said, "list_gone") if query is None else _answered(desk, said, query)


def _answered(desk: Desk, said: Said, query: Query) -> Reply:
    before, _ = desk.state.memory.conversation(said.seat)
    found, after = desk.service.reply(query, before)
    screens = answer_screens(found, query, desk.showing(said))
    return Reply((calls.toast(said), *(calls.send(said, screen) for screen in screens)), after)


def _send_card(desk: Desk, said: Said, pressed: SendCard) -> Reply:
    """The card of a contact, if it is still the same contact."""
    store = desk.service.store
    id_ = project_of(store, pressed.project)
    (project,) = store.projects([id_]) if id_ else (None,)
    found = contact_of(project, pressed.contact) if project else None
    if project is None or found is None:
        return _alert(desk, said, "contact_gone")
    place, _ = found
    sent = contact_cards(project, _today())[place]
    return Reply((calls.toast(said), calls.contact(said, sent, pressed.language)))


def _send_file(desk: Desk, said: Said, pressed: SendFile) -> Reply:
    """The contacts of all projects of a list."""
    query = desk.state.memory.view(pressed.view)
    write = {"vcf": vcf, "csv": csv}.get(pressed.form)
    if query is None or write is None:
        return _alert(desk, said, "list_gone")
    found, _ = desk.service.reply(query, Conversation())
    projects = desk.service.store.projects([project.id for project in found.projects])
    cards = [sent for project in projects for sent in contact_cards(project, _today())]
    name = f"{say('contacts_file', query.language)}.{pressed.form}"
    return Reply((calls.toast(said), calls.document(said, name, write(cards, query.language))))


def _rate(desk: Desk, said: Said, pressed: Rate) -> Reply:
    """Keep what somebody thinks of an answer; of a wrong one, ask what is wrong."""
    exchange = desk.state.memory.exchange_of(said.seat.chat, said.message)
    if exchange is None:
        return _alert(desk, said, "rating_old")
    language = exchange.query.language
    verdicts = desk.state.verdicts
    with desk.state.transaction():
        if exchange.feedback is None:
            number = verdicts.add(exchange.query, exchange.projects, pressed.verdict)
            desk.state.memory.judged(said.seat.chat, exchange.message, number)
        else:
            number = exchange.feedback
        verdicts.change(number, pressed.verdict, pressed.reason if pressed.reason in REASONS else "")
    if pressed.verdict == RIGHT or pressed.reason:
        return Reply((calls.toast(said, say("rating_thanks", language)), calls.rekey(said, (), keep=True)))
    reasons = [Button(say(f"reason_{reason}", language), Rate(pressed.verdict, reason)) for reason in REASONS]
    ask = calls.rekey(said, rows_of(reasons, 2), keep=True)
    return Reply((calls.toast(said, say("rating_why", language)), ask))


def _speak(desk: Desk, said: Said, pressed: Speak) -> Reply:
    """Keep the language that somebody chose."""
    if pressed.language not in ("sv", "en"):
        return _alert(desk, said, "button_gone")
    desk.state.memory.choose_language(said.seat.user, pressed.language)
    return Reply((calls.toast(said, say("language_chosen", pressed.language), alert=True),))


def _forget(desk: Desk, said: Said, _: Forget) -> Reply:
    """Delete what is kept of somebody's conversation in this chat."""
    desk.state.memory.forget(said.seat.chat, said.seat.user)
    return _alert(desk, said, "forgotten")


def _idle(_desk: Desk, said: Said, _: Idle) -> Reply:
    return Reply((calls.toast(said),))


_HANDLERS: dict[type, Callable[..., Reply]] = {
    Turn: _turn,
    Open: _open,
    Part: _part,
    Choose: _choose,
    Ask: _ask,
    SendCard: _send_card,
    SendFile: _send_file,
    Rate: _rate,
    Speak: _speak,
    Forget: _forget,
    Idle: _idle,
}


def _in_place(said: Said, screen: Screen) -> Reply:
    return Reply((calls.toast(said), calls.edit(said, said.message, screen)))


def _alert(desk: Desk, said: Said, sentence: str) -> Reply:
    return Reply((calls.toast(said, say(sentence, desk.language(said)), alert=True),))


def _today() -> datetime.date:
    return datetime.date.today()  # noqa: DTZ011 - a sheet's days are those of the reader's calendar
