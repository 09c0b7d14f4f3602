"""Greetings, thanks, and what the bot can do."""

from esfbot.model.answer import Answer, Kind, Say
from esfbot.model.query import Query
from esfbot.store.sqlite import SqliteStore
from esfbot.sweden.places import gazetteer
from esfbot.wording.load import say


def talk(query: Query, store: SqliteStore) -> Answer:
    """A reply to small talk; help comes with examples."""
    text = say(query.talk, query.language, count=store.count())
    offers = () if query.talk in ("thanks", "bye") else examples(store, query.language)
    return Answer(query.text, query.language, Kind.TALK, (Say(text),), suggestions=offers, questions=offers)


def welcome(store: SqliteStore, language: str) -> Answer:
    """The first message of a conversation, with examples that work on the live sheets."""
    offers = examples(store, language)
    return Answer("", language, Kind.TALK, (Say(say("greeting", language)),), suggestions=offers, questions=offers)


def examples(store: SqliteStore, language: str) -> tuple[str, ...]:
    """Three questions that the live sheets answer."""
    found = store.projects(store.find()[:3])
    questions = [say("ask_contact", language, project=project.title) for project in found[:1] if project.contacts]
    codes = [link.code for project in found for link in project.places if link.code in gazetteer().by_code]
    questions += [say("ask_place", language, place=gazetteer().by_code[code].name) for code in codes[:1]]
    questions += [say("ask_about", language, project=project.title) for project in found[-1:]]
    return tuple(questions)
