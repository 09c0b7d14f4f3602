"""Answers as messages with buttons: what can be pressed under which answer."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from esfbot.answers.card import PARTS
from esfbot.model.answer import Answer, Card, Kind, Quote
from esfbot.model.query import Operation, Query
from esfbot.render.markup import seen, units
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
from esfbot.render.private import masked, without_contacts
from esfbot.render.screen import Button, Keyboard, Screen, rows_of
from esfbot.render.telegram import render
from esfbot.wording.load import say

NEW = "new"  # in place of a way back: the project is shown below, and what is there stays
_NUMBERS_IN_ROW = 5
_PARTS_IN_ROW = 3
_OPENED = 5  # projects that an answer in sentences offers to open
_QUESTIONS = 10  # that an answer offers to ask
_LONGEST_LABEL = 60  # characters; phones show about forty
_LONGEST_NAME = 25  # characters of a name that tells whose card a button sends
_LONGEST_COPIED = 256  # characters (core.telegram.org/bots/api#copytextbutton)
# Telegram takes a hundred buttons (undocumented; named in python-telegram-bot's constants). What turns, orders, shares
# and judges a list comes beside those of its contacts.
_MOST_OF_CONTACTS = 80
_COPIED = ("email", "phone")
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
    texts = render(_shown(answer, showing))
    if not texts:
        raise ValueError("an answer with nothing to show")
    return (*(Screen(text) for text in texts[:-1]), Screen(texts[-1], _under(answer, query, showing)))


def list_screen(answer: Answer, query: Query, showing: Showing, page: int = 0, back: str = "") -> Screen:
    """A page of a list, with its entries to open. ``back`` is where the project was opened from that the list is of."""
    shown = page_of(_shown(answer, showing), page)
    view = showing.keep(query)
    rows = _entries(answer, shown, view, showing)
    if shown.of > 1:
        rows.append(_turning(shown, lambda number: Turn(view, showing.generation, number)))
    if answer.kind is not Kind.ASK_BACK:
        rows.extend(_about_list(answer, query, view, showing))
    if query.operation is Operation.SIMILAR:
        rows.extend(_to_card(project_key(query.projects[0]), answer.language, back))
    return Screen(shown.text, tuple(rows))


def card_screen(answer: Answer, language: str, showing: Showing, back: str = "") -> Screen:
    """The card of a project, in one message, with the parts that can be read further."""
    text = render(_shown(answer, showing))[0]
    return Screen(text, (*_of_project(answer, language, showing, back), *_way_back(language, back)))


def part_screen(answer: Answer, query: Query, press: Part, showing: Showing) -> Screen:
    """A part of a project in place of its card; a long one is paged."""
    if query.operation is Operation.SIMILAR:
        return list_screen(answer, query, showing, back=press.back)
    texts = render(_shown(answer, showing))
    number, of = min(max(press.page, 0), len(texts) - 1), len(texts)
    rows: list[tuple[Button, ...]] = []
    if of > 1:
        rows.append(_turning(Page(texts[number], (), number, of, 1), lambda turned: replace(press, page=turned)))
    if press.part == "contact":
        rows.extend(_contact_rows(answer.cards, press.language, showing))
    return Screen(texts[number], (*rows, *_to_card(press.project, press.language, press.back)))


def question_buttons(questions: Iterable[str], language: str, showing: Showing) -> Keyboard:
    """Buttons that ask ``questions``."""
    buttons = []
    for text in filter(seen, questions):
        label = masked(text, language) if showing.hides_contacts else text
        buttons.append(Button(_label(label), Ask(showing.keep(showing.read(text)))))
    return rows_of(buttons[:_QUESTIONS], 1)


def _shown(answer: Answer, showing: Showing) -> Answer:
    return without_contacts(answer) if showing.hides_contacts else answer


def _is_list(answer: Answer) -> bool:
    return len(answer.cards) > 1 and not any(isinstance(block, Quote) for block in answer.blocks)


def _under(answer: Answer, query: Query, showing: Showing) -> Keyboard:
    """The buttons under an answer that is no list."""
    language = answer.language
    asked = question_buttons(answer.questions, language, showing) if not answer.cards else ()
    if asked and answer.abstained:
        return asked
    if len(answer.cards) == 1 and query.operation is Operation.SHOW and not query.fields:
        return _of_project(answer, language, showing, "")
    rows = _contact_rows(answer.cards, language, showing)
    opened = [
        Button(_label(f"📄 {project.title}"), Open(project_key(project.id), language, NEW))
        for project in _shown(answer, showing).projects[:_OPENED]
    ]
    return (*rows, *rows_of(opened, 1), *asked)


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
    numbers = [
        Button(str(number), pressed(project_key(card.project.id))) for number, card in enumerate(page.cards, page.first)
    ]
    if answer.kind is Kind.CONTACTS and not showing.hides_contacts:
        rows: list[tuple[Button, ...]] = []
        for button, card in zip(numbers, page.cards, strict=True):
            first, *others = _ways_on(card, language, brief=True) or [()]
            rows.extend([(button, *first), *others])
        if sum(map(len, rows)) <= _MOST_OF_CONTACTS:
            return rows
    return list(rows_of(numbers, _NUMBERS_IN_ROW))


def _about_list(answer: Answer, query: Query, view: str, showing: Showing) -> list[tuple[Button, ...]]:
    """The buttons of a list as a whole: in another order, as files, to share."""
    language = answer.language
    rows: list[tuple[Button, ...]] = []
    if query.operation in (Operation.LIST, Operation.RANK) and not query.limit:
        rows.append(tuple(_order_button(query, field, down, showing) for field, down in _ORDERS))
    last = [Button(say("button_share", language), url=_share(showing.link(f"l_{view}")))]
    if answer.kind is Kind.CONTACTS and showing.hides_contacts:
        rows.append((Button(say("button_in_private", language), url=showing.link(f"l_{view}")),))
    elif answer.kind is Kind.CONTACTS:
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


def _to_card(project: str, language: str, back: str) -> Keyboard:
    """The buttons back to a project's card, and to where that was opened from."""
    return ((Button(say("button_card", language), Open(project, language, back)),), *_way_back(language, back))


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
        ways = _ways_on(card, language, brief=False)
        if ways and showing.hides_contacts:
            link = showing.link(f"c_{project_key(card.project.id)}")
            ways = [(Button(say("button_in_private", language), url=link),)]
        rows.extend(ways)
    while sum(map(len, rows)) > _MOST_OF_CONTACTS:
        rows.pop()
    return rows


def _ways_on(card: Card, language: str, *, brief: bool) -> list[tuple[Button, ...]]:
    """For each contact on a card that can be reached, buttons that copy the address and the number, and one that sends
    the contact card; of several contacts it says whose."""
    contacts = contacts_on(card)
    found = []
    for contact in contacts:
        buttons = []
        for row in contact:
            value = row.key or row.text if row.field == "phone" else row.text
            said = row.field == "email" or any(map(str.isdigit, value))  # "ask the exchange" is no number
            if row.field in _COPIED and said and seen(value) and units(value) <= _LONGEST_COPIED:
                buttons.append(Button(_called(f"button_{row.field}", language, brief=brief), copies=value))
        if any(row.field in _COPIED for row in contact):
            label = _called("button_contact", language, brief=brief)
            if len(contacts) > 1:
                label = f"{label.partition(' ')[0]} {contact[0].text[:_LONGEST_NAME]}"
            press = SendCard(project_key(card.project.id), contact_key(contact[0]), language)
            found.append((*buttons, Button(label, press)))
    return found


def _called(button: str, language: str, *, brief: bool) -> str:
    """What a button is called; in ``brief`` its sign alone."""
    label = say(button, language)
    return label.partition(" ")[0] if brief else label


def _share(link: str) -> str:
    """The address that opens Telegram's choice of a chat to share ``link`` in."""
    return f"https://t.me/share/url?url={link}"


def _label(text: str) -> str:
    return text if len(text) <= _LONGEST_LABEL else f"{text[:_LONGEST_LABEL]}…"
