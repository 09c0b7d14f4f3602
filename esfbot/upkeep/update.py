"""Bring the embeddings up to date with the sheets: read, embed, ask the golden questions, go live."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from esfbot.embed.run import Draft, Folder, Made, Progress, drafted
from esfbot.errors import EmbeddingsError
from esfbot.settings import Settings
from esfbot.store import generations
from esfbot.store.lock import held
from esfbot.upkeep.golden import Gate, questions, try_out
from esfbot.upkeep.incoming import Incoming
from esfbot.upkeep.withhold import take_out


@dataclass(frozen=True, slots=True)
class Options:
    """How to bring the embeddings up to date.

    ``force`` is a reason to go live although golden questions are answered worse. With ``dry_run`` nothing is embedded
    and nothing changes; ``beside`` makes the generation and leaves the live one live. Where another process is at it,
    that is waited for as many seconds as ``wait`` (a negative number: for ever) and told to ``waiting``.
    """

    force: str = ""
    dry_run: bool = False
    beside: bool = False
    wait: float = -1.0
    waiting: Callable[[str], None] = lambda _holder: None


@dataclass(frozen=True, slots=True)
class Steps:
    """What is told while it goes on: how many passages of how many are embedded, and how many golden questions of how
    many are asked."""

    embedding: Progress = lambda _done, _total: None
    asking: Progress = lambda _done, _total: None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of it. ``generation`` is the one that is ``live``, or that was made ``beside`` it; ``refused`` tells
    that the golden questions kept the new one from going live. ``pruned`` are old generations that were removed."""

    made: Made
    generation: str
    live: bool
    gate: Gate | None = None
    forced: str = ""
    dry_run: bool = False
    beside: bool = False
    pruned: tuple[str, ...] = ()
    seconds: float = 0.0

    @property
    def refused(self) -> bool:
        """Whether the new generation was kept from going live."""
        return self.gate is not None and not self.gate.open and not self.forced and not self.beside


_AS_USUAL = Options()
_QUIETLY = Steps()


def update(
    settings: Settings, options: Options = _AS_USUAL, steps: Steps = _QUIETLY, incoming: Incoming | None = None
) -> Outcome:
    """Make a generation of the sheets, those ``incoming`` among them, and let it go live unless it answers golden
    questions worse. Incoming sheets are put into the folder at that moment, and else not.

    Raises Held, FolderError, EncoderError, EmbeddingsError, QuestionsRefused.
    """
    began = time.perf_counter()
    questions(settings)  # what is wrong with them is told before hours of embedding, not after
    with held(settings.embeddings, wait=options.wait, waiting=options.waiting):
        folder = Folder.of(settings.sheets) if settings.sheets.exists() or not incoming else Folder({})
        if incoming:
            folder = replace(folder, files=incoming.among(folder.files))
        drafting = drafted(
            folder,
            settings.embeddings,
            settings.model,
            backend=settings.backend,
            vectors=not options.dry_run,
            progress=steps.embedding,
        )
        with drafting as draft:
            outcome = _finished(settings, draft, options, steps, incoming)
        if outcome.live and not options.dry_run:
            take_out(settings, draft.people)
            pruned = generations.prune(settings.embeddings, settings.keep_generations)
            outcome = replace(outcome, pruned=tuple(pruned))
    return replace(outcome, seconds=time.perf_counter() - began)


def _finished(settings: Settings, draft: Draft, options: Options, steps: Steps, incoming: Incoming | None) -> Outcome:
    """Try the draft, and put it where it belongs."""
    current = draft.before.name if draft.before else ""
    if options.dry_run or draft.same:
        if incoming and not options.dry_run:
            incoming.put_in(settings.sheets)
        return Outcome(draft.made, current, live=True, dry_run=options.dry_run)
    gate = try_out(settings, draft.folder, _sound(draft.before), draft.people, steps.asking)
    if gate and not gate.open and not options.force and not options.beside:
        return Outcome(draft.made, current, live=False, gate=gate)
    forced = options.force if gate and not gate.open and not options.beside else ""
    if incoming:
        incoming.put_in(settings.sheets)
    manifest = replace(draft.manifest, golden=gate.to_json() if gate else None, forced=forced)
    name = draft.finish(manifest)
    if not options.beside:
        generations.point_to(settings.embeddings, name)
    return Outcome(draft.made, name, live=not options.beside, gate=gate, forced=forced, beside=options.beside)


def _sound(folder: Path | None) -> Path | None:
    """A generation that can be asked."""
    try:
        if folder:
            generations.check(folder)
    except EmbeddingsError:
        return None
    return folder
