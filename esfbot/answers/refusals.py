"""The kinds of "no", each with a next step: no project there, no such name, not what the sheets tell, and "which
one"."""

from collections.abc import Iterable

from esfbot.answers.describe import describe
from esfbot.answers.places import places_of, places_text
from esfbot.answers.rows import rows_of
from esfbot.model.answer import Answer, Card, Kind, ProjectRef, Say
from esfbot.model.project import Project
from esfbot.model.query import Condition, Query, Test
from esfbot.store.sqlite import SqliteStore
from esfbot.sweden.places import Place, gazetteer
from esfbot.wording.load import say

_OFFERED = 3
_TELLING = ("owner", "period")


def none_there(query: Query, store: SqliteStore) -> Answer:
    """No project fulfils the conditions. Where it is the place that has none, projects that mention it and those near
    by are offered."""
    places = places_of(query)
    if query.projects and places:
        where = places_text(query)
        titles = list(store.titles(query.projects[:_OFFERED]).values())
        text = " ".join(say("not_there", query.language, project=title, place=where) for title in titles)
        offers = [say("ask_about", query.language, project=title) for title in titles]
        return _refusal(query, Kind.NONE_THERE, text, offers, offers)
    there = [condition for condition in query.conditions if condition.test is Test.IN and not condition.negated]
    if not places or any(store.find([condition]) for condition in there):
        text = say("none_such", query.language, how=describe(query))
        return _refusal(query, Kind.NONE_THERE, text, *_all(query))
    text = say("none_in", query.language, place=places_text(query))
    mentioning = store.titles(store.mentioning([place.code for place in places])[:_OFFERED]).values()
    offers = [say("mentions", query.language, project=title, place=places_text(query)) for title in mentioning]
    questions = [say("ask_about", query.language, project=title) for title in mentioning]
    for place in places:
        if near := _near_by(place, query, store):
            offers.append(near[0])
            questions.append(near[1])
    if not offers:
        return _refusal(query, Kind.NONE_THERE, text, *_all(query))
    return _refusal(query, Kind.NONE_THERE, text, dict.fromkeys(offers), dict.fromkeys(questions))


def _near_by(place: Place, query: Query, store: SqliteStore) -> tuple[str, str] | None:
    """The projects of the county or region that the place lies in, the nearest that has any, and how to ask for
    them."""
    for wider in gazetteer().above(place):
        ids = store.find([Condition("municipality", Test.IN, (wider.code,))])
        if ids:
            titles = list(store.titles(ids[:_OFFERED]).values())
            more = f" (+{len(ids) - _OFFERED})" if len(ids) > _OFFERED else ""
            said = say("near_by", query.language, county=wider.name, projects=", ".join(titles) + more)
            return said, say("ask_place", query.language, place=wider.name)
    return None


def unknown(query: Query) -> Answer:
    """The sheets know no such name; the names like it are offered, never answered as if meant."""
    text = " ".join(say(f"unknown_{name.kind}", query.language, name=name.text) for name in query.unknown)
    near = dict.fromkeys((other, query.text.replace(name.text, other)) for name in query.unknown for other in name.near)
    offers = list(near)[:_OFFERED]
    if not offers:
        return _refusal(query, Kind.UNKNOWN, text, *_all(query))
    asked = [question for name, question in offers if question != query.text]
    return _refusal(
        query, Kind.UNKNOWN, text, [say("did_you_mean", query.language, name=name) for name, _ in offers], asked
    )


def choices(query: Query, store: SqliteStore) -> Answer:
    """The question fits several projects, or names none: ask which, and offer the likeliest."""
    ids = dict.fromkeys(project for named in query.choices for project in named.projects)
    titles = store.titles(list(ids) or store.find()[: _OFFERED + 2])
    text = say("which_of" if ids else "which_project", query.language)
    cards = (
        tuple(_told_apart(project, query.language) for project in store.projects(list(ids), _TELLING)) if ids else ()
    )
    offers = () if ids else tuple(say("ask_about", query.language, project=title) for title in titles.values())
    return Answer(
        question=query.text,
        language=query.language,
        kind=Kind.ASK_BACK,
        blocks=(Say(text), *cards),
        projects=tuple(card.project for card in cards),
        suggestions=offers,
        abstained=not ids,
        questions=offers,
    )


def _told_apart(project: Project, language: str) -> Card:
    """A project with what tells it from others of its name."""
    return Card(ProjectRef(project.id, project.title), tuple(rows_of(project, _TELLING, language)[0]))


def outside(query: Query, store: SqliteStore) -> Answer:
    """The sheets do not tell such things."""
    offers = _examples(query.language, store)
    return _refusal(query, Kind.OUTSIDE, say("outside", query.language), offers, offers)


def nothing(query: Query, store: SqliteStore) -> Answer:
    """No question was found in the text."""
    name = "nothing" if query.text.strip() else "empty"
    offers = _examples(query.language, store)
    return _refusal(query, Kind.OUTSIDE, say(name, query.language), offers, offers)


def _examples(language: str, store: SqliteStore) -> list[str]:
    titles = list(store.titles(store.find([Condition("contact", Test.STATED)])[:1]).values())
    return [say("ask_contact", language, project=title) for title in titles] + [say("ask_all", language)]


def _all(query: Query) -> tuple[list[str], list[str]]:
    """To ask for all projects, as an offer and as a question."""
    offers = [say("ask_all", query.language)]
    return offers, offers


def _refusal(query: Query, kind: Kind, text: str, offers: Iterable[str], questions: Iterable[str]) -> Answer:
    return Answer(
        question=query.text,
        language=query.language,
        kind=kind,
        blocks=(Say(text),),
        suggestions=tuple(offers),
        abstained=True,
        questions=tuple(questions),
    )
