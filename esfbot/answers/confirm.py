"""Yes and no: whether what a question says of projects stands on their sheets."""

from collections.abc import Sequence
from dataclasses import replace

from esfbot.answers.rows import rows_of
from esfbot.answers.withheld import is_withheld, withheld_facts
from esfbot.fields import FIELDS
from esfbot.language.words import fold, texts_of_words
from esfbot.model.answer import Answer, Block, Say
from esfbot.model.project import LinkKind, Project
from esfbot.model.query import Condition, Query, Test
from esfbot.store.sqlite import SqliteStore
from esfbot.sweden.places import PlaceKind, gazetteer
from esfbot.wording.load import cue, say

_FIRST_WORDS = 6  # of a question, among which its "has" stands


def confirmed(answer: Answer, query: Query) -> Answer:
    """The answer to a question that wants a yes or a no about projects in general: it begins with one."""
    text = "no" if answer.abstained else "yes"
    if not query.confirms or not answer.blocks:
        return answer
    first = answer.blocks[0]
    blocks = (
        (Say(f"{say(text, query.language)} {first.text}"), *answer.blocks[1:])
        if isinstance(first, Say)
        else answer.blocks
    )
    return replace(answer, blocks=blocks)


def fields_of(conditions: Sequence[Condition]) -> tuple[str, ...]:
    """The facts that show whether conditions hold; how a project belongs to a place is told in a note."""
    shown = [c for c in conditions if c.test not in (Test.IN, Test.ONE_OF)]
    return tuple(dict.fromkeys(name for c in shown for name in (c.field, c.other) if name))


def verdict(query: Query, project: Project, store: SqliteStore) -> list[Block]:
    """What to say of the conditions that a question states of a project it names: yes or no where it asks, else which
    of them do not hold. Nothing where the sheet does not say, or where all is as the question has it, or where a
    contact is withheld."""
    query = replace(query, aside=tuple(c for c in query.aside if not is_withheld(c, project)))
    failing = [condition for condition in query.aside if not store.find([condition], [project.id])]
    denied = [c for c in failing if store.find([replace(c, negated=not c.negated)], [project.id])]
    if query.confirms and query.aside and not query.topic:
        if not failing:
            return [Say(say("yes", query.language))]
        elsewhere = [condition for condition in failing if condition.test is Test.IN]
        surely = [c for c in denied if c.test is not Test.IN or _lists_all(c, project)]
        return [*([Say(say("no", query.language))] if surely else []), *_otherwise(elsewhere, project, query, store)]
    return _otherwise(failing, project, query, store)


def _lists_all(condition: Condition, project: Project) -> bool:
    """Whether a sheet says of all places where its project is, so that it is not elsewhere: it lists municipalities,
    or, of a region, has one."""
    regions = all(gazetteer().by_code[str(code)].kind is PlaceKind.REGION for code in condition.operands)
    mentioned = {link.code for link in project.places if link.kind is LinkKind.MENTIONED}
    listed = project.first("municipality") is not None or (regions and project.first("region") is not None)
    return listed and mentioned.isdisjoint(condition.operands)


def _otherwise(conditions: Sequence[Condition], project: Project, query: Query, store: SqliteStore) -> list[Block]:
    """What the sheet states instead of each condition."""
    blocks: list[Block] = []
    for condition in conditions:
        if condition.test is Test.IN:
            name = "mentions" if project.id in store.mentioning([str(o) for o in condition.operands]) else "not_there"
            text = say(name, query.language, project=project.title, place=condition.text)
        else:
            rows, _ = rows_of(project, fields_of([condition]), query.language)
            stated = ", ".join(f"{row.label} {row.text}" for row in rows)
            text = say("holds_not", query.language, project=project.title, rows=stated) if rows else ""
        blocks.extend([Say(text)] if text else [])
    return blocks


def named_together(query: Query) -> bool:
    """Whether the question asks if a person or an organisation belongs to a project, and names both."""
    titles = query.inherited or any(named.field in ("title", "number") for named in query.names)
    others = [named for named in query.names if named.field not in ("title", "number")]
    return query.confirms and titles and bool(others or query.apart)


def together(query: Query, projects: Sequence[Project], store: SqliteStore) -> list[Block]:
    """Whether the people and organisations that a question names beside projects belong to them."""
    if any(not named.projects for named in query.apart) and any(withheld_facts(x, ("contact",)) for x in projects):
        return []  # nobody is told who it is not
    blocks: list[Block] = []
    if named_together(query) and not query.topic:
        blocks.append(Say(say("no" if query.apart else "yes", query.language)))
    of = ", ".join(project.title for project in projects)
    for named in query.apart:
        if not named.projects:
            text = say("unknown_person", query.language, name=named.name)
        elif named.field == "contact":
            others = ", ".join(store.titles(named.projects).values())
            text = say("contact_of_other", query.language, name=named.name, projects=others, project=of)
        else:
            text = say("not_on_sheet", query.language, name=named.name, project=of)
        blocks.append(Say(text))
    return blocks


def asks_having(query: Query) -> bool:
    """Whether a question asks if something is there at all: "har X en hemsida?", "does X have a section on"."""
    words = [fold(word) for word in texts_of_words(query.text)[:_FIRST_WORDS]]
    return query.confirms and not cue("asks_having").isdisjoint(words)


def stated_as_asked(query: Query, project: Project) -> list[Block]:
    """A yes where a question asks whether a project has what its sheet states: "har X en hemsida?"."""
    asks = asks_having(query) and query.fields and not (query.aside or query.topic or query.names[1:])
    stated = [fact for name in query.fields for fact in project.all(name)]
    if asks and any(fold(str(fact.value)) in cue("no") for fact in stated):
        return [Say(say("no", query.language))]  # what the sheet answers by itself
    has = all(project.first(name) for name in query.fields if not FIELDS[name].parts)
    return [Say(say("yes", query.language))] if asks and has and not query.apart else []
