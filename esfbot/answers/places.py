"""In which way a project belongs to a place that a question names."""

from collections.abc import Sequence

from esfbot.model.project import LinkKind, PlaceLink, Project
from esfbot.model.query import Query, Test
from esfbot.sweden.places import Place, PlaceKind, gazetteer
from esfbot.wording.load import say


def places_of(query: Query) -> list[Place]:
    """The places that a query asks about."""
    wanted = [c for c in query.conditions if c.test is Test.IN and not c.negated]
    codes = [str(code) for condition in wanted for code in condition.operands]
    return [gazetteer().by_code[code] for code in codes]


def place_fields(query: Query) -> tuple[str, ...]:
    """The fields that tell how projects belong to the places of a query; none where it asks about none."""
    return ("municipality", "region") if places_of(query) else ()


def places_text(query: Query) -> str:
    """The places of a query by name, each name once."""
    names = names_of([place.code for place in places_of(query)], query.language)
    if len(names) < 2:
        return "".join(names)
    return ", ".join(names[:-1]) + {"sv": " och ", "en": " and "}[query.language] + names[-1]


def names_of(codes: Sequence[str], language: str) -> list[str]:
    """The names of places, each once; of several places of one name it is told which of them is meant."""
    by_name: dict[str, list[Place]] = {}
    for code in codes:
        place = gazetteer().by_code[code]
        by_name.setdefault(place.name, []).append(place)
    names = []
    for name, places in by_name.items():
        all_of_them = {place.code for place in gazetteer().named(name)} <= {place.code for place in places}
        names += [name] if all_of_them else [_with_kind(place, language) for place in places]
    return names


def _with_kind(place: Place, language: str) -> str:
    """``Kalmar kommun``, ``Stockholms län``, ``Kalmar county``."""
    if place.kind is PlaceKind.REGION:
        return place.name
    if language == "en":
        return f"{place.name} {'county' if place.kind is PlaceKind.COUNTY else 'municipality'}"
    if place.kind is PlaceKind.MUNICIPALITY:
        return f"{place.name} kommun"
    return f"{place.name}{'' if place.name[-1] in 'aeiouyåäör' else 's'} län"


def places_without(query: Query, projects: Sequence[Project]) -> str:
    """The sentence that names the places asked about to which none of ``projects`` belongs; empty where there are
    none."""
    linked = {link.code for project in projects for link in project.places if link.kind is not LinkKind.MENTIONED}
    codes: dict[str, set[str]] = {}
    for place in places_of(query):
        codes.setdefault(place.name, set()).add(place.code)
    without = [name for name, of in codes.items() if not of & linked]
    return " ".join(say("none_in", query.language, place=name) for name in without)


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
