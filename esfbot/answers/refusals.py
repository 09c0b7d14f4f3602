"""The kinds of "no", each with a next step: no project there, no such name, not what the sheets tell, and "which
one"."""

from esfbot.answers.describe import describe
from esfbot.answers.places import places_of, places_text
from esfbot.model.answer import Answer, Card, Kind, ProjectRef, Say
from esfbot.model.query import Condition, Query, Test
from esfbot.store.sqlite import SqliteStore
from esfbot.sweden.places import Place, gazetteer
from esfbot.wording.load import say

_OFFERED = 3


def none_there(query: Query, store: SqliteStore) -> Answer:
    """No project fulfils the conditions. Where it is the place that has none, projects that mention it and those near
    by are offered."""
    places = places_of(query)
    if query.projects and places:
        where = places_text(query)
        titles = list(store.titles(query.projects[:_OFFERED]).values())
        text = " ".join(say("not_there", query.language, project=title, place=where) for title in titles)
        offers = [say("ask_about", query.language, project=title) for title in titles]
        return _refusal(query, Kind.NONE_THERE, text, offers)
    there = [condition for condition in query.conditions if condition.test is Test.IN and not condition.negated]
    if not places or any(store.find([condition]) for condition in there):
        text = say("none_such", query.language, how=describe(query))
        return _refusal(query, Kind.NONE_THERE, text, [say("ask_all", query.language)])
    text = say("none_in", query.language, place=places_text(query))
    offers = [
        say("mentions", query.language, project=title, place=places_text(query))
        for title in store.titles(store.mentioning([place.code for place in places])[:_OFFERED]).values()
    ]
    for place in places:
        offers.extend(_near_by(place, query, store))
    return _refusal(query, Kind.NONE_THERE, text, list(dict.fromkeys(offers)) or [say("ask_all", query.language)])


def _near_by(place: Place, query: Query, store: SqliteStore) -> list[str]:
    """The projects of the county or region that the place lies in, the nearest that has any."""
    for wider in gazetteer().above(place):
        ids = store.find([Condition("municipality", Test.IN, (wider.code,))])
        if ids:
            titles = list(store.titles(ids[:_OFFERED]).values())
            more = f" (+{len(ids) - _OFFERED})" if len(ids) > _OFFERED else ""
            return [say("near_by", query.language, county=wider.name, projects=", ".join(titles) + more)]
    return []


def unknown(query: Query) -> Answer:
    """The sheets know no such name; the names like it are offered, never answered as if meant."""
    text = " ".join(say(f"unknown_{name.kind}", query.language, name=name.text) for name in query.unknown)
    near = [other for name in query.unknown for other in name.near]
    offers = [say("did_you_mean", query.language, name=name) for name in dict.fromkeys(near)]
    return _refusal(query, Kind.UNKNOWN, text, offers[:_OFFERED] or [say("ask_all", query.language)])


def choices(query: Query, store: SqliteStore) -> Answer:
    """The question fits several projects, or names none: ask which, and offer the likeliest."""
    ids = dict.fromkeys(project for named in query.choices for project in named.projects)
    titles = store.titles(list(ids) or store.find()[: _OFFERED + 2])
    text = say("which_of" if ids else "which_project", query.language)
    cards = tuple(Card(ProjectRef(id_, title)) for id_, title in titles.items()) if ids else ()
    offers = () if ids else tuple(say("ask_about", query.language, project=title) for title in titles.values())
    return Answer(
        question=query.text,
        language=query.language,
        kind=Kind.ASK_BACK,
        blocks=(Say(text), *cards),
        projects=tuple(card.project for card in cards),
        suggestions=offers,
        abstained=not ids,
    )


def outside(query: Query, store: SqliteStore) -> Answer:
    """The sheets do not tell such things."""
    return _refusal(query, Kind.OUTSIDE, say("outside", query.language), _examples(query.language, store))


def nothing(query: Query, store: SqliteStore) -> Answer:
    """No question was found in the text."""
    name = "nothing" if query.text.strip() else "empty"
    return _refusal(query, Kind.OUTSIDE, say(name, query.language), _examples(query.language, store))


def _examples(language: str, store: SqliteStore) -> list[str]:
    titles = list(store.titles(store.find()[:1]).values())
    return [say("ask_contact", language, project=title) for title in titles] + [say("ask_all", language)]


def _refusal(query: Query, kind: Kind, text: str, offers: list[str]) -> Answer:
    return Answer(query.text, query.language, kind, (Say(text),), suggestions=tuple(offers), abstained=True)
