"""Inline mode: ``@bot ludvika`` in any chat offers projects, contacts and places while it is typed."""

from esfbot.answers.card import card, places
from esfbot.model.answer import Answer
from esfbot.model.query import Conversation, Named, Operation, Query
from esfbot.questions.complete import Offer, Offered, complete
from esfbot.render.pages import page_of
from esfbot.render.presses import project_key
from esfbot.render.private import masked, without_contacts
from esfbot.render.screen import Button, Screen
from esfbot.render.telegram import render
from esfbot.telegram import calls
from esfbot.telegram.calls import Parameters
from esfbot.telegram.desk import Desk
from esfbot.telegram.handlers.commands import FROM_INLINE
from esfbot.telegram.reply import Reply
from esfbot.telegram.said import Said
from esfbot.wording.load import projects_counted, say

_ON_PAGE = 20
_OWN = ("sender", "private")  # chats that nobody else reads; some programs don't tell which it is
_LONGEST_DESCRIPTION = 120  # characters


def search(desk: Desk, said: Said) -> Reply:
    """A page of what the typed text may mean; where it means nothing, a bar that leads to the bot."""
    language = desk.language(said)
    found = complete(said.text, desk.service.store)
    first = int(said.offset) if said.offset.isdecimal() else 0
    page = found[first : first + _ON_PAGE]
    more = str(first + _ON_PAGE) if len(found) > first + _ON_PAGE else ""
    button: Parameters | None = None
    if not found:
        button = {"text": say("inline_none", language), "start_parameter": FROM_INLINE}
    results = [_result(desk, said, offer, language, first + n) for n, offer in enumerate(page)]
    answer = calls.inline(said, results, more, button)
    if _hiding(desk):
        answer = answer.with_parameters(cache_time=0)  # what is kept of a private chat is not for a group
    return Reply((answer,))


def _hiding(desk: Desk) -> bool:
    return desk.settings.group_contacts == "private"


def _result(desk: Desk, said: Said, offer: Offer, language: str, number: int) -> Parameters:
    query, start = _meant(offer, language)
    found, _ = desk.service.reply(query, Conversation())
    showing = desk.showing(said)
    title = offer.name
    if _hiding(desk) and said.chat_type not in _OWN:
        found, title = without_contacts(found), masked(title, language)
    link = Button(say("button_open_bot", language), url=showing.link(start))
    text = page_of(found, 0).text if len(found.cards) > 1 else render(found)[0]
    described = _description(offer, found, language)
    return calls.article(f"{offer.kind.value}{number}", title, described, Screen(text, ((link,),)))


def _meant(offer: Offer, language: str) -> tuple[Query, str]:
    """The question that a choice asks, and the link that reopens its answer."""
    if offer.kind is Offered.PLACE:
        return places([offer.code], language), f"k_{offer.code}"
    first = offer.projects[0]
    if offer.kind is Offered.PROJECT:
        return card(first, language), f"p_{project_key(first)}"
    named = Named(offer.name, offer.name, "contact", offer.projects)
    asked = Query("", language, Operation.SHOW, ("contact",), projects=offer.projects, names=(named,))
    return asked, f"c_{project_key(first)}"


def _description(offer: Offer, found: Answer, language: str) -> str:
    if offer.kind is Offered.PLACE:
        return projects_counted(len(offer.projects), language)
    if offer.kind is Offered.CONTACT:
        return ", ".join(project.title for project in found.projects)[:_LONGEST_DESCRIPTION]
    rows = [row.text for card_ in found.cards for row in card_.rows if row.field in ("owner", "period")]
    return " · ".join(rows)[:_LONGEST_DESCRIPTION]
