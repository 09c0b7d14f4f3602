"""What sheets would change, or have changed, as one message of the chat: as much of it as the message holds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from esfbot.render.markup import Line, fits, joined, shown
from esfbot.render.presses import Discard, Publish
from esfbot.render.screen import Button, Keyboard, Screen
from esfbot.state.batches import Batch
from esfbot.telegram.files import ENDINGS, LARGEST
from esfbot.upkeep.work import Record
from esfbot.wording.load import say

FORCED = "forced"  # what the button is marked with that publishes in spite of the golden questions
_LONGEST = 240  # characters of a line
_FACTS = 15  # of a project that are told
_MEGABYTE = 1_000_000
_REASONS = {
    "kind": "refused_kind",
    "size": "refused_size",
    "many": "refused_many",
    "gone": "refused_gone",
    "room": "refused_room",
}

Item = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a report: a heading, and what stands below it; ``of`` tells how many things there are, where they are
    more than those ``items``."""

    heading: str
    items: tuple[Item, ...] = ()
    of: int = 0


def checked(record: Record, batch: Batch) -> Screen:
    """What would change if the batch were published, with the buttons that publish or discard it."""
    language = batch.language
    refused = _refused(record, batch)
    if not record or not (record["arrived"]["sheets"] or record["added"] or record["changed"] or record["removed"]):
        there = _there(record, language)
        return Screen(fitted([Part(say("sheets_nothing", language)), *there, *refused], language), _buttons(batch, ""))
    passages = say("sheets_passages", language, count=record["embedded"])
    parts = [
        Part(say("sheets_would_change", language), ((Line(_became(record, language)),), (Line(passages),))),
        *_changes(record, language),
        *_there(record, language),
        *refused,
        *_problems(record, language),
    ]
    return Screen(fitted(parts, language), _buttons(batch, "publish"))


def published(record: Record, batch: Batch) -> Screen:
    """What is new, and which generation answers from now on."""
    language = batch.language
    lead = say("sheets_published", language, generation=record["generation"], count=record["projects"])
    below = [_became(record, language)]
    if record["forced"]:
        below.append(say("sheets_forced", language, reason=record["forced"]))
    parts = [
        Part(lead, tuple((Line(text),) for text in below)),
        *_golden(record, language),
        *_changes(record, language),
        *_there(record, language),
        *_refused(record, batch),
        *_problems(record, language),
    ]
    return Screen(fitted(parts, language))


def kept(record: Record, batch: Batch) -> Screen:
    """Which golden questions keep the sheets from going live, and the buttons that publish them all the same."""
    language = batch.language
    lead = say("sheets_kept", language, generation=record["generation"] or "–")
    parts = [Part(lead), *_golden(record, language), *_changes(record, language), *_refused(record, batch)]
    return Screen(fitted(parts, language), _buttons(batch, FORCED))


def failed(batch: Batch, reason: str) -> Screen:
    """Why nothing could be done, and the buttons that try again or discard the batch."""
    lead = say("sheets_failed", batch.language)
    text = fitted([Part(lead, ((Line(reason),),))], batch.language)
    return Screen(text, _buttons(batch, FORCED if batch.force else "publish"))


def _buttons(batch: Batch, publish: str) -> Keyboard:
    """The buttons that publish, if that is offered, and discard."""
    language = batch.language
    discard = Button(say("button_discard", language), Discard(batch.token))
    if publish == FORCED:
        return ((Button(say("button_publish_anyway", language), Publish(batch.token, FORCED)), discard),)
    return ((Button(say("button_publish", language), Publish(batch.token)), discard),) if publish else ((discard,),)


# The parts


def _became(record: Record, language: str) -> str:
    became = record["became"]
    counts = {what: became.get(what, 0) for what in ("new", "changed", "removed")}
    return say("sheets_became", language, **counts)


def _changes(record: Record, language: str) -> Iterator[Part]:
    if record["changes"]:
        items = tuple(tuple(_change(change, language)) for change in record["changes"])
        yield Part(say("sheets_changes", language), items, record["counts"]["changes"])


def _change(change: Record, language: str) -> Iterator[Line]:
    what = {"new": "project_new", "changed": "project_changed", "removed": "project_removed"}[change["what"]]
    yield Line(say(what, language, title=change["title"]), "b")
    for fact in change["facts"][:_FACTS]:
        yield Line(f"{fact['label']}: {fact['before'] or '–'} → {fact['after'] or '–'}")
    if len(change["facts"]) > _FACTS:
        yield Line(say("and_more", language, count=len(change["facts"]) - _FACTS))
    if change["sections"]:
        yield Line(say("sheets_text", language, sections=", ".join(change["sections"])))
    yield Line(", ".join(change["sheets"]), "i")


def _there(record: Record, language: str) -> Iterator[Part]:
    """The files that are there already, and those in archives whose endings are not of sheets."""
    headings = {"there": say("sheets_there", language), "passed_over": say("sheets_passed_by", language)}
    arrived = record.get("arrived", {})
    for name, heading in headings.items():
        if arrived.get(name):
            yield Part(heading, tuple((Line(f"• {file}"),) for file in arrived[name]), arrived["counts"][name])


def _refused(record: Record, batch: Batch) -> list[Part]:
    """The files that are not taken: by the bot for what they are, then by what read them."""
    said = [f"• {file.name}: {_reason(file.refused, batch.language)}" for file in batch.files if file.refused]
    total = len(said)
    if record:
        found = record["arrived"]["refused"]
        said += [f"• {each['sheet']}: {each['found']}; expected {each['expected']}. {each['action']}" for each in found]
        total += record["arrived"]["counts"]["refused"]
    items = tuple((Line(text),) for text in said)
    return [Part(say("sheets_refused", batch.language), items, total)] if items else []


def _reason(code: str, language: str) -> str:
    """Why the bot does not take a file."""
    endings = ", ".join(sorted(ENDINGS))
    return say(_REASONS.get(code, "refused_gone"), language, endings=endings, megabytes=LARGEST // _MEGABYTE)


def _problems(record: Record, language: str) -> Iterator[Part]:
    if not record["problems"]:
        return
    ranks = ("error", "warning", "note")
    ranked = sorted(record["problems"], key=lambda problem: ranks.index(problem["severity"]))
    items = tuple(
        (Line(f"• {x['sheet']}, {x['line']}: {x['found']}; expected {x['expected']}. {x['action']}"),) for x in ranked
    )
    yield Part(say("sheets_problems", language), items, record["counts"]["problems"])


def _golden(record: Record, language: str) -> Iterator[Part]:
    golden = record["golden"]
    if not golden:
        return
    said = say("sheets_golden", language, right=golden["asked"] - golden["wrong"], asked=golden["asked"])
    if golden["passed_over"]:
        said = f"{said} {say('sheets_passed_over', language, count=golden['passed_over'])}"
    yield Part(said, tuple(tuple(_worse(wrong, language)) for wrong in golden["answered_worse"]))


def _worse(wrong: Record, language: str) -> Iterator[Line]:
    """A golden question that is answered worse, and why."""
    yield Line(f"• {wrong['question']}", "b")
    for choices in wrong["lacks"]:
        yield Line(say("golden_lacks", language, text=" / ".join(choices)))
    for unwanted in wrong["has"]:
        yield Line(say("golden_has", language, text=unwanted))
    if wrong["abstain"] is not None and wrong["abstain"] != wrong["abstained"]:
        yield Line(say("golden_abstains" if wrong["abstained"] else "golden_answers", language))
    if wrong["expected"] is not None:
        got, expected = (", ".join(wrong[name]) or "–" for name in ("projects", "expected"))
        yield Line(say("golden_projects", language, got=got, expected=expected))


# Into one message


def fitted(parts: Sequence[Part], language: str) -> str:
    """The parts as one message. Where it does not hold all, the longest lists are shortened, and say by how much."""
    limits = [len(part.items) for part in parts]
    while not fits(text := _text(parts, limits, language)) and any(limits):
        sizes = [len(_part(part, limit, language)) if limit else 0 for part, limit in zip(parts, limits, strict=True)]
        longest = sizes.index(max(sizes))
        limits[longest] -= max(1, limits[longest] // 8)
    return text


def _text(parts: Sequence[Part], limits: Sequence[int], language: str) -> str:
    texts = (_part(part, limit, language) for part, limit in zip(parts, limits, strict=True))
    return "\n\n".join(text for text in texts if text)


def _part(part: Part, limit: int, language: str) -> str:
    lines = [Line(part.heading, "b"), *(line for item in part.items[:limit] for line in item)]
    if left := max(part.of, len(part.items)) - limit:
        lines.append(Line(say("and_more", language, count=left)))
    return joined(map(_cut, shown(Line(" ".join(line.text.split()), line.tag) for line in lines)))


def _cut(line: Line) -> Line:
    return line if len(line.text) <= _LONGEST else Line(f"{line.text[:_LONGEST]}…", line.tag)
