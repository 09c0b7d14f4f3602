"""Greetings, thanks, and what the bot can do."""

from esfbot.model.answer import Answer, Kind, Say
from esfbot.model.project import LinkKind
from esfbot.model.query import Condition, Query, Test
from esfbot.store.sqlite import SqliteStore
from esfbot.sweden.places import gazetteer
from esfbot.wording.load import say

_LOOKED_AT = 3  # projects, for a place that one of them has


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
    reached = store.projects(store.find([Condition("contact", Test.STATED)])[:1], ("title",))
    some = store.projects(store.find()[:_LOOKED_AT], ("title", "municipality"))
    codes = [link.code for project in some for link in project.places if link.kind is not LinkKind.MENTIONED]
    questions = [say("ask_contact", language, project=project.title) for project in reached]
    questions += [say("ask_place", language, place=gazetteer().by_code[code].name) for code in codes[:1]]
    questions += [say("ask_about", language, project=project.title) for project in some[-1:]]
    return tuple(dict.fromkeys([*questions, say("ask_all", language)]))[:3]
