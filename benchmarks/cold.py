"""From nothing to a reply: whole processes, against one that does the same with sentence-transformers."""

import json
import os
import subprocess
import sys
from pathlib import Path

from benchmarks.measure import Measured, process
from esfbot.embed.passages import Passage

FACT = "Vad är budgeten för Vinnande Arena?"
CONTACT = "Vem är kontaktperson i Ludvika?"
NARRATIVE = "Vilka projekt arbetar med praktikplatser för unga?"
OTHER = Path(__file__).with_name("with_sentence_transformers.py")


def cold(embeddings: Path, passages: list[Passage], model: str, folder: Path, runs: int) -> list[Measured]:
    """Time and memory of single questions, each in a process of its own."""
    environment = {**os.environ, "ESFBOT_EMBEDDINGS": str(embeddings), "TOKENIZERS_PARALLELISM": "false"}
    python = sys.executable

    def measured(name: str, *command: str) -> Measured:
        seconds, memory = process([python, *command], runs, environment)
        return Measured("cold, a whole process", name, seconds, "s", memory)

    texts, vectors = folder / "texts.json", folder / "vectors.npy"
    texts.write_text(json.dumps([passage.embedded for passage in passages]), encoding="utf-8")
    script = (str(OTHER), model, str(texts), str(vectors))
    subprocess.run([python, *script], env=environment, check=True, capture_output=True)  # noqa: S603 - our own
    importing = measured("import sentence_transformers, no more", "-c", "import sentence_transformers")
    other = measured("narrative with sentence-transformers, torch", *script, NARRATIVE)
    ours = [
        measured("esfbot --help", "-m", "esfbot", "--help"),
        measured("esfbot ask: a fact", "-m", "esfbot", "ask", FACT),
        measured("esfbot ask: a contact by place", "-m", "esfbot", "ask", CONTACT),
    ]
    narrative = measured("esfbot ask: narrative", "-m", "esfbot", "ask", NARRATIVE)
    return [
        importing,
        *(_against(row, importing, "importing") for row in ours),
        other,
        _against(narrative, other, "the same with it"),
    ]


def _against(row: Measured, other: Measured, what: str) -> Measured:
    ratio = f"1/{other.median / row.median:.1f} of {what}"
    return Measured(row.group, row.name, row.values, row.unit, row.memory, ratio)
