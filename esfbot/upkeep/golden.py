"""Golden questions: what the bot must go on answering right, asked of a new generation before it goes live."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from esfbot.errors import FolderError, QuestionsRefused
from esfbot.evaluate.run import Progress, Result, run
from esfbot.evaluate.sets import TELEPHONE, Question, question_from, read_questions
from esfbot.service import Service
from esfbot.settings import Settings
from esfbot.sheets.withheld.person import Identifiers
from esfbot.sheets.withheld.redact import Redactor

FILE = "questions.jsonl"


@dataclass(frozen=True, slots=True)
class Gate:
    """The golden questions as a new generation answers them.

    ``worse`` are those that it answers wrong and the live one right; they close the gate. ``wrong`` are all that it
    answers wrong. ``passed_over`` counts those about people who are withheld.
    """

    asked: int
    wrong: tuple[Result, ...]
    worse: tuple[Result, ...]
    passed_over: int = 0

    @property
    def open(self) -> bool:
        """Whether the generation may go live."""
        return not self.worse

    def to_json(self) -> dict[str, int]:
        """The outcome as a manifest keeps it."""
        return {
            "asked": self.asked,
            "wrong": len(self.wrong),
            "worse": len(self.worse),
            "passed_over": self.passed_over,
        }


def golden_file(settings: Settings) -> Path:
    """Where the golden questions are."""
    return settings.sheets / FILE


def questions(settings: Settings) -> tuple[Question, ...]:
    """The golden questions; none where there is no file. Raises QuestionsRefused where it can't be read."""
    path = golden_file(settings)
    return read_questions(path) if path.is_file() and path.stat().st_size else ()


def try_out(
    settings: Settings,
    new: Path,
    live: Path | None,
    withheld: Identifiers,
    progress: Progress = lambda _done, _total: None,
) -> Gate | None:
    """Ask the golden questions of the generation in the folder ``new``, and those that it answers wrong of the one in
    ``live``; those about people who are ``withheld`` are passed over. None where there are no questions.

    Raises QuestionsRefused, EmbeddingsError.
    """
    known = questions(settings)
    if not known:
        return None
    asked = _without(known, Redactor(withheld))
    service = Service(settings, new)
    try:
        results = run(service, asked, progress)
    finally:
        service.close()
    worse = _right_in(settings, live, asked, results.wrong) if results.wrong and live else ()
    return Gate(len(asked), results.wrong, worse, len(known) - len(asked))


def _without(asked: Sequence[Question], people: Redactor) -> tuple[Question, ...]:
    """The questions that name none of these people, neither in what is asked nor in what is to be said; a conversation
    goes as a whole."""
    naming = {id(question) for question in asked if any(people.names(text) for text in _texts(question))}
    chats = {question.chat for question in asked if id(question) in naming} - {None}
    return tuple(question for question in asked if id(question) not in naming and question.chat not in chats)


def _texts(question: Question) -> Iterator[str]:
    yield question.text
    yield from (text.removeprefix(TELEPHONE) for choices in question.must for text in choices)
    yield from (text.removeprefix(TELEPHONE) for text in question.must_not)


def _right_in(settings: Settings, live: Path, asked: Sequence[Question], wrong: Sequence[Result]) -> tuple[Result, ...]:
    """Those of ``wrong`` that the live generation answers right. Of a conversation all is asked."""
    places = {(result.question.file, result.question.line) for result in wrong}
    chats = {result.question.chat for result in wrong} - {None}
    again = [question for question in asked if question.chat in chats or (question.file, question.line) in places]
    service = Service(settings, live)
    try:
        results = run(service, again).results
    finally:
        service.close()
    right = {(x.question.file, x.question.line) for x in results if x.verdict.right}
    return tuple(result for result in wrong if (result.question.file, result.question.line) in right)


def add(settings: Settings, record: dict[str, Any]) -> Question:
    """Add a golden question, with the keys of a question set, and return it with the line that it stands on.

    Raises QuestionsRefused where it is none, is there already, or the file can't be read, and FolderError where it
    can't be written.
    """
    path = golden_file(settings)
    added = question_from(record, str(path))
    for known in questions(settings):  # a file with a damaged line is mended before more is added
        if known.id == record.get("id"):
            raise QuestionsRefused(f"{path} line {known.line} has the id {known.id}", "a new id", "Give another id.")
        if _same(known, added):
            raise QuestionsRefused(f"{path} line {known.line} asks this", "a new question", "Change that line.")
    try:
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        gap = "\n" if text and not text.endswith("\n") else ""
        with path.open("a", encoding="utf-8") as file:
            file.write(gap + json.dumps(record, ensure_ascii=False) + "\n")
    except OSError as error:
        raise FolderError(
            f"{path} can't be written ({error.strerror})", "a writable folder of sheets", "Change its rights."
        ) from error
    return question_from(record, str(path), (text + gap).count("\n") + 1)


def _same(one: Question, other: Question) -> bool:
    """Whether two questions are one; within a conversation the same words may ask for something else."""
    return one.chat is other.chat is None and one.text.casefold().split() == other.text.casefold().split()
