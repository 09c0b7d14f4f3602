"""In which way a project belongs to a place that a question names."""

from esfbot.model.project import LinkKind, PlaceLink, Project
from esfbot.model.query import Query, Test
from esfbot.sweden.places import Place, PlaceKind, gazetteer
from esfbot.wording.load import say

_KIND = {"sv": {PlaceKind.COUNTY: "{} län"}, "en": {PlaceKind.COUNTY: "{} county"}}


def places_of(query: Query) -> list[Place]:
    """The places that a query asks about."""
    codes = [str(code) for condition in query.conditions if condition.test is Test.IN for code in condition.operands]
    return [gazetteer().by_code[code] for code in codes]


def places_text(query: Query) -> str:
    """The places of a query by name, each name once."""
    names = list(dict.fromkeys(place.name for place in places_of(query)))
    if len(names) < 2:
        return "".join(names)
    return ", ".join(names[:-1]) + {"sv": " och ", "en": " and "}[query.language] + names[-1]


def place_note(project: Project, query: Query) -> str:
    """How ``project`` belongs to the places of ``query``, with the line where that stands."""
    links = {link.code: link for link in project.places if link.kind is not LinkKind.MENTIONED}
    notes = []
    for place in places_of(query):
        link = links.get(place.code)
        if link:
            notes.append(_note(place, link, project, query.language))
    return " ".join(dict.fromkeys(notes))


def _note(place: Place, link: PlaceLink, project: Project, language: str) -> str:
    if link.kind is LinkKind.OWNER:
        return say("owner_there", language, place=place.name, line=link.source.line)
    region = project.first("region")
    if region and region.key == place.code:
        return say("region_there", language, place=place.name, line=region.source.line)
    if place.kind is PlaceKind.MUNICIPALITY:
        return say("listed_there", language, place=place.name, line=link.source.line)
    inside = [
        fact
        for fact in project.all("municipality")
        if fact.key and place in gazetteer().above(gazetteer().by_code[fact.key])
    ]
    names = ", ".join(str(fact.value) for fact in inside[:3]) + (
        " m.fl." if len(inside) > 3 and language == "sv" else ""
    )
    return say("inside_there", language, inside=names, place=place.name, line=link.source.line)
