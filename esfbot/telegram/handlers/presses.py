"""Presses of buttons. Each is answered, whatever has become of what the button stood for."""

import datetime
from collections.abc import Callable
from dataclasses import replace

from esfbot.answers.card import card, part
from esfbot.model.answer import Answer
from esfbot.model.query import Conversation, Operation, Query
from esfbot.render.contact_files import contact_cards, csv, vcf
from esfbot.render.pages import contacts_on
from esfbot.render.plain import render as render_plain
from esfbot.render.presses import (
    Ask,
    Choose,
    Discard,
    Forget,
    GoBack,
    Idle,
    Open,
    Part,
    Publish,
    Rate,
    SendCard,
    SendFile,
    Speak,
    Turn,
    TurnUnanswered,
    contact_key,
    decode,
)
from esfbot.render.private import without_contacts
from esfbot.render.screen import Button, Screen, rows_of
from esfbot.render.screens import NEW, answer_screens, card_screen, list_screen, part_screen
from esfbot.state.verdicts import REASONS, RIGHT, WRONG
from esfbot.telegram import calls
from esfbot.telegram.desk import Desk
from esfbot.telegram.handlers import maintaining
from esfbot.telegram.handlers.commands import speak
from esfbot.telegram.handlers.questions import put
from esfbot.telegram.lookup import contact_of, project_of
from esfbot.telegram.reply import Reply
from esfbot.telegram.said import Said
from esfbot.wording.load import say

_LONGEST_TOAST = 200  # characters (core.telegram.org/bots/api#answercallbackquery)


def press(desk: Desk, said: Said) -> Reply:
    """Do what the button is for."""
    pressed = decode(said.text)
    if pressed is None or not said.message:
        return desk.says(said, "button_gone")
    handler: Callable[..., Reply] = _HANDLERS[type(pressed)]
    return handler(desk, said, pressed)


def _turn(desk: Desk, said: Said, pressed: Turn) -> Reply:
    """Another page of a list, in its place. A list of sheets that are no longer live is not mixed with theirs."""
    query = desk.state.memory.view(pressed.view)
    if query is None:
        return desk.says(said, "list_gone")
    showing = desk.showing(said)
    if pressed.generation != showing.generation:
        renew = Button(say("button_renew", query.language), Turn(pressed.view, showing.generation))
        text = say("list_old", query.language)
        return Reply((calls.toast(said, text, alert=True), calls.rekey(said, ((renew,),), keep=False)))
    before, _ = desk.state.memory.conversation(said.seat)
    found, after = desk.service.reply(query, before)
    if not found.cards:
        (screen, *_) = answer_screens(found, query, showing)
    else:
        screen = list_screen(found, query, showing, pressed.page)
    return replace(_in_place(said, screen), conversation=after)  # "number two" is that of the order shown


def _open(desk: Desk, said: Said, pressed: Open) -> Reply:
    """The card of a project, and the conversation is about it from then on."""
    id_ = project_of(desk.service.store, pressed.project)
    if id_ is None:
        return desk.says(said, "project_gone")
    before, _ = desk.state.memory.conversation(said.seat)
    found, after = desk.service.reply(card(id_, pressed.language), before)
    new = pressed.back == NEW
    screen = card_screen(found, pressed.language, desk.showing(said), "" if new else pressed.back)
    after = replace(after, listed=before.listed)
    if new:
        return Reply((calls.toast(said), calls.send(said, screen)), after)
    return replace(_in_place(said, screen), conversation=after)


def _part(desk: Desk, said: Said, pressed: Part) -> Reply:
    """A part of a project in the place of its card; where the sheet has none, a word on that."""
    id_ = project_of(desk.service.store, pressed.project)
    if id_ is None:
        return desk.says(said, "project_gone")
    try:
        query = part(pressed.part, id_, pressed.language)
    except KeyError:
        return desk.says(said, "button_gone")
    showing = desk.showing(said)
    found, _ = desk.service.reply(query, Conversation())
    if showing.hides_contacts and (found.abstained or query.operation is Operation.SOURCE):
        found = _without_published(desk, found, id_)
    if found.abstained:
        text = render_plain(replace(found, suggestions=()))
        return Reply((calls.toast(said, text[:_LONGEST_TOAST], alert=True),))
    return _in_place(said, part_screen(found, query, pressed, showing))


def _without_published(desk: Desk, found: Answer, project: str) -> Answer:
    """The lines of sheets without the project's numbers as they are published, whatever they look like."""
    stated = desk.service.store.projects([project], ("phone",))
    return without_contacts(found, {fact.published for each in stated for fact in (*each.facts, *each.disputed)})


def _choose(desk: Desk, said: Said, pressed: Choose) -> Reply:
    """The question that was asked, about the project that was meant."""
    query = desk.state.memory.view(pressed.view)
    id_ = project_of(desk.service.store, pressed.project)
    if query is None or id_ is None:
        return desk.says(said, "list_gone" if query is None else "project_gone")
    meant = tuple(replace(named, projects=(id_,)) for named in query.choices if id_ in named.projects)
    asked = desk.state.memory.exchange_of(said.seat.chat, said.message)
    text = asked.query.text if asked else ""
    return _answered(desk, said, replace(query, text=text, projects=(id_,), names=meant, choices=()))


def _ask(desk: Desk, said: Said, pressed: Ask) -> Reply:
    """A question that was offered."""
    query = desk.state.memory.view(pressed.view)
    if query is None:
        return desk.says(said, "list_gone")
    labels = [button["text"] for row in said.keyboard for button in row if button.get("callback_data") == said.text]
    return _answered(desk, said, replace(query, text="".join(labels[:1])))


def _answered(desk: Desk, said: Said, query: Query) -> Reply:
    reply = put(desk, said, query)
    return replace(reply, calls=(calls.toast(said), *reply.calls))


def _send_card(desk: Desk, said: Said, pressed: SendCard) -> Reply:
    """The card of a contact, if it is still the same contact."""
    store = desk.service.store
    showing = desk.showing(said)
    if showing.hides_contacts:
        return _in_private(said, showing.link(f"c_{pressed.project}"))
    id_ = project_of(store, pressed.project)
    (project,) = store.projects([id_]) if id_ else (None,)
    found = contact_of(project, pressed.contact) if project else None
    if project is None or found is None:
        return desk.says(said, "contact_gone")
    place, _ = found
    sent = contact_cards(project, _today())[place]
    return Reply((calls.toast(said), calls.contact(said, sent, pressed.language)))


def _send_file(desk: Desk, said: Said, pressed: SendFile) -> Reply:
    """The contacts of all projects of a list."""
    query = desk.state.memory.view(pressed.view)
    write = {"vcf": vcf, "csv": csv}.get(pressed.form)
    if query is None or write is None:
        return desk.says(said, "list_gone")
    showing = desk.showing(said)
    if showing.hides_contacts:
        return _in_private(said, showing.link(f"l_{pressed.view}"))
    found, _ = desk.service.reply(query, Conversation())
    shown = {contact_key(contact[0]) for card_ in found.cards for contact in contacts_on(card_)}
    cards = [
        sent
        for project in desk.service.store.projects([project.id for project in found.projects])
        for contact, sent in zip(project.contacts, contact_cards(project, _today()), strict=True)
        if any(contact_key(fact) in shown for fact in contact.facts)
    ]
    if not cards:
        return desk.says(said, "contact_gone")
    name = f"{say('contacts_file', query.language)}.{pressed.form}"
    return Reply((calls.toast(said), calls.document(said, name, write(cards, query.language))))


def _rate(desk: Desk, said: Said, pressed: Rate) -> Reply:
    """Keep what somebody thinks of an answer; of a wrong one, ask what is wrong."""
    if pressed.verdict not in (RIGHT, WRONG):
        return desk.says(said, "button_gone")
    exchange = desk.state.memory.exchange_of(said.seat.chat, said.message)
    if exchange is None:
        return desk.says(said, "rating_old")
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
        return desk.says(said, "button_gone")
    toast = calls.toast(said, say("language_chosen", pressed.language), alert=True)
    return Reply((toast, *speak(desk, said, pressed.language)))


def _forget(desk: Desk, said: Said, _: Forget) -> Reply:
    """Delete what is kept of somebody's conversation in this chat."""
    desk.state.memory.forget(said.seat.chat, said.seat.user)
    return desk.says(said, "forgotten")


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
    Publish: maintaining.publish,
    Discard: maintaining.discard,
    GoBack: maintaining.go_back,
    TurnUnanswered: maintaining.turn_unanswered,
    Idle: _idle,
}


def _in_place(said: Said, screen: Screen) -> Reply:
    """Show ``screen`` in the message that the button is under; the answer there can still be judged."""
    pressed = [[(button["text"], decode(button.get("callback_data", ""))) for button in row] for row in said.keyboard]
    judged = [row for row in pressed if all(isinstance(press, Rate) for _, press in row)]
    kept = tuple(tuple(Button(label, press) for label, press in row) for row in judged)
    screen = replace(screen, keyboard=(*screen.keyboard, *kept))
    return Reply((calls.toast(said), calls.edit(said, said.message, screen)))


def _in_private(said: Said, link: str) -> Reply:
    """Open the private chat instead: the button is from before contacts were hidden in groups."""
    return Reply((calls.toast(said).with_parameters(url=link),))


def _today() -> datetime.date:
    return datetime.date.today()  # noqa: DTZ011 - a sheet's days are those of the reader's calendar
