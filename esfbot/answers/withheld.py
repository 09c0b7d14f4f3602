"""What is said in place of contacts that are withheld on request."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from esfbot.fields import FIELDS, field_named
from esfbot.model.answer import Row
from esfbot.model.project import Fact, Project
from esfbot.model.query import Condition, Query, Test
from esfbot.store.sqlite import SqliteStore
from esfbot.wording.load import say

FIELD = "withheld"
CONTACT = ("contact", "email", "phone")


def withheld_facts(project: Project, asked: Collection[str], groups: Collection[int] = ()) -> tuple[Fact, ...]:
    """What the project's sheet states of the contact fields ``asked`` and is withheld: of a whole person, whichever is
    asked for. With ``groups`` only of the contacts in these."""
    facts = [fact for fact in project.all(FIELD) if not groups or fact.group in groups]
    people = {fact.group for fact in facts if fact.value == "contact"}
    return tuple(fact for fact in facts if "contact" in asked or fact.value in asked or fact.group in people)


def withheld_row(facts: tuple[Fact, ...], language: str, *, alone: bool, owned: bool) -> Row:
    """The row that says so: ``alone`` where no other contact is shown, ``owned`` where the owner is, who can be asked
    instead."""
    people = {fact.group for fact in facts if fact.value == "contact"}
    fields = (field_named(str(fact.value)).within(language) for fact in facts)
    if people and not alone:
        text = say("withheld_other" if len(people) == 1 else "withheld_others", language, count=len(people))
    elif people or alone:
        text = say("withheld_owner" if owned else "withheld", language)
    else:
        text = say("withheld_facts", language, fields=", ".join(dict.fromkeys(fields)))
    first = facts[0]
    return Row(FIELD, FIELDS[FIELD].called(language), text, first.value, first.source, facts=facts)


def tells(rows: Iterable[Row], asked: Collection[str]) -> bool:
    """Whether rows show anything that was asked for, besides that it is withheld and who can be asked instead."""
    return any(row.field != FIELD and (row.field != "owner" or "owner" in asked) for row in rows)


def is_withheld(condition: Condition, project: Project) -> bool:
    """Whether a condition is about having a contact, and the project's is withheld."""
    return _is_about_contacts(condition) and bool(withheld_facts(project, (condition.field,)))


def counted_note(query: Query, ids: Sequence[str], store: SqliteStore) -> str:
    """Of projects chosen for lacking a contact, or for having one, how many have one that is withheld; empty where
    none has."""
    about = [condition for condition in query.conditions if _is_about_contacts(condition)]
    if len(about) != 1:
        return ""
    there = [replace(c, field=FIELD, test=Test.STATED, negated=False) if c is about[0] else c for c in query.conditions]
    found = set(store.find(there, query.projects))
    lacking = (about[0].test is Test.LACKING) is not about[0].negated
    count = len(found.intersection(ids) if lacking else found.difference(ids))
    return say("withheld_lacking" if lacking else "withheld_beside", query.language, count=count) if count else ""


def _is_about_contacts(condition: Condition) -> bool:
    return condition.field in CONTACT and condition.test in (Test.STATED, Test.LACKING)
