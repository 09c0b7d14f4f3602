"""Holds answers against question sets.

A set is JSON lines; each question has some of these keys: ``q`` the text, ``chat`` which consecutive questions share,
``must`` what the reply has to say (a list inside it: any one of them; ``tel:`` compares digits), ``must_not`` what it
must not, ``projects`` the titles it is about (all of them in any order; with ``first`` the first is one of them; with
``ordered`` it begins with them), ``abstain`` whether it has to say no.
"""

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from esfbot.model.answer import Answer
from esfbot.model.query import Conversation
from esfbot.render.plain import render
from esfbot.service import Service

_MONTHS = "jan feb mar apr maj jun jul aug sep okt nov dec".split()
_ENGLISH = {"may": 5, "oct": 10}
_DATE = re.compile(r"\b(\d{1,2}) ([a-zåäö]{3,9}) (\d{4})\b")


@dataclass
class Score:
    """How many of a set's questions were answered right, and what is wrong with the others."""

    asked: int = 0
    wrong: list[str] = field(default_factory=list)
    misleading: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        """The share that was right."""
        return 1 - len(self.wrong) / self.asked


def score(service: Service, questions: Path) -> Score:
    """Ask every question of a set and judge the answers."""
    result = Score()
    for question, answer in asked(service, questions):
        faults = judge(question, answer)
        result.asked += 1
        if faults:
            result.wrong.append(f"{question['id']} {question['q']!r}: {'; '.join(faults)}")
        if any(fault.startswith(("says", "gives an answer")) for fault in faults):
            result.misleading.append(question["id"])
    return result


def asked(service: Service, questions: Path) -> Iterator[tuple[dict[str, Any], Answer]]:
    """Each question with its answer; questions of one chat are one conversation."""
    chat: object = None
    conversation = Conversation()
    for line in questions.read_text(encoding="utf-8").splitlines():
        question = json.loads(line)
        if question.get("chat") is None or question["chat"] != chat:
            conversation = Conversation()
        chat = question.get("chat")
        answer, conversation = service.answer(question["q"], conversation)
        yield question, answer


def judge(question: dict[str, Any], answer: Answer) -> list[str]:
    """What is wrong with an answer; empty where nothing is."""
    text = render(answer)
    faults = []
    expected = question.get("abstain", False)
    if expected is not None and expected != answer.abstained:
        faults.append("gives an answer" if expected else "gives none")
    for wanted in question.get("must", []):
        choices = wanted if isinstance(wanted, list) else [wanted]
        if not any(_says(text, choice) for choice in choices):
            faults.append(f"lacks {choices}")
    faults += [f"says {unwanted}" for unwanted in question.get("must_not", []) if _says(text, unwanted)]
    return faults + _wrong_projects(question, [_plain(project.title) for project in answer.projects])


def _wrong_projects(question: dict[str, Any], titles: list[str]) -> list[str]:
    if "projects" not in question:
        return []
    wanted = [_plain(title) for title in question["projects"]]
    if question.get("ordered"):
        right = titles[: len(wanted)] == wanted
    elif question.get("first"):
        right = bool(titles) and titles[0] in wanted
    else:
        right = set(titles) == set(wanted)
    return [] if right else [f"is about {titles}"]


def _says(text: str, wanted: str) -> bool:
    if wanted.startswith("tel:"):
        return re.sub(r"\D", "", wanted).lstrip("0") in re.sub(r"\D", "", text)
    return _plain(wanted) in _plain(text)


def _plain(text: str) -> str:
    """Without letter case, digit grouping and the difference between a written and a numeric date."""
    text = unicodedata.normalize("NFC", text).casefold().replace("–", "-")
    text = _DATE.sub(_numeric, re.sub(r"\s+", " ", text))
    return re.sub(r"(?<=\d)[ ,.](?=\d{3}(?!\d))", "", text)


def _numeric(match: re.Match[str]) -> str:
    month = match[2][:3]
    number = _MONTHS.index(month) + 1 if month in _MONTHS else _ENGLISH.get(month)
    return f"{match[3]}-{number:02}-{int(match[1]):02}" if number else match[0]
