"""What maintainers can do besides sending sheets: publish or discard them, look at what is live, and go back."""

import datetime
from collections.abc import Iterator

from esfbot.embed.scan import Sheets
from esfbot.errors import EmbeddingsError, Held
from esfbot.render.markup import Line
from esfbot.render.presses import Discard, GoBack, Idle, Publish, TurnUnanswered
from esfbot.render.screen import Button, Keyboard, Screen
from esfbot.state.batches import Stage
from esfbot.store.lock import held
from esfbot.telegram import calls
from esfbot.telegram.desk import Desk
from esfbot.telegram.reply import Reply
from esfbot.telegram.reports import Part, fitted
from esfbot.telegram.said import Said
from esfbot.upkeep import history
from esfbot.upkeep.history import Generation, Status
from esfbot.values.dates import write_date
from esfbot.wording.load import say

_GENERATIONS = 5  # that /status tells of
_OFFERED = 10  # that /rollback offers
_NAMED = 20  # sheets that have changed
_ON_PAGE = 20  # questions without an answer
_LONGEST = 150  # characters of such a question


def status(desk: Desk, said: Said) -> Reply:
    """What is live and what came before it, and what people thought of the answers."""
    if not desk.is_maintainer(said.seat):
        return unknown(desk, said)
    language = desk.language(said)
    found = history.status(desk.settings)
    verdicts = [verdict.verdict for verdict in desk.state.verdicts.all()]
    counts = {"right": verdicts.count("right"), "wrong": verdicts.count("wrong")}
    judged = say("status", language, **counts, unanswered=len(desk.state.verdicts.unanswered()))
    last = found.generations[: -_GENERATIONS - 1 : -1]
    parts = [Part("", tuple((Line(text),) for text in (*_live(found, language), judged)))]
    if last:
        parts.append(
            Part(say("status_generations", language), tuple((Line(_generation(each, language)),) for each in last))
        )
    return Reply((calls.send(said, Screen(fitted(parts, language))),))


def _live(found: Status, language: str) -> Iterator[str]:
    live = found.live
    if live is None or live.manifest is None or live.wrong:
        yield say("status_none", language, reason=found.wrong or "–")
        return
    manifest = live.manifest
    yield say(
        "status_live",
        language,
        generation=live.name,
        projects=manifest.projects,
        sheets=len(manifest.sheets),
        passages=manifest.passages,
        made=_made(live, language),
        model=f"{manifest.model} ({manifest.backend})" if manifest.backend else manifest.model,
    )
    if golden := manifest.golden:
        yield say("sheets_golden", language, right=golden["asked"] - golden["wrong"], asked=golden["asked"])
    yield _since(found.since, language)


def _since(since: Sheets | None, language: str) -> str:
    """Which sheets have changed since the live generation was made."""
    if since is None:
        return say("status_unreadable", language)
    names = [
        *(f"+ {name}" for name in since.added),
        *(f"± {name}" for name in since.changed),
        *(f"− {name}" for name in since.removed),
    ]
    if not names:
        return say("status_same", language)
    more = [say("and_more", language, count=len(names) - _NAMED)] if len(names) > _NAMED else []
    return say("status_since", language, sheets=", ".join([*names[:_NAMED], *more]))


def _generation(each: Generation, language: str) -> str:
    manifest = each.manifest
    remarks = [say("status_remark_live", language)] if each.live else []
    if manifest:
        if not (each.live or each.was_live):
            remarks.append(say("status_remark_never_live", language))
        if golden := manifest.golden:
            right = golden["asked"] - golden["wrong"]
            remarks.append(say("status_remark_golden", language, right=right, asked=golden["asked"]))
        if manifest.forced:
            remarks.append(say("status_remark_forced", language, reason=manifest.forced))
    told = "".join(f"; {remark}" for remark in (*remarks, *filter(None, (each.wrong,))))
    sheets = len(manifest.sheets) if manifest else "–"
    return say(
        "status_generation", language, generation=each.name, made=_made(each, language), sheets=sheets, remarks=told
    )


def _made(each: Generation, language: str) -> str:
    """When a generation was made: the day and the time (UTC)."""
    if each.manifest is None:
        return "–"
    made = datetime.datetime.fromisoformat(each.manifest.created).astimezone(datetime.UTC)
    return f"{write_date(made.date(), language)} {made:%H:%M} UTC"


def rollback(desk: Desk, said: Said) -> Reply:
    """The generations that one can go back to, as buttons."""
    if not desk.is_maintainer(said.seat):
        return unknown(desk, said)
    language = desk.language(said)
    found = history.status(desk.settings)
    others = [each for each in found.generations[::-1] if not each.live and each.manifest and not each.wrong]
    if not others:
        return desk.says(said, "rollback_none")
    buttons = tuple((Button(_made(each, language), GoBack(each.name)),) for each in others[:_OFFERED])
    live = found.live.name if found.live else "–"
    told = [Part("", ((Line(say("rollback_to", language, live=live)),),))]
    told += [Part("", tuple((Line(_generation(each, language)),) for each in others[:_OFFERED]))]
    return Reply((calls.send(said, Screen(fitted(told, language), buttons)),))


def go_back(desk: Desk, said: Said, pressed: GoBack) -> Reply:
    """Let another generation answer, and say which."""
    if not desk.is_maintainer(said.seat):
        return desk.says(said, "button_gone")
    try:
        with held(desk.settings.embeddings):  # it would be waited for, and answers with it
            pass
        history.roll_back(desk.settings, pressed.generation)
    except Held:
        return desk.says(said, "rollback_held")
    except EmbeddingsError:
        return desk.says(said, "rollback_gone")
    language = desk.language(said)
    live = history.status(desk.settings).live
    projects = live.manifest.projects if live and live.manifest else 0
    made = _made(live, language) if live else "–"
    text = say("rollback_done", language, generation=pressed.generation, projects=projects, made=made)
    return Reply((calls.toast(said), calls.edit(said, said.message, Screen(Line(text).markup))))


def unanswered(desk: Desk, said: Said) -> Reply:
    """The questions that got no answer, the latest first."""
    if not desk.is_maintainer(said.seat):
        return unknown(desk, said)
    return Reply((calls.send(said, _unanswered(desk, desk.language(said), 0)),))


def turn_unanswered(desk: Desk, said: Said, pressed: TurnUnanswered) -> Reply:
    """Another page of them, in its place."""
    if not desk.is_maintainer(said.seat):
        return desk.says(said, "button_gone")
    screen = _unanswered(desk, desk.language(said), pressed.page)
    return Reply((calls.toast(said), calls.edit(said, said.message, screen)))


def _unanswered(desk: Desk, language: str, page: int) -> Screen:
    found = desk.state.verdicts.unanswered()
    if not found:
        return Screen(say("unanswered_none", language))
    of = -(-len(found) // _ON_PAGE)
    page = min(max(page, 0), of - 1)
    shown = found[page * _ON_PAGE : (page + 1) * _ON_PAGE]
    items = tuple((Line(f"{asked.date} {_cut(asked.question)}"),) for asked in shown)
    text = fitted([Part(say("unanswered_list", language, count=len(found)), items)], language)
    return Screen(text, _turning(page, of) if of > 1 else ())


def _turning(page: int, of: int) -> Keyboard:
    back, on = (TurnUnanswered((page + step) % of) for step in (-1, 1))
    return ((Button("‹", back), Button(f"{page + 1}/{of}", Idle()), Button("›", on)),)


def _cut(question: str) -> str:
    return question if len(question) <= _LONGEST else f"{question[:_LONGEST]}…"


def publish(desk: Desk, said: Said, pressed: Publish) -> Reply:
    """Begin to publish sheets. Of two presses only one does."""
    before, force = (Stage.REPORTED, "")
    if pressed.force:
        before, force = (
            Stage.KEPT,
            f"maintainer {said.seat.user} in Telegram, {datetime.datetime.now(datetime.UTC):%Y-%m-%d}",
        )
    return _moved(desk, said, pressed.batch, (before,), Stage.PUBLISHING, force)


def discard(desk: Desk, said: Said, pressed: Discard) -> Reply:
    """Throw sheets away that are not being published."""
    return _moved(desk, said, pressed.batch, (Stage.GATHERING, Stage.REPORTED, Stage.KEPT), Stage.DISCARDED)


def _moved(
    desk: Desk, said: Said, token: str, before: tuple[Stage, ...], after: Stage, force: str | None = None
) -> Reply:
    """Bring a batch to its next stage, or say why not. The rest is done elsewhere, and shown in the batch's message."""
    if not desk.is_maintainer(said.seat):
        return desk.says(said, "button_gone")
    if desk.state.batches.move(token, before, after, force=force):
        desk.upkeep.wake(token)
        return Reply((calls.toast(said),))
    batch = desk.state.batches.get(token)
    match batch.stage if batch else None:
        case Stage.PUBLISHING:
            return desk.says(said, "sheets_under_way")
        case Stage.GATHERING:
            return desk.says(said, "sheets_new_report")
    return desk.says(said, "sheets_gone")


def unknown(desk: Desk, said: Said) -> Reply:
    """A command that there is not: say which there are. In a group it may be meant for another bot."""
    return desk.says(said, "unknown_command") if said.private else Reply()
