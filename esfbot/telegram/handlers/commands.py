"""Commands: what a slash and a word do, in Swedish and English."""

from dataclasses import replace

from esfbot.answers.card import card, part, places
from esfbot.model.answer import Answer, Say
from esfbot.model.query import Condition, Conversation, Operation, Query, Test, Unknown
from esfbot.questions.near import near_names
from esfbot.render.presses import Forget, Speak
from esfbot.render.screen import Button, Screen
from esfbot.render.screens import answer_screens, question_buttons
from esfbot.sweden.places import gazetteer, nearest_municipality
from esfbot.telegram import calls
from esfbot.telegram.calls import Call
from esfbot.telegram.desk import Desk
from esfbot.telegram.handlers.questions import conversation, put
from esfbot.telegram.lookup import project_of
from esfbot.telegram.menus import menu
from esfbot.telegram.reply import Reply
from esfbot.telegram.said import Said
from esfbot.values.dates import write_date
from esfbot.wording.load import say

FROM_INLINE = "inline"  # what the bar under an inline search that found nothing brings along
_EXAMPLES = 3  # questions offered to somebody who names nothing
_LANGUAGES = {"sv": "Svenska", "en": "English"}


def start(desk: Desk, said: Said) -> Reply:
    """Greet, and begin a new conversation; or open what a link leads to."""
    language = desk.language(said)
    if said.words and said.words != FROM_INLINE:
        return _opened(desk, said, said.words, language)
    return Reply(_told(desk, said, desk.service.welcome(language)), Conversation())


def _opened(desk: Desk, said: Said, payload: str, language: str) -> Reply:
    """What a link to the bot leads to: a project, its contact, a place or a list."""
    kind, _, key = payload.partition("_")
    query = None
    if kind == "l":
        query = desk.state.memory.view(key)
    elif kind == "k" and key in gazetteer().by_code:
        query = places([key], language)
    elif kind in ("p", "c") and (project := project_of(desk.service.store, key)):
        query = part("contact", project, language) if kind == "c" else card(project, language)
    if query is None:
        return desk.says(said, "link_gone")
    return put(desk, said, query)


def project(desk: Desk, said: Said) -> Reply:
    """A project by name, or all of them."""
    if not said.words:
        return list_(desk, said)
    return _named(desk, said, say("ask_about", desk.language(said), project=said.words), "project")


def contact(desk: Desk, said: Said) -> Reply:
    """The contact of a project or a place; without words, of what is talked about, or ask of which."""
    language = desk.language(said)
    question = say("ask_contact_of", language, name=said.words).strip()
    if said.words:
        return _named(desk, said, question, "project")
    before = conversation(desk, said)
    query = desk.service.understand(question, before)
    if query.projects:
        return put(desk, said, query)
    _, after = desk.service.reply(query, before)
    store = desk.service.store
    titles = store.titles(store.find([Condition("contact", Test.STATED)])[:_EXAMPLES]).values()
    questions = dict.fromkeys(say("ask_contact", language, project=title) for title in titles)
    buttons = question_buttons(questions, language, desk.showing(said))
    return Reply((calls.send(said, Screen(say("contact_of_what", language), buttons)),), after)


def municipality(desk: Desk, said: Said) -> Reply:
    """The projects of a municipality, or how many each has."""
    language = desk.language(said)
    if said.words:
        return _named(desk, said, say("ask_place", language, place=said.words), "place")
    return put(desk, said, Query("", language, Operation.COUNT, group="municipality"))


def list_(desk: Desk, said: Said) -> Reply:
    """All projects, or those that fulfil what the words say."""
    language = desk.language(said)
    if said.words:
        return put(desk, said, _read(desk, said, "ask_list"))
    return put(desk, said, Query("", language, Operation.LIST, every=True))


def statistics(desk: Desk, said: Said) -> Reply:
    """Figures about all projects, or about those that fulfil what the words say."""
    language = desk.language(said)
    plain = Query("", language, Operation.STATISTICS)
    if not said.words:
        return put(desk, said, plain)
    query = _read(desk, said, "ask_count")
    if query.operation is Operation.COUNT and not (query.unknown or query.choices):
        query = replace(query, operation=Operation.STATISTICS, group="")
    return put(desk, said, query)


def about(desk: Desk, said: Said) -> Reply:
    """What the sheets are, how many there are, and when they were last embedded."""
    language = desk.language(said)
    day = write_date(desk.service.embedded().date(), language)
    return desk.says(said, "about", count=desk.service.store.count(), date=day)


def help_(desk: Desk, said: Said) -> Reply:
    """What can be asked, and the commands."""
    language = desk.language(said)
    found, _ = desk.service.reply(Query("", language, Operation.TALK, talk="help"), Conversation())
    examples = "\n".join(f"• {question}" for question in found.questions)
    further = (examples, say("commands", language), say("also", language, bot=desk.bot.username))
    blocks = (*found.blocks, *map(Say, further))
    return Reply(_told(desk, said, replace(found, blocks=blocks, suggestions=())))


def privacy(desk: Desk, said: Said) -> Reply:
    """What is kept, with a button that deletes it."""
    language = desk.language(said)
    days = desk.settings.keep_unanswered
    kept = say("privacy_unanswered", language, days=days) if days else say("privacy_no_unanswered", language)
    button = Button(say("button_forget", language), Forget())
    text = say("privacy", language, unanswered=kept)
    return Reply((calls.send(said, Screen(text, ((button,),))),))


def language(desk: Desk, said: Said) -> Reply:
    """Choose the language of menus and fixed texts."""
    if (chosen := said.words.lower()[:2]) in _LANGUAGES:
        return Reply((calls.send(said, Screen(say("language_chosen", chosen))), *speak(desk, said, chosen)))
    buttons = tuple(Button(name, Speak(code)) for code, name in _LANGUAGES.items())
    return Reply((calls.send(said, Screen(say("language", desk.language(said)), (buttons,))),))


def speak(desk: Desk, said: Said, chosen: str) -> tuple[Call, ...]:
    """Address somebody in the language they chose from now on; returns what gives them the menu in it."""
    desk.state.memory.choose_language(said.seat.user, chosen)
    if not said.private:
        return ()
    return (calls.menu(said, menu(chosen, maintainer=desk.is_maintainer(said.seat))),)


def _named(desk: Desk, said: Said, question: str, kind: str) -> Reply:
    """Answer ``question`` about what the words behind a command name; where they name nothing, say so."""
    query = desk.service.understand(question, Conversation())
    if not (query.projects or query.conditions or query.choices or query.unknown or query.names):
        near = near_names(said.words, desk.service.store) if kind == "project" else _near_place(said.words)
        query = replace(query, operation=Operation.SHOW, unknown=(Unknown(said.words, kind, near),))
    return put(desk, said, query)


def _near_place(words: str) -> tuple[str, ...]:
    place = nearest_municipality(words)
    return (place.name,) if place else ()


def _read(desk: Desk, said: Said, name: str) -> Query:
    """The question ``name`` with the words behind a command as a condition: before the noun or behind it, whichever is
    read as one: avslutade projekt, projekt i Värmland."""
    language = desk.language(said)
    behind = desk.service.understand(say(name, language, how=f" {said.words}"), Conversation())
    before = desk.service.understand(say(f"{name}_before", language, how=said.words), Conversation())
    return before if before.conditions and not behind.conditions else behind


def _told(desk: Desk, said: Said, answer: Answer) -> tuple[Call, ...]:
    """Something of the bot's own, with buttons for the questions that it offers."""
    query = Query("", answer.language, Operation.TALK)
    return tuple(calls.send(said, screen) for screen in answer_screens(answer, query, desk.showing(said)))
