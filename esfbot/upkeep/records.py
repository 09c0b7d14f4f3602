"""What was done to the embeddings as the JSON objects that scripts read."""

from dataclasses import asdict
from typing import Any

from esfbot.evaluate.records import wrong
from esfbot.evaluate.run import Result
from esfbot.evaluate.sets import Question
from esfbot.render.plain import render
from esfbot.render.records import problem_record, refused_record
from esfbot.upkeep.golden import Gate
from esfbot.upkeep.history import Generation, Status
from esfbot.upkeep.incoming import Incoming
from esfbot.upkeep.update import Outcome

Record = dict[str, Any]


def updated(outcome: Outcome) -> Record:
    """What bringing the embeddings up to date did."""
    made = outcome.made
    return {
        "generation": outcome.generation or None,
        "live": outcome.live,
        "published": outcome.live and not outcome.dry_run,
        "dry_run": outcome.dry_run,
        "projects": made.projects,
        "added": list(made.sheets.added),
        "changed": list(made.sheets.changed),
        "removed": list(made.sheets.removed),
        "unchanged": list(made.sheets.unchanged),
        "changes": [asdict(change) for change in made.changes],
        "refused": [refused_record(refused) for refused in made.sheets.refused],
        "problems": [problem_record(problem) for problem in made.problems],
        "golden": gate(outcome.gate),
        "forced": outcome.forced or None,
        "pruned": list(outcome.pruned),
        "embedded": made.embedded,
        "kept": made.kept,
        "seconds": round(outcome.seconds, 2),
    }


def gate(found: Gate | None) -> Record | None:
    """The outcome of the golden questions, with those answered worse."""
    return None if found is None else {**found.to_json(), "answered_worse": [wrong(result) for result in found.worse]}


def arrived(incoming: Incoming) -> Record:
    """What came in."""
    return {
        "sheets": sorted(incoming.files),
        "there": list(incoming.there),
        "replaced": sorted(incoming.replaced),
        "passed_over": list(incoming.others),
        "refused": [refused_record(refused) for refused in incoming.refused],
    }


def status(found: Status) -> Record:
    """What is live and what else is there; null where it can't be told."""
    live = found.live
    manifest = live.manifest if live else None
    since = found.since
    return {
        "generation": live.name if live else None,
        "usable": found.wrong is None,
        "created": manifest and manifest.created,
        "model": manifest and manifest.model,
        "projects": manifest and manifest.projects,
        "passages": manifest and manifest.passages,
        "problems": manifest and manifest.problems,
        "sheets": manifest and sorted(manifest.sheets),
        "added": list(since.added) if since else None,
        "changed": list(since.changed) if since else None,
        "removed": list(since.removed) if since else None,
        "generations": [_generation(each) for each in found.generations],
    }


def _generation(each: Generation) -> Record:
    manifest = each.manifest
    return {
        "name": each.name,
        "live": each.live,
        "was_live": each.was_live,
        "bytes": each.size,
        "created": manifest and manifest.created,
        "sheets": manifest and len(manifest.sheets),
        "model": manifest and manifest.model,
        "backend": manifest and (manifest.backend or None),
        "agreement": manifest and manifest.agreement,
        "golden": manifest and manifest.golden,
        "forced": manifest and (manifest.forced or None),
        "wrong": each.wrong or None,
    }


def golden(question: Question) -> Record:
    """A golden question: the line that it stands on, and its keys as a question set has them, all of them."""
    return {
        "line": question.line,
        "id": question.id,
        "kind": question.kind,
        "chat": question.chat,
        "q": question.text,
        "must": [list(choices) if len(choices) > 1 else choices[0] for choices in question.must],
        "must_not": list(question.must_not),
        "projects": None if question.projects is None else list(question.projects),
        "first": question.first,
        "ordered": question.ordered,
        "abstain": question.abstain,
    }


def kept(added: Question, result: Result) -> Record:
    """A golden question that was added, and how it is answered now."""
    return {"added": True, **golden(added), "right": result.verdict.right, "text": render(result.answer)}


def answered_otherwise(result: Result) -> Record:
    """A golden question that was not added, since it is answered otherwise than expected."""
    return {"added": False, **wrong(result)}
