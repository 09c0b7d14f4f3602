"""Answers as messages with buttons: what can be pressed under which answer."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from esfbot.answers.card import PARTS
from esfbot.model.answer import Answer, Card, Kind, ProjectRef, Quote, Row
from esfbot.model.query import Operation, Query
from esfbot.render.pages import Page, contacts_on, page_of
from esfbot.render.presses import (
    Ask,
    Choose,
    Idle,
    Open,
    Part,
    Press,
    SendCard,
    SendFile,
    Turn,
    contact_key,
    project_key,
)
from esfbot.render.private import without_contacts
from esfbot.render.screen import Button, Keyboard, Screen, rows_of
from esfbot.render.telegram import render
from esfbot.wording.load import say

NEW = "new"  # in place of a way back: the project is shown below, and what is there stays
_NUMBERS_IN_ROW = 5
_PARTS_IN_ROW = 3
_OPENED = 5  # projects that an answer in sentences offers to open
_LONGEST_LABEL = 60  # characters; phones show about forty
_LONGEST_COPIED = 256  # characters (core.telegram.org/bots/api#copytextbutton)
_ORDERS = (("esf_support", True), ("start", True), ("title", False))


@dataclass(frozen=True, slots=True)
class Showing:
    """What screens need besides an answer.

    ``keep`` keeps a question as read and returns its token, ``read`` reads the text of one. ``generation`` is the key
    of the live generation, ``bot`` the bot's user name. ``hides_contacts`` is for chats where numbers and addresses
    are not to be shown.
    """

    keep: Callable[[Query], str]
    read: Callable[[str], Query]
    generation: str
    bot: str
    hides_contacts: bool = False

    def link(self, start: str) -> str:
        """The address that opens the bot in private with ``/start`` and this payload."""
        return f"https://t.me/{self.bot}?start={start}"


def answer_screens(answer: Answer, query: Query, showing: Showing) -> tuple[Screen, ...]:
    """The answer to a question: one message where it is a list, else as many as it takes, the last with buttons.

    Raises ValueError for an answer with nothing to show.
    """
    if _is_list(answer):
        return (list_screen(answer, query, showing),)
    texts = render(without_contacts(answer) if showing.hides_contacts else answer)
    if not texts:
        raise ValueError("an answer with nothing to show")
    return (*(Screen(text) for text in texts[:-1]), Screen(texts[-1], _under(answer, query, showing)))


def list_screen(answer: Answer, query: Query, showing: Showing, page: int = 0) -> Screen:
    """A page of a list, with its entries to open."""
    shown = page_of(without_contacts(answer) if showing.hides_contacts else answer, page)
    view = showing.keep(replace(query, text="") if query.operation is not Operation.PASSAGES else query)
    rows = _entries(answer, shown, view, showing)
    if shown.of > 1:
        rows.append(_turning(shown, lambda number: Turn(view, showing.generation, number)))
    if answer.kind is not Kind.ASK_BACK:
        rows.extend(_about_list(answer, query, view, showing))
    return Screen(shown.text, tuple(rows))


def card_screen(answer: Answer, language: str, showing: Showing, back: str = "") -> Screen:
    """The card of a project, in one message, with the parts that can be read further."""
    text = render(without_contacts(answer) if showing.hides_contacts else answer)[0]
    return Screen(text, (*_of_project(answer, language, showing, back), *_way_back(language, back)))


def part_screen(answer: Answer, press: Part, showing: Showing) -> Screen:
    """A part of a project in place of its card; a long one is paged."""
    if _is_list(answer):
        text, rows = page_of(answer, 0).text, _entries(answer, page_of(answer, 0), "", showing)
        number, of = 0, 1
    else:
        texts = render(without_contacts(answer) if showing.hides_contacts else answer)
        number, of = min(press.page, len(texts) - 1), len(texts)
        text, rows = texts[number], []
    if of > 1:
        rows.append(_turning(Page(text, (), number, of, 1), lambda turned: replace(press, page=turned)))
    if press.part == "contact":
        rows.extend(_contact_rows(answer.cards, press.language, showing))
    card = Button(say("button_card", press.language), Open(press.project, press.language, press.back))
    return Screen(text, (*rows, (card,), *_way_back(press.language, press.back)))


def _is_list(answer: Answer) -> bool:
    return len(answer.cards) > 1 and not any(isinstance(block, Quote) for block in answer.blocks)


def _under(answer: Answer, query: Query, showing: Showing) -> Keyboard:
    """The buttons under an answer that is no list."""
    language = answer.language
    if not answer.cards and answer.questions:
        return _questions(answer.questions, showing)
    if len(answer.cards) == 1 and query.operation is Operation.SHOW and not query.fields:
        return _of_project(answer, language, showing, "")
    rows = _contact_rows(answer.cards, language, showing)
    opened = [
        Button(_label(f"📄 {project.title}"), Open(project_key(project.id), language, NEW))
        for project in answer.projects[:_OPENED]
    ]
    return (*rows, *rows_of(opened, 1))


def _questions(questions: Iterable[str], showing: Showing) -> Keyboard:
    return rows_of([Button(_label(text), Ask(showing.keep(showing.read(text)))) for text in questions], 1)


def _of_project(answer: Answer, language: str, showing: Showing, back: str) -> Keyboard:
    """The buttons of a project's card."""
    (project, *_) = answer.projects
    key = project_key(project.id)
    parts = [Button(say(f"part_{name}", language), Part(key, name, language, 0, back)) for name in PARTS]
    share = Button(say("button_share", language), url=_share(showing.link(f"p_{key}")))
    return (*_contact_rows(answer.cards, language, showing), *rows_of([*parts, share], _PARTS_IN_ROW))


def _entries(answer: Answer, page: Page, view: str, showing: Showing) -> list[tuple[Button, ...]]:
    """The buttons of a page's entries: each opens its project, or says that it was meant."""
    language = answer.language
    back = f"{view}.{showing.generation}.{page.number}" if view else ""
    pressed: Callable[[str], Press] = lambda key: Open(key, language, back)  # noqa: E731 - one of two
    if answer.kind is Kind.ASK_BACK:
        pressed = lambda key: Choose(view, key)  # noqa: E731 - the other
    numbered = [(str(page.first + n), card) for n, card in enumerate(page.cards)]
    whole = {card.project.id: card for card in answer.cards}  # with the numbers that a page may hide
    if answer.kind is not Kind.CONTACTS or showing.hides_contacts:
        buttons = [Button(number, pressed(project_key(card.project.id))) for number, card in numbered]
        return list(rows_of(buttons, _NUMBERS_IN_ROW))
    rows = []
    for number, card in numbered:
        first = Button(number, pressed(project_key(card.project.id)))
        contacts = contacts_on(whole[card.project.id])
        rows.append((first, *(_ways(contacts[0], card.project, language, brief=True) if contacts else ())))
        rows.extend(tuple(_ways(rows_, card.project, language, brief=True)) for rows_ in contacts[1:])
    return [row for row in rows if row]


def _about_list(answer: Answer, query: Query, view: str, showing: Showing) -> list[tuple[Button, ...]]:
    """The buttons of a list as a whole: in another order, as files, to share."""
    language = answer.language
    rows: list[tuple[Button, ...]] = []
    if query.operation in (Operation.LIST, Operation.RANK) and not query.limit:
        rows.append(tuple(_order_button(query, field, down, showing) for field, down in _ORDERS))
    last = [Button(say("button_share", language), url=_share(showing.link(f"l_{view}")))]
    if answer.kind is Kind.CONTACTS and not showing.hides_contacts:
        last = [*(Button(say(f"button_{form}", language), SendFile(view, form)) for form in ("vcf", "csv")), *last]
    return [*rows, tuple(last)]


def _order_button(query: Query, field: str, down: bool, showing: Showing) -> Button:
    chosen = query.order == field
    descending = not query.descending if chosen else down
    ordered = replace(query, text="", operation=Operation.LIST, order=field, descending=descending)
    arrow = ("↓ " if query.descending else "↑ ") if chosen else ""
    return Button(arrow + say(f"order_by_{field}", query.language), Turn(showing.keep(ordered), showing.generation))


def _turning(page: Page, turn: Callable[[int], Press]) -> tuple[Button, ...]:
    """One page back, which page it is, one page on; around the ends."""
    return (
        Button("‹", turn((page.number - 1) % page.of)),
        Button(f"{page.number + 1}/{page.of}", Idle()),
        Button("›", turn((page.number + 1) % page.of)),
    )


def _way_back(language: str, back: str) -> Keyboard:
    """The button back to the page of the list that a card was opened from."""
    view, _, rest = back.partition(".")
    generation, _, page = rest.partition(".")
    if not page.isdecimal():
        return ()
    return ((Button(say("button_back", language), Turn(view, generation, int(page))),),)


def _contact_rows(cards: Sequence[Card], language: str, showing: Showing) -> list[tuple[Button, ...]]:
    """For each contact the ways to reach them; where these are not to be shown, the way to the private chat."""
    rows: list[tuple[Button, ...]] = []
    for card in cards:
        for contact in contacts_on(card):
            ways = tuple(_ways(contact, card.project, language, brief=False))
            if ways and showing.hides_contacts:
                link = showing.link(f"c_{project_key(card.project.id)}")
                rows.append((Button(say("button_in_private", language), url=link),))
                break
            if ways:
                rows.append(ways)
    return rows


def _ways(contact: Sequence[Row], project: ProjectRef, language: str, *, brief: bool) -> Iterable[Button]:
    """Buttons that copy a contact's address and number, and one that sends the contact card."""
    for row in contact:
        value = row.key or row.text if row.field == "phone" else row.text
        if row.field in ("email", "phone") and 0 < len(value) <= _LONGEST_COPIED:
            label = say(f"button_{row.field}", language)
            yield Button(label.partition(" ")[0] if brief else label, copies=value)
    if any(row.field in ("email", "phone") for row in contact):
        label = say("button_contact", language)
        press = SendCard(project_key(project.id), contact_key(contact[0]), language)
        yield Button(label.partition(" ")[0] if brief else label, press)


def _share(link: str) -> str:
    """The address that opens Telegram's choice of a chat to share ``link`` in."""
    return f"https://t.me/share/url?url={link}"


def _label(text: str) -> str:
    return text if len(text) <= _LONGEST_LABEL else f"{text[:_LONGEST_LABEL]}…"
