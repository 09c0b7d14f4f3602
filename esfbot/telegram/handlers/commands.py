"""Commands: what a slash and a word do, in Swedish and English."""

from dataclasses import replace

from esfbot.model.query import Condition, Conversation, Operation, Query, Test
from esfbot.render.presses import Ask, Forget, Speak
from esfbot.render.screen import Button, Screen, rows_of
from esfbot.render.telegram import render
from esfbot.sweden.places import gazetteer
from esfbot.telegram import calls
from esfbot.telegram.desk import Desk
from esfbot.telegram.handlers.questions import ask, put
from esfbot.telegram.lookup import project_of
from esfbot.telegram.reply import Reply
from esfbot.telegram.said import Said
from esfbot.values.dates import write_date
from esfbot.wording.load import say

FROM_INLINE = "inline"  # what the bar under an inline search that found nothing brings along
_LANGUAGES = {"sv": "Svenska", "en": "English"}


def start(desk: Desk, said: Said) -> Reply:
    """Greet, and begin a new conversation; or open what a link leads to."""
    language = desk.language(said)
    if said.words and said.words != FROM_INLINE:
        return _opened(desk, said, said.words, language)
    welcome = desk.service.welcome(language)
    keep, read = desk.showing(said).keep, desk.showing(said).read
    buttons = [Button(question, Ask(keep(read(question)))) for question in welcome.questions]
    (text,) = render(welcome)
    return Reply((calls.send(said, Screen(text, rows_of(buttons, 1))),), Conversation())


def _opened(desk: Desk, said: Said, payload: str, language: str) -> Reply:
    """What a link to the bot leads to: a project, its contact, a place or a list."""
    kind, _, key = payload.partition("_")
    query = None
    if kind == "l":
        query = desk.state.memory.view(key)
    elif kind == "k" and key in gazetteer().by_code:
        query = Query("", language, Operation.LIST, conditions=(Condition("municipality", Test.IN, (key,)),))
    elif kind in ("p", "c") and (project := project_of(desk.service.store, key)):
        query = Query("", language, Operation.SHOW, ("contact",) if kind == "c" else (), projects=(project,))
    if query is None:
        return _say(desk, said, "link_gone")
    return put(desk, said, query)


def project(desk: Desk, said: Said) -> Reply:
    """A project by name, or all of them."""
    language = desk.language(said)
    return ask(desk, said, say("ask_about", language, project=said.words)) if said.words else list_(desk, said)


def contact(desk: Desk, said: Said) -> Reply:
    """The contact of a project or a place; without words, ask of which."""
    return ask(desk, said, say("ask_contact_of", desk.language(said), name=said.words).strip())


def municipality(desk: Desk, said: Said) -> Reply:
    """The projects of a municipality, or how many each has."""
    language = desk.language(said)
    if said.words:
        return ask(desk, said, say("ask_place", language, place=said.words))
    return put(desk, said, Query("", language, Operation.COUNT, group="municipality"))


def list_(desk: Desk, said: Said) -> Reply:
    """All projects, or those that fulfil what the words say."""
    language = desk.language(said)
    if said.words:
        return ask(desk, said, say("ask_list", language, how=f" {said.words}"))
    return put(desk, said, Query("", language, Operation.LIST, every=True))


def statistics(desk: Desk, said: Said) -> Reply:
    """Figures about all projects, or about those that fulfil what the words say."""
    language = desk.language(said)
    plain = Query("", language, Operation.STATISTICS)
    if not said.words:
        return put(desk, said, plain)
    query = desk.service.understand(say("ask_count", language, how=f" {said.words}"), Conversation())
    if query.operation is Operation.COUNT and not (query.unknown or query.choices):
        query = replace(query, operation=Operation.STATISTICS, group="")
    return put(desk, said, query)


def about(desk: Desk, said: Said) -> Reply:
    """What the sheets are, how many there are, and when they were last embedded."""
    language = desk.language(said)
    day = write_date(desk.service.embedded().date(), language)
    return _say(desk, said, "about", count=desk.service.store.count(), date=day)


def help_(desk: Desk, said: Said) -> Reply:
    """What can be asked, and the commands."""
    language = desk.language(said)
    found, _ = desk.service.reply(Query("", language, Operation.TALK, talk="help"), Conversation())
    (text,) = render(found)
    return Reply((calls.send(said, Screen(f"{text}\n\n{say('commands', language)}")),))


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
        desk.state.memory.choose_language(said.seat.user, chosen)
        return _say(desk, said, "language_chosen")
    buttons = tuple(Button(name, Speak(code)) for code, name in _LANGUAGES.items())
    return Reply((calls.send(said, Screen(say("language", desk.language(said)), (buttons,))),))


def status(desk: Desk, said: Said) -> Reply:
    """What is live and what people thought of the answers, for those who look after the bot."""
    if not desk.is_maintainer(said.seat):
        return unknown(desk, said)
    verdicts = [verdict.verdict for verdict in desk.state.verdicts.all()]
    return _say(
        desk,
        said,
        "status",
        generation=desk.service.store.name,
        count=desk.service.store.count(),
        passages=desk.service.store.passage_total(),
        right=verdicts.count("right"),
        wrong=verdicts.count("wrong"),
        unanswered=len(desk.state.verdicts.unanswered()),
    )


def unknown(desk: Desk, said: Said) -> Reply:
    """A command that there is not: say which there are. In a group it may be meant for another bot."""
    return _say(desk, said, "unknown_command") if said.private else Reply()


def _say(desk: Desk, said: Said, sentence: str, **values: object) -> Reply:
    return Reply((calls.send(said, Screen(say(sentence, desk.language(said), **values))),))
